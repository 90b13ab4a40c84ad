"""Random days of a newsroom: whatever is done, the site is what a build from nothing gives.

Each day begins with a published portal. Between builds people work, time passes or jumps back, the
state is damaged and the output is edited; builds are killed or find the disk full. After each build
every file is compared with those of a build of the same content from nothing.

`BROADSHEET_DAYS=200` lives through so many days in the place of a few, each a longer one.
"""

from __future__ import annotations

import os
import shutil
import signal
import tempfile
from contextlib import closing
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from hypothesis import HealthCheck, Phase, settings
from hypothesis import strategies as st
from hypothesis.stateful import (
    RuleBasedStateMachine,
    initialize,
    precondition,
    rule,
    run_state_machine_as_test,
)

from generator.index.connection import open_for_reading
from generator.pipeline.options import BuildOptions
from generator.pipeline.state import index_path
from tests.support.desk import EDITS, Edit, first_desk, put_on_disk
from tests.support.output_states import illegal
from tests.support.proof import (
    DAMAGES,
    Built,
    Clean,
    Moment,
    Tree,
    build,
    build_in_trouble,
    damage,
    difference,
    named,
    options_of,
    times,
    tree,
)

BEGIN = datetime(2024, 2, 1, 12, tzinfo=UTC)
DAYS = int(os.environ.get("BROADSHEET_DAYS", "0"))

any_number = st.integers(0, 999)
edits = st.lists(
    st.tuples(st.sampled_from(list(EDITS)), st.integers(0, 9), st.integers(0, 19)),
    min_size=1,
    max_size=4,
)
moments = st.one_of(
    st.builds(Moment, st.just("execute"), st.integers(1, 300), st.just("kill")),
    st.builds(
        Moment,
        st.sampled_from(["open", "os.rename", "os.remove", "os.mkdir", "os.rmdir"]),
        st.integers(1, 40),
        st.sampled_from(["kill", "full"]),
    ),
)


