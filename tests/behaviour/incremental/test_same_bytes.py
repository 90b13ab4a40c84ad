"""Incremental is clean, and the same content gives the same bytes wherever it is built."""

from __future__ import annotations

import random
import shutil
from collections.abc import Callable
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from tests.support.fixtures import picture
from tests.support.portal import SITE, Portal, run, story

Edit = Callable[[Portal], None]

RICH = "tags: [Iran, Water]\nauthors: [leila]\nseries: Rivers\nimage: hill.png"
LEILA, HILL = "content/authors/leila.md", "content/media/hill.png"
DATELINE, STYLE = "templates/partials/dateline.html", "templates/assets/css/broadsheet.css"


def begin(portal: Portal) -> None:
    """What the edits below begin with."""
    portal.write(
        {
            HILL: picture(),
            LEILA: "---\nname: Leila Karimi\nimage: hill.png\n---\n\nA reporter.\n",
            "content/pages/about.md": "---\ntitle: About\n---\n\n[x](news:3) [y](../articles/4.md)",
            "content/articles/2.md": story(2, "tags: [Iran]", body="{{< related 3 4 >}}"),
        }
    )
    portal.stories(
        story(1, RICH),
        *(story(number, "tags: [Iran]", date=f"2024-01-0{number}") for number in range(3, 7)),
    )


def write(files: dict[str, str | bytes]) -> Edit:
    return lambda portal: portal.write(files)


def put(news_id: int, more: str = "", **front: str) -> Edit:
    return lambda portal: portal.stories(story(news_id, more, **front))


def drop(*names: str) -> Edit:
    def edit(portal: Portal) -> None:
        for name in names:
            (portal.root / name).unlink(missing_ok=True)

    return edit


def rename(portal: Portal) -> None:
    """Another name for the file of a story changes nothing that readers see."""
    source, target = (portal.root / f"content/articles/{name}.md" for name in ("2", "2024/two"))
    if source.exists():
        target.parent.mkdir(exist_ok=True)
        source.rename(target)


def replace_by_alias(portal: Portal) -> None:
    drop("content/articles/6.md")(portal)
    put(7, "aliases: [/world/6/story-6/]\nkind: opinion")(portal)


def site(more: str = "", first: str = "") -> Edit:
    return lambda portal: portal.settings(more, first=first)


# Each is good in any order.
EDITS: dict[str, Edit] = {
    "a body edited": put(1, RICH, body="Edited. [x](news:3)"),
    "a title edited": put(3, "tags: [Iran]", title="Another headline", date="2024-01-03"),
    "tags edited": put(4, "tags: [IRAN, Fire]", date="2024-01-04"),
    "a date edited": put(5, "tags: [Iran]", date="2023-05-05"),
    "a file renamed": rename,
    "a story replaced by an alias": replace_by_alias,
    "the picture changed": write({HILL: picture(80, 60, colour="green")}),
    "a picture added": put(4, "image: {src: hill.png, alt: A hill}", date="2024-01-04"),
    "the profile renamed": write(
        {LEILA: "---\nname: L. Karimi\nrole: Editor\n---\n\nAn editor.\n"}
    ),
    "the profile gone": drop(LEILA),
    "a retraction": put(5, "retracted: {date: 2024-01-25, reason: False.}", date="2023-05-05"),
    "a correction": put(3, "corrections: [{date: 2024-01-26, text: Wrong.}]", date="2024-01-03"),
    "a pin": put(3, "pinned: true\ntags: [Iran]", date="2024-01-03"),
    "a draft": put(8, "draft: true\ntags: [Secret]"),
    "an embargo": put(9, "publish_at: 2024-03-01\ntags: [Secret]"),
    "another section": put(4, "section: culture", date="2024-01-04"),
    "another publisher": site('[publisher]\nname = "New owner"\n', 'description = "Changed."'),
    "another permalink": site(first='permalink = "/{year}/{news_id}/{slug}/"'),
    "fewer kinds of page": site("[outputs]\narchive = false\nauthors = false\n"),
    "another size of page": write({"site.toml": SITE.replace("per_page = 3", "per_page = 2")}),
    "the settings as before": site(),
    "a template": write({DATELINE: "<b>own</b>{{ body(article) }}"}),
    "the template gone": drop(DATELINE),
    "a style": write({STYLE: "body { color: red }\n"}),
    "a static file": write({"content/static/humans.txt": "Humans.\n"}),
    "a story gone": drop("content/articles/5.md"),
    "the page gone": drop("content/pages/about.md"),
}


