"""Says which templates or macros use each other without end, or are nested too deeply."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence

from generator.render.python_messages import Explanation
from generator.render.template_place import TemplatePlace

# Templates that do so on purpose, such as a tree of menus, end before.
_ENDLESS = 20
_LISTED = 5


def nesting_error(places: Sequence[TemplatePlace]) -> tuple[TemplatePlace, Explanation]:
    """Return the line that begins another round, and what is repeated there."""
    place = places[-1]
    rounds = Counter((each.file, each.line) for each in places)
    if rounds[place.file, place.line] <= _ENDLESS:
        message = f"templates include each other too deeply: this is number {len(places)} in a row"
        return place, Explanation(message)
    again = [file for (file, _), count in rounds.items() if count > _ENDLESS]
    names = [file.name for file in dict.fromkeys(again)]
    if len(names) > 1:
        shown = names[:_LISTED] + ["…"] * (len(names) > _LISTED)
        message = f"templates use each other without end: {' → '.join([*shown, names[0]])}"
        return place, Explanation(message)
    if place.macro:
        message = f"the macro '{place.macro}' calls itself without end"
        return place, Explanation(message, "", place.macro)
    return place, Explanation("the template includes itself without end", "", place.file.name)
