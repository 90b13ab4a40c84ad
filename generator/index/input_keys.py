"""The keys of inputs: what outputs read apart from queries.

An input is a file of the theme, or a setting: a key of site.toml. An input set stands for the
inputs that one output read.
"""

from __future__ import annotations

_FILE = "file/"
_SETTING = "site/"
_INPUT_SET = "inputs/"
DEFAULT_PREFIX = "!"
"""Before the name of a file, that of the default theme, whatever the portal has in its place."""


def file_key(name: str) -> str:
    """Return the key of a file of the theme."""
    return f"{_FILE}{name}"


def setting_key(name: str) -> str:
    """Return the key of a setting, such as `title` or `outputs.archive`."""
    return f"{_SETTING}{name}"


def input_set_key(digest: bytes) -> str:
    """Return the key of the input set whose keys have a digest."""
    return f"{_INPUT_SET}{digest.hex()}"


def file_name(key: str) -> str | None:
    """Return the name of the file that a key stands for, None if it stands for no file."""
    return key.removeprefix(_FILE) if key.startswith(_FILE) else None


def setting_name(key: str) -> str | None:
    """Return the name of the setting that a key stands for, None if it stands for none."""
    return key.removeprefix(_SETTING) if key.startswith(_SETTING) else None


def is_input_set(key: str) -> bool:
    """Return whether a recorded query is an input set."""
    return key.startswith(_INPUT_SET)


def is_file_in(key: str, folder: str) -> bool:
    """Return whether a key stands for a file in a folder of the theme."""
    return key.startswith(f"{_FILE}{folder}/")
