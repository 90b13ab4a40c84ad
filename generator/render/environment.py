"""The Jinja environment of one language: strict, escaping, and noting each template it loads."""

from __future__ import annotations

from collections.abc import Callable, Iterable, MutableMapping
from typing import Any

from jinja2 import BaseLoader, Environment, StrictUndefined, Template, TemplateNotFound, meta
from jinja2.runtime import Context

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
        return path.read_text("utf-8"), str(path), lambda: True


class PlainContext(Context):
    """A context whose calls cost no look-up: no function of ours asks for Jinja's own state."""

    def call(self, obj: Callable[..., Any], /, *args: Any, **kwargs: Any) -> Any:
        """Call a function or macro from a template."""
        kwargs.pop("_block_vars", None)
        kwargs.pop("_loop_vars", None)
        return obj(*args, **kwargs)


class ThemeEnvironment(Environment):
    """Jinja with the theme's templates; `note` is told of every template that is used."""

    def __init__(self, theme: Theme, note: Callable[[Read], None]) -> None:
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
        self.context_class = PlainContext
        self._note = note
        self._sources: dict[str, tuple[Read, ...]] = {}
        self._templates: dict[str, Template] = {}

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
        template = self._templates.get(name)
        if template is None:
            template = self._templates[name] = super().get_template(name, parent, globals)
        for read in self._reads_of(name):
            self._note(read)
        return template

    def select_template(
        self,
        names: Iterable[str | Template],
        parent: str | None = None,
        globals: MutableMapping[str, Any] | None = None,
    ) -> Template:
        """The first of several templates that exists. Raises `TemplateNotFound`."""
        tried = list(names)
        for name in tried[:-1]:
            if isinstance(name, Template) or self._exists(name):
                return self.get_template(name, parent, globals)
            self._note(Read(f"{FILE_PREFIX}{name}", b""))
        return self.get_template(tried[-1], parent, globals)

    def _exists(self, name: str) -> bool:
        try:
            self._source(name)
        except TemplateNotFound:
            return False
        return True

    def _source(self, name: str) -> str:
        if self.loader is None:
            raise TemplateNotFound(name)
        return self.loader.get_source(self, name)[0]

    def _reads_of(self, name: str) -> tuple[Read, ...]:
        """A template and all that it names, as a cached import runs without being loaded again."""
        if name not in self._sources:
            reads: dict[str, Read] = {}
            waiting = [name]
            while waiting:
                current = waiting.pop()
                key = f"{FILE_PREFIX}{current}"
                if key in reads or not self._exists(current):
                    continue
                source = self._source(current)
                reads[key] = Read(key, fingerprint(source.encode()))
                referenced = meta.find_referenced_templates(self.parse(source, current))
                waiting += [each for each in referenced if each]
            self._sources[name] = tuple(reads.values())
        return self._sources[name]
