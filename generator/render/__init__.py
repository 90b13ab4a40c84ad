"""Renders pages: templates, the functions that they may call, and completed texts."""
