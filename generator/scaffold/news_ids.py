"""Which News IDs a portal has given, and the next free one."""

from __future__ import annotations

import re
from dataclasses import dataclass
from pathlib import Path

from generator.errors import ConfigError
from generator.model.site import Site
from generator.parse.front_matter.news_id import written_news_id
from generator.pipeline.explain import last_build
from generator.pipeline.state import state_name
from generator.plan.published_urls import recorded_news_ids
from generator.scan.scanner import scan

# Longer numbers are no count of articles.
_COUNTED = re.compile("[0-9]{1,18}")


@dataclass(frozen=True, slots=True)
class NewsIds:
    """The News IDs of a portal.

    `changed` has those of articles that the last build did not see as they are, by the source;
    `highest` is the highest number among all. `unchanged` are the folders whose articles the last
    build knows.
    """

    changed: dict[str, str]
    unchanged: frozenset[str]
    highest: int

    @property
    def next(self) -> str:
        """The next free News ID, a number."""
        return str(self.highest + 1)


def state_of(root: Path) -> Path:
    """Return the state folder of a portal's usual output."""
    return root / ".broadsheet" / state_name(root, root / "output")


def news_ids(root: Path, site: Site) -> NewsIds:
    """Return the News IDs under content/.

    Of folders as the last build saw them its record is asked.

    Numbers in the record of published URLs count too, as their stories may be gone.
    """
    root = root.resolve()
    known, highest = _last_build(root)
    found = scan(root, known)
    changed = {
        source.path: written_news_id(root / source.path)
        for folder in found.changed
        for source in folder.files
        if source.kind == "article"
    }
    numbers = [*map(_number, changed.values()), *map(_number, recorded_news_ids(root, site))]
    unchanged = found.standing - {folder.path for folder in found.changed}
    return NewsIds(changed, frozenset(unchanged), max([highest, *numbers]))


def _last_build(root: Path) -> tuple[dict[str, bytes], int]:
    """The signatures of folders, and the highest News ID in them, as the last build had them."""
    try:
        with last_build(state_of(root)) as record:
            return record.folders(), record.highest_news_id()
    except ConfigError:
        return {}, 0


def _number(news_id: str) -> int:
    return int(news_id) if _COUNTED.fullmatch(news_id) else 0
