"""Portals for tests: a bare one, one that is published already, and this repository's own."""

from __future__ import annotations

import io
import shutil
from pathlib import Path

import pytest
from PIL import Image

from generator.write.ownership import MARKER_NAME
from tests.support.golden import sample_portal
from tests.support.portal import SITE, Portal, story

_ISSO = '[comments]\nprovider = "isso"\nurl = "https://comments.example/"\n'


def picture(width: int = 40, height: int = 30, *, colour: str = "navy") -> bytes:
    """A small PNG."""
    file = io.BytesIO()
    Image.new("RGB", (width, height), colour).save(file, "PNG")
    return file.getvalue()


@pytest.fixture
def portal(tmp_path: Path) -> Portal:
    """A portal with settings and nothing else."""
    portal = Portal(tmp_path / "portal")
    portal.write({"site.toml": SITE})
    return portal


@pytest.fixture(scope="session")
def _published(tmp_path_factory: pytest.TempPathFactory) -> Path:
    portal = Portal(tmp_path_factory.mktemp("published") / "portal")
    portal.settings(_ISSO)
    portal.stories(
        story(1, "tags: [Iran]", date="2024-01-18"),
        story(2, "tags: [Iran, Pakistan]\nimage: hill.png", date="2024-01-19"),
        story(3, "section: culture\nauthors: [Leila Karimi]", date="2024-01-20"),
    )
    portal.write(
        {
            "content/media/hill.png": picture(),
            "content/pages/about.md": "---\ntitle: About us\n---\n\nWho we are.\n",
            "content/authors/leila-karimi.md": "---\nname: Leila Karimi\n---\n\nA reporter.\n",
            "content/static/humans.txt": "Written by humans.\n",
        }
    )
    portal.built()
    return portal.root


@pytest.fixture
def published(_published: Path, tmp_path: Path) -> Portal:
    """A portal with three stories that was built already."""
    shutil.copytree(_published, tmp_path / "portal")
    # Last, as by the build: the copies have times of their own.
    (tmp_path / "portal/output" / MARKER_NAME).touch()
    return Portal(tmp_path / "portal")


@pytest.fixture(scope="session")
def courier(tmp_path_factory: pytest.TempPathFactory) -> Portal:
    """This repository's own portal, built once; tests only read it."""
    portal = sample_portal(tmp_path_factory.mktemp("courier") / "portal")
    portal.built()
    return portal
