"""Words for Problems: the name of a key, what was found, the nearest valid choice.

What was found may be megabytes or deeply nested, so it is named by its kind or truncated.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable
from datetime import date, datetime, time
from difflib import get_close_matches

from generator.validation.positions import Keys

SHOWN_CHARACTERS = 40
LISTED_CHOICES = 12
# Looking for a near choice is quadratic in the length of what was found.
COMPARED_CHARACTERS = 80
NEAR = 0.6
PLAIN_DIGITS = 18
_KINDS: dict[type, str] = {
    int: "the number {}",
    float: "the number {}",
    datetime: "the timestamp {}",
    date: "the date {}",
    time: "the time {}",
    list: "a list",
    dict: "a mapping",
}


def quoted(text: str) -> str:
    """Return text in quotes, on one line, cut short."""
    cut = text if len(text) <= SHOWN_CHARACTERS else text[: SHOWN_CHARACTERS - 1] + "…"
    return "'" + "".join(c if c.isprintable() else f"\\u{ord(c):04x}" for c in cut) + "'"


def described(found: object) -> str:
    """Return what was found, for the end of a sentence."""
    if isinstance(found, str):
        return quoted(found) if found else "an empty text"
    if isinstance(found, bool) or found is None:
        return {None: "nothing", True: "true", False: "false"}[found]
    if isinstance(found, int) and abs(found) >= 10**PLAIN_DIGITS:
        return "a very large number"
    for kind, words in _KINDS.items():
        if isinstance(found, kind):
            return words.format(found)
    return f"a {type(found).__name__}"


def named(keys: Keys) -> str:
    """What a value is called: its keys in quotes, and 'an item of' in front for a list's item."""
    name = "'" + ".".join(str(key) for key in keys if not isinstance(key, int)) + "'"
    return f"an item of {name}" if keys and isinstance(keys[-1], int) else name


def nearest(found: str, choices: Iterable[str]) -> str:
    """Return a hint that names the nearest valid choice, whatever its case, or nothing."""
    if len(found) > COMPARED_CHARACTERS:
        return ""
    folded = {choice.casefold(): choice for choice in choices}
    near = get_close_matches(found.casefold(), folded, n=1, cutoff=NEAR)
    return f"did you mean '{folded[near[0]]}'?" if near else ""


def one_of(choices: Collection[str]) -> str:
    """Return the valid choices as a list in words, or a count where there are too many."""
    if len(choices) > LISTED_CHOICES:
        return f"one of {len(choices)} known values"
    *others, last = choices
    return f"one of {', '.join(others)} or {last}" if others else f"'{last}'"
