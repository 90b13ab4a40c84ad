"""Derived files: what was kept is returned as it was, or not at all."""

from __future__ import annotations

import os
import time
from pathlib import Path
from tempfile import TemporaryDirectory

from hypothesis import given
from hypothesis import strategies as st

from generator.derived_files import DerivedFiles

DAY = 24 * 60 * 60
keys = st.binary(min_size=8, max_size=32)


def entries(folder: Path) -> list[Path]:
    return sorted(folder.glob("*/*"))


@given(st.dictionaries(keys, st.binary(max_size=200), min_size=1, max_size=5))
def test_each_entry_is_returned_under_its_key_alone(contents: dict[bytes, bytes]) -> None:
    with TemporaryDirectory() as name:
        derived = DerivedFiles(Path(name))
        for key, content in contents.items():
            derived.put(key, content)
        found = {key: DerivedFiles(Path(name)).get(key) for key in contents}
        assert found == contents
        assert derived.get(b"a key that nobody has used") is None


@given(st.data())
def test_a_damaged_entry_counts_as_missing(data: st.DataObject) -> None:
    with TemporaryDirectory() as name:
        derived = DerivedFiles(Path(name))
        derived.put(b"the key!", b"the content")
        [file] = entries(Path(name))
        content = bytearray(file.read_bytes())
        position = data.draw(st.integers(0, len(content) - 1))
        if data.draw(st.booleans()):
            content[position] ^= data.draw(st.integers(1, 255))
        else:
            del content[position:]
        file.write_bytes(content)
        assert derived.get(b"the key!") is None


def test_an_entry_under_the_name_of_a_different_key_counts_as_missing(tmp_path: Path) -> None:
    derived = DerivedFiles(tmp_path)
    derived.put(b"key one!", b"one")
    [one] = entries(tmp_path)
    derived.put(b"key two!", b"two")
    [two] = [file for file in entries(tmp_path) if file != one]
    os.replace(one, two)
    assert derived.get(b"key two!") is None


def test_a_folder_that_cannot_be_written_keeps_nothing(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("")
    derived = DerivedFiles(tmp_path / "file" / "derived")
    derived.put(b"the key!", b"content")
    assert derived.get(b"the key!") is None


def test_nothing_is_written_through_a_link(tmp_path: Path) -> None:
    derived, elsewhere = tmp_path / "derived", tmp_path / "elsewhere"
    derived.mkdir()
    elsewhere.mkdir()
    (derived / b"the key!".hex()[:2]).symlink_to(elsewhere)
    DerivedFiles(derived).put(b"the key!", b"content")
    assert not list(elsewhere.iterdir())


def test_what_no_build_has_used_for_a_month_is_deleted(tmp_path: Path) -> None:
    derived = DerivedFiles(tmp_path)
    derived.put(b"used now", b"1")
    derived.put(b"used yesterday", b"2")
    derived.put(b"forgotten", b"3")
    for key, days in ((b"used yesterday", 20), (b"forgotten", 31)):
        [file] = [each for each in entries(tmp_path) if each.name == key.hex()[2:]]
        then = time.time() - days * DAY
        os.utime(file, (then, then))
    derived.prune()
    assert derived.get(b"used now") == b"1"
    assert derived.get(b"used yesterday") == b"2"
    assert derived.get(b"forgotten") is None


def test_using_an_entry_keeps_it(tmp_path: Path) -> None:
    derived = DerivedFiles(tmp_path)
    derived.put(b"the key!", b"content")
    [file] = entries(tmp_path)
    os.utime(file, (time.time() - 40 * DAY,) * 2)
    assert derived.get(b"the key!") == b"content"
    derived.prune()
    assert derived.get(b"the key!") == b"content"
