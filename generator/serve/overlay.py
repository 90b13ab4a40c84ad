"""Adds to pages what only the server shows, and creates its own pages.

Nothing of this is ever in a file.
"""

from __future__ import annotations

from collections.abc import Iterable
from html import escape

from generator.serve.shown_problems import Excerpt, ShownProblem

_STYLE = '<link rel="stylesheet" href="/_broadsheet/overlay.css">'
_PAGE = (
    "<!doctype html>"
    '<html lang="en"><head><meta charset="utf-8">'
    '<meta name="viewport" content="width=device-width, initial-scale=1">'
    "<title>{title}</title>{style}</head>"
    '<body class="own-page" style="font:1rem/1.5 system-ui,sans-serif;max-width:60rem;'
    'margin:2rem auto;padding:0 1rem 4rem">'
    "<h1>{title}</h1>{text}</body></html>"
)
# In a shadow root, where the portal's style sheets don't reach.
_NOTICE = (
    '<div id="broadsheet-errors"><template shadowrootmode="open">{style}'
    '<aside role="alert" dir="ltr" lang="en">'
    "<strong>This is the last good version. The portal has errors:</strong>{problems}"
    "</aside></template></div>"
)


def waiting_page(problems: Iterable[ShownProblem]) -> bytes:
    """Return the page that is shown until a first build has succeeded, with its errors."""
    if errors := _listed(problems):
        return _page(
            "The portal has errors", f"{errors}<p>This page reloads when they are fixed.</p>"
        )
    return _page("The portal is being built", "<p>This page reloads when it is ready.</p>")


def plain_page(title: str) -> bytes:
    """Return a page with one message, which names nothing of the server."""
    return _PAGE.format(title=escape(title), style="", text="").encode("utf-8", "replace")


def with_additions(
    page: bytes, reloading: str, panel: str, problems: Iterable[ShownProblem]
) -> bytes:
    """Return the page with two scripts, and the errors of a failed build.

    `reloading` is the address of the script that reloads the page, `panel` that of the panel.
    """
    scripts = f'<script src="{escape(reloading)}"></script>'
    scripts += f'<script type="module" src="{escape(panel)}"></script>'
    page = _before(page, b"</head>", scripts)
    if errors := _listed(problems):
        page = _before(page, b"</body>", _NOTICE.format(style=_STYLE, problems=errors))
    return page


def _page(title: str, text: str) -> bytes:
    return _PAGE.format(title=escape(title), style=_STYLE, text=text).encode("utf-8", "replace")


def _listed(problems: Iterable[ShownProblem]) -> str:
    lines = "".join(map(_problem, problems))
    return f'<ul class="problems">{lines}</ul>' if lines else ""


def _problem(shown: ShownProblem) -> str:
    message = f"<code>{escape(str(shown.problem))}</code>"
    excerpt = _excerpt(shown.excerpt) if shown.excerpt else ""
    return f"<li>{message}{excerpt}{_opening(shown)}</li>"


def _opening(shown: ShownProblem) -> str:
    """Return the link that opens the file; a path to copy without an editor for it."""
    if shown.link:
        return f'<a class="open" href="{escape(shown.link)}">Open in the editor</a>'
    if shown.file:
        place = f"{shown.file}:{shown.problem.line}" if shown.problem.line else shown.file
        return f'<button type="button" data-copy="{escape(place)}">Copy the path</button>'
    return ""


def _excerpt(excerpt: Excerpt) -> str:
    numbered = enumerate(excerpt.lines, excerpt.first)
    lines = "".join(
        _line(number, text, excerpt.column if number == excerpt.line else None)
        for number, text in numbered
    )
    return f'<div class="excerpt">{lines}</div>'


def _line(number: int, text: str, column: int | None) -> str:
    """Return a line in the direction of its text; `column` is that of an error in it, 0 for all."""
    marked = ' class="wrong"' if column is not None else ""
    shown = escape(text) if not column else _pointed(text, column)
    return f'<div{marked}><span>{number}</span><pre dir="auto">{shown}\n</pre></div>'


def _pointed(text: str, column: int) -> str:
    """Return a line with the character at a column marked; past the end, a space."""
    at = min(column - 1, len(text))
    before, character, after = text[:at], text[at : at + 1] or " ", text[at + 1 :]
    return f"{escape(before)}<mark>{escape(character)}</mark>{escape(after)}"


def _before(page: bytes, tag: bytes, text: str) -> bytes:
    """Insert a text before a tag, or at the end of a page that omits the tag, as HTML allows."""
    addition = text.encode("utf-8", "replace")
    place = page.find(tag) if tag == b"</head>" else page.rfind(tag)
    return page[:place] + addition + page[place:] if place >= 0 else page + addition
