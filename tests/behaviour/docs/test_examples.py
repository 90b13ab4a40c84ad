"""Every example of the manual is run: a block that no test here knows is a failure."""

from __future__ import annotations

import io
import json
import re
import shlex
import shutil
import sqlite3
import subprocess
import sys
from configparser import ConfigParser
from pathlib import Path

import pytest
import yaml
from PIL import Image

from generator.config.loader import read_site
from generator.model.rules import Rule
from tests.support.examples import Example, examples, inline_code
from tests.support.portal import REPOSITORY, Portal, run, story
from tests.support.serving import SmallPortal, serving

EXAMPLES = examples()

NOT_RUN = {
    ("docs/how-builds-work.md", "scan"): "a diagram",
    ("docs/comments.md", "https://old.example"): "a file for Remark42",
    ("docs/comments.md", "remark42"): "a command of Remark42",
    ("docs/publishing.md", "rsync"): "needs a host to copy to",
    ("docs/serve.md", "broadsheet serve"): "runs until it is ended; tests/serve does that",
}
"""Blocks that can't be run, by their file and how they begin, and why."""

MARKDOWN = '\n[markdown]\ndialect = "commonmark"\n'
SITE = """\
title = "The Example Courier"
base_url = "https://news.example/"
"""
SECTIONS = """
[[sections]]
slug = "world"
title = "World"
"""
ARTICLE = "content/articles/2024/01/20/7519.md"
TEXTS = "content/articles/2024/02"
# The heading of article 7519 to which texts of the manual link.
TALKS = "\n## The talks\n\nThey went on.\n"


def _is_run(example: Example) -> bool:
    return not any(
        example.file == file and example.text.startswith(start) for file, start in NOT_RUN
    )


def _of(*languages: str, file: str = "") -> list[Example]:
    """The blocks in some languages that are run, of one file or of all."""
    return [
        example
        for example in EXAMPLES
        if example.language in languages and _is_run(example) and file in ("", example.file)
    ]


def _given(*chosen: Example) -> pytest.MarkDecorator:
    return pytest.mark.parametrize("example", chosen, ids=str)


PLACED = [example for example in EXAMPLES if example.path]
WHOLE = [example for example in _of("markdown") if example.text.startswith(("---", "+++"))]
TEXT = [example for example in _of("markdown") if example not in WHOLE]
FRONT_MATTER = _of("yaml", file="docs/front-matter.md")
HOOKS = _of("yaml", file="docs/check.md")
WORKFLOWS = [example for example in _of("yaml") if example not in (*FRONT_MATTER, *HOOKS)]
SETTINGS = [example for example in _of("toml") if not example.path]
COMMANDS = _of("sh")
SESSIONS = _of("console")
ERRORS = _of("text", file="docs/front-matter.md")
TEMPLATE_ERRORS = _of("text", file="docs/templates.md")
RECORDS = [each for each in _of("text", file="docs/publishing.md") if each.text[0] == "/"]
LEFT_OUT = [
    each for each in _of("text", file="docs/publishing.md") if each.text.startswith("left out")
]
REFUSALS = [
    each for each in _of("text", file="docs/publishing.md") if each not in (*RECORDS, *LEFT_OUT)
]
STYLE_WARNINGS = _of("text", file="docs/check.md")
STYLE = tuple(
    f"[{rule}]"
    for rule in (Rule.MISSING_ALT, Rule.NO_STANDFIRST, Rule.UNUSED_PICTURE, Rule.UNUSED_TERM)
)
SERVED = _of("text", file="docs/serve.md")
ISSO = [*_of("ini"), *_of("json")]


def test_every_block_of_the_manual_is_run_or_says_why_not() -> None:
    known = [*PLACED, *WHOLE, *TEXT, *FRONT_MATTER, *WORKFLOWS, *SETTINGS, *COMMANDS, *SESSIONS]
    known += [*ERRORS, *TEMPLATE_ERRORS, *RECORDS, *REFUSALS, *SERVED, *ISSO, *LEFT_OUT]
    known += [*STYLE_WARNINGS, *HOOKS]
    assert [str(example) for example in EXAMPLES if _is_run(example) and example not in known] == []
    assert len(EXAMPLES) - sum(map(_is_run, EXAMPLES)) == len(NOT_RUN)


