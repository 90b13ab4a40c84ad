"""Whatever a file holds, it is cleaned or refused: no exception, and nothing made worse."""

from __future__ import annotations

import io

from hypothesis import given
from hypothesis import strategies as st
from PIL import Image

from generator.media.cleaning import cleaned_bytes
from generator.media.pieces import MediaError
from generator.media.svg import sanitized
from tests.support.photographs import photograph

PHOTOGRAPHS = {kind: photograph(kind) for kind in ("jpeg", "png", "webp")}


@given(
    st.sampled_from(sorted(PHOTOGRAPHS)),
    st.lists(st.tuples(st.integers(0, 1), st.binary(max_size=6)), max_size=6),
    st.data(),
)
def test_a_damaged_picture_is_cleaned_or_refused(
    kind: str, edits: list[tuple[int, bytes]], data: st.DataObject
) -> None:
    picture = bytearray(PHOTOGRAPHS[kind])
    for cut, new in edits:
        at = data.draw(st.integers(0, len(picture)))
        picture[at : at + (cut * 40 or len(new))] = new
    try:
        once = cleaned_bytes(bytes(picture))
    except MediaError:
        return
    assert len(once) <= len(picture) + 4096
    assert cleaned_bytes(once) == once


@given(
    st.sampled_from(
        [b"\xff\xd8\xff", b"\x89PNG\r\n\x1a\n", b"GIF89a", b"RIFF....WEBP", b"....ftyp", b""]
    ),
    st.binary(),
)
def test_any_bytes_are_cleaned_or_refused(start: bytes, rest: bytes) -> None:
    try:
        cleaned_bytes(start + rest)
    except MediaError:
        pass


@given(st.sampled_from([b"", b"<svg xmlns='http://www.w3.org/2000/svg'>"]), st.binary())
def test_any_drawing_is_sanitized_or_refused(start: bytes, rest: bytes) -> None:
    try:
        once, _ = sanitized(start + rest)
    except MediaError:
        return
    assert sanitized(once)[0] == once


def test_cleaning_twice_is_cleaning_once() -> None:
    for picture in PHOTOGRAPHS.values():
        once = cleaned_bytes(picture)
        assert once != picture
        assert cleaned_bytes(once) == once
        with Image.open(io.BytesIO(once)) as image:
            image.load()
