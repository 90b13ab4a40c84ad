"""Finds in a portal's own templates what no page would show: blocks, texts and words."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator
from functools import cached_property
from pathlib import Path

from jinja2 import TemplateError, nodes

from generator.errors import Problem
from generator.model.rules import Rule
from generator.render.environment import ThemeEnvironment
from generator.render.template_place import TemplatePlace
from generator.render.words_function import unknown_words
from generator.theme.theme import Theme, files_in
from generator.validation.messages import nearest, quoted

# These hold no templates that pages are made from.
_OTHERS = ("assets/", "archetypes/")
_LISTED = 12
_COMMENT = re.compile(r"<!--.*?-->", re.DOTALL)


def template_problems(theme: Theme, root: Path, words: Collection[str]) -> Iterator[Problem]:
    """Yield what is wrong with the portal's own templates; `words` are those of all languages.

    A template that can't be read is left to the pages that use it.
    """
    own = theme.folders[0]
    if own.parent != root.resolve():
        return
    environment = ThemeEnvironment(theme, lambda *_: None)
    for name, path in sorted(files_in(own)):
        if name.endswith(".html") and not name.startswith(_OTHERS):
            template = _Template(name, Path(path), theme, environment)
            place = theme.place_of(template.file, root)
            yield from template.hidden_blocks(place)
            yield from template.hidden_texts(place)
            yield from template.unknown_words(place, words)


class _Template:
    """A template as it is written; names the templates that it extends."""

    def __init__(self, name: str, file: Path, theme: Theme, environment: ThemeEnvironment) -> None:
        self.name, self.file = name, file
        self._theme, self._environment = theme, environment

    @cached_property
    def tree(self) -> nodes.Template:
        """What the template consists of; nothing if it can't be read."""
        try:
            source = self.file.read_text("utf-8")
            return self._environment.parse(source, self.name, str(self.file))
        except (TemplateError, UnicodeDecodeError):
            return nodes.Template([], lineno=1)

    @cached_property
    def parent(self) -> _Template | None:
        """The template that this one extends, if it is always the same and exists."""
        extended = list(self.tree.find_all(nodes.Extends))
        if len(extended) != 1 or not isinstance(extended[0].template, nodes.Const):
            return None
        name = str(extended[0].template.value)
        file = self._theme.find(name)
        return _Template(name, file, self._theme, self._environment) if file else None

    @cached_property
    def called(self) -> list[str]:
        """The names of the blocks that are shown wherever they are called, as in `self.title()`."""
        return [
            each.attr
            for each in self.tree.find_all(nodes.Getattr)
            if isinstance(each.node, nodes.Name) and each.node.name == "self"
        ]

    def blocks(self, seen: frozenset[Path] = frozenset()) -> list[str] | None:
        """Return the names of all blocks that are shown, those of what it extends first.

        Return None if that is not certain.
        """
        own = [block.name for block in self.tree.find_all(nodes.Block)] + self.called
        if self.parent is None:
            return None if self.tree.find(nodes.Extends) else own
        if self.file in seen:
            return None
        inherited = self.parent.blocks(seen | {self.file})
        return None if inherited is None else [*inherited, *own]

    def hidden_blocks(self, place: str) -> Iterator[Problem]:
        """Yield an error for each block that nothing shows, as no extended template has it."""
        shown = self.parent.blocks(frozenset((self.file,))) if self.parent else None
        if shown is None or self.parent is None:
            return
        for block in _outermost_blocks(self.tree):
            if block.name not in shown and block.name not in self.called:
                listed = ", ".join(dict.fromkeys(shown[:_LISTED]))
                hint = nearest(block.name, shown) or (f"its blocks are {listed}" if listed else "")
                message = (
                    f"the block {quoted(block.name)} is never shown: "
                    f"{quoted(self.parent.name)} has no such block"
                )
                position = TemplatePlace(self.file, block.lineno).position(block.name)
                yield Problem(place, *position, message, hint)

    def hidden_texts(self, place: str) -> Iterator[Problem]:
        """Yield a warning for each text that is outside of the blocks and never shown."""
        after = False
        for node in self.tree.body if self.parent else ():
            after = after or isinstance(node, nodes.Extends)
            line = _first_line(node) if after and isinstance(node, nodes.Output) else 0
            if line and self.parent:
                name = quoted(self.parent.name)
                message = f"this is outside of every block and never shown, as {name} is extended"
                hint = "put it into a block, or write it as a comment, {# … #}"
                yield Problem(place, line, 0, message, hint, "warning", Rule.HIDDEN_TEXT)

    def unknown_words(self, place: str, known: Collection[str]) -> Iterator[Problem]:
        """Yield an error for each use of words that no language has."""
        for call in self.tree.find_all(nodes.Call):
            key = call.args[0].value if call.args and isinstance(call.args[0], nodes.Const) else 0
            is_words = isinstance(call.node, nodes.Name) and call.node.name == "t"
            if is_words and isinstance(key, str) and key not in known:
                error = unknown_words(key, known)
                position = TemplatePlace(self.file, call.lineno).position(key)
                yield Problem(place, *position, error.text, error.hint)


def _outermost_blocks(node: nodes.Node) -> Iterator[nodes.Block]:
    for child in node.iter_child_nodes():
        if isinstance(child, nodes.Block):
            yield child
        else:
            yield from _outermost_blocks(child)


def _first_line(output: nodes.Output) -> int:
    """Return the line where an output begins that readers would see, or 0."""
    for node in output.nodes:
        if not isinstance(node, nodes.TemplateData):
            return node.lineno
        text = _COMMENT.sub(lambda found: "\n" * found[0].count("\n"), node.data)
        if text.strip():
            return node.lineno + text[: len(text) - len(text.lstrip())].count("\n")
    return 0
