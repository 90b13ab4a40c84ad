"""Answers `broadsheet explain`: what an output was rendered from."""

from __future__ import annotations

import os
import sqlite3
from collections.abc import Iterator
from contextlib import closing, contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Literal
from urllib.parse import unquote, urlsplit

from generator.digest import digest_file
from generator.errors import ConfigError, Problem, did_you_mean
from generator.index.connection import check_schema, open_for_reading
from generator.index.input_keys import file_key, setting_key
from generator.index.inspect import Inspector, KnownOutput, OutputDependencies
from generator.model.paths import TEMPLATES
from generator.model.permalink import is_index, normalize_path, site_path
from generator.model.site import Site
from generator.model.source import UnreadFile
from generator.pipeline.recovery import suspicion
from generator.pipeline.state import index_path
from generator.plan.reasons import input_name
from generator.scan.ignore import is_path_ignored
from generator.scan.unread import unread_files
from generator.theme.inputs import file_read
from generator.theme.recorded import setting_digest
from generator.theme.theme import Theme, default_theme

_CONTENT = "content"
_SETTINGS = "site.toml"
_BUILD_FIRST = "run 'broadsheet build' first"
_BUILD_AGAIN_FIRST = "run 'broadsheet build', and look whether it reports errors in it"
_BUILD_AGAIN = "run 'broadsheet build --clean'; if that does not help, please report this line"


@dataclass(frozen=True, slots=True)
class Target:
    """What a user asked about: a file of the site, of content/, of the theme, or site.toml."""

    part: Literal["site", "content", "theme", "settings"]
    name: str


@dataclass(frozen=True, slots=True)
class Explanation:
    """An output, its dependencies, and which of them changed since it was rendered."""

    output: KnownOutput
    reads: OutputDependencies
    since: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class PortalPaths:
    """The absolute paths of a portal and its output."""

    root: Path
    output: Path


@contextmanager
def last_build(state: Path) -> Iterator[Inspector]:
    """Yield the index of the last build. Raises `ConfigError` if there is none."""
    index = index_path(state)
    if not index.is_file():
        raise ConfigError(Problem(str(state), 0, 0, "nothing was built here yet", _BUILD_FIRST))
    try:
        with closing(open_for_reading(index)) as connection:
            check_schema(connection)
            yield Inspector(connection)
    except Exception as error:
        wrong = suspicion(error)
        if not wrong and not isinstance(error, sqlite3.Error):
            raise
        why = f"it {wrong}" if wrong else str(error)
        message = f"the record of the last build can't be read: {why}"
        raise ConfigError(Problem(str(index), 0, 0, message, _BUILD_AGAIN)) from error


def target_of(asked: str, place: PortalPaths, site: Site) -> Target:
    """Return what a URL, a site path or a file means.

    Raises `ConfigError` for a URL of a different site.
    """
    if "://" in asked:
        return Target("site", _path_in_url(asked, site))
    for base in (Path.cwd(), place.root):
        written = Path(os.path.normpath(base / asked))
        for path in (written, written.resolve()):
            if found := _file(path, place):
                return found
    return Target("site", _decoded(asked, site))


def _file(path: Path, place: PortalPaths) -> Target | None:
    if place.output in path.parents:
        return Target("site", path.relative_to(place.output).as_posix())
    if path == place.root / _SETTINGS:
        return Target("settings", _SETTINGS)
    if place.root / _CONTENT in path.parents:
        return Target("content", path.relative_to(place.root).as_posix())
    for theme in (place.root / TEMPLATES, default_theme()):
        if theme in path.parents:
            return Target("theme", path.relative_to(theme).as_posix())
    return None


def _path_in_url(url: str, site: Site) -> str:
    if urlsplit(url).netloc.casefold() != urlsplit(site.base_url).netloc.casefold():
        message = f"is not on this site, whose base_url is {site.base_url}"
        raise ConfigError(Problem(url, 0, 0, message))
    return _decoded(urlsplit(url).path, site)


