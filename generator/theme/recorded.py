"""Records which keys of site.toml an output reads, without a list of them.

A recorded table stands in for a frozen dataclass. Each field that is read is reported, also where a
property or a method of the dataclass reads it, because these run on the recorded table.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import Field, fields, is_dataclass
from inspect import getmembers, isfunction
from types import MethodType
from typing import Any, cast

from generator.digest import digest_of
from generator.index.input_keys import setting_key
from generator.index.recorder import Dependency
from generator.model.site import Site

Note = Callable[[str, tuple[Dependency, ...]], None]
"""Receives what is read, and the settings on which it depends."""

_OPEN = "extra"
"""The table with keys of the portal's own, any of which may be missing."""


def recorded(site: Site, note: Note) -> Site:
    """Return a stand-in for a site that reports to `note` which keys are read."""
    return cast(Site, _RecordedTable(site, site, "", _Notes(note)))


def table_behind(value: object) -> object:
    """Return the dataclass that a recorded table stands in for; any other value is itself."""
    return value._table if isinstance(value, _RecordedTable) else value


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


class _Notes:
    """What receives reads at present; properties collect theirs when first evaluated."""

    def __init__(self, note: Note) -> None:
        self.note = note


class _RecordedTable:
    """Stands in for a site, or for a table in it with the prefix of its keys.

    Tables and methods are plain attributes. A field or property is looked up once, with the
    settings that it reads, which are reported each time.
    """

    def __init__(self, site: Site, table: Any, prefix: str, notes: _Notes) -> None:
        self._site, self._table, self._notes, self._prefix = site, table, notes, prefix
        self._names = {key.name: f"{prefix}{key.name}" for key in fields(table)}
        self._known: dict[str, tuple[Any, str, tuple[Dependency, ...]]] = {}
        for name, member in getmembers(type(table), isfunction):
            if not name.startswith("_"):
                setattr(self, name, MethodType(member, self))
        for key in fields(table):
            if _is_table(key):
                inner = _RecordedTable(site, getattr(table, key.name), f"{key.name}.", notes)
                setattr(self, key.name, inner)
        if _OPEN in self._names:
            setattr(self, _OPEN, _RecordedMapping(site, notes))

    def __getattr__(self, name: str) -> Any:
        try:
            value, key, settings = self._known[name]
        except KeyError:
            value, settings = self._look_up(name)
            key = setting_key(f"{self._prefix}{name}")
            self._known[name] = value, key, settings
        self._notes.note(key, settings)
        return value

    def _look_up(self, name: str) -> tuple[Any, tuple[Dependency, ...]]:
        if name in self._names:
            return getattr(self._table, name), (_setting(self._site, self._names[name]),)
        member = getattr(type(self._table), name)
        if not isinstance(member, property) or member.fget is None:
            raise AttributeError(f"{name} is neither a field, a property nor a method")
        found: set[Dependency] = set()
        outer = self._notes.note
        self._notes.note = lambda _, settings: found.update(settings)
        try:
            return member.fget(self), tuple(found)
        finally:
            self._notes.note = outer

    def __eq__(self, other: object) -> bool:
        for name in self._names:
            _note(self._notes, self._site, self._names[name])
        return bool(self._table == getattr(other, "_table", other))

    __hash__ = None  # type: ignore[assignment]


class _RecordedMapping(dict[str, Any]):
    """Stands in for `extra`: each key is a setting of its own, also one that is missing."""

    def __init__(self, site: Site, notes: _Notes) -> None:
        super().__init__(site.extra)
        self._site = site
        self._notes = notes

    def _record(self, name: str) -> None:
        _note(self._notes, self._site, name)

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


def _note(notes: _Notes, site: Site, name: str) -> None:
    setting = _setting(site, name)
    notes.note(setting.key, (setting,))


def _setting(site: Site, name: str) -> Dependency:
    return Dependency(setting_key(name), setting_digest(site, name))
