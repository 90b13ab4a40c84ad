"""Slugs, permalinks and the files that serve them. Pure text, no disk.

Letters and digits of every script are kept. A path component must be storable on any file system
that a portal may be built or hosted on, so lengths are counted in UTF-8 bytes, and the device names
that Windows reserves are refused (https://learn.microsoft.com/windows/win32/fileio/naming-a-file).
"""

from __future__ import annotations

import os
import re
import unicodedata
from collections.abc import Mapping
from functools import lru_cache
from urllib.parse import quote

MAX_COMPONENT_BYTES = 200
MAX_PATH_BYTES = 1000
SLUG_LETTERS = 80

_DEVICE = re.compile(r"(?:con|prn|aux|nul|com[0-9¹²³]|lpt[0-9¹²³])(?:\..*)?", re.IGNORECASE)
_UNSAFE = re.compile(r'[\x00-\x1f\x7f<>:"\\|?*]')
# Absolute paths, empty components, `.`, `..`, and characters that file names can't have.
_LEADS_OUT = re.compile(r"\x00|(?:^|/)\.{0,2}(?:/|\Z)")
_LEADS_OUT_ON_WINDOWS = re.compile(r"[\\:]")
_SAFE_ASCII = re.compile(r"[a-z0-9]+(?:-[a-z0-9]+)*")
# Variation selectors, as in emoji: marks by category, but never letters.
_VARIATIONS = frozenset(
    map(chr, (*range(0x180B, 0x1810), *range(0xFE00, 0xFE10), *range(0xE0100, 0xE01F0)))
)
# Languages in which I and i are two letters
# (https://www.unicode.org/Public/UCD/latest/ucd/SpecialCasing.txt).
_DOTLESS = frozenset(("az", "tr"))
_DOTLESS_CAPITALS = str.maketrans("Iİ", "ıi")
# The dot that Unicode keeps where a capital İ becomes a small i, which has one already.
_SECOND_DOT = re.compile("(?<=[ij])\u0307")
# Symbols that tell one name from another: those after a word, as in C++ and C#, and a dot before
# one, as in .NET. Of a + between two letters or digits, as in A+E, there must be more than one.
_PLUSES = re.compile(r"(?<=[^\W_])(?:\+{2,}|\+(?![^\W_]))")
_SHARP = re.compile(r"(?<=[^\W_])[#♯](?![^\W_])")
_DOT = re.compile(r"(?<![\w.])\.(?=[^\W\d_])")
_ASCII_GAP = re.compile(r"[^a-z0-9_]+")
_FIELD = re.compile(r"\{([^{}]*)\}")
PERMALINK_FIELDS = ("section", "news_id", "slug", "year", "month", "day", "lang")


@lru_cache(maxsize=4096)
def slugify(text: str, lang: str = "") -> str:
    """Return a URL component from a title or name; empty if the text has no letter or digit.

    Letters, digits and combining marks of every script stay, apostrophes vanish, and all else
    becomes a hyphen. At most 80 characters and 200 UTF-8 bytes, cut at a word where possible.
    Capitals become small letters by the rules of `lang`, a BCP 47 tag.
    """
    if len(text) <= SLUG_LETTERS and _SAFE_ASCII.fullmatch(text):
        return text
    dotless = lang.partition("-")[0] in _DOTLESS
    if text.isascii() and not (dotless and "I" in text):
        return _shorten(_ASCII_GAP.sub("-", text.lower().replace("'", "")).strip("-_"))
    composed = unicodedata.normalize("NFKC", text)
    if dotless:
        composed = composed.translate(_DOTLESS_CAPITALS)
    folded = _SECOND_DOT.sub("", composed.casefold())
    letters = (_slug_character(character) for character in unicodedata.normalize("NFC", folded))
    slug = _shorten(re.sub(r"-{2,}", "-", "".join(letters)).strip("-_"))
    return slug if any(map(str.isalnum, slug)) else ""


def name_slug(name: str, lang: str = "") -> str:
    """A slug in which symbols that tell names apart are words: `c-plus-plus`, `c-sharp`, `dot-net`.

    The slug of a slug is itself.
    """
    text = name if name.isascii() else unicodedata.normalize("NFKC", name)
    if "+" in text:
        text = _PLUSES.sub(lambda found: f"{' plus' * len(found.group())} ", text)
    if "." in text:
        text = _DOT.sub(" dot ", text)
    return slugify(_SHARP.sub(" sharp ", text), lang)


def _slug_character(character: str) -> str:
    if character in _VARIATIONS:
        return ""
    if character.isalnum() or character == "_" or unicodedata.category(character) in ("Mn", "Mc"):
        return character
    return "" if character in "'’ʼ\u00ad\u200d\u0640" else "-"


