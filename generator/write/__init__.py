"""Writes files into the output folder."""
