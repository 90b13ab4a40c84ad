"""The page that is rendered, under the one name that templates and cached macros know."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from functools import cache
from typing import Any

from generator.model.language import direction
from generator.model.output import PageView


class CurrentPage:
    """Stands in for the view of whichever page is rendered; `subject` is what it is about."""

    def __init__(self) -> None:
        self._view: PageView | None = None
        self.subject: Mapping[str, Any] = {}

    def turn_to(self, view: PageView, subject: Mapping[str, Any]) -> None:
        """Switch to a different page."""
        self._view, self.subject = view, subject

    @contextmanager
    def only_language(self, lang: str) -> Iterator[None]:
        """Provide only a language and no page within the block: its result is for many pages."""
        view, subject = self._view, self.subject
        self._view, self.subject = _no_page(lang), {}
        try:
            yield
        finally:
            self._view, self.subject = view, subject

    @property
    def view(self) -> PageView:
        """The view of the page. Raises `LookupError` before the first page."""
        if self._view is None:
            raise LookupError("no page is being made")
        return self._view

    def __getattr__(self, name: str) -> Any:
        return getattr(self.view, name)


@cache
def _no_page(lang: str) -> PageView:
    return PageView(kind="fragment", title="", url="", href="", lang=lang, dir=direction(lang))
