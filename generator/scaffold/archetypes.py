"""Articles that do not exist yet: skeletons from templates, under the next free News ID."""

from __future__ import annotations

import re
from collections.abc import Mapping
from datetime import datetime
from pathlib import Path
from traceback import extract_tb

from jinja2 import Environment, TemplateError, TemplateSyntaxError

from generator.errors import ConfigError, OutputError, Problem, did_you_mean
from generator.model.paths import ARTICLES
from generator.model.site import Site
from generator.pipeline.explain import last_build
from generator.pipeline.state import state_name
from generator.render.misuse import Missing, MisuseError
from generator.render.python_messages import in_words
from generator.scan.scanner import scan
from generator.theme.theme import Theme, files_in
from generator.validation.messages import nearest

_NEWS_ID = re.compile(rb"""^\s*news_id\s*[:=]\s*["']?(\d{1,18})["']?\s*(?:#.*)?$""", re.MULTILINE)
_FRONT_MATTER_BYTES = 8192
# What Jinja calls the file of a template that it was given as text.
_SOURCE = "<template>"


def new_article(
    root: Path, site: Site, title: str, moment: datetime, *, archetype: str, section: str | None
) -> Path:
    """Write a new article, and return its path.

    Raises `ConfigError` for an archetype or section that does not exist, or a title that is blank
    or no text.
    """
    template = _archetype(root, archetype)
    chosen = section or site.sections[0].slug
    if site.section(chosen) is None:
        slugs = [each.slug for each in site.sections]
        raise _refusal("--section", f"there is no section '{chosen}'", chosen, slugs)
    if not title.strip():
        raise ConfigError(Problem("broadsheet new", 0, 0, "the title is blank"))
    if any("\ud800" <= character <= "\udfff" for character in title):
        raise ConfigError(Problem("broadsheet new", 0, 0, "the title is not UTF-8"))
    news_id = next_news_id(root)
    text = _filled(
        template,
        Theme.of(root).place_of(template, root),
        title=title.strip(),
        news_id=news_id,
        date=moment.isoformat(timespec="minutes"),
        section=chosen,
        source=site.default_source.name
        if site.default_source
        else site.publisher.name or site.title,
    )
    path = root / ARTICLES / moment.strftime("%Y/%m/%d") / f"{news_id}.md"
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        with path.open("x", encoding="utf-8") as file:
            file.write(text)
    except OSError as error:
        raise OutputError(
            Problem(str(path), 0, 0, f"can't be written: {error.strerror}")
        ) from error
    return path


def next_news_id(root: Path) -> int:
    """One more than the highest number among the News IDs under content/, 1 if there is none.

    Of folders that are as the last build saw them its record is asked.
    """
    known, highest = _last_build(root.resolve())
    for folder in scan(root, known).changed:
        for source in folder.files:
            if source.kind == "article":
                with open(root / source.path, "rb") as file:
                    found = _NEWS_ID.search(file.read(_FRONT_MATTER_BYTES))
                highest = max(highest, int(found[1]) if found else 0)
    return highest + 1


def _last_build(root: Path) -> tuple[dict[str, bytes], int]:
    """The signatures of folders, and the highest News ID in them, as the last build had them."""
    state = root / ".broadsheet" / state_name(root, root / "output")
    try:
        with last_build(state) as record:
            return record.folders(), record.highest_news_id()
    except ConfigError:
        return {}, 0


def _archetype(root: Path, name: str) -> Path:
    theme = Theme.of(root)
    found = theme.find(f"archetypes/{name}.md")
    if found is None:
        names = sorted(
            {
                name.removesuffix(".md")
                for folder in theme.folders
                for name, _ in files_in(folder / "archetypes")
                if name.endswith(".md")
            }
        )
        raise _refusal("--archetype", f"there is no archetype '{name}'", name, names)
    return found


def _refusal(option: str, message: str, found: str, choices: list[str]) -> ConfigError:
    hint = did_you_mean(found, choices) or f"choose from {', '.join(choices)}"
    return ConfigError(Problem(option, 0, 0, message, hint))


def _filled(template: Path, place: str, **values: object) -> str:
    environment = Environment(undefined=Missing, keep_trailing_newline=True)
    try:
        return environment.from_string(template.read_text("utf-8")).render(values)
    except (TemplateError, TypeError, ValueError, ArithmeticError) as error:
        raise ConfigError(_archetype_problem(error, place, values)) from error


def _archetype_problem(error: Exception, place: str, values: Mapping[str, object]) -> Problem:
    """Return what is wrong with an archetype, and where."""
    lines = [frame.lineno for frame in extract_tb(error.__traceback__) if frame.filename == _SOURCE]
    line = error.lineno if isinstance(error, TemplateSyntaxError) else (lines or [0])[-1]
    if isinstance(error, MisuseError):
        hint = error.hint or nearest(error.word, values)
        return Problem(place, line or 0, 0, error.text, hint)
    return Problem(place, line or 0, 0, in_words(error).message)
