"""Where the portal is: its address, the pattern of its articles' addresses, its time zone."""

from __future__ import annotations

import re
from urllib.parse import urlsplit
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError, available_timezones

from generator.model.paths import RESERVED
from generator.model.permalink import normalize_path, path_error, pattern_error
from generator.validation.fields import Fields
from generator.validation.messages import nearest
from generator.validation.values import Value

# Names that mean something else on each machine.
_OF_THE_MACHINE = frozenset(("localtime", "posixrules", "Factory"))
_ZONE = re.compile(r"[A-Za-z][A-Za-z0-9_+-]*(?:/[A-Za-z0-9_+-]+)*")

_DEFAULT_PERMALINK: str = "/{section}/{news_id}/{slug}/"
_DEFAULT_TIMEZONE: str = "UTC"


def base_url_of(value: Value) -> str:
    """Return the portal's own address without a slash at its end; empty after an error."""
    url = value.url()
    if url is None:
        return ""
    parts = urlsplit(url)
    if "?" in url or "#" in url or "@" in parts.netloc:
        value.error("must be an address alone, without '?', '#' or '@'")
    elif error := path_error(parts.path.rstrip("/") or "/"):
        value.error(error)
    return f"{parts.scheme}://{parts.netloc.lower()}{parts.path.rstrip('/')}"


def permalink_of(fields: Fields) -> str:
    """Return the pattern of articles' site paths."""
    value = fields.given("permalink")
    if value is None:
        return _DEFAULT_PERMALINK
    pattern = normalize_path(value.filled() or _DEFAULT_PERMALINK)
    first = pattern.split("/")[1] if pattern.count("/") > 1 else ""
    if error := pattern_error(pattern):
        value.error(error)
    elif first.casefold() in RESERVED:
        value.error(f"begins with '/{first}/', where other pages of the portal are")
    return pattern


def timezone_of(fields: Fields) -> str:
    """Return the name of a time zone of the IANA database."""
    value = fields.given("timezone")
    name = (value.filled() if value else None) or _DEFAULT_TIMEZONE
    if value is not None and not _exists(name):
        value.expected("a time zone such as Asia/Tehran", nearest(name, available_timezones()))
        return _DEFAULT_TIMEZONE
    return name


def _exists(name: str) -> bool:
    if not _ZONE.fullmatch(name) or name in _OF_THE_MACHINE:
        return False
    try:
        return ZoneInfo(name).key == name
    except (ZoneInfoNotFoundError, ValueError, OSError):
        return False
