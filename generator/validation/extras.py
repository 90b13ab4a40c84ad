"""Values of a portal's own, under `extra`: any shape, made of what JSON can hold."""

from __future__ import annotations

import math
from collections.abc import Mapping
from datetime import date, time
from typing import Any

from generator.validation.fields import OPEN_KEY, Fields
from generator.validation.located import MAX_DEPTH
from generator.validation.positions import Keys
from generator.validation.values import Value, cut_short

# SQLite's integers, and so JSON's in the index, have 64 bits.
_LARGEST = 2**63


def extra_of(fields: Fields, key: str = OPEN_KEY) -> Mapping[str, Any]:
    """Return the mapping under `key`, with dates as ISO 8601 text; invalid values are left out."""
    value = fields.value(key)
    if value is None:
        return {}
    if not isinstance(value.raw, dict):
        value.expected("a mapping of keys to values")
        return {}
    return {name: _plain(value, item, (key, name)) for name, item in value.raw.items()}


def _plain(top: Value, raw: Any, keys: Keys) -> Any:
    value = Value(raw, keys, top.origin)
    if isinstance(raw, str):
        if not cut_short(keys, top.origin):
            value.unprintable()
        return raw
    if isinstance(raw, date | time):
        return raw.isoformat()
    if isinstance(raw, dict | list) and len(keys) > MAX_DEPTH:
        value.error("is nested too deeply")
        return None
    if isinstance(raw, dict):
        return {name: _plain(top, item, (*keys, name)) for name, item in raw.items()}
    if isinstance(raw, list):
        return [_plain(top, item, (*keys, at)) for at, item in enumerate(raw)]
    if isinstance(raw, float) and not math.isfinite(raw):
        value.expected("a finite number")
    if isinstance(raw, int) and not -_LARGEST <= raw < _LARGEST:
        value.expected("a number of at most 64 bits")
    return raw