def _picture(kind: str) -> bytes:
    file = io.BytesIO()
    Image.new("RGB", (40, 30), "navy").save(file, kind)
    return file.getvalue()


def _text(number: int, body: str) -> str:
    return story(number, "source: FARSNEWS", body=body)


@pytest.fixture(scope="module")
def manual(tmp_path_factory: pytest.TempPathFactory) -> Portal:
    """A portal with all templates, texts and front matter of the manual, and what they name."""
    portal = Portal(tmp_path_factory.mktemp("manual") / "portal")
    portal.write({"site.toml": SITE + SECTIONS + MARKDOWN})
    portal.write({example.path: example.text for example in PLACED})
    whole = next(example for example in WHOLE if example.text.startswith("---"))
    portal.write({ARTICLE: whole.text + TALKS})
    texts = [*(example.text for example in TEXT), _inline_examples()]
    portal.write({f"{TEXTS}/{at}.md": _text(at, text) for at, text in enumerate(texts, 1)})
    for example in FRONT_MATTER:
        path = (
            f"{TEXTS}/7520.md" if "news_id" in example.text else "content/authors/leila-karimi.md"
        )
        portal.write({path: f"---\n{example.text}---\n\nThe text.\n"})
    portal.write(
        {
            f"{TEXTS}/report.pdf": b"%PDF-1.7\n",
            f"{TEXTS}/picture.jpg": _picture("JPEG"),
            f"{TEXTS}/map.png": _picture("PNG"),
            "content/media/2024/report.pdf": b"%PDF-1.7\n",
            "content/media/ministers.jpg": _picture("JPEG"),
            "content/media/leila.jpg": _picture("JPEG"),
            "content/media/logo.png": _picture("PNG"),
            "content/pages/about/ethics.md": "---\ntitle: Ethics\n---\n",
            "templates/comments/coral.html": "<p>{{ settings.root }}</p>",
        }
    )
    return portal


def _inline_examples() -> str:
    """Links, pictures and calls in the prose of the manual; calls of a made-up name are not."""
    found = [
        *inline_code("docs/writing-text.md"),
        *inline_code("docs/templates.md"),
        "\n[text][name]\n\n[name]: news:7519\n",
    ]
    begins = re.compile(r"\[text\]|!\[|\n|\{\{< (?!/)(?!name)(?!NAME)\w")
    return "\n\n".join(text for text in found if begins.match(text))


def _of_no_style(lines: list[str]) -> list[str]:
    """The lines without those of rules of style: examples are short, and show one thing each."""
    return [line for line in lines if not line.endswith(STYLE)]


@pytest.fixture(scope="module")
def complaints(manual: Portal) -> list[str]:
    """What `check --links` says of the whole portal."""
    return _of_no_style(manual.check("--links").stderr.splitlines())


def test_all_examples_together_make_a_sound_portal(complaints: list[str]) -> None:
    assert complaints == []


def test_the_manuals_calls_and_links_are_tried(manual: Portal) -> None:
    text = _inline_examples()
    assert "news:7519#the-talks" in text
    assert "{{< figure" in text
    assert "{{< pullquote" in text
    manual.built()
    page = f"world/{len(TEXT) + 1}/story-{len(TEXT) + 1}/index.html"
    assert "<figcaption>Mina Rostamzad</figcaption>" in manual.text(page)


@_given(*WHOLE)
def test_an_article_of_the_manual_is_published(manual: Portal, example: Example) -> None:
    manual.built()
    before = (manual.root / ARTICLE).read_text("utf-8")
    manual.write({ARTICLE: example.text + TALKS})
    manual.built()
    manual.write({ARTICLE: before})
    assert [name for name in manual.tree() if name.startswith("world/7519/")]


