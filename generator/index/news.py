"""The limits of Google News: articles of two days, and at most a thousand of them.

Source: https://developers.google.com/search/docs/crawling-indexing/sitemaps/news-sitemap.
"""

from __future__ import annotations

NEWS_SECONDS = 48 * 3600
"""For how long an article is news, from the moment that it is live."""

MOST_NEWS = 1000
"""How many of the newest articles are news."""
