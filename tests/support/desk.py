"""A newsroom's desk: a small portal that uses everything, as plain values, and edits to it.

An edit is a name and two numbers that choose what it is done to and how, so that any list of edits
can be played on any content. Some leave faults behind, as newsrooms do: two stories of one News ID,
a link to a story that is gone, two pages with one URL.
"""

from __future__ import annotations

import os
from collections.abc import Callable, Iterable, Mapping, Sequence
from copy import deepcopy
from dataclasses import dataclass, field
from functools import cache, partial
from pathlib import Path

from tests.support.fixtures import picture
from tests.support.portal import REPOSITORY

Story = dict[str, str]
Edit = tuple[str, int, int]

STORY_KEYS: dict[str, Sequence[str | None]] = {
    "title": ("Talks resume", "Talks fail", "'Rain & snow: \"heavy\"'", "محادثات"),
    "date": (
        "2024-01-10",
        "2024-01-10T06:00:00Z",
        "2024-01-10T06:00:00Z",
        "2023-12-31T23:00:00Z",
        "2024-01-31T06:00:00Z",
        "2024-02-03T06:00:00Z",
    ),
    "section": (None, "world", "culture"),
    "tags": (None, "[Iran]", "[IRAN, Peru]", "[Peru, Chess]", "[Iran, Peru, Secret]"),
    "authors": (None, "[leila]", "[Leila Karimi]", "[Omid, leila]", "[Sam]", "[omid]"),
    "series": (None, "Rivers", "rivers"),
    "source": (None, "AP", "{name: AP, url: 'https://ap.example/'}", "Reuters"),
    "image": (None, "hill.png", "{src: hill.png, alt: A hill, credit: Sam}", "map.png"),
    "slug": (None, "a-slug", "b-slug"),
    "kind": (None, "opinion", "live", "sponsored"),
    "lang": (None, "de", "fa"),
    "draft": (None, "true"),
    "publish_at": (None, "2024-02-02T00:00:00Z", "2024-02-04T00:00:00Z"),
    "expires": (None, "2024-02-02T12:00:00Z", "2024-02-05T00:00:00Z"),
    "pinned": (None, "true", "2024-02-02T06:00:00Z"),
    "breaking": (None, "true", "2024-02-03T12:00:00Z"),
    "updated": (None, "2024-01-31T09:00:00Z", "2024-02-01T09:00:00Z"),
    "standfirst": (None, "In short.", "In other words."),
    "kicker": (None, "Talks"),
    "dateline": (None, "TEHRAN"),
    "corrections": (None, "[{date: 2024-01-31, text: Wrong.}]"),
    "retracted": (None, "{date: 2024-01-31, reason: Untrue.}"),
    "aliases": (None, "[/old/]", "[/older/, /world/1/moved/]", "[/about/]"),
    "feed": (None, "false"),
    "index": (None, "false"),
    "comments": (None, "false"),
    "layout": (None, "longread.html"),
    "extra": (None, "{mood: calm}"),
}
BODIES = (
    "The text.",
    "Another text, *longer*.\n\n## A heading\n\nAnd more.",
    "See [it](news:{other}).",
    "{{{{< related {other} >}}}}",
    "{{{{< figure hill.png alt=Hill >}}}}",
    "{{{{< figure map.png alt=Map >}}}}",
    '{{{{< youtube dQw4w9WgXcQ title="A film" >}}}}',
    "{{{{< box >}}}}Inside.{{{{< /box >}}}}",
    "![A map](map.png) and [about us]({up}pages/about.md)",
    "A [report](report.pdf).",
)


def profile(name: str, more: str = "", text: str = "A reporter.") -> str:
    return f"---\nname: {name}\n{more}\n---\n\n{text}\n"


def page(title: str, more: str = "", text: str = "Who we are.") -> str:
    return f"---\ntitle: {title}\n{more}\n---\n\n{text}\n"


@cache
def default(name: str, before: str, after: str) -> str:
    """A file of the default theme with other words."""
    text = (REPOSITORY / "templates" / name).read_text("utf-8")
    assert before in text, name
    return text.replace(before, after)


