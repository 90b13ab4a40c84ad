"""Keeps the state between builds, and begins it again whenever it can't be trusted."""

from __future__ import annotations

import shutil
import sqlite3
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from generator import __version__
from generator.digest import digest, digest_of
from generator.errors import OutputError, Problem
from generator.index.build_state import has_inputs
from generator.index.connection import open_index, transaction
from generator.index.outputs import own_listed
from generator.model.permalink import lies_inside
from generator.model.site import Site
from generator.pipeline.libraries import code_digest, version_of
from generator.pipeline.lock import build_lock
from generator.write.manifest import written_files

_SHAPING_LIBRARIES = (
    "Markdown",
    "pymdown-extensions",
    "nh3",
    "PyYAML",
    "Jinja2",
    "babel",
    "pillow",
)
_MANIFEST = "written"
_EXPLAINED = {
    ".gitignore": "*\n",
    "README": "What Broadsheet keeps between builds. It can be deleted at any time.\n",
}


def state_name(root: Path, output: Path) -> str:
    """Return the name of the state of an output folder; both paths are absolute."""
    if output == root / "output":
        return "build"
    inside = output.relative_to(root) if root in output.parents else output
    return f"build-{digest(inside.as_posix().encode()).hex()[:12]}"


def index_path(folder: Path) -> Path:
    """Return the path of the index in a state folder."""
    return folder / "index.sqlite"


def derived_folder(folder: Path) -> Path:
    """Return the folder of derived files in a state folder."""
    return folder / "derived"


@contextmanager
def state_folder(folder: Path, *, clean: bool) -> Iterator[Path]:
    """Create the state folder if it is missing, and lock it. Raises `OutputError`."""
    with _writing(folder):
        folder.mkdir(parents=True, exist_ok=True)
        _refuse_links(folder)
        explain_folder(folder.parent)
    with build_lock(folder):
        if clean:
            with _writing(folder):
                forget(folder)
        yield folder


def explain_folder(base: Path) -> None:
    """Create the folder that holds all state if it is missing, and say in it what it is for."""
    base.mkdir(parents=True, exist_ok=True)
    for name, text in _EXPLAINED.items():
        file = base / name
        if not (file.exists() or file.is_symlink()):
            file.write_text(text, "utf-8")


def _refuse_links(folder: Path) -> None:
    """Refuse to write through a symbolic link: the state may have been copied from anywhere.

    A folder above the state folder may be one, for a state that is kept on another disk.
    """
    for path in (*(folder.parent / name for name in _EXPLAINED), folder, *folder.iterdir()):
        if path.is_symlink():
            message = "is a symbolic link, and the build would write where it leads"
            raise OutputError(Problem(str(path), 0, 0, message, "delete it"))


@contextmanager
def _writing(folder: Path) -> Iterator[None]:
    try:
        yield
    except OSError as error:
        message = f"can't be written: {error.strerror or error}"
        raise OutputError(Problem(str(folder), 0, 0, message)) from error


def forget(folder: Path) -> None:
    """Delete all state except the lock and the list of written files.

    Without that list, pages that are gone would stay in the output for ever.
    """
    for path in folder.iterdir():
        if path.is_dir():
            shutil.rmtree(path)
        elif path.name not in ("lock", _MANIFEST):
            path.unlink()


def manifest_path(folder: Path) -> Path:
    """Return the path of the list of written files in a state folder."""
    return folder / _MANIFEST


def load_index(folder: Path) -> sqlite3.Connection:
    """Open the index, created if it is missing; a new one learns which files were written before.

    Raises `sqlite3.DatabaseError`; `damage` says whether the index is at fault.
    """
    connection = open_index(index_path(folder))
    try:
        if not has_inputs(connection):
            _own_listed(connection, written_files(manifest_path(folder)))
    except BaseException:
        connection.close()
        raise
    return connection


def _own_listed(connection: sqlite3.Connection, written: list[str]) -> None:
    """Report a new index which files are Broadsheet's.

    Names that lead out of the output folder are left out. `generator.write.ownership` decides what
    the others are worth.
    """
    with transaction(connection):
        own_listed(connection, filter(lies_inside, written))


def reading_inputs(site: Site) -> dict[str, bytes]:
    """Return digests of what decides how sources are parsed and shown: settings and code."""
    versions = [__version__, *(f"{name} {version_of(name)}" for name in _SHAPING_LIBRARIES)]
    settings = (
        site.base_url,
        site.permalink,
        site.outputs.short_links,
        site.language,
        site.timezone,
        site.default_source,
        site.sections,
        site.taxonomies,
        site.slugs,
        site.markdown,
    )
    return {
        "code": digest_of((versions, code_digest().hex())),
        "reading": digest_of(settings),
    }
