"""Files beside texts: none runs on the portal's origin, and no picture tells where it was taken."""

from __future__ import annotations

import io
import unicodedata
from pathlib import Path

import pytest
from PIL import Image
from playwright.sync_api import Page

from tests.support.hosting import served
from tests.support.photographs import ARTIST, COPYRIGHT, SECRETS, SIDEWAYS, photograph
from tests.support.portal import Portal, story

SCRIPT = "<script>window.ran = true</script>"
SVG = (
    '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 9 9">{}<rect width="9" height="9"/></svg>'
)
ACTIVE = {
    "evil.html": f"<html>{SCRIPT}</html>",
    "evil.HTM": SCRIPT,
    "evil.xhtml": f'<html xmlns="http://www.w3.org/1999/xhtml">{SCRIPT}</html>',
    "evil.xml": '<a xmlns="http://www.w3.org/1999/xhtml"/>',
    "evil.shtml": '<!--#include virtual="/etc/passwd" -->',
    "evil.php": "<?php phpinfo();",
    "evil.php.zip": "PK",
    "evil.js": "alert(1)",
    "evil.wasm": "\0asm",
    "evil.unknown": "text",
    "evil": SCRIPT,
    "evil.pdf": f"<html>{SCRIPT}</html>",
}
DRAWINGS = {
    "script": "<script>window.ran = true</script>",
    "event": '<g onload="window.ran = true"/>',
    "link": "<a href=\"javascript:void(window.ran = true)\"><text y='5'>x</text></a>",
    "foreign": "<foreignObject><iframe xmlns='http://www.w3.org/1999/xhtml' "
    'src="javascript:void(parent.ran = true)"/></foreignObject>',
    "animated": "<a><set attributeName='href' to=\"javascript:void(window.ran = true)\"/></a>",
}


@pytest.mark.parametrize("name", ACTIVE)
def test_a_file_that_could_run_is_an_error_where_it_is_linked(portal: Portal, name: str) -> None:
    portal.stories(story(1, body=f"Look:\n\n[x]({name})"))
    portal.write({f"content/articles/{name}": ACTIVE[name]})
    done = portal.build()
    assert done.code == 1
    assert done.error.startswith(f"content/articles/1.md:9:5: error: the file '{name}' ")
    assert "trusted_html" in done.error


def test_a_file_that_nothing_links_to_is_no_error(portal: Portal) -> None:
    portal.stories(story(1))
    portal.write({"content/articles/evil.html": SCRIPT})
    portal.built()
    assert not [path for path in portal.tree() if "evil" in path]


@pytest.mark.parametrize("name", ["evil.html", "evil.svg"])
def test_a_portal_may_trust_its_files(portal: Portal, name: str) -> None:
    portal.settings("[markdown]\ntrusted_html = true\n")
    text = SVG.format(DRAWINGS["script"])
    portal.stories(story(1, body=f"[x]({name})"))
    portal.write({f"content/articles/{name}": text})
    portal.built()
    assert portal.text(f"media/articles/{name}") == text


def test_a_drawing_is_published_again_when_trust_in_it_changes(portal: Portal) -> None:
    portal.stories(story(1, body="![x](a.svg)"))
    portal.write({"content/articles/a.svg": SVG.format(DRAWINGS["event"])})
    assert portal.build().code == 0
    before = portal.tree()
    portal.settings("[markdown]\ntrusted_html = true\n")
    portal.built()
    assert "onload" in portal.text("media/articles/a.svg")
    assert portal.tree() == portal.clean_tree()
    portal.settings("")
    assert portal.build().code == 0
    assert portal.tree() == before


def test_what_is_taken_out_of_a_drawing_is_reported_with_its_place(portal: Portal) -> None:
    portal.stories(story(1, body="![x](a.svg)"))
    portal.write({"content/articles/a.svg": SVG.format("\n" + DRAWINGS["script"])})
    done = portal.build()
    assert done.code == 0
    assert done.stderr.startswith("content/articles/a.svg:2:")
    assert "warning" in done.stderr


