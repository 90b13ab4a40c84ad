"""Schemas of single values, as a YAML or TOML editor sees them.

An editor types the scalars of YAML: a title `2024` is a number for it, and text for Broadsheet. So
where YAML may stand, a text may look like any scalar. A key that is left empty counts as left out.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable
from typing import Any

from generator.validation.values import MAX_ITEMS

Schema = dict[str, Any]

DIALECT = "https://json-schema.org/draft/2020-12/schema"
_FILLED = r"[^ \t\r\n]"
_DATE = r"\s*[0-9]{4}-[0-9]{2}-[0-9]{2}"
_TIME = r"([Tt]|[ \t]+)[0-9]{2}:[0-9]{2}(:[0-9]{2}([.,][0-9]+)?)?"
_OFFSET = r"[ \t]*([Zz]|UTC|[+-][0-9]{2}(:?[0-9]{2})?)?"
_MOMENT = rf"^{_DATE}({_TIME}{_OFFSET})?\s*$"
_FLAG = (
    r"^\s*([Tt][Rr][Uu][Ee]|[Yy][Ee][Ss]|[Oo][Nn]"
    r"|[Ff][Aa][Ll][Ss][Ee]|[Nn][Oo]|[Oo][Ff][Ff])\s*$"
)
_LANGUAGE = r"^\s*([A-Za-z]{2,3}(-[A-Za-z0-9]{1,8})*)?\s*$"
_URL = r"^\s*[Hh][Tt][Tt][Pp][Ss]?://"
_EMAIL = r"^\s*[^\s@]+@[^\s@]+\s*$"

NOTHING: Schema = {"type": ["null", "string"], "maxLength": 0}
"""A key without a value, or with an empty text."""


def described(schema: Schema, description: str) -> Schema:
    """Return a schema with what its value means, which editors show."""
    return {**schema, "description": description}


def text(*, required: bool = False, typed: bool = False) -> Schema:
    """Text on one line. It is in quotes where values are `typed`, as in TOML."""
    scalars = ["string"] if typed else ["string", "number", "boolean"]
    if required:
        return {"type": scalars, "pattern": _FILLED}
    return {"type": scalars if typed else [*scalars, "null"]}


def news_id() -> Schema:
    """A News ID."""
    return {"type": ["integer", "string"], "minimum": 1, "pattern": r"^\s*[A-Za-z0-9_-]{1,64}\s*$"}


def moment(*, required: bool = False) -> Schema:
    """A date or timestamp."""
    return {"type": "string" if required else ["string", "null"], "pattern": _MOMENT}


def flag(*, default: bool = False, typed: bool = False) -> Schema:
    """True or false."""
    if typed:
        return {"type": "boolean", "default": default}
    return {"type": ["boolean", "string", "null"], "pattern": _FLAG, "default": default}


def flag_until() -> Schema:
    """True, false, or the time until which it holds."""
    return {"type": ["boolean", "string", "null"], "pattern": f"{_FLAG}|{_MOMENT}"}


def whole(minimum: int, maximum: int, *, default: int, typed: bool = False) -> Schema:
    """A whole number."""
    numbers: Schema = {"minimum": minimum, "maximum": maximum, "default": default}
    if typed:
        return {"type": "integer", **numbers}
    return {"type": ["integer", "string", "null"], "pattern": "^[+-]?[0-9]{1,18}$", **numbers}


def choice(choices: Collection[str], *, default: str = "", typed: bool = False) -> Schema:
    """One of some words."""
    one: Schema = {"enum": list(choices)}
    if default:
        one["default"] = default
    return one if typed else {"anyOf": [one, {"type": "null"}]}


def language(default: str) -> Schema:
    """A BCP 47 tag, or nothing."""
    return {"type": ["string", "null"], "pattern": _LANGUAGE, "default": default}


def url(*, required: bool = False) -> Schema:
    """An http(s) URL, or nothing."""
    if required:
        return {"type": "string", "pattern": _URL}
    return {"type": ["string", "null"], "pattern": rf"{_URL}|^$"}


def email() -> Schema:
    """An e-mail address, or nothing."""
    return {"type": ["string", "null"], "pattern": rf"{_EMAIL}|^$"}


def mapping(properties: dict[str, Schema], required: Iterable[str] = ()) -> Schema:
    """A mapping with these keys and no others."""
    schema: Schema = {"type": "object", "properties": properties, "additionalProperties": False}
    if needed := list(required):
        schema["required"] = needed
    return schema


def anything() -> Schema:
    """A mapping of whatever a portal needs."""
    return {"type": ["object", "null"]}


def some(item: Schema) -> Schema:
    """A list, which may be left out."""
    return {"type": ["array", "null"], "items": item, "maxItems": MAX_ITEMS}


def names(used: Iterable[str] = ()) -> Schema:
    """A list of names, or one that stands alone; those in `used` are proposed."""
    alone = {"type": ["string", "number", "boolean"], "pattern": r"^[^,]*[^, \t\r\n][^,]*$"}
    return {
        "anyOf": [
            {"type": "array", "items": name(used), "maxItems": MAX_ITEMS},
            alone,
            {"type": "null"},
        ]
    }


def name(used: Iterable[str] = ()) -> Schema:
    """A name; those in `used` are proposed."""
    return proposing(text(required=True), list(used))


def proposing(schema: Schema, proposals: Collection[Any], notes: Iterable[str] = ()) -> Schema:
    """Return a schema of open values, of which editors propose some, each with a note."""
    if not proposals:
        return schema
    known: Schema = {"enum": list(proposals)}
    if told := list(notes):
        known["enumDescriptions"] = told
    return {"anyOf": [known, schema]}


def optional(schema: Schema) -> Schema:
    """Return a schema whose value may be left empty."""
    return {"anyOf": [*schema.get("anyOf", [schema]), NOTHING]}