ASKING = """{% extends "!404.html" %}{% block main %}
{% for each in latest(2, section="culture", tag="iran") + latest(2, author="leila")
    + latest(2, source="ap", kind="opinion") + latest(2, tag="peru", lang="en", exclude=["1"]) %}
<i>{{ each.title }}</i>{% endfor %}
{% for term in terms("tags", 2, order="count") + terms("authors", order="latest")
    + terms("sources") + terms("series") %}<b>{{ term.name }} {{ term.count }}</b>{% endfor %}
{{ article("2").title if article("2") }} {{ site.extra.motto }}
{% endblock %}"""

# The files that come and go, each in its forms; None is for no file.
FILES: dict[str, Sequence[str | bytes | None]] = {
    "content/media/hill.png": (
        picture(),
        picture(colour="red"),
        picture(60, 20),
        None,
    ),
    "content/articles/hill.png": (None, picture(12, 12), picture(14, 12)),
    "content/articles/2024/map.png": (None, picture(9, 9)),
    "content/media/map.png": (picture(30, 30), None, picture(30, 31)),
    "content/media/report.pdf": (b"%PDF-1", b"%PDF-2", None),
    "content/static/humans.txt": ("Humans.\n", "People.\n", None),
    "content/static/about": (None, "in the way\n"),
    "content/static/old/index.html": (None, "mine"),
    "content/authors/leila.md": (
        profile("Leila Karimi", "image: hill.png"),
        profile("L. Karimi", "role: Editor\nimage: map.png"),
        profile("Leila Karimi", "aliases: [/leila/]", "An editor."),
        None,
        profile("Omid"),
    ),
    "content/authors/omid.md": (None, profile("Omid"), profile("Sam"), profile("Leila Karimi")),
    "content/authors/a-sam.md": (None, profile("Sam"), profile("Omid"), profile("Leila Karimi")),
    "content/pages/about.md": (
        page("About", text="[x](news:1) ![h](hill.png)"),
        page("About us", "weight: 9"),
        page("About", "draft: true"),
        page("About", "menu: false"),
        None,
    ),
    "content/pages/team.md": (
        None,
        page("Team", "slug: people\naliases: [/team/]"),
        page("The team", text="[about](about.md)"),
    ),
    "templates/404.html": (ASKING, None, ASKING.replace("<i>", "<em>").replace("</i>", "</em>")),
    "templates/longread.html": (
        '{% extends "article.html" %}{% block body_end %}<p>Long.</p>{% endblock %}',
        '{% extends "article.html" %}',
        None,
    ),
    "templates/tag.html": (None, '{% extends "listing.html" %}'),
    "templates/partials/dateline.html": (None, "<b>own</b>{{ body(article) }}"),
    "templates/fragments/card.html": (
        None,
        default("fragments/card.html", 'class="card ', 'class="ours card '),
    ),
    "templates/shortcodes/box.html": ("<div>{{ inner }}</div>", "<aside>{{ inner }}</aside>", None),
    "templates/shortcodes/box.feed.html": (None, "<p>{{ inner }}</p>"),
    "templates/shortcodes/youtube.html": (None, "<p>A film.</p>"),
    "templates/i18n/en.toml": (None, default("i18n/en.toml", "Older stories", "Earlier")),
    "templates/assets/css/broadsheet.css": (None, "body { color: red }\n"),
    "templates/assets/js/clock.js": (None, "tick();", "tock();"),
    "templates/archive.html": (None, "{{ nothing.of.the.kind }}"),
}

