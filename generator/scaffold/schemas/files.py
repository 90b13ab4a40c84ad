"""All schemas of a portal by name, and the files that editors read them from."""

from __future__ import annotations

import json
from collections.abc import Mapping
from pathlib import Path
from typing import Literal

from generator.errors import OutputError, Problem
from generator.model.site import Site
from generator.scaffold.schemas.names import KnownNames
from generator.scaffold.schemas.values import Schema

SchemaName = Literal["article", "page", "author", "site"]

FOLDER = ".vscode"
SETTINGS = f"{FOLDER}/settings.json"
# What several editors know at most; the schemas have no keyword that it reads otherwise.
_OLDER_DIALECT = "http://json-schema.org/draft-07/schema#"
SOURCES: Mapping[SchemaName, str] = {
    "article": "content/articles/**/*.md",
    "page": "content/pages/**/*.md",
    "author": "content/authors/*.md",
    "site": "site.toml",
}
"""The files that each schema is for."""


def schema_of(name: SchemaName, site: Site, known: KnownNames) -> Schema:
    """Return the schema with a name."""
    from generator.scaffold.schemas.front_matter import article_schema, author_schema, page_schema
    from generator.scaffold.schemas.site import site_schema

    if name == "article":
        return article_schema(site, known)
    if name == "page":
        return page_schema(site)
    return author_schema(site) if name == "author" else site_schema()


def schema_text(schema: Schema) -> str:
    """Return a schema as JSON."""
    return json.dumps(schema, ensure_ascii=False, indent=2) + "\n"


def editor_files(site: Site, known: KnownNames) -> dict[str, str]:
    """Return the text of each file that editors read, by its path in the portal."""
    schemas = {name: schema_of(name, site, known) for name in SOURCES}
    files = {
        _path(name): schema_text({**schema, "$schema": _OLDER_DIALECT})
        for name, schema in schemas.items()
    }
    texts = {_path(name): glob for name, glob in SOURCES.items() if name != "site"}
    return {**files, SETTINGS: json.dumps({"yaml.schemas": texts}, indent=2) + "\n"}


def directive() -> str:
    """Return the first line of a site.toml, by which editors of TOML find its schema."""
    return f"#:schema {_path('site')}\n"


def _path(name: SchemaName) -> str:
    return f"{FOLDER}/{name}.schema.json"


def write_editor_files(root: Path, site: Site, known: KnownNames) -> list[str]:
    """Write the files that editors read, and return their paths in the portal.

    Settings that are there already stay as they are. Raises `OutputError`.
    """
    files = editor_files(site, known)
    if (root / SETTINGS).exists():
        del files[SETTINGS]
    for path, text in files.items():
        file = root / path
        try:
            file.parent.mkdir(exist_ok=True)
            file.write_text(text, "utf-8")
        except OSError as error:
            raise OutputError(Problem(path, 0, 0, f"can't be written: {error.strerror}")) from error
    return list(files)
