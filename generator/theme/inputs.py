"""What outputs read that is no query: files of the theme and keys of site.toml.

Each has a digest, so that a build sees what is another than it was: a file that changed, one that
now lies over the default theme's, one that was templates not found and is there now. Of the tables
`outputs` and `extra` each key is an input by itself, as pages look at one or two of many.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import fields
from hashlib import blake2b
from typing import Any, cast

import msgspec

from generator.index.recorder import DIGEST_BYTES, FILE_PREFIX, SETTING_PREFIX, Dependency
from generator.model.site import Site
from generator.theme.theme import DEFAULT_PREFIX, Theme, files_in, fingerprint

_ASSETS = "assets/"
# What properties and methods of a site look at.
_KEYS_OF = {
    "zone": ("timezone",),
    "host": ("base_url",),
    "base_path": ("base_url",),
    "origin": ("base_url",),
    "url": ("base_url",),
    "href": ("base_url",),
    "section": ("sections",),
    "slugs_of": ("slugs", "language"),
}
Note = Callable[[str, tuple[Dependency, ...]], None]
_encode = msgspec.json.Encoder(order="deterministic").encode


def current_inputs(site: Site, theme: Theme) -> dict[str, bytes]:
    """The digests of all inputs as they are now, by the keys under which reads name them."""
    inputs = {f"{SETTING_PREFIX}{key}": setting_digest(site, key) for key in _keys(site)}
    *own, default = theme.folders
    for name, path in files_in(default):
        content = fingerprint(_content(path))
        inputs[f"{FILE_PREFIX}{DEFAULT_PREFIX}{name}"] = content
        inputs[f"{FILE_PREFIX}{name}"] = content
    for folder in own:
        for name, path in files_in(folder):
            inputs[f"{FILE_PREFIX}{name}"] = fingerprint(_content(path))
    assets = f"{FILE_PREFIX}{_ASSETS}"
    for key in [key for key in inputs if key.startswith(assets)]:
        inputs[key] = file_read(theme, key.removeprefix(FILE_PREFIX)).digest
    return inputs


def _content(path: str) -> bytes:
    with open(path, "rb") as file:
        return file.read()


def file_read(theme: Theme, name: str) -> Dependency:
    """The read of a file of the theme, or of its absence."""
    key = f"{FILE_PREFIX}{name}"
    if name.startswith(_ASSETS):
        asset = theme.asset(name.removeprefix(_ASSETS))
        return Dependency(key, fingerprint(asset.content) if asset else b"")
    path = theme.find(name)
    return Dependency(key, fingerprint(path.read_bytes()) if path else b"")


def setting_digest(site: Site, key: str) -> bytes:
    """Equal while a key of site.toml, as `title` or `extra.motto`, says the same.

    Empty for a key of `extra` that is not there.
    """
    table, _, name = key.partition(".")
    value = getattr(site, table)
    if table == "extra" and name:
        if name not in value:
            return b""
        value = value[name]
    elif name:
        value = getattr(value, name)
    return blake2b(_encode(value), digest_size=DIGEST_BYTES).digest()


def _keys(site: Site) -> list[str]:
    keys = [key.name for key in fields(site)]
    keys += [f"outputs.{key.name}" for key in fields(site.outputs)]
    return keys + [f"extra.{name}" for name in site.extra]


class _RecordedSite:
    """A site that tells which of its keys are looked at."""

    def __init__(self, site: Site, note: Note) -> None:
        self._site = site
        self._note = note
        self._reads = {key.name: (_setting_read(site, key.name),) for key in fields(site)}
        self.outputs = _RecordedOutputs(site, note)
        self.extra = _RecordedExtra(site, note)

    def __getattr__(self, name: str) -> Any:
        for key in _KEYS_OF.get(name, (name,)):
            if key in self._reads:
                self._note(f"{SETTING_PREFIX}{key}", self._reads[key])
        return getattr(self._site, name)


class _RecordedOutputs:
    """The table `outputs`, which tells which of its keys are looked at."""

    def __init__(self, site: Site, note: Note) -> None:
        self._outputs = site.outputs
        self._note = note
        self._reads = {
            key.name: _setting_read(site, f"outputs.{key.name}") for key in fields(site.outputs)
        }

    def __getattr__(self, name: str) -> Any:
        if read := self._reads.get(name):
            self._note(read.key, (read,))
        return getattr(self._outputs, name)


class _RecordedExtra(dict[str, Any]):
    """The table `extra`, which tells which of its keys are looked at; a key may be missing."""

    def __init__(self, site: Site, note: Note) -> None:
        super().__init__(site.extra)
        self._site = site
        self._note = note

    def _look_at(self, key: str) -> None:
        read = _setting_read(self._site, key)
        self._note(read.key, (read,))

    def __getitem__(self, key: str) -> Any:
        self._look_at(f"extra.{key}")
        return super().__getitem__(key)

    def __contains__(self, key: object) -> bool:
        self._look_at(f"extra.{key}")
        return super().__contains__(key)

    def get(self, key: str, default: Any = None) -> Any:
        """The value of a key, or something else."""
        self._look_at(f"extra.{key}")
        return super().get(key, default)

    def __iter__(self) -> Iterator[str]:
        self._look_at("extra")
        return super().__iter__()

    def __len__(self) -> int:
        self._look_at("extra")
        return super().__len__()

    def keys(self) -> Any:
        """All keys."""
        self._look_at("extra")
        return super().keys()

    def values(self) -> Any:
        """All values."""
        self._look_at("extra")
        return super().values()

    def items(self) -> Any:
        """All keys with their values."""
        self._look_at("extra")
        return super().items()


def _setting_read(site: Site, key: str) -> Dependency:
    return Dependency(f"{SETTING_PREFIX}{key}", setting_digest(site, key))


def recorded(site: Site, note: Note) -> Site:
    """The site, as one that tells `note` which of its keys are looked at."""
    return cast(Site, _RecordedSite(site, note))
