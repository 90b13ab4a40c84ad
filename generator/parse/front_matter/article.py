"""The front matter of an article: every key of the manual's table, typed and complete.

Rules that need no other file are checked here; what another article, picture or template must
bear out is checked by the index, which knows them all.
"""

from __future__ import annotations

from datetime import UTC, datetime
from typing import cast, get_args

from generator.errors import Problems
from generator.model.article import (
    Correction,
    CorrectionKind,
    FrontMatter,
    Kind,
    Retraction,
    TimedFlag,
)
from generator.model.site import Site
from generator.model.taxonomy import SourceCredit, TermRef
from generator.model.timestamp import Timestamp
from generator.parse.document import Document
from generator.parse.front_matter.news_id import own_news_id, related_of, translation_of
from generator.parse.front_matter.shared_keys import (
    SYNONYMS,
    aliases_of,
    layout_of,
    picture_of,
    slug_of,
)
from generator.validation.extras import extra_of
from generator.validation.fields import Fields
from generator.validation.messages import nearest, one_of
from generator.validation.terms import credit_of, term_of, terms_of
from generator.validation.timestamps import EXPECTED

KINDS: tuple[str, ...] = get_args(Kind)
CORRECTION_KINDS: tuple[str, ...] = get_args(CorrectionKind)

# Stand in for what is missing, in a result that is never given out.
_NO_DATE = Timestamp(datetime(1970, 1, 1, tzinfo=UTC))
_NO_SOURCE = SourceCredit("", "")


def read_front_matter(document: Document, site: Site, problems: Problems) -> FrontMatter | None:
    """The front matter of one article, or None after adding all its errors to `problems`."""
    found = Problems()
    fields = document.fields(found)
    front = _front_matter(fields, site)
    _check_order(fields, front)
    fields.finish(SYNONYMS)
    problems.extend(found)
    return front if document.sound and not found.found else None


def _front_matter(fields: Fields, site: Site) -> FrontMatter:
    news_id = own_news_id(fields)
    title = fields.text("title", required=True)
    lang = fields.language("lang", site.language)
    zone = site.zone
    return FrontMatter(
        news_id=news_id,
        title=title,
        date=fields.moment("date", zone, required=True) or _NO_DATE,
        source=_source(fields, site),
        section=_section(fields, site),
        slug=slug_of(fields, title, lang),
        lang=lang,
        updated=fields.moment("updated", zone),
        standfirst=fields.text("standfirst"),
        tags=terms_of(fields, "tags", site.slugs_of("tags")),
        authors=_authors(fields, site),
        byline=fields.text("byline"),
        dateline=fields.text("dateline"),
        kicker=fields.text("kicker"),
        series=_series(fields, site),
        terms=_terms(fields, site),
        image=picture_of(fields),
        kind=cast(Kind, fields.choice("kind", KINDS, "news")),
        translation_of=translation_of(fields, news_id),
        related=related_of(fields, news_id),
        pinned=_flag_until(fields, "pinned", site),
        breaking=_flag_until(fields, "breaking", site),
        draft=fields.flag("draft"),
        publish_at=fields.moment("publish_at", zone),
        expires=fields.moment("expires", zone),
        corrections=_corrections(fields, site),
        retracted=_retraction(fields, site),
        aliases=aliases_of(fields),
        comments=fields.flag("comments", True),
        feed=fields.flag("feed", True),
        index=fields.flag("index", True),
        canonical=fields.url("canonical"),
        description=fields.text("description"),
        seo_title=fields.text("seo_title"),
        layout=layout_of(fields),
        extra=extra_of(fields),
    )


def _source(fields: Fields, site: Site) -> SourceCredit:
    credit = credit_of(fields, "source", site.slugs_of("sources"))
    if credit is None and fields.given("source") is None:
        if site.default_source is None:
            fields.missing("source", "or set 'default_source' in site.toml")
        credit = site.default_source
    return credit or _NO_SOURCE


def _section(fields: Fields, site: Site) -> str:
    value = fields.given("section")
    if value is None:
        return site.sections[0].slug
    slug = value.filled()
    slugs = [section.slug for section in site.sections]
    if slug is not None and slug not in slugs:
        titles = {section.title.casefold(): section.slug for section in site.sections}
        meant = titles.get(slug.casefold())
        hint = f"did you mean '{meant}'?" if meant else nearest(slug, slugs)
        value.expected(f"a section of site.toml, {one_of(slugs)}", hint)
    return slug or ""


def _authors(fields: Fields, site: Site) -> tuple[str, ...]:
    return tuple(author.name for author in terms_of(fields, "authors", site.slugs_of("authors")))


def _series(fields: Fields, site: Site) -> TermRef | None:
    value = fields.given("series")
    return term_of(value, site.slugs_of("series")) if value else None


def _terms(fields: Fields, site: Site) -> dict[str, tuple[TermRef, ...]]:
    """Return the terms of the portal's own taxonomies."""
    found = {
        taxonomy.name: terms_of(fields, taxonomy.key, site.slugs_of(taxonomy.name))
        for taxonomy in site.taxonomies
    }
    return {name: terms for name, terms in found.items() if terms}


def _flag_until(fields: Fields, key: str, site: Site) -> TimedFlag:
    value = fields.value(key)
    if value is None:
        return TimedFlag()
    on = value.as_flag()
    if on is not None:
        return TimedFlag(on)
    expected = f"true, false or, as the time until which it holds, {EXPECTED}"
    until = value.moment(site.zone, expected)
    return TimedFlag(until is not None, until)


def _corrections(fields: Fields, site: Site) -> tuple[Correction, ...]:
    corrections = []
    for record in fields.records("corrections"):
        date = record.moment("date", site.zone, required=True)
        text = record.text("text", required=True)
        kind = record.choice("kind", CORRECTION_KINDS, "correction")
        record.finish()
        corrections.append(Correction(date or _NO_DATE, text, cast(CorrectionKind, kind)))
    return tuple(corrections)


def _retraction(fields: Fields, site: Site) -> Retraction | None:
    record = fields.mapping("retracted")
    if record is None:
        return None
    date = record.moment("date", site.zone, required=True)
    reason = record.text("reason", required=True)
    record.finish()
    return Retraction(date or _NO_DATE, reason)


def _check_order(fields: Fields, front: FrontMatter) -> None:
    """An article that ends before it begins would never be seen."""
    if front.expires is None or front.date is _NO_DATE:
        return
    begins = front.went_live
    key = "publish_at" if begins is front.publish_at else "date"
    if front.expires.seconds <= begins.seconds:
        end = front.expires.isoformat()
        fields.error("expires", f"'expires' must be after '{key}', {begins.isoformat()}, not {end}")
