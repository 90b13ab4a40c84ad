"""Four authors who save at the same time, as fast as they can."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

from generator.write.ownership import MARKER_NAME
from tests.support.portal import run
from tests.support.serving import Serving, SmallPortal, serving

WRITERS = 4
SAVES = 125
STORIES = 5
OLDER = 30


def write(portal: SmallPortal, server: Serving, writer: int) -> None:
    """Save the stories of one writer in turn, some of them broken for a moment, or deleted.

    A reader opens the front page after each save.
    """
    for save in range(SAVES):
        number = 100 * (writer + 1) + save % STORIES
        file = portal.root / f"content/articles/{number}.md"
        last = save >= SAVES - STORIES
        if not last and save % 17 == 11:
            portal.publish("Broken", news_id=number, more="sorce: Reuters")
        elif not last and save % 23 == 19 and file.exists():
            file.unlink()
        else:
            portal.publish(
                f"Save {save} of {writer}", news_id=number, more=f"tags: [Tag {save % 7}]"
            )
        assert server.get("/")[0] == 200


def tree(folder: Path) -> dict[str, bytes]:
    """All files of a site by their paths."""
    files = (path for path in folder.rglob("*") if path.is_file())
    found = {path.relative_to(folder).as_posix(): path for path in files}
    return {name: path.read_bytes() for name, path in found.items() if name != MARKER_NAME}


def site(portal: SmallPortal, server: Serving) -> dict[str, bytes]:
    """What the server shows, while no build changes it."""
    folder = portal.root / f".broadsheet/serve-{server.port}/site"
    try:
        return tree(folder)
    except FileNotFoundError:
        return {}


def test_five_hundred_saves_end_as_a_clean_build_of_the_last(tmp_path: Path) -> None:
    portal = SmallPortal(tmp_path / "portal")
    for number in range(1, OLDER + 1):
        portal.publish("An older story", news_id=number)
    with serving(portal) as server:
        server.built()
        with ThreadPoolExecutor(WRITERS) as writers:
            list(writers.map(lambda writer: write(portal, server, writer), range(WRITERS)))
        for writer in range(WRITERS):
            for story in range(STORIES):
                path = f"/local/{100 * (writer + 1) + story}/story/"
                server.page_with(f"Save {SAVES - STORIES + story} of {writer}", path)
        clean = tmp_path / "clean"
        done = run(
            "build",
            "--root",
            portal.root,
            "--output",
            clean,
            "--base-url",
            server.url,
            "--jobs",
            "1",
        )
        assert (done.code, done.stderr) == (0, "")
        expected = tree(clean)
        while site(portal, server) != expected:
            server.built()
