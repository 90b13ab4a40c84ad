"""While files are put into their places, and if the build is killed there, every link is whole.

`BROADSHEET_KILLS=all` kills a build at each of its moves, and not only at a few of them.
"""

from __future__ import annotations

import os
import shutil
from collections.abc import Callable
from datetime import datetime
from pathlib import Path

import pytest

from generator.errors import OutputError
from generator.index.outputs import Owned
from generator.model.output import Turn
from generator.pipeline.options import BuildOptions
from generator.write.moves import Moves
from generator.write.ownership import Claim, Ownership
from generator.write.preflight import survey
from tests.support.fixtures import picture
from tests.support.moments import MOVES, seen_before_each_move
from tests.support.portal import NOW, REPOSITORY, Portal, story
from tests.support.proof import Moment, build_in_trouble, options_of
from tests.support.reader import broken_links

ALL = os.environ.get("BROADSHEET_KILLS") == "all"
SECTION = '\n[[sections]]\nslug = "{0}"\ntitle = "{0}"\n'


def first_stories() -> list[str]:
    return [
        story(1, "tags: [Iran]\nimage: hill.png", date="2024-01-02"),
        story(2, "tags: [Iran, Pakistan]\nauthors: [Leila Karimi]", date="2024-01-03"),
        story(3, "tags: [Pakistan]\nsection: culture", date="2024-01-03", body="See [1](news:1)."),
        story(4, "tags: [Iran]\nimage: sea.png", date="2024-01-20"),
        story(5, "tags: [Iran]\nseries: Letters", date="2024-01-21", body="See [4](news:4)."),
        story(6, "tags: [Alone]\nauthors: [Someone Else]", date="2024-01-22"),
    ]


@pytest.fixture(scope="module")
def _first(tmp_path_factory: pytest.TempPathFactory) -> Path:
    portal = Portal(tmp_path_factory.mktemp("moves") / "portal")
    portal.settings("")
    portal.stories(*first_stories())
    portal.write({f"content/media/{name}.png": picture() for name in ("hill", "sea")})
    portal.write({"content/pages/about.md": "---\ntitle: About us\n---\n\nRead [1](news:1).\n"})
    portal.write({"content/static/humans.txt": "Written by humans.\n"})
    portal.built()
    return portal.root


@pytest.fixture
def first(_first: Path, tmp_path: Path) -> Portal:
    """A portal with six stories that was built already."""
    shutil.copytree(_first, tmp_path / "portal")
    return Portal(tmp_path / "portal")


def a_story_with_all_that_is_new(portal: Portal) -> None:
    portal.settings(SECTION.format("sport"))
    new = "tags: [Iran, Football]\nauthors: [New One]\nsection: sport\nimage: goal.png"
    portal.stories(story(7, new, date="2024-01-30", body="After [6](news:6)."))
    portal.write({"content/media/goal.png": picture(colour="red")})


def a_title_and_with_it_a_url(portal: Portal) -> None:
    moved = "tags: [Iran]\nimage: sea.png\naliases: [/world/4/story-4/]"
    portal.stories(story(4, moved, title="Another headline", date="2024-01-20"))


def a_story_is_deleted(portal: Portal) -> None:
    portal.remove("content/articles/6.md")


def a_story_is_retracted(portal: Portal) -> None:
    retracted = "retracted: {date: 2024-01-31, reason: It was wrong}"
    portal.stories(story(2, retracted, date="2024-01-03"))


def a_template_is_edited(portal: Portal) -> None:
    source = (REPOSITORY / "templates/base.html").read_text("utf-8")
    portal.write({"templates/base.html": source.replace("</body>", "<hr></body>")})


def an_asset_is_edited(portal: Portal) -> None:
    style = next((REPOSITORY / "templates/assets").rglob("*.css"))
    name = style.relative_to(REPOSITORY).as_posix()
    portal.write({name: style.read_text("utf-8") + "\nhr { color: red }\n"})


def a_picture_is_exchanged(portal: Portal) -> None:
    portal.stories(story(1, "tags: [Iran]\nimage: lake.png", date="2024-01-02"))
    portal.write({"content/media/lake.png": picture(colour="blue")})
    portal.write({"content/media/sea.png": picture(colour="green")})


