"""The folders of a portal, and the fixed URLs of its output."""

from __future__ import annotations

import posixpath
import unicodedata

ARTICLES = "content/articles"
PAGES = "content/pages"
AUTHORS = "content/authors"
MEDIA = "content/media"
STATIC = "content/static"
ROOTS = (ARTICLES, PAGES, AUTHORS, MEDIA, STATIC)
TEMPLATES = "templates"

MEDIA_URL = "/media/"
ASSETS_URL = "/assets/"
ARCHIVE_URL = "/archive/"
SITEMAPS = "sitemaps"

# First components of URLs that sections can't have.
RESERVED = frozenset(
    "n page tags authors sources series archive assets media sitemaps index.html 404.html "
    "feed.xml atom.xml feed.json sitemap.xml sitemap-news.xml robots.txt".split()
)


def short_path(news_id: str) -> str:
    """Return the site path of an article's short link."""
    return f"/n/{news_id}/"


def listing_path(taxonomy: str, slug: str) -> str:
    """Return the site path of a listing: a section's own slug, or the taxonomy's and the term's."""
    return f"/{slug}/" if taxonomy == "section" else f"/{taxonomy}/{slug}/"


def archive_path(period: str) -> str:
    """The site path of `2024`, `2024-01` or `2024-01-20`, or of the whole archive if empty."""
    return ARCHIVE_URL + "".join(f"{part}/" for part in period.split("-") if part)


def media_path(source: str) -> str:
    """Return the site path at which a file under `content/` is published."""
    inside = unicodedata.normalize("NFC", source).removeprefix("content/")
    return MEDIA_URL + inside.removeprefix("media/")


def media_candidates(owner: str, written: str) -> tuple[str, ...]:
    """Files that a path in `owner`'s text may mean: beside the file, then under content/media/."""
    inside = written.removeprefix(MEDIA_URL).removeprefix("media/").lstrip("/")
    under_media = posixpath.normpath(posixpath.join(MEDIA, inside))
    candidates = [under_media]
    if not written.startswith("/"):
        beside = posixpath.normpath(posixpath.join(posixpath.dirname(owner), written))
        candidates.insert(0, beside)
    if written.isascii():
        return tuple(candidates)
    # Some systems compose the letters of file names, others decompose them.
    forms = [unicodedata.normalize(form, path) for path in candidates for form in ("NFC", "NFD")]
    return tuple(dict.fromkeys([*candidates, *forms]))


def ref_candidates(owner: str, written: str) -> tuple[str, ...]:
    """Return sources that a path in a call of `ref` may mean, in the order in which they are tried.

    With or without `.md`, as a file or as a folder with an `index.md`; beside `owner`, unless the
    path begins with a slash, then under `content/`, among the articles and among the pages.
    """
    path = written.strip().strip("/").removeprefix("content/").removesuffix(".md")
    tops = ["content", ARTICLES, PAGES]
    if not written.strip().startswith("/"):
        tops.insert(0, posixpath.dirname(owner))
    joined = (posixpath.normpath(posixpath.join(top, path)) for top in tops)
    return tuple(candidate for each in joined for candidate in (f"{each}.md", f"{each}/index.md"))


def ref_name(path: str) -> str:
    """Return the name by which a call of `ref` may mean a source wherever it is."""
    folder, _, name = path.removesuffix(".md").rpartition("/")
    return folder.rpartition("/")[2] if name == "index" else name


def linked_source(owner: str, written: str) -> str:
    """Return the source file that a link such as `../7519.md` in `owner`'s text means."""
    return posixpath.normpath(posixpath.join(posixpath.dirname(owner), written))
