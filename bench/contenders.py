"""The sites that are built: Broadsheet's portal, lean and with every page, and Hugo's."""

from __future__ import annotations

import shutil
import sys
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from bench import corpus

HERE = Path(__file__).parent


@dataclass(frozen=True, slots=True, kw_only=True)
class Contender:
    """A generator's site in `folder`. `made` names what its builds leave there.

    `place` says where under `folder` the articles of a section belong.
    """

    name: str
    folder: Path
    command: tuple[str, ...]
    output: Path
    made: tuple[Path, ...]
    dialect: corpus.Dialect
    place: Callable[[str], Path]

    def write(self, story: corpus.Story) -> Path:
        """Add a story to the site's sources, or write it again."""
        return corpus.write(self.place(story.section), story, self.dialect)

    def forget(self) -> None:
        """Leave no trace of earlier builds."""
        for path in self.made:
            shutil.rmtree(path, ignore_errors=True)

    def files(self) -> int:
        """How many files the last build left in the output."""
        return sum(path.is_file() for path in self.output.rglob("*"))


def broadsheet(name: str, folder: Path, *, lean: bool) -> Contender:
    """Broadsheet's portal; `lean` leaves out the kinds of page that other generators do not have.

    Made anew: whatever was in `folder` is gone.
    """
    shutil.rmtree(folder, ignore_errors=True)
    folder.mkdir(parents=True)
    parts = [HERE / "portal/site.toml", *([HERE / "portal/outputs.toml"] if lean else [])]
    (folder / "site.toml").write_text("".join(part.read_text("utf-8") for part in parts), "utf-8")
    output = folder / "output"
    return Contender(
        name=name,
        folder=folder,
        command=(sys.executable, "-m", "generator", "build", "--quiet", "--root", str(folder)),
        output=output,
        made=(output, folder / ".broadsheet"),
        dialect=corpus.broadsheet,
        place=lambda section: folder / "content/articles",
    )


def hugo(name: str, folder: Path, binary: Path) -> Contender:
    """A Hugo site with the same kinds of page. Made anew: whatever was in `folder` is gone."""
    shutil.rmtree(folder, ignore_errors=True)
    shutil.copytree(HERE / "peers/hugo", folder)
    output = folder / "public"
    return Contender(
        name=name,
        folder=folder,
        command=(str(binary), "--quiet", "--source", str(folder), "--destination", str(output)),
        output=output,
        made=(output, folder / "resources"),
        dialect=corpus.hugo,
        place=lambda section: folder / "content" / section,
    )
