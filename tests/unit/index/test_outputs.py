"""The states of outputs: whatever a build does, and wherever it ends, each is a legal one."""

from __future__ import annotations

import sqlite3
from pathlib import Path

import pytest
from hypothesis import settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, invariant, precondition, rule

from generator.index import outputs
from generator.index.connection import open_index
from generator.index.outputs import Owned, RenderedRow
from generator.index.proposal import Proposal
from generator.model.output import Output, Scope
from tests.support.output_states import illegal, states

MARKER = "marker"
names = st.sampled_from(["a", "b", "c", MARKER])
sites = st.dictionaries(names, st.integers(0, 1), max_size=4)
digests = st.sampled_from([b"1", b"2"])


class OutputStates(RuleBasedStateMachine):
    """Builds that begin, go on, end or are killed between any two transitions."""

    def __init__(self) -> None:
        super().__init__()
        self.db = open_index(Path(":memory:"))
        self.planned = False

    def teardown(self) -> None:
        self.db.close()

    @rule(paths=st.sets(names))
    def a_new_index_reads_the_list_of_written_files(self, paths: set[str]) -> None:
        outputs.own_listed(self.db, sorted(paths))

    @rule(site=sites, scopes=st.none() | st.sets(names))
    def the_site_is_planned(self, site: dict[str, int], scopes: set[str] | None) -> None:
        outputs.discard_rendered(self.db)
        chosen = None if scopes is None else [Scope("source", name) for name in sorted(scopes)]
        proposal = Proposal(self.db, chosen)
        proposal.add(
            Output(name, "article", Scope("source", name), {"version": version})
            for name, version in site.items()
            if scopes is None or name in scopes
        )
        proposal.apply()
        self.planned = True

    @precondition(lambda self: self.planned)
    @rule()
    def everything_is_stale(self) -> None:
        outputs.mark_all_stale(self.db, "a new version")

    @precondition(lambda self: self.planned)
    @rule()
    def the_output_folder_is_missing(self) -> None:
        outputs.disown_all(self.db, "the output folder is missing")

    @precondition(lambda self: self.planned)
    @rule(data=st.data())
    def files_were_edited(self, data: st.DataObject) -> None:
        known = [file.id for file in outputs.published_files(self.db)]
        edited = data.draw(st.sets(st.sampled_from(known))) if known else set()
        outputs.mark_differing_stale(self.db, "edited", sorted(edited))

    @precondition(lambda self: self.planned)
    @rule(data=st.data())
    def outputs_are_rendered(self, data: st.DataObject) -> None:
        outputs.discard_rendered(self.db)
        rows = []
        for number, _, known in list(outputs.stale_outputs(self.db)):
            digest = data.draw(st.none() | digests)
            # One that failed stays stale.
            if digest is not None:
                rows.append(RenderedRow(number, digest, staged=digest != known))
        outputs.note_rendered(self.db, rows)

    @rule()
    def files_are_moved(self) -> None:
        outputs.note_moving(self.db, MARKER)

    @rule()
    def the_site_is_published(self) -> None:
        before = states(self.db)
        outputs.note_moving(self.db, MARKER)
        outputs.forget_unplanned(self.db)
        outputs.note_published(self.db, 0)
        after = states(self.db)
        assert set(after) == {path for path, state in before.items() if state.planned}
        for path, state in before.items():
            if state.rendered:
                assert after[path] == (True, False, False, Owned.INDEX, True)

    @invariant()
    def every_state_is_legal(self) -> None:
        assert illegal(self.db) == {}


TestOutputStates = OutputStates.TestCase
TestOutputStates.settings = settings(max_examples=60, stateful_step_count=25)


@pytest.mark.parametrize(
    "change",
    [
        "UPDATE output SET stale = 0",
        "UPDATE output SET digest = x'00'",
        "UPDATE output SET owned = 2, digest = x'00'",
    ],
)
def test_the_schema_refuses_states_that_no_build_leaves(change: str) -> None:
    connection = open_index(Path(":memory:"))
    proposal = Proposal(connection, None)
    proposal.add([Output("a", "article", Scope("source", "a"), {})])
    proposal.apply()
    with pytest.raises(sqlite3.IntegrityError):
        connection.execute(change)
    connection.close()
