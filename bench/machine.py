"""What a timing was made on, in words that name no person and no place."""

from __future__ import annotations

import os
import platform
from importlib.metadata import PackageNotFoundError, version
from pathlib import Path

LIBRARIES = ("Jinja2", "Markdown", "nh3", "PyYAML", "msgspec")


def machine() -> str:
    """Processors, memory and system, in a line."""
    return f"{_processors()} × {_model()}, {_memory()}, {platform.system()} {platform.release()}"


def load() -> str:
    """How busy the machine was when this was called."""
    try:
        return f"load average over the minute before: {os.getloadavg()[0]:.1f}"
    except (AttributeError, OSError):
        return "load unknown"


def python() -> str:
    """Python, and the libraries that matter."""
    return f"Python {platform.python_version()}, {', '.join(map(_version, LIBRARIES))}"


def _processors() -> int:
    if hasattr(os, "sched_getaffinity"):
        return len(os.sched_getaffinity(0))
    return os.cpu_count() or 1


def _model() -> str:
    try:
        lines = Path("/proc/cpuinfo").read_text("utf-8").splitlines()
    except OSError:
        lines = []
    names = (line.partition(":")[2].strip() for line in lines if line.startswith("model name"))
    return next(names, "") or platform.processor() or platform.machine()


def _memory() -> str:
    try:
        size = os.sysconf("SC_PHYS_PAGES") * os.sysconf("SC_PAGE_SIZE")
    except (AttributeError, ValueError, OSError):
        return "memory unknown"
    return f"{size / 2**30:.0f} GiB"


def _version(library: str) -> str:
    try:
        return f"{library} {version(library)}"
    except PackageNotFoundError:
        return f"{library} unknown"
