"""What the preview panel says of a page: why and from what it was built, and with what warnings."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import Any

from generator.errors import ConfigError, Problem
from generator.index.inspect import Inspector, KnownOutput, NotLive
from generator.model.paths import TEMPLATES
from generator.model.permalink import encode_path
from generator.model.timestamp import timestamp_at
from generator.pipeline.explain import last_build
from generator.serve.editor import link_to
from generator.serve.shown_problems import ShownProblem, shown
from generator.serve.version import Version
from generator.theme.theme import Theme

_MOST_WARNINGS = 50
_TOTAL = "total"


@dataclass(frozen=True, slots=True)
class Desk:
    """What the panel is about: a portal, the state of its last build, and what is shown of it."""

    root: Path
    state: Path
    version: Version


def page_report(desk: Desk, address: str) -> dict[str, Any]:
    """Return the values that the panel shows for the page at a URL."""
    version = desk.version
    output, templates = _output(desk, address)
    source = output.owner if output and (desk.root / output.owner).is_file() else ""
    found = [each for each in version.report.warnings if source and each.path == source]
    return {
        "page": _page(output, version) if output else None,
        "source": _file(desk, source, desk.root / source) if source else None,
        "templates": [_file(desk, name, file) for name, file in templates],
        "build": _build(version),
        "warnings": {
            "page": _listed(desk, found),
            "build": _listed(desk, version.report.warnings),
        },
        "site": {"address": version.settings.address, "timezone": version.settings.timezone},
        "view": version.view.as_json(version.settings.zone),
    }


def marks(desk: Desk, now: datetime) -> dict[str, str]:
    """Return the marks of pages that readers would not see at present, by their addresses."""
    try:
        with last_build(desk.state) as inspector:
            found = inspector.not_live_at(int(now.timestamp()))
    except ConfigError:
        return {}
    base = desk.version.base_path
    return {base + encode_path(each.permalink): _mark(each, now, desk.version) for each in found}


def _mark(page: NotLive, now: datetime, version: Version) -> str:
    words = ["draft"] if page.draft else []
    if page.live_from is not None and page.live_from > now.timestamp():
        words.append(f"scheduled for {_local(page.live_from, version)}")
    if page.live_until is not None and page.live_until <= now.timestamp():
        words.append(f"expired on {_local(page.live_until, version)}")
    return ", ".join(words).capitalize()


def _local(seconds: int, version: Version) -> str:
    return f"{timestamp_at(seconds).astimezone(version.settings.zone):%Y-%m-%d %H:%M}"


def _output(desk: Desk, address: str) -> tuple[KnownOutput | None, list[tuple[str, Path]]]:
    """Return the output at a URL, and the templates of the portal that it was made with."""
    file = desk.version.file_at(address)
    if file is None:
        return None, []
    path = file.relative_to(desk.version.folder.resolve()).as_posix()
    try:
        with last_build(desk.state) as inspector:
            output = inspector.output(path)
            return output, list(_templates(desk, output, inspector)) if output else []
    except ConfigError:
        return None, []


def _templates(desk: Desk, output: KnownOutput, inspector: Inspector) -> Iterator[tuple[str, Path]]:
    theme = Theme.of(desk.root)
    for name in inspector.reads(output).files:
        file = theme.find(name) if name.endswith(".html") else None
        if file and (desk.root / TEMPLATES).resolve() in file.parents:
            yield f"{TEMPLATES}/{name}", file


def _page(output: KnownOutput, version: Version) -> dict[str, Any]:
    rendered = None if output.rendered is None else _local(output.rendered, version)
    return {
        "file": output.path,
        "kind": output.kind,
        "owner": output.owner,
        "reason": output.reason,
        "rendered": rendered,
    }


def _build(version: Version) -> dict[str, Any]:
    report = version.report
    return {
        "failed": bool(version.problems),
        "seconds": report.seconds.get(_TOTAL),
        "rendered": report.outputs.rendered,
        "written": report.outputs.written,
    }


def _file(desk: Desk, name: str, file: Path) -> dict[str, str]:
    link = link_to(desk.version.settings.editor, file)
    return {"name": name, "file": str(file), "link": link}


def _listed(desk: Desk, problems: Iterable[Problem]) -> list[dict[str, str]]:
    first = list(problems)[:_MOST_WARNINGS]
    return [_said(each) for each in shown(first, desk.root, desk.version.settings.editor)]


def _said(each: ShownProblem) -> dict[str, str]:
    return {"text": str(each.problem), "file": each.file, "link": each.link}
