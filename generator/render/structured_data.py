"""Describes each kind of page in schema.org's terms, as dictionaries for a JSON-LD block.

Types and properties are those of schema.org 30.0 (https://schema.org/NewsArticle,
https://schema.org/docs/news.html);
https://developers.google.com/search/docs/appearance/structured-data/article says which of them
Google reads.
"""

from __future__ import annotations

from collections.abc import Mapping
from functools import partial
from typing import Any

from generator.index.recorder import Recorder
from generator.model.article import Article, Image
from generator.model.output import Listing, PageView
from generator.model.page import AuthorProfile
from generator.model.paths import MEDIA_URL, listing_path
from generator.model.site import Site
from generator.render.filters import absolute_url

_CONTEXT = "https://schema.org"
_ARTICLE_TYPES: Mapping[str, str | list[str]] = {
    "news": "NewsArticle",
    "opinion": ["NewsArticle", "OpinionNewsArticle"],
    "analysis": ["NewsArticle", "AnalysisNewsArticle"],
    "feature": ["NewsArticle", "BackgroundNewsArticle"],
    "interview": "NewsArticle",
    "review": ["NewsArticle", "ReviewNewsArticle"],
    "live": "NewsArticle",
    "press-release": "Article",
    "sponsored": ["Article", "AdvertiserContentArticle"],
}

Data = dict[str, Any]


class StructuredData:
    """Describes the pages of one site."""

    def __init__(self, site: Site, recorder: Recorder) -> None:
        self._site = site
        self._recorder = recorder

    def of(self, page: PageView, subject: Mapping[str, Any]) -> list[Data]:
        """Return the JSON-LD objects of a page; `subject` holds its template's variables."""
        site = self._site
        publisher = self._recorder.fragment("publisher", partial(_organization, site))
        article, listing = subject.get("article"), subject.get("listing")
        if page.kind == "front":
            return [_website(site), {"@context": _CONTEXT, **publisher}]
        if isinstance(article, Article) and page.kind == "article":
            story = _retracted(publisher, article) or _article(site, publisher, article)
            return [story, _breadcrumbs(site, article)]
        if isinstance(listing, Listing):
            return [_listing(site, publisher, page, listing)]
        if page.kind == "page":
            return [_web_page("WebPage", site, page)]
        return []


def _website(site: Site) -> Data:
    return {
        "@context": _CONTEXT,
        "@type": "WebSite",
        "name": site.title,
        "url": site.url("/"),
        "inLanguage": site.language,
        **_present({"description": site.description}),
    }


def _organization(site: Site) -> Data:
    publisher = site.publisher
    logo = absolute_url(site, MEDIA_URL + publisher.logo) if publisher.logo else ""
    policies = {name: absolute_url(site, url) for name, url in sorted(publisher.policies.items())}
    return {
        "@type": "NewsMediaOrganization",
        "name": publisher.name or site.title,
        "url": site.url("/"),
        **_present(
            {
                "logo": {"@type": "ImageObject", "url": logo} if logo else None,
                "email": publisher.email,
                "foundingDate": publisher.founded,
                "sameAs": list(publisher.links),
            }
        ),
        **policies,
    }


def _retracted(publisher: Data, article: Article) -> Data:
    """Return what may still be published about a retracted article; empty for any other article."""
    if article.retraction is None:
        return {}
    return {
        "@context": _CONTEXT,
        "@type": "NewsArticle",
        "headline": article.title,
        "url": article.url,
        "identifier": article.news_id,
        "datePublished": article.date.at.isoformat(),
        "dateModified": article.retraction.date.at.isoformat(),
        "creativeWorkStatus": "Retracted",
        "publisher": publisher,
    }


def _article(site: Site, publisher: Data, article: Article) -> Data:
    section = site.section(article.section)
    updated = article.updated or article.date
    return {
        "@context": _CONTEXT,
        "@type": _ARTICLE_TYPES[article.kind],
        "headline": article.title,
        "url": article.url,
        "mainEntityOfPage": article.canonical or article.url,
        "identifier": article.news_id,
        "datePublished": article.date.at.isoformat(),
        "dateModified": updated.at.isoformat(),
        "inLanguage": article.lang,
        "isAccessibleForFree": True,
        "wordCount": article.word_count,
        "author": _authors(site, article),
        "publisher": publisher,
        "sourceOrganization": _source(article),
        "creditText": article.source.name,
        **_present(
            {
                "description": article.description or article.summary,
                "articleSection": section.title if section else "",
                "keywords": [tag.name for tag in article.tags],
                "about": [
                    {"@type": "Thing", "name": term.name}
                    for terms in article.terms.values()
                    for term in terms
                ],
                "dateline": article.dateline,
                "image": _image(article.image),
                "correction": [_correction(each) for each in article.corrections],
                "sponsor": _source(article) if article.kind == "sponsored" else None,
                "isBasedOn": article.source.url or article.canonical,
                "expires": article.expires.at.isoformat() if article.expires else "",
            }
        ),
    }


def _authors(site: Site, article: Article) -> list[Data]:
    """Return the authors, or the agency that a story without authors came from."""
    if not article.authors:
        return [_source(article)]
    authors: list[Data] = []
    for author in article.authors:
        url = site.url(listing_path("authors", author.slug)) if site.outputs.authors else ""
        authors.append({"@type": "Person", "name": author.name, **_present({"url": url})})
    return authors


def _source(article: Article) -> Data:
    credit = article.source
    return {"@type": "Organization", "name": credit.name, **_present({"url": credit.url})}


def _image(picture: Image | None) -> Data | None:
    if picture is None:
        return None
    return {
        "@type": "ImageObject",
        "url": picture.url,
        **_present(
            {
                "width": picture.width,
                "height": picture.height,
                "caption": picture.caption,
                "creditText": picture.credit,
            }
        ),
    }


def _correction(correction: Any) -> Data:
    return {
        "@type": "CorrectionComment",
        "text": correction.text,
        "datePublished": correction.date.isoformat(),
    }


def _breadcrumbs(site: Site, article: Article) -> Data:
    section = site.section(article.section)
    steps = [(site.title, site.url("/"))]
    if section:
        steps.append((section.title, site.url(listing_path("section", section.slug))))
    steps.append((article.title, article.url))
    return {
        "@context": _CONTEXT,
        "@type": "BreadcrumbList",
        "itemListElement": [
            {"@type": "ListItem", "position": number, "name": name, "item": url}
            for number, (name, url) in enumerate(steps, 1)
        ],
    }


def _listing(site: Site, publisher: Data, page: PageView, listing: Listing) -> Data:
    if listing.profile:
        return {
            **_web_page("ProfilePage", site, page),
            "mainEntity": _person(publisher, page, listing.profile),
        }
    return _web_page("CollectionPage", site, page)


def _person(publisher: Data, page: PageView, profile: AuthorProfile) -> Data:
    return {
        "@type": "Person",
        "name": profile.name,
        "url": page.url,
        "worksFor": publisher,
        **_present(
            {
                "jobTitle": profile.role,
                "description": profile.summary,
                "image": profile.image.url if profile.image else "",
                "sameAs": [link.url for link in profile.links],
            }
        ),
    }


def _web_page(kind: str, site: Site, page: PageView) -> Data:
    return {
        "@context": _CONTEXT,
        "@type": kind,
        "name": page.title,
        "url": page.url,
        "inLanguage": page.lang,
        "isPartOf": {"@type": "WebSite", "name": site.title, "url": site.url("/")},
        **_present({"description": page.description}),
    }


def _present(values: Mapping[str, Any]) -> Data:
    return {name: value for name, value in values.items() if value}
