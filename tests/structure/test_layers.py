"""The generator's parts know only what stands before them."""

from __future__ import annotations

import ast
from collections.abc import Iterator
from graphlib import TopologicalSorter
from pathlib import Path

import pytest

REPOSITORY = Path(__file__).resolve().parents[2]
PACKAGE = "generator"
LAYERS = (
    "errors",
    "digest",
    "derived_files",
    "model",
    "media",
    "validation",
    "config",
    "scan",
    "index",
    "parse",
    "theme",
    "render",
    "write",
    "outputs",
    "plan",
    "pipeline",
    "scaffold",
    "serve",
    "commands",
    "cli",
    "__main__",
)
TERMINAL = ("commands", "cli", "__main__")


def _name(file: Path) -> str:
    parts = file.relative_to(REPOSITORY).with_suffix("").parts
    return ".".join(parts[:-1] if parts[-1] == "__init__" else parts)


FILES = {_name(file): file for file in sorted((REPOSITORY / PACKAGE).rglob("*.py"))}
TREES = {name: ast.parse(file.read_bytes(), str(file)) for name, file in FILES.items()}


def _layer(module: str) -> int:
    """Where a module stands; the package itself, which holds the version, is before all."""
    part = module.partition(".")[2].partition(".")[0]
    return LAYERS.index(part) if part in LAYERS else -1


def _imported(module: str) -> Iterator[str]:
    """The generator's modules that a module names in any import, wherever in it that stands."""
    for node in ast.walk(TREES[module]):
        if isinstance(node, ast.Import):
            yield from (alias.name for alias in node.names if alias.name in FILES)
        elif isinstance(node, ast.ImportFrom):
            for alias in node.names:
                named = (f"{node.module}.{alias.name}", f"{node.module}")
                yield from [name for name in named if name in FILES][:1]


IMPORTS = {module: sorted(set(_imported(module))) for module in FILES}


def _writes_to_terminal(node: ast.AST) -> bool:
    match node:
        case ast.Call(func=ast.Name(id="print")):
            return True
        case ast.Attribute(value=ast.Name(id="sys"), attr="stdout" | "stderr"):
            return True
        case ast.Import(names=names):
            return any(alias.name.split(".")[0] in {"click", "rich"} for alias in names)
        case ast.ImportFrom(module=str(module)):
            return module.split(".")[0] in {"click", "rich"}
    return False


def test_there_is_something_to_look_at() -> None:
    assert f"{PACKAGE}.errors" in FILES
    assert any(IMPORTS.values())


def test_every_module_belongs_to_a_layer() -> None:
    astray = [
        module for module in FILES if module != PACKAGE and module.split(".")[1] not in LAYERS
    ]
    assert astray == []


@pytest.mark.parametrize("layer", LAYERS)
def test_no_layer_imports_one_that_comes_after_it(layer: str) -> None:
    place = LAYERS.index(layer)
    upward = [
        f"{module} imports {target}"
        for module, targets in IMPORTS.items()
        if _layer(module) == place
        for target in targets
        if _layer(target) > place
    ]
    assert upward == []


def test_no_module_imports_itself_by_way_of_others() -> None:
    order = TopologicalSorter({module: set(found) for module, found in IMPORTS.items()})
    order.prepare()


def test_the_package_itself_imports_nothing() -> None:
    assert IMPORTS[PACKAGE] == []


def test_no_module_is_a_drawer_for_odds_and_ends() -> None:
    drawers = {"utils", "util", "helpers", "helper", "misc", "common"}
    assert [module for module in FILES if drawers & set(module.split("."))] == []


def test_only_the_commands_write_to_the_terminal() -> None:
    writers = [
        f"{module}:{getattr(node, 'lineno', 0)}"
        for module, tree in TREES.items()
        if module.split(".")[1:2] and module.split(".")[1] not in TERMINAL
        for node in ast.walk(tree)
        if _writes_to_terminal(node)
    ]
    assert writers == []
