"""Renders pages: one renderer for each process, one Jinja environment for each language."""

from __future__ import annotations

from collections.abc import Hashable, Iterable, Mapping
from functools import partial
from pathlib import Path
from typing import Any

from markupsafe import Markup

from generator.derived_files import DerivedFiles
from generator.digest import digest
from generator.index.input_keys import file_key
from generator.index.queries.documents import BODY, PROFILE_PATH
from generator.index.recorder import Dependency, Recorder
from generator.model.article import Article, Card
from generator.model.output import PageView
from generator.model.page import AuthorProfile, Page
from generator.model.site import Site
from generator.render.bytecode_cache import BytecodeCache
from generator.render.calls import checked_filters, checked_functions
from generator.render.comments import thread
from generator.render.current_page import CurrentPage
from generator.render.environment import ThemeEnvironment
from generator.render.expand import expand
from generator.render.filters import Filters
from generator.render.functions import TemplateFunctions
from generator.render.misuse import MisuseError
from generator.render.resolver import TextResolver, shortcode_templates
from generator.render.structured_data import StructuredData
from generator.render.syntax_words import TemplateNames
from generator.render.words_function import words_function
from generator.theme.inputs import file_read
from generator.theme.recorded import recorded
from generator.theme.theme import Asset, Theme, asset_href
from generator.theme.translations import Translations
from generator.validation.messages import nearest, quoted


class Renderer:
    """Renders templates and texts for one site, and records all dependencies.

    Derived files, such as compiled templates, are kept in the folder `derived`, if given.
    """

    def __init__(
        self, site: Site, theme: Theme, recorder: Recorder, derived: Path | None = None
    ) -> None:
        self.site = recorded(site, recorder.record)
        self.theme = theme
        self.recorder = recorder
        self._page = CurrentPage()
        self._structured_data = StructuredData(self.site, recorder)
        self._templates = BytecodeCache(DerivedFiles(derived))
        self._environments: dict[str, ThemeEnvironment] = {}
        self._words: dict[str, Translations] = {}
        self._files: dict[str, Dependency] = {}
        self._assets: dict[str, tuple[Asset, tuple[Dependency, ...]]] = {}

    def page(self, templates: Iterable[str], view: PageView, **subject: Any) -> bytes:
        """Render a page as UTF-8, with the first of `templates` that the theme has.

        Raises whatever the template raises.
        """
        self._page.turn_to(view, subject)
        self.words(view.lang)
        template = self._environment(view.lang).select_template(templates)
        # The plain view, because templates read its attributes often.
        return template.render(subject, page=view).encode()

    def fragment(self, lang: str, name: str, /, **arguments: Any) -> Markup:
        """Render a part that many pages share, once for each set of arguments.

        Arguments are plain values, or articles and cards, which their News ID identifies. The
        template sees its arguments and all functions, but of the page only the language.
        """
        values = [
            value.news_id if isinstance(value, Card) else value for value in arguments.values()
        ]
        # With their types, because 1 and true are equal and look different.
        key: Hashable = (lang, name, *arguments, *values, *map(type, values))
        try:
            hash(key)
        except TypeError:
            key = repr(key)
        return self.recorder.fragment(key, partial(self._fragment, lang, name, arguments))

    def _fragment(self, lang: str, name: str, arguments: Mapping[str, Any]) -> Markup:
        template = self._environment(lang).get_template(name)
        with self._page.only_language(lang):
            return Markup(template.render(arguments).strip())

    def text(self, subject: Article | Page, *, target: str = "html") -> Markup:
        """Return the text of an article or page, for a page or (`target="feed"`) a feed."""
        name = "article" if isinstance(subject, Article) else "document"
        return self._expanded(subject.path, subject.lang, target, {name: subject})

    def biography(self, profile: AuthorProfile | None) -> Markup:
        """Return the text of an author's profile."""
        path = self.recorder.ask(PROFILE_PATH, slug=profile.slug) if profile else None
        if path is None:
            return Markup("")
        return self._expanded(path, self.site.language, "html", {"profile": profile})

    def _expanded(self, path: str, lang: str, target: str, subject: Mapping[str, Any]) -> Markup:
        body = self.recorder.ask(BODY, path=path)

        def render(name: str, format_: str, variables: Mapping[str, Any]) -> str | None:
            names = shortcode_templates(name, format_)
            if not any(self.has(each) for each in names):
                return None
            return self._environment(lang).select_template(names).render(variables)

        resolver = TextResolver(
            self.site, self.recorder, render, path=path, target=target, subject=subject
        )
        return Markup(expand(body, resolver))

    def comments(self, article: Article) -> Markup:
        """Return the comments widget of an article; empty if there are no comments."""
        settings = self.site.comments
        if settings is None or not article.comments or article.retracted:
            return Markup("")
        template = self._environment(article.lang).get_template(
            f"comments/{settings.provider}.html"
        )
        variables = {"thread": thread(article, self.site), "settings": settings.settings}
        return Markup(template.render(variables))

    def asset(self, name: str) -> str:
        """Return the address of an asset. Raises `MisuseError` if there is none."""
        known = self._assets.get(name)
        if known is None:
            asset = self.theme.asset(name)
            if asset is None:
                hint = nearest(name, self.theme.asset_names())
                message = (
                    f"there is no asset {quoted(name)} in templates/assets/ or the default theme"
                )
                raise MisuseError(message, hint, name, certain=False)
            file = Dependency(file_key(f"assets/{name}"), digest(asset.content))
            known = self._assets[name] = (asset, (file,))
        self.recorder.record(f"assets/{name}", known[1])
        return asset_href(self.site.base_path, known[0])

    def words(self, lang: str) -> Translations:
        """Return the theme's own words in a language."""
        if lang not in self._words:
            self._words[lang] = Translations(self.theme, lang)
        for name in self._words[lang].files:
            self.has(name)
        return self._words[lang]

    def has(self, name: str) -> bool:
        """Return whether the theme has a file; its absence is recorded, too."""
        if name not in self._files:
            self._files[name] = file_read(self.theme, name)
        read = self._files[name]
        self.recorder.record(read.key, (read,))
        return bool(read.digest)

    def names(self) -> TemplateNames:
        """Return the names that every template knows."""
        environment = self._environment(self.site.language)
        return TemplateNames(environment.globals, environment.filters, environment.tests)

    def _environment(self, lang: str) -> ThemeEnvironment:
        if lang not in self._environments:
            environment = ThemeEnvironment(self.theme, self.recorder.record, self._templates)
            own = Filters(self.site, lang).by_name() | {"asset": self.asset}
            environment.filters = checked_filters(environment.filters, own)
            environment.globals |= TemplateFunctions(self.site, self.recorder).functions()
            environment.globals |= checked_functions(
                {
                    "body": self.text,
                    "biography": self.biography,
                    "comments": self.comments,
                    "asset": self.asset,
                    "fragment": partial(self.fragment, lang),
                    "structured_data": self._page_data,
                }
            )
            environment.globals |= {
                "site": self.site,
                "page": self._page,
                "t": words_function(self.words(lang)),
            }
            self._environments[lang] = environment
        return self._environments[lang]

    def _page_data(self) -> list[dict[str, Any]]:
        return self._structured_data.of(self._page.view, self._page.subject)
