"""The theme's own words in the language of a page, from `i18n/LANG.toml`.

A word is text with `{name}` fields, or a table of plural forms under CLDR's categories
(https://cldr.unicode.org/index/cldr-spec/plural-rules), chosen by the field `count`.
"""

from __future__ import annotations

import tomllib
from functools import cached_property
from typing import TYPE_CHECKING

from generator.render.dates import digits, locale_of
from generator.render.theme import Theme

if TYPE_CHECKING:
    from babel import Locale

FALLBACK = "en"


class Words:
    """UI words for one language; what it lacks comes from its parent, then from English."""

    def __init__(self, theme: Theme, lang: str) -> None:
        self._lang = lang
        self.files = tuple(f"i18n/{name}.toml" for name in _fallbacks(lang))
        self._forms: dict[str, str | dict[str, str]] = {}
        for name in reversed(_fallbacks(lang)):
            self._forms |= _table(theme, name)

    @cached_property
    def _locale(self) -> Locale:
        return locale_of(self._lang)

    def __call__(self, key: str, **values: object) -> str:
        """The words for `key`. Raises `LookupError` for a key that no language has."""
        form = self._forms.get(key)
        if form is None:
            raise LookupError(f"no language in i18n/ has the words '{key}'")
        if isinstance(form, dict):
            count = values.get("count", 0)
            number = count if isinstance(count, int) else 0
            form = form.get(self._locale.plural_form(number), form["other"])
            values["count"] = digits(f"{number}", self._lang)
        return form.format(**values) if values else form


def _fallbacks(lang: str) -> list[str]:
    names = [lang, lang.partition("-")[0], FALLBACK]
    return list(dict.fromkeys(names))


def _table(theme: Theme, lang: str) -> dict[str, str | dict[str, str]]:
    """The default theme's words with the portal's own laid over them."""
    merged: dict[str, str | dict[str, str]] = {}
    for folder in reversed(theme.folders):
        path = folder / "i18n" / f"{lang}.toml"
        if path.is_file():
            merged |= tomllib.loads(path.read_text("utf-8"))
    return merged