@_given(*SETTINGS)
def test_settings_of_the_manual_build_a_portal(manual: Portal, example: Example) -> None:
    whole = example.text.startswith("title")
    sections = "" if "[[sections]]" in example.text else SECTIONS
    text = example.text if whole else f"{SITE}{sections}\n{example.text}"
    read_site(text.encode())
    manual.write({"site.toml": text})
    done = manual.check("--links")
    manual.write({"site.toml": SITE + SECTIONS + MARKDOWN})
    # In the other dialect, `check` warns of examples that are CommonMark's.
    found = _of_no_style(done.stderr.splitlines())
    others = [line for line in found if not line.startswith(TEXTS)]
    assert (done.code, others) == (0, [])


@_given(*WORKFLOWS)
def test_a_workflow_of_the_manual_is_yaml(example: Example) -> None:
    steps = yaml.safe_load(example.text)
    assert [set(step) for step in steps] == [{"uses", "with"}]


@_given(*HOOKS)
def test_a_hook_of_the_manual_runs_check_on_stories(manual: Portal, example: Example) -> None:
    [repository] = yaml.safe_load(example.text)["repos"]
    [hook] = repository["hooks"]
    program, *words = shlex.split(hook["entry"])
    assert program == "broadsheet"
    assert re.match(hook["files"], ARTICLE)
    assert run(*words, "--root", manual.root, ARTICLE).code == 0


@_given(*STYLE_WARNINGS)
def test_a_warning_of_the_manual_is_what_check_says(portal: Portal, example: Example) -> None:
    expected = " ".join(example.text.split())
    path = expected.partition(":")[0]
    portal.write({path: story(7519, title="x" * 131)})
    assert expected in portal.check().stderr.splitlines()


@_given(*LEFT_OUT)
def test_what_is_left_out_is_said_as_the_manual_shows(portal: Portal, example: Example) -> None:
    portal.stories(story(1, "draft: true"), story(2, "draft: true"))
    portal.stories(story(3, "publish_at: 2024-02-01T18:00:00Z"), story(4))
    portal.write({f"content/article/{number}.md": story(number) for number in (7, 8, 9)})
    shown = " ".join(example.text.split()).replace("article/9.md", "article/7.md")
    assert shown in portal.built().stdout.splitlines()


