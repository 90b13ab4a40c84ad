"""Runs a build from its first stage to its last."""
