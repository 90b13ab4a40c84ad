"""Whatever reads a setting of site.toml is recorded, by introspection of all that a site has."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, fields, is_dataclass
from operator import attrgetter
from typing import Any

import pytest

from generator.index.input_keys import setting_key, setting_name
from generator.index.recorder import Dependency
from generator.model.site import Comments, Section, Site
from generator.theme.recorded import recorded, setting_digest, setting_names

SITE = Site(
    title="The Courier",
    base_url="https://news.example/daily",
    sections=(Section("world", "World"),),
    comments=Comments("isso", {"url": "https://comments.example"}),
    extra={"motto": "Every day."},
)
TABLES = [key.name for key in fields(Site) if is_dataclass(key.default)]
# Whether tags have listings, and what they are, no setting decides.
WITHOUT_READS = ("has_listings", "taxonomy")
ARGUMENTS: dict[str, tuple[Any, ...]] = {
    "url": ("/a/",),
    "href": ("/a/",),
    "slugs_of": ("tags",),
    "section": ("world",),
    "has_listings": ("tags",),
    "taxonomy": ("tags",),
}


def reads(look: Callable[[Site], object], site: Site = SITE) -> set[str]:
    """The settings that are recorded while something looks at a site."""
    found: set[Dependency] = set()
    look(recorded(site, lambda _, settings: found.update(settings)))
    return {setting_name(dependency.key) or "" for dependency in found}


@pytest.mark.parametrize("name", [key.name for key in fields(Site) if key.name not in TABLES])
def test_every_field_is_recorded(name: str) -> None:
    if name == "extra":
        assert reads(lambda site: site.extra["motto"]) == {"extra.motto"}
    else:
        assert reads(lambda site: getattr(site, name)) == {name}


@pytest.mark.parametrize("table", TABLES)
def test_every_field_of_a_table_is_recorded_by_itself(table: str) -> None:
    for key in fields(getattr(SITE, table)):
        look = attrgetter(f"{table}.{key.name}")
        assert reads(look) == {f"{table}.{key.name}"}


MEMBERS = [
    name
    for name, member in vars(Site).items()
    if not name.startswith("_") and (isinstance(member, property) or callable(member))
]


@pytest.mark.parametrize("name", MEMBERS)
def test_every_property_and_method_records_what_it_reads(name: str) -> None:
    """A change of any field that is not recorded does not change the answer."""

    def look(site: Site) -> object:
        member = getattr(site, name)
        return member(*ARGUMENTS[name]) if callable(member) else member

    assert reads(look) or name in WITHOUT_READS
    assert look(recorded(SITE, lambda *_: None)) == look(SITE)


def test_a_new_property_is_recorded_without_being_listed() -> None:
    @dataclass(frozen=True, slots=True, kw_only=True)
    class WithTagline(Site):
        @property
        def tagline(self) -> str:
            return f"{self.title}: {self.description} ({len(self.outputs.feeds)})"

    site = WithTagline(title="A", base_url="https://a.example", sections=())
    found = reads(lambda one: one.tagline, site)  # type: ignore[attr-defined]
    assert found == {"title", "description", "outputs.feeds"}


def test_a_missing_key_of_extra_is_recorded() -> None:
    assert reads(lambda site: site.extra.get("slogan")) == {"extra.slogan"}
    assert reads(lambda site: "slogan" in site.extra) == {"extra.slogan"}
    assert setting_digest(SITE, "extra.slogan") == b""


@pytest.mark.parametrize("name", ["keys", "values", "items", "__iter__", "__len__"])
def test_looking_at_all_of_extra_is_recorded(name: str) -> None:
    assert "extra" in reads(lambda site: getattr(site.extra, name)())
    assert "extra" in reads(lambda site: site.extra == {})


def test_comparing_a_site_reads_all_of_it() -> None:
    assert {key.name for key in fields(Site)} <= reads(lambda site: site == SITE)


def test_what_is_recorded_is_an_input() -> None:
    known = {setting_key(name) for name in setting_names(SITE)}
    for name in setting_names(SITE):
        assert setting_digest(SITE, name)
    assert {
        setting_key("outputs.archive"),
        setting_key("extra.motto"),
        setting_key("title"),
    } < known