def pages_change_places(portal: Portal) -> None:
    """Three stories fewer, so that listings lose pages, and a page that becomes another's alias."""
    for number in (1, 2):
        portal.remove(f"content/articles/{number}.md")
    portal.stories(story(3, "tags: [Pakistan]\nsection: culture", date="2024-01-03"))
    portal.remove("content/pages/about.md")
    us = "---\ntitle: Who we are\naliases: [/about/]\n---\n\nRead [3](news:3).\n"
    portal.write({"content/pages/us.md": us})


def a_day_with_all_of_it(portal: Portal) -> None:
    a_story_with_all_that_is_new(portal)
    a_title_and_with_it_a_url(portal)
    a_story_is_deleted(portal)
    portal.stories(story(7, "tags: [Football]\nsection: sport", date="2024-01-30"))
    a_template_is_edited(portal)
    an_asset_is_edited(portal)
    a_picture_is_exchanged(portal)


CHANGES = [
    a_story_with_all_that_is_new,
    a_title_and_with_it_a_url,
    a_story_is_deleted,
    a_story_is_retracted,
    a_template_is_edited,
    an_asset_is_edited,
    a_picture_is_exchanged,
    pages_change_places,
    a_day_with_all_of_it,
]
changes = pytest.mark.parametrize("change", CHANGES, ids=lambda change: str(change.__name__))
Change = Callable[[Portal], None]


def options(portal: Portal) -> BuildOptions:
    return options_of(portal.root, datetime.fromisoformat(NOW))


@changes
def test_before_each_move_every_link_leads_somewhere(first: Portal, change: Change) -> None:
    """For readers who are on any page that the site keeps, and for all that it leads them to."""
    before = first.tree()
    assert not broken_links(first.output, before)
    change(first)
    after = first.clean_tree()

    seen = seen_before_each_move(options(first), before.keys() & after.keys())

    assert len(seen) > 4
    assert not [(move, missing) for move, missing in seen if missing]
    assert not broken_links(first.output, after)
    assert first.tree() == after


@pytest.mark.parametrize("change", CHANGES if ALL else [a_day_with_all_of_it])
def test_a_build_that_is_killed_at_a_move_is_finished_by_the_next(
    first: Portal, change: Change, tmp_path: Path
) -> None:
    before = first.tree()
    change(first)
    after = first.clean_tree()
    kept = before.keys() & after.keys()
    kills = 0
    for event in MOVES:
        for count in range(1, 400) if ALL else (2, 20, 70):
            portal = Portal(tmp_path / f"{event} {count}" / "portal")
            shutil.copytree(first.root, portal.root)
            if build_in_trouble(options(portal), Moment(event, count, "kill")) == 0:
                break
            kills += 1
            assert not broken_links(portal.output, kept), (event, count)
            portal.built()
            assert portal.tree() == after, (event, count)
            shutil.rmtree(portal.root.parent)
    print(f"{kills} kills")  # noqa: T201 - shown with -s
    assert kills


def test_a_file_system_that_ignores_case_keeps_the_new_spelling(tmp_path: Path) -> None:
    """Both names are one file there, as two hard links are here: the old name goes first."""
    output, staging = tmp_path / "output", tmp_path / "staging"
    old, new = (output / "tags" / name / "index.html" for name in ("Iran", "iran"))
    for file, text in ((old, "old"), (staging / "loose/1/7", "new"), (output / "mine", "mine")):
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_text(text)
    new.parent.mkdir()
    os.link(old, new)
    staged = [Claim(Turn.PAGE, 7, "tags/iran/index.html", Owned.NO, None)]
    gone = [Claim(Turn.PAGE, 3, "tags/Iran/index.html", Owned.INDEX, None)]
    ownership = Ownership(output, recorded=True, marked=False, marker=None)

    ground = survey(ownership, staged, {claim.path for claim in gone}, adopt=False)
    Moves(staging, output, staged, gone, ground).carry_out()

    assert ground.first == {staged[0].path: [gone[0].path]}
    assert (new.read_text(), old.exists()) == ("new", False)
    with pytest.raises(OutputError):
        survey(ownership, staged, set(), adopt=False)
