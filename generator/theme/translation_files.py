"""Checks the words of a portal's own `i18n/LANG.toml`, once per build.

Plural categories are those of CLDR (https://cldr.unicode.org/index/cldr-spec/plural-rules).
"""

from __future__ import annotations

import tomllib
from collections.abc import Iterator, Mapping
from contextlib import suppress
from dataclasses import dataclass, replace
from pathlib import Path
from string import Formatter
from typing import TYPE_CHECKING, Any

from generator.errors import Problem, Problems
from generator.model.rules import Rule
from generator.theme.dates import locale_of
from generator.theme.theme import Theme, files_in
from generator.validation.decoding import decoded
from generator.validation.located import UnreadableTextError
from generator.validation.messages import nearest, quoted
from generator.validation.positions import SourceContext
from generator.validation.toml_text import load_toml
from generator.validation.urls import language_tag
from generator.validation.values import Value

if TYPE_CHECKING:
    from babel import Locale

FALLBACK = "en"
CATEGORIES = ("zero", "one", "two", "few", "many", "other")
# Stories and minutes are counted; categories for millions alone may be left out.
_COUNTED = range(201)

Forms = str | dict[str, str]


def word_problems(theme: Theme, root: Path) -> list[Problem]:
    """Yield the errors in the portal's own words, and warnings for words that no page shows."""
    own = theme.folders[0]
    named = sorted((own / "i18n").glob("*.toml")) if own.parent == root.resolve() else []
    files = [file for file in named if file.is_file()]
    if not files:
        return []
    problems = Problems()
    try:
        known = read_words((theme.folders[-1] / "i18n" / f"{FALLBACK}.toml").read_bytes())
    except (tomllib.TOMLDecodeError, UnreadableTextError):
        known = {}
    for file in files:
        name = file.relative_to(own.parent).as_posix()
        found = Problems()
        _WordFile(name, file, known, own, found).check()
        problems.extend(found)
    return [*problems.errors, *problems.warnings]


def word_keys(theme: Theme) -> frozenset[str]:
    """Return the keys of the words of all languages, as far as their files can be read."""
    found: set[str] = set()
    for folder in theme.folders:
        for name, path in files_in(folder / "i18n"):
            if name.endswith(".toml"):
                with suppress(tomllib.TOMLDecodeError, UnreadableTextError):
                    found |= read_words(Path(path).read_bytes()).keys()
    return frozenset(found)


def read_words(data: bytes) -> dict[str, Forms]:
    """Return the words in a file. Raises `UnreadableTextError` and `TOMLDecodeError`."""
    return tomllib.loads(decoded(data))


