"""Exceptions that nothing explains: an error with a place, in a line, and never a traceback."""

from __future__ import annotations

import re

import pytest

from tests.support import bugs
from tests.support.bugs import BUG
from tests.support.portal import Portal, run, story

LINE = re.compile(
    r"(?P<path>[^:]+): error: unexpected (?P<kind>\w+): .*, raised at "
    r"(?P<place>generator/[\w/]+\.py:\d+|an unknown place) "
    r"\(this is a bug in Broadsheet [\d.]+: please report it with this line; "
    r"BROADSHEET_TRACEBACK=1 shows more(, and on \d+ more pages?)?\)"
)
FAULTY = story(2, "sorce: X")


def parts(line: str) -> tuple[str, str]:
    """The path and the exception that a line about a bug names."""
    found = LINE.fullmatch(line)
    assert found, line
    return found["path"], found["kind"]


@pytest.mark.parametrize("jobs", ["1", "2"])
def test_a_bug_while_a_source_is_read_names_it_and_all_others_are_read(
    published: Portal, monkeypatch: pytest.MonkeyPatch, jobs: str
) -> None:
    bugs.in_reading(monkeypatch.setattr)
    before = published.tree()
    published.stories(story(1, title=BUG), FAULTY, story(3, title=BUG))

    done = published.build("--jobs", jobs)

    assert done.code == 1
    first, second, third = done.errors
    assert parts(first) == ("content/articles/1.md", "IndexError")
    assert second.startswith("content/articles/2.md:5:1: error: unknown key 'sorce'")
    assert parts(third) == ("content/articles/3.md", "IndexError")
    assert published.tree() == before
    assert [error["path"][-4:] for error in done.report["errors"]] == ["1.md", "2.md", "3.md"]


@pytest.mark.parametrize("jobs", ["1", "2"])
def test_a_bug_while_a_page_is_rendered_names_it_once_and_all_others_are_rendered(
    published: Portal, monkeypatch: pytest.MonkeyPatch, jobs: str
) -> None:
    bugs.in_rendering(monkeypatch.setattr)
    before = published.tree()
    published.stories(story(1, title=BUG), story(2, title=BUG))
    published.write({"templates/404.html": "{{ nothing.at.all }}"})

    done = published.build("--jobs", jobs)

    assert done.code == 1
    page, template = done.errors
    assert parts(page) == ("content/articles/1.md (/world/1/a-bug/index.html)", "IndexError")
    assert "and on 1 more page)" in page
    assert template.startswith("templates/404.html:1:4: error: there is no variable 'nothing'")
    assert published.tree() == before


@pytest.mark.parametrize(
    ("template", "is_told"),
    [
        ("{{ latest(10 ** 30) }}", True),
        ("{{ 5|picture }}", False),
        ("{{ 5|date }}", False),
        ("{{ 5|date(nothing=1) }}", False),
        ('{{ latest("many") }}', False),
        ("{{ 1 // 0 }}", False),
        ("{{ nothing.at.all }}", False),
    ],
)
def test_a_template_that_fails_in_a_filter_may_have_met_a_bug(
    published: Portal, template: str, is_told: bool
) -> None:
    published.write({"templates/404.html": template})
    done = published.build()
    assert done.code == 1
    assert re.match(r"templates/404.html:1(:\d+)?: error: ", done.error)
    place = r"if the template is right, report this as a bug: raised at generator/\S+\.py:\d+"
    assert bool(re.search(place, done.error)) == is_told


@pytest.mark.parametrize("place", [bugs.in_reading, bugs.in_rendering, bugs.in_indexing])
def test_a_build_that_keeps_going_publishes_the_rest(
    published: Portal, monkeypatch: pytest.MonkeyPatch, place: bugs.Place
) -> None:
    place(monkeypatch.setattr)
    published.stories(story(1, title=BUG), story(3, "section: culture", body="Edited."))

    done = published.build("--keep-going")

    assert done.code == 1
    assert parts(done.stderr.splitlines()[-1])[0].startswith("content/articles/1.md")
    assert "Edited." in published.text("culture/3/story-3/index.html")
    assert "world/1/a-bug/index.html" not in published.tree()


