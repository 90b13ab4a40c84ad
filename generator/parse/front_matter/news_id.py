"""News IDs as authors write them."""

from __future__ import annotations

import re
from pathlib import Path

from generator.model.permalink import component_error
from generator.validation.fields import Fields
from generator.validation.values import Value

EXPECTED = "a positive whole number, or 1 to 64 letters, digits, '-' and '_'"

_NEWS_ID = re.compile(r"[A-Za-z0-9_-]{1,64}")
_NOT_POSITIVE = re.compile(r"-[0-9]+|0+")
_CLAIM = re.compile(rb"""^[ \t]*news_id[ \t]*[:=][ \t]*["']?([A-Za-z0-9_-]{1,64})""", re.MULTILINE)
_CLAIM_BYTES = 8192
_WHOLE = re.compile(r"([0-9]{1,18})\.0*")


def news_id_of(value: Value) -> str | None:
    """Return a News ID as text, spelled as it was written: `007` is not `7`."""
    raw = value.raw
    if isinstance(raw, int | float) and not isinstance(raw, bool):
        raw = repr(raw) if isinstance(raw, float) or abs(raw) < 10**64 else ""
    elif isinstance(raw, str):
        raw = value.line()
        if raw is None:
            return None
    else:
        raw = ""
    if not _NEWS_ID.fullmatch(raw) or _NOT_POSITIVE.fullmatch(raw) or _is_float(value):
        whole = _WHOLE.fullmatch(raw)
        value.expected(EXPECTED, f"did you mean {whole[1]}?" if whole else "")
        return None
    if error := component_error(raw):
        value.error(error)
        return None
    return raw


def claimed_news_id(path: Path) -> str:
    """Return the News ID that an article with errors seems to have.

    It is what the file gives, however broken the rest of it is, or else the file's own name.
    """
    return written_news_id(path) or path.stem


def written_news_id(path: Path) -> str:
    """Return the News ID that a file gives, however broken the rest of it is; empty if none."""
    # Opening a pipe would wait for ever.
    if not path.is_file():
        return ""
    try:
        with path.open("rb") as file:
            # Without its NUL bytes, UTF-16 is as good as ASCII here.
            found = _CLAIM.search(file.read(_CLAIM_BYTES).replace(b"\0", b""))
    except OSError:
        return ""
    return found[1].decode() if found else ""


def _is_float(value: Value) -> bool:
    """TOML's floats can look like a News ID: `nan`, `inf`."""
    return isinstance(value.raw, float)


def own_news_id(fields: Fields) -> str:
    """Return the News ID of the article itself; empty after reporting that there is none."""
    value = fields.value("news_id", required=True)
    return (news_id_of(value) if value else None) or ""


def related_of(fields: Fields, own: str) -> tuple[str, ...]:
    """News IDs of related articles, each of them once; the article's own is an error."""
    found: dict[str, None] = {}
    for item in fields.items("related"):
        news_id = _other(item, own)
        if news_id:
            found[news_id] = None
    return tuple(found)


def translation_of(fields: Fields, own: str) -> str:
    """Return the News ID of the article that this one translates; its own is an error."""
    value = fields.given("translation_of")
    return _other(value, own) if value else ""


def _other(value: Value, own: str) -> str:
    news_id = news_id_of(value)
    if news_id and news_id == own:
        value.error(f"names the article itself, {own}")
        return ""
    return news_id or ""
