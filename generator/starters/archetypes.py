"""Articles that do not exist yet: skeletons from templates, under the next free News ID."""

from __future__ import annotations

import os
import re
from datetime import datetime
from pathlib import Path

from jinja2 import Environment, StrictUndefined, TemplateError

from generator.errors import ConfigError, OutputError, Problem, did_you_mean
from generator.model.places import ARTICLES
from generator.model.site import Site
from generator.render.theme import Theme

_NEWS_ID = re.compile(rb"""^\s*news_id\s*[:=]\s*["']?(\d{1,18})["']?\s*(?:#.*)?$""", re.MULTILINE)
_FRONT_MATTER_BYTES = 8192


def new_article(
    root: Path, site: Site, title: str, moment: datetime, *, archetype: str, section: str | None
) -> Path:
    """Write a new article, and return its path.

    Raises `ConfigError` for an archetype or section that does not exist, or a blank title.
    """
    template = _archetype(root, archetype)
    chosen = section or site.sections[0].slug
    if site.section(chosen) is None:
        slugs = [each.slug for each in site.sections]
        raise _refusal("--section", f"there is no section '{chosen}'", chosen, slugs)
    if not title.strip():
        raise ConfigError(Problem("broadsheet new", 0, 0, "the title is blank"))
    news_id = next_news_id(root)
    text = _filled(
        template,
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
    except OSError as fault:
        raise OutputError(
            Problem(str(path), 0, 0, f"can't be written: {fault.strerror}")
        ) from fault
    return path


def next_news_id(root: Path) -> int:
    """One more than the highest number among the News IDs under content/, 1 if there is none."""
    highest = 0
    for folder, _, names in os.walk(root / ARTICLES):
        for name in names:
            if name.lower().endswith(".md"):
                with open(os.path.join(folder, name), "rb") as file:
                    found = _NEWS_ID.search(file.read(_FRONT_MATTER_BYTES))
                highest = max(highest, int(found[1]) if found else 0)
    return highest + 1


def _archetype(root: Path, name: str) -> Path:
    theme = Theme.of(root)
    found = theme.find(f"archetypes/{name}.md")
    if found is None:
        names = sorted(
            {path.stem for folder in theme.folders for path in (folder / "archetypes").glob("*.md")}
        )
        raise _refusal("--archetype", f"there is no archetype '{name}'", name, names)
    return found


def _refusal(option: str, message: str, found: str, choices: list[str]) -> ConfigError:
    hint = did_you_mean(found, choices) or f"choose from {', '.join(choices)}"
    return ConfigError(Problem(option, 0, 0, message, hint))


def _filled(template: Path, **values: object) -> str:
    environment = Environment(undefined=StrictUndefined, keep_trailing_newline=True)
    try:
        return environment.from_string(template.read_text("utf-8")).render(values)
    except TemplateError as fault:
        raise ConfigError(Problem(str(template), 0, 0, f"the archetype: {fault}")) from fault
