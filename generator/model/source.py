"""Files under `content/`, before and after they are read."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Literal

if TYPE_CHECKING:
    from generator.model.article import FrontMatter
    from generator.model.body import Body
    from generator.model.page import PageFrontMatter, ProfileFrontMatter

SourceKind = Literal["article", "page", "author", "media", "static"]
TEXT_KINDS: frozenset[SourceKind] = frozenset(("article", "page", "author"))


@dataclass(frozen=True)
class SourceFile:
    """A file found under `content/`. `path` is relative to the portal's root, with slashes.

    `stamp` stands for its size, times and inode; it is empty for a file so new that another
    change could leave them as they are.
    """

    path: str
    kind: SourceKind
    stamp: str = ""

    @property
    def folder(self) -> str:
        """The folder that it is in."""
        return self.path.rpartition("/")[0]


@dataclass(frozen=True, slots=True)
class UnreadFile:
    """A file in `content/` that is no source, and what its author may have meant."""

    path: str
    hint: str = ""


@dataclass(frozen=True)
class ParsedArticle:
    """An article's file, read and valid by itself. `fingerprint` is the digest of its bytes."""

    path: str
    fingerprint: bytes
    front: FrontMatter
    body: Body


@dataclass(frozen=True, slots=True)
class ParsedPage:
    """A standalone page's file, read and valid by itself."""

    path: str
    fingerprint: bytes
    front: PageFrontMatter
    body: Body


@dataclass(frozen=True, slots=True)
class ParsedProfile:
    """An author's file, read and valid by itself; its text is the biography."""

    path: str
    fingerprint: bytes
    front: ProfileFrontMatter
    body: Body


@dataclass(frozen=True, slots=True)
class MediaFile:
    """A picture or document. `width` and `height` are pixels, 0 for what is not a raster.

    `refused` is why it can't be published, as the end of a sentence.
    """

    path: str
    fingerprint: bytes
    width: int
    height: int
    type: str
    refused: str = ""


@dataclass(frozen=True, slots=True)
class StaticFile:
    """A file that is copied as it is."""

    path: str
    fingerprint: bytes


Parsed = ParsedArticle | ParsedPage | ParsedProfile | MediaFile | StaticFile
