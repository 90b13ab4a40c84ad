"""Records which keys of site.toml an output reads, without a list of them.

A recorded table stands in for a frozen dataclass. Each field that is read is reported, also where a
property or a method of the dataclass reads it, because these run on the recorded table.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import Field, fields, is_dataclass
from types import FunctionType, MethodType
from typing import Any, cast

from generator.digest import digest_of
from generator.index.input_keys import setting_key
from generator.index.recorder import Dependency
from generator.model.site import Site

Note = Callable[[str, tuple[Dependency, ...]], None]
"""Told the key of a setting that is read, and the dependency on it."""

_OPEN = "extra"
"""The table with keys of the portal's own, any of which may be missing."""


def recorded(site: Site, note: Note) -> Site:
    """Return a stand-in for a site that reports to `note` which keys are read."""
    return cast(Site, _RecordedTable(site, site, "", note))


def setting_names(site: Site) -> list[str]:
    """Return the names of all settings: `title`, `outputs.archive`, `extra.motto`."""
    names = [key.name for key in fields(site)]
    names += [
        f"{key.name}.{inner.name}"
        for key in fields(site)
        if _is_table(key)
        for inner in fields(getattr(site, key.name))
    ]
    return names + [f"{_OPEN}.{name}" for name in site.extra]


def setting_digest(site: Site, name: str) -> bytes:
    """Return the digest of a setting, empty for a key of `extra` that is missing."""
    table, _, key = name.partition(".")
    value = getattr(site, table)
    if table == _OPEN and key:
        if key not in value:
            return b""
        value = value[key]
    elif key:
        value = getattr(value, key)
    return digest_of(value)


def _is_table(key: Field[Any]) -> bool:
    """Return whether a field always holds a dataclass, whose fields are settings of their own."""
    return is_dataclass(key.default)


class _RecordedTable:
    """Stands in for a site, or for a table in it with the prefix of its keys."""

    def __init__(self, site: Site, table: Any, prefix: str, note: Note) -> None:
        self._site, self._table, self._note = site, table, note
        self._names = {key.name: f"{prefix}{key.name}" for key in fields(table)}
        self._inner: dict[str, Any] = {
            key.name: _RecordedTable(site, getattr(table, key.name), f"{key.name}.", note)
            for key in fields(table)
            if _is_table(key)
        }
        if _OPEN in self._names:
            self._inner[_OPEN] = _RecordedMapping(site, note)
        self._dependencies: dict[str, Dependency] = {}

    def __getattr__(self, name: str) -> Any:
        if name in self._inner:
            return self._inner[name]
        if name in self._names:
            self._record(name)
            return getattr(self._table, name)
        member = getattr(type(self._table), name)
        if isinstance(member, property) and member.fget:
            return member.fget(self)
        if isinstance(member, FunctionType):
            return MethodType(member, self)
        raise AttributeError(f"{name} is neither a field, a property nor a method")

    def __eq__(self, other: object) -> bool:
        for name in self._names:
            self._record(name)
        return bool(self._table == getattr(other, "_table", other))

    __hash__ = None  # type: ignore[assignment]

    def _record(self, name: str) -> None:
        found = self._dependencies.get(name)
        if found is None:
            found = self._dependencies[name] = _dependency(self._site, self._names[name])
        self._note(found.key, (found,))


class _RecordedMapping(dict[str, Any]):
    """Stands in for `extra`: each key is a setting of its own, also one that is missing."""

    def __init__(self, site: Site, note: Note) -> None:
        super().__init__(site.extra)
        self._site = site
        self._note = note

    def _record(self, name: str) -> None:
        dependency = _dependency(self._site, name)
        self._note(dependency.key, (dependency,))

    def __getitem__(self, key: str) -> Any:
        self._record(f"{_OPEN}.{key}")
        return super().__getitem__(key)

    def __contains__(self, key: object) -> bool:
        self._record(f"{_OPEN}.{key}")
        return super().__contains__(key)

    def get(self, key: str, default: Any = None) -> Any:
        """Return the value of a key, or the default."""
        self._record(f"{_OPEN}.{key}")
        return super().get(key, default)

    def __iter__(self) -> Iterator[str]:
        self._record(_OPEN)
        return super().__iter__()

    def __len__(self) -> int:
        self._record(_OPEN)
        return super().__len__()

    def __eq__(self, other: object) -> bool:
        self._record(_OPEN)
        return super().__eq__(other)

    __hash__ = None

    def keys(self) -> Any:
        """Return all keys."""
        self._record(_OPEN)
        return super().keys()

    def values(self) -> Any:
        """Return all values."""
        self._record(_OPEN)
        return super().values()

    def items(self) -> Any:
        """Return all keys with their values."""
        self._record(_OPEN)
        return super().items()


def _dependency(site: Site, name: str) -> Dependency:
    return Dependency(setting_key(name), setting_digest(site, name))
