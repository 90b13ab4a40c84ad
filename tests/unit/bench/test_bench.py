"""The command that times builds, run on archives of a few articles."""

from __future__ import annotations

from pathlib import Path

import pytest
from click.testing import CliRunner, Result
from hypothesis import given
from hypothesis import strategies as st

from bench.__main__ import main
from bench.brief import SHOWN
from bench.contenders import BROADSHEET, HUGO, PLAIN_PAGES
from bench.options import EVERYTHING, Options
from bench.readme import BEGIN, END, between
from bench.timings import ROWS


@pytest.fixture
def readme(tmp_path: Path) -> Path:
    """A page with a place for the results, and something before and after it."""
    page = tmp_path / "README.md"
    page.write_text(f"# Courier\n\n{BEGIN}\n{END}\n\nThe end.\n", "utf-8")
    return page


def bench(readme: Path, *options: str) -> Result:
    """The command, with everything that it writes beside the readme, and no waiting."""
    folder = readme.parent
    places = ["--folder", f"{folder}/sites", "--results", f"{folder}/results.md"]
    fixed = [
        "--peers",
        "none",
        "--hasty",
        "--quick-runs",
        "1",
        "--saves",
        "2",
        "--readme",
        str(readme),
    ]
    return CliRunner().invoke(main, [*fixed, *places, *options], catch_exceptions=False)


def cells(text: str, heading: str) -> list[dict[str, str]]:
    """The rows of the table under a heading, by the names of its columns."""
    part = text.partition(f"{heading}\n")[2].lstrip().partition("\n\n")[0]
    head, _, *rows = (
        [cell.strip() for cell in line.strip("|").split("|")] for line in part.splitlines()
    )
    return [dict(zip(head, row, strict=True)) for row in rows]


def test_every_row_is_measured_and_told_in_both_pages(readme: Path) -> None:
    done = bench(readme, "--sizes", "4", "--short", "3")
    assert done.exit_code == 0, done.output
    text = (readme.parent / "results.md").read_text("utf-8")
    assert text.strip() in done.stdout
    for row in ROWS.values():
        assert f"4 articles, Broadsheet, {row}: " in done.stderr
        assert f"\n| {row} " in text
        assert (f"\n| {row} " in readme.read_text("utf-8")) == (row in SHOWN)
    for limit in ("look at each source", "`cp -r`", "`python -c 'import click'`"):
        assert limit in text
    assert "\n| first build, short articles " in text
    assert '`make bench ARGS="--sizes 4 --short 3 --peers none' in text
    assert str(readme.parent) not in text + readme.read_text("utf-8")
    assert not list((readme.parent / "sites").iterdir())


def test_all_first_builds_come_before_anything_is_changed_or_deleted(readme: Path) -> None:
    done = bench(readme, "--sizes", "2,3", "--rows", "first,nothing", "--runs", "2")
    explanation = done.stderr
    first, nothing = ("Broadsheet, first build: ", "Broadsheet, nothing changed: ")
    assert explanation.count(first) == 4
    assert explanation.count(nothing) == 2
    assert explanation.rindex(first) < explanation.index(nothing)


def test_what_each_build_did_is_told(readme: Path) -> None:
    assert bench(readme, "--sizes", "40", "--rows", "nothing,body,story,template").exit_code == 0
    text = (readme.parent / "results.md").read_text("utf-8")
    nothing, body, story, template = cells(text, "### After a change")
    assert (nothing["files written"], nothing["sources parsed"]) == ("0", "0")
    assert (body["sources parsed"], story["sources parsed"]) == ("1", "1")
    assert 0 < int(body["files written"]) < int(story["files written"]) < 40
    assert (template["files written"], template["sources parsed"]) == ("40", "0")


def test_rows_that_are_not_named_are_left_out(readme: Path) -> None:
    assert bench(readme, "--sizes", "2", "--rows", "serve").exit_code == 0
    shown = readme.read_text("utf-8")
    assert "| one body edited under `serve` " in shown
    assert "first build" not in shown
    assert "limit" not in shown


def test_what_the_server_does_is_told_in_a_table_of_its_own(readme: Path) -> None:
    assert bench(readme, "--sizes", "2", "--rows", "cold,warm,serve,rest").exit_code == 0
    text = (readme.parent / "results.md").read_text("utf-8")
    cold, warm, saves, rest = cells(text, "### The server")
    assert [row["runs"] for row in (cold, warm, saves, rest)] == ["1", "1", "2", "1"]
    assert all(float(row["seconds"]) > 0 for row in (cold, warm, saves))
    assert "MB" in rest["all processes"]
    assert "### First build" not in text


def test_sites_with_other_pages_can_be_measured_too(readme: Path) -> None:
    pages = "every,plain,commonmark"
    done = bench(readme, "--sizes", "2", "--rows", "first", "--pages", pages, "--keep")
    assert done.exit_code == 0
    text = (readme.parent / "results.md").read_text("utf-8")
    lean, every_page, plain, commonmark = cells(text, "### First build")
    assert 2 < int(plain["files"]) <= int(lean["files"]) < int(every_page["files"])
    assert commonmark["files"] == lean["files"]
    sites = readme.parent / "sites/sites-2"
    own, others = (
        (sites / name / "output/tags/index.html").read_text("utf-8")
        for name in ("broadsheet", "broadsheet-pages-as-hugos")
    )
    assert len(others) < len(own)
    settings = (sites / "broadsheet-commonmark/site.toml").read_text("utf-8")
    assert 'dialect = "commonmark"' in settings


