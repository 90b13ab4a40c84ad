"""What outputs read that is no query: files of the theme and keys of site.toml.

Each has a digest, so that a build sees what is another than it was: a file that changed, one that
now lies over the default theme's, one that was looked for in vain and is there now.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import fields
from hashlib import blake2b
from typing import Any, cast

import msgspec

from generator.index.recorder import DIGEST_BYTES, FILE_PREFIX, SETTING_PREFIX, Read
from generator.model.site import Site
from generator.render.theme import DEFAULT_PREFIX, Theme, fingerprint

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
}
Note = Callable[[str, tuple[Read, ...]], None]
_encode = msgspec.json.Encoder(order="deterministic").encode


def current_inputs(site: Site, theme: Theme) -> dict[str, bytes]:
    """The digests of all inputs as they are now, by the keys under which reads name them."""
    inputs = {f"{SETTING_PREFIX}{key.name}": setting_digest(site, key.name) for key in fields(site)}
    *_, default = theme.folders
    for folder in theme.folders:
        for path in folder.rglob("*"):
            if path.is_file():
                name = path.relative_to(folder).as_posix()
                inputs[f"{FILE_PREFIX}{name}"] = file_read(theme, name).digest
                if folder == default:
                    own = f"{DEFAULT_PREFIX}{name}"
                    inputs[f"{FILE_PREFIX}{own}"] = file_read(theme, own).digest
    return inputs


def file_read(theme: Theme, name: str) -> Read:
    """The read of a file of the theme, or of its absence."""
    key = f"{FILE_PREFIX}{name}"
    if name.startswith(_ASSETS):
        asset = theme.asset(name.removeprefix(_ASSETS))
        return Read(key, fingerprint(asset.content) if asset else b"")
    path = theme.find(name)
    return Read(key, fingerprint(path.read_bytes()) if path else b"")


def setting_digest(site: Site, key: str) -> bytes:
    """Equal while a key of site.toml says the same."""
    return blake2b(_encode(getattr(site, key)), digest_size=DIGEST_BYTES).digest()


class _RecordedSite:
    """A site that tells which of its keys are looked at."""

    def __init__(self, site: Site, note: Note) -> None:
        self._site = site
        self._note = note
        self._reads = {key.name: (_setting_read(site, key.name),) for key in fields(site)}

    def __getattr__(self, name: str) -> Any:
        for key in _KEYS_OF.get(name, (name,)):
            if key in self._reads:
                self._note(f"{SETTING_PREFIX}{key}", self._reads[key])
        return getattr(self._site, name)


def _setting_read(site: Site, key: str) -> Read:
    return Read(f"{SETTING_PREFIX}{key}", setting_digest(site, key))


def recorded(site: Site, note: Note) -> Site:
    """The site, as one that tells `note` which of its keys are looked at."""
    return cast(Site, _RecordedSite(site, note))
