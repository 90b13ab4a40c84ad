"""SQL stays inside the index, and each table has one module that writes it."""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator
from pathlib import Path

from generator.index.schema import SCHEMA
from tests.support.portal import REPOSITORY

PACKAGE = REPOSITORY / "generator"
MODULES = {
    file.relative_to(REPOSITORY).as_posix(): ast.parse(file.read_bytes())
    for file in sorted(PACKAGE.rglob("*.py"))
}
STATEMENT = re.compile(
    r"^\s*(SELECT\s|INSERT\s|UPDATE\s+\w+\s+SET|DELETE\s+FROM|REPLACE\s+INTO|CREATE\s+(TEMP|TABLE|INDEX)"
    r"|DROP\s+TABLE|PRAGMA\s|WITH\s+\w+\s+AS|BEGIN\b|COMMIT\b|ROLLBACK\b)"
)
RUNS_SQL = {"execute", "executemany", "executescript"}
WRITES = re.compile(
    r"\b(?:INSERT(?:\s+OR\s+\w+)?\s+INTO|REPLACE\s+INTO|UPDATE(?:\s+OR\s+\w+)?|DELETE\s+FROM)\s+(\w+)"
)
TABLES = set(re.findall(r"CREATE TABLE (\w+)", SCHEMA))


def texts(tree: ast.AST) -> Iterator[str]:
    """Every string of a module but its docstrings; what an f-string fills in becomes `{}`."""
    inside = {
        id(part)
        for node in ast.walk(tree)
        if isinstance(node, ast.JoinedStr)
        for part in node.values
    }
    prose = {
        id(node.value)
        for node in ast.walk(tree)
        if isinstance(node, ast.Expr) and isinstance(node.value, ast.Constant)
    }
    for node in ast.walk(tree):
        if isinstance(node, ast.JoinedStr):
            yield "".join(
                str(part.value) if isinstance(part, ast.Constant) else "{}" for part in node.values
            )
        elif isinstance(node, ast.Constant) and isinstance(node.value, str):
            if id(node) not in inside | prose:
                yield node.value


def runs_sql(tree: ast.AST) -> bool:
    return any(
        isinstance(node, ast.Call)
        and isinstance(node.func, ast.Attribute)
        and node.func.attr in RUNS_SQL
        for node in ast.walk(tree)
    )


def writers() -> dict[str, set[str]]:
    """The modules that write each table."""
    found: dict[str, set[str]] = {table: set() for table in TABLES}
    for name, tree in MODULES.items():
        for text in texts(tree):
            for table in WRITES.findall(text):
                if table in found:
                    found[table].add(name)
    return found


def test_only_the_index_has_sql() -> None:
    outside = [
        name
        for name, tree in MODULES.items()
        if not name.startswith("generator/index/")
        and (runs_sql(tree) or any(STATEMENT.match(text) for text in texts(tree)))
    ]
    assert outside == []


def test_each_table_has_one_module_that_writes_it() -> None:
    found = writers()
    assert TABLES >= {"article", "output", "query", "meta", "source", "term"}
    assert {table: sorted(modules) for table, modules in found.items() if len(modules) != 1} == {}


def test_no_table_is_written_by_a_name_that_is_filled_in() -> None:
    """Otherwise the test above would miss a writer."""
    unknown = [
        (name, text)
        for name, tree in MODULES.items()
        if Path(name).parts[1] == "index"
        for text in texts(tree)
        if re.search(r"(INTO|UPDATE|DELETE FROM)\s+\{\}", text)
    ]
    assert unknown == []