class NewsroomDays(RuleBasedStateMachine):
    """A day. `strangers` are files in the output that no record knows as Broadsheet's."""

    published: Path
    clean: Clean

    def __init__(self) -> None:
        super().__init__()
        self.base = Path(tempfile.mkdtemp(prefix="broadsheet-day-"))
        self.root = self.base / "portal"
        self.output = self.root / "output"
        self.state = self.root / ".broadsheet"
        self.kept = self.base / "kept state"
        self.now = BEGIN
        self.drafts = False
        self.jobs = 1
        self.desk = first_desk()
        self.on_disk = self.desk.texts()
        self.past = [self.desk.copy()]
        self.invalid = False
        self.warned = False
        self.damaged = False
        self.strangers: Tree = {}
        self.unrecorded: set[str] = set()

    @initialize()
    def begin(self) -> None:
        shutil.copytree(self.published, self.root)
        shutil.copytree(self.state, self.kept)

    def teardown(self) -> None:
        shutil.rmtree(self.base)

    # What newsrooms do.

    @rule(edits=edits, mend=st.booleans(), unseen=st.booleans())
    def people_work(self, edits: list[Edit], mend: bool, unseen: bool) -> None:
        self.edit(edits, mend=mend, unseen=unseen)
        self.build()

    @rule(edits=edits)
    def people_work_on(self, edits: list[Edit]) -> None:
        self.edit(edits, mend=True)
        self.build()

    @rule(hours=st.sampled_from([1, 6, 12, 24, 48, 9600, -6, -24, -48]))
    def time_passes_or_jumps_back(self, hours: int) -> None:
        self.now += timedelta(hours=hours)
        self.build()

    @rule()
    def drafts_are_shown_or_not(self) -> None:
        self.drafts = not self.drafts
        self.build()

    @rule(jobs=st.integers(1, 3))
    def a_machine_with_other_processors_builds(self, jobs: int) -> None:
        self.jobs = jobs
        self.build()

    @rule(which=any_number)
    def all_is_as_it_was_once(self, which: int) -> None:
        self.desk = self.past[which % len(self.past)].copy()
        self.write()
        self.build()

    @rule()
    def files_get_other_times(self) -> None:
        for path in self.on_disk:
            (self.root / path).touch()
        self.build()

    # What goes wrong.

    @rule(edits=edits, moment=moments)
    def a_build_is_killed_or_finds_the_disk_full(self, edits: list[Edit], moment: Moment) -> None:
        self.edit(edits, mend=True)
        before = tree(self.output)
        code = build_in_trouble(self.options(), moment)
        assert code in (0, 1, 2, -signal.SIGKILL)
        fresh, wanted = self.clean(self.on_disk, self.now, drafts=self.drafts)
        after = tree(self.output)
        self.warned, self.invalid = True, fresh.code == 1
        if self.invalid:
            assert (code, difference(after, before)) == (code or 1, "")
        for path in before.keys() | after.keys():
            assert after.get(path) in (before.get(path), wanted.get(path)), path

    @rule(edits=edits)
    def a_build_keeps_going(self, edits: list[Edit]) -> None:
        """What it publishes in spite of faults is no clean build's; the next one's is."""
        self.edit(edits, mend=True)
        self.build(keep_going=True)

    @rule(kind=st.sampled_from(DAMAGES), where=any_number, edits=edits)
    def the_index_is_damaged(self, kind: str, where: int, edits: list[Edit]) -> None:
        """Damage to a page of it is noticed when that page is needed, by this build or a later."""
        damage(self.state / "build", kind, where)
        self.warned, self.damaged = True, True
        self.edit(edits, mend=True)
        self.build()

    @rule()
    def the_state_is_deleted(self) -> None:
        self.unrecorded |= tree(self.output).keys()
        shutil.rmtree(self.state)
        self.warned = True
        self.build()

    @rule()
    def the_state_is_kept_aside(self) -> None:
        shutil.rmtree(self.kept)
        shutil.copytree(self.state, self.kept)

    @rule()
    def the_state_kept_aside_is_put_back(self) -> None:
        """It knows some files as Broadsheet's that had become strangers, and others no more."""
        self.unrecorded |= tree(self.output).keys()
        self.strangers = {}
        shutil.rmtree(self.state)
        shutil.copytree(self.kept, self.state)
        self.warned = True
        self.build()

    @precondition(lambda self: not self.invalid)
    @rule(which=any_number, how=st.sampled_from(["deleted", "edited", "emptied"]))
    def a_file_of_the_site_is_changed_by_hand(self, which: int, how: str) -> None:
        files = sorted(tree(self.output).keys() - self.strangers)
        file = self.output / files[which % len(files)]
        if how == "deleted":
            file.unlink()
        else:
            file.write_bytes(b"" if how == "emptied" else file.read_bytes() + b" by hand")
        self.warned = True
        self.build(verify=True)

    @rule(which=any_number)
    def somebody_puts_a_file_into_the_output(self, which: int) -> None:
        names = ("mine.txt", "world/mine.txt", "people/index.html", "old/index.html", "tags/new")
        name = names[which % len(names)]
        if (self.output / name).exists():
            return
        (self.output / name).parent.mkdir(parents=True, exist_ok=True)
        (self.output / name).write_bytes(b"mine")
        self.strangers[name] = b"mine"
        self.warned = True
        self.build()

    @rule()
    def the_output_is_deleted(self) -> None:
        shutil.rmtree(self.output, ignore_errors=True)
        self.strangers = {}
        self.build()

    # How it is looked at.

    def edit(self, edits: list[Edit], *, mend: bool, unseen: bool = False) -> None:
        """Play edits on what is there, or first on what last was without fault."""
        if mend and self.invalid:
            self.desk = self.past[-1].copy()
        self.desk.play(edits)
        self.write(unseen=unseen)

    def write(self, *, unseen: bool = False) -> None:
        texts = self.desk.texts()
        put_on_disk(texts, self.root, self.on_disk, keep_times=unseen)
        self.on_disk = texts

    def options(self, **more: bool) -> BuildOptions:
        return options_of(self.root, self.now, drafts=self.drafts, jobs=self.jobs, **more)

    def build(self, *, verify: bool = False, keep_going: bool = False) -> None:
        """Build, and compare all that can be seen with a build from nothing."""
        before, stood = tree(self.output), times(self.output)
        built = build(self.options(verify=verify, keep_going=keep_going))
        if built.code == 2:
            self.move_strangers_away(built, before)
            self.build(verify=verify, keep_going=keep_going)
            return
        fresh, wanted = self.clean(self.on_disk, self.now, drafts=self.drafts)
        assert built.code == fresh.code
        after = tree(self.output)
        self.invalid = built.code == 1
        if self.invalid and keep_going:
            self.warned = True
            return
        assert named(built.errors) <= named(fresh.errors), (built.errors, fresh.errors)
        if self.invalid:
            assert not difference(after, before)
            return
        self.past.append(self.desk.copy())
        self.compare(after, wanted)
        with closing(open_for_reading(index_path(self.options().state_folder))) as connection:
            assert illegal(connection) == {}
        self.compare_with_report(built, before, after, stood)
        if not (self.warned or self.damaged):
            assert named(built.report.warnings) <= named(fresh.report.warnings)
        self.warned = False

    def compare(self, after: Tree, wanted: Tree) -> None:
        """The output holds what is wanted, and files that nobody can know to be Broadsheet's."""
        self.strangers = {
            path: content for path, content in self.strangers.items() if path not in wanted
        }
        for path in self.unrecorded & (after.keys() - wanted.keys()):
            self.strangers[path] = after[path]
        self.unrecorded = set()
        assert not difference(after, wanted | self.strangers)

    def compare_with_report(
        self, built: Built, before: Tree, after: Tree, stood: dict[str, tuple[int, int]]
    ) -> None:
        """The report names what was written, and that alone was written."""
        now = times(self.output)
        changed = {path for path in after if before.get(path) != after[path]}
        assert set(built.report.changed) == changed
        assert set(built.report.gone) >= before.keys() - after.keys()
        for path in now.keys() & stood.keys() - changed:
            assert now[path] == stood[path], path

    def move_strangers_away(self, built: Built, before: Tree) -> None:
        """A build that files of others hold up names them, and leaves all as it was."""
        assert not difference(tree(self.output), before)
        standing = self.strangers.keys() | self.unrecorded
        for problem in built.errors:
            assert "move it away" in problem.hint, problem
            named_path = Path(problem.path).relative_to(self.output).as_posix()
            inside = {path for path in standing if f"{path}/".startswith(f"{named_path}/")}
            assert inside, problem
            for path in inside:
                (self.output / path).unlink(missing_ok=True)
                self.strangers.pop(path, None)


@pytest.fixture(scope="module")
def published(tmp_path_factory: pytest.TempPathFactory) -> Path:
    root = tmp_path_factory.mktemp("days") / "portal"
    put_on_disk(first_desk().texts(), root, {})
    assert build(options_of(root, BEGIN)).code == 0
    return root


@pytest.mark.timeout(0 if DAYS else 300)
def test_incremental_is_clean_on_any_day_of_a_newsroom(published: Path, tmp_path: Path) -> None:
    NewsroomDays.published, NewsroomDays.clean = published, Clean(tmp_path / "clean")
    run_state_machine_as_test(
        NewsroomDays,
        settings=settings(
            max_examples=DAYS or 10,
            stateful_step_count=30 if DAYS else 12,
            suppress_health_check=list(HealthCheck),
            phases=(Phase.explicit, Phase.reuse, Phase.generate),
            print_blob=True,
        ),
    )
