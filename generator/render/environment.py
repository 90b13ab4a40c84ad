"""The Jinja environment of one language: strict, escaping, and recording each template."""

from __future__ import annotations

from collections.abc import Callable, Iterable, MutableMapping
from types import CodeType
from typing import Any

from jinja2 import (
    BaseLoader,
    Environment,
    Template,
    TemplateNotFound,
    TemplateSyntaxError,
    meta,
    nodes,
)

from generator.derived_files import DerivedFiles
from generator.digest import digest
from generator.index.input_keys import file_key
from generator.index.recorder import Dependency
from generator.render.bytecode_cache import BytecodeCache, Compiled
from generator.render.codegen import code_generator, inlined
from generator.render.misuse import Missing
from generator.theme.theme import Theme


class ThemeLoader(BaseLoader):
    """Loads the theme's templates."""

    has_source_access = True

    def __init__(self, theme: Theme) -> None:
        self._theme = theme

    def get_source(
        self, environment: Environment, template: str
    ) -> tuple[str, str, Callable[[], bool]]:
        """Return the template's text and file. Raises `TemplateNotFound`."""
        path = self._theme.find(template)
        if path is None:
            raise TemplateNotFound(template)
        try:
            return path.read_text("utf-8"), str(path), lambda: True
        except UnicodeDecodeError as error:
            line = path.read_bytes().count(b"\n", 0, error.start) + 1
            raise TemplateSyntaxError("the file is not UTF-8", line, template, str(path)) from error

    def load(
        self,
        environment: Environment,
        name: str,
        globals: MutableMapping[str, Any] | None = None,
    ) -> Template:
        """Return a template, from its compiled form if there is one."""
        assert isinstance(environment, ThemeEnvironment)
        source, filename, current = self.get_source(environment, name)
        code = environment.compiled(source, name, filename).code
        return Template.from_code(environment, code, globals or {}, current)


Note = Callable[[str, tuple[Dependency, ...]], None]
"""Told the name of a template that is used, and all files that it may be made of."""


class ThemeEnvironment(Environment):
    """Jinja with the theme's templates; `note` receives every template that is used.

    Nothing is evaluated while a template is compiled: filters are called for each page, because
    what they read is a dependency of that page, and differs between languages.
    """

    def __init__(self, theme: Theme, note: Note, templates: BytecodeCache | None = None) -> None:
        super().__init__(
            loader=ThemeLoader(theme),
            autoescape=True,
            undefined=Missing,
            trim_blocks=True,
            lstrip_blocks=True,
            keep_trailing_newline=True,
            auto_reload=False,
            optimized=False,
            cache_size=-1,
        )
        self.code_generator_class = code_generator()
        self._theme = theme
        self._note = note
        self._templates = templates or BytecodeCache(DerivedFiles(None))
        self._files: dict[str, tuple[Dependency, tuple[str, ...]] | None] = {}
        self._used: dict[str, tuple[Template, tuple[Dependency, ...]]] = {}

    def make_globals(self, d: MutableMapping[str, Any] | None) -> MutableMapping[str, Any]:
        """Return the globals of a template:

        a plain copy, as they are complete before one is loaded.

        With Jinja's own chain of mappings, each import of macros costs a walk over all names.
        """
        return {**self.globals, **(d or {})}

    def get_template(
        self,
        name: str | Template,
        parent: str | None = None,
        globals: MutableMapping[str, Any] | None = None,
    ) -> Template:
        """Return a template by name. Raises `TemplateNotFound` and `TemplateSyntaxError`."""
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
        """Return the first of several templates that exists. Raises `TemplateNotFound`."""
        tried = list(names)
        for name in tried[:-1]:
            if isinstance(name, Template) or self._file(name):
                return self.get_template(name, parent, globals)
            self._note(name, (_absent(name),))
        return self.get_template(tried[-1], parent, globals)

    def _reads_of(self, name: str) -> tuple[Dependency, ...]:
        """Return the dependencies of a template and of all that it names.

        Cached imports load nothing, so they are recorded in advance.
        """
        reads: dict[str, Dependency] = {}
        waiting = [name]
        while waiting:
            current = waiting.pop()
            if current not in reads:
                reads[current], named = self._file(current) or (_absent(current), ())
                waiting += named
        return tuple(reads.values())

    def _file(self, name: str) -> tuple[Dependency, tuple[str, ...]] | None:
        """Return the dependency on a template's file, and the templates that it names."""
        if name not in self._files:
            self._files[name] = self._look_up(name)
        return self._files[name]

    def _look_up(self, name: str) -> tuple[Dependency, tuple[str, ...]] | None:
        assert self.loader is not None
        try:
            source, filename, _ = self.loader.get_source(self, name)
        except TemplateNotFound:
            return None
        assert filename is not None
        read = Dependency(file_key(name), digest(source.encode()))
        return read, self.compiled(source, name, filename).named

    def compiled(self, source: str, name: str, filename: str) -> Compiled:
        """Return a template's code and what it names. Raises `TemplateSyntaxError`."""

        def make() -> Compiled:
            template = self.parse(source, name, filename)
            named = tuple(each for each in meta.find_referenced_templates(template) if each)
            template, parts = inlined(template, self._part)
            try:
                code = self.compile(template, name, filename)
            except SyntaxError:
                code, parts = self._alone(source, name, filename), []
            return Compiled(code, named, {part: self._digest(part) for part in parts})

        def is_current(compiled: Compiled) -> bool:
            return all(self._digest(part) == digest for part, digest in compiled.parts.items())

        compiled = self._templates.get(name, filename, source, make, is_current)
        self._theme.parts[filename] = tuple(compiled.parts)
        return compiled

    def _alone(self, source: str, name: str, filename: str) -> CodeType:
        """Return the code of a template without its parts, whose loops are too many for Python."""
        try:
            return self.compile(self.parse(source, name, filename), name, filename)
        except SyntaxError:
            message = "more than 20 loops and macros are within each other"
            raise TemplateSyntaxError(message, 1, name, filename) from None

    def _part(self, name: str) -> nodes.Template | None:
        """Return a template that may be inlined."""
        path = self._theme.find(name)
        source = self._source(name)
        return None if source is None else self._parse(source, name, str(path))

    def _digest(self, name: str) -> bytes:
        source = self._source(name)
        return b"" if source is None else digest(source.encode())

    def _source(self, name: str) -> str | None:
        assert self.loader is not None
        try:
            return self.loader.get_source(self, name)[0]
        except TemplateNotFound:
            return None


def _absent(name: str) -> Dependency:
    """Return the dependency on a missing template."""
    return Dependency(file_key(name), b"")
