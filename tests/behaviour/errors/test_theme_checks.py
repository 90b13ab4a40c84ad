"""What no page would show of a theme is reported: blocks, texts, words, files of style sheets."""

from __future__ import annotations

import re

import pytest

from generator.render.template_checks import template_problems
from generator.theme.style_checks import style_problems
from generator.theme.theme import Theme, default_theme
from generator.theme.translation_files import word_keys
from tests.support.portal import Portal, story

BASE = '{% extends "base.html" %}\n'
ARTICLE, SHEET = "templates/article.html", "templates/assets/css/own.css"


@pytest.fixture
def portal(portal: Portal) -> Portal:
    """A portal with one story."""
    portal.stories(story(1))
    return portal


TEMPLATES: dict[str, tuple[str, str]] = {
    "a block that the parent lacks": (
        BASE + "{% block mian %}<p>Lost</p>{% endblock %}",
        "2:10: error: the block 'mian' is never shown: 'base.html' has no such block "
        "(did you mean 'main'?)",
    ),
    "a block like no other": (
        BASE + "{% if article %}{% block zzz %}{% endblock %}{% endif %}",
        "2:26: error: the block 'zzz' is never shown: 'base.html' has no such block "
        "(its blocks are title, meta, social,",
    ),
    "a block that the default theme's own file lacks": (
        '{% extends "!article.html" %}{% block txet %}{% endblock %}',
        "1:39: error: the block 'txet' is never shown: '!article.html' has no such block "
        "(did you mean 'text'?)",
    ),
    "a text outside of the blocks": (
        BASE + "{# no #}\n<!-- no -->\n\n<p>Lost</p>\n{% block main %}x{% endblock %}",
        "5: warning: this is outside of every block and never shown, as 'base.html' is extended "
        "(put it into a block, or write it as a comment, {# … #})",
    ),
    "words that no language has": (
        '<p>\n{{ t("publishd") }}',
        "2:7: error: no language in i18n/ has the words 'publishd' (did you mean 'published'?)",
    ),
    "words like no others": (
        '{{ t("zzz") }}',
        "1:7: error: no language in i18n/ has the words 'zzz' "
        '(write zzz = "…" into templates/i18n/en.toml)',
    ),
}


@pytest.mark.parametrize("case", TEMPLATES)
def test_what_no_page_would_show_of_a_template_is_told(portal: Portal, case: str) -> None:
    text, expected = TEMPLATES[case]
    portal.write({ARTICLE: text})
    done = portal.build()
    assert done.stderr.startswith(f"{ARTICLE}:{expected}")
    assert done.stderr.count("\n") == 1
    failed = ": error: " in expected
    assert (done.code, portal.output.exists()) == (int(failed), not failed)


def test_it_is_told_also_of_a_template_that_no_page_uses_and_beside_other_errors(
    portal: Portal,
) -> None:
    portal.write({"templates/longread.html": TEMPLATES["words like no others"][0]})
    portal.write({ARTICLE: TEMPLATES["a block that the parent lacks"][0]})
    portal.stories(story(2, "sorce: X"))
    done = portal.build()
    assert [line.partition(" ")[0] for line in done.errors] == [
        "content/articles/2.md:5:1:",
        f"{ARTICLE}:2:10:",
        "templates/longread.html:1:7:",
    ]


def test_a_build_that_keeps_going_publishes_nothing_with_a_lost_block(portal: Portal) -> None:
    portal.built()
    before = portal.tree()
    portal.write({ARTICLE: TEMPLATES["a block that the parent lacks"][0]})
    assert portal.build("--keep-going").code == 1
    assert portal.tree() == before
    assert portal.build().code == 1
    portal.remove(ARTICLE)
    portal.built()


def test_a_check_says_so_each_time(portal: Portal) -> None:
    portal.write({ARTICLE: TEMPLATES["a text outside of the blocks"][0]})
    for _ in range(2):
        done = portal.check()
        assert (done.code, "never shown" in done.stderr) == (0, True)


def test_a_warning_of_the_theme_holds_in_every_build(portal: Portal) -> None:
    portal.write({ARTICLE: TEMPLATES["a text outside of the blocks"][0]})
    warned = portal.build().stderr
    assert warned
    portal.stories(story(2))
    assert portal.build().stderr == warned
    assert portal.build().stderr == warned


@pytest.mark.parametrize(
    "text",
    [
        BASE + "{% block main %}{% block own %}shown{% endblock %}{% endblock %}",
        BASE + "{% block own %}shown{% endblock %}{% block main %}{{ self.own() }}{% endblock %}",
        BASE + "{% set x = 1 %}\n<!-- a comment -->\n{% block main %}shown{% endblock %}",
        '{% extends "article.html" if no else "!article.html" %}{% block any %}{% endblock %}shown',
        "{% block any %}shown{% endblock %}",
        '{% extends "!article.html" %}{% block aside %}shown{% endblock %}',
        "{% macro t(x) %}shown{% endmacro %}{{ t('by') }}",
        "shown {{ t('motto') }}",
        "shown {{ t('by') ~ t(key | default('by')) }}",
    ],
)
def test_what_is_shown_is_not_told(portal: Portal, text: str) -> None:
    portal.write({"templates/i18n/en.toml": 'motto = "M"'} if "motto" in text else {})
    portal.write({ARTICLE: text.replace("if no else", "if false else")})
    portal.built()


