"""The function `t`, with which templates show the theme's own words."""

from __future__ import annotations

from collections.abc import Callable, Collection

from generator.render.misuse import MisuseError, fail_if_missing
from generator.render.view_words import found_words
from generator.theme.translations import Translations
from generator.validation.messages import nearest, quoted


def words_function(words: Translations) -> Callable[..., str]:
    """Return `t` in one language. It raises `MisuseError` for words or fields that are missing."""

    def t(key: str, /, **values: object) -> str:
        try:
            return words(key, **values)
        except LookupError as error:
            raise _misuse(words, key, error) from None

    return t


def unknown_words(key: str, known: Collection[str]) -> MisuseError:
    """Return the error for words that no language has."""
    hint = nearest(key, known) or f'write {key} = "…" into templates/i18n/en.toml'
    return MisuseError(f"no language in i18n/ has the words {quoted(key)}", hint, key)


def _misuse(words: Translations, key: object, error: LookupError) -> MisuseError:
    fail_if_missing(key)
    if not isinstance(key, str):
        message = f"t() needs the name of words, not {found_words(key)}"
        return MisuseError(message, "", "t", certain=False)
    if key not in words.keys():
        return unknown_words(key, words.keys())
    field = str(error.args[0])
    message = f"t('{key}') lacks the argument {quoted(field)}"
    return MisuseError(message, f"its words have the field {{{field}}}", key)