def _decoded(path: str, site: Site) -> str:
    plain = path.partition("#")[0].partition("?")[0]
    if site.base_path and f"{plain}/".startswith(f"{site.base_path}/"):
        plain = plain[len(site.base_path) :]
    return normalize_path(unquote(plain)).strip("/")


def output_for(path: str, inspector: Inspector) -> KnownOutput:
    """Return the output at a path.

    Raises `ConfigError` with the nearest path if there is none.
    """
    folder = f"{path}/index.html" if path else "index.html"
    found = inspector.output(path) or inspector.output(folder)
    if found is None:
        asked = f"/{path}" if "." in path else site_path(folder)
        same_story = [site_path(each) for each in inspector.with_id_in(path)]
        near = [site_path(each) for each in inspector.near(folder)]
        hint = did_you_mean(asked, same_story) or did_you_mean(asked, near)
        raise _unknown(asked, hint or did_you_mean(asked, same_story, like=0))
    return found


def outputs_of(source: str, inspector: Inspector, root: Path) -> list[KnownOutput]:
    """Return the outputs of a source, its own page first.

    Raises `ConfigError` for a source that the last build did not read.
    """
    if inspector.knows_source(source) is None:
        hint = did_you_mean(source, inspector.near_source(source))
        there = (root / source).is_file()
        hint = _BUILD_AGAIN_FIRST if there else hint
        raise _unknown(source, hint, "the last build has not read it")
    found = inspector.of_source(source)
    return sorted(found, key=lambda known: (known.kind == "redirect", not is_index(known.path)))


def unread_file(path: str, inspector: Inspector, root: Path) -> UnreadFile | None:
    """Return a file in content/ that builds don't read, with a hint; None for one that they do."""
    if not (root / path).is_file():
        return None
    if is_path_ignored(path):
        return UnreadFile(path, "its name is one that other programs use for their own files")
    beside = next((each for each in unread_files(root) if each.path == path), None)
    return beside or inspector.misnamed(path)


def theme_file(name: str, inspector: Inspector) -> str:
    """Return the key of a theme file. Raises `ConfigError` if the last build did not have it."""
    key = file_key(name)
    if not inspector.input(key):
        near = [f"{TEMPLATES}/{each}" for each in inspector.near_input()]
        asked = f"{TEMPLATES}/{name}"
        raise _unknown(asked, did_you_mean(asked, near), "the theme has no such file")
    return key


def _unknown(
    asked: str, hint: str, message: str = "the last build made no such file"
) -> ConfigError:
    hint = hint or "name a URL of the site, or a file of it or of the portal"
    return ConfigError(Problem(asked, 0, 0, message, hint))


def explain_output(
    output: KnownOutput, inspector: Inspector, root: Path, site: Site
) -> Explanation:
    """Return an output with its dependencies, and which inputs among them changed."""
    reads = inspector.reads(output)
    since = (*_sources_since(reads, inspector, root), *_inputs_since(reads, inspector, root, site))
    return Explanation(output, reads, since)


def _sources_since(reads: OutputDependencies, inspector: Inspector, root: Path) -> Iterator[str]:
    for path in reads.sources:
        if not (root / path).is_file():
            yield f"{path} was removed"
        elif digest_file(root / path) != inspector.knows_source(path):
            yield f"{path} changed"


def _inputs_since(
    reads: OutputDependencies, inspector: Inspector, root: Path, site: Site
) -> Iterator[str]:
    theme = Theme.of(root)
    for name in (*reads.files, *reads.missing):
        read = file_read(theme, name)
        if read.digest != inspector.input(read.key):
            yield f"{input_name(read.key)} {'changed' if read.digest else 'was removed'}"
    for key in reads.settings:
        if setting_digest(site, key) != inspector.input(setting_key(key)):
            yield f"{input_name(setting_key(key))} changed"
