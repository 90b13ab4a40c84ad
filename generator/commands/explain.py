"""`broadsheet explain`: why a page of the site is as it is."""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path
from typing import TYPE_CHECKING

import click

from generator.commands.console import echo, exit_on_error
from generator.commands.options import output_folder, root_option, site_of

if TYPE_CHECKING:
    from generator.index.inspect import Inspector, KnownOutput
    from generator.model.site import Site
    from generator.pipeline.explain import Explanation

_FIRST = 10
_LAST_BUILD = "As of the last build. Content that changed since then may affect more."


@click.command()
@root_option
@click.option(
    "--output",
    type=click.Path(path_type=Path),
    metavar="DIR",
    help="The folder of the site; output/ in the portal if left out.",
)
@click.option("--base-url", metavar="URL", help="The one that the site was built with.")
@click.argument("target", metavar="URL-or-FILE")
def command(root: Path, output: Path | None, base_url: str | None, target: str) -> None:
    """Explain why a page is as it is.

    URL-or-FILE is a URL of the site, a file of the site, or a file in content/ or templates/.
    """
    from generator.pipeline.explain import PortalPaths, last_build, target_of
    from generator.pipeline.state import state_name

    with exit_on_error():
        site = site_of(root, base_url)
        place = PortalPaths(root.resolve(), output_folder(root, output))
        state = place.root / ".broadsheet" / state_name(place.root, place.output)
        with last_build(state) as inspector:
            asked = target_of(target, place, site)
            if asked.part == "settings":
                _echo_settings(inspector)
            elif asked.part == "theme":
                _echo_theme_file(asked.name, inspector)
            else:
                _echo_outputs(asked.part, asked.name, inspector, place.root, site)


def _echo_outputs(part: str, name: str, inspector: Inspector, root: Path, site: Site) -> None:
    from generator.pipeline.explain import explain_output, output_for, outputs_of, unread_file

    if part == "content" and (unread := unread_file(name, inspector, root)):
        echo(
            f"{name} is no source, so no build reads it{f': {unread.hint}' if unread.hint else '.'}"
        )
        return
    if part == "site":
        found = [output_for(name, inspector)]
    else:
        found = outputs_of(name, inspector, root)
    if not found:
        _echo_absence(name, inspector, root, site)
        return
    _echo_explanation(explain_output(found[0], inspector, root, site), site)
    if found[1:]:
        echo(f"{name} also produces:")
        _echo_paths((known.path for known in found[1 : _FIRST + 1]), len(found) - 1)
    echo(_LAST_BUILD)


def _echo_absence(name: str, inspector: Inspector, root: Path, site: Site) -> None:
    """Say why a source has no page, and when it will have one."""
    import time

    from generator.commands.absence import absence
    from generator.digest import digest_file
    from generator.parse.parser import key_place

    file = root / name
    if not file.is_file() or digest_file(file) != inspector.knows_source(name):
        echo(f"{name} changed since the last build: run 'broadsheet build', and ask again.")
        return
    status = inspector.status(name, int(time.time()))
    line, _ = key_place(root, name, "draft") if status.kind == "draft" else (0, 0)
    for text in absence(name, status, site, line):
        echo(text)
    echo(_LAST_BUILD)


def _echo_explanation(explanation: Explanation, site: Site) -> None:
    from generator.model.permalink import site_path
    from generator.plan.reasons import asked

    output, reads = explanation.output, explanation.reads
    echo(site.url(site_path(output.path)))
    echo(f"  file: {output.path}")
    echo(f"  kind: {output.kind}")
    echo(f"  owner: {output.owner}")
    echo(f"  last rendered: {_when(output, site)}")
    echo(f"  reason: {output.reason}")
    echo(f"  changed since: {'; '.join(explanation.since) or _unfinished(output)}")
    templates = [name for name in reads.files if name.endswith(".html")]
    others = [name for name in reads.files if not name.endswith(".html")]
    _echo_names("templates", templates)
    _echo_names("other theme files", others)
    _echo_names("templates not found", reads.missing)
    _echo_names("site.toml keys", reads.settings)
    if reads.queries:
        echo("  queries:")
    for key in reads.queries:
        echo(f"    {asked(key)}")


def _when(output: KnownOutput, site: Site) -> str:
    from generator.model.timestamp import timestamp_at

    if output.rendered is None:
        return "never, because the last build did not finish"
    moment = timestamp_at(output.rendered).astimezone(site.zone)
    return moment.isoformat(" ")


def _unfinished(output: KnownOutput) -> str:
    if output.stale:
        return "unknown, because the last build did not finish; the next one renders this file"
    return "none of the files and keys below"


def _echo_names(what: str, names: Iterable[str]) -> None:
    listed = ", ".join(names)
    if listed:
        echo(f"  {what}: {listed}")


def _echo_theme_file(name: str, inspector: Inspector) -> None:
    from generator.pipeline.explain import theme_file
    from generator.plan.reasons import input_name

    key = theme_file(name, inspector)
    readers = inspector.readers(key, _FIRST)
    echo(f"{input_name(key)}: {_read_by(readers.count)}")
    _echo_paths(readers.first, readers.count)
    for known in inspector.of_asset(name):
        echo(f"  published as {known.path}")
    echo(_LAST_BUILD)


def _echo_settings(inspector: Inspector) -> None:
    from generator.index.input_keys import setting_key

    for key in inspector.settings():
        readers = inspector.readers(setting_key(key), 0)
        echo(f"'{key}': {_read_by(readers.count)}")
    echo(_LAST_BUILD)


def _read_by(count: int) -> str:
    return f"used by {count} output{'s' * (count != 1)}"


def _echo_paths(paths: Iterable[str], count: int) -> None:
    shown = list(paths)
    for path in shown:
        echo(f"  {path}")
    if count > len(shown):
        echo(f"  and {count - len(shown)} more")
