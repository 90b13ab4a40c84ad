"""What a build keeps between runs: made anew whenever it can't be trusted."""

from __future__ import annotations

import shutil
import sqlite3
from collections.abc import Iterator
from contextlib import contextmanager
from hashlib import blake2b
from importlib.metadata import version
from pathlib import Path

import msgspec

from generator import __version__
from generator.build.lock import build_lock
from generator.errors import OutputError, Problem
from generator.index.database import open_index
from generator.model.site import Site

_SHAPING_LIBRARIES = (
    "Markdown",
    "pymdown-extensions",
    "nh3",
    "PyYAML",
    "Jinja2",
    "babel",
    "pillow",
)
_README = "What Broadsheet keeps between builds. It can be deleted at any time.\n"


def state_name(root: Path, output: Path) -> str:
    """The name of the state that belongs to an output folder; both paths are absolute."""
    if output == root / "output":
        return "build"
    inside = output.relative_to(root) if root in output.parents else output
    return f"build-{blake2b(inside.as_posix().encode(), digest_size=6).hexdigest()}"


def index_path(folder: Path) -> Path:
    """The index inside a state folder."""
    return folder / "index.sqlite"


@contextmanager
def state_folder(folder: Path, *, clean: bool) -> Iterator[Path]:
    """The state folder, made if it is missing, and locked. Raises `OutputError`."""
    try:
        folder.mkdir(parents=True, exist_ok=True)
        base = folder.parent
        (base / ".gitignore").write_text("*\n", "utf-8")
        (base / "README").write_text(_README, "utf-8")
    except OSError as fault:
        raise OutputError(
            Problem(str(folder), 0, 0, f"can't be written: {fault.strerror}")
        ) from fault
    with build_lock(folder):
        if clean:
            forget(folder)
        yield folder


def forget(folder: Path) -> None:
    """Delete all state but the lock."""
    for path in folder.iterdir():
        if path.is_dir():
            shutil.rmtree(path)
        elif path.name != "lock":
            path.unlink()


def load_index(folder: Path) -> sqlite3.Connection:
    """The index, begun anew if another version wrote it or it is damaged."""
    path = index_path(folder)
    try:
        return open_index(path)
    except sqlite3.DatabaseError as fault:
        if isinstance(fault, sqlite3.OperationalError) and "disk" in str(fault):
            raise
    for stale in folder.glob("index.sqlite*"):
        stale.unlink()
    return open_index(path)


def reading_inputs(site: Site) -> dict[str, bytes]:
    """Digests of what decides how sources are read and shown: settings, this version, libraries."""
    versions = [__version__, *(f"{name} {version(name)}" for name in _SHAPING_LIBRARIES)]
    settings = (
        site.base_url,
        site.permalink,
        site.outputs.short_links,
        site.language,
        site.timezone,
        site.default_source,
        site.sections,
        site.markdown,
    )
    return {"code": _digest(versions), "reading": _digest(settings)}


def _digest(value: object) -> bytes:
    described = msgspec.json.encode(value, order="deterministic")
    return blake2b(described, digest_size=16).digest()
