"""Each provider's markup, and that a thread hangs on the News ID alone."""

from __future__ import annotations

import re
from dataclasses import replace
from pathlib import Path
from typing import Any
from xml.etree.ElementTree import Element

import html5lib
import pytest
from hypothesis import given
from hypothesis import strategies as st

from generator.config.comments import PROVIDERS
from generator.model.output import Thread
from generator.model.site import Comments, Outputs
from generator.render.comments import csp_sources, thread
from generator.theme.theme import default_theme
from tests.support.comments import make_card, make_comments, make_site, render_widget, with_settings

SITE = make_site()
CARD = make_card(SITE, title='Ships & "sails" <b>')

KEY_PLACES = {
    "isso": ("section", "data-isso-id"),
    "giscus": ("script", "data-term"),
    "utterances": ("script", "issue-term"),
    "disqus": ("script", "data-identifier"),
    "remark42": ("script", "data-url"),
    "cusdis": ("div", "data-page-id"),
    "comentario": ("comentario-comments", "page-id"),
    "hyvor-talk": ("hyvor-talk-comments", "page-id"),
}
"""The element and attribute that hold each provider's key."""


def parse(html: str) -> Element:
    parser = html5lib.HTMLParser(strict=False, namespaceHTMLElements=False)
    fragment: Element = parser.parseFragment(html)
    return fragment


def elements(html: str, tag: str) -> list[dict[str, Any]]:
    return [dict(element.attrib) for element in parse(html).iter(tag)]


def key_of(html: str, provider: str) -> str:
    tag, attribute = KEY_PLACES[provider]
    (key,) = [each[attribute] for each in elements(html, tag) if attribute in each]
    return str(key)


def widget(provider: str, more: str = "", **site: Any) -> str:
    portal = replace(SITE, **site)
    card = make_card(portal, title=CARD.title)
    return render_widget(make_comments(provider, more), card, portal)


def test_thread_has_the_short_link_in_full() -> None:
    site = make_site("https://x.example/daily")
    assert thread(make_card(site), site) == Thread(
        id="7519",
        url="https://x.example/daily/n/7519/",
        href="/daily/n/7519/",
        title="The harbour opens",
        lang="en",
        dir="ltr",
    )


def test_thread_without_short_links_leads_to_the_article_and_keeps_its_id() -> None:
    site = replace(SITE, outputs=Outputs(short_links=False))
    found = thread(make_card(site), site)
    assert found.id == "7519"
    assert found.url == "https://news.example/world/7519/the-harbour-opens/"
    assert found.href == "/world/7519/the-harbour-opens/"


def test_isso_has_its_thread_and_its_server() -> None:
    html = widget("isso", 'page_author_hashes = ["ab", "cd"]\nmax_comments_top = 10')
    assert elements(html, "section") == [
        {"id": "isso-thread", "data-title": CARD.title, "data-isso-id": "/n/7519/"}
    ]
    assert elements(html, "script")[0] == {
        "src": "https://comments.example/js/embed.min.js",
        "async": "",
        "data-isso": "https://comments.example/",
        "data-isso-lang": "en",
        "data-isso-css": "true",
        "data-isso-sorting": "newest",
        "data-isso-max-comments-top": "10",
        "data-isso-max-comments-nested": "5",
        "data-isso-reveal-on-click": "5",
        "data-isso-avatar": "true",
        "data-isso-vote": "true",
        "data-isso-page-author-hashes": "ab,cd",
    }
    assert elements(html, "link") == [
        {"rel": "stylesheet", "href": "/assets/css/comments-isso.css"}
    ]


def test_isso_without_its_style_sheet_gets_none_of_ours() -> None:
    html = widget("isso", "css = false")
    assert elements(html, "link") == []
    assert elements(html, "script")[0]["data-isso-css"] == "false"


def test_giscus_asks_for_the_news_id_strictly() -> None:
    html = widget("giscus")
    assert elements(html, "script")[0] == {
        "src": "https://giscus.app/client.js",
        "async": "",
        "crossorigin": "anonymous",
        "data-repo": "o/r",
        "data-repo-id": "R_1",
        "data-category": "News",
        "data-category-id": "DIC_1",
        "data-mapping": "specific",
        "data-term": "7519",
        "data-strict": "1",
        "data-reactions-enabled": "1",
        "data-emit-metadata": "0",
        "data-input-position": "bottom",
        "data-theme": "preferred_color_scheme",
        "data-lang": "en",
    }
    assert elements(html, "meta") == [
        {"name": "giscus:backlink", "content": "https://news.example/n/7519/"}
    ]


