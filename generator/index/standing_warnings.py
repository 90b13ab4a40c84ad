"""Warnings that hold until what they are about is read again, so that every build reports them.

The only module that writes the table `warning`.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Iterable
from typing import Final

from generator.errors import Problem

MOST: Final = 200

SHORTCODES: Final = "shortcodes"
THEME: Final = "theme"


def folder_scope(folder: str) -> str:
    """Return the scope of warnings that a scan gave of the files in a folder."""
    return f"{folder}/"


def keep_warnings(connection: sqlite3.Connection, scope: str, problems: Iterable[Problem]) -> None:
    """Replace the warnings of a scope: a source, a folder, or a part of the theme."""
    connection.execute("DELETE FROM warning WHERE scope = ?", [scope])
    connection.executemany(
        "INSERT INTO warning VALUES (?, ?, ?, ?, ?, ?, ?)",
        [
            (scope, each.path, each.line, each.column, each.message, each.hint, each.code)
            for each in problems
            if each.severity == "warning"
        ],
    )


def forget_warnings(connection: sqlite3.Connection, scope: str) -> None:
    """Forget the warnings of a source that is gone."""
    connection.execute("DELETE FROM warning WHERE scope = ?", [scope])


def folders_with_warnings(connection: sqlite3.Connection) -> set[str]:
    """Return the folders that have warnings of a scan."""
    rows = connection.execute("SELECT DISTINCT scope FROM warning WHERE scope LIKE '%/'")
    return {scope.removesuffix("/") for (scope,) in rows}


def standing_warnings(
    connection: sqlite3.Connection, *, of_folders: bool, most: int = MOST
) -> list[Problem]:
    """Return the warnings that hold, by file and line; the last one says how many are left out.

    Those of folders are wanted only after a scan that did not visit all folders.
    """
    rows = connection.execute(
        """SELECT path, line, column, message, hint, 'warning', code FROM warning
            WHERE :of_folders OR scope NOT LIKE '%/' ORDER BY path, line, column LIMIT :most""",
        {"of_folders": of_folders, "most": most},
    )
    found = [Problem(*row) for row in rows]
    if len(found) == most:
        (total,) = connection.execute("SELECT count(*) FROM warning").fetchone()
        if total > most:
            message = f"{total - most:,} more warnings hold"
            hint = "'broadsheet check' lists all of them"
            found.append(Problem("content", 0, 0, message, hint, "warning"))
    return found
