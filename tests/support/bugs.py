"""Bugs planted into Broadsheet, as no input is known that makes it fail in these places."""

from __future__ import annotations

import os
from collections.abc import Callable
from pathlib import Path
from typing import Any

from generator.config import loader
from generator.index import article_row, writer
from generator.outputs import article
from generator.parse.front_matter import article as front_matter
from generator.plan import planner
from generator.render import page_meta

BUG = "A bug"
# What a process runs when it starts (https://docs.python.org/3/library/site.html).
_CUSTOMIZE = "from {0} import {1}; {1}(setattr)\n"

Set = Callable[[Any, str, Any], None]
Place = Callable[[Set], None]


def in_reading(put: Set) -> None:
    """Articles with the title `BUG` can't be read."""
    read = front_matter.read_front_matter

    def fail(document: Any, site: Any, problems: Any) -> Any:
        found = read(document, site, problems)
        return BUG[99] if found and found.title == BUG else found

    put(front_matter, "read_front_matter", fail)


def in_rendering(put: Set) -> None:
    """Articles with the title `BUG` can't be shown."""
    make = page_meta.article_page

    def fail(site: Any, shown: Any) -> Any:
        return BUG[99] if shown.title == BUG else make(site, shown)

    put(article, "article_page", fail)


def in_building(put: Set) -> None:
    """No build gets further than its plan."""

    def fail(*_: Any) -> Any:
        raise KeyError("plan")

    put(planner, "propose", fail)


def in_settings(put: Set) -> None:
    """No site.toml can be read."""

    def fail(*_: Any) -> Any:
        raise KeyError("sections")

    put(loader, "sections_of", fail)


def in_indexing(put: Set) -> None:
    """Articles with the title `BUG` can't be put into the index."""
    write = article_row.article_row

    def fail(site: Any, path: str, front: Any) -> Any:
        return 1 // 0 if front.title == BUG else write(site, path, front)

    put(writer, "article_row", fail)


def deadly(put: Set) -> None:
    """The process dies that reads an article with the title `BUG`."""
    read = front_matter.read_front_matter

    def die(document: Any, site: Any, problems: Any) -> Any:
        found = read(document, site, problems)
        if found and found.title == BUG:
            os.kill(os.getpid(), 9)
        return found

    put(front_matter, "read_front_matter", die)


def environment_with(bug: Callable[[Set], None], folder: Path) -> dict[str, str]:
    """Variables under which every process that starts has a bug; `folder` is for a file."""
    folder.mkdir()
    (folder / "sitecustomize.py").write_text(_CUSTOMIZE.format(bug.__module__, bug.__name__))
    repository = Path(__file__).resolve().parents[2]
    return {"PYTHONPATH": f"{folder}{os.pathsep}{repository}"}
