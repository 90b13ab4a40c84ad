"""Providers that are told by a script which thread it is, in a real browser under a strict policy.

Their own scripts lie on hosts that no test may ask, so each request for them ends at the browser.
"""

from __future__ import annotations

import pytest
from playwright.sync_api import Page

from tests.support.comments import make_comments
from tests.support.newsroom import Newsroom

pytestmark = pytest.mark.browser

EMPTY_SCRIPT = {"content_type": "text/javascript", "body": ""}
TITLE = "The harbour opens"


def test_disqus_hears_of_the_reader_only_after_a_click(newsroom: Newsroom, tab: Page) -> None:
    tab.route("https://courier.disqus.com/**", lambda route: route.fulfill(**EMPTY_SCRIPT))
    asked: list[str] = []
    tab.on("request", lambda request: asked.append(request.url))
    tab.goto(newsroom.publish(make_comments("disqus"), title=TITLE, slug="a"))
    assert not any("disqus.com" in url for url in asked)

    with tab.expect_response("https://courier.disqus.com/embed.js"):
        tab.get_by_role("button").click()
    explanation = tab.evaluate(
        "(() => { const told = {page: {}}; disqus_config.call(told); return told })()"
    )
    assert explanation == {
        "language": "en",
        "page": {
            "identifier": "7519",
            "url": f"{newsroom.site.base_url}/n/7519/",
            "title": TITLE,
        },
    }


def test_remark42_is_told_the_short_link_and_follows_the_readers_colours(
    newsroom: Newsroom, tab: Page
) -> None:
    tab.route("https://comments.example/**", lambda route: route.fulfill(**EMPTY_SCRIPT))
    tab.emulate_media(color_scheme="dark")
    with tab.expect_response("https://comments.example/web/embed.mjs"):
        tab.goto(newsroom.publish(make_comments("remark42"), title=TITLE, slug="a"))
    assert tab.evaluate("remark_config") == {
        "host": "https://comments.example",
        "site_id": "remark",
        "url": f"{newsroom.site.base_url}/n/7519/",
        "page_title": TITLE,
        "components": ["embed"],
        "theme": "dark",
        "locale": "en",
        "max_shown_comments": 15,
        "show_email_subscription": True,
        "simple_view": False,
        "no_footer": False,
    }

    tab.evaluate("window.REMARK42 = {changeTheme: (theme) => console.log('theme', theme)}")
    with tab.expect_console_message() as said:
        tab.emulate_media(color_scheme="light")
    assert said.value.text == "theme light"


def test_scripts_of_a_widget_run_in_their_order(newsroom: Newsroom, tab: Page) -> None:
    script = EMPTY_SCRIPT | {"body": "console.log(document.currentScript.src)"}
    tab.route("https://cusdis.com/**", lambda route: route.fulfill(**script))
    ran: list[str] = []
    tab.on("console", lambda message: ran.append(message.text))
    with tab.expect_console_message(lambda message: message.text.endswith("/cusdis.es.js")):
        tab.goto(newsroom.publish(make_comments("cusdis", 'lang = "fa"'), title=TITLE, slug="a"))
    assert ran == [
        "https://cusdis.com/js/widget/lang/fa.js",
        "https://cusdis.com/js/cusdis.es.js",
    ]
