"""HTML on its way into a feed: every address absolute, and nothing that a reader would refuse."""

from __future__ import annotations

import re
from functools import cache, partial
from html import escape, unescape
from urllib.parse import urljoin

import nh3

from generator.model.html_tags import TAG_REST

TAG = re.compile(rf"<[A-Za-z][A-Za-z0-9-]*\s{TAG_REST}")
ADDRESS = re.compile(
    r"(\s(?:href|src|poster|cite))\s*=\s*(?:\"([^\"]*)\"|'([^']*)')", re.IGNORECASE
)
SRCSET = re.compile(r"(\ssrcset)\s*=\s*(?:\"([^\"]*)\"|'([^']*)')", re.IGNORECASE)
CANDIDATE = re.compile(r"([^\s,]\S*[^\s,]|[^\s,])([^,]*,?\s*)")
TAGS = frozenset(
    "a abbr aside b bdi bdo blockquote br caption cite code col colgroup dd del details dfn div dl "
    "dt em figcaption figure footer h2 h3 h4 h5 h6 hr i img ins kbd li mark ol p picture pre q rp "
    "rt ruby s samp section small source span strong sub summary sup table tbody td tfoot th thead "
    "time tr u ul var video audio track wbr".split()
)
ATTRIBUTES = {
    "*": "class id lang dir title",
    "a": "href hreflang rel",
    "audio": "src controls",
    "blockquote": "cite",
    "img": "src srcset sizes alt width height loading decoding",
    "ol": "start reversed type",
    "source": "src srcset sizes media type",
    "td": "colspan rowspan",
    "th": "colspan rowspan scope",
    "time": "datetime",
    "track": "src kind srclang label",
    "video": "src poster controls width height",
}


def absolutize(html: str, base: str) -> str:
    """The HTML with each address made absolute, from `base`, the URL of the page it stands on."""
    if "=" not in html:
        return html
    join = partial(_joined, base)

    def address(found: re.Match[str]) -> str:
        return f'{found[1]}="{escape(join(_value(found)))}"'

    def candidates(found: re.Match[str]) -> str:
        each = CANDIDATE.sub(lambda one: join(one[1]) + one[2], _value(found))
        return f'{found[1]}="{escape(each)}"'

    def tag(found: re.Match[str]) -> str:
        changed = ADDRESS.sub(address, found[0])
        return SRCSET.sub(candidates, changed) if "srcset" in changed.lower() else changed

    return TAG.sub(tag, html)


def _value(found: re.Match[str]) -> str:
    return unescape(found[2] if found[2] is not None else found[3])


def _joined(base: str, address: str) -> str:
    if address.startswith(("https://", "http://")):
        return address.strip()
    try:
        return urljoin(base, address.strip())
    except ValueError:
        return address


def feed_safe(html: str) -> str:
    """The HTML without scripts, frames, forms, styles, event handlers and addresses that run."""
    return _cleaner().clean(html)


@cache
def _cleaner() -> nh3.Cleaner:
    return nh3.Cleaner(
        tags=set(TAGS),
        clean_content_tags={"script", "style", "iframe", "object", "template", "svg", "math"},
        attributes={tag: set(names.split()) for tag, names in ATTRIBUTES.items()},
        link_rel=None,
        url_schemes={"http", "https", "mailto", "tel"},
    )
