"""Sets keys in the front matter of a text that is not a source yet, and leaves its other lines."""

from __future__ import annotations

import json
import re
from collections.abc import Mapping

from generator.errors import ConfigError, Problem, Problems
from generator.parse.document import Document, Format, read_document

FrontMatterValue = str | bool | tuple[str, ...] | None

_PLAIN = re.compile(r"[^\W\d_][\w .+-]*(?<! )")


def with_keys(text: str, keys: Mapping[str, FrontMatterValue], path: str) -> str:
    """Return a text with these values in its front matter; None takes a key out.

    A key that is not there is put above `draft`, or at the end. Raises `ConfigError`, in which
    `path` is what the text is called.
    """
    for key, value in keys.items():
        text = _with_key(text, key, value, path)
    return text


def _with_key(text: str, key: str, value: FrontMatterValue, path: str) -> str:
    document = _read(text, path)
    lines = text.split("\n")
    starts = _starts(document, path)
    close = document.body_line - 2
    line = [] if value is None else [_line(key, value, document.format)]
    if key in document.values:
        begin = starts[key]
        after = min((start for start in starts.values() if start > begin), default=close)
        while not lines[after - 1].strip() or lines[after - 1].lstrip().startswith("#"):
            after -= 1
    else:
        tables = [start for start in starts.values() if lines[start].lstrip().startswith("[")]
        begin = after = starts.get("draft", min(tables, default=close))
    return "\n".join([*lines[:begin], *line, *lines[after:]])


def _read(text: str, path: str) -> Document:
    problems = Problems()
    document = read_document(path, text.encode(), problems)
    if document is None or problems.errors:
        raise ConfigError(*problems.errors)
    return document


def _starts(document: Document, path: str) -> dict[str, int]:
    """Return the line of each key, counted from 0."""
    positions = document.values.positions
    starts = {key: positions.key((key,))[0] - 1 for key in document.values}
    if len(set(starts.values())) < len(starts):
        message = "the archetype's front matter has two keys on one line"
        raise ConfigError(Problem(path, 0, 0, message, "write each key on a line of its own"))
    return starts


def _line(key: str, value: str | bool | tuple[str, ...], syntax: Format) -> str:
    mark = ": " if syntax == "yaml" else " = "
    return f"{key}{mark}{_written(value, syntax)}"


def _written(value: str | bool | tuple[str, ...], syntax: Format) -> str:
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, tuple):
        return f"[{', '.join(_written(item, syntax) for item in value)}]"
    if syntax == "yaml" and _PLAIN.fullmatch(value) and value != "null":
        return value
    return json.dumps(value, ensure_ascii=False)
