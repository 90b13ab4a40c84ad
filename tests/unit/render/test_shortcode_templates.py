"""The theme's own shortcodes, through the real reader and templates."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any

import pytest
from markupsafe import Markup as Safe

from generator.model.article import Image
from generator.model.body import Reference, ShortcodeCall
from generator.model.site import Markup
from generator.parse.markdown.reader import MarkdownReader
from generator.render.environment import ThemeEnvironment
from generator.render.expand import expand
from generator.render.feed_html import feed_safe
from generator.render.filters import picture_tag
from generator.render.mathml import mathml
from generator.theme.theme import Theme, default_theme

READER = MarkdownReader(Markup())
MISSING = object()


@dataclass(frozen=True)
class Story:
    href: str
    title: str
    kind: str = "news"
    retracted: bool = False
    breaking: bool = False


STORIES = {"1": Story("/world/1/", "One & all"), "2": Story("/world/2/", "Two")}


def environment() -> ThemeEnvironment:
    found = ThemeEnvironment(Theme((default_theme(),)), lambda name, files: None)
    found.filters |= {"picture": picture_tag, "lang_attrs": lambda story: ""}
    found.globals |= {"article": STORIES.get, "t": {"related": "Related stories"}.__getitem__}
    return found


@dataclass
class Portal:
    format: str
    environment: ThemeEnvironment

    def link(self, reference: Reference) -> str | None:
        return f"/{reference.target}/"

    def media(self, reference: Reference) -> Image | str | None:
        return None

    def shortcode(self, call: ShortcodeCall, inner: str) -> str:
        names = [f"shortcodes/{call.name}.{self.format}.html", f"shortcodes/{call.name}.html"]
        return self.environment.select_template(names).render(
            args=list(call.args),
            named=dict(call.named),
            inner=Safe(inner),
            format=self.format,
            param=parameters(call),
            formula=lambda tex, display: mathml(tex, block=display == "block"),
            media=lambda src, alt="", *_: Image(f"https://x.example/{src}", 40, 30, alt),
            article=Story("/this/", "This story"),
        )


def parameters(call: ShortcodeCall) -> Callable[..., str]:
    named: Mapping[str, str] = call.named

    def param(name: str, position: int | None = None, default: Any = MISSING) -> str:
        if name in named:
            return named[name]
        if position is not None and position < len(call.args):
            return call.args[position]
        assert default is not MISSING, name
        return str(default)

    return param


def shown(text: str, format_: str = "html") -> str:
    body, problems = READER.read(text, 1, "a.md")
    assert not problems
    html = expand(body, Portal(format_, environment()))
    return re.sub(r"\s*\n\s*", "", html)


CALLS = [
    '{{< youtube abc title="A <b> talk" image=talk.jpg caption="At noon" start=60 >}}',
    "{{< youtube id=abc >}}",
    "{{< pullquote by=Me >}}We *will*.{{< /pullquote >}}",
    '{{< pullquote "We will." >}}',
    '{{< figure map.png alt="A map" caption="The border" credit="Us" >}}',
    "{{< figure src=map.png >}}Under *it*.{{< /figure >}}",
    '{{< factbox "In brief" >}}\n- one\n- two\n{{< /factbox >}}',
    "{{< related 1 2 9 >}}",
    "{{< embed https://social.example/@a/1 >}}What *they* said.{{< /embed >}}",
    "{{< math `\\frac{a}{b}` >}}",
    '{{< embed url="javascript:alert(1)" title="Odd" >}}',
]


@pytest.mark.parametrize("call", CALLS)
def test_nothing_is_asked_of_another_site(call: str) -> None:
    html = shown(call)
    sources = re.findall(r'(?:src|srcset|poster)="([^"]*)"', html)
    assert all(source.startswith("/") for source in sources)
    assert not re.search(r"<(?:script|iframe|object|embed|link|style)\b|\sstyle=|\son\w+=", html)
    assert "javascript:" not in "".join(re.findall(r'href="([^"]*)"', html))


@pytest.mark.parametrize("call", CALLS)
def test_form_for_feeds_is_safe_as_it_is(call: str) -> None:
    html = shown(call, "feed")
    assert html
    assert feed_safe(html) == html
    assert 'class="bs-' not in html or "figure" in call


def test_youtube_links_to_the_video_with_the_portals_own_picture() -> None:
    html = shown(CALLS[0])
    assert 'href="https://www.youtube.com/watch?v=abc&amp;t=60s"' in html
    assert '<img src="/talk.jpg" alt=""' in html
    assert "A &lt;b&gt; talk" in html
    assert "<figcaption>At noon</figcaption>" in html


def test_youtube_id_stays_inside_the_address() -> None:
    assert 'watch?v=a%22%26b"' in shown('{{< youtube `a"&b` >}}')


def test_pullquote_shows_its_inside_and_who_said_it() -> None:
    html = shown(CALLS[2])
    assert "<blockquote>We <em>will</em>.</blockquote><figcaption>Me</figcaption>" in html


def test_figure_has_alternative_text_caption_and_credit() -> None:
    html = shown(CALLS[4])
    assert '<img src="/map.png" alt="A map" width="40" height="30"' in html
    assert '<figcaption>The border <span class="bs-credit">Us</span></figcaption>' in html


def test_factbox_holds_markdown() -> None:
    html = shown(CALLS[6])
    assert '<p class="bs-factbox-title">In brief</p><ul><li>one</li>' in html


def test_related_names_those_stories_that_are_published() -> None:
    html = shown(CALLS[7])
    assert '<a href="/world/1/">One &amp; all</a>' in html
    assert html.count("<li>") == 2
    assert "Related stories" in html


@pytest.mark.parametrize("format_", ["html", "feed"])
def test_related_without_any_published_story_shows_nothing(format_: str) -> None:
    assert shown("{{< related 9 >}}", format_) == ""


def test_embed_is_a_link_and_what_was_said() -> None:
    html = shown(CALLS[8])
    assert '<blockquote class="bs-embed-text">What <em>they</em> said.</blockquote>' in html
    assert 'href="https://social.example/@a/1"' in html
    assert '<span class="bs-embed-host">social.example</span>' in html