def test_sites_can_be_kept(readme: Path) -> None:
    assert bench(readme, "--sizes", "1", "--rows", "first", "--keep").exit_code == 0
    assert (readme.parent / "sites/sites-1/broadsheet/output/index.html").is_file()


def test_a_second_run_takes_the_place_of_the_first(readme: Path) -> None:
    for size in ("2", "3"):
        assert bench(readme, "--sizes", size, "--rows", "first").exit_code == 0
    shown = readme.read_text("utf-8")
    assert shown.startswith(f"# Courier\n\n{BEGIN}\n")
    assert shown.endswith(f"{END}\n\nThe end.\n")
    assert shown.count("| first build ") == 1
    assert "--sizes 3" in shown


@given(st.text(), st.text(), st.text(), st.text())
def test_only_what_lies_between_the_comments_is_rewritten(
    head: str, old: str, new: str, tail: str
) -> None:
    page = between(f"{head}{BEGIN}{old}{END}{tail}", new, "README.md")
    assert page.startswith(f"{head}{BEGIN}")
    assert page.endswith(f"{END}{tail}")
    assert new.strip() in page
    assert between(page, new, "README.md") == page


@pytest.mark.parametrize("text", ["", BEGIN, END, f"{END} {BEGIN}"])
def test_a_page_without_a_place_for_the_results_stops_all_before_it_begins(
    readme: Path, text: str
) -> None:
    readme.write_text(text, "utf-8")
    done = bench(readme)
    assert (done.exit_code, done.stdout) == (1, "")
    assert (
        done.stderr
        == f"Error: README.md must hold the lines '{BEGIN}' and '{END}', in this order\n"
    )
    assert list(readme.parent.iterdir()) == [readme]


def test_a_page_that_is_not_there_is_named(readme: Path) -> None:
    readme.unlink()
    done = bench(readme)
    assert (done.exit_code, done.stderr) == (1, f"Error: {readme}: No such file or directory\n")


def test_an_archive_that_the_disk_can_not_hold_is_refused(readme: Path) -> None:
    done = bench(readme, "--sizes", "1,1000000000000")
    assert done.exit_code == 1
    assert "GB are free; name another place with --folder" in done.stderr
    assert len(done.stderr.splitlines()) == 1
    assert not (readme.parent / "results.md").exists()


@pytest.mark.parametrize(
    ("options", "reason"),
    [
        (["--sizes", "10,many"], "'10,many' is not numbers of articles, as in 1000,10000, or none"),
        (["--sizes", "0"], "'0' is not numbers"),
        (["--sizes", ""], "'' is not numbers"),
        (["--peer-rows", "none"], "there is no 'none'; there are first, nothing, body, story"),
        (["--pages", "plane"], "there is no 'plane'; there are every, plain, related"),
        (["--rows", "first,last"], "there is no 'last'; there are first, nothing, body, story"),
    ],
)
def test_what_can_not_be_measured_is_wrong_usage(
    readme: Path, options: list[str], reason: str
) -> None:
    done = bench(readme, *options)
    assert done.exit_code == 2
    assert reason in done.stderr


def test_a_command_that_fails_is_told_in_one_line_and_the_rest_is_measured(
    readme: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("PATH", str(readme.parent))
    done = bench(readme, "--sizes", "1,2", "--rows", "nothing,limits")
    assert done.exit_code == 1
    line = "1 articles, Broadsheet, limits: cp can't be run: No such file or directory"
    assert done.stderr.count(line) == 1
    text = (readme.parent / "results.md").read_text("utf-8")
    assert f"\n- {line}\n" in text
    assert "2 articles, Broadsheet, nothing changed: " in done.stderr
    assert "Traceback" not in done.output


@given(
    st.lists(st.sampled_from(EVERYTHING), unique=True).map(tuple),
    st.lists(st.sampled_from(EVERYTHING), unique=True).map(tuple),
)
def test_peers_are_measured_at_the_rows_that_are_named_for_both(
    rows: tuple[str, ...], peer_rows: tuple[str, ...]
) -> None:
    options = Options(
        sizes=(1,),
        short=None,
        rows=rows,
        peers="hugo",
        peer_rows=peer_rows,
        pages=(),
        runs=1,
        quick_runs=1,
        saves=1,
        hasty=True,
        keep=False,
        folder=Path("sites"),
        results=Path("results.md"),
        readme=Path("README.md"),
    )
    assert options.rows_of(BROADSHEET, short=False) == rows
    assert set(options.rows_of(HUGO, short=False)) == set(rows) & set(peer_rows)
    assert set(options.rows_of(PLAIN_PAGES, short=False)) == set(rows) & {"first"}
