"""References of style sheets are found wherever they stand, and nothing else is changed."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from generator.theme.style_sheets import beside, references_in, with_addresses

PIECES = st.sampled_from(
    ["url(", ")", "'", '"', "@import ", "/*", "*/", "a.png", "\n", " ", "\\", "#x", "?v", "data:x"]
)
NAMES = st.from_regex(r"\A(\.\./)?[a-z]{1,5}(/[a-z]{1,5})?\.(png|css)\Z")


@given(st.lists(PIECES).map("".join))
def test_a_sheet_without_other_addresses_stays_as_it_is(text: str) -> None:
    assert with_addresses(text, lambda _: None) == text


@given(
    st.lists(
        st.tuples(
            NAMES, st.sampled_from(["url({})", "url( '{}' )", '@import "{}"', 'URL("{}#a")'])
        ),
        min_size=1,
    )
)
def test_every_reference_is_found_at_its_place(written: list[tuple[str, str]]) -> None:
    text = ";\n".join(form.format(name) for name, form in written)
    found = list(references_in(text))
    assert [each.path for each in found] == [name for name, _ in written]
    assert all(text[each.start :].startswith(each.address) for each in found)
    assert [each.is_import for each in found] == ["@import" in form for _, form in written]


def test_a_path_is_read_as_seen_from_its_sheet() -> None:
    assert beside("css/own.css", "../img/a%20b.png") == ("img/a b.png", True)
    assert beside("css/own.css", "./b.css") == ("css/b.css", True)
    assert beside("css/own.css", "../../media/a.png") == ("media/a.png", False)
