"""`check FILE`: some sources alone, as a hook before a commit asks for."""

from __future__ import annotations

import pytest

from tests.support.portal import Portal, run, story

PATH = "content/articles/1.md"


@pytest.mark.parametrize("built", [True, False])
class TestWithOrWithoutABuild:
    """The answers are the same whether there is a last build to compare with."""

    @pytest.fixture
    def desk(self, portal: Portal, built: bool) -> Portal:
        portal.stories(story(1), story(2))
        if built:
            portal.built()
        return portal

    def test_a_good_file(self, desk: Portal) -> None:
        desk.stories(story(1, body="[Two](news:2)"))
        done = desk.check(PATH)
        assert (done.code, done.stdout, done.stderr) == (0, "1 file: no errors\n", "")

    def test_errors_of_other_files_are_not_reported(self, desk: Portal) -> None:
        desk.stories(story(1), story(2, "sorce: X"))
        assert desk.check(PATH).code == 0

    def test_all_errors_of_a_file_at_once(self, desk: Portal) -> None:
        body = "[x](news:99) {{< nowhere >}} ![](lost.png)"
        desk.stories(story(1, "related: [98]", body=body))
        errors = desk.check(PATH).errors
        assert [line for line in errors if not line.startswith(PATH)] == []
        for part in ("'99'", "'98'", "unknown shortcode 'nowhere'", "'lost.png'"):
            assert any(part in line for line in errors), part

    def test_a_link_to_a_story_that_is_new_as_well(self, desk: Portal) -> None:
        desk.stories(story(1, body="[Three](news:3)"), story(3))
        assert desk.check(PATH).code == 0

    def test_a_clash_is_an_error_of_both_files(self, desk: Portal) -> None:
        desk.write({"content/articles/other.md": story(1)})
        for path in (PATH, "content/articles/other.md"):
            assert "News ID '1' is also that of" in desk.check(path).error

    def test_nothing_is_kept_of_it(self, desk: Portal) -> None:
        desk.stories(story(1, "sorce: X"))
        assert desk.check(PATH).code == 1
        desk.stories(story(1))
        desk.built()
        assert desk.tree() == desk.clean_tree()


def test_style_is_checked_in_the_files_alone(portal: Portal) -> None:
    site = (portal.root / "site.toml").read_text()
    portal.write({"site.toml": site.replace('no_standfirst = "off"\n', "")})
    portal.stories(story(1), story(2))
    done = portal.check(PATH)
    assert done.code == 0
    assert [line.partition(": ")[0] for line in done.stderr.splitlines()] == [f"{PATH}:3:1"]
    assert done.stdout == "1 file: no errors, 1 warning\n"


def test_files_that_are_none_are_all_named(published: Portal) -> None:
    done = published.check("content/articles/77.md", "site.toml", PATH)
    assert done.code == 2
    assert done.errors == [
        "content/articles/77.md: error: there is no such file",
        "site.toml: error: is no source of the portal "
        "(name files in content/, or none to check everything)",
    ]


def test_files_go_with_no_check_of_the_whole(published: Portal) -> None:
    done = run("check", "--root", published.root, "--links", PATH)
    assert done.code == 2
    assert "not FILEs" in done.stderr


def test_a_bad_shortcode_hides_no_other_error_and_none_hides_it(portal: Portal) -> None:
    portal.stories(story(1, "sorce: X", body="{{< nowhere >}} {{< figure >"))
    portal.stories(story(2, body="{{< elsewhere >}} [x](news:99)"))
    portal.write({"templates/404.html": "{{ nothing }}"})
    errors = portal.check().errors
    for part in ("'sorce'", "'nowhere'", "'elsewhere'", "'99'", "nothing"):
        assert any(part in line for line in errors), (part, errors)
