"""Bytes become front matter and text, or one clear error."""

from __future__ import annotations

import json

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from generator.errors import Problems
from generator.parse.document import MAX_FRONT_MATTER_BYTES, read_document
from generator.parse.front_matter.article import read_front_matter
from tests.support.reading import document, site

SITE = site()

UNREADABLE: dict[str, tuple[bytes, str]] = {
    "empty": (
        b"",
        "a.md:1:1: error: no front matter: the first line must be '---' (YAML) or '+++' (TOML), "
        "but the file is empty",
    ),
    "no front matter": (
        b"# A story\n",
        "a.md:1:1: error: no front matter: the first line must be '---' (YAML) or '+++' (TOML), "
        "not '# A story'",
    ),
    "unclosed YAML": (
        b"---\ntitle: x\n\nThe story.\n",
        "a.md:1:1: error: front matter is not closed by a second '---' line",
    ),
    "unclosed TOML": (
        b"\n\n+++\ntitle = 'x'\n---\n",
        "a.md:3:1: error: front matter is not closed by a second '+++' line",
    ),
    "Latin-1": (
        b"---\ntitle: Pal\xe1cio\n---\n",
        "a.md:2:11: error: not UTF-8: the byte 0xE1 can't be read (save the file as UTF-8)",
    ),
    "broken byte after a byte order mark and letters of two bytes": (
        "\ufeff---\r\ntitle: é".encode() + b"\xff\r\n---\r\n",
        "a.md:2:9: error: not UTF-8: the byte 0xFF can't be read (save the file as UTF-8)",
    ),
    "UTF-16": (
        "---\ntitle: x\n---\n".encode("utf-16"),
        "a.md:1:1: error: not UTF-8: the byte 0xFF can't be read "
        "(it looks like UTF-16; save it as UTF-8)",
    ),
    "NUL": (
        b"---\ntitle: x\n---\nThe \0story\n",
        "a.md:4:5: error: the file has a NUL byte, so it is not text",
    ),
    "colon in text": (
        b"---\ntitle: Iran: a story\n---\n",
        "a.md:2:12: error: 'title' has a colon and a space in it, which in YAML ends a key "
        '(put it in quotes: title: "Iran: a story")',
    ),
    "text after a closing quote": (
        b'---\ntitle: "Iran" said\n---\n',
        "a.md:2:15: error: 'title' begins with a quotation mark, so in YAML it ends at the next "
        """one (put it in quotes: title: '"Iran" said')""",
    ),
    "open quote": (
        b"---\nnews_id: 1\ntitle: 'Iran\ndate: 2024-01-20\n---\n",
        "a.md:3:8: error: 'title' begins with a quotation mark that is never closed "
        """(put it in quotes: title: "'Iran")""",
    ),
    "open list after blank lines": (
        b"\n\n---\ntags: [a, b\ntitle: x\n---\n",
        "a.md:4:7: error: 'tags' begins with '[', but there is no ']' "
        """(write ']' at its end, or put it in quotes: tags: "[a, b")""",
    ),
    "tab": (
        b"---\n\ttitle: x\n---\n",
        "a.md:2:1: error: there is a tab at the beginning of the line (indent with spaces)",
    ),
    "control character after letters of two bytes": (
        "---\ntitle: éé\x07\n---\n".encode(),
        "a.md:2:10: error: broken YAML: the character U+0007 is not text",
    ),
    "two documents": (
        b"---\ntitle: x\n--- # again\ntitle: y\n---\n",
        "a.md:3:1: error: broken YAML: a second document (front matter is one document)",
    ),
    "list": (
        b"---\n- title\n---\n",
        "a.md:2:1: error: front matter must be keys with values, not a list",
    ),
    "text": (
        b"---\nA story\n---\n",
        "a.md:2:1: error: front matter must be keys with values, not 'A story'",
    ),
    "anchor": (
        b"---\ntitle: &t x\nkicker: *t\n---\n",
        "a.md:2:8: error: text that begins with '&' or '*' is an anchor or alias in YAML "
        '(put it in quotes: title: "&t x")',
    ),
    "alias": (
        b"---\ntitle: *Breaking news\n---\n",
        "a.md:2:8: error: text that begins with '&' or '*' is an anchor or alias in YAML "
        '(put it in quotes: title: "*Breaking news")',
    ),
    "emphasis": (
        b"---\ntitle: *Breaking* news\n---\n",
        "a.md:2:8: error: 'title' begins with '*', which in YAML begins an alias "
        '(put it in quotes: title: "*Breaking* news")',
    ),
    "tag": (
        b"---\ntitle: !!python/object/apply:os.system [ls]\n---\n",
        "a.md:2:8: error: text that begins with '!' is a tag in YAML "
        '(put it in quotes: title: "!!python/object/apply:os.system [ls]")',
    ),
    "deep lists": (
        b"---\ntags: " + b"[" * 100_000 + b"\n---\n",
        "a.md:2:38: error: YAML is nested more than 32 deep",
    ),
    "deep lists of few brackets": (
        b"---\ntags: " + b"[" * 60 + b"]" * 60 + b"\n---\n",
        "a.md:2:38: error: YAML is nested more than 32 deep",
    ),
    "deep dashes": (
        b"---\n" + b"- " * 120_000 + b"a\n---\n",
        "a.md:2:65: error: YAML is nested more than 32 deep",
    ),
    "larger than allowed": (
        b"---\ntitle: " + b"a" * MAX_FRONT_MATTER_BYTES + b"\n---\n",
        "a.md:1:1: error: front matter is larger than 256 KiB (the story belongs below it)",
    ),
    "broken TOML": (
        b"+++\ntitle = 'x'\nkicker =\n+++\n",
        "a.md:3:9: error: broken TOML: invalid value",
    ),
    "deep TOML": (
        b"+++\ntitle = " + b"[" * 5000 + b"\n+++\n",
        "a.md:1:1: error: TOML is nested too deeply",
    ),
    "long dotted key": (
        b"+++\n" + b"a." * 100_000 + b"a = 1\n+++\n",
        "a.md:2:1: error: TOML is nested too deeply",
    ),
    "number without end": (
        b"+++\nx = " + b"9" * 5000 + b"\n+++\n",
        "a.md:1:1: error: TOML has a value that is out of range",
    ),
    "key twice in TOML": (
        b"+++\ntitle = 'x'\n\n[image]\nsrc = 'a'\nsrc = 'b'\n+++\n",
        "a.md:6:1: error: the key 'image.src' is written twice (first on line 5)",
    ),
}


