"""Generates code for templates that does what Jinja's own code does in fewer steps.

This is the only module that uses private methods of Jinja. With `OPTIMIZED` false, templates run
the code that Jinja itself generates, and pages have the same bytes.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from keyword import iskeyword
from typing import Any

from jinja2 import Environment, nodes
from jinja2.compiler import CodeGenerator, Frame
from jinja2.visitor import NodeTransformer
from markupsafe import Markup, escape

OPTIMIZED = True
"""Whether templates run the code that is generated here."""

MOST_WITHIN = 12
"""Inlined templates within each other, because Python limits the loops within each other."""

LINES_APART = 10_000
"""Lines of the n-th part of a template count from n times this."""


def code_generator() -> type[CodeGenerator]:
    """Return what generates the code of templates."""
    return QuickCode if OPTIMIZED else CodeGenerator


def inlined(
    template: nodes.Template, parse: Callable[[str], nodes.Template | None]
) -> tuple[nodes.Template, list[str]]:
    """Return a template with the templates that it includes in their places, and their names."""
    if not OPTIMIZED:
        return template, []
    inliner = Inliner(parse)
    return inliner.visit(template), inliner.parts


def escaped(value: Any) -> str:
    """Return what an expression prints: text is escaped, `Markup` is left as it is.

    Jinja wraps each piece in `Markup`, which is useless for the page that the pieces are joined
    into.
    """
    kind = type(value)
    if kind is Markup:
        return value  # type: ignore[no-any-return]
    # Checking each in turn takes a fraction of the time of a call that would find none.
    if kind is str and not (
        "&" in value or "<" in value or ">" in value or '"' in value or "'" in value
    ):
        return value  # type: ignore[no-any-return]
    return str(escape(value))


def item(environment: Environment, value: Any, name: str) -> Any:
    """Return an item of a value that has no such attribute; undefined if there is none."""
    try:
        return value[name]
    except (TypeError, LookupError, AttributeError):
        return environment.undefined(obj=value, name=name)


class QuickCode(CodeGenerator):
    """Writes code that does what Jinja's own code does in fewer steps.

    Calls are plain calls, because no function of the theme asks for Jinja's own state. A template
    and each of its blocks return one text instead of many pieces, which would pass through the
    block, the template and its parents one by one.
    """

    def visit_Template(self, node: nodes.Template, frame: Frame | None = None) -> None:
        """Write a template's module."""
        self.writeline(f"from {__name__} import escaped, item")
        super().visit_Template(node, frame)

    def blockvisit(self, nodes: Iterable[nodes.Node], frame: Frame) -> None:
        """Write the statements of a block, in one buffer if it is a whole template or block."""
        if frame.buffer is not None:
            super().blockvisit(nodes, frame)
            return
        self.buffer(frame)
        super().blockvisit(nodes, frame)
        self.writeline(f"yield concat({frame.buffer})")

    def _output_child_to_const(self, node: nodes.Expr, frame: Frame, finalize: Any) -> str:
        """Return an expression as a constant, unless it has a filter: see `ThemeEnvironment`."""
        if isinstance(node, nodes.Filter) or node.find(nodes.Filter):
            raise nodes.Impossible
        return super()._output_child_to_const(node, frame, finalize)

    def _output_child_pre(self, node: nodes.Expr, frame: Frame, finalize: Any) -> None:
        if frame.eval_ctx.volatile or not frame.eval_ctx.autoescape or finalize.src is not None:
            super()._output_child_pre(node, frame, finalize)
            return
        self.write("escaped(")

    def visit_Getattr(self, node: nodes.Getattr, frame: Frame) -> None:
        """Write the attribute of a value, or its item of that name, like Jinja's `getattr`."""
        self.write("(got if (got := getattr((of := ")
        self.visit(node.node, frame)
        self.write(f"), {node.attr!r}, missing)) is not missing")
        self.write(f" else item(environment, of, {node.attr!r}))")

    def visit_Call(self, node: nodes.Call, frame: Frame, forward_caller: bool = False) -> None:
        """Write a call."""
        named = (each.key for each in node.kwargs)
        if forward_caller or node.dyn_args or node.dyn_kwargs or any(map(iskeyword, named)):
            # Jinja's optimizer passes on arguments by name alone.
            super().visit_Call(node, frame, forward_caller=forward_caller)
            return
        self.visit(node.node, frame)
        self.write("(")
        for argument in (*node.args, *node.kwargs):
            self.visit(argument, frame)
            self.write(", ")
        self.write(")")


class Inliner(NodeTransformer):
    """Puts included templates in the place of their includes.

    Jinja creates a context for each include on each page. The variables that a part sets stay its
    own here, too. `parse` gives a template by name; None for a missing one, whose include is left
    to fail as usual. `parts` are the names of the inlined templates.
    """

    def __init__(self, parse: Callable[[str], nodes.Template | None]) -> None:
        self.parts: list[str] = []
        self._parse = parse
        self._within: list[str] = []

    def visit_Include(self, node: nodes.Include) -> nodes.Node:
        """Return the nodes of the included template, if it can stand anywhere."""
        name = node.template.value if isinstance(node.template, nodes.Const) else None
        if not isinstance(name, str) or not node.with_context or name in self._within:
            return node
        if len(self._within) >= MOST_WITHIN:
            return node
        template = self._parse(name)
        if template is None or not _stands_anywhere(template):
            return node
        if name not in self.parts:
            self.parts.append(name)
        first_line = (self.parts.index(name) + 1) * LINES_APART
        for part in template.find_all(nodes.Node):
            if part.lineno:
                part.lineno += first_line
        self._within.append(name)
        body = [self.visit(part) for part in template.body]
        self._within.pop()
        return nodes.Scope(body, lineno=node.lineno)


def _stands_anywhere(template: nodes.Template) -> bool:
    """Return whether a template has no inheritance of its own, and few enough lines to number."""
    return not any(
        isinstance(part, nodes.Extends | nodes.Block) or (part.lineno or 0) >= LINES_APART
        for part in template.find_all(nodes.Node)
    )
