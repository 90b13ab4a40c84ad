"""The memory and the processors that a process uses."""

from __future__ import annotations

import gc
import os
import sys

_NEW_OBJECTS = 100_000


def tune_gc() -> None:
    """Collect rarely: a build creates few cycles and many long-lived objects."""
    gc.freeze()
    gc.set_threshold(_NEW_OBJECTS)


def peak_rss() -> int:
    """Return the peak memory of this process in bytes; 0 where the system does not report it."""
    try:
        import resource
    except ImportError:
        return 0
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    return int(peak) if sys.platform == "darwin" else int(peak) * 1024


def default_jobs() -> int:
    """Return one worker for each processor that this process may use."""
    if hasattr(os, "sched_getaffinity"):
        return len(os.sched_getaffinity(0))
    return os.cpu_count() or 1
