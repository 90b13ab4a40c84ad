"""Says whether content/ is still as the last build read it, and writes nothing.

`detect` asks the same before a build, but opens the index for writing.
"""

from __future__ import annotations

from datetime import UTC, datetime
from pathlib import Path

from generator.digest import digest_file
from generator.index.inspect import Inspector
from generator.pipeline.state import index_path
from generator.scan.scanner import Scan, scan

# Beyond these, looking takes longer than most answers do.
_MOST_FILES = 50_000
_MOST_READ = 1000


def built_at(state: Path) -> datetime:
    """Return when a build last changed the index, which is locked while one runs."""
    index = index_path(state)
    beside = index.with_name(f"{index.name}-wal")
    stamps = [file.stat().st_mtime for file in (index, beside) if file.exists()]
    return datetime.fromtimestamp(max(stamps), UTC)


def content_changed(root: Path, inspector: Inspector) -> bool | None:
    """Return whether sources differ from those of the last build; None if looking takes long."""
    if inspector.count_files() > _MOST_FILES:
        return None
    folders = inspector.folders()
    found = scan(root, folders)
    return found.standing != folders.keys() or _any_differs(root, found, inspector)


def _any_differs(root: Path, found: Scan, inspector: Inspector) -> bool | None:
    """Return whether a file differs; None if too many would have to be read to know."""
    uncertain: list[tuple[str, bytes]] = []
    for folder in found.changed:
        known = inspector.files_in(folder.path)
        if known.keys() != {file.path for file in folder.files}:
            return True
        for file in folder.files:
            fingerprint, stamp = known[file.path]
            if not file.stamp or file.stamp != stamp:
                uncertain.append((file.path, fingerprint))
    if len(uncertain) > _MOST_READ:
        return None
    return any(digest_file(root / path) != fingerprint for path, fingerprint in uncertain)
