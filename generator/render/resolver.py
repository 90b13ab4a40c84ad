"""Resolves the links, pictures and shortcodes of a text, for a page or a feed."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any
from urllib.parse import quote

from markupsafe import Markup, escape

from generator.errors import Problem
from generator.index.queries.documents import LOCATION, MEDIA, REF_LOCATION, SOURCE_LOCATION
from generator.index.recorder import Recorder
from generator.model.article import Image, ImageSource
from generator.model.body import Reference, ShortcodeCall
from generator.model.paths import linked_source, media_candidates, media_path
from generator.model.permalink import encode_path
from generator.model.site import Site
from generator.model.source import MediaFile
from generator.render.errors import RenderError

_MISSING: Any = object()

# Renders a shortcode's template; None if the theme has no such shortcode.
ShortcodeTemplate = Callable[[str, str, Mapping[str, Any]], str | None]


class TextResolver:
    """Resolves the references in the text of one source.

    `path` is the source's file, `target` is `html` or `feed`, and `subject` is what shortcodes may
    see of the page: `article` or `document`.
    """

    def __init__(
        self,
        site: Site,
        recorder: Recorder,
        render: ShortcodeTemplate,
        *,
        path: str,
        target: str,
        subject: Mapping[str, Any],
    ) -> None:
        self._site = site
        self._recorder = recorder
        self._render = render
        self._path = path
        self._target = target
        self._subject = subject

    def link(self, reference: Reference) -> str | None:
        """Return the address of an article or page; None while it is not published."""
        if reference.kind == "news":
            path = self._recorder.ask(LOCATION, news_id=reference.target)
        elif reference.kind == "ref":
            path = self._recorder.ask(REF_LOCATION, owner=self._path, written=reference.target)
        else:
            source = linked_source(self._path, reference.target)
            path = self._recorder.ask(SOURCE_LOCATION, path=source)
        if path is None:
            return None
        fragment = f"#{quote(reference.fragment)}" if reference.fragment else ""
        return self._site.href(path) + fragment

    def media(self, reference: Reference) -> Image | str | None:
        """Return a picture with its size, or the address of a different kind of file."""
        return self._media(reference.target)

    def shortcode(self, call: ShortcodeCall, inner: str) -> str:
        """Return what a shortcode's template renders for a call. Raises `RenderError`."""
        if call.error:
            return self._unknown(call, inner)
        variables = {
            "args": list(call.args),
            "named": dict(call.named),
            "inner": Markup(inner),
            "format": self._target,
            "param": self._parameters(call),
            "media": self._picture,
            "formula": _formula,
            "article": None,
            "document": None,
            **self._subject,
        }
        try:
            html = self._render(call.name, self._target, variables)
        except RenderError:
            raise
        except ShortcodeError as error:
            message = f"shortcode '{call.name}': {error}"
            raise RenderError(
                Problem(self._path, call.line, call.column, message, error.hint)
            ) from error
        if html is None:
            return self._unknown(call, inner)
        return html

    def _unknown(self, call: ShortcodeCall, inner: str) -> str:
        if self._site.markdown.unknown_shortcodes == "text":
            return f"{escape(call.opening)}{inner}{escape(call.closing)}"
        return inner

    def _parameters(self, call: ShortcodeCall) -> Callable[..., str]:
        def param(name: str, position: int | None = None, default: Any = _MISSING) -> str:
            if name in call.named:
                return call.named[name]
            if position is not None and position < len(call.args):
                return call.args[position]
            if default is _MISSING:
                raise ShortcodeError(f"needs '{name}'", f'as in {{{{< {call.name} {name}="…" >}}}}')
            return str(default) if default is not None else ""

        return param

    def _picture(self, written: str, alt: str = "", caption: str = "", credit: str = "") -> Image:
        found = self._media(written, ImageSource(written, alt, caption, credit))
        if not isinstance(found, Image):
            raise ShortcodeError(
                f"there is no picture '{written}' beside this file or under content/media/", ""
            )
        return found

    def _media(self, written: str, source: ImageSource | None = None) -> Image | str | None:
        if written.startswith(("http://", "https://")):
            return Image(url=written, alt=source.alt if source else "")
        candidates = media_candidates(self._path, written)
        found = self._recorder.ask(MEDIA, candidates=candidates)
        if found is None:
            return None
        path = media_path(found.path)
        if not found.type.startswith("image/"):
            return self._site.href(path)
        return media_picture(self._site, found, source)


class ShortcodeError(Exception):
    """A shortcode was called with arguments that its template can't use."""

    def __init__(self, message: str, hint: str) -> None:
        super().__init__(message)
        self.hint = hint


def media_picture(site: Site, media: MediaFile, source: ImageSource | None = None) -> Image:
    """Return a published picture with its size."""
    return Image(
        url=site.origin + site.base_path + encode_path(media_path(media.path)),
        width=media.width,
        height=media.height,
        alt=source.alt if source else "",
        caption=source.caption if source else "",
        credit=source.credit if source else "",
        type=media.type,
    )


def shortcode_templates(name: str, target: str) -> list[str]:
    """Return the templates of a shortcode, the one for this target first."""
    return [f"shortcodes/{name}.{target}.html", f"shortcodes/{name}.html"]


def _formula(tex: str, display: str) -> Markup:
    from generator.render.mathml import FormulaError, mathml

    try:
        return mathml(tex, block=display == "block")
    except FormulaError as error:
        raise ShortcodeError(
            f"the formula can't be read: {error}", "TeX as in \\frac{a}{b}"
        ) from error
