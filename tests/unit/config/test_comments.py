"""What a portal may write under [comments], and what it is told when that is wrong."""

from __future__ import annotations

import pytest

from generator.config.comments import CUSTOM, PROVIDERS, read_comments
from generator.errors import Problems
from generator.model.site import Comments
from generator.validation import SourceContext
from generator.validation.fields import Fields
from generator.validation.toml_text import load_toml
from tests.support.comments import REQUIRED, make_comments
from tests.support.portal import REPOSITORY


def read(text: str) -> tuple[Comments | None, list[str]]:
    """The comments of a site.toml, and the problems in it as a user sees them."""
    written = load_toml(text)
    problems = Problems()
    fields = Fields(written, SourceContext("site.toml", problems, written.positions))
    comments = fields.mapping("comments")
    found = read_comments(comments) if comments else None
    return found, [str(problem) for problem in problems.errors]


@pytest.mark.parametrize("provider", PROVIDERS)
def test_provider_with_only_its_required_settings_has_all_the_others_too(provider: str) -> None:
    settings = make_comments(provider).settings
    assert list(settings) == [setting.key for setting in PROVIDERS[provider]]
    assert None not in settings.values()


@pytest.mark.parametrize("provider", PROVIDERS)
def test_each_required_setting_is_missed_by_name(provider: str) -> None:
    _, errors = read(f'[comments]\nprovider = "{provider}"\n')
    required = [setting.key for setting in PROVIDERS[provider] if setting.required]
    assert required
    assert errors == [
        f"site.toml:1:1: error: missing key '{key}' in 'comments'" for key in sorted(required)
    ]


@pytest.mark.parametrize("provider", PROVIDERS)
def test_default_of_a_choice_is_one_of_its_choices(provider: str) -> None:
    for setting in PROVIDERS[provider]:
        assert not setting.choices or setting.default in setting.choices


def test_trackers_wait_for_a_click_and_others_for_the_reader_to_come_near() -> None:
    loads = {provider: make_comments(provider).settings["load"] for provider in REQUIRED}
    assert {provider for provider, load in loads.items() if load == "click"} == {"disqus"}
    assert {load for provider, load in loads.items() if provider != "disqus"} == {"visible"}


def test_isso_settings_are_read_as_they_are_written() -> None:
    comments, errors = read("""[comments]
provider = "isso"
url = "https://comments.example/isso/"
prefix = "/daily/"
lang = "pt-br"
sorting = "oldest"
max_comments_top = 20
avatar = false
page_author_hashes = ["abc", "def"]
load = "now"
""")
    assert errors == []
    assert comments is not None
    assert comments.provider == "isso"
    assert comments.settings == {
        "url": "https://comments.example/isso",
        "prefix": "/daily",
        "lang": "pt-BR",
        "css": True,
        "css_url": "",
        "sorting": "oldest",
        "max_comments_top": 20,
        "max_comments_nested": 5,
        "reveal_on_click": 5,
        "avatar": False,
        "vote": True,
        "page_author_hashes": ("abc", "def"),
        "load": "now",
    }


def test_own_template_gets_its_table_as_it_was_written() -> None:
    comments, errors = read("""[comments]
provider = "custom"
template = "coral"
[comments.settings]
root = "https://coral.example/"
rooms = [1, 2]
""")
    assert errors == []
    assert comments == Comments(
        CUSTOM,
        {"template": "coral", "settings": {"root": "https://coral.example/", "rooms": [1, 2]}},
    )


ISSO = '[comments]\nprovider = "isso"\nurl = "https://c.example"\n'


