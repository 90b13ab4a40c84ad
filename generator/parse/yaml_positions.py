"""Where each key and value of a YAML text was written, and what a comment took from it."""

from __future__ import annotations

from yaml.nodes import MappingNode, Node, ScalarNode

from generator.parse.yaml_quotes import line_in_quotes
from generator.validation.located import line_and_column
from generator.validation.positions import Keys


def pair_of(node: MappingNode, key: object) -> tuple[Node, Node] | None:
    """Return the nodes of a key and its value."""
    pairs: list[tuple[Node, Node]] = node.value
    return next((pair for pair in pairs if pair[0].value == key), None)


def place_of(text: str, node: Node) -> tuple[int, int]:
    """Line and column of a node."""
    return line_and_column(text, _start(node))


class YamlPositions:
    """Positions of what was made of a root node, found by walking down from it."""

    def __init__(self, text: str, root: MappingNode) -> None:
        self._text = text
        self._root = root
        self.has_comments = "#" in text and (" #" in text or "\t#" in text)

    def key(self, keys: Keys) -> tuple[int, int]:
        """Return where the last key itself was written."""
        return place_of(self._text, self._find(keys)[0]) if keys else (1, 1)

    def value(self, keys: Keys) -> tuple[int, int]:
        """Return where the value begins."""
        return place_of(self._text, self._find(keys)[1]) if keys else (1, 1)

    def comment(self, keys: Keys) -> tuple[int, int] | None:
        """Where a comment begins that ends a value without quotes, or stands in its place."""
        node = self._find(keys)[1]
        if not isinstance(node, ScalarNode) or node.style:
            return None
        end = node.end_mark.index if node.end_mark else 0
        rest = self._text[end:].partition("\n")[0]
        comment = rest.lstrip(" \t")
        if comment == rest or not comment.startswith("#"):
            return None
        return line_and_column(self._text, end + len(rest) - len(comment))

    def quoting(self, keys: Keys) -> str:
        """Advice to put the value in quotes; empty if there is none."""
        node = self._find(keys)[1]
        if isinstance(node, ScalarNode) and (node.style or "\n" in self._text[_span(node)].strip()):
            return ""
        start = _start(node)
        written = self._text[start:].partition("\n")[0]
        line = line_in_quotes(self._text, start + len(written) - len(written.lstrip(" \t")))
        return f"put it in quotes: {line}" if line else ""

    def _find(self, keys: Keys) -> tuple[Node, Node]:
        key_node: Node = self._root
        node: Node = self._root
        for key in keys:
            if isinstance(node, MappingNode):
                pair = pair_of(node, key)
                if pair is None:
                    break
                key_node, node = pair
            else:
                key_node = node = node.value[key]
        return key_node, node


def _start(node: Node) -> int:
    return node.start_mark.index if node.start_mark else 0


def _span(node: Node) -> slice:
    return slice(_start(node), node.end_mark.index if node.end_mark else 0)
