"""What is not an article: standalone pages, authors' profiles, pictures, and where things lie."""

from __future__ import annotations

from generator.index import facets
from generator.index.reader import IndexReader
from generator.index.recorder import Query, Rows
from generator.index.source_lookup import sources_meant
from generator.index.views import decode_body, decode_entry, decode_page, decode_profile
from generator.model.body import Body
from generator.model.page import AuthorProfile, Page, PageEntry
from generator.model.paths import ref_candidates, ref_name
from generator.model.source import MediaFile


def _body(db: IndexReader, *, path: str) -> Rows:
    return db.execute("SELECT body FROM body WHERE path = ?", [path]).fetchall()


def _only_body(rows: Rows) -> Body:
    return decode_body(rows[0][0]) if rows else Body(html="")


BODY = Query("body", _body, _only_body, lambda *, path: (facets.body(path),), cached=False)


def _page(db: IndexReader, *, path: str) -> Rows:
    return db.execute("SELECT view FROM page WHERE path = ? AND live", [path]).fetchall()


def _only_page(rows: Rows) -> Page | None:
    return decode_page(rows[0][0]) if rows else None


PAGE = Query("page", _page, _only_page, lambda *, path: (facets.page(path),))


def _pages(db: IndexReader, *, menu: bool | None = None) -> Rows:
    return db.execute(
        """SELECT entry FROM page WHERE live AND (:menu IS NULL OR menu = :menu)
            ORDER BY weight, permalink""",
        {"menu": menu},
    ).fetchall()


def _entries(rows: Rows) -> tuple[PageEntry, ...]:
    return tuple(decode_entry(row[0]) for row in rows)


PAGES = Query("pages", _pages, _entries, lambda **_: (facets.PAGES,))


def _profile(db: IndexReader, *, slug: str) -> Rows:
    return db.execute("SELECT view FROM profile WHERE slug = ?", [slug]).fetchall()


def _only_profile(rows: Rows) -> AuthorProfile | None:
    return decode_profile(rows[0][0]) if rows else None


PROFILE = Query("profile", _profile, _only_profile, lambda *, slug: (facets.profile(slug),))


def _profile_path(db: IndexReader, *, slug: str) -> Rows:
    return db.execute("SELECT path FROM profile WHERE slug = ?", [slug]).fetchall()


def _first_text(rows: Rows) -> str | None:
    return str(rows[0][0]) if rows else None


PROFILE_PATH = Query(
    "profile_path", _profile_path, _first_text, lambda *, slug: (facets.profile(slug),)
)


def _location(db: IndexReader, *, news_id: str) -> Rows:
    return db.execute(
        "SELECT permalink FROM article WHERE news_id = ? COLLATE NOCASE AND live", [news_id]
    ).fetchall()


LOCATION = Query("location", _location, _first_text, lambda *, news_id: (facets.location(news_id),))


def _source_location(db: IndexReader, *, path: str) -> Rows:
    return db.execute(
        """SELECT permalink FROM article WHERE path = :path AND live
            UNION ALL SELECT permalink FROM page WHERE path = :path AND live
            UNION ALL SELECT '/authors/' || slug || '/' FROM profile WHERE path = :path""",
        {"path": path},
    ).fetchall()


SOURCE_LOCATION = Query(
    "source_location", _source_location, _first_text, lambda *, path: (facets.location(path),)
)


def _ref_location(db: IndexReader, *, owner: str, written: str) -> Rows:
    meant = sources_meant(db, owner, written)
    return _source_location(db, path=meant[0]) if len(meant) == 1 else []


def _ref_facets(*, owner: str, written: str) -> tuple[facets.Facet, ...]:
    candidates = ref_candidates(owner, written)
    return (*map(facets.location, candidates), facets.named(ref_name(candidates[0])))


REF_LOCATION = Query("ref_location", _ref_location, _first_text, _ref_facets)


def _media(db: IndexReader, *, candidates: tuple[str, ...]) -> Rows:
    for path in candidates:
        rows = db.execute(
            "SELECT path, width, height, type FROM media WHERE path = ? AND refused = ''",
            [path],
        ).fetchall()
        if rows:
            return rows
    return []


def _only_media(rows: Rows) -> MediaFile | None:
    if not rows:
        return None
    path, width, height, mime = rows[0]
    return MediaFile(path, b"", width, height, mime)


MEDIA = Query(
    "media",
    _media,
    _only_media,
    lambda *, candidates: tuple(map(facets.media, candidates)),
)
