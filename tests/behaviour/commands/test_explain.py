"""`broadsheet explain` and `build -v`: why a page is as it is, as an editor would ask."""

from __future__ import annotations

from pathlib import Path
from urllib.parse import quote

import pytest

from tests.support.portal import BuildResult, Portal, run, story


def explain(portal: Portal, target: str | Path, *options: str | Path) -> BuildResult:
    return run("explain", "--root", portal.root, *options, target)


def explanation(portal: Portal, target: str | Path) -> list[str]:
    """The lines of an explanation, without its indents."""
    done = explain(portal, target)
    assert (done.code, done.stderr) == (0, "")
    return [line.strip() for line in done.stdout.splitlines()]


def reasons(portal: Portal) -> dict[str, str]:
    """What a build says of each file that it made."""
    lines = portal.built("-v").stdout.splitlines()[:-2]
    assert lines == sorted(lines)
    return dict(line.split(": ", 1) for line in lines)


@pytest.mark.parametrize(
    "target",
    [
        "https://news.example/world/1/story-1/",
        "https://news.example/world/1/story-1#comments",
        "/world/1/story-1/",
        "/world/1/story-1",
        "world/1/story-1/index.html",
        "output/world/1/story-1/index.html",
        "content/articles/1.md",
    ],
)
def test_a_page_is_found_by_url_path_and_file(published: Portal, target: str) -> None:
    lines = explanation(published, target)
    assert lines[:4] == [
        "https://news.example/world/1/story-1/",
        "file: world/1/story-1/index.html",
        "kind: article",
        "owner: content/articles/1.md",
    ]
    assert "reason: new" in lines
    assert "body(path=content/articles/1.md)" in lines
    assert any(line.startswith("templates: article.html, base.html") for line in lines)
    assert any(line.startswith("site.toml keys: base_url") for line in lines)


def test_absolute_files_are_found(published: Portal) -> None:
    for file in ("output/world/1/story-1/index.html", "content/articles/1.md"):
        assert (
            explanation(published, published.root / file)[1] == "file: world/1/story-1/index.html"
        )


def test_a_url_in_another_script_is_found_encoded_or_not(portal: Portal) -> None:
    portal.stories(story(1, title="پل باز شد"))
    portal.built()
    for path in ("/world/1/پل-باز-شد/", quote("/world/1/پل-باز-شد/")):
        assert explanation(portal, path)[1] == "file: world/1/پل-باز-شد/index.html"


def test_a_portal_in_a_folder_of_its_host_is_found_with_and_without_it(portal: Portal) -> None:
    portal.write({"site.toml": (portal.root / "site.toml").read_text().replace("ple", "ple/daily")})
    portal.stories(story(1))
    portal.built()
    for target in ("https://news.example/daily/world/", "/daily/world/", "/world"):
        assert explanation(portal, target)[0] == "https://news.example/daily/world/"


def test_queries_read_as_one_would_write_them(published: Portal) -> None:
    assert "latest(limit=10)" in explanation(published, "/404.html")
    assert "listing_page(first=0, slug=iran, taxonomy=tags)" in explanation(
        published, "/tags/iran/"
    )


def test_what_was_looked_for_in_vain_is_told(published: Portal) -> None:
    assert "templates not found: tag.html" in explanation(published, "/tags/iran/")


def test_a_change_since_the_last_build_is_told(published: Portal) -> None:
    assert "changed since: none of the files and keys below" in explanation(published, "/feed.xml")
    published.stories(story(1, "tags: [Iran]", date="2024-01-18", body="More."))
    published.write({"templates/feed_content.html": "{{ body(article) }}"})
    assert (
        "changed since: content/articles/1.md changed; templates/feed_content.html changed"
        in explanation(published, "/feed.xml")
    )
    published.built()
    lines = explanation(published, "/feed.xml")
    assert "reason: content/articles/1.md: its text changed" in lines
    assert "changed since: none of the files and keys below" in lines


def test_a_template_file_leads_to_the_pages_that_it_is_in(published: Portal) -> None:
    lines = explanation(published, "templates/shortcodes/youtube.html")
    assert lines[0] == "templates/shortcodes/youtube.html: used by 0 outputs"
    lines = explanation(published, "templates/404.html")
    assert lines[:2] == ["templates/404.html: used by 1 output", "404.html"]
    many = explanation(published, "templates/base.html")
    assert len(many) == 13
    assert many[-2].startswith("and ")


