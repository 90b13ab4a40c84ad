"""site.toml becomes a Site, or every fault in it is listed."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from generator.config import load_site, with_base_url
from generator.config.loader import read_site
from generator.errors import ConfigError
from generator.model.site import Markup, Outputs, Publisher, Section
from generator.model.taxonomy import SourceCredit
from tests.support.reading import SITE_TOML, site, site_faults

WHOLE_SITE = """\
title = "The Example Courier"
base_url = "https://News.example/daily/"
language = "fa-ir"
timezone = "Asia/Tehran"
description = "News from the region, every day."
default_source = {name = "Staff", url = "https://news.example/about/"}
permalink = "/{year}/{month}/{slug}/"
per_page = 25

[[sections]]
slug = "world"
title = "World"
description = "Between and within countries."

[[sections]]
slug = "sport"
title = "Sport"

[publisher]
name = "Example Media"
logo = "brand/logo.png"
email = "desk@news.example"
founded = 1978-05-01
links = ["https://social.example/@courier"]
masthead = "/about/people/"
corrections_policy = "/about/corrections/"
ethics_policy = "https://media.example/ethics"
unnamed_sources_policy = "/about/sources/"
verification_policy = "/about/facts/"
feedback_policy = "/about/feedback/"
diversity_policy = "/about/diversity/"
ownership = "/about/owners/"
publishing_principles = "/about/principles/"

[outputs]
short_links = false
authors = false
sources = false
series = false
archive = false
feeds = []
feed_items = 20

[markdown]
smart_quotes = true
trusted_html = true
unknown_shortcodes = "drop"

[comments]
provider = "isso"
url = "https://comments.news.example/"

[extra]
colour = "red"
since = 2024-01-20
"""


def test_every_key_is_read() -> None:
    portal = read_site(WHOLE_SITE.encode())
    assert portal.title == "The Example Courier"
    assert portal.base_url == "https://news.example/daily"
    assert (portal.language, portal.timezone) == ("fa-IR", "Asia/Tehran")
    assert portal.description == "News from the region, every day."
    assert portal.default_source == SourceCredit("Staff", "staff", "https://news.example/about/")
    assert (portal.permalink, portal.per_page) == ("/{year}/{month}/{slug}/", 25)
    assert portal.sections == (
        Section("world", "World", "Between and within countries."),
        Section("sport", "Sport"),
    )
    assert portal.publisher == Publisher(
        name="Example Media",
        logo="brand/logo.png",
        email="desk@news.example",
        founded="1978-05-01",
        links=("https://social.example/@courier",),
        policies={
            "masthead": "/about/people/",
            "correctionsPolicy": "/about/corrections/",
            "ethicsPolicy": "https://media.example/ethics",
            "unnamedSourcesPolicy": "/about/sources/",
            "verificationFactCheckingPolicy": "/about/facts/",
            "actionableFeedbackPolicy": "/about/feedback/",
            "diversityPolicy": "/about/diversity/",
            "ownershipFundingInfo": "/about/owners/",
            "publishingPrinciples": "/about/principles/",
        },
    )
    assert portal.outputs == Outputs(
        short_links=False,
        authors=False,
        sources=False,
        series=False,
        archive=False,
        feeds=(),
        feed_items=20,
    )
    assert portal.markdown == Markup(
        smart_quotes=True, trusted_html=True, unknown_shortcodes="drop"
    )
    assert portal.comments is not None
    assert portal.comments.provider == "isso"
    assert portal.extra == {"colour": "red", "since": "2024-01-20"}


def test_title_address_and_one_section_are_enough() -> None:
    portal = read_site(
        b"title = 'x'\nbase_url = 'http://localhost:8000/'\n[[sections]]\nslug='a'\ntitle='A'\n"
    )
    assert portal.base_url == "http://localhost:8000"
    assert (portal.language, portal.timezone, portal.per_page) == ("en", "UTC", 30)
    assert portal.permalink == "/{section}/{news_id}/{slug}/"
    assert (portal.default_source, portal.comments) == (None, None)
    assert (portal.publisher, portal.outputs, portal.markdown) == (
        Publisher(),
        Outputs(),
        Markup(),
    )


def test_empty_file_tells_all_that_is_required() -> None:
    assert site_faults("") == [
        "site.toml:1:1: error: missing key 'base_url'",
        "site.toml:1:1: error: missing key 'sections' (a portal has at least one [[sections]])",
        "site.toml:1:1: error: missing key 'title'",
    ]


def test_all_faults_are_listed_with_their_places() -> None:
    assert site_faults(
        """\
