"""The theme's own words in the language of a page, from `i18n/LANG.toml`.

A word is a text with `{name}` fields, or a table of plural forms under CLDR's categories
(https://cldr.unicode.org/index/cldr-spec/plural-rules), selected by the field `count`.
`translation_files` checks the files before any page shows their words.
"""

from __future__ import annotations

from collections.abc import Collection
from functools import cached_property
from typing import TYPE_CHECKING

from generator.theme.dates import digits, locale_of
from generator.theme.theme import Theme
from generator.theme.translation_files import FALLBACK, Forms, read_words

if TYPE_CHECKING:
    from babel import Locale


class Translations:
    """The words of one language; missing ones come from its parent, then from English."""

    def __init__(self, theme: Theme, lang: str) -> None:
        self._lang = lang
        self.files = tuple(f"i18n/{name}.toml" for name in _fallbacks(lang))
        self._forms: dict[str, Forms] = {}
        for name in reversed(_fallbacks(lang)):
            self._forms |= _table(theme, name)

    @cached_property
    def _locale(self) -> Locale:
        return locale_of(self._lang)

    def keys(self) -> Collection[str]:
        """Return the keys of all words."""
        return self._forms.keys()

    def __call__(self, key: str, **values: object) -> str:
        """Return the words for `key`. Raises `LookupError` for a key that no language has."""
        form = self._forms.get(key)
        if form is None:
            raise LookupError(f"no language in i18n/ has the words '{key}'")
        if isinstance(form, dict) or "count" in values:
            count = values.get("count", 0)
            number = count if isinstance(count, int) else 0
            if isinstance(form, dict):
                form = form.get(self._locale.plural_form(number), form["other"])
            values["count"] = digits(f"{number}", self._lang)
        return form.format(**values) if "{" in form or "}" in form else form


def _fallbacks(lang: str) -> list[str]:
    names = [lang, lang.partition("-")[0], FALLBACK]
    return list(dict.fromkeys(names))


def _table(theme: Theme, lang: str) -> dict[str, Forms]:
    """Return the default theme's words with the portal's own over them."""
    merged: dict[str, Forms] = {}
    for folder in reversed(theme.folders):
        path = folder / "i18n" / f"{lang}.toml"
        if path.is_file():
            merged |= read_words(path.read_bytes())
    return merged