def test_the_default_theme_has_nothing_of_it() -> None:
    folder = default_theme()
    theme, root = Theme((folder,)), folder.parent
    assert list(template_problems(theme, root, word_keys(theme))) == []
    assert list(style_problems(theme, root)) == []


def test_every_block_that_is_misspelt_is_told_with_the_nearest(portal: Portal) -> None:
    text = (default_theme() / "base.html").read_text("utf-8")
    names = re.findall(r"{% block (\w+)", text)
    assert len(names) > len("main")
    for name in names:
        portal.write({f"templates/x-{name}.html": BASE + f"{{% block {name}x %}}{{% endblock %}}"})
    lines = portal.build().errors
    assert len(lines) == len(names)
    assert all(f"(did you mean '{name}'?)" in "\n".join(lines) for name in names)


STYLES: dict[str, tuple[str, str]] = {
    "a picture": (
        "a {}\n.b { background: url('../img/hil.svg') }",
        "2:23: warning: there is no asset '../img/hil.svg' as seen from this file "
        "(did you mean '../img/hill.svg'?) [missing_asset]",
    ),
    "an import": (
        '@import "brodsheet.css";',
        "1:10: error: there is no asset 'brodsheet.css' as seen from this file "
        "(did you mean 'broadsheet.css'?)",
    ),
    "an import with url": (
        "@import url( zzz.css ) print;",
        "1:14: error: there is no asset 'zzz.css' as seen from this file",
    ),
    "a file by its address": (
        "a { cursor: url(/assets/img/hill.svg) }",
        "1:17: warning: '/assets/img/hill.svg' leads nowhere, as assets have a hash in their names "
        "(write it as seen from this file: '../img/hill.svg') [missing_asset]",
    ),
    "a byte that is no text": (
        "caf\udce9 {}",
        "1:4: error: not UTF-8: the byte 0xE9 can't be read (save the file as UTF-8)",
    ),
    "itself": (
        "a {}\n@import url(other.css);",
        "2:13: error: this style sheet refers to itself by way of 'css/other.css'",
    ),
}


@pytest.mark.parametrize("case", STYLES)
def test_a_file_that_a_style_sheet_misses_is_told(portal: Portal, case: str) -> None:
    text, expected = STYLES[case]
    portal.write({SHEET: text.encode("utf-8", "surrogateescape")})
    portal.write({"templates/assets/img/hill.svg": "<svg xmlns='http://www.w3.org/2000/svg'/>"})
    if case == "itself":
        portal.write({"templates/assets/css/other.css": '@import "own.css";'})
    done = portal.build()
    lines = [line for line in done.stderr.splitlines() if SHEET in line]
    assert lines == [f"{SHEET}:{expected}"]
    assert done.code == int(": error: " in expected)


def test_a_style_sheet_refers_to_files_by_the_names_that_they_are_published_under(
    portal: Portal,
) -> None:
    sheet = (
        "/* url(no.png) @import 'no.css' */\n"
        '@import "own-fonts.css" layer(x);\n'
        "@import url(https://elsewhere.example/x.css);\n"
        "a::before { content: 'url(no.png)' }\n"
        '.a { src: url("../a font.woff2?#iefix") }\n'
        ".b { fill: URL( ../img/hill.svg#top ) }\n"
        ".c { fill: url(#here); mask: url(data:image/png;base64,AA) }\n"
        ".d { background: url(/humans.txt) url(../../../media/out.png) }\n"
    )
    portal.write(
        {
            SHEET: sheet,
            "templates/assets/css/own-fonts.css": "b {}",
            "templates/assets/a font.woff2": "font",
            "templates/assets/img/hill.svg": "<svg xmlns='http://www.w3.org/2000/svg'/>",
        }
    )
    portal.built()

    [name] = [name for name in portal.tree() if name.startswith("assets/css/own.")]
    text = portal.text(name)
    hashed = r"\.[0-9a-f]{10}"
    expected = re.escape(sheet)
    for path in ("own-fonts.css", "../a font.woff2", "../img/hill.svg"):
        stem, dot, ending = path.rpartition(".")
        before = "" if path.startswith("..") else r"\.\./css/"
        stem = stem.replace("../", r"\.\./")
        new = f"{before}{stem.replace(' ', '%20')}{hashed}{re.escape(dot)}{ending}"
        expected = expected.replace(re.escape(path), new)
    assert re.fullmatch(expected, text), text
    for address in re.findall(r'["(]\s?(\.\./[^"?# )]+)', text):
        file = f"assets/{address.removeprefix('../')}".replace("%20", " ")
        assert address.startswith("../..") or file in portal.tree()
