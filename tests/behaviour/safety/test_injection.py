"""Nothing that an author writes runs a script on a page, whatever shortcodes the portal has."""

from __future__ import annotations

import re

import pytest
import yaml
from playwright.sync_api import Page

from tests.support.fixtures import picture
from tests.support.hosting import served
from tests.support.portal import Portal
from tests.support.vectors import FRONT_VALUES, texts

TEXTS = tuple(texts())
A_PAGE = 24
# In CommonMark, raw HTML of some kinds goes on to its end, wherever that is.
NEXT = "\n\n--></script></style></pre></textarea>\n\nNext.\n\n"
SHOWN = "<div>{{ inner }}{{ param('title', default='') }}</div>"
DETECTOR = """
window.hits = [];
for (const name of ["hit", "alert", "prompt", "confirm", "print"])
    window[name] = () => { window.hits.push(name); };
"""
PROVOKED = """async () => {
    for (const element of document.querySelectorAll("*")) {
        for (const type of ["mouseover", "focus", "toggle", "error", "load", "animationstart"])
            element.dispatchEvent(new Event(type, { bubbles: type === "mouseover" }));
        const link = element.closest("a[href], area[href]");
        if (link === element && !/^(https?|mailto|tel):/.test(element.protocol)) element.click();
        if (element.tagName === "BUTTON" || element.tagName === "DETAILS") element.click();
    }
    await new Promise((done) => setTimeout(done, 0));
    return window.hits;
}"""
SUSPICIOUS = """() => {
    const found = [];
    for (const element of document.querySelectorAll("*")) {
        for (const { name, value } of element.attributes) {
            if (name.startsWith("on")) found.push(`${element.tagName} ${name}`);
            const address = value.replace(/[\\s\\x00-\\x1f]/g, "");
            if (/^(javascript|vbscript|data:text)/i.test(address) &&
                /^(href|src|action|formaction|poster|data|xlink:href|srcset|content)$/.test(name))
                found.push(`${element.tagName} ${name}=${value}`);
        }
        const own = /\\/assets\\/js\\//.test(element.src) || /json/.test(element.type);
        if (element.tagName === "SCRIPT" && !own) found.push(element.outerHTML);
        if (/^(IFRAME|OBJECT|EMBED|BASE|FORM|STYLE)$/.test(element.tagName))
            found.push(element.outerHTML);
    }
    return found;
}"""
FRONT = (
    "title", "standfirst", "byline", "dateline", "kicker", "series", "description", "seo_title",
)  # fmt: skip


def _front(number: int, value: str) -> str:
    keys = {key: f"{key} {value}" for key in FRONT} | {
        "news_id": number,
        "date": "2024-01-20",
        "slug": f"s{number}",
        "tags": [f"tag {value}"],
        "authors": [f"author {value}"],
        "source": {"name": f"source {value}", "url": "https://x.example/?a=%22%3E"},
        "image": {
            "src": "hill.png",
            "alt": value,
            "caption": value,
            "credit": value,
        },
        "corrections": [{"date": "2024-01-21", "text": value}],
        "breaking": True,
    }
    return yaml.safe_dump(keys, allow_unicode=True)


def _document(number: int, body: str) -> str:
    value = FRONT_VALUES[number % len(FRONT_VALUES)]
    return f"---\n{_front(number, value)}---\n\n{body}\n"


def _portal(portal: Portal, dialect: str, unknown: str, *, trusted: bool = False) -> Portal:
    portal.settings(
        f'[markdown]\ndialect = "{dialect}"\nunknown_shortcodes = "{unknown}"\n'
        f"trusted_html = {str(trusted).lower()}\n"
    )
    portal.write(
        {
            "templates/shortcodes/shown.html": SHOWN,
            "content/media/hill.png": picture(),
        }
    )
    return portal


@pytest.fixture(scope="module")
def published(tmp_path_factory: pytest.TempPathFactory, each_dialect: str) -> list[str]:
    """The texts that a portal publishes, several to a document; the others are errors."""
    portal = Portal(tmp_path_factory.mktemp("vectors") / "portal")
    _portal(portal, each_dialect, "text")
    portal.write(
        {
            f"content/articles/{number}.md": _document(number, text)
            for number, text in enumerate(TEXTS, 1)
        }
    )
    done = portal.build("--keep-going")
    assert "Traceback" not in done.stderr
    refused = set(
        map(int, re.findall(r"^content/articles/(\d+)\.md.*: error: ", done.stderr, re.M))
    )
    left = [text for number, text in enumerate(TEXTS, 1) if number not in refused]
    assert len(left) > 240
    bodies = [left[at : at + A_PAGE] for at in range(0, len(left), A_PAGE)]
    return [_document(at, NEXT.join(body)) for at, body in enumerate(bodies, 1)]


def _hits(portal: Portal, tab: Page) -> tuple[list[str], list[str], int]:
    """What ran and what looks as if it might, on all pages; and how many pages there are."""
    tab.add_init_script(DETECTOR)
    tab.route("https://**", lambda route: route.abort())
    ran, suspicious = [], []
    pages = [page for page in portal.output.rglob("index.html") if "n" not in page.parts]
    stories = [page for page in pages if page.match("world/*/s*/index.html")]
    with served(portal.output) as url:
        for page in sorted(pages):
            path = page.parent.relative_to(portal.output).as_posix()
            tab.goto(f"{url}/{path}/".replace("/./", "/"))
            suspicious += [f"{path}: {each}" for each in tab.evaluate(SUSPICIOUS)]
            ran += [f"{path}: {each}" for each in tab.evaluate(PROVOKED)]
    return ran, suspicious, len(stories)


@pytest.mark.browser
@pytest.mark.parametrize("unknown", ["drop", "text"])
def test_no_text_runs_a_script(
    portal: Portal, published: list[str], tab: Page, each_dialect: str, unknown: str
) -> None:
    _portal(portal, each_dialect, unknown).stories(*published)
    done = portal.build()
    assert done.code == 0, [line for line in done.stderr.splitlines() if ": error: " in line]
    ran, suspicious, stories = _hits(portal, tab)
    assert stories == len(published)
    assert (ran, suspicious) == ([], [])


@pytest.mark.browser
def test_the_same_texts_run_where_they_are_trusted(
    portal: Portal, published: list[str], tab: Page, each_dialect: str
) -> None:
    """So that the test above would notice one that runs."""
    _portal(portal, each_dialect, "drop", trusted=True).stories(*published)
    portal.build("--keep-going")
    ran, suspicious, _ = _hits(portal, tab)
    assert ran
    assert suspicious