titel = "x"
title = 5
base_url = "news.example"
baseURL = "x"
timezone = "Asia/Teheran"
language = "en_US"
permalink = "/{section}/"
per_page = 0
default_source = "?!"

[[sections]]
slug = "tags"
title = "Tags"

[[sections]]
slug = "a/b"

[publisher]
logo = "https://x.example/logo.png"
email = "desk"
founded = "long ago"
links = ["x"]
ethics_policy = "ethics"
ownershp = "/owners/"

[outputs]
archive = "yes"
feeds = ["rss", "atm"]
feed_items = 1.5

[markdown]
unknown_shortcodes = "ignore"
"""
    ) == [
        "site.toml:1:1: error: unknown key 'titel' (did you mean 'title'? or put it under 'extra')",
        "site.toml:2:9: error: 'title' must be text in quotes, not the number 5",
        "site.toml:3:12: error: 'base_url' must be a URL that begins with https:// or http:// and "
        "a host: 'news.example'",
        "site.toml:4:1: error: unknown key 'baseURL' "
        "(did you mean 'base_url'? or put it under 'extra')",
        "site.toml:5:12: error: 'timezone' must be a time zone such as Asia/Tehran, "
        "not 'Asia/Teheran' (did you mean 'Asia/Tehran'?)",
        "site.toml:6:12: error: 'language' must be a language tag such as en or fa-IR, "
        "not 'en_US' (did you mean 'en-US'?)",
        "site.toml:7:13: error: 'permalink' needs {news_id} or {slug}, or all articles would have "
        "one URL",
        "site.toml:8:12: error: 'per_page' must be a whole number from 1 to 1000, not the number 0",
        "site.toml:9:18: error: 'default_source' must be a name with a letter or digit, not '?!' "
        '(or write "?!" = "a-slug" under [slugs.sources] in site.toml)',
        "site.toml:12:8: error: 'sections.slug' can't be 'tags', where other pages of the portal "
        "are",
        "site.toml:15:1: error: missing key 'title' in an item of 'sections'",
        "site.toml:16:8: error: 'sections.slug' has a slash; a slug is one component of a URL",
        "site.toml:19:8: error: 'publisher.logo' must be a picture below content/media/, such as "
        "logo.png, not 'https://x.example/logo.png'",
        "site.toml:20:9: error: 'publisher.email' must be an e-mail address such as "
        "desk@news.example, not 'desk'",
        "site.toml:21:11: error: 'publisher.founded' must be a year, or a date such as 1978-05-01, "
        "not 'long ago'",
        "site.toml:22:10: error: an item of 'publisher.links' must be a URL that begins with "
        "https:// or http:// and a host: 'x'",
        "site.toml:23:17: error: 'publisher.ethics_policy' must be a path on this site such as "
        "/about/, or a URL, not 'ethics'",
        "site.toml:24:1: error: unknown key 'ownershp' in 'publisher' (did you mean 'ownership'?)",
        "site.toml:27:11: error: 'outputs.archive' must be true or false, not 'yes'",
        "site.toml:28:17: error: an item of 'outputs.feeds' must be 'rss', not 'atm' "
        '(only RSS is built; feeds = ["rss"], or [] for no feeds)',
        "site.toml:29:14: error: 'outputs.feed_items' must be a whole number from 1 to 10000, "
        "not the number 1.5",
        "site.toml:32:22: error: 'markdown.unknown_shortcodes' must be one of error, text or drop, "
        "not 'ignore'",
    ]


@pytest.mark.parametrize(
    ("text", "line"),
    [
        ("title = \n", "site.toml:1:9: error: broken TOML: invalid value"),
        (
            "title = 'x'\ntitle = 'y'\n",
            "site.toml:2:1: error: the key 'title' is written twice (first on line 1)",
        ),
        (
            "[outputs]\n[markdown]\n[outputs]\n",
            "site.toml:3:1: error: the key 'outputs' is written twice (first on line 1)",
        ),
        (
            "title = 'open\n",
            'site.toml:1:14: error: broken TOML: expected "\'" (put it in quotes: title = "open")',
        ),
    ],
)
def test_broken_toml_has_a_line_and_column(text: str, line: str) -> None:
    assert site_faults(text) == [line]


def test_file_that_is_not_utf8_names_the_byte(tmp_path: Path) -> None:
    (tmp_path / "site.toml").write_bytes(b"title = 'x'\nbase_url = '\xff'\n")
    with pytest.raises(ConfigError) as caught:
        load_site(tmp_path)
    assert str(caught.value) == (
        "site.toml:2:13: error: not UTF-8: the byte 0xFF can't be read (save the file as UTF-8)"
    )


def test_byte_order_mark_and_carriage_returns_are_accepted(tmp_path: Path) -> None:
    written = SITE_TOML.replace("\n", "\r\n").encode("utf-8-sig")
    (tmp_path / "site.toml").write_bytes(written)
    assert load_site(tmp_path) == site()


def test_folder_without_site_toml_is_no_portal(tmp_path: Path) -> None:
    with pytest.raises(ConfigError) as caught:
        load_site(tmp_path)
    assert caught.value.exit_code == 2
    assert str(caught.value) == (
        f"site.toml: error: no such file in {tmp_path} "
        "(`broadsheet init DIR` makes a new portal, `--root DIR` names one)"
    )


def test_folder_named_site_toml_is_told(tmp_path: Path) -> None:
    (tmp_path / "site.toml").mkdir()
    with pytest.raises(ConfigError, match=r"site\.toml: error: can't be read: Is a directory"):
        load_site(tmp_path)


@pytest.mark.parametrize(
    ("line", "error"),
    [
        ('permalink = "/n/{news_id}/"', "begins with '/n/', where other pages of the portal are"),
        (
            'permalink = "/{slug}"',
            "must end with '/', as every page is a folder with an index.html",
        ),
        ('timezone = "localtime"', "must be a time zone such as Asia/Tehran, not 'localtime'"),
        ('timezone = "../etc"', "must be a time zone such as Asia/Tehran, not '../etc'"),
        ('timezone = "Europe"', "must be a time zone such as Asia/Tehran, not 'Europe'"),
        ("per_page = true", "must be a whole number from 1 to 1000, not true"),
        ("description = 1.5", "must be text in quotes, not the number 1.5"),
        ("extra = 1", "must be a mapping of keys to values, not the number 1"),
        ("publisher = []", "must be a mapping of keys to values, not a list"),
    ],
)
def test_value_of_the_wrong_kind_says_what_was_expected(line: str, error: str) -> None:
    column = line.index("=") + 3
    key = line.partition(" ")[0]
    minimal = "title='x'\nbase_url='https://x.example'\n[[sections]]\nslug='a'\ntitle='A'\n"
    (explanation,) = site_faults(f"{line}\n{minimal}")
    assert explanation.partition(" (")[0] == f"site.toml:1:{column}: error: '{key}' {error}"


@pytest.mark.parametrize("feed", ["atom", "json"])
def test_a_feed_that_is_not_built_is_refused(feed: str) -> None:
    assert site_faults(f'{SITE_TOML}\n[outputs]\nfeeds = ["rss", "{feed}"]\n') == [
        f"site.toml:14:17: error: an item of 'outputs.feeds' must be 'rss', not '{feed}' "
        '(only RSS is built; feeds = ["rss"], or [] for no feeds)'
    ]


def test_section_slugs_are_unique_in_any_case() -> None:
    text = "title='x'\nbase_url='https://x.example'\n" + "".join(
        f"[[sections]]\nslug='{slug}'\ntitle='A'\n" for slug in ("world", "World", "feed.xml")
    )
    assert site_faults(text) == [
        "site.toml:7:1: error: two sections have the slug 'World'",
        "site.toml:10:6: error: 'sections.slug' can't be 'feed.xml', where other pages of the "
        "portal are",
    ]


def test_list_of_no_sections_is_an_error() -> None:
    assert site_faults("title='x'\nbase_url='https://x.example'\nsections=[]\n") == [
        "site.toml:3:1: error: 'sections' is empty (a portal has at least one [[sections]])"
    ]


@pytest.mark.parametrize(
    "base_url",
    ["ftp://x.example", "https://x.example/?a", "https://x.example/#a", "https://u:p@x.example",
     "https://x.example/a/../b", "https://x.example//a", "https://", "//x.example"],
)  # fmt: skip
def test_base_url_is_an_address_alone(base_url: str) -> None:
    with pytest.raises(ConfigError) as caught:
        with_base_url(site(), base_url)
    assert str(caught.value).startswith("broadsheet: error: '--base-url' ")


def test_base_url_of_the_command_line_takes_the_place_of_the_files() -> None:
    assert with_base_url(site(), "https://x.example/daily//").base_url == "https://x.example/daily"


@given(st.text(st.characters(exclude_categories=["Cs"]), max_size=80))
def test_no_text_raises_anything_but_a_list_of_faults(text: str) -> None:
    assert site_faults(text)
