"""The front matter of a standalone page. The place of the file decides the URL of the page."""

from __future__ import annotations

from pathlib import PurePosixPath

from generator.errors import Problems
from generator.model.page import PageFrontMatter
from generator.model.paths import PAGES
from generator.model.permalink import path_error, slug_error, slugify
from generator.model.site import Site
from generator.parse.document import Document
from generator.parse.front_matter.shared_keys import SYNONYMS, aliases_of, layout_of, picture_of
from generator.validation.extras import extra_of
from generator.validation.fields import Fields

HEAVIEST = 1_000_000
_INDEX = "index"


def read_page(document: Document, site: Site, problems: Problems) -> PageFrontMatter | None:
    """Return the front matter of one page, or None after adding all its errors to `problems`."""
    found = Problems()
    fields = document.fields(found)
    front = PageFrontMatter(
        title=fields.text("title", required=True),
        permalink=_permalink(fields, document.path),
        lang=fields.language("lang", site.language),
        description=fields.text("description"),
        seo_title=fields.text("seo_title"),
        image=picture_of(fields),
        layout=layout_of(fields),
        aliases=aliases_of(fields),
        draft=fields.flag("draft"),
        index=fields.flag("index", True),
        menu=fields.flag("menu", True),
        weight=fields.integer("weight", minimum=-HEAVIEST, maximum=HEAVIEST),
        extra=extra_of(fields),
    )
    fields.finish(SYNONYMS)
    problems.extend(found)
    return front if document.sound and not found.found else None


def _permalink(fields: Fields, path: str) -> str:
    """`legal/privacy.md` is `/legal/privacy/`, and `legal/index.md` is `/legal/`."""
    *folders, stem = PurePosixPath(path.removeprefix(f"{PAGES}/")).with_suffix("").parts
    names = folders if stem == _INDEX else [*folders, stem]
    components = [slugify(name) for name in names]
    slug = fields.given("slug")
    if slug is not None:
        written = slug.filled() or ""
        if written and (error := slug_error(written)):
            slug.error(error)
        components = [*components[:-1], written]
    permalink = "".join(f"/{component}" for component in components) + "/"
    if not components:
        message = "a page can't be the portal's front page"
        fields.error("title", message, "rename the file, or add a 'slug'")
    elif slug is None and (error := path_error(permalink)):
        fields.error("title", f"the file's name gives '{permalink}', which {error}", "add a 'slug'")
    return permalink
