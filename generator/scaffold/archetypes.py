"""Articles that do not exist yet: skeletons from templates, under the next free News ID."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import get_args

from generator.errors import ConfigError, OutputError, Problem, Problems, did_you_mean
from generator.index.views import article_permalink
from generator.model.article import Kind
from generator.model.paths import ARTICLES
from generator.model.permalink import slug_error, slugify
from generator.model.site import Site
from generator.model.timestamp import Timestamp
from generator.parse.document import read_document
from generator.parse.front_matter.article import read_front_matter
from generator.scaffold.archetype_text import filled_archetype
from generator.scaffold.keyed_lines import FrontMatterValue, with_keys
from generator.scaffold.news_ids import news_ids
from generator.theme.theme import Theme, files_in
from generator.validation.timestamps import EXPECTED, InvalidTimestampError, timestamp_of

KINDS: tuple[str, ...] = get_args(Kind)
_NAME_LETTERS = 40


@dataclass(frozen=True, slots=True, kw_only=True)
class ArticleRequest:
    """What a new article should have; what is left out, the archetype decides."""

    title: str
    archetype: str = "article"
    section: str | None = None
    kind: str | None = None
    tags: tuple[str, ...] = ()
    authors: tuple[str, ...] = ()
    date: str | None = None
    slug: str | None = None
    draft: bool | None = None


@dataclass(frozen=True, slots=True)
class NewArticle:
    """An article that was written.

    `url` is its site path, empty if the archetype leaves something to be filled in. The line
    with the number `draft_line` makes it a draft and says `draft`; 0 if it is none. It is live from
    `begins` on.
    """

    path: Path
    url: str
    begins: Timestamp
    draft_line: int = 0
    draft: str = ""


def new_article(root: Path, site: Site, request: ArticleRequest, now: datetime) -> NewArticle:
    """Write a new article.

    Raises `ConfigError` for what does not exist, such as a section, or can't be, such as a blank
    title.
    """
    template = _archetype(root, request.archetype)
    _check(site, request)
    begins = _date(request, site, now)
    news_id = news_ids(root, site).next
    text = _text(root, template, site, request, news_id, begins)
    path = root / ARTICLES / begins.at.strftime("%Y/%m/%d") / _file_name(news_id, request)
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        with path.open("x", encoding="utf-8") as file:
            file.write(text)
    except OSError as error:
        raise OutputError(
            Problem(str(path), 0, 0, f"can't be written: {error.strerror}")
        ) from error
    return _written(path, text, site, begins)


def archetype_names(root: Path) -> list[str]:
    """Return the names of all archetypes of a portal."""
    names = {
        name.removesuffix(".md")
        for folder in Theme.of(root).folders
        for name, _ in files_in(folder / "archetypes")
        if name.endswith(".md")
    }
    return sorted(names)


def checked(option: str, what: str, found: str, choices: list[str]) -> str:
    """Return a value that is one of the choices. Raises `ConfigError` that names the nearest."""
    if found in choices:
        return found
    hint = did_you_mean(found, choices) or f"choose from {', '.join(choices)}"
    raise ConfigError(Problem(option, 0, 0, f"there is no {what} '{found}'", hint))


def _check(site: Site, request: ArticleRequest) -> None:
    if request.section is not None:
        slugs = [section.slug for section in site.sections]
        checked("--section", "section", request.section, slugs)
    if request.kind is not None:
        checked("--kind", "kind", request.kind, list(KINDS))
    if request.slug is not None and (error := slug_error(request.slug)):
        raise ConfigError(Problem("--slug", 0, 0, f"'{request.slug}' {error}"))
    if not request.title.strip():
        raise ConfigError(Problem("broadsheet new", 0, 0, "the title is blank"))
    if _is_no_text(request.title):
        raise ConfigError(Problem("broadsheet new", 0, 0, "the title is not UTF-8"))
    for option, names in (("--tag", request.tags), ("--author", request.authors)):
        if any(map(_is_no_text, names)):
            raise ConfigError(Problem(option, 0, 0, "the name is not UTF-8"))
        if not all(map(str.strip, names)):
            raise ConfigError(Problem(option, 0, 0, "the name is blank"))


def _is_no_text(text: str) -> bool:
    return any("\ud800" <= character <= "\udfff" for character in text)


def _date(request: ArticleRequest, site: Site, now: datetime) -> Timestamp:
    if request.date is None:
        return Timestamp(now.astimezone(site.zone))
    try:
        return timestamp_of(request.date, site.zone)
    except InvalidTimestampError as error:
        hint = error.hint or f"write {EXPECTED}"
        raise ConfigError(Problem("--date", 0, 0, f"'{request.date}' {error}", hint)) from error


def _archetype(root: Path, name: str) -> Path:
    found = Theme.of(root).find(f"archetypes/{name}.md")
    if found is None:
        checked("--archetype", "archetype", name, archetype_names(root))
    assert found is not None
    return found


def _text(
    root: Path, template: Path, site: Site, request: ArticleRequest, news_id: str, begins: Timestamp
) -> str:
    date = begins.at.isoformat(timespec="minutes") if begins.has_time else begins.isoformat()
    default = site.default_source
    filled = filled_archetype(
        template,
        Theme.of(root).place_of(template, root),
        title=request.title.strip(),
        news_id=news_id,
        date=date,
        section=request.section or site.sections[0].slug,
        source=default.name if default else site.publisher.name or site.title,
    )
    return with_keys(filled, _keys(request), str(template))


def _keys(request: ArticleRequest) -> dict[str, FrontMatterValue]:
    """Return the front matter keys that were asked for."""
    keys: dict[str, FrontMatterValue] = {
        "kind": request.kind,
        "tags": request.tags or None,
        "authors": request.authors or None,
        "slug": request.slug,
    }
    asked: dict[str, FrontMatterValue] = {
        key: value for key, value in keys.items() if value is not None
    }
    if request.draft is not None:
        asked["draft"] = True if request.draft else None
    return asked


def _file_name(news_id: str, request: ArticleRequest) -> str:
    """Return a name that stories of two branches share only if they have one headline, too."""
    words = slugify(request.slug or request.title)
    if len(words) > _NAME_LETTERS:
        words = words[: _NAME_LETTERS + 1].rpartition("-")[0] or words[:_NAME_LETTERS]
    return "-".join(filter(None, (news_id, words))) + ".md"


def _written(path: Path, text: str, site: Site, begins: Timestamp) -> NewArticle:
    document = read_document(str(path), text.encode(), Problems())
    front = read_front_matter(document, site, Problems()) if document else None
    if document is None or front is None:
        return NewArticle(path, "", begins)
    url, begins = article_permalink(site, front), front.went_live
    if not front.draft:
        return NewArticle(path, url, begins)
    line = document.values.positions.key(("draft",))[0]
    return NewArticle(path, url, begins, line, text.split("\n")[line - 1].strip())
