"""The Jinja environment of one language: strict, escaping, and noting each template it loads."""

from __future__ import annotations

from collections.abc import Callable, Iterable, MutableMapping
from keyword import iskeyword
from typing import Any

from jinja2 import (
    BaseLoader,
    Environment,
    StrictUndefined,
    Template,
    TemplateNotFound,
    TemplateSyntaxError,
    meta,
    nodes,
)
from jinja2.compiler import CodeGenerator, Frame
from markupsafe import Markup, escape

from generator.index.recorder import FILE_PREFIX, Read
from generator.render.theme import Theme, fingerprint


class ThemeLoader(BaseLoader):
    """Gives Jinja the theme's templates, and tells `seen` which were asked for."""

    has_source_access = True

    def __init__(self, theme: Theme) -> None:
        self._theme = theme

    def get_source(
        self, environment: Environment, template: str
    ) -> tuple[str, str, Callable[[], bool]]:
        """The template's text and file. Raises `TemplateNotFound`."""
        path = self._theme.find(template)
        if path is None:
            raise TemplateNotFound(template)
        try:
            return path.read_text("utf-8"), str(path), lambda: True
        except UnicodeDecodeError as fault:
            line = path.read_bytes().count(b"\n", 0, fault.start) + 1
            raise TemplateSyntaxError("the file is not UTF-8", line, template, str(path)) from fault


Note = Callable[[str, tuple[Read, ...]], None]
"""Told the name of a template that is used, and all files that it may be made of."""


def escaped(value: Any) -> str:
    """What an expression of a template prints: text is escaped, `Markup` is left as it is.

    Jinja wraps each piece in `Markup`, which the page that they are joined into has no use for.
    """
    kind = type(value)
    if kind is Markup:
        return value  # type: ignore[no-any-return]
    # Looking for each in turn takes a fraction of the time of a call that would find none.
    if kind is str and not (
        "&" in value or "<" in value or ">" in value or '"' in value or "'" in value
    ):
        return value  # type: ignore[no-any-return]
    return str(escape(value))


class QuickCode(CodeGenerator):
    """Writes code that does what Jinja's own does with fewer steps.

    Calls are plain calls, as no function of ours asks for Jinja's own state. A template and each
    of its blocks hand over one text instead of many pieces, which would pass through the block,
    the template and all that it extends one by one.
    """

    def visit_Template(self, node: nodes.Template, frame: Frame | None = None) -> None:
        """Write a template's module."""
        self.writeline(f"from {__name__} import {escaped.__name__} as escaped")
        super().visit_Template(node, frame)

    def blockvisit(self, nodes: Iterable[nodes.Node], frame: Frame) -> None:
        """Write the statements of a block; those of a whole template or block in one buffer."""
        if frame.buffer is not None:
            super().blockvisit(nodes, frame)
            return
        self.buffer(frame)
        super().blockvisit(nodes, frame)
        self.writeline(f"yield concat({frame.buffer})")

    def _output_child_pre(self, node: nodes.Expr, frame: Frame, finalize: Any) -> None:
        if frame.eval_ctx.volatile or not frame.eval_ctx.autoescape or finalize.src is not None:
            super()._output_child_pre(node, frame, finalize)
            return
        self.write("escaped(")

    def visit_Call(self, node: nodes.Call, frame: Frame, forward_caller: bool = False) -> None:
        """Write a call."""
        named = (each.key for each in node.kwargs)
        if forward_caller or node.dyn_args or node.dyn_kwargs or any(map(iskeyword, named)):
            super().visit_Call(node, frame, forward_caller)
            return
        self.visit(node.node, frame)
        self.write("(")
        for argument in (*node.args, *node.kwargs):
            self.visit(argument, frame)
            self.write(", ")
        self.write(")")


class ThemeEnvironment(Environment):
    """Jinja with the theme's templates; `note` is told of every template that is used."""

    code_generator_class = QuickCode

    def __init__(self, theme: Theme, note: Note) -> None:
        super().__init__(
            loader=ThemeLoader(theme),
            autoescape=True,
            undefined=StrictUndefined,
            trim_blocks=True,
            lstrip_blocks=True,
            keep_trailing_newline=True,
            auto_reload=False,
            cache_size=-1,
        )
        self._note = note
        self._files: dict[str, tuple[Read, tuple[str, ...]] | None] = {}
        self._used: dict[str, tuple[Template, tuple[Read, ...]]] = {}

    def make_globals(self, d: MutableMapping[str, Any] | None) -> MutableMapping[str, Any]:
        """The globals of a template: a plain copy, as they are complete before one is loaded.

        Jinja's own chain of mappings costs each import of macros a walk over all names.
        """
        return {**self.globals, **(d or {})}

    def get_template(
        self,
        name: str | Template,
        parent: str | None = None,
        globals: MutableMapping[str, Any] | None = None,
    ) -> Template:
        """A template by name. Raises `TemplateNotFound` and `TemplateSyntaxError`."""
        if isinstance(name, Template):
            return name
        used = self._used.get(name)
        if used is None:
            template = super().get_template(name, parent, globals)
            used = self._used[name] = (template, self._reads_of(name))
        self._note(name, used[1])
        return used[0]

    def select_template(
        self,
        names: Iterable[str | Template],
        parent: str | None = None,
        globals: MutableMapping[str, Any] | None = None,
    ) -> Template:
        """The first of several templates that exists. Raises `TemplateNotFound`."""
        tried = list(names)
        for name in tried[:-1]:
            if isinstance(name, Template) or self._file(name):
                return self.get_template(name, parent, globals)
            self._note(name, (Read(f"{FILE_PREFIX}{name}", b""),))
        return self.get_template(tried[-1], parent, globals)

    def _reads_of(self, name: str) -> tuple[Read, ...]:
        """A template and all that it names, as a cached import runs without being loaded again."""
        reads: dict[str, Read] = {}
        waiting = [name]
        while waiting:
            current = waiting.pop()
            file = None if current in reads else self._file(current)
            if file is not None:
                reads[current], named = file
                waiting += named
        return tuple(reads.values())

    def _file(self, name: str) -> tuple[Read, tuple[str, ...]] | None:
        """A template's file as it is recorded, and the templates that it names."""
        if name not in self._files:
            self._files[name] = self._look_up(name)
        return self._files[name]

    def _look_up(self, name: str) -> tuple[Read, tuple[str, ...]] | None:
        try:
            source = self.loader.get_source(self, name)[0] if self.loader else None
        except TemplateNotFound:
            return None
        if source is None:
            return None
        named = meta.find_referenced_templates(self.parse(source, name))
        read = Read(f"{FILE_PREFIX}{name}", fingerprint(source.encode()))
        return read, tuple(each for each in named if each)
