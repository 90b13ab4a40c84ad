"""The inputs of outputs: files of the theme, and settings, each with a digest.

A build compares digests to find changed files, new overrides, and templates that were missing and
now exist.
"""

from __future__ import annotations

from generator.digest import digest
from generator.index.input_keys import (
    DEFAULT_PREFIX,
    file_key,
    file_name,
    is_file_in,
    setting_key,
)
from generator.index.recorder import Dependency
from generator.model.site import Site
from generator.theme.recorded import setting_digest, setting_names
from generator.theme.theme import Theme, files_in

_ASSETS = "assets/"


def current_inputs(site: Site, theme: Theme) -> dict[str, bytes]:
    """Return the digests of all inputs as they are now, by key."""
    inputs = {setting_key(name): setting_digest(site, name) for name in setting_names(site)}
    *own, default = theme.folders
    for name, path in files_in(default):
        content = digest(_content(path))
        inputs[file_key(f"{DEFAULT_PREFIX}{name}")] = content
        inputs[file_key(name)] = content
    for folder in own:
        for name, path in files_in(folder):
            inputs[file_key(name)] = digest(_content(path))
    for key in [key for key in inputs if is_file_in(key, _ASSETS.rstrip("/"))]:
        inputs[key] = file_read(theme, file_name(key) or "").digest
    return inputs


def _content(path: str) -> bytes:
    with open(path, "rb") as file:
        return file.read()


def file_read(theme: Theme, name: str) -> Dependency:
    """Return the dependency on a theme file, or on its absence."""
    key = file_key(name)
    if name.startswith(_ASSETS):
        asset = theme.asset(name.removeprefix(_ASSETS))
        return Dependency(key, digest(asset.content) if asset else b"")
    path = theme.find(name)
    return Dependency(key, digest(path.read_bytes()) if path else b"")
