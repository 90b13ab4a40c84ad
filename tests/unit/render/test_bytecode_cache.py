"""Compiled templates that are kept: used for the text that they are of, and for nothing else."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from tempfile import TemporaryDirectory

from hypothesis import given, settings
from hypothesis import strategies as st

from generator.derived_files import DerivedFiles
from generator.render.bytecode_cache import BytecodeCache, Compiled
from tests.support.portal import Portal, story


def making(answer: int, made: list[int]) -> Callable[[], Compiled]:
    """Makes a template's code, and tells that it had to."""

    def make() -> Compiled:
        made.append(answer)
        code = compile(f"answer = {answer}", "page.html", "exec")
        return Compiled(code, ("base.html",), {"part.html": b"digest"})

    return make


def run(compiled: Compiled) -> int:
    """What the code of a template does."""
    found: dict[str, int] = {}
    exec(compiled.code, found)
    return found["answer"]


def get(folder: Path, source: str, answer: int, made: list[int], part: bytes = b"digest") -> int:
    """A template by way of a folder, in a process that knows nothing yet."""

    def is_current(compiled: Compiled) -> bool:
        return compiled.parts == {"part.html": part}

    make = making(answer, made)
    compiled = BytecodeCache(DerivedFiles(folder)).get(
        "page.html", "/t/page.html", source, make, is_current
    )
    assert compiled.named == ("base.html",)
    return run(compiled)


def test_what_was_compiled_is_used_again(tmp_path: Path) -> None:
    made: list[int] = []
    assert [get(tmp_path, "text", 1, made), get(tmp_path, "text", 2, made)] == [1, 1]
    assert made == [1]


def test_another_text_is_compiled_anew(tmp_path: Path) -> None:
    made: list[int] = []
    assert [get(tmp_path, "text", 1, made), get(tmp_path, "other", 2, made)] == [1, 2]
    assert made == [1, 2]


def test_what_has_another_part_is_compiled_anew(tmp_path: Path) -> None:
    made: list[int] = []
    assert [get(tmp_path, "text", 1, made), get(tmp_path, "text", 2, made, b"other")] == [1, 2]


@settings(deadline=None)
@given(st.data())
def test_what_is_damaged_is_compiled_anew(data: st.DataObject) -> None:
    with TemporaryDirectory() as name:
        folder, made = Path(name), list[int]()
        get(folder, "text", 1, made)
        [file] = folder.glob("*/*")
        content = bytearray(file.read_bytes())
        place = data.draw(st.integers(0, len(content) - 1))
        if data.draw(st.booleans()):
            content[place] ^= data.draw(st.integers(1, 255))
        else:
            del content[place:]
        file.write_bytes(content)
        assert [get(folder, "text", 2, made), get(folder, "text", 3, made)] == [2, 2]


def test_a_folder_that_cannot_be_written_is_done_without(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("")
    made: list[int] = []
    assert get(tmp_path / "file" / "templates", "text", 1, made) == 1


def test_a_template_that_changes_is_not_taken_from_what_was_kept(tmp_path: Path) -> None:
    portal = Portal(tmp_path)
    portal.settings("")
    portal.stories(story(1))
    portal.built()
    for text in ("{{ article.title }}, ours", "{{ article.title }}, again"):
        portal.write({"templates/article.html": text})
        portal.built()
        assert portal.text("world/1/story-1/index.html") == text.replace(
            "{{ article.title }}", "Story 1"
        )
    assert portal.tree() == portal.clean_tree()
