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
        self._tables = [_table(theme, name) for name in _fallbacks(lang)]

    @cached_property
    def _locale(self) -> Locale:
        return locale_of(self._lang)

    def __call__(self, key: str, **values: object) -> str:
        """The words for `key`. Raises `KeyError` for a key that no language has."""
        form = next(table[key] for table in (*self._tables, _Missing(key)) if key in table)
        if isinstance(form, dict):
            count = values.get("count", 0)
            number = count if isinstance(count, int) else 0
            form = form.get(self._locale.plural_form(number), form["other"])
            values["count"] = digits(f"{number}", self._lang)
        return str(form).format(**values) if values else str(form)


class _Missing(dict[str, object]):
    """Claims to hold a key so as to say that it is missing."""

    def __init__(self, key: str) -> None:
        super().__init__()
        self._key = key

    def __contains__(self, key: object) -> bool:
        return True

    def __missing__(self, key: str) -> object:
        raise KeyError(f"no language in i18n/ has the words '{self._key}'")


def _fallbacks(lang: str) -> list[str]:
    names = [lang, lang.partition("-")[0], FALLBACK]
    return list(dict.fromkeys(names))


def _table(theme: Theme, lang: str) -> dict[str, object]:
    """The default theme's words with the portal's own laid over them."""
    merged: dict[str, object] = {}
    for folder in reversed(theme.folders):
        path = folder / "i18n" / f"{lang}.toml"
        if path.is_file():
            merged |= tomllib.loads(path.read_text("utf-8"))
    return merged
