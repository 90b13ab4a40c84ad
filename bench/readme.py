"""Keeps the last results in a page that people write: between two comments, and nowhere else."""

from __future__ import annotations

from pathlib import Path

BEGIN = "<!-- timings: written by make bench -->"
END = "<!-- end of timings -->"


class NoPlace(Exception):
    """The page has no place for the results; the message says what is missing."""


def show(page: Path, text: str) -> None:
    """Put the text between the page's two comments. Raises `NoPlace`."""
    page.write_text(between(page.read_text("utf-8"), text, page.name), "utf-8")


def between(whole: str, text: str, name: str) -> str:
    """The page called `name` with the text between its two comments. Raises `NoPlace`."""
    head, begin, rest = whole.partition(BEGIN)
    _, end, tail = rest.partition(END)
    if not begin or not end:
        raise NoPlace(f"{name} must hold the lines '{BEGIN}' and '{END}', in this order")
    return f"{head}{BEGIN}\n\n{text.strip()}\n\n{END}{tail}"
