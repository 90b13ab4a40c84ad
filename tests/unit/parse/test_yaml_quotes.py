"""Text without quotes: it is read as it was written, or the error shows how to write it."""

from __future__ import annotations

import re

import pytest
from hypothesis import assume, example, given
from hypothesis import strategies as st

from generator.errors import Problems
from generator.parse.document import MAX_FRONT_MATTER_BYTES, read_document
from tests.support.reading import article, page, profile, site_faults, story, story_faults

FRONT = "news_id: 1\ndate: 2024-01-20\nsource: X\n"
HINT = re.compile(r"put it in quotes: (title: .*)\)$")


def titled(text: str) -> tuple[str | None, list[str]]:
    """The title of an article whose line 5 is this one, and the error lines."""
    front, errors = article(f"---\n{FRONT}{text}\nkicker: Here\n---\n\nThe story.\n")
    return front.title if front else None, errors


# What stands after `title: `, the column of the error, and how its author should write it.
UNREADABLE = {
    "We are #1 in town": (15, '"We are #1 in town"'),
    "We are\t#1": (15, None),
    "#1 in town": (8, '"#1 in town"'),
    "# A title": (8, '"# A title"'),
    "12 # angry men": (11, '"12 # angry men"'),
    "2024 #election": (13, '"2024 #election"'),
    'Say "#1" # now': (17, "'Say \"#1\" # now'"),
    "- 5 degrees": (8, '"- 5 degrees"'),
    "! Attention": (8, '"! Attention"'),
    "!Attention": (8, '"!Attention"'),
    "> 1,000 dead": (10, '"> 1,000 dead"'),
    "| bar": (10, '"| bar"'),
    "? What now": (8, '"? What now"'),
    "& sons": (8, '"& sons"'),
    "&sons": (8, '"&sons"'),
    "* note": (8, '"* note"'),
    "*Breaking* news": (8, '"*Breaking* news"'),
    "*Breaking news": (8, '"*Breaking news"'),
    "%20 off": (8, '"%20 off"'),
    "@home": (8, '"@home"'),
    "`code` wins": (8, '"`code` wins"'),
    ", he said": (8, '", he said"'),
    "] over": (8, '"] over"'),
    "} over": (8, '"} over"'),
    "[Update] Bridge closed": (17, '"[Update] Bridge closed"'),
    "[Update]": (8, '"[Update]"'),
    "{Name} returns": (15, '"{Name} returns"'),
    "{Name}": (8, '"{Name}"'),
    "[Update": (8, '"[Update"'),
    '"Quote" he said': (16, "'\"Quote\" he said'"),
    "'Quote' he said": (16, "\"'Quote' he said\""),
    "'Tis the season": (8, '"\'Tis the season"'),
    '"Open to the end': (8, '"Open to the end"'),
    "'It's here'": (12, '"It\'s here"'),
    r'"C:\quiet"': (11, r"'C:\quiet'"),
    "Iran: a story": (12, '"Iran: a story"'),
    "Iran:": (12, '"Iran:"'),
    ": colon first": (8, '": colon first"'),
    "“We are: here”": (15, '"“We are: here”"'),
    "null": (1, '"null"'),
    "~": (1, '"~"'),
}


@pytest.mark.parametrize("text", UNREADABLE)
def test_text_that_yaml_reads_otherwise_is_an_error_that_shows_the_line_as_it_should_be(
    text: str,
) -> None:
    column, line = UNREADABLE[text]
    title, [error] = titled(f"title: {text}")
    assert title is None
    assert error.startswith(f"a.md:5:{column}: error: ")
    assert "broken YAML" not in error
    if line is None:
        assert error.endswith("(put it in quotes)")
        return
    assert f"put it in quotes: title: {line})" in error
    kept = line[1:-1].replace("''", "'") if line[0] == "'" else line[1:-1]
    assert titled(f"title: {line}")[0] in (kept, None if kept == "~" else kept)


