"""What `explain` says of a source without a page: why, and when it will have one."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, datetime

from generator.commands.left_out import clock_time
from generator.index.source_status import SourceStatus
from generator.model.site import Site
from generator.model.timestamp import timestamp_at


def absence(path: str, status: SourceStatus, site: Site, line: int) -> Iterator[str]:
    """Yield lines that say why a source has no page; `line` is that of its key `draft`, or 0."""
    now = datetime.now(UTC)
    moment = ""
    if status.at is not None:
        moment = clock_time(timestamp_at(status.at).astimezone(site.zone), now)
    if status.kind == "draft":
        yield f"{path} is a draft, so it has no page."
        at = f" (line {line})" if line else ""
        yield f"To publish it, remove 'draft: true'{at} and build."
        if moment:
            yield f"Even then, it appears at {moment}, which is its date."
        yield "To see it before: broadsheet serve --drafts"
    elif status.kind == "scheduled":
        yield f"{path} has no page until {moment}."
        yield "It appears with the first build after that; 'broadsheet serve' builds by itself."
        yield "To publish it now, set an earlier 'publish_at' or 'date'."
    elif status.kind == "expired":
        yield f"{path} has no page, as it expired at {moment}."
        yield "To show it again, change or remove 'expires'."
    elif status.kind == "refused":
        yield f"{path} is not published: it {status.reason}."
    elif status.kind == "unused":
        yield f"{path} is not published, as no story, page or author shows it."
    else:
        yield f"{path} has no page of its own."
