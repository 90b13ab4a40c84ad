"""Feeds, one module for each format."""
