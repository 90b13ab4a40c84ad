"""Reads site.toml: every key of it typed and validated, and all errors listed at once."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path
from typing import Final

from generator.config.checks import checks_of
from generator.config.comments import read_comments
from generator.config.editor import editor_of
from generator.config.slugs import slugs_of
from generator.config.tables import markup_of, outputs_of, publisher_of, sections_of
from generator.config.taxonomies import taxonomies_of
from generator.config.urls import base_url_of, permalink_of, timezone_of
from generator.errors import ConfigError, Problem, Problems, UnexpectedError, unexpected
from generator.model.site import Site
from generator.model.taxonomy import BUILT_IN, TermSlugs
from generator.validation.decoding import decoded
from generator.validation.extras import extra_of
from generator.validation.fields import Fields
from generator.validation.located import UnreadableTextError
from generator.validation.positions import SourceContext
from generator.validation.terms import credit_of
from generator.validation.toml_text import load_toml
from generator.validation.values import Value

SITE_FILE: Final = "site.toml"
PER_PAGE: Final = 30
MOST_PER_PAGE: Final = 1000

# What other generators call some keys.
_SYNONYMS = {
    "baseurl": "base_url",
    "url": "base_url",
    "siteurl": "base_url",
    "name": "title",
    "lang": "language",
    "languagecode": "language",
    "locale": "language",
    "paginate": "per_page",
    "permalinks": "permalink",
    "params": "extra",
}


def load_site(root: Path) -> Site:
    """The portal that `root/site.toml` describes; raises `ConfigError` with all its errors."""
    try:
        data = (root / SITE_FILE).read_bytes()
    except FileNotFoundError as error:
        hint = "`broadsheet init DIR` makes a new portal, `--root DIR` names one"
        problem = Problem(SITE_FILE, 0, 0, f"no such file in {root}", hint)
        raise ConfigError(problem) from error
    except OSError as error:
        problem = Problem(SITE_FILE, 0, 0, f"can't be read: {error.strerror}")
        raise ConfigError(problem) from error
    try:
        return read_site(data)
    except ConfigError:
        raise
    except Exception as error:
        raise UnexpectedError(unexpected(error, SITE_FILE)) from error


def read_site(data: bytes) -> Site:
    """Return the portal that the bytes of a site.toml describe; raises `ConfigError`."""
    try:
        values = load_toml(decoded(data))
    except UnreadableTextError as error:
        found = error.syntax_problem
        problem = Problem(SITE_FILE, found.line, found.column, found.message, found.hint)
        raise ConfigError(problem) from error
    problems = Problems()
    fields = Fields(values, SourceContext(SITE_FILE, problems, values.positions))
    site = site_of(fields)
    fields.finish(_SYNONYMS)
    if problems.found:
        raise ConfigError(*problems.errors)
    return site


def site_of(fields: Fields) -> Site:
    """Return the site that the fields describe.

    Errors are reported, and stand-ins take the place of wrong values.
    """
    comments = fields.mapping("comments")
    language, sections = fields.language("language", "en"), sections_of(fields)
    taxonomies = taxonomies_of(fields, sections)
    slugs = slugs_of(fields, (*BUILT_IN, *taxonomies))
    source_slugs = TermSlugs("sources", language, slugs.get("sources", {}))
    return Site(
        title=fields.text("title", required=True),
        base_url=_base_url(fields),
        sections=sections,
        language=language,
        timezone=timezone_of(fields),
        description=fields.text("description"),
        default_source=credit_of(fields, "default_source", source_slugs),
        permalink=permalink_of(fields),
        per_page=fields.integer("per_page", PER_PAGE, minimum=1, maximum=MOST_PER_PAGE),
        publisher=publisher_of(fields),
        outputs=outputs_of(fields),
        markdown=markup_of(fields),
        check=checks_of(fields),
        comments=read_comments(comments) if comments else None,
        taxonomies=taxonomies,
        slugs=slugs,
        editor=editor_of(fields),
        extra=extra_of(fields),
    )


def _base_url(fields: Fields) -> str:
    value = fields.value("base_url", required=True)
    return base_url_of(value) if value else ""


def with_base_url(site: Site, base_url: str) -> Site:
    """Return the site at another address; raises `ConfigError` if the address is invalid."""
    problems = Problems()
    changed = base_url_of(Value(base_url, ("--base-url",), SourceContext("broadsheet", problems)))
    if problems.found:
        raise ConfigError(*problems.errors)
    return replace(site, base_url=changed)