@pytest.mark.parametrize(
    ("line", "place", "words"),
    [
        ("title:\u00a0Here", "5:7", "the space after 'title:' is U+00A0, no-break space (type an"),
        ("title:\u202fHere", "5:7", "the space after 'title:' is U+202F, narrow no-break space"),
        ("title:\u3000Here", "5:7", "the space after 'title:' is U+3000, ideographic space"),
        ("title:Here", "5:7", "no space after 'title:' (write a space after the colon)"),
        ("title\uff1aHere", "5:6", "a full-width colon after 'title' (write ':' and a space)"),
        ("title: A\u2028B", "5:9", "the character U+2028 ends a line in YAML"),
        ("\ttitle: Here", "5:1", "a tab at the beginning of the line (indent with spaces)"),
        ("  title: Here", "5:3", "the line does not begin at the column at which the one above"),
        ("title: Here\n  byline: Me", "6:3", "the line does not begin at the column"),
        ("title: one #2\n  three", "5:12", "the text ends here, as in YAML a '#' after a space"),
        ("title: one\n  two #3", "6:7", "'title' ends here, as in YAML a '#' after a space"),
        ("title: Here\ntags: [Item #1, two]", "6:13", "the text ends here, as in YAML a '#'"),
        ("title: Here\ntags: [Item #1, two\n  ]", "6:13", "an item of 'tags' ends here"),
        ("title: Here\ntags:\n  - Item #1", "7:10", 'put it in quotes: - "Item #1")'),
        ("title: Here\ntags:\n  - #1", "7:5", 'put it in quotes: - "#1")'),
        ("title: Here\ntags:\n  - Iran: a story", "7:5", 'put it in quotes: - "Iran: a story")'),
        ("title: Here\ntags:\n  - 'Tis", "7:5", "put it in quotes: - \"'Tis\")"),
        ("title: Here\ntags:\n\t- Iran", "7:1", "a tab at the beginning of the line"),
        ("title: Here\nbyline: #1", "6:9", 'put it in quotes: byline: "#1")'),
        ("title: Here\nimage:\n  src: a.jpg\n  alt: We are #1", "8:15", 'alt: "We are #1")'),
        ("title: Here\nimage:\n  src: a.jpg\n  alt: \"A\" b", "8:12", "alt: '\"A\" b')"),
        ("title: Here\nextra:\n  slogan: We are #1", "7:18", 'slogan: "We are #1")'),
        ("title: It's\nbyline: 'Tis\nseries: It's", "6:9", "byline: \"'Tis\")"),
        ("byline: 'of two\n  lines'\ntitle: a: b", "7:9", 'title: "a: b")'),
    ],
)  # fmt: skip
def test_what_is_wrong_is_said_where_it_is(line: str, place: str, words: str) -> None:
    title, [error] = titled(line)
    assert title is None
    assert error.startswith(f"a.md:{place}: error: ")
    assert words in error


@pytest.mark.parametrize(
    "text",
    [
        "No", "yes", "12:30", "2024-01-20", "1_000", "0x1F", "1e3", "Null", "-5 degrees", ":here",
        "?what", "C#", "C# and F#", "a:b", "It's", "AT&T * wow! – 50% > 20%", "“Quoted” text",
        "‘Tis", "bridge#2", "=", "a | b", "x ] y", "«Quoted»",
    ],
)  # fmt: skip
def test_other_text_needs_no_quotes(text: str) -> None:
    assert titled(f"title: {text}\nslug: here") == (text, [])


def test_a_comment_from_which_nothing_is_lost_is_one() -> None:
    front = story(
        "# A line of its own\nkicker: 'In quotes' # a comment\ndraft: true # for now\n"
        "updated: 2024-01-21 # again\nrelated: # by hand\n  - 12 # the first\n"
        "extra: {number: 3 } # of three\n  # indented\ntranslation_of: 5 # in Persian\n"
    )
    assert (front.kicker, front.draft, front.related) == ("In quotes", True, ("12",))
    assert front.translation_of == "5"
    assert front.extra == {"number": 3}


