"""Broadsheet, a static site generator for news portals.

Here is only the version, which the wheel, the command line and a build's record read.
"""

__version__ = "0.1.0"
