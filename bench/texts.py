"""The texts of the archive, as mixed as those of a newsroom.

Seven of ten stories are wire copy: plain paragraphs with quotations, emphasis and a few links. Two
are reports, which also have headings, lists, tables, pictures and links with titles. One is a
feature, with reference links, notes, quotations of several paragraphs, code spans and some HTML.

`python -m bench.texts` counts how many of 1,000 texts Broadsheet converts without Python-Markdown.
"""

from __future__ import annotations

import struct
import zlib
from pathlib import Path
from random import Random

from bench.vocabulary import FIRST_NAMES, PLACES, SOURCES, SURNAMES, WORDS

PICTURES = ("harbour.png", "market.png", "council.png")
# The fewest characters of a short article's text.
_SHORT = 300


def person(chance: Random) -> str:
    """A name."""
    return f"{chance.choice(FIRST_NAMES)} {chance.choice(SURNAMES)}"


def paragraph(chance: Random) -> str:
    """One to four sentences."""
    return " ".join(_sentence(chance) for _ in range(chance.randint(1, 4)))


def body(chance: Random) -> str:
    """The text of an article: 3.7 kB on average."""
    dice = chance.random()
    if dice < 0.7:
        return _wire(chance)
    return _report(chance) if dice < 0.9 else _feature(chance)


def short_body(chance: Random) -> str:
    """The text of a short article: 0.4 kB."""
    blocks = [paragraph(chance)]
    while sum(map(len, blocks)) < _SHORT:
        blocks.append(_sentence(chance))
    return "\n\n".join(blocks)


def write_pictures(folder: Path) -> None:
    """Put the pictures that texts show into a folder."""
    folder.mkdir(parents=True, exist_ok=True)
    for number, name in enumerate(PICTURES):
        (folder / name).write_bytes(_png(32, 18, shade=40 * (number + 1)))


def _wire(chance: Random) -> str:
    blocks: list[str] = []
    for place in range(chance.randint(8, 16)):
        if place > 2 and chance.random() < 0.04:
            blocks.append(_heading(chance))
        blocks.append(f"> {_sentence(chance)}" if chance.random() < 0.03 else paragraph(chance))
    return "\n\n".join(blocks)


def _report(chance: Random) -> str:
    blocks: list[str] = []
    for place in range(chance.randint(7, 13)):
        if place > 2 and chance.random() < 0.15:
            blocks.append(_heading(chance))
        dice = chance.random()
        if dice < 0.1:
            blocks.append(_list(chance))
        elif dice < 0.13:
            blocks.append(_table(chance))
        elif dice < 0.2:
            blocks.append(_picture(chance))
        elif dice < 0.3:
            blocks.append(f"{_sentence(chance)} {_titled_link(chance)}.")
        else:
            blocks.append(paragraph(chance))
    return "\n\n".join(blocks)


def _feature(chance: Random) -> str:
    blocks: list[str] = [paragraph(chance)]
    notes: list[str] = []
    for _ in range(chance.randint(7, 12)):
        dice = chance.random()
        if dice < 0.12:
            blocks.append(f"> {paragraph(chance)}\n>\n> {_sentence(chance)}")
        elif dice < 0.22:
            blocks.append(_picture(chance))
        elif dice < 0.3:
            blocks.append(_nested_list(chance))
        elif dice < 0.38:
            blocks.append(_heading(chance))
        else:
            text = paragraph(chance)
            dice = chance.random()
            if dice < 0.25:
                notes.append(f"[^{len(notes) + 1}]: {_sentence(chance)}")
                text = f"{text}[^{len(notes)}]"
            elif dice < 0.45:
                text = f"{text} {_html(chance)}"
            elif dice < 0.6:
                text = f"{text} [The {chance.choice(WORDS)}][source] says so."
            blocks.append(text)
    source = f'[source]: https://example.org/{chance.randrange(10**6)} "{chance.choice(SOURCES)}"'
    return "\n\n".join([*blocks, *notes, source])


