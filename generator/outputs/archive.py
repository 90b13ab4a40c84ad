"""The archive by date: all years, then months, then days, then a day's articles."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from generator.index.queries.articles import LISTING_PAGE
from generator.index.queries.terms import PERIODS, PERIODS_BESIDE
from generator.model.article import Card
from generator.model.output import Archive, Output, Period, Scope, Turn
from generator.model.paths import archive_path
from generator.model.permalink import output_path
from generator.model.site import Site
from generator.outputs.kind import OutputKind, PlanContext
from generator.render.page_meta import site_page
from generator.render.renderer import Renderer
from generator.theme.dates import format_period

_LEVELS = {0: "all", 4: "year", 7: "month", 10: "day"}
_DAY_LENGTH = len("2024-01-20")


@dataclass(frozen=True, slots=True)
class PeriodParams:
    """A year, month or day; empty for all years."""

    period: str


def plan(context: PlanContext, scope: Scope | None) -> Iterator[Output]:
    """Propose a page for every period with articles, and one for all of them."""
    if not context.site.outputs.archive:
        return
    if scope is None:
        yield from _plan_within(context, "", 0, context.catalogue.count("site", ""))
    elif context.catalogue.has_period(scope.key):
        yield _output(scope.key)


def _plan_within(context: PlanContext, period: str, older: int, all_: int) -> Iterator[Output]:
    """Propose a period and its parts; `older` of `all_` articles come before it."""
    yield _output(period, older / max(1, all_))
    if len(period) < _DAY_LENGTH:
        for part, count in context.catalogue.periods(period):
            yield from _plan_within(context, part, older, all_)
            older += count


def _output(period: str, order: float = 1.0) -> Output:
    return Output(
        output_path(archive_path(period)),
        ARCHIVE.name,
        Scope.period(period),
        PeriodParams(period),
        f"the archive of {period or 'all years'}",
        order,
    )


def render(params: PeriodParams, renderer: Renderer) -> bytes:
    """Render the parts of a period, or the articles of a day."""
    site, ask = renderer.site, renderer.recorder.ask
    value = params.period
    level = _LEVELS[len(value)]
    cards: tuple[Card, ...] = ()
    periods: tuple[Period, ...] = ()
    if level == "day":
        cards = ask(LISTING_PAGE, taxonomy="day", slug=value, first=0, count=None)
    else:
        parts = ask(PERIODS, within=value)
        periods = tuple(_period(site, part, count) for part, count in parts)
    older, newer = ask(PERIODS_BESIDE, period=value) if value else (None, None)
    archive = Archive(
        level=level,
        value=value,
        count=len(cards) or sum(period.count for period in periods),
        periods=periods,
        cards=cards,
        newer=_period(site, newer) if newer else None,
        older=_period(site, older) if older else None,
    )
    words = renderer.words(site.language)
    title = (
        f"{words('archive')}: {format_period(value, site.language)}" if value else words("archive")
    )
    kind = "archive" if level == "all" else f"archive-{level}"
    view = site_page(site, kind, archive_path(value), title=title)
    return renderer.page(["archive.html"], view, archive=archive)


def _period(site: Site, value: str, count: int = 0) -> Period:
    return Period(value, count, site.href(archive_path(value)))


ARCHIVE = OutputKind("archive", ("period",), plan, PeriodParams, render, Turn.PAGE)
