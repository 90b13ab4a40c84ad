"""The rules of `check`: what each finds, and how site.toml switches it."""

from __future__ import annotations

import json
import re
from xml.etree import ElementTree

import pytest

from generator.model.rules import Rule
from tests.support.portal import BuildResult, Portal, story

PATH = "content/articles/1.md"
GOOD = "standfirst: What it is about."


@pytest.fixture
def strict(portal: Portal) -> Portal:
    """A portal in which all rules are on."""
    site = (portal.root / "site.toml").read_text()
    portal.write({"site.toml": site.partition("[check]")[0]})
    return portal


def found(done: BuildResult, rule: Rule) -> list[str]:
    """The lines of one rule, without its code."""
    ending = f" [{rule}]"
    return [line[: -len(ending)] for line in done.stderr.splitlines() if line.endswith(ending)]


def test_a_good_story_has_no_warning(strict: Portal) -> None:
    strict.stories(story(1, f"{GOOD}\ntags: [Iran]", body="See [the report](https://x.example/)."))
    done = strict.check()
    assert (done.code, done.stderr) == (0, "")
    assert done.stdout.endswith("files: no errors\n")


def test_a_long_headline(strict: Portal) -> None:
    strict.stories(story(1, GOOD, title="x" * 111))
    [line] = found(strict.check(), Rule.LONG_HEADLINE)
    assert line.startswith(f"{PATH}:3:8: warning: the headline has 111 characters, more than 110")
    strict.settings("", first="")
    strict.write(
        {"site.toml": (strict.root / "site.toml").read_text() + "longest_headline = 111\n"}
    )
    assert found(strict.check(), Rule.LONG_HEADLINE) == []


def test_no_standfirst(strict: Portal) -> None:
    strict.stories(story(1))
    [line] = found(strict.check(), Rule.NO_STANDFIRST)
    assert line.startswith(f"{PATH}:3:1: warning: there is no standfirst")


@pytest.mark.parametrize(
    ("front", "body", "place"),
    [
        ("image: hill.png", "Text.", "6:1"),
        ("image: {src: hill.png}", "Text.", "6:1"),
        ("", "Text.\n\n![](hill.png)", "10:5"),
        ("", "![A hill](hill.png)\n\n![ ](hill.png)", "10:6"),
        ("", "![](https://x.example/hill.png)", "8:5"),
        ("", "Text\n\n{{< figure src=hill.png >}}", "10:1"),
        ("", "{{< factbox >}}\n![](hill.png)\n{{< /factbox >}}", "9:5"),
    ],
)
def test_a_picture_without_a_text(published: Portal, front: str, body: str, place: str) -> None:
    site = (published.root / "site.toml").read_text()
    published.write({"site.toml": site.partition("[check]")[0]})
    published.stories(story(1, f"{GOOD}\n{front}", body=body))
    lines = [line for line in found(published.check(), Rule.MISSING_ALT) if "/1.md" in line]
    assert [line.partition(": warning")[0] for line in lines] == [f"{PATH}:{place}"]


@pytest.mark.parametrize(
    "front", ['image: {src: hill.png, alt: ""}', "image: {src: hill.png, alt: A hill}"]
)
def test_a_picture_with_a_text_or_for_decoration(published: Portal, front: str) -> None:
    site = (published.root / "site.toml").read_text()
    published.write({"site.toml": site.partition("[check]")[0]})
    body = '![A hill](hill.png)\n\n{{< figure src=hill.png alt="" >}}'
    published.stories(story(1, f"{GOOD}\n{front}", body=body))
    assert not [line for line in found(published.check(), Rule.MISSING_ALT) if "/1.md" in line]


@pytest.mark.parametrize(
    "text", ["here", "Click here!", "*here*", "Read more…", "hier", "اینجا", "ici", "こちら"]
)
def test_a_link_that_does_not_tell_where_it_leads(strict: Portal, text: str) -> None:
    strict.stories(story(1, GOOD, body=f"See\n[{text}](https://x.example/)."))
    [line] = found(strict.check(), Rule.VAGUE_LINK)
    assert line.startswith(f"{PATH}:9:")