def test_after_every_few_of_many_edits_the_output_is_that_of_a_clean_build(
    portal: Portal,
) -> None:
    begin(portal)
    portal.built()
    names = list(EDITS)
    for few in (names[start : start + 3] for start in range(0, len(names), 3)):
        for name in few:
            EDITS[name](portal)
        portal.built()
        assert portal.tree() == portal.clean_tree(), few


@settings(
    max_examples=4,
    suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow],
)
@given(edits=st.lists(st.sampled_from(sorted(EDITS)), min_size=2, max_size=4, unique=True))
def test_after_edits_in_any_order_the_output_is_that_of_a_clean_build(
    tmp_path: Path, edits: list[str]
) -> None:
    shutil.rmtree(tmp_path / "portal", ignore_errors=True)
    portal = Portal(tmp_path / "portal")
    portal.write({"site.toml": SITE})
    begin(portal)
    for name in edits:
        portal.built()
        EDITS[name](portal)
    portal.built()
    assert portal.tree() == portal.clean_tree()


def test_undoing_an_edit_gives_back_every_byte(portal: Portal) -> None:
    begin(portal)
    portal.built()
    before = portal.tree()
    for name in ("a title edited", "a story replaced by an alias", "another permalink"):
        EDITS[name](portal)
        portal.built()
    drop("content/articles/7.md")(portal)
    portal.settings("")
    begin(portal)

    portal.built()

    assert portal.tree() == before


def test_a_source_that_changed_while_a_build_failed_is_read_by_the_next(portal: Portal) -> None:
    begin(portal)
    portal.built()
    put(3, title="Another headline")(portal)
    put(9, "sorce: X")(portal)
    assert portal.build().code == 1
    drop("content/articles/9.md")(portal)
    portal.built()
    assert portal.tree() == portal.clean_tree()


def test_a_year_that_another_story_takes_over_knows_the_year_after_it(portal: Portal) -> None:
    """Its only story moves to the next year, where there was none, in the build that brings it
    another: the year had no year beside it, and its page stays."""
    portal.stories(story(1, date="2023-12-03"))
    portal.built()
    portal.stories(story(1, date="2024-01-03"), story(2, date="2023-12-04"))
    portal.built()
    assert "/archive/2024/" in portal.page("/archive/2023/").links()
    assert portal.tree() == portal.clean_tree()


def test_workers_and_folders_make_no_difference(courier: Portal, tmp_path: Path) -> None:
    """The repository's own portal, its files made in another order, built by four workers."""
    other = Portal(tmp_path / "a much longer name with spaces" / "portal")
    files = list(courier.tree(courier.root / "content").items())
    random.Random(7).shuffle(files)
    other.write({f"content/{name}": data for name, data in files})
    other.write({"site.toml": (courier.root / "site.toml").read_bytes()})

    done = other.process("--jobs", "4", "--output", tmp_path / "site")

    assert (done.code, done.stderr) == (0, "")
    assert other.tree(tmp_path / "site") == courier.tree()


def test_nothing_tells_when_or_where_a_page_was_built(portal: Portal) -> None:
    begin(portal)
    portal.built(now="2024-02-01T12:00:00+00:00")
    before = portal.tree()
    portal.built("--clean", now="2031-07-08T09:10:11+00:00")
    assert portal.tree() == before
    assert portal.says(str(portal.root)) == portal.says("2031") == []


def test_a_portal_is_the_same_through_a_relative_path(
    portal: Portal, monkeypatch: pytest.MonkeyPatch
) -> None:
    begin(portal)
    portal.built()
    monkeypatch.chdir(portal.root)
    done = run("build", "--now", "2024-02-01T12:00:00+00:00", "--jobs", "1")
    assert ", 0 parsed; " in done.stdout
    assert ", 0 written, 0 removed" in done.stdout
