"""The sites that are built: Broadsheet's portal and Hugo's, and others to tell what pages cost."""

from __future__ import annotations

import json
import os
import shutil
import sys
import time
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from bench import corpus
from bench.texts import write_pictures
from bench.walk import walk

HERE = Path(__file__).parent
HUGO = "Hugo"
BROADSHEET = "Broadsheet"
# More kinds of page than Hugo's site has; the same kinds, with no more on them; and what
# Broadsheet's theme has on each article's page, on Hugo's.
EVERY_PAGE = "Broadsheet, every page"
PLAIN_PAGES = "Broadsheet, pages as Hugo's"
HUGO_RELATED = "Hugo, related stories"
# The same pages from texts that are read as Hugo reads them.
COMMONMARK = "Broadsheet, CommonMark"
HUGOS = (HUGO, HUGO_RELATED)
# Broadsheet reads sources again that changed within three seconds of its last look at them.
_MISTRUSTED_SECONDS = 3.1


@dataclass(frozen=True, slots=True, kw_only=True)
class Contender:
    """A generator's site in `folder`. `made` names what its builds leave there.

    `place` says where under `folder` the articles of a section belong; `template` is that of
    articles. A generator whose builds follow changes writes what it did to `report`; `server`
    serves the site. With `hasty`, nothing rests.
    """

    name: str
    folder: Path
    command: tuple[str, ...]
    output: Path
    made: tuple[Path, ...]
    dialect: corpus.Dialect
    place: Callable[[str], Path]
    template: Path
    hasty: bool
    report: Path | None = None
    server: tuple[str, ...] = ()

    def write(self, story: corpus.Story) -> Path:
        """Add a story to the site's sources, or write it again."""
        return corpus.write(self.place(story.section), story, self.dialect)

    def forget(self) -> None:
        """Leave no trace of earlier builds; what they made is moved away and not deleted.

        Before ext4 gives out an inode it looks at all that were freed within some minutes, so that
        a build just after many files were deleted would pay for those.
        """
        for path in filter(Path.exists, self.made):
            aside = self.folder.with_name(f"{self.folder.name}-before-{time.time_ns()}")
            path.rename(aside)

    def server_at(self, port: int) -> tuple[str, ...]:
        """The command that serves the site on a port; 0 is a free one, with nothing built."""
        return (*self.server, "--port", str(port))

    def files(self) -> int:
        """How many files the last build left in the output."""
        return sum(len(names) for _, _, names in os.walk(self.output))

    def rest(self) -> None:
        """Wait until all sources are old enough to be trusted, and all files are on the disk."""
        if self.hasty:
            return
        newest = walk(self.folder / "content").newest_seconds
        while (left := newest + _MISTRUSTED_SECONDS - time.time()) > 0:
            time.sleep(left)
        os.sync()

    def done(self) -> tuple[int | None, int | None]:
        """How many files the last build wrote and how many sources it parsed, if it tells."""
        if self.report is None:
            return None, None
        report = json.loads(self.report.read_bytes())
        return report["outputs"]["written"], report["sources"]["parsed"]


def broadsheet(folder: Path, *, name: str = BROADSHEET, hasty: bool) -> Contender:
    """Broadsheet's portal, or `EVERY_PAGE`, `PLAIN_PAGES` or `COMMONMARK`.

    Made anew: whatever was in `folder` is gone.
    """
    shutil.rmtree(folder, ignore_errors=True)
    templates = folder / "templates"
    if name == PLAIN_PAGES:
        shutil.copytree(HERE / "portal/templates", templates)
    else:
        templates.mkdir(parents=True)
        shutil.copy(HERE.parent / "templates/article.html", templates)
    settings = ["site.toml", *([] if name == EVERY_PAGE else ["outputs.toml"])]
    settings += ["commonmark.toml"] if name == COMMONMARK else []
    _join([HERE / "portal" / part for part in settings], folder / "site.toml")
    write_pictures(folder / "content/media")
    output = folder / "output"
    program, root = (sys.executable, "-m", "generator"), ("--root", str(folder))
    return Contender(
        name=name,
        folder=folder,
        command=(*program, "build", "--quiet", *root),
        output=output,
        made=(output, folder / ".broadsheet"),
        dialect=corpus.broadsheet,
        place=lambda section: folder / "content/articles",
        template=templates / "article.html",
        report=folder / "report.json",
        server=(*program, "serve", *root) if name == BROADSHEET else (),
        hasty=hasty,
    )


def hugo(folder: Path, binary: Path, *, name: str = HUGO, hasty: bool) -> Contender:
    """A Hugo site with the same kinds of page, or `HUGO_RELATED`.

    Made anew: whatever was in `folder` is gone.
    """
    shutil.rmtree(folder, ignore_errors=True)
    shutil.copytree(HERE / "peers/hugo", folder, ignore=shutil.ignore_patterns("*.toml"))
    settings = ["hugo.toml", *(["related.toml"] if name == HUGO_RELATED else [])]
    _join([HERE / "peers/hugo" / part for part in settings], folder / "hugo.toml")
    write_pictures(folder / "static/media")
    output = folder / "public"
    return Contender(
        name=name,
        folder=folder,
        command=(str(binary), "--quiet", "--source", str(folder), "--destination", str(output)),
        output=output,
        made=(output, folder / "resources"),
        dialect=corpus.hugo,
        place=lambda section: folder / "content" / section,
        template=folder / "layouts/page.html",
        hasty=hasty,
    )


def _join(parts: list[Path], whole: Path) -> None:
    whole.write_text("".join(part.read_text("utf-8") for part in parts), "utf-8")
