"""Checks what the style sheets of a theme refer to: each file must be among its assets."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from posixpath import dirname, relpath

from generator.errors import Problem
from generator.model.paths import ASSETS_URL, STATIC
from generator.model.rules import Rule
from generator.theme.style_sheets import StyleReference, beside, references_in
from generator.theme.theme import Theme
from generator.validation.decoding import decoded
from generator.validation.located import UnreadableTextError
from generator.validation.messages import nearest, quoted


def style_problems(theme: Theme, root: Path) -> Iterator[Problem]:
    """Yield an error for each `@import` of a file that is missing, and warnings for others."""
    assets = theme.asset_names()
    for name in assets:
        file = theme.find(f"assets/{name}") if name.endswith(".css") else None
        if file is not None:
            yield from _of_sheet(theme.place_of(file, root), name, file, assets, root)
    yield from _circles(theme, root, [name for name in assets if name.endswith(".css")])


def _of_sheet(
    place: str, name: str, file: Path, assets: list[str], root: Path
) -> Iterator[Problem]:
    try:
        text = decoded(file.read_bytes())
    except UnreadableTextError as error:
        found = error.syntax_problem
        yield Problem(place, found.line, found.column, found.message, found.hint)
        return
    for each in references_in(text):
        message, hint = _missing(each, name, assets, root)
        if message:
            position = _position(text, each.start)
            if each.is_import:
                yield Problem(place, *position, message, hint)
            else:
                yield Problem(place, *position, message, hint, "warning", Rule.MISSING_ASSET)


def _missing(
    reference: StyleReference, name: str, assets: list[str], root: Path
) -> tuple[str, str]:
    """Return what is wrong with a reference, and what to do; empty texts if nothing is."""
    path = reference.path
    if not reference.is_relative:
        inside = path.removeprefix(ASSETS_URL)
        if inside == path or (root / STATIC / path.lstrip("/")).is_file():
            return "", ""
        relative = relpath(inside, dirname(name) or ".")
        hint = f"write it as seen from this file: {quoted(relative)}" if inside in assets else ""
        return f"{quoted(path)} leads nowhere, as assets have a hash in their names", hint
    target, stays = beside(name, path)
    if target in assets or not stays:
        return "", ""
    others = [relpath(asset, dirname(name) or ".") for asset in assets if asset != name]
    return f"there is no asset {quoted(path)} as seen from this file", nearest(path, others)


def _circles(theme: Theme, root: Path, sheets: list[str]) -> Iterator[Problem]:
    """Yield an error for each style sheet that refers to itself by way of others."""
    graph = {name: _sheets_of(theme, name) for name in sheets}
    for name in sheets:
        first = next((each for each in graph[name] if _leads_back(graph, each, name)), None)
        file = theme.find(f"assets/{name}")
        if first and file:
            message = f"this style sheet refers to itself by way of {quoted(first)}"
            yield Problem(theme.place_of(file, root), *graph[name][first], message)


def _leads_back(graph: dict[str, dict[str, tuple[int, int]]], start: str, goal: str) -> bool:
    seen, waiting = {start}, [start]
    while waiting:
        current = waiting.pop()
        if goal in graph.get(current, {}):
            return True
        new = [each for each in graph.get(current, {}) if each not in seen]
        seen.update(new)
        waiting += new
    return False


def _sheets_of(theme: Theme, name: str) -> dict[str, tuple[int, int]]:
    """Return the other style sheets that one refers to, each with its position."""
    file = theme.find(f"assets/{name}")
    text = file.read_text("utf-8", "replace") if file else ""
    found: dict[str, tuple[int, int]] = {}
    for each in references_in(text):
        target = beside(name, each.path)[0] if each.is_relative else ""
        if target.endswith(".css") and target != name:
            found.setdefault(target, _position(text, each.start))
    return found


def _position(text: str, at: int) -> tuple[int, int]:
    return text.count("\n", 0, at) + 1, at - text.rfind("\n", 0, at)
