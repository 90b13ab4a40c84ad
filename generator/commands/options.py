"""Options that several commands share, and how they become build options."""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path
from typing import Any, TypeVar

import click

from generator.errors import ConfigError, Problem
from generator.model.site import Site

# What of a portal is neither in its output nor around it.
_KEPT = ("content", "templates", ".broadsheet", ".git")

F = TypeVar("F", bound=Callable[..., Any])


def root_option(command: F) -> F:
    """`--root DIR`: the portal."""
    return click.option(
        "--root",
        type=click.Path(file_okay=False, path_type=Path),
        default=Path(),
        metavar="DIR",
        help="The portal: the folder with site.toml. The current one if left out.",
    )(command)


def content_options(command: F) -> F:
    """Add the options that decide which articles are live, and how they are linked."""
    address = click.option(
        "--base-url", metavar="URL", help="In the place of base_url in site.toml."
    )
    return live_options(address(command))


def live_options(command: F) -> F:
    """Add the options that decide which articles are live, and with how many workers."""
    for option in (
        click.option(
            "--now",
            metavar="ISO8601",
            callback=instant,
            help="Build as at this moment, as in 2024-01-20T18:00:00+03:30.",
        ),
        click.option("--drafts", is_flag=True, help="Include drafts."),
        click.option(
            "--jobs",
            type=click.IntRange(min=1),
            metavar="N",
            help="Worker processes; one for each processor if left out.",
        ),
    ):
        command = option(command)
    return command


def removals_option(command: F) -> F:
    """`--allow-removals`: the confirmation that articles are meant to go."""
    return click.option(
        "--allow-removals",
        is_flag=True,
        help="Publish also when many published articles would vanish.",
    )(command)


def instant(
    context: click.Context, parameter: click.Parameter, value: str | None
) -> datetime | None:
    """Return the time that an option names; wrong usage if it names none."""
    if value is None:
        return None
    try:
        return datetime.fromisoformat(value)
    except ValueError as error:
        raise click.BadParameter(
            f"'{value}' is no date or time; write it as in 2024-01-20T18:00:00+03:30"
        ) from error


def now_of(value: datetime | None, site: Site) -> datetime:
    """Return the time to build for; one without an offset is in the portal's time zone."""
    if value is None:
        return datetime.now(UTC)
    return value if value.tzinfo else value.replace(tzinfo=site.zone)


def site_of(root: Path, base_url: str | None) -> Site:
    """Return the portal's settings. Raises `ConfigError`."""
    from generator.config import load_site, with_base_url

    if not (root / "site.toml").is_file():
        raise ConfigError(
            Problem(
                str(root / "site.toml"),
                0,
                0,
                "there is no such file, so this is not a portal",
                "give the portal's folder with --root, or make one with 'broadsheet init DIR'",
            )
        )
    site = load_site(root)
    return with_base_url(site, base_url) if base_url else site


def output_folder(root: Path, output: Path | None) -> Path:
    """Return the output folder.

    Raises `ConfigError` for a folder that a site is made from: of this portal or another one, even
    through a symbolic link, or of the default theme.
    """
    from generator.theme.theme import default_theme

    portal = root.resolve()
    target = (output or root / "output").resolve()
    kept = [(portal / name).resolve() for name in _KEPT] + [default_theme()]
    inside = any(folder == target or folder in target.parents for folder in kept)
    around = any(target in (folder, *folder.parents) for folder in (portal, *kept))
    other = (target / "site.toml").is_file() and (target / "content").is_dir()
    if inside or around or other or ".git" in target.parts:
        message = f"{target} holds what a site is made of"
        hint = "name a folder that holds nothing else, such as output/"
        raise ConfigError(Problem("--output", 0, 0, message, hint))
    return target