def _sentence(chance: Random) -> str:
    words = chance.choices(WORDS, k=chance.randint(9, 26))
    if chance.random() < 0.5:
        words[chance.randrange(len(words))] = person(chance)
    if chance.random() < 0.4:
        words[chance.randrange(len(words))] = chance.choice(PLACES)
    text = " ".join(words)
    return f"{_dressed(text[0].upper() + text[1:], chance)}."


def _dressed(text: str, chance: Random) -> str:
    """A sentence as speech, with a link or with emphasis; two of three stay plain."""
    dice = chance.random()
    if dice < 0.12:
        return f'"{text}," {chance.choice(SURNAMES)} said'
    if dice < 0.18:
        return f"“{text}”"
    if dice < 0.24:
        address = f"https://example.org/{chance.randrange(10**6)}"
        return f"{text}, [according to {chance.choice(SOURCES)}]({address})"
    if dice < 0.28:
        first, _, rest = text.partition(" ")
        return f"**{first}** {rest}"
    if dice < 0.32:
        return f"{text} — *{chance.choice(PLACES)}*, {chance.randint(2, 98)}%"
    return text


def _heading(chance: Random) -> str:
    return f"## {' '.join(chance.choices(WORDS, k=4)).capitalize()}"


def _list(chance: Random) -> str:
    marks = ("-",) if chance.random() < 0.7 else ("1.", "2.", "3.", "4.", "5.", "6.")
    count = chance.randint(3, 6)
    return "\n".join(f"{marks[n % len(marks)]} {_sentence(chance)}" for n in range(count))


def _nested_list(chance: Random) -> str:
    lines = []
    for _ in range(chance.randint(2, 4)):
        lines.append(f"- {_sentence(chance)}")
        lines += [f"    - {_sentence(chance)}" for _ in range(chance.randint(0, 2))]
    return "\n".join(lines)


def _table(chance: Random) -> str:
    rows = [
        f"| {year} | {chance.randint(100, 999)} | {chance.randint(-9, 9)}% |"
        for year in range(2019, 2024)
    ]
    return "\n".join(["| Year | Output | Change |", "|---|---:|---:|", *rows])


def _picture(chance: Random) -> str:
    name, place = chance.choice(PICTURES), chance.choice(PLACES)
    return f'![The {name.partition(".")[0]} of {place}](/media/{name} "{place}, on Monday")'


def _titled_link(chance: Random) -> str:
    address = f"https://example.org/{chance.randrange(10**6)}"
    return f'[{chance.choice(SOURCES)}]({address} "{chance.choice(PLACES)}: the whole report")'


def _html(chance: Random) -> str:
    forms = (
        "The level of CO<sub>2</sub> was not given.",
        f"Call <abbr title='{person(chance)}'>the office</abbr>.",
        f"See `{chance.choice(WORDS)}.csv` for the figures.",
        f"He wrote:<br>{chance.choice(PLACES)} &amp; {chance.choice(PLACES)}.",
    )
    return chance.choice(forms)


def _png(width: int, height: int, *, shade: int) -> bytes:
    """A grey picture, not compressed, so that its bytes are the same on every machine."""

    def chunk(kind: bytes, data: bytes) -> bytes:
        return (
            struct.pack(">I", len(data)) + kind + data + struct.pack(">I", zlib.crc32(kind + data))
        )

    head = struct.pack(">IIBBBBB", width, height, 8, 0, 0, 0, 0)
    rows = (b"\0" + bytes([shade]) * width) * height
    data = zlib.compress(rows, 0)
    return b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", head) + chunk(b"IDAT", data) + chunk(b"IEND", b"")


if __name__ == "__main__":
    from generator.parse.markdown.fast_path import convert

    texts = [body(Random(f"text {number}")) for number in range(1000)]
    taken = sum(convert(text, lambda *_: "") is not None for text in texts)
    print(f"{taken} of {len(texts)} texts take the fast path; {sum(map(len, texts)) // 1000} bytes")