@dataclass(frozen=True, slots=True)
class _WordFile:
    """One file of words; `known` are the default theme's, `templates` the portal's folder."""

    name: str
    file: Path
    known: Mapping[str, Forms]
    templates: Path
    problems: Problems

    def check(self) -> None:
        lang = self.file.stem
        if language_tag(lang) != lang:
            hint = f"did you mean '{language_tag(lang)}.toml'?" if language_tag(lang) else ""
            message = f"{quoted(self.file.name)} is not named after a language, as in fa.toml"
            self.problems.add(Problem(self.name, 0, 0, message, hint))
            return
        try:
            words = load_toml(decoded(self.file.read_bytes()))
        except UnreadableTextError as error:
            found = error.syntax_problem
            place = (found.line, found.column)
            self.problems.add(Problem(self.name, *place, found.message, found.hint))
            return
        origin = SourceContext(self.name, self.problems, words.positions)
        for key, raw in words.items():
            self._check_word(Value(raw, (key,), origin))
        self._warn_of_unused([Value(raw, (key,), origin) for key, raw in words.items()])

    def _check_word(self, word: Value) -> None:
        usual = self.known.get(str(word.keys[0]))
        forms = _forms(word)
        for form in forms.values():
            _check_fields(form, usual, counted=isinstance(word.raw, dict))
        if isinstance(word.raw, dict) and isinstance(usual, str):
            word.expected("text: the theme shows it without a number")
        elif isinstance(word.raw, dict) or isinstance(usual, dict):
            self._check_plurals(word, forms)

    def _check_plurals(self, word: Value, forms: Mapping[str, Value]) -> None:
        written = word.raw if isinstance(word.raw, dict) else forms
        if isinstance(word.raw, dict) and "other" not in word.raw:
            word.error("lacks the plural form 'other', which stands in for all that are left out")
        locale = _locale(self.file.stem)
        if locale is None:
            return
        language = locale.get_language_name("en") or self.file.stem
        needed = {locale.plural_form(number) for number in _COUNTED} - {"other"}
        for form in CATEGORIES:
            if form in needed and form not in written:
                self._warn(word, f"lacks the plural form '{form}', which {language} has")
            elif form in forms and form not in (*locale.plural_form.tags, "other"):
                message = f"is never shown: {language} has no such plural form"
                self._warn(forms[form], message)

    def _warn_of_unused(self, words: list[Value]) -> None:
        """Check a word that is not the theme's:

        it belongs to one of the portal's templates, or is a typo.
        """
        added = [word for word in words if self.known and word.keys[0] not in self.known]
        sources = "".join(_template_texts(self.templates)) if added else ""
        for word in added:
            key = str(word.keys[0])
            if f'"{key}"' not in sources and f"'{key}'" not in sources:
                hint = nearest(key, self.known) or 'a template shows it with t("…")'
                self._warn(word, "is a word that no template shows", hint)

    def _warn(self, word: Value, message: str, hint: str = "") -> None:
        found = Problems()
        Value(word.raw, word.keys, replace(word.origin, problems=found)).error(message, hint)
        self.problems.extend(
            replace(problem, severity="warning", code=Rule.TRANSLATION) for problem in found
        )


def _forms(word: Value) -> dict[str, Value]:
    """Return the texts of a word by plural category; a text alone is used for all numbers."""
    if isinstance(word.raw, str):
        return {"other": word} if not word.unprintable() else {}
    if not isinstance(word.raw, dict):
        word.expected("text, or a table of plural forms")
        return {}
    forms = {}
    for name, raw in word.raw.items():
        form = Value(raw, (*word.keys, name), word.origin)
        if name not in CATEGORIES:
            hint = nearest(name, CATEGORIES) or f"choose from {', '.join(CATEGORIES)}"
            word.origin.problem_at_key(form.keys, f"unknown plural form {quoted(name)}", hint)
        elif not isinstance(raw, str):
            form.expected("text")
        elif not form.unprintable():
            forms[name] = form
    return forms


def _check_fields(form: Value, usual: Forms | None, *, counted: bool) -> None:
    """Check that the theme fills in every field in braces."""
    try:
        parts = [part for part in Formatter().parse(form.raw) if part[1] is not None]
    except ValueError:
        form.error("has a brace without its other half", "write {{ or }} for a brace of the text")
        return
    fields = None if usual is None else _fields(usual) | ({"count"} if counted else set())
    for _, name, layout, conversion in parts:
        if not str(name).isidentifier() or layout or conversion:
            form.error("may have nothing but a name in braces, as in {number}")
        elif fields is not None and name not in fields:
            filled = ", ".join(f"{{{field}}}" for field in sorted(fields))
            hint = f"the theme fills in {filled}" if filled else "the theme fills in nothing here"
            form.error(f"has the unknown field {{{name}}}", nearest(str(name), fields) or hint)


def _fields(word: Forms) -> set[str]:
    texts = word.values() if isinstance(word, dict) else (word,)
    return {name for text in texts for _, name, _, _ in Formatter().parse(text) if name}


def _locale(lang: str) -> Locale | None:
    """Return the data of a language; none if Babel has no data for it."""
    locale = locale_of(lang)
    return locale if locale.language == lang.partition("-")[0] else None


def _template_texts(folder: Path) -> Iterator[Any]:
    for name, path in files_in(folder):
        if name.endswith(".html"):
            yield Path(path).read_text("utf-8", "replace")
