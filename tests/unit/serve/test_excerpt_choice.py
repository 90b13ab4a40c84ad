"""What an excerpt of a portal consists of."""

from __future__ import annotations

from pathlib import Path

import pytest

from generator.serve.excerpt_choice import SMALL, Wanted, excerpt_of, is_small

NEWEST = 1000
OLD = "content/articles/7.md"


@pytest.fixture
def root(tmp_path: Path) -> Path:
    """A portal with many articles, the first of which are old."""
    for number in range(1, NEWEST + 1):
        save(tmp_path, f"content/articles/{number}.md")
    return tmp_path


def save(root: Path, name: str, text: str = "") -> None:
    """Write a file, in folders that may be missing."""
    path = root / name
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(text, "utf-8")


def test_the_newest_articles_are_chosen(root: Path) -> None:
    chosen = excerpt_of(root, Wanted())
    assert f"content/articles/{NEWEST}.md" in chosen
    assert OLD not in chosen
    assert len(chosen) < NEWEST / 2


@pytest.mark.parametrize("address", ["/world/7/a-story/", "/n/7/", "/2024/7/", "/7.html", "/7"])
def test_an_article_is_chosen_whose_file_is_named_in_an_address(root: Path, address: str) -> None:
    assert OLD in excerpt_of(root, Wanted(frozenset([address])))


@pytest.mark.parametrize("address", ["/tags/7/", "/world/page/7/", "/7.css", "/", "//", "/%00/"])
def test_no_article_is_chosen_for_other_addresses(root: Path, address: str) -> None:
    assert excerpt_of(root, Wanted(frozenset([address]))) == excerpt_of(root, Wanted())


def test_an_article_may_be_named_by_its_folder_in_any_script(root: Path) -> None:
    name = "content/articles/پل/index.md"
    save(root, name)
    address = "/world/7/%D9%BE%D9%84/"
    assert name in excerpt_of(root, Wanted(frozenset([address])))


def test_what_was_saved_is_chosen(root: Path) -> None:
    assert OLD in excerpt_of(root, Wanted(saved=frozenset([OLD])))


def test_pages_authors_and_small_static_files_are_chosen(root: Path) -> None:
    small = ["content/pages/about.md", "content/authors/a.md", "content/static/icon.ico"]
    for name in small:
        save(root, name)
    film = "content/static/film.mp4"
    save(root, film, "0" * 2_000_000)
    assert set(small) <= excerpt_of(root, Wanted())
    assert film not in excerpt_of(root, Wanted())
    assert film in excerpt_of(root, Wanted(frozenset(["/film.mp4"])))


@pytest.mark.parametrize(
    ("text", "file"),
    [
        ("image: hill.png", "content/articles/hill.png"),
        ("image: {src: hill.png, alt: A hill}", "content/articles/hill.png"),
        ('  src: "a hill.jpeg"', "content/articles/a hill.jpeg"),
        ("![A hill](a%20hill.png)", "content/articles/a hill.png"),
        ("![A hill](/media/2024/hill.png)", "content/media/2024/hill.png"),
        ('{{< figure src="hill.webp" >}}', "content/media/hill.webp"),
        ("[Minutes](minutes.pdf).", "content/media/minutes.pdf"),
        ("تصویر: ![](تپه.png)", "content/media/تپه.png"),
    ],
)
def test_the_files_are_chosen_that_a_chosen_text_names(root: Path, text: str, file: str) -> None:
    save(root, file)
    assert file not in excerpt_of(root, Wanted())
    save(root, f"content/articles/{NEWEST}.md", f"---\n{text}\n---\n\n{text}\n")
    assert file in excerpt_of(root, Wanted())


@pytest.mark.parametrize("text", ["![](../../../secret.png)", "![](/etc/secret.png)"])
def test_nothing_outside_of_content_is_chosen(root: Path, text: str) -> None:
    save(root, "secret.png")
    save(root, "etc/secret.png")
    save(root, f"content/articles/{NEWEST}.md", text)
    chosen = excerpt_of(root, Wanted(frozenset(["/../../site.toml", "/..%2f..%2fsecret.png"])))
    assert not [path for path in chosen if not path.startswith("content/") or ".." in path]


def test_pictures_are_chosen_only_up_to_a_size_of_all(root: Path) -> None:
    for number in range(NEWEST - 9, NEWEST + 1):
        save(root, f"content/media/{number}.png", "0" * 6_000_000)
        save(root, f"content/articles/{number}.md", f"image: {number}.png")
    chosen = {path for path in excerpt_of(root, Wanted()) if path.endswith(".png")}
    assert chosen == {f"content/media/{number}.png" for number in range(NEWEST - 4, NEWEST + 1)}


def test_a_portal_is_small_up_to_a_number_of_files(tmp_path: Path) -> None:
    assert is_small(tmp_path)
    for number in range(SMALL):
        save(tmp_path, f"content/media/{number}.png")
    assert is_small(tmp_path)
    save(tmp_path, "content/pages/about.md")
    assert not is_small(tmp_path)
