"""Web and mail addresses and language tags: whether what was written can be one."""

from __future__ import annotations

import re
from urllib.parse import urlsplit

MAX_URL_CHARACTERS = 2000

_REFUSED = re.compile(r'[\s<>"\\^`{}|\x00-\x1f\x7f]')
_EMAIL = re.compile(r"[^\s@<>()\[\],;:\"\\]+@[^\s@<>()\[\],;:\"\\]+\.[^\s@<>()\[\],;:\"\\.]+")
# RFC 5646 section 2.1, without grandfathered tags and languages of private use.
_LANGUAGE_TAG = re.compile(
    r"(?P<language>[a-z]{2,3}(?:-[a-z]{3}){0,3})"
    r"(?:-(?P<script>[a-z]{4}))?"
    r"(?:-(?P<region>[a-z]{2}|[0-9]{3}))?"
    r"(?:-(?:[a-z0-9]{5,8}|[0-9][a-z0-9]{3}))*"
    r"(?:-[0-9a-wyz](?:-[a-z0-9]{2,8})+)*"
    r"(?:-x(?:-[a-z0-9]{1,8})+)?",
    re.IGNORECASE | re.ASCII,
)


def url_error(url: str) -> str:
    """Return what is wrong with an absolute http(s) URL, or nothing; continues a sentence."""
    if len(url) > MAX_URL_CHARACTERS:
        return f"is longer than {MAX_URL_CHARACTERS} characters"
    if refused := _REFUSED.search(url):
        return f"has the character U+{ord(refused.group()):04X}, which can't be in a URL"
    try:
        parts = urlsplit(url)
        host, _port = parts.hostname, parts.port
    except ValueError:
        return "must be a URL, with a host and port that can exist"
    if parts.scheme not in ("http", "https") or not host:
        return "must be a URL that begins with https:// or http:// and a host"
    return ""


def email_error(address: str) -> str:
    """Return what is wrong with an e-mail address, or nothing; continues a sentence."""
    return (
        "" if _EMAIL.fullmatch(address) else "must be an e-mail address such as desk@news.example"
    )


def language_tag(written: str) -> str:
    """A BCP 47 tag in its canonical case (RFC 5646 section 2.1.1), or nothing if it is none."""
    match = _LANGUAGE_TAG.fullmatch(written)
    if match is None:
        return ""
    tag = written.lower()
    for name, cased in (("script", str.title), ("region", str.upper)):
        start, end = match.span(name)
        if start >= 0:
            tag = tag[:start] + cased(tag[start:end]) + tag[end:]
    return tag