SITE_KEYS: dict[str, Sequence[str | None]] = {
    "title": ('"The Courier"', '"The New Courier"'),
    "base_url": ('"https://news.example"', '"https://news.example/daily/"'),
    "per_page": ("2", "3"),
    "description": (None, '"Daily."'),
    "language": (None, '"de"'),
    "timezone": (None, '"Asia/Tehran"'),
    "default_source": ('"The Courier"', '{ name = "Us", url = "https://us.example/" }'),
    "permalink": (None, '"/{year}/{news_id}/{slug}/"', '"/{section}/{slug}/"'),
    "publisher.name": (None, '"Owner"'),
    "publisher.logo": (None, '"map.png"'),
    "outputs.short_links": (None, "false"),
    "outputs.archive": (None, "false"),
    "outputs.authors": (None, "false"),
    "outputs.sources": (None, "false"),
    "outputs.series": (None, "false"),
    "outputs.feeds": (None, "[]"),
    "outputs.feed_items": (None, "2"),
    "markdown.smart_quotes": (None, "true"),
    "markdown.trusted_html": (None, "true"),
    "markdown.unknown_shortcodes": (None, '"drop"', '"text"'),
    "extra.motto": ('"First"', '"Second"', None),
    "sections.culture": ('"Culture"', '"Arts"', None),
    "sections.first": (None, '"World"'),
}


@dataclass(slots=True)
class Desk:
    """What lies under a portal's root, and how it looks there."""

    stories: dict[str, Story] = field(default_factory=dict)
    files: dict[str, str | bytes | None] = field(default_factory=dict)
    site: dict[str, str | None] = field(default_factory=dict)
    last_id: int = 0

    def texts(self) -> dict[str, bytes]:
        """Every file of the portal."""
        found: dict[str, str | bytes] = {path: _text(story) for path, story in self.stories.items()}
        found |= {path: content for path, content in self.files.items() if content is not None}
        found["site.toml"] = _toml(self.site)
        return {
            path: content.encode() if isinstance(content, str) else content
            for path, content in found.items()
        }

    def play(self, edits: Iterable[Edit]) -> None:
        """Do some edits."""
        for name, which, how in edits:
            EDITS[name](self, which, how)

    def copy(self) -> Desk:
        """The same content, to come back to."""
        return deepcopy(self)

    def pick(self, which: int) -> tuple[str, Story] | None:
        """One of the stories."""
        paths = sorted(self.stories)
        return (
            (paths[which % len(paths)], self.stories[paths[which % len(paths)]]) if paths else None
        )


def first_desk() -> Desk:
    """The portal as its days begin."""
    desk = Desk(
        files={path: forms[0] for path, forms in FILES.items()},
        site={key: forms[0] for key, forms in SITE_KEYS.items()},
    )
    for number in range(5):
        _publish(desk, number, number)
    desk.play(
        [
            ("image", 0, 1),
            ("authors", 0, 1),
            ("authors", 2, 3),
            ("series", 1, 1),
            ("tags", 3, 2),
            ("body", 1, 2),
            ("body", 2, 4),
            ("body", 3, 7),
            ("lang", 4, 1),
            ("translation_of", 4, 0),
            ("pinned", 0, 1),
            ("source", 1, 1),
            ("expires", 3, 2),
        ]
    )
    return desk


def put_on_disk(
    texts: Mapping[str, bytes],
    root: Path,
    before: Mapping[str, bytes],
    *,
    keep_times: bool = False,
) -> None:
    """Make the files under a root what `texts` says, touching none that is so already.

    With `keep_times` files that change say that they did not.
    """
    gone = {path for path in before if path not in texts}
    for path, content in texts.items():
        if before.get(path) == content:
            continue
        target = root / path
        target.parent.mkdir(parents=True, exist_ok=True)
        renamed = next((old for old in sorted(gone) if before[old] == content), None)
        if path not in before and renamed:
            gone.discard(renamed)
            os.rename(root / renamed, target)
            continue
        status = target.stat() if path in before and keep_times else None
        target.write_bytes(content)
        if status:
            os.utime(target, ns=(status.st_atime_ns, status.st_mtime_ns))
    for path in gone:
        (root / path).unlink()


def _text(story: Story) -> str:
    front = "".join(f"{key}: {value}\n" for key, value in story.items() if key != "body")
    return f"---\n{front}---\n\n{story['body']}\n"


