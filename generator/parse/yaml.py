"""YAML front matter by libyaml, without YAML's surprises.

Nodes are composed in C and made into values here. Every scalar is the text that was written, so
a country code `NO`, a time `12:30` and a News ID `007` are what they seem; what a key expects
gives it a type later. Only under `extra`, which expects nothing, plain scalars are typed, by
YAML 1.2's core schema (https://yaml.org/spec/1.2.2/ section 10.3).

Anchors, aliases and tags are refused: front matter needs none, and an alias can make a small
file as large as memory.
"""

from __future__ import annotations

import math
import re
from typing import Any

import yaml
from yaml.nodes import MappingNode, Node, ScalarNode, SequenceNode

from generator.parse.yaml_errors import syntax_problem_of
from generator.parse.yaml_positions import YamlPositions, pair_of
from generator.parse.yaml_quotes import quoting_hint
from generator.validation.located import (
    MAX_DEPTH,
    LocatedMapping,
    SyntaxProblem,
    UnreadableTextError,
    line_and_column,
)
from generator.validation.messages import quoted
from generator.validation.positions import MAX_ERRORS

EXTRA = "extra"

_INDICATORS = ("&", "*", "!")
# libyaml composes nested nodes on the C stack; without this many brackets and dashes none is deep.
_FEW = 200
_LEFT_OUT = frozenset(("", "~", "null"))

_CORE = {
    **dict.fromkeys(("", "~", "null", "Null", "NULL")),
    **dict.fromkeys(("true", "True", "TRUE"), True),
    **dict.fromkeys(("false", "False", "FALSE"), False),
}
_CORE_INTEGER = re.compile(r"[-+]?[0-9]{1,18}|0o[0-7]{1,20}|0x[0-9a-fA-F]{1,15}")
_CORE_FLOAT = re.compile(
    r"[-+]?(?:(?:\.[0-9]+|[0-9]+\.[0-9]*)(?:[eE][-+]?[0-9]+)?|[0-9]+[eE][-+]?[0-9]+)"
)


class _Composer(yaml.CBaseLoader):
    """libyaml's parser, with every implicit tag left unresolved."""

    def resolve(self, kind: type[Node], value: str, implicit: object) -> str:
        return ""

    def descend_resolver(self, parent: Node | None, index: object) -> None:
        return None

    def ascend_resolver(self) -> None:
        return None


def load_yaml(text: str) -> LocatedMapping:
    """Return the mapping in a YAML text.

    Raises `UnreadableTextError` with the position of the first error.
    """
    try:
        _refuse_dangers(text)
        root = _Composer(text).get_single_node()
    except yaml.YAMLError as error:
        raise UnreadableTextError(syntax_problem_of(text, error)) from error
    if root is None:
        return LocatedMapping({})
    if not isinstance(root, MappingNode):
        kind = "a list" if isinstance(root, SequenceNode) else quoted(root.value)
        raise _unreadable(text, root, f"front matter must be keys with values, not {kind}")
    reading = _Reading(text)
    values = reading.mapping(root, 1, core=False)
    return LocatedMapping(values, YamlPositions(text, root), tuple(reading.syntax_problems))


def _refuse_dangers(text: str) -> None:
    """Anchors, aliases, tags and deep nesting, found among events before anything is composed."""
    marks = text.count("[") + text.count("{") + text.count("-") + text.count("?")
    if marks < _FEW and not any(indicator in text for indicator in _INDICATORS):
        return
    depth = 0
    for event in yaml.parse(text, Loader=_Composer):
        if getattr(event, "anchor", None):
            message = "text that begins with '&' or '*' is an anchor or alias in YAML"
            raise _unreadable(text, event, message, quoting_hint(text, _index(event)))
        if getattr(event, "tag", None):
            message = "text that begins with '!' is a tag in YAML"
            raise _unreadable(text, event, message, quoting_hint(text, _index(event)))
        depth += isinstance(event, yaml.CollectionStartEvent)
        depth -= isinstance(event, yaml.CollectionEndEvent)
        if depth > MAX_DEPTH:
            raise _unreadable(text, event, f"YAML is nested more than {MAX_DEPTH} deep")


def _unreadable(
    text: str, at: Node | yaml.Event, message: str, hint: str = ""
) -> UnreadableTextError:
    return UnreadableTextError(SyntaxProblem(*_place(text, at), message, hint))


def _place(text: str, at: Node | yaml.Event) -> tuple[int, int]:
    return line_and_column(text, _index(at))


def _index(at: Node | yaml.Event) -> int:
    return at.start_mark.index if at.start_mark else 0


class _Reading:
    """Makes values of nodes, and notes keys that are no text or written twice."""

    def __init__(self, text: str) -> None:
        self._text = text
        self.syntax_problems: list[SyntaxProblem] = []

    def value(self, node: Node, depth: int, core: bool) -> Any:
        if type(node) is ScalarNode:
            return _core(node) if core else node.value if node.value or node.style else None
        if depth > MAX_DEPTH:
            raise _unreadable(self._text, node, f"YAML is nested more than {MAX_DEPTH} deep")
        if isinstance(node, MappingNode):
            return self.mapping(node, depth, core)
        return [self.value(item, depth + 1, core) for item in node.value]

    def mapping(self, node: MappingNode, depth: int, core: bool) -> dict[str, Any]:
        made: dict[str, Any] = {}
        for key_node, node_of_value in node.value:
            key = key_node.value
            if type(key_node) is not ScalarNode:
                self._note(key_node, "a key must be text")
            elif key in made:
                first = pair_of(node, key) or (key_node, key_node)
                line = _place(self._text, first[0])[0]
                message = f"the key {quoted(key)} is written twice"
                self._note(key_node, message, f"first on line {line}")
            elif type(node_of_value) is ScalarNode and not core:
                value = node_of_value.value
                plain = not node_of_value.style
                made[key] = None if plain and value in _LEFT_OUT else value
            else:
                typed = core or (depth == 1 and key == EXTRA)
                made[key] = self.value(node_of_value, depth + 1, typed)
        return made

    def _note(self, node: Node, message: str, hint: str = "") -> None:
        if len(self.syntax_problems) < MAX_ERRORS:
            self.syntax_problems.append(SyntaxProblem(*_place(self._text, node), message, hint))


def _core(node: ScalarNode) -> Any:
    text = node.value
    if node.style:
        return text
    if text in _CORE:
        return _CORE[text]
    if _CORE_INTEGER.fullmatch(text):
        return int(text, {"o": 8, "x": 16}.get(text[1:2], 10))
    if _CORE_FLOAT.fullmatch(text) and math.isfinite(float(text)):
        return float(text)
    return text
