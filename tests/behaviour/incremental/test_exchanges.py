"""Stories that exchange what says where they stand, any of them with any others, in one build."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import UTC, datetime
from pathlib import Path
from tempfile import TemporaryDirectory

from hypothesis import example, given, settings
from hypothesis import strategies as st

from tests.support.desk import put_on_disk
from tests.support.portal import SITE, story
from tests.support.proof import Clean, build, difference, options_of, tree

NOW = datetime(2024, 2, 1, 12, tzinfo=UTC)
DAYS = [("1", "06"), ("2", "03"), ("3", "05"), ("4", "04"), ("5", "04"), ("6", "04")]
TAGS = ["[Iran]", "[Iran]", "[Iran, Peru]", "[Iran, Peru]", "[Peru]", "[Iran]"]


def texts(days: Sequence[tuple[str, str]], tags: Sequence[str]) -> dict[str, bytes]:
    """A portal of six files; each keeps its title, and has a News ID, day and tags of these."""
    found = {"site.toml": SITE.replace("per_page = 3", "per_page = 1").encode()}
    for number, ((news_id, day), names) in enumerate(zip(days, tags, strict=True)):
        front = story(news_id, f"tags: {names}", title=f"Title {number}", date=f"2024-01-{day}")
        found[f"content/articles/{number}.md"] = front.encode()
    return found


@settings(max_examples=12)
@given(days=st.permutations(DAYS), tags=st.permutations(TAGS))
@example(days=[DAYS[2], DAYS[1], DAYS[0], *DAYS[3:]], tags=TAGS)
@example(days=[*DAYS[:3], DAYS[4], DAYS[3], DAYS[5]], tags=TAGS)
def test_places_that_stories_exchange_are_those_of_a_clean_build(
    days: list[tuple[str, str]], tags: list[str]
) -> None:
    """On its way to its place a story stands for a while where another one still stands."""
    with TemporaryDirectory() as folder:
        root, before, after = Path(folder), texts(DAYS, TAGS), texts(days, tags)
        put_on_disk(before, root / "portal", {})
        assert build(options_of(root / "portal", NOW)).code == 0
        put_on_disk(after, root / "portal", before)
        assert build(options_of(root / "portal", NOW)).code == 0
        _, wanted = Clean(root / "clean")(after, NOW)
        assert not difference(tree(root / "portal/output"), wanted)
