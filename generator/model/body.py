"""Text converted from Markdown, with marks for everything that is resolved at rendering.

A mark is a private-use character pair around a letter and an index: `S3` stands for the fourth
shortcode call, `R0` for the address in the first reference. Texts of authors never contain the
pair, because the reader of Markdown removes it.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Literal

from generator.model.article import Heading

MARK_START = "\ue000"
MARK_END = "\ue001"
MARK = re.compile(f"{MARK_START}[A-Z][0-9]+{MARK_END}")
"""Any mark."""

SHORTCODE_MARK = re.compile(f"{MARK_START}S([0-9]+){MARK_END}")
"""A mark of a shortcode call, with its index."""

ReferenceKind = Literal["news", "source", "ref", "media"]


@dataclass(frozen=True)
class Reference:
    """A reference of a text to something in the portal.

    `news`: `target` is a News ID. `source`: a `.md` file as written, relative to the text's own
    file; `fragment` is what follows `#`. `ref`: a path as the shortcode `ref` takes it. `media`: a
    picture or document, as written. Lines and columns are those of the source file.
    """

    kind: ReferenceKind
    target: str
    line: int
    column: int
    fragment: str = ""


@dataclass(frozen=True, slots=True)
class ShortcodeCall:
    """A call of a shortcode, `{{< name … >}}`, in a text.

    `inner` is the HTML between opening and closing, with marks of its own that point into the same
    body's tuples; None for a single call. `opening` and `closing` are as written. `error` says why
    it can't be read, with a hint; line and column are then those of the error.
    """

    name: str
    args: tuple[str, ...]
    named: Mapping[str, str]
    inner: str | None
    opening: str
    closing: str
    line: int
    column: int
    error: str = ""
    hint: str = ""


@dataclass(frozen=True)
class Body:
    """A text, parsed once. `lead` is the first paragraph as plain text."""

    html: str
    lead: str = ""
    word_count: int = 0
    toc: tuple[Heading, ...] = ()
    references: tuple[Reference, ...] = field(default=())
    shortcodes: tuple[ShortcodeCall, ...] = field(default=())