def test_utterances_asks_for_the_news_id() -> None:
    assert elements(widget("utterances", 'label = "talk"'), "script")[0] == {
        "src": "https://utteranc.es/client.js",
        "async": "",
        "crossorigin": "anonymous",
        "repo": "o/r",
        "issue-term": "7519",
        "label": "talk",
        "theme": "preferred-color-scheme",
    }


def test_disqus_is_told_the_news_id_the_short_link_and_the_title() -> None:
    html = widget("disqus", 'lang = "fr"')
    assert [each["id"] for each in elements(html, "div") if "id" in each] == ["disqus_thread"]
    assert elements(html, "script")[0] == {
        "src": "/assets/js/comments-disqus.js",
        "defer": "",
        "data-comments-disqus": "https://courier.disqus.com/embed.js",
        "data-identifier": "7519",
        "data-url": "https://news.example/n/7519/",
        "data-title": CARD.title,
        "data-language": "fr",
    }


def test_remark42_is_told_the_short_link() -> None:
    html = widget("remark42", "footer = false")
    assert [each["id"] for each in elements(html, "div") if "id" in each] == ["remark42"]
    assert elements(html, "script")[0] == {
        "src": "/assets/js/comments-remark42.js",
        "defer": "",
        "data-comments-remark42": "https://comments.example",
        "data-site-id": "remark",
        "data-url": "https://news.example/n/7519/",
        "data-page-title": CARD.title,
        "data-theme": "auto",
        "data-locale": "en",
        "data-max-shown-comments": "15",
        "data-show-email-subscription": "true",
        "data-simple-view": "false",
        "data-no-footer": "true",
    }


def test_remark42_keeps_its_keys_on_a_new_domain_when_told_the_old_one() -> None:
    html = widget("remark42", 'key_base = "https://old.example/"', base_url="https://new.example")
    assert key_of(html, "remark42") == "https://old.example/n/7519/"


def test_remark42_has_its_own_code_for_ukrainian() -> None:
    assert elements(widget("remark42", 'lang = "uk"'), "script")[0]["data-locale"] == "ua"


def test_cusdis_is_told_the_news_id_and_the_short_link() -> None:
    html = widget("cusdis", 'lang = "zh-CN"')
    assert elements(html, "div")[1] == {
        "id": "cusdis_thread",
        "data-host": "https://cusdis.com",
        "data-app-id": "a-1",
        "data-page-id": "7519",
        "data-page-url": "https://news.example/n/7519/",
        "data-page-title": CARD.title,
        "data-theme": "auto",
    }
    assert [script["src"] for script in elements(html, "script")] == [
        "https://cusdis.com/js/widget/lang/zh-cn.js",
        "https://cusdis.com/js/cusdis.es.js",
        "/assets/js/comments.js",
    ]


def test_comentario_is_told_a_path_that_resolves() -> None:
    html = widget("comentario", 'theme = "dark"\nfonts = false')
    assert elements(html, "comentario-comments") == [
        {
            "page-id": "/n/7519/",
            "auto-init": "true",
            "lang": "en",
            "theme": "dark",
            "max-level": "10",
            "live-update": "true",
            "no-fonts": "true",
        }
    ]
    assert elements(html, "script")[0] == {
        "src": "https://comments.example/comentario.js",
        "defer": "",
    }


def test_hyvor_talk_is_told_the_news_id() -> None:
    html = widget("hyvor-talk")
    assert elements(html, "hyvor-talk-comments") == [
        {
            "website-id": "42",
            "page-id": "7519",
            "page-url": "https://news.example/n/7519/",
            "page-title": CARD.title,
            "page-language": "en",
            "colors": "os",
        }
    ]
    assert elements(html, "script")[0] == {
        "src": "https://talk.hyvor.com/embed/embed.js",
        "type": "module",
        "async": "",
    }


def test_own_template_sees_the_thread_and_its_own_settings(tmp_path: Path) -> None:
    template = tmp_path / "templates" / "comments" / "coral.html"
    template.parent.mkdir(parents=True)
    template.write_text('<div data-coral-id="{{ thread.id }}" data-root="{{ settings.root }}">')
    comments = Comments("custom", {"template": "coral", "settings": {"root": "https://c.example"}})
    html = render_widget(comments, CARD, SITE, tmp_path)
    assert elements(html, "div") == [{"data-coral-id": "7519", "data-root": "https://c.example"}]


def test_portal_extends_the_default_widget_that_it_overrides(tmp_path: Path) -> None:
    template = tmp_path / "templates" / "comments" / "giscus.html"
    template.parent.mkdir(parents=True)
    template.write_text(
        '{% extends "!comments/giscus.html" %}{% block place %}<p>Be kind.</p>{{ super() }}'
        "{% endblock %}"
    )
    html = render_widget(make_comments("giscus"), CARD, SITE, tmp_path)
    assert "<p>Be kind.</p>" in html
    assert key_of(html, "giscus") == "7519"