@_given(*COMMANDS)
def test_a_command_of_the_manual_does_its_work(
    manual: Portal, example: Example, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(manual.root)
    for line in example.text.splitlines():
        words = shlex.split(line, comments=True)
        if words[0] == "make":
            assert (
                subprocess.run([*words, "--dry-run"], cwd=REPOSITORY, check=False).returncode == 0
            )
        else:
            assert Path(words[0]).name == "broadsheet"
            assert run(*words[1:]).code == 0


def _prepare(manual: Portal, command: str) -> None:
    """Change what the session's command is said to find changed."""
    assert run("build").code == 0
    text = (manual.root / ARTICLE).read_text("utf-8")
    if command == "build":
        manual.write({ARTICLE: f"{text}\nA later paragraph.\n"})
    else:
        manual.write({ARTICLE: text.replace("title: ", "title: At last, ")})
        assert run("build").code == 0


@_given(*SESSIONS)
def test_a_session_of_the_manual_goes_as_it_is_shown(
    manual: Portal, example: Example, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(manual.root)
    before = (manual.root / ARTICLE).read_text("utf-8")
    prompt, *expected = example.text.splitlines()
    _, program, *words = shlex.split(prompt)
    assert program == "broadsheet"
    _prepare(manual, words[0])
    done = run(*words)
    manual.write({ARTICLE: before})
    assert (done.code, done.stderr) == (0, "")
    assert _unmatched(expected, done.stdout.splitlines()) == []


def _unmatched(expected: list[str], lines: list[str]) -> list[str]:
    """The expected lines that do not occur in this order; … stands for anything."""
    rest = iter(lines)
    return [
        line
        for line in expected
        if line.strip() != "…" and not any(_pattern(line).fullmatch(each) for each in rest)
    ]


def _pattern(line: str) -> re.Pattern[str]:
    """What a shown line may be: any number may be another."""
    return re.compile(re.sub(r"\d+", r"\\d+", re.escape(line)).replace("…", ".*"))


@_given(*ERRORS)
def test_an_error_of_the_manual_is_what_a_build_says(manual: Portal, example: Example) -> None:
    [line] = example.text.splitlines()
    path, number, _ = line.split(":", 2)
    key = re.search(r"unknown key '(\w+)'", line)
    quoted = re.search(r"in quotes: (title: \"(.*)\")\)", line)
    wrong = f"{key[1]}: FARSNEWS" if key else f"title: {quoted[2]}" if quoted else ""
    assert wrong
    before = (manual.root / path).read_text("utf-8")
    text = ["---", *("#" for _ in range(2, int(number))), wrong, "---"]
    manual.write({path: "\n".join(text)})
    done = manual.build()
    manual.write({path: before})
    assert line in done.errors


@_given(*TEMPLATE_ERRORS)
def test_an_error_in_a_template_is_told_as_the_manual_shows(
    portal: Portal, example: Example
) -> None:
    [line] = example.text.splitlines()
    path, number, _ = line.split(":", 2)
    name = re.search(r"a story has no '(\w+)'", line)
    assert name
    portal.stories(story(1), story(2))
    portal.write({path: "\n" * (int(number) - 1) + f"<h1>{{{{ article.{name[1]} }}}}</h1>"})
    error = portal.build().error
    assert _pattern(line).fullmatch(error)
    assert error.partition(" ")[0] == line.partition(" ")[0]


@_given(*RECORDS)
def test_a_record_of_the_manual_is_kept(portal: Portal, example: Example) -> None:
    portal.stories(story(7519, title="A headline"))
    portal.write({"published.txt": example.text})
    portal.built()


@_given(*REFUSALS)
def test_a_refusal_of_the_manual_is_what_a_build_says(
    portal: Portal, example: Example, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(portal.root)
    expected = " ".join(example.text.split()).replace("1204", "2")
    portal.stories(story(1), story(2))
    if "no such folder" in expected:
        portal.built()
        shutil.rmtree(portal.root / "content/articles")
        done = portal.build()
    else:
        portal.write({"site/index.html": "Ours."})
        done = portal.build("--output", "site")
    assert done.code != 0
    shown = expected.replace("content/articles/2024/01/20/7519.md", "content/articles/1.md")
    assert re.search(_pattern(shown).pattern, done.stderr)


@_given(*SERVED)
def test_a_server_speaks_as_the_manual_shows(tmp_path: Path, example: Example) -> None:
    portal = SmallPortal(tmp_path)
    path = "content/articles/2024/01/20/7519.md"
    text = portal.article("A bridge is opened", 7519)
    portal.save(path, text)
    expected = example.text.splitlines()
    with serving(portal) as server:
        server.built()
        portal.save(path, text.replace("date:", "sorce: FARSNEWS\ndate:"))
        server.line("stays")
        portal.save(path, text)
        server.line("fixed")
        assert _unmatched(expected, [line.rstrip("\n") for line in server.seen]) == []


@_given(*ISSO)
def test_a_file_for_isso_is_one_that_it_reads(example: Example, tmp_path: Path) -> None:
    database = tmp_path / "comments.db"
    settings = f"[general]\ndbpath = {database}\nhost = https://news.example/\n"
    config, comments = tmp_path / "isso.cfg", tmp_path / "comments.json"
    if example.language == "ini":
        _known_to_isso(example.text)
        settings = example.text.replace("/var/lib/isso/comments.db", str(database))
    config.write_text(f"{settings}\n[markup]\nrenderer = mistune\n", "utf-8")
    given = json.loads(example.text) if example.language == "json" else []
    comments.write_text(json.dumps(given), "utf-8")
    command = [sys.executable, "-c", "import isso; isso.main()", "-c", str(config)]
    done = subprocess.run(
        [*command, "import", "-t", "generic", str(comments)], capture_output=True, check=False
    )
    assert done.returncode == 0, done.stderr
    with sqlite3.connect(database) as connection:
        found = connection.execute("SELECT uri FROM threads").fetchall()
    connection.close()
    assert found == [(thread["id"],) for thread in given]


def _known_to_isso(text: str) -> None:
    """Each section and key is one of Isso's own configuration."""
    from isso.config import default_file

    known, written = ConfigParser(interpolation=None), ConfigParser(interpolation=None)
    known.read(default_file())
    written.read_string(text)
    for section in written.sections():
        assert set(written[section]) <= set(known[section])
