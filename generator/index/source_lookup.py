"""Finds the source that a path in a call of the shortcode `ref` means."""

from __future__ import annotations

from typing import Any, Protocol

from generator.model.paths import ref_candidates, ref_name


class SupportsExecute(Protocol):
    """A connection, or something that executes statements like one."""

    def execute(self, statement: str, parameters: Any = ..., /) -> Any: ...


def sources_meant(db: SupportsExecute, owner: str, written: str) -> list[str]:
    """Return the source that a path in `owner` means, or else those with its name."""
    candidates = ref_candidates(owner, written)
    for path in candidates:
        if db.execute("SELECT 1 FROM source WHERE path = ?", [path]).fetchone():
            return [path]
    rows = db.execute(
        """SELECT source.path FROM folder
            CROSS JOIN source ON source.path = folder.path || '/' || :name || '.md'
            UNION SELECT source.path FROM folder
            CROSS JOIN source ON source.path = folder.path || '/index.md'
                WHERE folder.path LIKE '%/' || :name
            ORDER BY 1 LIMIT 2""",
        {"name": ref_name(candidates[0])},
    )
    return [path for (path,) in rows.fetchall()]