def test_a_bug_while_a_source_is_put_into_the_index_names_it(
    published: Portal, monkeypatch: pytest.MonkeyPatch
) -> None:
    bugs.in_indexing(monkeypatch.setattr)
    before = published.tree()
    published.stories(story(1, title=BUG), FAULTY)
    bug, error = published.build().errors
    assert parts(bug) == ("content/articles/1.md", "ZeroDivisionError")
    assert error.startswith("content/articles/2.md:5:1")
    assert published.tree() == before


def test_a_check_names_them_all(published: Portal, monkeypatch: pytest.MonkeyPatch) -> None:
    bugs.in_reading(monkeypatch.setattr)
    published.stories(story(1, title=BUG), FAULTY)
    done = published.check()
    assert done.code == 1
    assert parts(done.errors[0]) == ("content/articles/1.md", "IndexError")
    assert done.errors[1].startswith("content/articles/2.md:5:1")


def test_a_bug_in_a_page_makes_everything_be_made_again_once_at_most(
    published: Portal, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A damaged index might explain it; when a new one does not help, it is no more suspected."""
    bugs.in_rendering(monkeypatch.setattr)
    published.stories(story(1, title=BUG))
    first = published.build()
    assert (first.code, "the index may be damaged" in first.stderr) == (1, True)
    assert first.report["sources"]["parsed"] > 1

    published.stories(story(1, title=BUG, body="Edited."))
    second = published.build()

    assert second.code == 1
    assert parts(second.error)[1] == "IndexError"
    assert second.report["sources"]["parsed"] == 1


@pytest.mark.parametrize("command", ["build", "check", "explain", "new"])
def test_a_bug_in_reading_settings_names_them(
    published: Portal, monkeypatch: pytest.MonkeyPatch, command: str
) -> None:
    bugs.in_settings(monkeypatch.setattr)
    words = {"explain": ["/"], "new": ["A headline"]}.get(command, [])
    done = run(command, "--root", published.root, *words)
    assert done.code == 1
    assert parts(done.error) == ("site.toml", "KeyError")


def test_a_bug_in_a_build_is_a_line(published: Portal, monkeypatch: pytest.MonkeyPatch) -> None:
    bugs.in_building(monkeypatch.setattr)
    before = published.tree()
    published.stories(story(4))
    done = published.build()
    assert done.code == 1
    assert parts(done.stderr.splitlines()[-1]) == ("broadsheet build", "KeyError")
    assert published.tree() == before


def test_a_bug_in_a_worker_is_a_line(published: Portal, monkeypatch: pytest.MonkeyPatch) -> None:
    """Also if its exception can't be sent to the process that waits for it."""

    class OddError(Exception):
        pass

    def fail(*_: object) -> object:
        raise OddError("odd")

    monkeypatch.setattr("generator.pipeline.tasks.OutputReads", fail)
    before = published.tree()
    published.stories(story(4))
    done = published.build("--clean", "--jobs", "2")
    assert done.code == 1
    assert parts(done.error) == ("broadsheet build", "RuntimeError")
    assert "OddError" in done.error
    assert published.tree() == before


def test_a_bug_anywhere_else_is_a_line(published: Portal, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("generator.commands.build.echo", [].pop)
    done = run("build", "--root", published.root)
    assert done.code == 1
    assert parts(done.error) == ("broadsheet", "TypeError")


def test_the_traceback_is_there_for_who_asks(
    published: Portal, monkeypatch: pytest.MonkeyPatch
) -> None:
    bugs.in_reading(monkeypatch.setattr)
    monkeypatch.setenv("BROADSHEET_TRACEBACK", "1")
    published.stories(story(1, title=BUG))
    done = published.build("--jobs", "2")
    assert "Traceback (most recent call last)" in done.stderr
    assert "in read_front_matter" in done.stderr or "in fail" in done.stderr