def _shorten(slug: str) -> str:
    short = slug[:SLUG_LETTERS]
    while len(short.encode()) > MAX_COMPONENT_BYTES:
        short = short[:-1]
    if len(short) < len(slug) and "-" in short and slug[len(short)] != "-":
        short = short.rpartition("-")[0]
    return short.strip("-")


def _shown(character: str) -> str:
    return f"'{character}'" if character.isprintable() else f"U+{ord(character):04X}"


@lru_cache(maxsize=4096)
def component_error(component: str) -> str:
    """Return what is wrong with one component of a URL, or nothing; an unfinished sentence."""
    if component in ("", ".", ".."):
        return f"has the component '{component}'" if component else "has an empty component ('//')"
    if unsafe := _UNSAFE.search(component):
        return f"has the character {_shown(unsafe.group())}, which file systems refuse"
    if len(component.encode("utf-8", "replace")) > MAX_COMPONENT_BYTES:
        return f"has a component of more than {MAX_COMPONENT_BYTES} bytes"
    if _DEVICE.fullmatch(component):
        return f"has the component '{component}', a device name that Windows reserves"
    if component[-1] in ". " or component[0] == " ":
        return f"has the component '{component}', which begins or ends with a space or dot"
    return ""


def slug_error(slug: str) -> str:
    """Return what is wrong with a slug that an author wrote, or nothing."""
    if "/" in slug:
        return "has a slash; a slug is one component of a URL"
    if unsafe := re.search(r"[\s#%&;=@]", slug):
        return f"has the character {_shown(unsafe.group())}, which has a meaning of its own in URLs"
    return component_error(slug)


def path_error(path: str) -> str:
    """Return what is wrong with a site path such as an alias, or nothing."""
    if not path.startswith("/"):
        return "must start with '/'"
    if len(path.encode("utf-8", "replace")) > MAX_PATH_BYTES:
        return f"is longer than {MAX_PATH_BYTES} bytes"
    if "#" in path:
        return "has the character '#', which browsers keep for themselves"
    components = path[1:].removesuffix("/").split("/") if path != "/" else []
    return next(filter(None, map(component_error, components)), "")


def pattern_error(pattern: str) -> str:
    """Return what is wrong with a permalink pattern, or nothing."""
    unknown = [name for name in _FIELD.findall(pattern) if name not in PERMALINK_FIELDS]
    if unknown:
        return f"has the unknown field '{{{unknown[0]}}}'; fields are {', '.join(PERMALINK_FIELDS)}"
    if "{" in _FIELD.sub("", pattern) or "}" in _FIELD.sub("", pattern):
        return "has a '{' or '}' without its other half"
    if "{news_id}" not in pattern and "{slug}" not in pattern:
        return "needs {news_id} or {slug}, or all articles would have one URL"
    if not pattern.endswith("/"):
        return "must end with '/', as every page is a folder with an index.html"
    return path_error(_FIELD.sub("x", pattern))


def expand_pattern(pattern: str, values: Mapping[str, str]) -> str:
    """Return a permalink from its pattern; `values` has every field of `PERMALINK_FIELDS`."""
    return pattern.format_map(values)


def normalize_path(path: str) -> str:
    """Return a site path in Unicode's composed form, so that one URL has one spelling."""
    return unicodedata.normalize("NFC", path)


def output_path(path: str) -> str:
    """Return the file, relative to `output/`, that serves a site path.

    `/about/` and `/about` are folders with an index.html; `/old.html` is a file.
    """
    relative = normalize_path(path).strip("/")
    last = relative.rpartition("/")[2]
    if not path.endswith("/") and re.fullmatch(r".+\.[A-Za-z][A-Za-z0-9]{0,7}", last):
        return relative
    return f"{relative}/index.html" if relative else "index.html"


def lies_inside(path: str) -> bool:
    """Return whether the path of an output file names something below the output folder.

    A colon or backslash is a plain character in a file's name, but on Windows.
    """
    if os.sep == "\\" and _LEADS_OUT_ON_WINDOWS.search(path):
        return False
    return not _LEADS_OUT.search(path)


def site_path(output: str) -> str:
    """Return the site path that an output file is served at; the inverse of `output_path`."""
    return "/" + output.removesuffix("index.html") if is_index(output) else "/" + output


def is_index(output: str) -> bool:
    """Return whether an output file is the page of its folder."""
    return output == "index.html" or output.endswith("/index.html")


def collision_key(output: str) -> str:
    """Equal for two files that some file system would take for one."""
    return unicodedata.normalize("NFC", output).casefold()


@lru_cache(maxsize=4096)
def encode_path(path: str) -> str:
    """Return a site path with everything but unreserved characters percent-encoded (RFC 3986)."""
    return quote(path, safe="/-._~!$&'()*+,;=:@")
