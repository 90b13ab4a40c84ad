"""Which files the site should have: the plans of all kinds of output as one proposal."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterable

from generator.index.catalogue import Catalogue
from generator.index.outputs import set_reasons
from generator.index.proposal import Proposal
from generator.model.output import Scope
from generator.model.site import Site
from generator.outputs import KINDS, PlanContext
from generator.plan.reasons import plan_changed
from generator.theme.theme import Theme


def plan_context(connection: sqlite3.Connection, site: Site, theme: Theme) -> PlanContext:
    """Return what kinds of output may read to plan."""
    return PlanContext(site, Catalogue(connection), theme)


def propose(
    connection: sqlite3.Connection, context: PlanContext, scopes: Iterable[Scope] | None
) -> Proposal:
    """Return the outputs that the portal should have: all, or those of some scopes.

    Outputs of other scopes stay as they are.
    """
    chosen = None if scopes is None else sorted(scopes)
    proposal = Proposal(connection, chosen)
    if chosen is None:
        for kind in KINDS:
            proposal.add(kind.plan(context, None))
        return proposal
    for scope in chosen:
        for kind in KINDS:
            if scope.part in kind.parts:
                proposal.add(kind.plan(context, scope))
    return proposal


def apply(connection: sqlite3.Connection, proposal: Proposal) -> None:
    """Make a proposal the plan: outputs become stale where it changes them, or unplanned."""
    reasons = [
        (plan_changed(each.owner, each.kind, each.before, each.now), each.id)
        for each in proposal.changed_params()
    ]
    proposal.apply()
    set_reasons(connection, reasons)
