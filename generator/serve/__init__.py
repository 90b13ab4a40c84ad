"""Serves the portal on its author's machine, and rebuilds and reloads it on each change."""
