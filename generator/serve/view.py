"""What the author looks at: the portal as at a moment, with drafts or without."""

from __future__ import annotations

import json
from dataclasses import dataclass, replace
from datetime import datetime, tzinfo
from typing import Any

from generator.validation.timestamps import InvalidTimestampError, timestamp_of

_KEYS = ("now", "drafts")


class ViewError(ValueError):
    """A request asks for a view that there can't be; the message is for its author."""


@dataclass(frozen=True, slots=True)
class View:
    """`now` is the moment at which the portal is shown, None for the time of each build."""

    now: datetime | None = None
    drafts: bool = False

    @property
    def is_plain(self) -> bool:
        """Whether the portal is shown as readers see it at present."""
        return self.now is None and not self.drafts

    def local(self, zone: tzinfo) -> str:
        """Return the moment on the portal's clocks, as in `2024-01-20T18:00`; empty for now."""
        if self.now is None:
            return ""
        here = self.now.astimezone(zone) if self.now.tzinfo else self.now
        plain = here.replace(tzinfo=None, microsecond=0)
        return plain.isoformat(timespec="seconds" if plain.second else "minutes")

    def as_json(self, zone: tzinfo) -> dict[str, Any]:
        """Return the values for the browser."""
        return {"now": self.local(zone) or None, "drafts": self.drafts}


def changed(view: View, body: bytes, zone: tzinfo) -> View:
    """Return the view that a request asks for: JSON with `now`, `drafts` or both.

    `now` is null, or a date or time, which is in `zone` if it has no offset. Raises `ViewError`.
    """
    try:
        asked = json.loads(body)
    except (ValueError, RecursionError):
        raise ViewError('expected JSON such as {"now": "2024-01-20T18:00"}') from None
    if not isinstance(asked, dict) or not asked or not asked.keys() <= {*_KEYS}:
        raise ViewError("expected 'now', 'drafts' or both, and nothing else")
    if "drafts" in asked:
        if not isinstance(asked["drafts"], bool):
            raise ViewError("'drafts' must be true or false")
        view = replace(view, drafts=asked["drafts"])
    if "now" in asked:
        view = replace(view, now=_moment(asked["now"], zone))
    return view


def _moment(written: object, zone: tzinfo) -> datetime | None:
    if written is None:
        return None
    if not isinstance(written, str) or not written.strip():
        raise ViewError("the time must be a date or time such as 2024-01-20T18:00")
    try:
        return timestamp_of(written, zone).at
    except InvalidTimestampError as error:
        hint = f" ({error.hint})" if error.hint else ""
        raise ViewError(f"the time {error}{hint}") from None
