"""Finds what a text's HTML points to inside the portal, and puts marks in place of addresses.

`news:7519` is an article, a relative path to a `.md` file a source, any other relative path or
one under `/media/` a picture or document. Other addresses stay as they are; links that leave the
site get a `rel` that tells the other site nothing.
"""

from __future__ import annotations

import html
import re
from bisect import bisect_right
from urllib.parse import unquote

from generator.model.body import MARK_START, Reference, ReferenceKind
from generator.model.html_tags import COMMENT, TAG_REST
from generator.parse.markdown.shortcodes import mark

TAG = re.compile(
    rf"{COMMENT}|<(?P<raw>script|style)\b.*?(?:</(?P=raw)\s*>|\Z)"
    rf"|<(?:a|img|source|video|audio|track)\s{TAG_REST}",
    re.IGNORECASE | re.DOTALL,
)
ATTRIBUTE = re.compile(
    r"(?P<name>\s(?:href|src|poster|srcset))\s*=\s*(?:\"(?P<double>[^\"]*)\"|'(?P<single>[^']*)')",
    re.IGNORECASE,
)
REL = re.compile(r'\srel="([^"]*)"')
SCHEME = re.compile(r"[A-Za-z][A-Za-z0-9+.-]*:")
CANDIDATE = re.compile(r"([^\s,]\S*[^\s,]|[^\s,])([^,]*,?\s*)")
BEFORE = re.compile(r"[\w./-]")
AFTER = re.compile(r"[\w/-]")
SITE_PATH = re.compile(r"/(?!/)")
WITHDRAWN = "noopener noreferrer"
MEDIA_FOLDER = "/media/"
# So many characters of one text are searched for the places of addresses; others have none.
MAX_SEARCHED = 500_000_000


class Links:
    """The references of one document, numbered as they are found.

    `source` is its Markdown, by which lines and columns are computed; `first_line` is where in the
    file that begins. Paths of the site get `base_path` in front, as in `/daily`.
    """

    def __init__(self, source: str, first_line: int, base_path: str = "") -> None:
        self.references: list[Reference] = []
        self._base_path = base_path
        self._source = source
        self._first_line = first_line
        self._line_starts: list[int] = []
        self._places: dict[str, list[int]] = {}
        self._unsearched = MAX_SEARCHED

    def resolve(self, text: str) -> str:
        """Return the HTML with a mark for each address that is a reference."""
        if "=" not in text:
            return text
        return TAG.sub(self._tag, text)

    def refer(self, written: str, line: int, column: int) -> str:
        """The address for what a call of `ref` names: a mark where it is an article or page."""
        path, _, fragment = written.partition("#")
        if path[:5].lower() == "news:":
            return self._numbered("news", path[5:], fragment, line, column)
        if not path or SCHEME.match(path):
            return html.escape(written)
        return self._numbered("ref", path, fragment, line, column)

    def _tag(self, found: re.Match[str]) -> str:
        tag = found[0]
        if tag.startswith("<!") or found["raw"] or not tag.endswith(">"):
            return tag
        changed = ATTRIBUTE.sub(self._attribute, tag)
        if tag[1] in "aA" and tag[2].isspace() and _leaves(changed):
            return _withdrawn(changed)
        return changed

    def _attribute(self, found: re.Match[str]) -> str:
        written = found["double"] if found["double"] is not None else found["single"]
        value = html.unescape(written).strip()
        if found["name"].strip().lower() == "srcset":
            return f'{found["name"]}="{CANDIDATE.sub(self._candidate, value)}"'
        address = self._reference(value) or self._based(value)
        return f'{found["name"]}="{address}"' if address else found[0]

    def _candidate(self, found: re.Match[str]) -> str:
        address = self._reference(found[1]) or self._based(found[1]) or html.escape(found[1])
        return address + html.escape(found[2])

    def _based(self, address: str) -> str:
        """Return a path of this site below that of its `base_url`; nothing for other addresses."""
        base = self._base_path
        if not base or not SITE_PATH.match(address) or f"{address}/".startswith(f"{base}/"):
            return ""
        return html.escape(base + address)

    def _reference(self, address: str) -> str:
        kind, target = classify(address)
        if kind is None:
            return ""
        path, _, fragment = target.partition("#")
        return self._numbered(kind, path, fragment, *self._place(address))

    def _numbered(
        self, kind: ReferenceKind, path: str, fragment: str, line: int, column: int
    ) -> str:
        self.references.append(Reference(kind, unquote(path), line, column, unquote(fragment)))
        return mark("R", len(self.references) - 1)

    def _place(self, address: str) -> tuple[int, int]:
        """Return where an address is written, its occurrences being taken in turn."""
        places = self._places.get(address)
        if places is None:
            places = self._occurrences(address) or self._occurrences(unquote(address))
            places.reverse()
            self._places[address] = places
        if not places:
            return self._first_line, 0
        return self.place(places.pop() if len(places) > 1 else places[0])

    def _occurrences(self, address: str) -> list[int]:
        """Return where an address stands by itself, in order."""
        source, places = self._source, []
        self._unsearched -= len(source)
        place = source.find(address) if self._unsearched >= 0 else -1
        while place >= 0:
            end = place + len(address)
            before, after = source[place - 1 : place], source[end : end + 1]
            if not BEFORE.match(before) and not AFTER.match(after):
                places.append(place)
            place = source.find(address, end)
        return places

    def find(self, written: str) -> tuple[int, int]:
        """Line and column of something in the Markdown, in any case; column 0 if it is not."""
        found = re.search(re.escape(written), self._source, re.IGNORECASE)
        return self.place(found.start()) if found else (self._first_line, 0)

    def place(self, position: int) -> tuple[int, int]:
        """Line and column of a position in the Markdown."""
        if not self._line_starts:
            ends = re.finditer("\n", self._source)
            self._line_starts = [0, *(found.end() for found in ends)]
        line = bisect_right(self._line_starts, position) - 1
        return self._first_line + line, position - self._line_starts[line] + 1


def classify(address: str) -> tuple[ReferenceKind | None, str]:
    """Return what an address in a text refers to, and the address without its scheme."""
    if address[:5].lower() == "news:":
        return "news", address[5:]
    if (
        not address
        or address.startswith(("#", "?", "{{"))
        or MARK_START in address
        or SCHEME.match(address)
    ):
        return None, address
    if address[0] == "/":
        return ("media" if address.startswith(MEDIA_FOLDER) else None), address
    path = address.partition("#")[0]
    return ("source" if path.lower().endswith(".md") else "media"), address


def _leaves(tag: str) -> bool:
    return re.search(r'\shref="(?:https?:)?//', tag, re.IGNORECASE) is not None


def _withdrawn(tag: str) -> str:
    given = REL.search(tag)
    if given is None:
        return f'{tag[:-1]} rel="{WITHDRAWN}">'
    words = dict.fromkeys([*given[1].split(), *WITHDRAWN.split()])
    return f'{tag[: given.start()]} rel="{" ".join(words)}"{tag[given.end() :]}'
