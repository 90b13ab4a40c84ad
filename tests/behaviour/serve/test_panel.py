"""The preview panel in a browser."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Locator, Page, expect

from tests.support.portal import Portal, story
from tests.support.serving import PATIENCE_SECONDS, Serving, SmallPortal, serving

pytestmark = pytest.mark.browser

expect.set_options(timeout=PATIENCE_SECONDS * 1000)
STORY = "/local/1/story/"
LIST = "/local/"
CODE = {"VISUAL": "code --wait", "EDITOR": "vim"}
TERMINAL = {"VISUAL": "", "EDITOR": "vim"}
STRICT = """\
{% extends "!base.html" %}
{% block meta %}
<meta http-equiv="Content-Security-Policy"
    content="default-src 'none'; script-src 'self'; style-src 'self'; connect-src 'self'">
{{ super() }}
{% endblock %}
"""


@pytest.fixture
def portal(tmp_path: Path) -> SmallPortal:
    """A portal with a story, a draft, and one that waits for its time."""
    portal = SmallPortal(tmp_path)
    portal.publish("A bridge is opened", more="standfirst: In short.")
    portal.publish("A rumour", news_id=2, more="draft: true")
    portal.publish("A forecast", news_id=3, more="publish_at: 2099-01-01T18:00")
    return portal


@pytest.fixture
def server(portal: SmallPortal) -> Iterator[Serving]:
    """Its server, after the first build."""
    with serving(portal, env=CODE) as running:
        running.built()
        yield running


def opened(tab: Page, url: str) -> Locator:
    """The panel of a page with all that it shows, opened with the mouse unless it was open."""
    tab.goto(url)
    button = tab.get_by_role("button", name="Preview")
    expect(button).to_be_visible()
    if button.get_attribute("aria-expanded") == "false":
        button.click()
    panel = tab.get_by_role("dialog", name="Preview")
    expect(panel.get_by_text("Last build", exact=True)).to_be_visible()
    return panel


def story_link(tab: Page, title: str) -> Locator:
    """The link to a story in a list."""
    return tab.locator("main").get_by_role("link", name=title)


def focused(tab: Page) -> str:
    """The id of what has the focus in the panel; empty if it is elsewhere."""
    script = "document.activeElement.shadowRoot?.activeElement?.id ?? ''"
    return str(tab.evaluate(script))


def test_the_panel_is_closed_until_it_is_asked_for(server: Serving, tab: Page) -> None:
    tab.goto(server.url + STORY)
    button = tab.get_by_role("button", name="Preview")
    expect(button).to_be_visible()
    expect(button).to_have_attribute("aria-expanded", "false")
    expect(tab.get_by_role("dialog")).to_have_count(0)
    button.click()
    expect(tab.get_by_role("dialog", name="Preview")).to_be_visible()
    expect(button).to_have_attribute("aria-expanded", "true")
    button.click()
    expect(tab.get_by_role("dialog")).to_have_count(0)


def test_the_panel_says_why_and_from_what_a_page_was_built(
    portal: SmallPortal, server: Serving, tab: Page
) -> None:
    portal.publish("A bridge is closed", more="standfirst: In short.")
    server.page_with("A bridge is closed", STORY)
    panel = opened(tab, server.url + STORY)
    expect(panel).to_contain_text("content/articles/1.md: its headline or other metadata changed")
    expect(panel).to_contain_text("article")
    expect(panel.get_by_text(" rendered, ")).to_have_text(
        # As on the terminal.
        f"{_seconds(server.seen[-1])} s, {_count(server.seen[-1])} rendered, "
        f"{_count(server.seen[-1])} written"
    )


def _seconds(line: str) -> str:
    return line.rpartition(" in ")[2].removesuffix(" s\n")


def _count(line: str) -> str:
    return line.split(", ")[1].partition(" ")[0]


def test_a_page_is_shown_as_others_show_it(server: Serving, tab: Page) -> None:
    panel = opened(tab, server.url + STORY)
    result = panel.locator(".result")
    expect(result).to_contain_text("A bridge is opened | The Courier")
    expect(result).to_contain_text("news.example › local › 1 › story")
    expect(result).to_contain_text("In short.")
    card = panel.locator(".card")
    expect(card).to_contain_text("A bridge is opened")
    expect(card).to_contain_text("In short.")
    expect(panel).to_contain_text("There is no og:image")
    panel = opened(tab, f"{server.url}/no/such/page/")
    expect(panel).to_contain_text("The page asks search engines not to list it.")


def test_the_warnings_of_a_page_stay_until_it_is_saved_without_them(
    portal: SmallPortal, server: Serving, tab: Page
) -> None:
    wrong = portal.article("A bridge is closed").replace("opened", "opened\n- a list\n\nand went")
    portal.save("content/static/notes.html", "<p>Notes")
    portal.save("content/articles/1.md", wrong.replace("The mayor", "{{< unknown >}} The mayor"))
    portal.save("site.toml", _dropping(portal))
    server.line("1.md:.*warning: ")
    portal.publish("Another story", news_id=4)
    server.page_with("Another story", "/local/4/story/")
    panel = opened(tab, server.url + STORY)
    warnings = panel.get_by_role("listitem")
    expect(warnings).to_contain_text(["content/articles/1.md"])
    link = warnings.get_by_role("link", name="Open in the editor").first
    expect(link).to_have_attribute("href", f"vscode://file{portal.root}/content/articles/1.md:9:1")
    portal.publish("A bridge is gone")
    expect(tab.get_by_role("heading", level=1)).to_have_text("A bridge is gone")
    expect(panel).to_contain_text("Of this page: no warnings.")


def _dropping(portal: SmallPortal) -> str:
    settings = (portal.root / "site.toml").read_text("utf-8")
    return f'{settings}\n[markdown]\nunknown_shortcodes = "drop"\n'


def test_a_page_opens_in_the_editor(portal: SmallPortal, server: Serving, tab: Page) -> None:
    panel = opened(tab, server.url + STORY)
    link = panel.get_by_role("link", name="Open in the editor")
    place = f"{portal.root}/content/articles/1.md"
    expect(link).to_have_attribute("href", f"vscode://file{place}:1:1")
    settings = (portal.root / "site.toml").read_text("utf-8")
    portal.save("site.toml", f'{settings}\n[editor]\nname = "idea"\n')
    server.built()
    panel = opened(tab, server.url + STORY)
    expect(link).to_have_attribute("href", f"idea://open?file={place}&line=1&column=1")


def test_without_an_editor_in_windows_the_path_can_be_copied(
    portal: SmallPortal, tab: Page
) -> None:
    tab.context.grant_permissions(["clipboard-read", "clipboard-write"])
    with serving(portal, env=TERMINAL) as server:
        server.built()
        panel = opened(tab, server.url + STORY)
        panel.get_by_role("button", name="Copy the path").click()
        expect(panel.get_by_role("button", name="Copied")).to_be_visible()
        copied = tab.evaluate("navigator.clipboard.readText()")
        assert copied == f"{portal.root}/content/articles/1.md"


def test_an_error_is_shown_with_its_lines_and_opens_in_the_editor(
    portal: SmallPortal, server: Serving, tab: Page
) -> None:
    tab.goto(server.url + STORY)
    portal.publish("پل باز شد", more="سرخط: تهران\nsorce: Reuters")
    errors = tab.get_by_role("alert")
    wrong = errors.locator(".wrong").filter(has_text="sorce: Reuters")
    expect(wrong.locator("span")).to_have_text("7")
    expect(wrong.locator("mark")).to_have_text("s")
    [line] = errors.locator("pre").filter(has_text="سرخط").all()[:1]
    assert line.evaluate("line => getComputedStyle(line).direction") == "rtl"
    assert wrong.locator("pre").evaluate("line => getComputedStyle(line).direction") == "ltr"
    link = errors.get_by_role("listitem").filter(has_text="'sorce'").get_by_role("link")
    place = f"{portal.root}/content/articles/1.md"
    expect(link).to_have_attribute("href", f"vscode://file{place}:7:1")
    portal.publish("A bridge is closed")
    expect(tab.get_by_role("heading", level=1)).to_have_text("A bridge is closed")
    expect(errors).to_have_count(0)


def test_a_portal_that_was_never_built_shows_the_lines_of_its_errors(
    portal: SmallPortal, tab: Page
) -> None:
    portal.publish("A bridge is opened", more="sorce: Reuters")
    with serving(portal, env=TERMINAL) as server:
        server.line("^1 error")
        tab.goto(server.url + STORY)
        expect(tab.locator(".wrong pre")).to_have_text("sorce: Reuters\n")
        expect(tab.get_by_role("button", name="Copy the path")).to_be_visible()
        expect(tab.get_by_role("button", name="Preview")).to_be_visible()


def test_the_portal_is_shown_as_at_another_moment_and_as_it_is_now(
    server: Serving, tab: Page
) -> None:
    panel = opened(tab, server.url + LIST)
    expect(story_link(tab, "A forecast")).to_have_count(0)
    panel.get_by_label("Show the portal as at").fill("2099-01-02T12:00")
    panel.get_by_role("button", name="Show", exact=True).click()
    expect(story_link(tab, "A forecast")).to_contain_text("Scheduled for 2099-01-01 18:00")
    expect(story_link(tab, "A bridge is opened").locator("broadsheet-mark")).to_have_count(0)
    expect(tab.get_by_role("button", name="as at 2099-01-02 12:00")).to_be_visible()
    tab.goto(f"{server.url}/local/3/story/")
    expect(tab.get_by_role("heading", level=1)).to_contain_text("Scheduled for 2099-01-01 18:00")
    panel.get_by_role("button", name="Back to now").click()
    expect(tab.get_by_role("button", name="Preview", exact=True)).to_be_visible()
    tab.goto(server.url + LIST)
    expect(story_link(tab, "A bridge is opened")).to_have_count(1)
    expect(story_link(tab, "A forecast")).to_have_count(0)


def test_drafts_come_and_go_and_are_marked(server: Serving, tab: Page) -> None:
    panel = opened(tab, server.url + LIST)
    panel.get_by_label("Show drafts").check()
    rumour = story_link(tab, "A rumour")
    expect(rumour.locator("broadsheet-mark")).to_have_text("Draft")
    expect(panel.get_by_label("Show drafts")).to_be_focused()
    panel.get_by_label("Show drafts").uncheck()
    expect(rumour).to_have_count(0)
    expect(panel.get_by_label("Show drafts")).not_to_be_checked()


def test_two_browsers_are_shown_the_same(server: Serving, browser: Browser, tab: Page) -> None:
    context = browser.new_context()
    other = context.new_page()
    other.goto(server.url + LIST)
    panel = opened(tab, server.url + LIST)
    panel.get_by_label("Show drafts").check()
    expect(story_link(other, "A rumour")).to_contain_text("Draft")
    there = opened(other, server.url + LIST)
    expect(there.get_by_label("Show drafts")).to_be_checked()
    there.get_by_label("Show drafts").uncheck()
    expect(story_link(tab, "A rumour")).to_have_count(0)
    expect(panel.get_by_label("Show drafts")).not_to_be_checked()
    context.close()


def test_a_moment_that_there_is_not_is_refused_in_the_panel(server: Serving, tab: Page) -> None:
    panel = opened(tab, server.url + LIST)
    panel.get_by_label("Show the portal as at").fill("275760-09-12T00:00")
    panel.get_by_role("button", name="Show", exact=True).click()
    expect(panel.get_by_role("alert")).to_contain_text("the time must be a date such as 2024-01-20")
    panel.get_by_label("Show the portal as at").fill("")
    panel.get_by_role("button", name="Show", exact=True).click()
    expect(panel.get_by_role("alert")).to_contain_text("the time must be a date or time")


def test_the_keyboard_alone_is_enough(server: Serving, tab: Page) -> None:
    tab.goto(server.url + LIST)
    expect(tab.get_by_role("button", name="Preview")).to_be_visible()
    for _ in range(100):
        tab.keyboard.press("Tab")
        if focused(tab) == "toggle":
            break
    tab.keyboard.press("Enter")
    assert focused(tab) == "title"
    panel = tab.get_by_role("dialog", name="Preview")
    expect(panel.get_by_text("Last build", exact=True)).to_be_visible()
    for _ in range(20):
        tab.keyboard.press("Tab")
        if focused(tab) == "drafts":
            break
    tab.keyboard.press("Space")
    expect(story_link(tab, "A rumour")).to_contain_text("Draft")
    expect(panel.get_by_label("Show drafts")).to_be_focused()
    for _ in range(20):
        tab.keyboard.press("Shift+Tab")
        if focused(tab) == "now":
            break
    tab.get_by_label("Show the portal as at").fill("2099-01-02T12:00")
    tab.keyboard.press("Enter")
    expect(story_link(tab, "A forecast")).to_contain_text("Scheduled")
    expect(panel.get_by_label("Show the portal as at")).to_be_focused()
    tab.keyboard.press("Escape")
    expect(tab.get_by_role("dialog")).to_have_count(0)
    assert focused(tab) == "toggle"
    tab.keyboard.press("Space")
    expect(panel).to_be_visible()
    tab.keyboard.press("Tab")
    assert focused(tab) == "close"
    tab.keyboard.press("Enter")
    expect(tab.get_by_role("dialog")).to_have_count(0)
    assert focused(tab) == "toggle"


def test_the_panel_works_under_a_strict_content_security_policy(
    portal: SmallPortal, tab: Page
) -> None:
    portal.save("templates/base.html", STRICT)
    complaints: list[str] = []
    tab.on("console", lambda message: complaints.append(message.text))
    with serving(portal, "--drafts", env=CODE) as server:
        server.built()
        panel = opened(tab, server.url + LIST)
        expect(panel).to_have_css("position", "fixed")
        mark = story_link(tab, "A rumour").locator("broadsheet-mark")
        expect(mark).to_have_css("background-color", "rgb(255, 233, 184)")
        portal.publish("A bridge is closed", more="sorce: Reuters")
        expect(tab.get_by_role("alert")).to_have_css("background-color", "rgb(122, 12, 12)")
    assert [text for text in complaints if "Content Security Policy" in text] == []


@pytest.mark.parametrize("language", ["en", "fa"])
@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("width", [360, 1280])
def test_the_panel_fits_its_corner(
    portal: SmallPortal, browser: Browser, language: str, scheme: str, width: int
) -> None:
    settings = (portal.root / "site.toml").read_text("utf-8")
    portal.save("site.toml", f'language = "{language}"\n{settings}')
    context = browser.new_context(
        viewport={"width": width, "height": 640},
        color_scheme="dark" if scheme == "dark" else "light",
    )
    tab = context.new_page()
    with serving(portal) as server:
        server.built()
        panel = opened(tab, server.url + STORY)
        boxes = [panel.bounding_box(), tab.get_by_role("button", name="Preview").bounding_box()]
        for box in boxes:
            assert box is not None
            left, right = box["x"], width - box["x"] - box["width"]
            assert left >= 0
            assert right >= 0
            assert (left if language == "fa" else right) == 8
        assert tab.evaluate("document.documentElement.scrollWidth") <= width
        expect(panel).to_have_css(
            "background-color", "rgb(31, 34, 38)" if scheme == "dark" else "rgb(255, 255, 255)"
        )
        expect(panel.locator("dl")).to_have_css("direction", "ltr")
    context.close()


def test_nothing_of_the_panel_is_in_the_output_of_a_build(tmp_path: Path) -> None:
    portal = Portal(tmp_path)
    portal.settings("")
    portal.stories(story(1), story(2, "draft: true"))
    portal.built("--drafts")
    names = (b"_broadsheet", b"broadsheet-panel", b"broadsheet-mark", b"livereload")
    assert [
        path for path, content in portal.tree().items() if any(name in content for name in names)
    ] == []
