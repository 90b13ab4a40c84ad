"""Stories that are translations of others, also of translations, and any change of them."""

from __future__ import annotations

from datetime import UTC, datetime
from pathlib import Path
from tempfile import TemporaryDirectory

from hypothesis import example, given, settings
from hypothesis import strategies as st

from tests.support.desk import put_on_disk
from tests.support.portal import SITE, story
from tests.support.proof import Clean, build, difference, options_of, tree

NOW = datetime(2024, 2, 1, 12, tzinfo=UTC)
LANGUAGES = ("en", "de", "fa", "fr")

Versions = list[tuple[int, bool]]
"""For each story the number of the one that it translates, 0 for none, and whether it moved."""

VERSIONS = st.lists(
    st.tuples(st.integers(0, len(LANGUAGES)), st.booleans()),
    min_size=len(LANGUAGES),
    max_size=len(LANGUAGES),
)


def texts(versions: Versions) -> dict[str, bytes]:
    """A portal with a story in each language."""
    found = {"site.toml": SITE.encode()}
    for number, (lang, (original, moved)) in enumerate(zip(LANGUAGES, versions, strict=True), 1):
        more = f"lang: {lang}\nslug: {'new' if moved else 'old'}"
        if original not in (0, number):
            more += f"\ntranslation_of: {original}"
        found[f"content/articles/{number}.md"] = story(number, more).encode()
    return found


@settings(max_examples=12)
@given(before=VERSIONS, after=VERSIONS)
@example(
    before=[(0, False), (1, False), (2, False), (0, False)],
    after=[(0, False), (1, True), (2, False), (0, False)],
)
def test_links_to_translations_are_those_of_a_clean_build(
    before: Versions, after: Versions
) -> None:
    with TemporaryDirectory() as folder:
        root, first, second = Path(folder), texts(before), texts(after)
        put_on_disk(first, root / "portal", {})
        assert build(options_of(root / "portal", NOW)).code == 0
        put_on_disk(second, root / "portal", first)
        assert build(options_of(root / "portal", NOW)).code == 0
        _, wanted = Clean(root / "clean")(second, NOW)
        assert not difference(tree(root / "portal/output"), wanted)