@pytest.mark.parametrize("provider", PROVIDERS)
class TestEveryWidget:
    def test_speaks_the_language_of_its_article(self, provider: str) -> None:
        card = make_card(SITE, lang="fa", direction="rtl")
        html = render_widget(make_comments(provider), card, SITE)
        outer = elements(html, "div")[0]
        assert (outer["lang"], outer["dir"]) == ("fa", "rtl")

    def test_waits_in_a_template_for_the_loader(self, provider: str) -> None:
        html = widget(provider, 'load = "visible"')
        assert elements(html, "div")[0]["data-comments-load"] == "visible"
        _, embed, after = re.split("</?template>", html)
        assert "script" in embed
        assert [each["src"] for each in elements(after, "script")] == ["/assets/js/comments.js"]
        assert elements(html, "button") == []

    def test_has_a_button_when_it_waits_for_a_click(self, provider: str) -> None:
        assert elements(widget(provider, 'load = "click"'), "button") == [
            {"type": "button", "class": "comments-load", "hidden": ""}
        ]

    def test_loads_at_once_without_the_loader_when_told_so(self, provider: str) -> None:
        html = widget(provider, 'load = "now"')
        assert "<template" not in html
        assert "comments.js" not in html
        assert "data-comments-load" not in elements(html, "div")[0]

    def test_gives_readers_without_scripts_the_short_link(self, provider: str) -> None:
        html = widget(provider)
        link = 'comments_noscript <a href="https://news.example/n/7519/">'
        assert re.search(f"<noscript><p>{re.escape(link)}", html)

    def test_has_no_heading_no_inline_script_and_no_inline_style(self, provider: str) -> None:
        for load in ("visible", "click", "now"):
            for element in parse(widget(provider, f'load = "{load}"')).iter():
                assert not re.fullmatch("h[1-6]|style", str(element.tag))
                assert not any(name == "style" or name[:2] == "on" for name in element.attrib)
                assert element.tag != "script" or (element.get("src") and not element.text)

    def test_title_is_never_markup(self, provider: str) -> None:
        assert elements(widget(provider), "b") == []

    def test_refers_only_to_assets_that_the_theme_has(self, provider: str) -> None:
        for load in ("visible", "click", "now"):
            html = widget(provider, f'load = "{load}"')
            for name in re.findall('"/assets/([^"]+)"', html):
                assert (default_theme() / "assets" / name).is_file()

    def test_its_servers_are_in_the_policy(self, provider: str) -> None:
        comments = make_comments(provider)
        foreign = {
            "/".join(script["src"].split("/")[:3])
            for script in elements(widget(provider), "script")
            if script["src"].startswith("https://")
        }
        assert foreign <= set(csp_sources(comments)["script-src"])


def test_policy_names_origins_without_their_paths() -> None:
    server = "https://x.example:8443/isso"
    assert csp_sources(with_settings(make_comments("isso"), url=server, avatar=False)) == {
        "script-src": ("https://x.example:8443",),
        "connect-src": ("https://x.example:8443",),
        "style-src": ("https://x.example:8443",),
    }


def test_policy_of_a_portals_own_template_is_not_guessed() -> None:
    assert csp_sources(Comments("custom", {"template": "coral", "settings": {}})) == {}


NEWS_IDS = st.from_regex(r"[A-Za-z0-9_-]{1,64}", fullmatch=True)
SLUGS = st.from_regex(r"[a-z0-9]{1,12}", fullmatch=True)
TITLES = st.text(st.characters(codec="utf-8", exclude_categories=["Cc", "Cs"]), min_size=1)
HOSTS = st.sampled_from(["https://a.example", "https://b.example", "http://a.example/daily"])


@pytest.mark.parametrize("provider", PROVIDERS)
@given(
    news_id=NEWS_IDS,
    titles=st.tuples(TITLES, TITLES),
    slugs=st.tuples(SLUGS, SLUGS),
    hosts=st.tuples(HOSTS, HOSTS),
    short_links=st.booleans(),
)
def test_key_is_made_of_the_news_id_alone(
    provider: str,
    news_id: str,
    titles: tuple[str, str],
    slugs: tuple[str, str],
    hosts: tuple[str, str],
    short_links: bool,
) -> None:
    more = 'key_base = "https://a.example"' if provider == "remark42" else ""
    comments = make_comments(provider, more)
    keys = set()
    for title, slug, host in zip(titles, slugs, hosts, strict=True):
        site = replace(make_site(host), outputs=Outputs(short_links=short_links))
        card = make_card(site, news_id, title=title, slug=slug, section=slug)
        keys.add(key_of(render_widget(comments, card, site), provider))
    (key,) = keys
    assert key.removeprefix("https://a.example").removeprefix("/n/").rstrip("/") == news_id
