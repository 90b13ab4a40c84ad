"""Adds to pages what only the server shows, and creates its own pages.

Nothing of this is ever in a file.
"""

from __future__ import annotations

from collections.abc import Iterable
from html import escape

from generator.errors import Problem

_PAGE = (
    "<!doctype html>"
    '<html lang="en"><head><meta charset="utf-8">'
    '<meta name="viewport" content="width=device-width, initial-scale=1">'
    "<title>{title}</title></head>"
    '<body style="font:1rem/1.5 system-ui,sans-serif;max-width:60rem;margin:2rem auto;'
    'padding:0 1rem">'
    "<h1>{title}</h1>{text}</body></html>"
)
_NOTICE = (
    '<aside id="broadsheet-errors" role="alert" dir="ltr" lang="en" style="position:fixed;'
    "inset:auto 0 0 0;z-index:2147483647;max-height:40vh;overflow:auto;padding:1rem;"
    'background:#7a0c0c;color:#fff;font:.875rem/1.5 system-ui,sans-serif">'
    "<strong>This is the last good version. The portal has errors:</strong>{problems}</aside>"
)


def waiting_page(problems: Iterable[Problem]) -> bytes:
    """Return the page that is shown until a first build has succeeded, with its errors."""
    if errors := _listed(problems):
        return _page(
            "The portal has errors", f"{errors}<p>This page reloads when they are fixed.</p>"
        )
    return _page("The portal is being built", "<p>This page reloads when it is ready.</p>")


def plain_page(title: str) -> bytes:
    """Return a page with one message."""
    return _page(title, "")


def with_additions(page: bytes, script: str, problems: Iterable[Problem]) -> bytes:
    """Return the page with the script that reloads it and the errors of a failed build."""
    page = _before(page, b"</head>", f'<script src="{escape(script)}"></script>')
    if errors := _listed(problems):
        page = _before(page, b"</body>", _NOTICE.format(problems=errors))
    return page


def _page(title: str, text: str) -> bytes:
    return _PAGE.format(title=escape(title), text=text).encode()


def _listed(problems: Iterable[Problem]) -> str:
    lines = "".join(f"<li><code>{escape(str(problem))}</code></li>" for problem in problems)
    return f'<ul style="overflow-wrap:anywhere">{lines}</ul>' if lines else ""


def _before(page: bytes, tag: bytes, text: str) -> bytes:
    """Insert a text before a tag, or at the end of a page that omits the tag, as HTML allows."""
    addition = text.encode("utf-8", "replace")
    place = page.find(tag) if tag == b"</head>" else page.rfind(tag)
    return page[:place] + addition + page[place:] if place >= 0 else page + addition
