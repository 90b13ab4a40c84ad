"""An archive as newsrooms have them: from another generator, in many scripts, with HTML in it."""

from __future__ import annotations

import random
import re
from collections.abc import Iterator

import pytest

from generator.model.permalink import slugify
from tests.support.portal import Portal

STORIES = 300
SCRIPTS = (
    "Réunion d'urgence à l'Élysée",
    "تهران و اسلام‌آباد آرام می‌شوند",
    "Пограничный кризис: что дальше?",
    "国境の危機、収束へ",
    "सीमा पर शांति की ओर",
    "השרים שוחחו בטלפון",
    "Σύνορα: ένα τηλεφώνημα",
    "Straßenbahn fährt wieder – endlich!",
    "İstanbul'da kar",
    "100 % sure: C++ & <b> in a #headline?",
    "국경에서",
    "سلام؟ «بله»",
)
HTML = (
    '<div class="wp-caption" style="float:left" onclick="x()"><img src="https://cdn.example/a.jpg">'
    "<p>Caption</p></div>",
    '<table border="1"><tr><td bgcolor=red>A<td>B</table>',
    "<center><font color=red>Old</font></center>",
    "<p>Unclosed <b>bold\n\nand <i>crossed</b> tags</i>",
    '<iframe src="https://www.youtube.com/embed/x"></iframe>',
    "<!-- a comment --> &nbsp; &copy; &bogus; & < >",
    '<a name="old"></a><a href="javascript:alert(1)">x</a>',
    "<blockquote>Quoted <cite>someone</cite></blockquote>",
    "<svg/onload=alert(1)><math><mi//xlink:href='data:x,<script>alert(1)</script>'>",
)
SHORTCODES = (
    '{{< tweet user="a" id="1" >}}',
    "{{< gist spf13 7896402 >}}",
    "{{% notice info %}}Read *this*.{{% /notice %}}",
    '{{< param "other" >}}',
    "{{< highlight go >}}x := 1{{< /highlight >}}",
)
NAMES = ("tweet", "gist", "notice", "param", "highlight")


def texts(shortcodes: bool) -> Iterator[tuple[str, str]]:
    """Paths and texts of a deterministic archive."""
    chance = random.Random(2024)
    for number in range(1, STORIES + 1):
        title = f"{chance.choice(SCRIPTS)} {number}".replace("'", "''")
        month, day = chance.randint(1, 12), chance.randint(1, 28)
        keys = [f"news_id: {number}", f"title: '{title}'", f"date: 2023-{month:02}-{day:02}"]
        if number % 3 == 0:
            keys.append(f"tags: ['{chance.choice(SCRIPTS).replace(chr(39), '')}', News]")
        if number % 4 == 0:
            keys.append("authors: [Zoë Ångström, 'محمد رضایی']")
        parts = [f"Lead of {number}.", chance.choice(HTML), "* one\n* two\n", chance.choice(HTML)]
        if shortcodes and number % 10 == 0:
            parts.append(SHORTCODES[number // 10 % len(SHORTCODES)])
        parts.append(f"[more](news:{chance.randint(1, STORIES)})")
        end = "\r\n" if number % 7 == 0 else "\n"
        text = "\n".join(["---", *keys, "---", "", "\n\n".join(parts), ""]).replace("\n", end)
        yield f"content/articles/2023/{month:02}/{number}-{slugify(title)[:20]}.md", text


@pytest.fixture
def archive(portal: Portal) -> Portal:
    portal.write(dict(texts(shortcodes=True)))
    return portal


def test_each_shortcode_that_the_theme_lacks_is_named_with_its_place(archive: Portal) -> None:
    done = archive.build()

    assert done.code == 1
    errors = [line for line in done.stderr.splitlines() if ": error: " in line]
    assert len(errors) == STORIES // 10
    pattern = re.compile(
        r"(content/articles/\S+\.md):(\d+):(\d+): error: unknown shortcode '(\w+)' \((.*)\)"
    )
    for line in errors:
        found = pattern.fullmatch(line)
        assert found, line
        path, row, column, name, hint = found.groups()
        written = (archive.root / path).read_text("utf-8").splitlines()[int(row) - 1]
        assert re.match(rf"\{{\{{[<%] {name}\b", written[int(column) - 1 :]), line
        assert "did you mean" in hint or f"templates/shortcodes/{name}.html" in hint
    assert {line.split("'")[1] for line in errors} == set(NAMES)
    assert not archive.output.exists()


def test_an_archive_builds_with_unknown_shortcodes_as_text(archive: Portal) -> None:
    archive.settings('[markdown]\nunknown_shortcodes = "text"\n')

    done = archive.build()

    assert done.code == 0
    assert all(": warning: " in line for line in done.stderr.splitlines())
    pages = {name: text for name, text in archive.tree().items() if name.endswith(".html")}
    stories = [name for name in pages if re.match(r"world/\d+/", name)]
    assert len(stories) == STORIES
    shown = b"".join(pages[name] for name in stories)
    assert b"{{&lt; gist spf13 7896402 &gt;}}" in shown
    assert b"{{% notice info %}}" in shown
    for hostile in (b"onclick", b"onload", b"javascript:", b"<iframe", b"alert(1)</script>"):
        assert hostile not in shown
    assert any("تهران-و-اسلام" in name for name in stories)
    assert any("国境の危機" in name for name in stories)


def test_an_archive_builds_with_unknown_shortcodes_dropped(portal: Portal) -> None:
    portal.write(dict(list(texts(shortcodes=True))[:20]))
    portal.settings('[markdown]\nunknown_shortcodes = "drop"\n')
    numbers = r"\(news:\d+\)"
    for path in portal.root.glob("content/articles/**/*.md"):
        path.write_text(re.sub(numbers, "(news:1)", path.read_text("utf-8")), "utf-8")
    assert portal.build().code == 0
    assert portal.says("gist spf13") == []