def test_keys_of_site_toml_are_counted(published: Portal) -> None:
    assert "'markdown': used by 0 outputs" in explanation(published, "site.toml")


def test_an_author_leads_to_the_listing(published: Portal) -> None:
    lines = explanation(published, "content/authors/leila-karimi.md")
    assert lines[0] == "https://news.example/authors/leila-karimi/"
    assert "authors/leila-karimi/feed.xml" in lines


def test_an_article_under_embargo_has_no_page(published: Portal) -> None:
    published.stories(story(4, "publish_at: 2030-01-01T00:00:00Z"))
    published.built()
    assert explanation(published, "content/articles/4.md")[0].startswith(
        "content/articles/4.md has no page"
    )


@pytest.mark.parametrize(
    ("target", "hint"),
    [
        ("/tags/iram/", "did you mean '/tags/iran/'?"),
        ("/world/2/an-older-headline/", "did you mean '/world/2/story-2/'?"),
        ("content/articles/22.md", "did you mean 'content/articles/2.md'?"),
        ("templates/partials/cards.html", "did you mean 'templates/partials/card.html'?"),
    ],
)
def test_what_there_is_not_gets_the_nearest_that_there_is(
    published: Portal, target: str, hint: str
) -> None:
    done = explain(published, target)
    assert done.code == 2
    assert done.error.startswith(f"{target}: error: ")
    assert hint in done.error


def test_a_url_of_another_host_is_refused(published: Portal) -> None:
    done = explain(published, "https://other.example/world/1/story-1/")
    assert done.code == 2
    assert "is not on this site, whose base_url is https://news.example" in done.error


def test_before_the_first_build_there_is_nothing_to_explain(portal: Portal) -> None:
    done = explain(portal, "/")
    assert done.code == 2
    assert "nothing was built here yet (run 'broadsheet build' first)" in done.error


def test_a_record_that_is_damaged_is_told(published: Portal) -> None:
    published.write({".broadsheet/build/index.sqlite": b"not a database" * 100})
    done = explain(published, "/")
    assert done.code == 2
    assert "the record of the last build can't be read" in done.error


def test_a_site_elsewhere_has_a_record_of_its_own(published: Portal) -> None:
    published.built("--output", published.root / "elsewhere")
    done = explain(published, "elsewhere/index.html", "--output", published.root / "elsewhere")
    assert done.stdout.splitlines()[0] == "https://news.example/"


def test_reasons_are_sentences_for_an_editor(published: Portal) -> None:
    published.stories(story(1, "tags: [Iran]", date="2024-01-18", body="Another text."))
    assert reasons(published)["world/1/story-1/index.html"] == (
        "content/articles/1.md: its text changed"
    )
    published.stories(story(1, "tags: [Iran]\nkicker: Bridges", date="2024-01-18", body="A text."))
    explanation = reasons(published)
    assert explanation["world/feed.xml"] == "content/articles/1.md: its text changed"
    assert explanation["archive/2024/01/18/index.html"] == (
        "the answer to listing_page(first=0, slug=2024-01-18, taxonomy=day) changed"
    )


def test_reasons_name_files_of_the_theme_and_keys(published: Portal) -> None:
    published.write({"templates/404.html": "Gone.", "templates/tag.html": "{{ listing.title }}"})
    explanation = reasons(published)
    assert explanation["404.html"] == "templates/404.html changed"
    assert explanation["tags/iran/index.html"] == "templates/tag.html was added"
    published.settings('[extra]\nfavicon = "favicon.svg"\n')
    assert "site.toml: 'extra.favicon' was added" in reasons(published)["index.html"]
    published.remove("templates/tag.html")
    assert reasons(published)["tags/iran/index.html"] == "templates/tag.html was removed"


def test_reasons_tell_what_is_planned_otherwise(published: Portal) -> None:
    published.stories(
        story(2, "tags: [Iran, Pakistan]\nimage: hill.png", date="2024-01-19", title="Other")
    )
    assert reasons(published)["n/2/index.html"] == (
        "planned with different parameters (target is /world/2/other/, was /world/2/story-2/)"
    )


def test_without_the_option_no_reason_is_told(published: Portal) -> None:
    published.stories(story(9))
    done = published.built()
    assert len(done.stdout.splitlines()) == 1
    assert "reasons" not in done.report
