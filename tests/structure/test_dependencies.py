"""Every library that the program imports is one that it declares."""

from __future__ import annotations

import ast
import sys
import tomllib

from packaging.requirements import Requirement
from packaging.utils import canonicalize_name

from tests.support.portal import REPOSITORY

# Distributions whose packages have other names.
DISTRIBUTIONS = {
    "PIL": "pillow",
    "frontmatter": "python-frontmatter",
    "markdown_it": "markdown-it-py",
    "pymdownx": "pymdown-extensions",
    "yaml": "pyyaml",
}


def imported() -> set[str]:
    """The libraries that any module imports, by the names of their distributions."""
    found = set()
    for file in (REPOSITORY / "generator").rglob("*.py"):
        for node in ast.walk(ast.parse(file.read_bytes())):
            names = [alias.name for alias in node.names] if isinstance(node, ast.Import) else []
            if isinstance(node, ast.ImportFrom) and node.module and not node.level:
                names = [node.module]
            found |= {name.partition(".")[0] for name in names}
    libraries = found - sys.stdlib_module_names - {"generator"}
    return {canonicalize_name(DISTRIBUTIONS.get(name, name)) for name in libraries}


def test_every_library_that_is_imported_is_declared() -> None:
    project = tomllib.loads((REPOSITORY / "pyproject.toml").read_text("utf-8"))
    declared = {
        canonicalize_name(Requirement(text).name) for text in project["project"]["dependencies"]
    }
    assert {"jinja2", "markdown", "tornado"} <= imported()
    assert imported() - declared == set()
