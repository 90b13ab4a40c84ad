"""Checks the links of a finished site: to its own files, and to other hosts if that is wanted.

Links are what a reader's browser follows or loads, what structured data and `meta` elements say
about the site itself, and the addresses in site.toml.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable, Iterator, Mapping
from contextlib import closing
from dataclasses import dataclass, field
from html.parser import HTMLParser
from pathlib import Path
from typing import TYPE_CHECKING, Any
from urllib.parse import unquote, urldefrag, urljoin, urlsplit

from generator.config import SITE_FILE
from generator.config.links import WrittenLink
from generator.errors import Problem, Severity
from generator.index.connection import open_for_reading
from generator.index.output_queries import content_owners
from generator.model.permalink import output_path, site_path
from generator.model.site import Site
from generator.pipeline.state import index_path
from generator.render.filters import absolute_url

if TYPE_CHECKING:
    from generator.pipeline.external_check import ExternalCheck

_ATTRIBUTES = {"href", "src", "poster"}
_SEVERITIES: Mapping[str, Severity] = {"broken": "error", "unsure": "warning"}


@dataclass(slots=True)
class _Use:
    """Where a link is used: the first page, the number of pages, and its position in site.toml.

    `shared` means that the pages have several sources, so the link is probably a template's.
    """

    page: str = ""
    pages: int = 0
    shared: bool = False
    setting: WrittenLink | None = None


@dataclass(slots=True)
class _Links:
    inside: dict[str, _Use] = field(default_factory=dict)
    outside: dict[str, _Use] = field(default_factory=dict)
    broken: dict[str, _Use] = field(default_factory=dict)

    def use(self, target: str, site: Site) -> _Use:
        """Return the use of an absolute URL, which is created for a new URL."""
        try:
            parts = urlsplit(target)
        except ValueError:
            return self.broken.setdefault(target, _Use())
        inside = f"{parts.scheme}://{parts.netloc}" == site.origin
        return (self.inside if inside else self.outside).setdefault(target, _Use())


class _Page(HTMLParser):
    """Collects the links and anchors of one page, and the URLs in its data for machines."""

    def __init__(self) -> None:
        super().__init__()
        self.links: list[str] = []
        self.data_urls: list[str] = []
        self.anchors: set[str] = set()
        self._in_data = False

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self._in_data = tag == "script" and ("type", "application/ld+json") in attrs
        for name, value in attrs:
            if value is None:
                continue
            if name in _ATTRIBUTES and not (tag == "link" and name != "href"):
                self.links.append(value.strip())
            elif name == "srcset":
                self.links += [part.split()[0] for part in value.split(",") if part.strip()]
            elif name == "id":
                self.anchors.add(value)
            elif tag == "meta" and name == "content":
                self.data_urls.append(value)

    def handle_data(self, data: str) -> None:
        if self._in_data:
            self.data_urls += _texts(json.loads(data))

    def handle_endtag(self, tag: str) -> None:
        self._in_data = False


def _texts(data: Any) -> Iterator[str]:
    """Yield every text in the data of a JSON file."""
    if isinstance(data, str):
        yield data
    elif isinstance(data, dict | list):
        for item in data.values() if isinstance(data, dict) else data:
            yield from _texts(item)


def check_links(
    output: Path,
    site: Site,
    owner: Callable[[str], str],
    settings: Iterable[WrittenLink] = (),
    *,
    external: ExternalCheck | None,
) -> Iterator[Problem]:
    """Yield every broken link once, with its position in site.toml or the first page that has it.

    `owner` gives the source of an output path, `settings` are the addresses in site.toml. Hosts
    that answer with an error other than "not found" may refuse robots, so those are warnings; so
    are links that were not asked for in time. With `external`, other hosts are asked.
    """
    links = _collect(output, site, owner)
    for setting in settings:
        target = absolute_url(site, setting.address)
        if setting.public or target in links.inside or target in links.outside:
            links.use(target, site).setting = setting
    for target, use in links.broken.items():
        yield _problem(use, owner, f"the link to {target} is no address")
    yield from _inside(links.inside, output, site, owner)
    if external:
        yield from _outside(links.outside, owner, external)


def _collect(output: Path, site: Site, owner: Callable[[str], str]) -> _Links:
    links = _Links()
    for file in sorted(output.rglob("*.html")):
        path = file.relative_to(output).as_posix()
        base = site.url(site_path(path))
        page = _parsed(file)
        data_urls = (text for text in page.data_urls if text.startswith(f"{site.base_url}/"))
        for link in dict.fromkeys([*page.links, *data_urls]):
            target = _target(base, link)
            if target is None:
                continue
            use = links.use(target, site)
            use.page = use.page or path
            use.pages += 1
            use.shared = use.shared or owner(path) != owner(use.page)
    return links


def _target(base: str, link: str) -> str | None:
    """Return where a link on a page leads to, None if not to a site; as written if it is broken."""
    try:
        target = urljoin(base, link)
        return target if urlsplit(target).scheme in ("http", "https") else None
    except ValueError:
        return link


def _parsed(file: Path) -> _Page:
    page = _Page()
    page.feed(file.read_text("utf-8", "replace"))
    return page


def _inside(
    links: dict[str, _Use], output: Path, site: Site, owner: Callable[[str], str]
) -> Iterator[Problem]:
    anchors: dict[Path, set[str]] = {}
    for target, use in links.items():
        address, fragment = urldefrag(target)
        path = unquote(urlsplit(address).path)
        if site.base_path and not path.startswith(f"{site.base_path}/"):
            continue
        file = output / output_path(path.removeprefix(site.base_path) or "/")
        if not file.is_file():
            yield _problem(use, owner, f"the link to {path} leads nowhere")
        elif fragment and file.suffix == ".html":
            if file not in anchors:
                anchors[file] = _parsed(file).anchors
            if unquote(fragment) not in anchors[file]:
                yield _problem(use, owner, f"{path} has no place called '#{unquote(fragment)}'")


def _outside(
    links: Mapping[str, _Use], owner: Callable[[str], str], external: ExternalCheck
) -> Iterator[Problem]:
    verdicts = external.verdicts(urldefrag(target)[0] for target in links)
    unasked: dict[tuple[str, str], list[_Use]] = {}
    for target, use in links.items():
        verdict = verdicts.get(urldefrag(target)[0])
        if verdict is None or verdict.works:
            continue
        if verdict.state == "not asked":
            key = (urlsplit(target).netloc, verdict.message)
            unasked.setdefault(key, []).append(use)
        else:
            message = f"the link to {target} {verdict.message}"
            yield _problem(use, owner, message, _SEVERITIES[verdict.state])
    for (host, why), uses in unasked.items():
        count = f"{len(uses)} link{'s' * (len(uses) != 1)} to {host}"
        were = "was" if len(uses) == 1 else "were"
        yield _problem(uses[0], owner, f"{count} {were} not asked for {why}", "warning")
    yield from external.problems


def _problem(
    use: _Use, owner: Callable[[str], str], message: str, severity: Severity = "error"
) -> Problem:
    more = f", and on {use.pages - 1} more pages" if use.pages > 1 else ""
    place = f"on {site_path(use.page)}{more}" if use.page else ""
    if use.setting:
        line, column = use.setting.line, use.setting.column
        return Problem(SITE_FILE, line, column, message, place, severity)
    source = site_path(use.page) if use.shared else owner(use.page)
    return Problem(source, 0, 0, message, place, severity)


def planned_owners(state: Path) -> Callable[[str], str]:
    """Return a function that gives the source of an output path, or its site path."""
    with closing(open_for_reading(index_path(state))) as connection:
        known = content_owners(connection)
    return lambda path: known.get(path, site_path(path))
