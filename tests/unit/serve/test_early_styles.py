"""Style sheets that open pages are shown before a build with them has ended."""

from __future__ import annotations

from pathlib import Path

from generator.serve.early_styles import early_styles, newest
from generator.theme.theme import Theme

SHEET = "templates/assets/css/own.css"


def built(root: Path) -> Path:
    """A site that has all assets of the theme."""
    theme, site = Theme.of(root), root / "site"
    for name in theme.asset_names():
        asset = theme.asset(name)
        assert asset
        path = site / "assets" / asset.path
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(asset.content)
    return site


def write(root: Path, name: str, text: str) -> None:
    (root / name).parent.mkdir(parents=True, exist_ok=True)
    (root / name).write_text(text)


def test_an_edited_style_sheet_is_what_the_site_does_not_have(tmp_path: Path) -> None:
    write(tmp_path, SHEET, "p { color: red; }")
    site = built(tmp_path)
    assert early_styles(tmp_path, site) == {}
    write(tmp_path, SHEET, "p { color: blue; }")
    [(path, content)] = early_styles(tmp_path, site).items()
    assert path.startswith("assets/css/own.")
    assert content == b"p { color: blue; }"


def test_one_with_a_picture_that_is_new_is_left_to_the_build(tmp_path: Path) -> None:
    write(tmp_path, SHEET, "p { color: red; }")
    write(tmp_path, "templates/assets/hill.svg", "<svg/>")
    site = built(tmp_path)
    write(tmp_path, SHEET, "p { background: url(../hill.svg); }")
    assert len(early_styles(tmp_path, site)) == 1
    write(tmp_path, "templates/assets/hill.svg", "<svg><g/></svg>")
    assert early_styles(tmp_path, site) == {}


def test_bytes_that_are_no_text_are_left_to_the_build(tmp_path: Path) -> None:
    write(tmp_path, SHEET, "p { color: red; }")
    site = built(tmp_path)
    (tmp_path / SHEET).write_bytes(b"p { content: '\xff'; }")
    assert early_styles(tmp_path, site) == {}


def test_an_address_becomes_that_of_the_same_style_sheet() -> None:
    early = {"assets/css/own.0123456789.css": b""}
    for base in ("", "/daily", "http://127.0.0.1:8000/daily"):
        old = f"{base}/assets/css/own.abcdefabcd.css"
        assert newest(old, early) == f"{base}/assets/css/own.0123456789.css"
    other = "/assets/css/disown.abcdefabcd.css"
    assert newest(other, early) == other
