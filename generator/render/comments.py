"""What a comments widget needs to know about an article, and about the page's policy.

The key of a thread is the News ID and nothing else: a title, slug, section or domain may change,
and the comments stay. The templates in `comments/` pass it to each provider in its own form.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any
from urllib.parse import urlsplit

from generator.model.article import Card
from generator.model.output import Thread
from generator.model.paths import short_path
from generator.model.site import Comments, Site

Sources = Mapping[str, tuple[str, ...]]
"""Directives of a Content-Security-Policy and the sources that each must allow."""

_INLINE = "'unsafe-inline'"


def thread(card: Card, site: Site) -> Thread:
    """Return the comments thread of an article.

    Its address is the article's short link, or its permalink in a portal without short links.
    """
    path = short_path(card.news_id)
    short = site.outputs.short_links
    return Thread(
        id=card.news_id,
        url=site.url(path) if short else card.url,
        href=site.href(path) if short else card.href,
        title=card.title,
        lang=card.lang,
        dir=card.dir,
    )


def csp_sources(comments: Comments) -> Sources:
    """Return what the provider needs beyond 'self', by directive of the Content-Security-Policy.

    Nothing is known about a portal's own template. The values are read from the providers'
    embedding scripts and manuals; `'unsafe-inline'` is listed where a provider writes inline
    scripts or styles itself.
    """
    sources = _SOURCES.get(comments.provider)
    return sources(comments.settings) if sources else {}


def _origin(url: str) -> str:
    parts = urlsplit(url)
    return f"{parts.scheme}://{parts.netloc}"


def _isso(settings: Mapping[str, Any]) -> Sources:
    server = _origin(settings["url"])
    sources = {"script-src": (server,), "connect-src": (server,)}
    if settings["css"]:
        sources["style-src"] = (_origin(settings["css_url"] or server),)
    if settings["avatar"]:
        # Isso paints the squares of its avatars with style attributes.
        sources["style-src-attr"] = (_INLINE,)
    return sources


def _giscus(settings: Mapping[str, Any]) -> Sources:
    server = (_origin(settings["url"]),)
    return {"script-src": server, "style-src": server, "frame-src": server}


def _utterances(settings: Mapping[str, Any]) -> Sources:
    server = ("https://utteranc.es",)
    return {"script-src": server, "style-src": (_INLINE,), "frame-src": server}


def _disqus(settings: Mapping[str, Any]) -> Sources:
    site = f"https://{settings['shortname']}.disqus.com"
    files = "https://c.disquscdn.com"
    return {
        "script-src": (site, "https://disqus.com", files),
        "style-src": (files, _INLINE),
        "img-src": (files, "https://referrer.disqus.com"),
        "connect-src": ("https://disqus.com", "https://links.services.disqus.com"),
        "frame-src": ("https://disqus.com",),
    }


def _remark42(settings: Mapping[str, Any]) -> Sources:
    server = (_origin(settings["url"]),)
    return {"script-src": server, "style-src": (_INLINE,), "frame-src": server}


def _cusdis(settings: Mapping[str, Any]) -> Sources:
    # The frame is a srcdoc with an inline script, and such a frame inherits the page's policy.
    server = _origin(settings["url"])
    return {
        "script-src": (server, _INLINE),
        "style-src": (server, _INLINE),
        "connect-src": (server,),
    }


def _comentario(settings: Mapping[str, Any]) -> Sources:
    server = _origin(settings["url"])
    # Comments appear as they are written, over a WebSocket.
    live = ("ws" + server.removeprefix("http"),) if settings["live_update"] else ()
    sources = {
        "script-src": (server,),
        "style-src": (server, _INLINE),
        "img-src": (server, "data:"),
        "font-src": (server,),
        "connect-src": (server, *live),
    }
    if settings["css_url"]:
        sources["style-src"] += (_origin(settings["css_url"]),)
    return sources


def _hyvor_talk(settings: Mapping[str, Any]) -> Sources:
    server = "https://talk.hyvor.com"
    return {
        "script-src": (server,),
        "style-src": (server, _INLINE),
        "img-src": (server, "data:"),
        "connect-src": (server, "wss://talk.hyvor.com"),
        "frame-src": (server,),
    }


_SOURCES: Mapping[str, Callable[[Mapping[str, Any]], Sources]] = {
    "isso": _isso,
    "giscus": _giscus,
    "utterances": _utterances,
    "disqus": _disqus,
    "remark42": _remark42,
    "cusdis": _cusdis,
    "comentario": _comentario,
    "hyvor-talk": _hyvor_talk,
}
