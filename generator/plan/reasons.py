"""Says why an output was rendered again, for people who write and edit the portal."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterable, Mapping
from typing import Any

from generator.index.input_keys import DEFAULT_PREFIX, file_name, setting_name
from generator.index.query_keys import TEXT_QUERY, source_of, split_key
from generator.model.paths import TEMPLATES

_NAMED = 3
# The kinds of queries that are closest to what an editor did, closest first.
_NEAREST = (TEXT_QUERY, "article", "page", "profile")


def asked(key: str) -> str:
    """Return a recorded query as an author would write it: `latest(limit=12, section=world)`."""
    name, values = split_key(key)
    shown = (f"{argument}={_shown(value)}" for argument, value in values.items() if _says(value))
    return f"{name}({', '.join(shown)})"


def nearness(key: str) -> tuple[int, str]:
    """Return a sort key: queries whose changed answer explains an output best come first."""
    name = key.partition("{")[0]
    rank = _NEAREST.index(name) if name in _NEAREST else len(_NEAREST)
    return rank, key


def answer_changed(connection: sqlite3.Connection, key: str) -> str:
    """Return why an output is stale whose query has a different answer."""
    source = source_of(connection, key)
    if source is None:
        return f"the answer to {asked(key)} changed"
    if split_key(key)[0] == TEXT_QUERY:
        return f"{source}: its text changed"
    return f"{source}: its headline or other metadata changed"


def inputs_changed(altered: Mapping[str, str], keys: Iterable[str]) -> str:
    """Return why an output is stale whose inputs differ; `altered` says how each does."""
    parts = [f"{input_name(key)} {altered.get(key, 'changed')}" for key in sorted(keys)]
    more = f" and {len(parts) - _NAMED} more" if parts[_NAMED:] else ""
    return "; ".join(parts[:_NAMED]) + more


def input_name(key: str) -> str:
    """Return the name of an input: the path of a theme file, or a key of site.toml."""
    if setting := setting_name(key):
        return f"site.toml: '{setting}'"
    name = file_name(key) or key
    if name.startswith(DEFAULT_PREFIX):
        return f"the default theme's {TEMPLATES}/{name.removeprefix(DEFAULT_PREFIX)}"
    return f"{TEMPLATES}/{name}"


def plan_changed(owner: str, kind: str, before: Mapping[str, Any], now: Mapping[str, Any]) -> str:
    """Return why an output is stale that is planned with different parameters."""
    if "fingerprint" in now:
        return f"{owner}: its content changed"
    differing = sorted(key for key in now.keys() | before.keys() if now.get(key) != before.get(key))
    parts = ", ".join(f"{key} is {now.get(key)}, was {before.get(key)}" for key in differing)
    return f"planned with different parameters ({parts or f'kind is {kind}'})"


def _says(value: object) -> bool:
    return value is not None and value not in ("", [])


def _shown(value: object) -> str:
    return f"[{', '.join(map(str, value))}]" if isinstance(value, list) else str(value)
