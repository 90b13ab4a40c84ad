"""`python -m bench`: times Broadsheet's builds beside those of its peers, and writes tables."""

from __future__ import annotations

import signal
from pathlib import Path
from typing import Any

import click

from bench import contenders
from bench.hugo import NoHugo
from bench.options import EVERYTHING, PAGES, Options, as_given, names_of, sizes
from bench.readme import NoPlace
from bench.session import NoRoom, Session

PEERS = ("hugo", "none")
_FILE = click.Path(dir_okay=False, path_type=Path)
_FOLDER = click.Path(file_okay=False, path_type=Path)
# Where things lie says nothing of how they were measured.
_PLACES = ("keep", "folder", "results", "readme")


@click.command(context_settings={"show_default": True})
@click.option(
    "--sizes",
    metavar="N,N",
    default="10000",
    callback=sizes,
    help="How many articles; none for none.",
)
@click.option(
    "--short", metavar="N", type=click.IntRange(1), help="Also a first build of N short articles."
)
@click.option(
    "--rows",
    metavar="ROW,ROW",
    default=",".join(EVERYTHING),
    callback=names_of(EVERYTHING),
    help="What to measure. Each but cold, warm, serve and rest begins with a first build.",
)
@click.option("--peers", type=click.Choice(PEERS), default="hugo", help="Beside whom.")
@click.option(
    "--peer-rows",
    metavar="ROW,ROW",
    default=",".join(EVERYTHING),
    callback=names_of(EVERYTHING),
    help="Which of the rows are measured of peers, too.",
)
@click.option(
    "--pages",
    metavar="NAME,NAME",
    callback=names_of(PAGES),
    help="Also first builds of sites with other pages: every, all that Broadsheet has; plain, its "
    "pages with no more on them than Hugo's; related, Hugo's with related stories, up to 20,000; "
    "commonmark, Broadsheet's with texts read as CommonMark.",
)
@click.option(
    "--runs", type=click.IntRange(1), default=1, help="How often builds run that make everything."
)
@click.option(
    "--quick-runs", type=click.IntRange(1), default=5, help="How often those after a change run."
)
@click.option(
    "--saves", type=click.IntRange(1), default=20, help="How many edits there are under serve."
)
@click.option("--hasty", is_flag=True, help="To try it out: wait for nothing.")
@click.option("--keep", is_flag=True, help="Leave the sites where they were built.")
@click.option("--folder", type=_FOLDER, default=Path(".bench"), help="For the sites, and for Hugo.")
@click.option(
    "--results",
    type=_FILE,
    default=contenders.HERE / "results.md",
    show_default="bench/results.md",
    help="Where all tables go.",
)
@click.option(
    "--readme",
    type=_FILE,
    default=contenders.HERE.parent / "README.md",
    show_default="README.md",
    help="Where the summary goes, between its two comments.",
)
@click.pass_context
def main(context: click.Context, /, **given: Any) -> None:
    """Time first builds, builds after a change and the preview server, as whole processes.

    Tables are written whenever something was measured, so that they hold what an interrupted run
    had come to.
    """
    words = as_given(context, without=_PLACES)
    command = f'make bench ARGS="{words}"' if words else "make bench"
    try:
        session = Session(Options(**given), command, lambda line: click.echo(line, err=True))
        session.run()
    except (NoRoom, NoHugo, NoPlace) as error:
        raise click.ClickException(str(error)) from error
    except OSError as error:
        raise click.ClickException(f"{error.filename}: {error.strerror}") from error
    click.echo(session.page())
    context.exit(bool(session.failures))


def _end(*_: object) -> None:
    """Unwind, so that what is being timed is ended and the sites are deleted."""
    raise SystemExit(128 + signal.SIGTERM)


if __name__ == "__main__":
    signal.signal(signal.SIGTERM, _end)
    main(prog_name="python -m bench")