@pytest.mark.parametrize("error", UNREADABLE)
def test_unreadable_file_is_one_clear_error(error: str) -> None:
    data, line = UNREADABLE[error]
    assert document(data) == (None, [line])


def test_keys_written_twice_are_told_at_any_level_beside_other_faults() -> None:
    found, errors = document(
        b"---\ntitle: x\ntitle: y\nimage:\n  src: a\n  src: b\n? [c]\n: d\n---\n"
    )
    assert found is not None
    assert not found.sound
    assert errors == [
        "a.md:3:1: error: the key 'title' is written twice (first on line 2)",
        "a.md:6:3: error: the key 'src' is written twice (first on line 5)",
        "a.md:7:3: error: a key must be text",
    ]


@pytest.mark.parametrize(
    "data",
    [
        b"---\ntitle: x\n---\n\nThe story.\n",
        b"\xef\xbb\xbf---\ntitle: x\n---\n\nThe story.\n",
        b"---\r\ntitle: x\r\n---\r\n\r\nThe story.\r\n",
        b"---\rtitle: x\r---\r\rThe story.\r",
        b"---  \ntitle: x\n---\t\n\nThe story.\n",
        b"+++\ntitle = 'x'\n+++\n\nThe story.\n",
        b"\xef\xbb\xbf+++\r\ntitle = 'x'\r\n+++\r\n\r\nThe story.\r\n",
    ],
)
def test_byte_order_marks_and_any_line_ends_are_accepted(data: bytes) -> None:
    found, errors = document(data)
    assert errors == []
    assert found is not None
    assert (found.values, found.body, found.body_line) == ({"title": "x"}, "\nThe story.\n", 4)


def test_blank_lines_before_front_matter_count_as_lines() -> None:
    found, errors = document(b"\n\n---\ntitle: x\n---\nThe story.")
    assert errors == []
    assert found is not None
    assert (found.body, found.body_line) == ("The story.", 6)
    assert found.values.positions.key(("title",)) == (4, 1)


def test_rules_in_the_text_do_not_end_it() -> None:
    found, _ = document(b"---\ntitle: x\n---\nOne\n\n---\n\nTwo\n+++\n")
    assert found is not None
    assert found.body == "One\n\n---\n\nTwo\n+++\n"


def test_empty_front_matter_has_no_keys() -> None:
    found, errors = document(b"---\n---\nThe story.")
    assert errors == []
    assert found is not None
    assert (found.values, found.body, found.body_line) == ({}, "The story.", 3)


