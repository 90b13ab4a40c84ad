"""The table `[check]` of site.toml: what `check` warns of."""

from __future__ import annotations

from typing import Final, cast, get_args

from generator.model.rules import LONGEST_HEADLINE, Level, Rule
from generator.model.site import Checks
from generator.validation.fields import Fields

LEVELS: Final[tuple[str, ...]] = get_args(Level)
MOST_CHARACTERS: Final = 1000


def checks_of(fields: Fields) -> Checks:
    """Return the level of each rule that has one, and the limits of rules."""
    table = fields.mapping("check")
    if table is None:
        return Checks()
    levels = {rule: table.choice(rule, LEVELS, "warning") for rule in Rule}
    longest = table.integer(
        "longest_headline", LONGEST_HEADLINE, minimum=1, maximum=MOST_CHARACTERS
    )
    table.finish()
    chosen = {str(rule): cast(Level, level) for rule, level in levels.items() if level != "warning"}
    return Checks(chosen, longest)