@pytest.mark.parametrize(
    ("common", "rare"),
    [
        ("COVID-19", "COVID19"),
        ("election", "elections"),
        ("elections", "election"),
        ("Pokémon", "Pokemon"),
        ("Islamabad", "Islambad"),
        ("Islamabad", "Islmaabad"),
    ],
)
def test_terms_that_look_alike(strict: Portal, common: str, rare: str) -> None:
    strict.stories(*(story(number, f'{GOOD}\ntags: ["{common}"]') for number in range(1, 4)))
    strict.stories(story(4, f'{GOOD}\ntags: ["{rare}"]'))
    [line] = found(strict.check(), Rule.SIMILAR_TERMS)
    assert line.startswith("content/articles/4.md:6:8: warning: ")
    assert f"'{rare}' (1) looks like '{common}' (3), in {PATH}:6" in line


@pytest.mark.parametrize(
    ("common", "rare"),
    [("Iran", "Iraq"), ("Austria", "Australia"), ("Election 2023", "Election 2024"), ("A", "B")],
)
def test_terms_that_are_two(strict: Portal, common: str, rare: str) -> None:
    strict.stories(*(story(number, f'{GOOD}\ntags: ["{common}"]') for number in range(1, 4)))
    strict.stories(story(4, f'{GOOD}\ntags: ["{rare}"]'))
    assert found(strict.check(), Rule.SIMILAR_TERMS) == []


def test_a_term_that_nobody_uses(strict: Portal) -> None:
    site = (strict.root / "site.toml").read_text()
    strict.write({"site.toml": f'{site}\n[slugs.tags]\n"C++" = "cpp"\n"C#" = "csharp"\n'})
    strict.stories(story(1, f'{GOOD}\ntags: ["C++"]'))
    [line] = found(strict.check(), Rule.UNUSED_TERM)
    assert "no story has 'c#', which [slugs.tags] names" in line


def test_a_picture_that_nobody_shows(published: Portal) -> None:
    site = (published.root / "site.toml").read_text()
    published.write({"site.toml": site.partition("[check]")[0]})
    hill = (published.root / "content/media/hill.png").read_bytes()
    names = ("lost.png", "logo.png", "shown.png")
    published.write({f"content/media/{name}": hill for name in names})
    published.write(
        {
            "site.toml": f'{site.partition("[check]")[0]}\n[publisher]\nlogo = "logo.png"\n',
            "templates/partials/own.html": '<img src="/media/shown.png" alt="">',
        }
    )
    lines = found(published.check(), Rule.UNUSED_PICTURE)
    assert [line.partition(": ")[0] for line in lines] == ["content/media/lost.png"]


def test_one_rule_after_another_is_an_error_or_off(strict: Portal) -> None:
    strict.stories(story(1))
    site = (strict.root / "site.toml").read_text()
    strict.write({"site.toml": f'{site}\n[check]\nno_standfirst = "error"\n'})
    done = strict.check()
    assert done.code == 1
    assert "error: there is no standfirst" in done.error
    assert done.stdout.endswith(": 1 error\n")
    strict.write({"site.toml": f'{site}\n[check]\nno_standfirst = "off"\n'})
    done = strict.check()
    assert (done.code, done.stderr) == (0, "")


@pytest.mark.parametrize(
    ("line", "error"),
    [
        ('no_standfrist = "off"', "unknown key 'no_standfrist' in 'check' (did you mean"),
        ('no_standfirst = "on"', "must be one of error, warning or off"),
        ("longest_headline = 0", "longest_headline"),
    ],
)
def test_a_rule_that_is_misspelt_is_an_error(strict: Portal, line: str, error: str) -> None:
    site = (strict.root / "site.toml").read_text()
    strict.write({"site.toml": f"{site}\n[check]\n{line}\n"})
    done = strict.check()
    assert done.code == 2
    assert error in done.error


def test_a_build_has_no_opinion_on_style(strict: Portal) -> None:
    strict.stories(story(1, title="x" * 120, body="[here](https://x.example/)"))
    assert strict.build().stderr == ""


def test_very_many_of_one_rule_are_counted(strict: Portal) -> None:
    strict.stories(*(story(number) for number in range(1, 54)))
    lines = found(strict.check(), Rule.NO_STANDFIRST)
    assert len(lines) == 51
    assert "3 more problems of this rule" in lines[-1]


RAW = "Text.\n\n<script>alert(1)</script>\n"