def test_yaml_scalars_are_the_text_that_was_written() -> None:
    found, _ = document(
        b"---\nid: 007\ntime: 12:30\nword: No\nday: 2024-01-20\nempty:\nnone: null\n"
        b"tilde: ~\nquoted: 'null'\nlist: [2024, NO, null, 1e3]\nfloat: 7519.0\n---\n"
    )
    assert found is not None
    assert found.values == {
        "id": "007",
        "time": "12:30",
        "word": "No",
        "day": "2024-01-20",
        "empty": None,
        "none": None,
        "tilde": None,
        "quoted": "null",
        "list": ["2024", "NO", "null", "1e3"],
        "float": "7519.0",
    }


def test_plain_values_under_extra_are_typed_by_the_core_schema() -> None:
    found, _ = document(
        b"---\nextra: {a: 7, b: 0x1F, c: 0o17, d: 1.5, e: true, f: NO, g: ~, h: '7', i: 12:30,"
        b" j: [null, 1e999], k: 99999999999999999999, l: .inf}\n---\n"
    )
    assert found is not None
    assert found.values["extra"] == {
        "a": 7,
        "b": 31,
        "c": 15,
        "d": 1.5,
        "e": True,
        "f": "NO",
        "g": None,
        "h": "7",
        "i": "12:30",
        "j": [None, "1e999"],
        "k": "99999999999999999999",
        "l": ".inf",
    }


def test_signs_inside_text_are_neither_anchors_nor_tags() -> None:
    found, errors = document('---\ntitle: AT&T * wow! – a*b\nkicker: "*Now*"\n---\n'.encode())
    assert errors == []
    assert found is not None
    assert found.values == {"title": "AT&T * wow! – a*b", "kicker": "*Now*"}


def test_positions_count_characters_not_bytes() -> None:
    found, _ = document("---\n{é: 1, image: {src: x}}\n---\n".encode())
    assert found is not None
    assert found.values.positions.key(("image",)) == (2, 8)
    assert found.values.positions.value(("image", "src")) == (2, 21)
    assert found.values.positions.value(("image", "none")) == (2, 15)


@given(data=st.binary(max_size=400))
@example(data=b"---\n\xc2\x85: \xe2\x80\xa8\n---\n")
def test_no_bytes_raise(data: bytes) -> None:
    _read(data)


_PIECES = st.sampled_from(
    "news_id title date tags image extra source : - [ ] { } , ' \" # & * ! | > % @ ` ~ ? = . "
    "2024-02-30 7519.0 0 -1 true null \n \n \t é \u2028 \\ \x07 \0 [[ ]] ''' +++ ---".split(" ")
)


@given(pieces=st.lists(_PIECES, max_size=60), fence=st.sampled_from(["---", "+++"]))
def test_no_front_matter_raises(pieces: list[str], fence: str) -> None:
    _read(f"{fence}\n{' '.join(pieces)}\n{fence}\n".encode())


_KEYS = st.sampled_from(
    "news_id title date source updated section tags authors series image kind slug lang related "
    "translation_of pinned publish_at expires corrections retracted aliases canonical layout extra "
    "comments sorce".split()
)
_TEXTS = st.text(st.characters(exclude_categories=["Cs"]), max_size=30)
_VALUES = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | _TEXTS | st.dates() | st.datetimes(),
    lambda inner: st.lists(inner, max_size=4) | st.dictionaries(_KEYS | _TEXTS, inner, max_size=4),
    max_leaves=8,
)


@given(values=st.dictionaries(_KEYS, _VALUES, max_size=12))
def test_no_values_raise(values: dict[str, object]) -> None:
    _read(f"---\n{json.dumps(values, default=str, ensure_ascii=False)}\n---\n".encode())


def _read(data: bytes) -> None:
    """Either front matter, or Problems that say what is wrong."""
    problems = Problems()
    found = read_document("a.md", data, problems)
    front = read_front_matter(found, SITE, problems) if found else None
    assert (front is None) == bool(problems.errors)
    assert all("\n" not in str(problem) for problem in problems)


def test_stray_control_characters_are_what_they_stand_for() -> None:
    text = "---\ntitle: \x93One\x0btwo\x94\n---\n\nThree\x0cfour \x96 five\x85 \x81six\n"
    problems = Problems()
    document = read_document("a.md", text.encode(), problems)
    assert document is not None
    assert document.values["title"] == "\u201cOne two\u201d"
    assert document.body.strip() == "Three four \u2013 five\u2026 six"