@pytest.mark.parametrize(
    ("text", "error"),
    [
        (
            '[comments]\nurl = "https://c.example"\n',
            "1:1: error: missing key 'provider' in 'comments'",
        ),
        (
            '[comments]\nprovider = "Giscuss"\n',
            "2:12: error: 'comments.provider' must be one of isso, giscus, utterances, disqus, "
            "remark42, cusdis, comentario, hyvor-talk or custom, not 'Giscuss' "
            "(did you mean 'giscus'?)",
        ),
        (
            ISSO + 'sortin = "newest"\n',
            "4:1: error: unknown key 'sortin' in 'comments' (did you mean 'sorting'?)",
        ),
        (
            ISSO + 'host = "https://c.example"\n',
            "4:1: error: unknown key 'host' in 'comments' (did you mean 'url'?)",
        ),
        (
            ISSO + 'load = "lazy"\n',
            "4:8: error: 'comments.load' must be one of visible, click or now, not 'lazy'",
        ),
        (
            ISSO + 'vote = "yes"\n',
            "4:8: error: 'comments.vote' must be true or false, not 'yes'",
        ),
        (
            ISSO + "max_comments_nested = -1\n",
            "4:23: error: 'comments.max_comments_nested' must be a whole number from 0 to "
            "1000000000, not the number -1",
        ),
        (
            ISSO + 'prefix = "daily"\n',
            "4:10: error: 'comments.prefix' must start with '/'",
        ),
        (
            ISSO + 'lang = "Persian!"\n',
            "4:8: error: 'comments.lang' must be a language tag such as 'fa' or 'pt-BR', "
            "not 'Persian!'",
        ),
        (
            '[comments]\nprovider = "isso"\nurl = "//c.example/"\n',
            "3:7: error: 'comments.url' must be a URL that begins with https:// or http:// and "
            "a host: '//c.example/'",
        ),
        (
            '[comments]\nprovider = "isso"\nurl = "https://c.example/?a=1"\n',
            "3:7: error: 'comments.url' must be a server's address, without '?', '#' or '@'",
        ),
        (
            '[comments]\nprovider = "utterances"\nrepo = "https://github.com/o/r"\n',
            "3:8: error: 'comments.repo' must be a GitHub repository as in 'owner/name', "
            "not 'https://github.com/o/r'",
        ),
        (
            '[comments]\nprovider = "disqus"\nshortname = "courier.disqus.com"\n',
            "3:13: error: 'comments.shortname' must be the site's shortname at Disqus, of "
            "lower-case letters, digits and hyphens, not 'courier.disqus.com'",
        ),
        (
            '[comments]\nprovider = "hyvor-talk"\nwebsite_id = "42"\n',
            "3:14: error: 'comments.website_id' must be a whole number from 1 to 1000000000, "
            "not '42'",
        ),
        (
            '[comments]\nprovider = "custom"\n',
            "1:1: error: missing key 'template' in 'comments'",
        ),
        (
            '[comments]\nprovider = "custom"\ntemplate = "isso"\n',
            "3:12: error: 'comments.template' names a provider, 'isso' (write provider = \"isso\")",
        ),
        (
            '[comments]\nprovider = "custom"\ntemplate = "custom"\n',
            "3:12: error: 'comments.template' must be a template of the portal's own, and "
            "'custom' is the theme's",
        ),
        (
            '[comments]\nprovider = "custom"\ntemplate = "../coral"\n',
            "3:12: error: 'comments.template' must be the NAME of comments/NAME.html, of letters, "
            "digits, '-' and '_', not '../coral'",
        ),
        (
            '[comments]\nprovider = "custom"\ntemplate = "coral"\nsettings = "x"\n',
            "4:12: error: 'comments.settings' must be a mapping of keys to values, not 'x'",
        ),
        (
            '[comments]\nprovider = "custom"\ntemplate = "coral"\nload = "now"\n',
            "4:1: error: unknown key 'load' in 'comments'",
        ),
    ],
)
def test_fault_is_told_with_its_place(text: str, error: str) -> None:
    assert read(text)[1] == [f"site.toml:{error}"]


def test_all_faults_are_told_at_once() -> None:
    _, errors = read("""[comments]
provider = "giscus"
repo = "owner"
category = ""
category_id = "DIC"
reactions = 1
colour = "red"
""")
    assert [error.split(": error: ")[0] for error in errors] == [
        "site.toml:1:1",
        "site.toml:3:8",
        "site.toml:4:12",
        "site.toml:6:13",
        "site.toml:7:1",
    ]


@pytest.mark.parametrize("provider", PROVIDERS)
def test_manual_names_every_setting_of_a_provider(provider: str) -> None:
    manual = (REPOSITORY / "docs" / "comments.md").read_text("utf-8")
    common, *chapters = manual.partition("## Settings")[2].partition("\n## ")[0].split("\n### ")
    titled = {each.partition("\n")[0].lower().replace(" ", "-"): each for each in chapters}
    for setting in PROVIDERS[provider]:
        assert f"`{setting.key}`" in common + titled[provider]
