"""The front matter of an author's file. Its name is the slug by which articles find the author."""

from __future__ import annotations

from pathlib import PurePosixPath
from urllib.parse import urlsplit

from generator.errors import Problems
from generator.model.page import ProfileFrontMatter, ProfileLink
from generator.model.paths import AUTHORS
from generator.model.permalink import component_error, normalize_path, slugify
from generator.parse.document import Document
from generator.parse.front_matter.shared_keys import SYNONYMS, aliases_of, picture_of
from generator.validation.extras import extra_of
from generator.validation.fields import Fields, fields_of
from generator.validation.values import Value


def read_profile(document: Document, problems: Problems) -> ProfileFrontMatter | None:
    """The front matter of one author's file, or None after adding all errors to `problems`."""
    found = Problems()
    fields = document.fields(found)
    front = ProfileFrontMatter(
        slug=_slug(fields, document.path),
        name=fields.text("name", required=True),
        role=fields.text("role"),
        email=fields.email("email"),
        links=_links(fields),
        image=picture_of(fields),
        aliases=aliases_of(fields),
        extra=extra_of(fields),
    )
    fields.finish(SYNONYMS)
    problems.extend(found)
    return front if document.sound and not found.found else None


def _slug(fields: Fields, path: str) -> str:
    """The file's name, which must be as a name in `authors` becomes when it is made a slug."""
    place = PurePosixPath(path)
    slug = normalize_path(place.stem)
    if str(place.parent) != AUTHORS:
        _misnamed(fields, f"an author's file must lie in {AUTHORS}/ itself", "")
    elif slug != slugify(slug):
        hint = f"rename it to '{slugify(slug)}.md'" if slugify(slug) else ""
        _misnamed(fields, f"the file's name must be a slug, not '{slug}'", hint)
    elif error := component_error(slug):
        _misnamed(fields, f"the file's name {error}", "")
    return slug


def _misnamed(fields: Fields, message: str, hint: str) -> None:
    fields.origin.problem_at_value((), message, hint)


def _links(fields: Fields) -> tuple[ProfileLink, ...]:
    """Return a list of URLs or of `title` and `url`, or a mapping of titles to URLs."""
    value = fields.given("links")
    if value is None:
        return ()
    if isinstance(value.raw, dict):
        inner = Fields(value.raw, value.origin, value.keys)
        return tuple(ProfileLink(title, inner.url(title, required=True)) for title in value.raw)
    return tuple(link for item in value.items() or () if (link := _link(item)))


def _link(item: Value) -> ProfileLink | None:
    if isinstance(item.raw, str):
        url = item.url()
        return ProfileLink(urlsplit(url).netloc.removeprefix("www."), url) if url else None
    inner = fields_of(item, "a URL, or a mapping of 'title' and 'url'")
    if inner is None:
        return None
    link = ProfileLink(inner.text("title", required=True), inner.url("url", required=True))
    inner.finish()
    return link
