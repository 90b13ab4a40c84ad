"""What a change invalidates: enough for every answer that is different, and no more than it must.

The properties use a model of an archive in plain Python, and no database.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace

from hypothesis import given
from hypothesis import strategies as st

from generator.index import facets
from generator.index.facets import RELATED_PER_TERM, Facet
from generator.index.invalidation import ArticleState, Invalidation, ListEntry, diff
from generator.model.output import Scope

SECTIONS, TAGS = ("world", "culture"), ("iran", "peru", "rivers")


@dataclass(frozen=True, slots=True)
class Story:
    """An article of the model; those of one position do not exist."""

    number: int
    position: int
    section: str
    tags: frozenset[str]
    title: str = "A"
    text: str = "a"
    live: bool = True
    retracted: bool = False
    pinned: bool = False

    @property
    def news_id(self) -> str:
        return str(self.number)

    @property
    def terms(self) -> list[tuple[str, str]]:
        return [("site", ""), ("section", self.section), *(("tags", tag) for tag in self.tags)]


Archive = Mapping[int, Story]


def members(archive: Archive, taxonomy: str, slug: str) -> list[Story]:
    """The live stories of a list, oldest first."""
    found = (story for story in archive.values() if story.live)
    return sorted(
        (story for story in found if (taxonomy, slug) in story.terms),
        key=lambda story: (story.position, story.number),
    )


def entry(archive: Archive, story: Story, taxonomy: str, slug: str) -> ListEntry:
    listed = members(archive, taxonomy, slug)
    rank = listed.index(story)
    neighbours: list[str] = []
    for side in (listed[:rank][::-1], listed[rank + 1 :]):
        for other in side:
            neighbours.append(other.news_id)
            if not other.retracted:
                break
    newer = [other.news_id for other in listed[rank + 1 :][:RELATED_PER_TERM]]
    return ListEntry(
        taxonomy,
        slug,
        slug,
        rank=rank,
        neighbours=tuple(neighbours) if taxonomy == "section" else (),
        newer=tuple(newer) if taxonomy in ("section", "tags") else (),
    )


def state(archive: Archive, number: int) -> ArticleState | None:
    story = archive.get(number)
    if story is None:
        return None
    entries = (entry(archive, story, *term) for term in story.terms) if story.live else ()
    return ArticleState(
        path=f"content/articles/{number}.md",
        news_id=story.news_id,
        position=f"{story.position:03d}",
        row=(story.title, story.retracted, story.section),
        details=story.text.encode(),
        live=story.live,
        flags=frozenset(("pinned",) if story.pinned and story.live else ()),
        lists=tuple(entries),
    )


def answers(archive: Archive) -> dict[str, tuple[tuple[Facet, ...], object]]:
    """Queries as the index has them, each with its facets and its answer."""
    found: dict[str, tuple[tuple[Facet, ...], object]] = {}
    terms = [("site", ""), *(("section", s) for s in SECTIONS), *(("tags", t) for t in TAGS)]
    for taxonomy, slug in terms:
        listed = [(s.news_id, s.title, s.retracted) for s in members(archive, taxonomy, slug)]
        for first in range(0, 6, 2):
            facet = facets.ranks(taxonomy, slug, first, first + 1)
            found[f"page {taxonomy}/{slug} {first}"] = ((facet,), listed[first : first + 2])
        newest = [(s.news_id, s.title, s.text) for s in members(archive, taxonomy, slug)[::-1][:2]]
        found[f"feed {taxonomy}/{slug}"] = ((facets.term(taxonomy, slug),), newest)
    counts = {tag: len(members(archive, "tags", tag)) for tag in TAGS}
    found["terms"] = ((facets.taxonomy("tags"),), counts)
    used = sorted((members(archive, "tags", tag)[0].position, tag) for tag in TAGS if counts[tag])
    found["in use"] = ((facets.in_use("tags"),), [tag for _, tag in used])
    pinned = [(s.news_id, s.title) for s in archive.values() if s.live and s.pinned]
    found["pinned"] = ((facets.flagged("pinned"),), sorted(pinned))
    for story in archive.values():
        if story.live:
            found |= about(archive, story)
    return found


def about(archive: Archive, story: Story) -> dict[str, tuple[tuple[Facet, ...], object]]:
    """What is asked about one story."""
    listed = members(archive, "section", story.section)
    rank = listed.index(story)
    older = next((s for s in listed[:rank][::-1] if not s.retracted), None)
    newer = next((s for s in listed[rank + 1 :] if not s.retracted), None)
    related = [
        (other.news_id, other.title)
        for tag in sorted(story.tags)
        for other in members(archive, "tags", tag)
        if (other.position, other.number) < (story.position, story.number)
    ]
    number = story.news_id
    beside = [(s.news_id, s.title) if s else None for s in (older, newer)]
    return {
        f"article {number}": ((facets.article(number),), (story.title, story.text)),
        f"neighbours {number}": ((facets.neighbours(number),), beside),
        f"related {number}": ((facets.related(number),), related),
    }


def touches(found: Invalidation, asked: Iterable[Facet]) -> bool:
    return any(
        one.name == other.name and one.low <= other.high and one.high >= other.low
        for one in found.facets
        for other in asked
    )


numbers = st.integers(0, 9)
stories = st.builds(
    Story,
    number=numbers,
    position=st.integers(0, 5),
    section=st.sampled_from(SECTIONS),
    tags=st.frozensets(st.sampled_from(TAGS), max_size=2),
    title=st.sampled_from("AB"),
    text=st.sampled_from("ab"),
    live=st.booleans(),
    retracted=st.booleans(),
    pinned=st.booleans(),
)
archives = st.lists(stories, max_size=10).map(lambda all_: {each.number: each for each in all_})


def changed(archive: Archive, number: int, story: Story | None) -> dict[int, Story]:
    others = {key: each for key, each in archive.items() if key != number}
    return others if story is None else others | {number: replace(story, number=number)}


@given(archives, numbers, st.none() | stories)
def test_every_answer_that_a_change_alters_is_invalidated(
    archive: dict[int, Story], number: int, story: Story | None
) -> None:
    after = changed(archive, number, story)
    found = diff(state(archive, number), state(after, number))
    before_answers, after_answers = answers(archive), answers(after)
    for key in before_answers.keys() & after_answers.keys():
        asked, before = before_answers[key]
        if before != after_answers[key][1]:
            assert touches(found, asked), key


@given(archives, numbers)
def test_no_change_invalidates_nothing(archive: dict[int, Story], number: int) -> None:
    one = state(archive, number)
    assert diff(one, one) == Invalidation()


@given(archives, stories)
def test_coming_and_going_invalidate_the_same(archive: dict[int, Story], story: Story) -> None:
    with_it = changed(archive, story.number, story)
    one = state(with_it, story.number)
    assert diff(None, one) == diff(one, None)


@given(archives, stories, stories, stories)
def test_two_changes_invalidate_all_that_one_would(
    archive: dict[int, Story], first: Story, second: Story, third: Story
) -> None:
    steps = [state(changed(archive, 0, story), 0) for story in (first, second, third)]
    two = diff(steps[0], steps[1]), diff(steps[1], steps[2])
    found = diff(steps[0], steps[2])
    both = Invalidation(two[0].facets | two[1].facets, two[0].scopes | two[1].scopes)
    assert all(touches(both, [facet]) for facet in found.facets)
    assert found.scopes <= both.scopes


@given(archives, stories)
def test_a_new_text_invalidates_no_list(archive: dict[int, Story], story: Story) -> None:
    before = changed(archive, story.number, replace(story, text="a"))
    after = changed(archive, story.number, replace(story, text="b"))
    found = diff(state(before, story.number), state(after, story.number))
    expected = {facets.article(story.news_id)}
    if story.live:
        expected |= {facets.term(*term) for term in story.terms}
    assert found.facets == expected
    assert found.scopes == {Scope.source(f"content/articles/{story.number}.md")}


@given(archives, stories)
def test_a_new_headline_shifts_no_ranks(archive: dict[int, Story], story: Story) -> None:
    before = changed(archive, story.number, replace(story, title="A"))
    after = changed(archive, story.number, replace(story, title="B"))
    found = diff(state(before, story.number), state(after, story.number))
    shifting = [
        facet for facet in found.facets if facet.name.startswith("list/") and facet.low < facet.high
    ]
    assert shifting == []
    assert not any(scope.part == "listing" for scope in found.scopes)
