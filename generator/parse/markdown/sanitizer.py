"""Keeps of an author's HTML what a news text needs, and nothing that could run or restyle a page.

What is allowed is listed here by tag and attribute; everything else goes. Scripts, styles and
foreign documents go with their content, other unknown tags leave their content behind.
"""

from __future__ import annotations

import re

import nh3

TAGS = frozenset(
    "a abbr aside audio b bdi bdo blockquote br caption cite code col colgroup data dd del details "
    "dfn div dl dt em figcaption figure footer h1 h2 h3 h4 h5 h6 header hr i img ins kbd li mark "
    "ol p picture pre q rp rt ruby s samp section small source span strong sub summary sup table "
    "tbody td tfoot th thead time tr track u ul var video wbr".split()
)
DROPPED_WITH_CONTENT = frozenset(
    "script style iframe object embed noscript template title textarea svg math".split()
)
ATTRIBUTES = {
    "*": "class id lang dir title translate aria-label aria-hidden aria-describedby role",
    "a": "href hreflang rel type download",
    "audio": "src controls loop muted preload",
    "blockquote": "cite",
    "col": "span",
    "colgroup": "span",
    "data": "value",
    "del": "cite datetime",
    "details": "open",
    "img": "src srcset sizes alt width height loading decoding",
    "ins": "cite datetime",
    "li": "value",
    "ol": "start reversed type",
    "q": "cite",
    "source": "src srcset sizes media type width height",
    "td": "colspan rowspan headers",
    "th": "colspan rowspan headers scope abbr",
    "time": "datetime",
    "track": "src kind srclang label default",
    "video": "src poster controls loop muted playsinline preload width height",
}
_MOST_PASSES = 5
SCHEMES = frozenset(("http", "https", "mailto", "tel", "news"))


class Sanitizer:
    """A reusable allow-list; `news:` addresses pass, as the reader turns them into references."""

    def __init__(self) -> None:
        self._cleaner = nh3.Cleaner(
            tags=set(TAGS),
            clean_content_tags=set(DROPPED_WITH_CONTENT),
            attributes={tag: set(names.split()) for tag, names in ATTRIBUTES.items()},
            link_rel=None,
            url_schemes=set(SCHEMES),
            strip_comments=True,
        )

    def clean(self, html: str) -> str:
        """Return the HTML that is left, well-formed, with every attribute in double quotes."""
        cleaned = self._cleaner.clean(html)
        # A parser moves what may not stand in a table, and then reads the result differently.
        for _ in range(_MOST_PASSES if "<table" in cleaned else 0):
            before, cleaned = cleaned, self._cleaner.clean(cleaned)
            if cleaned == before:
                break
        if "<h1" in cleaned:
            cleaned = re.sub(r"<(/?)h1(?=[ >])", r"<\1h2", cleaned)
        return cleaned
