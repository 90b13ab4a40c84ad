"""An article's front matter: every key of the manual's table, and every way to get it wrong."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime

import pytest

from generator.model.article import (
    Correction,
    ImageSource,
    Retraction,
    TimedFlag,
)
from generator.model.taxonomy import SourceCredit, TermRef
from generator.model.timestamp import Timestamp, timestamp_from
from tests.support.reading import article, site, story, story_faults

BERLIN = site().zone

WHOLE_STORY = """\
---
news_id: 7520
title: "What the ministers agreed"
date: 2024-01-21T09:30:00+03:30
source: {name: FARSNEWS, url: https://farsnews.example/7520}
updated: 2024-01-21 14:00
standfirst: >
  Ambassadors return,
  and the border opens again.
section: culture
tags: [Iran, 2024, NO]
authors: [leila-karimi, Omar Haddad]
byline: From our correspondents
dateline: TEHRAN
kicker: Analysis
series: The border
image: {src: ministers.jpg, alt: A handshake, caption: In Tehran, credit: Courier}
kind: analysis
slug: ministers-agree
lang: EN-gb
translation_of: 7000
related: [7519, abc-1]
pinned: true
breaking: 2024-01-21T18:00
draft: No
publish_at: 2024-01-21
expires: 2024-06-01
corrections:
  - {date: 2024-01-22, text: An earlier version gave a wrong date.}
  - {date: 2024-01-23, text: And a wrong name., kind: editors-note}
retracted: {date: 2024-01-24, reason: It did not happen.}
aliases: [/old/, /caf%C3%A9]
comments: off
feed: FALSE
index: yes
canonical: https://farsnews.example/7520
description: In short
seo_title: Ministers agree
layout: story/long.html
extra: {colour: red, rank: 3}
---

The story.
"""


def at(year: int, month: int, day: int, *clock: int) -> Timestamp:
    """A moment in the portal's time zone; without a clock, the day alone."""
    midnight = datetime(year, month, day, tzinfo=BERLIN)
    if not clock:
        return timestamp_from(midnight.date(), BERLIN)
    return timestamp_from(midnight.replace(hour=clock[0], minute=clock[1]), BERLIN)


def test_every_key_is_read() -> None:
    front, errors = article(WHOLE_STORY)
    assert errors == []
    assert front is not None
    assert front.news_id == "7520"
    assert front.title == "What the ministers agreed"
    assert front.date == at(2024, 1, 21, 7, 0)
    assert front.source == SourceCredit("FARSNEWS", "farsnews", "https://farsnews.example/7520")
    assert front.updated == at(2024, 1, 21, 14, 0)
    assert front.standfirst == "Ambassadors return, and the border opens again."
    assert front.section == "culture"
    assert front.tags == (TermRef("Iran", "iran"), TermRef("2024", "2024"), TermRef("NO", "no"))
    assert front.authors == ("leila-karimi", "Omar Haddad")
    assert front.byline == "From our correspondents"
    assert (front.dateline, front.kicker) == ("TEHRAN", "Analysis")
    assert front.series == TermRef("The border", "the-border")
    assert front.image == ImageSource("ministers.jpg", "A handshake", "In Tehran", "Courier")
    assert (front.kind, front.slug, front.lang) == ("analysis", "ministers-agree", "en-GB")
    assert (front.translation_of, front.related) == ("7000", ("7519", "abc-1"))
    assert front.pinned == TimedFlag(True)
    assert front.breaking == TimedFlag(True, at(2024, 1, 21, 18, 0))
    assert front.publish_at == at(2024, 1, 21)
    assert front.expires == at(2024, 6, 1)
    assert front.corrections == (
        Correction(at(2024, 1, 22), "An earlier version gave a wrong date."),
        Correction(at(2024, 1, 23), "And a wrong name.", "editors-note"),
    )
    assert front.retracted == Retraction(at(2024, 1, 24), "It did not happen.")
    assert front.aliases == ("/old/", "/café")
    assert (front.draft, front.comments, front.feed, front.index) == (False, False, False, True)
    assert front.canonical == "https://farsnews.example/7520"
    assert (front.description, front.seo_title) == ("In short", "Ministers agree")
    assert front.layout == "story/long.html"
    assert front.extra == {"colour": "red", "rank": 3}


def test_what_is_left_out_or_left_empty_has_its_default() -> None:
    front = story("updated:\nimage: null\nbyline: ''\ntags: []\ncanonical: ''\nslug: ''\n")
    assert front.slug == "iran-and-pakistan-step-back-from-the-brink"
    assert (front.section, front.lang, front.kind) == ("world", "en", "news")
    assert (front.updated, front.image, front.series, front.retracted) == (None,) * 4
    assert (front.tags, front.authors, front.related, front.aliases) == ((),) * 4
    assert (front.byline, front.canonical, front.translation_of) == ("",) * 3
    assert (front.pinned, front.breaking) == (TimedFlag(), TimedFlag())
    assert (front.draft, front.comments, front.feed, front.index) == (False, True, True, True)
    assert front.extra == {}


def test_toml_front_matter_says_the_same_with_types_of_its_own() -> None:
    front, errors = article(
        '+++\nnews_id = 7519\ntitle = "No"\ndate = 2024-01-20\nsource = "Reuters"\ndraft = true\n'
        "updated = 2024-01-20T10:00:00\npinned = 2024-02-01\nrelated = [1, 'b']\n"
        "[extra]\nday = 2024-01-20\nrank = 3\n+++\n"
    )
    assert errors == []
    assert front is not None
    assert (front.news_id, front.title, front.draft, front.related) == (
        "7519",
        "No",
        True,
        ("1", "b"),
    )
    assert (front.date, front.updated) == (at(2024, 1, 20), at(2024, 1, 20, 10, 0))
    assert front.pinned == TimedFlag(True, at(2024, 2, 1))
    assert front.extra == {"day": "2024-01-20", "rank": 3}


def test_required_keys_that_are_missing_are_all_told() -> None:
    assert article("---\nkicker: x\ntitle:\n---\n")[1] == [
        "a.md:1:1: error: missing key 'date'",
        "a.md:1:1: error: missing key 'news_id'",
        "a.md:1:1: error: missing key 'source' (or set 'default_source' in site.toml)",
        "a.md:3:1: error: 'title' is empty",
    ]


def test_default_source_stands_in_for_a_missing_one() -> None:
    front, errors = article(
        "---\nnews_id: 1\ntitle: x\ndate: 2024-01-20\n---\n", of=site('default_source = "Staff"')
    )
    assert errors == []
    assert front is not None
    assert front.source == SourceCredit("Staff", "staff")


def test_unknown_keys_name_the_nearest_or_what_other_tools_call_them() -> None:
    assert story_faults(
        "sorce: x\nsummary: x\nnothing_like_it: x\nimage: {src: a.jpg, atl: x}\n"
    ) == [
        "a.md:6:1: error: unknown key 'sorce' (did you mean 'source'? or put it under 'extra')",
        "a.md:7:1: error: unknown key 'summary' "
        "(did you mean 'standfirst'? or put it under 'extra')",
        "a.md:8:1: error: unknown key 'nothing_like_it' (put it under 'extra')",
        "a.md:9:21: error: unknown key 'atl' in 'image' (did you mean 'alt'?)",
    ]


@pytest.mark.parametrize(
    ("written", "news_id"),
    [
        ("7519", "7519"),
        ("007", "007"),
        ("'7519'", "7519"),
        ("a_b-C", "a_b-C"),
        ("x" * 64, "x" * 64),
    ],
)
def test_news_id_is_kept_as_written(written: str, news_id: str) -> None:
    front, errors = article(
        f"---\nnews_id: {written}\ntitle: x\ndate: 2024-01-20\nsource: x\n---\n"
    )
    assert errors == []
    assert front is not None
    assert front.news_id == news_id


@pytest.mark.parametrize(
    ("written", "end"),
    [
        ("7519.0", "not '7519.0' (did you mean 7519?)"),
        ("0", "not '0'"),
        ("-7", "not '-7'"),
        ("a b", "not 'a b'"),
        ("é", "not 'é'"),
        ("''", "not an empty text"),
        ("[1]", "not a list"),
        ("../x", "not '../x'"),
        ("x" * 65, f"not '{'x' * 39}…'"),
    ],
)
def test_news_id_that_is_none_says_what_is_one(written: str, end: str) -> None:
    text = f"---\nnews_id: {written}\ntitle: x\ndate: 2024-01-20\nsource: x\n---\n"
    assert article(text)[1] == [
        "a.md:2:10: error: 'news_id' must be a positive whole number, or 1 to 64 letters, digits, "
        f"'-' and '_', {end}"
    ]


@pytest.mark.parametrize("written", ["7519.0", "true", "0", "-1", "nan", "2024-01-20"])
def test_news_id_in_toml_is_a_whole_number_or_text(written: str) -> None:
    text = f"+++\nnews_id = {written}\ntitle = 'x'\ndate = 2024-01-20\nsource = 'x'\n+++\n"
    (error,) = article(text)[1]
    assert error.startswith("a.md:2:11: error: 'news_id' must be a positive whole number, or 1 ")


def test_news_id_that_windows_could_not_store_is_an_error() -> None:
    text = "---\nnews_id: NUL\ntitle: x\ndate: 2024-01-20\nsource: x\n---\n"
    assert article(text)[1] == [
        "a.md:2:10: error: 'news_id' has the component 'NUL', a device name that Windows reserves"
    ]


FORM = "a date such as 2024-01-20 or a timestamp such as 2024-01-20T08:30:00+03:30"


@pytest.mark.parametrize(
    ("written", "message"),
    [
        ("20 January", f"must be {FORM}, not '20 January'"),
        ("20240120", f"must be {FORM}, not '20240120'"),
        ("2024-1-5", f"must be {FORM}, not '2024-1-5'"),
        ("[2024]", f"must be {FORM}, not a list"),
        ("2024-02-30", "must be a day that exists, not '2024-02-30'"),
        (
            "2024-01-20T25:00",
            "must be a time that exists (00:00:00 to 23:59:59), not '2024-01-20T25:00'",
        ),
        (
            "2024-01-20T10:00+25:00",
            "must be a time that exists (00:00:00 to 23:59:59), not '2024-01-20T10:00+25:00'",
        ),
        (
            "2024-03-31T02:30",
            "must be a time that exists: the clocks of Europe/Berlin skip it, not "
            "'2024-03-31T02:30' (did you mean 2024-03-31T03:30:00+02:00?)",
        ),
        (
            "9999-12-31T23:59-12:00",
            "is too near the end of the calendar, not '9999-12-31T23:59-12:00'",
        ),
    ],
)
def test_moments_that_never_were_are_errors(written: str, message: str) -> None:
    assert story_faults(f"updated: {written}\n") == [f"a.md:6:10: error: 'updated' {message}"]


@pytest.mark.parametrize(
    ("written", "iso"),
    [
        ("2024-01-20", "2024-01-20"),
        ("2024-01-20T08:30", "2024-01-20T08:30:00+01:00"),
        ("2024-01-20 08:30:15", "2024-01-20T08:30:15+01:00"),
        ("2024-01-20T08:30:15.250Z", "2024-01-20T09:30:15+01:00"),
        ("2024-01-20 08:30:00 +0330", "2024-01-20T06:00:00+01:00"),
        ("2024-01-20T08:30:00-05", "2024-01-20T14:30:00+01:00"),
        ("2024-07-20T08:30", "2024-07-20T08:30:00+02:00"),
        ("2024-10-27T02:30", "2024-10-27T02:30:00+02:00"),
    ],
)
def test_moments_without_an_offset_are_in_the_portals_zone(written: str, iso: str) -> None:
    updated = story(f"updated: {written}\n").updated
    assert updated is not None
    assert updated.isoformat() == iso


def test_bare_date_whose_midnight_the_clocks_skip_stays_that_date() -> None:
    tehran = replace(site(), timezone="Asia/Tehran")
    updated = story("updated: 2022-03-22\n", of=tehran).updated
    assert updated is not None
    assert updated.isoformat() == "2022-03-22"


def test_section_must_be_one_of_the_portals() -> None:
    end = "must be a section of site.toml, one of world or culture"
    assert story_faults("section: wrold\n") == [
        f"a.md:6:10: error: 'section' {end}, not 'wrold' (did you mean 'world'?)"
    ]
    assert story_faults("section: arts & culture\n") == [
        f"a.md:6:10: error: 'section' {end}, not 'arts & culture' (did you mean 'culture'?)"
    ]


def test_kind_must_be_one_that_the_manual_lists() -> None:
    assert story_faults("kind: oppinion\n") == [
        "a.md:6:7: error: 'kind' must be one of news, opinion, analysis, feature, interview, "
        "review, live, press-release or sponsored, not 'oppinion' (did you mean 'opinion'?)"
    ]


def test_tags_need_slugs_of_their_own() -> None:
    assert story_faults("tags: [Iran, iran, Iran, '!?', con, '', [a], ]\n") == [
        "a.md:6:14: error: an item of 'tags' is there already: 'iran' and 'Iran' have one slug, "
        "'iran'",
        "a.md:6:20: error: an item of 'tags' is written twice: 'Iran'",
        "a.md:6:26: error: an item of 'tags' must be a name with a letter or digit, not '!?' "
        '(or write "!?" = "a-slug" under [slugs.tags] in site.toml)',
        "a.md:6:32: error: an item of 'tags' has the component 'con', a device name that Windows "
        "reserves, so it can't have a page "
        '(write "con" = "con-1" under [slugs.tags] in site.toml)',
        "a.md:6:37: error: an item of 'tags' is empty",
        "a.md:6:41: error: an item of 'tags' must be text, not a list",
    ]


def test_one_tag_or_author_may_stand_alone_but_not_two() -> None:
    front = story("tags: Iran\nauthors: Leila Karimi\n")
    assert (front.tags, front.authors) == ((TermRef("Iran", "iran"),), ("Leila Karimi",))
    assert story_faults("authors: Leila Karimi, Omar Haddad\n") == [
        "a.md:6:10: error: 'authors' must be a list, not 'Leila Karimi, Omar Haddad' "
        "(write a list, as in [one, two])"
    ]


def test_slug_keeps_letters_of_every_script() -> None:
    front, _ = article(
        "---\nnews_id: 1\ntitle: ایران و پاکستان\ndate: 2024-01-20\nsource: x\n---\n"
    )
    assert front is not None
    assert front.slug == "ایران-و-پاکستان"
    assert story("slug: Tēhrān_1\n").slug == "Tēhrān_1"


@pytest.mark.parametrize(
    ("slug", "message"),
    [
        ("../x", "has a slash; a slug is one component of a URL"),
        ("'..'", "has the component '..'"),
        ("a//b", "has a slash; a slug is one component of a URL"),
        ("a b", "has the character ' ', which has a meaning of its own in URLs"),
        ("'a\\b'", "has the character '\\', which file systems refuse"),
        ("lpt1", "has the component 'lpt1', a device name that Windows reserves"),
        ("a" * 5000, "has a component of more than 200 bytes"),
        ('"a\\0b"', "has the character U+0000, which is not text"),
    ],
)
def test_slug_that_no_file_system_would_hold_is_an_error(slug: str, message: str) -> None:
    assert story_faults(f"slug: {slug}\n") == [f"a.md:6:7: error: 'slug' {message}"]


@pytest.mark.parametrize(
    ("title", "line"),
    [
        ("'?!'", "'title' has no letter or digit to make a slug from (add a 'slug')"),
        (
            "Con",
            "the slug made from 'title' has the component 'con', a device name that Windows "
            "reserves (add another 'slug')",
        ),
    ],
)
def test_title_that_gives_no_slug_asks_for_one(title: str, line: str) -> None:
    text = f"---\nnews_id: 1\ntitle: {title}\ndate: 2024-01-20\nsource: x\n"
    assert article(f"{text}---\n")[1] == [f"a.md:3:1: error: {line}"]
    assert article(f"{text}slug: given\n---\n")[1] == []


@pytest.mark.parametrize(
    ("alias", "message"),
    [
        ("old/", "must start with '/': 'old/'"),
        ("https://x.example/a", "must start with '/': 'https://x.example/a'"),
        ("/a/../b", "has the component '..': '/a/../b'"),
        ("/a/%2e%2e/b", "has the component '..': '/a/%2e%2e/b'"),
        ("/a//b", "has an empty component ('//'): '/a//b'"),
        ("/a%00", "has the character U+0000, which file systems refuse: '/a%00'"),
        ("/a%FF", "must be a path whose %-codes are UTF-8, not '/a%FF'"),
        ("/a/nul.txt/", "has the component 'nul.txt', a device name that Windows reserves: "
                        "'/a/nul.txt/'"),
        ("/" + "a" * 5000, f"is longer than 1000 bytes: '/{'a' * 38}…'"),
        ("'/a#b'", "has the character '#', which browsers keep for themselves: '/a#b'"),
    ],
)  # fmt: skip
def test_alias_that_would_leave_the_output_is_an_error(alias: str, message: str) -> None:
    assert story_faults(f"aliases: [{alias}]\n") == [
        f"a.md:6:11: error: an item of 'aliases' {message}"
    ]


def test_aliases_are_a_list_each_path_once() -> None:
    assert story("aliases: [/a/, /a, /e\u0301, /é/]\n").aliases == ("/a/", "/é")
    assert story_faults("aliases: /a/\n") == [
        "a.md:6:10: error: 'aliases' must be a list, not '/a/' (write a list, as in [one, two])"
    ]


@pytest.mark.parametrize(
    ("line", "error"),
    [
        ("lang: en_us", "must be a language tag such as en or fa-IR, not 'en_us' "
                        "(did you mean 'en-US'?)"),
        ("lang: english", "must be a language tag such as en or fa-IR, not 'english'"),
        ("draft: maybe", "must be true or false, not 'maybe'"),
        ("feed: 1", "must be true or false, not '1'"),
        ("pinned: soon", f"must be true, false or, as the time until which it holds, {FORM}, "
                         "not 'soon'"),
        ("image: https://x.example/a.jpg",
         "must be a file of the portal's own, not 'https://x.example/a.jpg' "
         "(put it beside the text or in content/media/)"),
        ("image: [a.jpg]", "must be a path, or a mapping of 'src', 'alt', 'caption' and 'credit', "
                           "not a list"),
        ("image: 'a\\b.jpg'", "has a backslash: 'a\\b.jpg' (write '/' between folders)"),
        ("canonical: news.example/x",
         "must be a URL that begins with https:// or http:// and a host: 'news.example/x'"),
        ("canonical: 'javascript:x'",
         "must be a URL that begins with https:// or http:// and a host: 'javascript:x'"),
        ("canonical: https://[x/", "must be a URL, with a host and port that can exist: "
                                   "'https://[x/'"),
        ("layout: ../x.html", "must be the name of a template such as 'longread.html', "
                              "not '../x.html'"),
        ("layout: x.txt", "must be the name of a template such as 'longread.html', not 'x.txt'"),
        ("related: 7", "must be a list, not '7' (write a list, as in [one, two])"),
        ("related: [7519]", "names the article itself, 7519"),
        ("translation_of: 7519", "names the article itself, 7519"),
        ("retracted: yes", "must be a mapping of keys to values, not 'yes'"),
        ("corrections: {}", "must be a list, not a mapping"),
        ("extra: 5", "must be a mapping of keys to values, not '5'"),
        ("series: '--'", "must be a name with a letter or digit, not '--' "
                         '(or write "--" = "a-slug" under [slugs.series] in site.toml)'),
        ("kicker: [a, b]", "must be text, not a list (put it in quotes: kicker: \"[a, b]\")"),
        ("expires: 2024-01-20", "must be after 'date', 2024-01-20, not 2024-01-20"),
    ],
)  # fmt: skip
def test_value_of_the_wrong_kind_says_what_was_expected(line: str, error: str) -> None:
    (explanation,) = story_faults(f"{line}\n")
    key = line.partition(":")[0]
    assert explanation.partition(" error: ")[2].removeprefix("an item of ") == f"'{key}' {error}"


def test_faults_inside_mappings_and_lists_have_their_places() -> None:
    assert story_faults(
        "corrections:\n  - date: 2024-01-21\n    kind: errata\n  - just text\n"
        "retracted: {date: 2024-02-31}\nimage: {alt: x}\n"
    ) == [
        "a.md:7:5: error: missing key 'text' in an item of 'corrections'",
        "a.md:8:11: error: 'corrections.kind' must be one of correction, clarification, update or "
        "editors-note, not 'errata'",
        "a.md:9:5: error: an item of 'corrections' must be a mapping of keys to values, "
        "not 'just text'",
        "a.md:10:12: error: missing key 'reason' in 'retracted'",
        "a.md:10:19: error: 'retracted.date' must be a day that exists, not '2024-02-31'",
        "a.md:11:8: error: missing key 'src' in 'image'",
    ]


def test_end_before_the_embargo_is_an_error() -> None:
    assert story_faults("publish_at: 2024-03-01\nexpires: 2024-02-01T12:00\n") == [
        "a.md:7:1: error: 'expires' must be after 'publish_at', 2024-03-01, "
        "not 2024-02-01T12:00:00+01:00"
    ]


def test_extra_of_toml_holds_only_what_a_page_can_show() -> None:
    text = (
        "+++\nnews_id = 1\ntitle = 'x'\ndate = 2024-01-20\nsource = 'x'\n"
        "[extra]\nrate = inf\ncount = 99999999999999999999\n+++\n"
    )
    assert article(text)[1] == [
        "a.md:7:8: error: 'extra.rate' must be a finite number, not the number inf",
        "a.md:8:9: error: 'extra.count' must be a number of at most 64 bits, "
        "not a very large number",
    ]


def test_file_with_endless_faults_lists_the_first_hundred() -> None:
    more = "\n".join(f"key{number}: x" for number in range(3000))
    errors = story_faults(more)
    assert len(errors) == 101
    assert errors[0] == "a.md:6:1: error: unknown key 'key0' (put it under 'extra')"
    assert errors[-1].endswith("error: has more errors than these 100")


def test_text_is_composed_and_on_one_line() -> None:
    front = story("kicker: |\n  Cafe\u0301\n    society\n")
    assert front.kicker == "Café society"