def test_a_warning_is_reported_by_every_build_while_it_holds(portal: Portal) -> None:
    portal.stories(story(1, body=RAW), story(2))
    first = portal.build().stderr
    assert re.search(r"1\.md:\d+:\d+: warning: raw <script> is not published", first)
    assert portal.build().stderr == first
    portal.stories(story(2, body="Edited."))
    assert portal.build().stderr == first
    portal.stories(story(1))
    assert portal.build().stderr == ""


def test_the_warnings_of_a_story_that_is_gone_are_gone(portal: Portal) -> None:
    portal.stories(story(1, body=RAW), story(2))
    assert portal.build().stderr != ""
    portal.remove(PATH)
    assert portal.build("--allow-removals").stderr == ""


def test_a_warning_of_words_is_reported_by_every_build(portal: Portal) -> None:
    portal.write({"templates/i18n/en.toml": 'motto = "Out"\n'})
    portal.stories(story(1))
    first = portal.build().stderr
    assert "'motto' is a word that no template shows" in first
    portal.stories(story(2))
    assert portal.build().stderr == first
    portal.write({"templates/i18n/en.toml": ""})
    assert portal.build().stderr == ""


def test_a_warning_of_an_unknown_shortcode_is_reported_by_every_build(portal: Portal) -> None:
    portal.settings('[markdown]\nunknown_shortcodes = "text"')
    portal.stories(story(1, body="{{< nowhere >}}"), story(2))
    first = portal.build().stderr
    assert "unknown shortcode 'nowhere' is printed as it is written" in first
    portal.stories(story(2, body="Edited."))
    assert portal.build().stderr == first
    portal.stories(story(3, body="{{< nowhere >}}"))
    assert "it is called 2 times" in portal.build().stderr
    portal.write({"templates/shortcodes/nowhere.html": "now"})
    assert portal.build().stderr == ""


def test_a_warning_can_stop_a_build_and_the_next_one(portal: Portal) -> None:
    portal.stories(story(1, body=RAW))
    assert portal.build().code == 0
    site = (portal.root / "site.toml").read_text()
    portal.write({"site.toml": f'{site}removed_html = "error"\n'})
    for _ in range(2):
        done = portal.build()
        assert done.code == 1
        assert "error: raw <script> is not published" in done.error
    portal.write({"site.toml": f'{site}removed_html = "off"\n'})
    assert portal.built().stderr == ""


@pytest.fixture
def faulty(strict: Portal) -> Portal:
    """A portal with a warning and an error."""
    strict.stories(story(1), story(2, f"{GOOD}\nsorce: X"))
    return strict


def test_json_has_every_problem(faulty: Portal) -> None:
    done = faulty.check("--format", "json")
    assert (done.code, done.stderr) == (1, "")
    assert [(each["path"], each["severity"], each["code"]) for each in json.loads(done.stdout)] == [
        (PATH, "warning", "no_standfirst"),
        ("content/articles/2.md", "error", ""),
    ]


def test_github_shows_problems_beside_their_lines(faulty: Portal) -> None:
    done = faulty.check("--format", "github")
    assert done.code == 1
    assert f"::warning file={PATH},line=3,col=1" in done.stdout
    assert "::error file=content/articles/2.md,line=6,col=1" in done.stdout


def test_sarif_and_junit_have_every_problem(faulty: Portal) -> None:
    [run_] = json.loads(faulty.check("--format", "sarif").stdout)["runs"]
    assert [each["level"] for each in run_["results"]] == ["warning", "error"]
    suite = ElementTree.fromstring(faulty.check("--format", "junit").stdout)
    assert suite.get("failures") == "1" or suite[0].get("failures") == "1"


@pytest.mark.parametrize("form", ["json", "github", "sarif", "junit"])
def test_errors_of_site_toml_have_the_form_too(strict: Portal, form: str) -> None:
    strict.write({"site.toml": "title = 1\n"})
    done = strict.check("--format", form)
    assert (done.code, done.stderr) == (2, "")
    assert "site.toml" in done.stdout


def test_very_many_problems_are_all_in_a_document(strict: Portal) -> None:
    strict.stories(*(story(number) for number in range(1, 54)))
    assert len(json.loads(strict.check("--format", "json").stdout)) == 53
