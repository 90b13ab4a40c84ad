"""Finds the source files that may have changed."""
