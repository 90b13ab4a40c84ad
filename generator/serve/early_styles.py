"""Style sheets as they are in the theme now, before the pages that name them are rendered again.

Every page names the theme's style sheet with a hash of its bytes, so after an edit of it a build
renders the whole archive. Open pages need not wait for that.
"""

from __future__ import annotations

import asyncio
import re
from collections.abc import Callable, Mapping
from pathlib import Path

from generator.model.paths import ASSETS_URL
from generator.serve.version import Version
from generator.theme.theme import Asset, Theme

_STYLE_SHEET = ".css"
_HASH = re.compile(r"\.[0-9a-f]{10}(?=\.css$)")
_HASHED_NAME = re.compile(rb"[^\s\"'()/]+\.[0-9a-f]{10}\.[a-z0-9]+")


class EarlyStyles:
    """Shows edits of style sheets in open pages, also while a build runs."""

    def __init__(self, root: Path, version: Version, update: Callable[[], None]) -> None:
        """`update` makes open pages show the version."""
        self._root, self._version, self._update = root, version, update
        self._asked = asyncio.Event()

    def look(self) -> None:
        """Look at the theme, which may have changed, as may the site."""
        self._asked.set()

    async def keep_showing(self) -> None:
        """Show each edit as long as the last build has no errors, and is without it."""
        version = self._version
        while True:
            await self._asked.wait()
            self._asked.clear()
            if not version.ready or version.problems:
                continue
            early = await asyncio.to_thread(early_styles, self._root, version.folder)
            before, version.early = version.early, early
            taken_back = (path for path in before if path not in early)
            if early.keys() - before.keys() or any(map(self._is_missing, taken_back)):
                version.styles += 1
                self._update()

    def _is_missing(self, path: str) -> bool:
        return not (self._version.folder / path).is_file()


def early_styles(root: Path, site: Path) -> dict[str, bytes]:
    """Return the theme's style sheets that the site does not have, by their paths in it.

    One that shows a picture or font that the site does not have either, or that is not UTF-8, is
    left to the build.
    """
    try:
        theme = Theme.of(root)
        names = [name for name in theme.asset_names() if name.endswith(_STYLE_SHEET)]
        found = [asset for name in names if (asset := theme.asset(name))]
    except OSError:
        return {}
    folder = site / ASSETS_URL.strip("/")
    missing = [asset for asset in found if not (folder / asset.path).is_file()]
    present = {path.name.encode() for path in folder.rglob("*")} if missing else set()
    return {
        f"{ASSETS_URL[1:]}{asset.path}": asset.content
        for asset in missing
        if _is_complete(asset, present)
    }


def _is_complete(asset: Asset, present: set[bytes]) -> bool:
    try:
        asset.content.decode()
    except UnicodeDecodeError:
        return False
    return set(_HASHED_NAME.findall(asset.content)) <= present


def newest(address: str, early: Mapping[str, bytes]) -> str:
    """Return the address that a style sheet has now, from one that it had."""
    for path in early:
        end = f"/{_HASH.sub('', path)}"
        plain = _HASH.sub("", address)
        if plain.endswith(end):
            return f"{plain.removesuffix(end)}/{path}"
    return address