@pytest.mark.browser
@pytest.mark.parametrize("trusted", [False, True])
def test_no_drawing_runs_a_script_in_a_browser(portal: Portal, tab: Page, trusted: bool) -> None:
    """With trust the same drawings run, so the test would notice one that does."""
    portal.settings(f"[markdown]\ntrusted_html = {str(trusted).lower()}\n")
    portal.stories(story(1, body=" ".join(f"[x]({name}.svg)" for name in DRAWINGS)))
    for name, active in DRAWINGS.items():
        portal.write({f"content/articles/{name}.svg": SVG.format(active)})
    assert portal.build().code == 0
    ran = set()
    with served(portal.output) as url:
        for name in DRAWINGS:
            tab.goto(f"{url}/media/articles/{name}.svg")
            for link in tab.locator("a").all():
                link.dispatch_event("click")
            if tab.evaluate("window.ran === true"):
                ran.add(name)
            assert tab.locator("rect").count() == 1
    assert bool(ran) is trusted


@pytest.mark.parametrize("kind", ["jpeg", "png", "webp"])
def test_a_picture_goes_out_without_the_place_where_it_was_taken(portal: Portal, kind: str) -> None:
    data = photograph(kind)
    portal.settings(f'[publisher]\nname = "T"\nlogo = "logo.{kind}"\n')
    portal.stories(story(1, f"authors: [leila]\nimage: lead.{kind}", body=f"![x](in-text.{kind})"))
    portal.write(
        {
            f"content/media/logo.{kind}": data,
            f"content/media/lead.{kind}": data,
            f"content/articles/in-text.{kind}": data,
            f"content/static/copied.{kind}": data,
            f"content/authors/portrait.{kind}": data,
            "content/authors/leila.md": f"---\nname: Leila\nimage: portrait.{kind}\n---\n",
        }
    )
    portal.built()

    published = [path for path in portal.output.rglob(f"*.{kind}") if path.is_file()]
    assert len(published) == 5
    for path in published:
        _is_clean(path, data)
    assert portal.tree() == portal.clean_tree()
    portal.built("--verify")


def _is_clean(path: Path, source: bytes) -> None:
    cleaned = path.read_bytes()
    assert [secret for secret in SECRETS if secret in cleaned] == []
    with Image.open(path) as after, Image.open(io.BytesIO(source)) as before:
        exif = after.getexif()
        assert dict(exif.get_ifd(0x8825)) == {}
        assert (exif[0x0112], exif[0x013B], exif[0x8298]) == (SIDEWAYS, ARTIST, COPYRIGHT)
        assert after.info["icc_profile"] == before.info["icc_profile"]
        assert after.tobytes() == before.tobytes()


def test_a_picture_with_nothing_to_hide_keeps_its_bytes(portal: Portal) -> None:
    file = io.BytesIO()
    Image.new("RGB", (4, 3)).save(file, "JPEG")
    portal.write({"content/static/plain.jpg": file.getvalue()})
    portal.built()
    assert portal.tree()["plain.jpg"] == file.getvalue()


def test_a_picture_that_cannot_be_cleaned_is_an_error(portal: Portal) -> None:
    file = io.BytesIO()
    Image.new("RGB", (4, 3)).save(file, "TIFF")
    portal.write({"content/static/scan.tif": file.getvalue()})
    done = portal.build()
    assert done.code == 1
    assert done.error.startswith("content/static/scan.tif: error: is a TIFF or raw file")


@pytest.mark.parametrize("stored", ["NFC", "NFD"])
@pytest.mark.parametrize("written", ["NFC", "NFD"])
def test_a_name_is_found_in_either_form_of_unicode(
    portal: Portal, stored: str, written: str
) -> None:
    name = "café.png"
    file = io.BytesIO()
    Image.new("RGB", (4, 3)).save(file, "PNG")
    in_text = unicodedata.normalize(written, name)  # type: ignore[arg-type]
    on_disk = unicodedata.normalize(stored, name)  # type: ignore[arg-type]
    portal.stories(story(1, body=f"![x]({in_text})"))
    portal.write({f"content/articles/{on_disk}": file.getvalue()})
    portal.built()
    assert f"media/articles/{unicodedata.normalize('NFC', name)}" in portal.tree()
    assert "/media/articles/caf%C3%A9.png" in portal.text("world/1/story-1/index.html")