def _toml(site: Mapping[str, str | None]) -> str:
    tables: dict[str, list[str]] = {"": []}
    for key, value in site.items():
        table, _, name = key.rpartition(".")
        if value is not None and table != "sections":
            tables.setdefault(table, []).append(f"{name} = {value}")
    lines = tables.pop("")
    # Stories move all day.
    tables.setdefault("check", []).append('moved_url = "off"')
    for table, keys in tables.items():
        lines += [f"[{table}]", *keys]
    sections = [("world", '"World"')]
    if culture := site.get("sections.culture"):
        sections.insert(0 if site.get("sections.first") else 1, ("culture", culture))
    for slug, title in sections:
        lines += ["[[sections]]", f'slug = "{slug}"', f"title = {title}"]
    return "\n".join([*lines, ""])


def _publish(desk: Desk, which: int, how: int) -> None:
    desk.last_id += 1
    number = desk.last_id
    folder = ("", "2024/", "2024/01/")[which % 3]
    desk.stories[f"content/articles/{folder}{number}.md"] = {
        "news_id": str(number),
        "title": f"Story {number}",
        "date": str(STORY_KEYS["date"][how % 5]),
        "tags": str(STORY_KEYS["tags"][1 + which % 3]),
        "section": ("world", "world", "culture")[how % 3],
        "body": "The text.",
    }


def _edit_story(key: str, desk: Desk, which: int, how: int) -> None:
    if found := desk.pick(which):
        value = STORY_KEYS[key][how % len(STORY_KEYS[key])]
        if value is None:
            found[1].pop(key, None)
        else:
            found[1][key] = value


def _body(desk: Desk, which: int, how: int) -> None:
    if found := desk.pick(which):
        _, other = desk.pick(how // len(BODIES) + which + 1) or found
        up = "../" * (found[0].count("/") - 1)
        found[1]["body"] = BODIES[how % len(BODIES)].format(other=other["news_id"], up=up)


def _name_other(key: str, form: str, desk: Desk, which: int, how: int) -> None:
    """Name another story's News ID, or no longer."""
    if found := desk.pick(which):
        _, other = desk.pick(how // 3 + which + 1) or found
        if how % 3 == 2:
            found[1].pop(key, None)
        else:
            found[1][key] = form.format(other["news_id"])


def _delete(desk: Desk, which: int, how: int) -> None:
    if found := desk.pick(which):
        del desk.stories[found[0]]


def _rename(desk: Desk, which: int, how: int) -> None:
    if found := desk.pick(which):
        folder, name = ("", "2024/", "deep/er/")[how % 3], found[0].rpartition("/")[2]
        del desk.stories[found[0]]
        desk.stories[f"content/articles/{folder}{'' if how % 2 else 'r'}{name}"] = found[1]


def _swap(key: str, desk: Desk, which: int, how: int) -> None:
    """Two stories exchange a key."""
    if (one := desk.pick(which)) and (other := desk.pick(which + 1 + how)):
        one[1][key], other[1][key] = other[1][key], one[1][key]


def _reuse(desk: Desk, which: int, how: int) -> None:
    """A story takes the News ID of another one: a fault, unless that one goes."""
    if (one := desk.pick(which)) and (other := desk.pick(which + 1 + how)) and one != other:
        one[1]["news_id"] = other[1]["news_id"]
        if how % 2:
            desk.stories.pop(other[0], None)


def _edit_file(path: str, desk: Desk, which: int, how: int) -> None:
    desk.files[path] = FILES[path][how % len(FILES[path])]


def _edit_site(key: str, desk: Desk, which: int, how: int) -> None:
    desk.site[key] = SITE_KEYS[key][how % len(SITE_KEYS[key])]


EDITS: dict[str, Callable[[Desk, int, int], None]] = {
    "publish": _publish,
    "delete": _delete,
    "rename": _rename,
    "body": _body,
    "swap News IDs": partial(_swap, "news_id"),
    "swap texts": partial(_swap, "body"),
    "swap dates": partial(_swap, "date"),
    "reuse a News ID": _reuse,
    "related": partial(_name_other, "related", "[{}]"),
    "translation_of": partial(_name_other, "translation_of", "{}"),
    **{key: partial(_edit_story, key) for key in STORY_KEYS},
    **{path: partial(_edit_file, path) for path in FILES},
    **{key: partial(_edit_site, key) for key in SITE_KEYS if key not in STORY_KEYS},
    "site title": partial(_edit_site, "title"),
}
