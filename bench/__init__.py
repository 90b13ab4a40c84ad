"""Timings of whole builds, beside those of other generators on the same articles."""
