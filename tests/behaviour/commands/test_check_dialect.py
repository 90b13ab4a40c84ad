"""`check --dialect` shows what a portal's texts would become in the other dialect of Markdown."""

from __future__ import annotations

from tests.support.portal import Portal, story

TEXT = """Text:
- one
  - *two*

See https://example.org/.

> said
> - so

{{< factbox "A" >}}
In it:
- three
{{< /factbox >}}

| a |
|---|
| b |
| c |
| d |

![a](x.png){: .wide }

Last.
"""


def test_each_text_that_differs_is_shown_as_a_diff(portal: Portal) -> None:
    portal.stories(story(1, body=TEXT), story(2, body="Plain *text*.\n\n- a\n- b\n"))
    done = portal.check("--dialect", "commonmark")
    assert done.code == 0
    assert done.stdout.splitlines() == [
        "content/articles/1.md",
        "  -Text: - one - *two*",
        "  -See https://example.org/.",
        "  -> said - so",
        "  +Text:",
        "  +- one",
        "  +  - *two*",
        "  +See [https://example.org/](https://example.org/).",
        "  +> said",
        "  +> - so",
        "   {{< factbox >}}",
        "  -In it: - three",
        "  +In it:",
        "  +- three",
        "   | a",
        "  \u2026",
        "   | d",
        "  -![a](x.png)",
        "  +![a](x.png){: .wide }",
        "   Last.",
        "1 of 2 texts: different in commonmark",
    ]
    assert not portal.output.exists()


def test_the_same_dialect_makes_no_difference(portal: Portal) -> None:
    portal.stories(story(1, body=TEXT))
    done = portal.check("--dialect", "python-markdown")
    assert done.stdout == "0 of 1 texts: different in python-markdown\n"


def test_links_are_not_checked_along_with_a_comparison(portal: Portal) -> None:
    done = portal.check("--dialect", "commonmark", "--links")
    assert done.code == 2
    assert "--dialect only compares texts" in done.stderr


def test_what_can_not_be_read_is_reported(portal: Portal) -> None:
    portal.write(
        {"content/articles/1.md": "No front matter.", "content/articles/2.md": "---\na: b"}
    )
    done = portal.check("--dialect", "commonmark")
    assert "content/articles/1.md:1:1: error: no front matter" in done.stderr
    assert "content/articles/2.md:1:1: error: front matter is not closed" in done.stderr


def test_an_error_that_only_the_other_dialect_has_is_reported(portal: Portal) -> None:
    portal.stories(story(1, body="- " * 61 + "x"), story(2, body="Text.\n" + "- " * 61 + "x"))
    done = portal.check("--dialect", "commonmark")
    assert "content/articles/2.md:6: error: the text can't be read: something in it" in done.stderr
