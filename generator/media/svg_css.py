"""Styles of a drawing without what loads something from elsewhere, or ever ran something."""

from __future__ import annotations

import re

_COMMENT = re.compile(r"/\*.*?(?:\*/|\Z)", re.DOTALL)
_IMPORT = re.compile(r"@(?:import|namespace|charset)\b[^;{}]*(?:;|\Z)", re.IGNORECASE)
_FONT = re.compile(r"@font-face\s*\{[^{}]*\}", re.IGNORECASE)
_EMBEDDED = (
    r"data:(?:image/(?:png|jpe?g|gif|webp|avif)|(?:application|font)/[a-z0-9.+-]+)"
    r"(?:;[a-z0-9=-]+)*;base64,[a-z0-9+/=\s]*"
)
_LOCAL_URL = re.compile(
    rf"url\(\s*(?:(#[^()'\"\s\\]+)|'(?:#[^'\\\n]+|{_EMBEDDED})'|\"(?:#[^\"\\\n]+|{_EMBEDDED})\""
    rf"|{_EMBEDDED})\s*\)",
    re.IGNORECASE,
)
_RISKY = re.compile(
    r"\\|@import|\b(?:url|src|image|image-set|-webkit-image-set|cross-fade|element|expression|attr)"
    r"\s*\(|javascript:|behaviou?r\s*:|-moz-binding",
    re.IGNORECASE,
)


def safe_value(value: str) -> bool:
    """Whether a property's value, or several declarations, point to the drawing itself alone."""
    return _RISKY.search(_LOCAL_URL.sub("", _COMMENT.sub("", value))) is None


def safe_declarations(style: str) -> tuple[str, bool]:
    """A `style` attribute without the declarations that reach out, and whether there were any.

    A data URL has a semicolon of its own, so that such a style is taken or left as a whole.
    """
    if safe_value(style):
        return style, False
    kept = [part for part in _COMMENT.sub("", style).split(";") if safe_value(part)]
    return ";".join(kept) if "data:" not in style.lower() else "", True


def safe_sheet(text: str) -> tuple[str, bool]:
    """Return a style sheet without imports and fonts from elsewhere, and whether it had any.

    One that reaches out in other ways is left out as a whole.
    """
    plain = _COMMENT.sub("", text)
    if safe_value(plain):
        return text, False
    plain = _IMPORT.sub("", plain)
    plain = _FONT.sub(lambda font: font[0] if safe_value(font[0]) else "", plain)
    return (plain if safe_value(plain) else ""), True
