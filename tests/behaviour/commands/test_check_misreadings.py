"""`check` warns of what `python-markdown` misreads, and `check --fix` changes it in the sources."""

from __future__ import annotations

import pytest

from tests.support.portal import Portal, story

TEXT = "Text:\n- one\n  - two\n\nSee https://example.org/.\n"
FIXED = "Text:\n\n- one\n    - two\n\nSee <https://example.org/>.\n"
PATH = "content/articles/1.md"


def test_check_names_place_and_remedy_and_build_does_not(portal: Portal) -> None:
    portal.stories(story(1, body=TEXT))
    line = 1 + (portal.root / PATH).read_text().splitlines().index("- one")
    checked = portal.check()
    assert checked.code == 0
    assert checked.stderr.splitlines() == [
        f"{PATH}:{line}:1: warning: a list right below a paragraph is read as a part of it "
        "(leave a blank line above the list, or write a backslash before its first sign) "
        "[misread_markdown]",
        f"{PATH}:{line + 1}:3: warning: a list inside a list is indented by 2 spaces "
        "(indent it by 4) [misread_markdown]",
        f"{PATH}:{line + 3}:5: warning: the address https://example.org/ is no link "
        "(write <https://example.org/>) [misread_markdown]",
    ]
    built = portal.build()
    assert (built.code, built.stderr) == (0, "")


@pytest.mark.parametrize("end", ["\n", "\r\n"])
def test_fix_changes_the_text_alone(portal: Portal, end: str) -> None:
    portal.stories(story(1, body=TEXT), story(2, body="Plain.\n"))
    file = portal.root / PATH
    written = file.read_text().replace("\n", end)
    file.write_bytes(written.encode())
    file.chmod(0o640)
    done = portal.check("--fix")
    assert (done.code, done.stderr) == (0, "")
    assert done.stdout.splitlines()[0] == f"{PATH}: changed in 3 places"
    expected = written.replace(TEXT.replace("\n", end), FIXED.replace("\n", end))
    assert file.read_bytes() == expected.encode()
    assert file.stat().st_mode & 0o777 == 0o640
    assert sorted(each.name for each in file.parent.iterdir()) == ["1.md", "2.md"]
    again = portal.check("--fix")
    assert "changed" not in again.stdout
    assert file.read_bytes() == expected.encode()


def test_a_source_with_an_error_is_left_as_it_is(portal: Portal) -> None:
    portal.write({PATH: "---\ntitle: [\n---\nText:\n- one\n"})
    before = (portal.root / PATH).read_text()
    done = portal.check("--fix")
    assert done.code == 1
    assert PATH in done.stderr
    assert (portal.root / PATH).read_text() == before


def test_commonmark_misreads_none_of_it(portal: Portal) -> None:
    portal.settings('[markdown]\ndialect = "commonmark"\n')
    portal.stories(story(1, body=TEXT))
    before = (portal.root / PATH).read_text()
    done = portal.check("--fix")
    assert (done.code, done.stderr) == (0, "")
    assert (portal.root / PATH).read_text() == before


def test_fix_does_not_go_with_a_comparison(portal: Portal) -> None:
    portal.stories(story(1))
    done = portal.check("--fix", "--dialect", "commonmark")
    assert done.code == 2
    assert "--dialect only compares texts" in done.stderr
