from __future__ import annotations

from dataclasses import dataclass, field, replace

import pytest

from generator.model.article import Image
from generator.model.body import Body, Reference, ShortcodeCall
from generator.render.expand import expand
from tests.support.dialects import DialectReader

pytestmark = pytest.mark.usefixtures("each_dialect")

READER = DialectReader()
PICTURE = Image("https://x.example/media/p.jpg", 640, 480, srcset="/media/p-2.jpg 2x")


@dataclass
class Portal:
    """Knows two articles, a picture and a document."""

    links: dict[str, str] = field(
        default_factory=lambda: {"1": "/world/1/a&b/", "b.md": "/world/2/"}
    )
    files: dict[str, Image | str] = field(
        default_factory=lambda: {"p.jpg": PICTURE, "r.pdf": "/media/r.pdf"}
    )

    def link(self, reference: Reference) -> str | None:
        found = self.links.get(reference.target)
        return f"{found}#{reference.fragment}" if found and reference.fragment else found

    def media(self, reference: Reference) -> Image | str | None:
        return self.files.get(reference.target)

    def shortcode(self, call: ShortcodeCall, inner: str) -> str:
        return f"[{call.name} {' '.join(call.args)}|{inner}]"


def shown(text: str, portal: Portal | None = None) -> str:
    body, problems = READER.read(text, 1, "a.md")
    assert not problems
    return expand(body, portal or Portal())


def test_body_without_marks_comes_back_as_it_is() -> None:
    body = Body("<p>a</p>")
    assert expand(body, Portal()) is body.html


def test_links_to_articles_are_resolved_and_escaped() -> None:
    assert shown("[a](news:1#c) [b](b.md)") == (
        '<p><a href="/world/1/a&amp;b/#c">a</a> <a href="/world/2/">b</a></p>'
    )


def test_link_to_what_is_not_published_leaves_its_text() -> None:
    assert shown("x [*a* `b`](news:9) [c](news:1) y") == (
        '<p>x <em>a</em> <code>b</code> <a href="/world/1/a&amp;b/">c</a> y</p>'
    )


def test_local_picture_reserves_its_space_and_loads_late() -> None:
    assert shown("![A &amp; b](p.jpg)") == (
        '<p><img alt="A &amp; b" src="/media/p.jpg" width="640" height="480" '
        'srcset="/media/p-2.jpg 2x" loading="lazy" decoding="async"></p>'
    )


def test_sizes_and_loading_that_the_author_gave_stay() -> None:
    tag = shown('<img alt="a" src="p.jpg" width="100" loading="eager">')
    assert 'width="100"' in tag
    assert "height=" not in tag
    assert tag.count("loading=") == 1
    assert 'loading="eager"' in tag


def test_picture_elsewhere_stays_as_it_is() -> None:
    assert shown("![a](https://y.example/p.jpg)") == (
        '<p><img alt="a" src="https://y.example/p.jpg"></p>'
    )


def test_documents_and_pictures_can_be_linked_to() -> None:
    assert shown("[a](r.pdf#page=2) [b](p.jpg)") == (
        '<p><a href="/media/r.pdf#page=2">a</a> <a href="/media/p.jpg">b</a></p>'
    )


def test_picture_inside_a_link_is_resolved() -> None:
    found = shown("[![a](p.jpg)](news:1)")
    assert found.startswith('<p><a href="/world/1/a&amp;b/"><img alt="a" src="/media/p.jpg" width')
    dropped = shown("[![a](p.jpg)](news:9)")
    assert dropped.startswith('<p><img alt="a"')
    assert "</a>" not in dropped


def test_every_address_of_a_srcset_is_resolved() -> None:
    portal = Portal(files={"a.webp": "/media/a.webp", "b.webp": PICTURE, "p.jpg": PICTURE})
    found = shown(
        '<picture><source srcset="a.webp 1x, b.webp 2x"><img src="p.jpg"></picture>', portal
    )
    assert 'srcset="/media/a.webp 1x, /media/p.jpg 2x"' in found


def test_shortcodes_are_expanded_from_the_inside_out() -> None:
    found = shown("{{< a x >}}\n[l](news:1) {{< b y z />}}\n{{< /a >}}")
    assert found == '[a x|<p><a href="/world/1/a&amp;b/">l</a> [b y z|]</p>]'


def test_what_a_shortcode_makes_is_not_expanded_again() -> None:
    class Odd(Portal):
        def shortcode(self, call: ShortcodeCall, inner: str) -> str:
            return "\ue000S0\ue001\ue000R0\ue001"

    assert shown("[a](news:1) {{< b >}}", Odd()).endswith("\ue000S0\ue001\ue000R0\ue001</p>")


def test_missing_picture_keeps_the_address_as_written() -> None:
    assert shown("![a](gone.jpg)") == '<p><img alt="a" src="gone.jpg"></p>'


def test_size_that_is_not_known_is_not_told() -> None:
    portal = Portal(files={"p.jpg": replace(PICTURE, width=0, height=0, srcset="")})
    assert shown("![a](p.jpg)", portal) == (
        '<p><img alt="a" src="/media/p.jpg" loading="lazy" decoding="async"></p>'
    )