def test_each_value_that_a_comment_cuts_short_is_named_once() -> None:
    assert [error.partition(" error")[0] for error in story_faults(
        "kicker: We are #1\nbyline: #2\nseries: a # b\nsection: world # desk\n"
    )] == ["a.md:6:16:", "a.md:7:9:", "a.md:8:11:", "a.md:9:16:"]  # fmt: skip
    _, errors = article("---\nnews_id: 1\ntitle: A\ndate: 2024-01-20\nsource: # X\n---\n")
    assert [error.partition(" error")[0] for error in errors] == ["a.md:5:9:"]


def test_pages_and_profiles_are_read_alike() -> None:
    _, errors = page("---\ntitle: We are #1\n---\n", "content/pages/about.md")
    assert [error.partition("error")[0] for error in errors] == ["content/pages/about.md:2:15: "]
    _, errors = page('---\ntitle: "A" b\n---\n', "content/pages/about.md")
    assert "put it in quotes: title: '\"A\" b')" in errors[0]
    _, errors = profile("---\nname: Ann #1\n---\n", "content/authors/ann.md")
    assert [error.partition("error")[0] for error in errors] == ["content/authors/ann.md:2:11: "]


@pytest.mark.parametrize(
    ("text", "column", "line"),
    [
        ("We are #1", 9, '"We are #1"'),
        ("12 angry men", 12, '"12 angry men"'),
        ('"Quote" he said', 17, "'\"Quote\" he said'"),
        ("'It's here'", 13, '"It\'s here"'),
        ("“Quoted”", 9, '"“Quoted”"'),
        ('"open', 14, '"open"'),
        (r'"C:\quiet"', 14, r"'C:\quiet'"),
    ],
)
def test_toml_shows_the_line_as_it_should_be(text: str, column: int, line: str) -> None:
    front = "+++\nnews_id = 1\ndate = 2024-01-20\nsource = 'X'\n"
    found, [error] = article(f"{front}title = {text}\n+++\n")
    assert found is None
    assert error.startswith(f"a.md:5:{column}: error: broken TOML: ")
    assert error.endswith(f"(put it in quotes: title = {line})")
    assert article(f"{front}title = {line}\n+++\n")[1] == []
    assert site_faults(f"title = {text}\n") == [
        f"site.toml:1:{column}: error: {error.partition(' error: ')[2]}"
    ]


_PIECES = st.sampled_from(
    "We are here 1 12 2024 # #1 - ! > | ? : , [ ] { } & * % @ ` ' \" '' \"\" It's a: b:c \\ \\n “ "
    "” — \u00a0 é null ~ yes -5 = --- ...".split(" ")
)


@given(pieces=st.lists(_PIECES, min_size=1, max_size=7), gaps=st.lists(st.sampled_from(["", " "])))
@example(pieces=["We", "are", "#1"], gaps=[" ", " "])
@example(pieces=["'", "It's", "'"], gaps=[])
def test_no_word_of_a_title_is_ever_lost(pieces: list[str], gaps: list[str]) -> None:
    gaps = [*gaps, *[" "] * len(pieces)]
    text = "".join(piece + gap for piece, gap in zip(pieces, gaps, strict=False)).strip(" ")
    assume(text)
    title, errors = titled(f"title: {text}\nslug: here")
    in_quotes = text[0] in "'\""
    if title is not None:
        assert in_quotes or title == text
        return
    assert errors
    if len(errors) == 1 and (shown := HINT.search(errors[0])):
        again, left = titled(f"{shown[1]}\nslug: here")
        assert left == []
        assert in_quotes or again == text


def test_no_search_for_a_mistake_takes_long() -> None:
    lines = "".join(f"key{number}: 'Tis number {number}\n" for number in range(9000))
    assert len(lines) < MAX_FRONT_MATTER_BYTES
    problems = Problems()
    assert read_document("a.md", f"---\n{lines}---\n".encode(), problems) is None
    assert "broken YAML" in str(problems.errors[0])
