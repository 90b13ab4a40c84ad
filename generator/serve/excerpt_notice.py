"""Says on each page of an excerpt that it is not the whole portal."""

from __future__ import annotations

_NOTICE = (
    b'<aside id="broadsheet-excerpt" role="status" dir="ltr" lang="en" style="position:fixed;'
    b"inset:auto 0 0 auto;z-index:2147483646;margin:.5rem;padding:.5rem .75rem;"
    b"border-radius:.25rem;max-width:24rem;background:#1d3557;color:#fff;"
    b'font:.875rem/1.4 system-ui,sans-serif">'
    b"The portal is still being built. Lists hold only its newest stories until then; this page "
    b"reloads by itself.</aside>"
)


def with_notice(page: bytes) -> bytes:
    """Return the page with a notice at its end."""
    place = page.rfind(b"</body>")
    return page[:place] + _NOTICE + page[place:] if place >= 0 else page + _NOTICE
