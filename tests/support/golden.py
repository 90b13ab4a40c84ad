"""Digests of whole sites: that of this repository's portal, and that of a generated archive.

`python -m tests.support.golden` builds both and writes `tests/behaviour/output/golden.json`, which
is how a change of the output is accepted.
"""

from __future__ import annotations

import hashlib
import json
import shutil
import tempfile
from pathlib import Path

from bench.corpus import archive, broadsheet, write
from bench.texts import write_pictures
from generator.write.ownership import MARKER_NAME
from tests.support.portal import REPOSITORY, Portal

FILE = REPOSITORY / "tests/behaviour/output/golden.json"
ARTICLES = 400

Digests = dict[str, dict[str, str]]


def sample_portal(root: Path) -> Portal:
    """A copy of this repository's portal, not built yet."""
    portal = Portal(root)
    shutil.copytree(REPOSITORY / "content", root / "content")
    shutil.copyfile(REPOSITORY / "site.toml", root / "site.toml")
    return portal


def generated_portal(root: Path, articles: int = ARTICLES) -> Portal:
    """A portal with the archive that builds are timed with, not built yet."""
    portal = Portal(root)
    root.mkdir(parents=True)
    shutil.copyfile(REPOSITORY / "bench/portal/site.toml", root / "site.toml")
    write_pictures(root / "content/media")
    for story in archive(articles):
        write(root / "content/articles", story, broadsheet)
    return portal


def digests(portal: Portal) -> dict[str, str]:
    """The number of files and the digest of each group of a site's files.

    A group is the first folder of a path. Sections hold articles and lists, which
    differ in the depth of their files.
    """
    groups: dict[str, list[bytes]] = {}
    for name, data in portal.tree().items():
        if name != MARKER_NAME:
            own = hashlib.sha256(name.encode() + b"\0" + data).digest()
            groups.setdefault(_group(name), []).append(own)
    return {
        group: f"{len(found)} files, {hashlib.sha256(b''.join(found)).hexdigest()}"
        for group, found in sorted(groups.items())
    }


def _group(name: str) -> str:
    top, *rest = name.split("/")
    if not rest:
        return "files at the top"
    return f"{top}/, {len(rest)} deep"


def build_all(folder: Path) -> Digests:
    """The digests of both sites, built inside a folder."""
    portals = {
        "sample portal": sample_portal(folder / "sample"),
        "generated archive": generated_portal(folder / "generated"),
    }
    for portal in portals.values():
        portal.built()
    return {name: digests(portal) for name, portal in portals.items()}


if __name__ == "__main__":
    with tempfile.TemporaryDirectory() as scratch:
        FILE.write_text(json.dumps(build_all(Path(scratch)), indent=2) + "\n", "utf-8")
