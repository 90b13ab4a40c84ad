"""What templates get, as they see it themselves, and how the manual writes it."""

from __future__ import annotations

import inspect
import re
import types
import typing
from collections.abc import Callable, Collection, Mapping
from dataclasses import fields, is_dataclass
from datetime import datetime
from typing import Any

from generator.model import article, output, page, site, taxonomy, timestamp
from tests.support.portal import Portal, run, story

VALUES: Mapping[type, str] = {
    site.Site: "Site",
    site.Section: "Section",
    site.Publisher: "Publisher",
    site.Comments: "Comments settings",
    taxonomy.Taxonomy: "Taxonomy",
    output.PageView: "Page",
    output.FeedLink: "Feed",
    article.Card: "Story",
    article.Article: "Article",
    article.Image: "Picture",
    timestamp.Timestamp: "Moment",
    article.AuthorRef: "Author",
    taxonomy.SourceCredit: "Source",
    taxonomy.TermRef: "Tag",
    output.Term: "Term",
    article.Correction: "Correction",
    article.Retraction: "Retraction",
    article.Heading: "Heading",
    output.Neighbours: "Neighbours",
    output.Listing: "Listing",
    output.Pager: "Pager",
    output.OverviewLink: "Overview",
    output.Archive: "Archive",
    output.Period: "Period",
    page.PageEntry: "Menu entry",
    page.Page: "Document",
    page.AuthorProfile: "Profile",
    page.ProfileLink: "Link",
    output.Thread: "Thread",
}
"""The classes of what templates get, with the headings of the manual."""

_MODULES = (article, output, page, site, taxonomy, timestamp)
_PLAIN = {
    str: "text",
    int: "number",
    bool: "true or false",
    datetime: "Python's `datetime`",
    typing.Any: "anything",
    site.Outputs: "settings",
    site.Markup: "settings",
    site.Checks: "settings",
    site.Editor: "settings",
}
# Every name that a template knows, with the class of its value.
_SEEN = """\
[[{name}:{{% set all = self._TemplateReference__context.parent %}}{{% for each in all %}}\
 {{{{ each }}}}={{{{ all[each].__class__.__name__ }}}}{{% endfor %}}]]
{more}
"""
_PAGES = {
    "front.html": '{{ fragment("fragments/NAME.html", word="a") }}',
    "article.html": "{{ body(article) }}{{ comments(article) }}",
    "page.html": "{{ body(document) }}",
    "author.html": "{{ biography(listing.profile) }}",
    "feed_content.html": '{{ body(article, target="feed") }}',
} | dict.fromkeys(
    (
        *("retracted.html", "listing.html", "section.html", "tag.html", "source.html"),
        *("series.html", "terms.html", "archive.html", "redirect.html", "404.html"),
    ),
    "",
)
_PARTS = (
    *("fragments/NAME.html", "shortcodes/NAME.html", "shortcodes/NAME.feed.html"),
    "comments/isso.html",
)
_SETTINGS = """\
[comments]
provider = "isso"
url = "https://comments.example/"

[[taxonomies]]
key = "people"
title = "People"
singular = "person"
"""
_CALL = "{{< NAME a b=c >}}inside{{< /NAME >}}"

_REPORT = re.compile(r"\[\[([^\s\[]+): (.*?)\]\]")

Seen = dict[str, dict[str, set[str]]]


def seen_names(portal: Portal) -> Seen:
    """The names that each template sees, each with the classes of its values.

    The kinds of pages are under `page.kind`.
    """
    portal.settings(_SETTINGS)
    portal.stories(
        story(1, "people: [Ada]\ntags: [a]\nseries: S\nauthors: [ada]", body=_CALL),
        story(2, "retracted: {date: 2024-01-21, reason: Wrong.}\naliases: [/old/]"),
    )
    portal.write(
        {
            "content/pages/about.md": f"---\ntitle: About\n---\n\n{_CALL}\n",
            "content/authors/ada.md": f"---\nname: Ada\n---\n\n{_CALL}\n",
        }
    )
    kind = "[[page.kind: {{ page.kind }}=str]]"
    for name, more in _PAGES.items():
        portal.write({f"templates/{name}": _SEEN.format(name=name, more=kind + more)})
    for name in (*_PARTS, "archetypes/NAME.md"):
        portal.write({f"templates/{name}": _SEEN.format(name=name, more="")})
    portal.built()
    assert run("new", "--root", portal.root, "--archetype", "NAME", "A headline").code == 0
    made = [path.read_bytes() for path in portal.root.glob("content/articles/**/*.md")]
    seen: Seen = {}
    for data in (*portal.tree().values(), *made):
        for found in _REPORT.finditer(data.decode("utf-8", "replace")):
            names = seen.setdefault(found[1], {})
            for name, kind in (pair.split("=") for pair in found[2].split()):
                names.setdefault(name, set()).add(kind)
    return seen


def members(kind: type, left_out: Collection[str] = ()) -> dict[str, str]:
    """The fields and properties of a class, with their types in the manual's words."""
    names = {name: value for module in _MODULES for name, value in vars(module).items()}
    hints = typing.get_type_hints(kind, names)
    own = {key.name: hints[key.name] for key in fields(kind)} if is_dataclass(kind) else {}
    for name, member in inspect.getmembers(kind, lambda each: isinstance(each, property)):
        own[name] = typing.get_type_hints(member.fget, names)["return"]
    return {name: words(hint) for name, hint in own.items() if name not in left_out}


def words(hint: Any) -> str:
    """A type in the manual's words."""
    if hint in _PLAIN:
        return _PLAIN[hint]
    if hint in VALUES:
        return VALUES[hint].lower()
    origin, inner = typing.get_origin(hint), typing.get_args(hint)
    if origin is typing.Literal:
        return "text"
    if origin is tuple:
        return f"list of {words(inner[0])}"
    if origin is Mapping:
        return f"mapping of {words(inner[0])} to {words(inner[1])}"
    assert origin is types.UnionType or origin is typing.Union, hint
    return f"{words(inner[0])}, or none"


def call_of(name: str, function: Callable[..., Any], *, skip: int = 0) -> str:
    """How a function is called, as in `latest(limit, section=none, …)`."""
    parameters = list(inspect.signature(function).parameters.values())[skip:]
    return f"{name}({', '.join(map(_argument, parameters))})" if parameters or not skip else name


def _argument(parameter: inspect.Parameter) -> str:
    if parameter.kind is inspect.Parameter.VAR_KEYWORD:
        return "…"
    if parameter.default is inspect.Parameter.empty:
        return parameter.name
    if parameter.default is None:
        return f"{parameter.name}=none"
    if isinstance(parameter.default, str):
        return f'{parameter.name}="{parameter.default}"'
    plain = isinstance(parameter.default, int | tuple)
    return f"{parameter.name}={parameter.default if plain else '…'}"
