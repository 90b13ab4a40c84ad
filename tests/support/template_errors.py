"""Many broken templates in one build: each is the layout of a story of its own."""

from __future__ import annotations

from collections.abc import Mapping

from tests.support.portal import Portal, story


def errors_of(portal: Portal, templates: Mapping[str, str]) -> dict[str, str]:
    """What a build says of each template, without its path; nothing is published."""
    portal.write({f"templates/case-{name}.html": text for name, text in templates.items()})
    for number, name in enumerate(templates, start=1000):
        portal.stories(story(number, f"layout: case-{name}.html\ntags: [Iran]", title=f"T {name}"))
    done = portal.build()
    assert (done.code, portal.output.exists()) == (1, False)
    found: dict[str, str] = {}
    for line in done.errors:
        path, _, rest = line.partition(".html:")
        name = path.removeprefix("templates/case-")
        assert name not in found, line
        found[name] = rest
    return found
