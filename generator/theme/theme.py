"""The theme: the portal's own `templates/` over the default theme, file by file.

`!base.html` means the default theme's own file, so that an override can extend the file that it
overrides.
"""

from __future__ import annotations

import os
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path, PurePosixPath

from generator.digest import digest
from generator.index.input_keys import DEFAULT_PREFIX
from generator.model.paths import ASSETS_URL, TEMPLATES
from generator.scan.ignore import is_ignored
from generator.theme.style_sheets import StyleReference, beside, with_addresses

_HASH_CHARACTERS = 10


def default_theme() -> Path:
    """Return the folder of the default theme: in an installed wheel, or in the repository."""
    package = Path(__file__).resolve().parent.parent
    installed = package / "default_theme"
    return installed if installed.is_dir() else package.parent / "templates"


@dataclass(frozen=True, slots=True)
class Asset:
    """A file of the theme's `assets/`, under its name with a hash."""

    name: str
    path: str
    content: bytes


@dataclass(slots=True)
class Theme:
    """Finds templates and assets; reads each file once."""

    folders: tuple[Path, ...]
    parts: dict[str, tuple[str, ...]] = field(default_factory=dict)
    """By the file of a template, the names of those that its code is also made of."""
    _assets: dict[str, Asset] = field(default_factory=dict)
    _opened: list[str] = field(default_factory=list)

    @classmethod
    def of(cls, root: Path) -> Theme:
        """Return the theme of the portal at `root`."""
        own, default = (root / "templates").resolve(), default_theme()
        folders = (own, default) if own.is_dir() and own != default else (default,)
        return cls(folders)

    def find(self, name: str) -> Path | None:
        """Return the file of a template or asset, or None; `name` is relative, with slashes."""
        folders = self.folders
        if name.startswith(DEFAULT_PREFIX):
            name, folders = name.removeprefix(DEFAULT_PREFIX), self.folders[-1:]
        if not name or ".." in PurePosixPath(name).parts or name.startswith("/"):
            return None
        candidates = (folder / name for folder in folders)
        return next((path for path in candidates if path.is_file()), None)

    def place_of(self, file: Path, root: Path) -> str:
        """Return how errors call a file of the theme: by its path in the portal at `root`."""
        for base, prefix in ((root.resolve(), ""), (self.folders[-1], "default theme: ")):
            if base in file.parents:
                return prefix + file.relative_to(base).as_posix()
        return file.as_posix()

    def shortcodes(self) -> frozenset[str]:
        """Return the names of all shortcodes of the theme."""
        found = self._names("shortcodes", ".html")
        return frozenset(name for name in found if not name.endswith(".feed"))

    def asset(self, name: str) -> Asset | None:
        """Return an asset; in style sheets, other assets are referred to by hashed name."""
        if name not in self._assets:
            file = self.find(f"assets/{name}")
            if file is None:
                return None
            content = file.read_bytes()
            if name.endswith(".css"):
                content = self._with_hashed_urls(name, content)
            self._assets[name] = Asset(name, _hashed_path(name, content), content)
        return self._assets[name]

    def asset_names(self) -> list[str]:
        """Return all assets, by name."""
        return sorted(self._names("assets", ""))

    def template_names(self) -> list[str]:
        """Return the names of all templates."""
        return sorted(f"{name}.html" for name in self._names("", ".html"))

    def _names(self, folder: str, suffix: str) -> set[str]:
        return {
            name.removesuffix(suffix)
            for base in self.folders
            for name, _ in files_in(base / folder)
            if name.endswith(suffix)
        }

    def _with_hashed_urls(self, name: str, content: bytes) -> bytes:
        def address_of(reference: StyleReference) -> str | None:
            target, _ = beside(name, reference.path)
            # Style sheets that refer to each other have no hash that both could name.
            asset = None if target in self._opened else self.asset(target)
            return f"{'../' * name.count('/')}{asset.path}" if asset else None

        self._opened.append(name)
        try:
            return with_addresses(content.decode(), address_of).encode()
        except UnicodeDecodeError:
            return content
        finally:
            self._opened.pop()


def files_in(folder: Path) -> Iterator[tuple[str, str]]:
    """Yield every file of a theme's folder: its name, with slashes, and its path."""
    for base, folders, names in os.walk(folder):
        folders[:] = [name for name in folders if not is_ignored(TEMPLATES, name)]
        inside = base[len(str(folder)) :].replace(os.sep, "/").lstrip("/")
        for name in names:
            path = os.path.join(base, name)
            if os.path.isfile(path) and not is_ignored(TEMPLATES, name):
                yield f"{inside}/{name}" if inside else name, path


def asset_href(base_path: str, asset: Asset) -> str:
    """Return the address of an asset from the root of the host."""
    return f"{base_path}{ASSETS_URL}{asset.path}"


def _hashed_path(name: str, content: bytes) -> str:
    stem, dot, extension = name.rpartition(".")
    hashed = digest(content).hex()[:_HASH_CHARACTERS]
    return f"{stem}.{hashed}.{extension}" if dot else f"{name}.{hashed}"
