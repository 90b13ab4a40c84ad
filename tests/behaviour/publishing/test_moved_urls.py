"""No URL moves in silence: a build names it, and `check --fix` keeps it."""

from __future__ import annotations

import json
import re

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from generator.config.loader import read_site
from generator.errors import Problems
from generator.index.views import article_permalink
from generator.model.edit import apply_edits
from generator.parse.document import read_document
from generator.parse.front_matter.article import read_front_matter
from generator.parse.front_matter.kept_url import kept_url
from tests.support.portal import Portal, story

PATH = "content/articles/1.md"
OLD, NEW = "/world/1/story-1/", "/world/1/a-new-headline/"


@pytest.fixture
def watched(portal: Portal) -> Portal:
    """A published portal that warns of moved URLs."""
    site = (portal.root / "site.toml").read_text().replace('moved_url = "off"\n', "")
    portal.write({"site.toml": site})
    portal.stories(story(1), story(2))
    portal.built()
    return portal


def warned(portal: Portal) -> list[str]:
    """The warnings of moved URLs of a build."""
    done = portal.build()
    assert done.code == 0
    return [line for line in done.stderr.splitlines() if line.endswith("[moved_url]")]


def answers(portal: Portal, path: str) -> bool:
    """Whether the site has a file at a site path."""
    return (portal.output / path.strip("/") / "index.html").is_file()


def test_a_build_names_old_and_new_url_and_the_line(watched: Portal) -> None:
    watched.stories(story(1, title="A new headline"))
    done = watched.build()
    assert done.stderr == (
        f"{PATH}:3:1: warning: moved from {OLD} to {NEW}, and nothing answers at the old URL "
        "(write 'slug: story-1' to stay there; 'broadsheet check --fix' does) [moved_url]\n"
    )
    assert done.report["moved_urls"] == [{"source": PATH, "before": OLD, "now": NEW}]
    assert watched.build().stderr == ""


def test_the_line_keeps_the_url(watched: Portal) -> None:
    watched.stories(story(1, "slug: story-1", title="A new headline"))
    assert warned(watched) == []
    assert answers(watched, OLD)


def test_check_reports_a_move_before_and_after_it_is_built_until_it_is_fixed(
    watched: Portal,
) -> None:
    watched.stories(story(1, title="A new headline"))
    assert "[moved_url]" in watched.check().stderr
    warned(watched)
    assert "[moved_url]" in watched.check().stderr
    fixed = watched.check("--fix")
    assert f"{PATH}: changed in 1 place" in fixed.stdout
    assert "[moved_url]" not in fixed.stderr
    assert "slug: story-1\n" in (watched.root / PATH).read_text()
    assert warned(watched) == []
    assert answers(watched, OLD)
    assert "[moved_url]" not in watched.check().stderr


@pytest.mark.parametrize("end", ["\n", "\r\n"])
def test_fix_adds_a_line_and_changes_nothing_else(watched: Portal, end: str) -> None:
    file = watched.root / PATH
    text = story(1, title="A new headline").replace("\n", end)
    file.write_bytes(text.encode())
    watched.check("--fix")
    assert file.read_bytes().decode() == text.replace("title:", f"slug: story-1{end}title:")


def test_several_moves_are_all_kept(watched: Portal) -> None:
    watched.stories(story(1, title="A new headline"))
    warned(watched)
    watched.stories(story(1, title="A third one"))
    warned(watched)
    watched.check("--fix")
    watched.build()
    assert answers(watched, OLD)
    assert answers(watched, NEW)


def test_another_section_is_redirected(watched: Portal) -> None:
    watched.stories(story(1, "section: culture"))
    [line] = warned(watched)
    assert "write 'aliases: [/world/1/story-1/]' to redirect it" in line
    watched.check("--fix")
    assert warned(watched) == []
    assert answers(watched, OLD)


def test_a_chosen_slug_stays_and_the_old_one_redirects(watched: Portal) -> None:
    watched.stories(story(1, "slug: chosen\naliases:\n  - /old/\n  - /older/"))
    [line] = warned(watched)
    assert "aliases" in line
    watched.check("--fix")
    assert f"aliases:\n  - {OLD}\n  - /old/\n  - /older/\n" in (watched.root / PATH).read_text()


def test_a_renamed_file_is_the_same_story(watched: Portal) -> None:
    watched.remove(PATH)
    watched.write({"content/articles/renamed.md": story(1, title="A new headline")})
    [line] = warned(watched)
    assert line.startswith("content/articles/renamed.md:3:1: warning: moved from")


def test_a_story_that_is_gone_or_a_draft_did_not_move(watched: Portal) -> None:
    watched.remove(PATH)
    watched.stories(story(2, "draft: true"), story(3))
    done = watched.build("--allow-removals")
    assert (done.code, done.stderr) == (0, "")


def test_a_story_that_goes_back_did_not_move(watched: Portal) -> None:
    watched.stories(story(1, title="A new headline"))
    assert len(warned(watched)) == 1
    watched.stories(story(1))
    assert warned(watched) == []
    assert "[moved_url]" not in watched.check().stderr


def test_moves_can_stop_a_build(watched: Portal) -> None:
    site = (watched.root / "site.toml").read_text()
    watched.write({"site.toml": site.replace("[check]", '[check]\nmoved_url = "error"')})
    before = watched.tree()
    watched.stories(story(1, title="A new headline"))
    done = watched.build()
    assert done.code == 1
    assert "error: moved from" in done.error
    assert watched.tree() == before


def test_very_many_moves_are_counted(watched: Portal) -> None:
    watched.stories(*(story(number) for number in range(3, 30)))
    watched.built()
    site = (watched.root / "site.toml").read_text()
    watched.write({"site.toml": f'permalink = "/{{section}}/{{slug}}/"\n{site}'})
    lines = warned(watched)
    assert len(lines) == 21
    assert lines[-1].startswith("site.toml: warning: 9 more stories moved")


SITE = read_site(
    b'title = "X"\nbase_url = "https://news.example"\ndefault_source = "X"\n'
    b'[[sections]]\nslug = "world"\ntitle = "World"\n'
)
HEADS = st.sampled_from(
    [
        "",
        "slug: chosen\n",
        "aliases: [/old/]\n",
        'aliases: ["/old/", "/b/"]\n',
        "aliases:\n- /old/\n- /b/\n",
        "aliases:\n    - '/old/'\n",
        "aliases: []\n",
        "tags: [one, two]\n",
    ]
)
SLUGS = st.text("abcñشא-0123456789", min_size=1, max_size=12)


@settings(suppress_health_check=[HealthCheck.filter_too_much])
@given(
    before=SLUGS.map(lambda slug: f"/world/1/{slug.strip('-') or 'x'}/"),
    first=HEADS,
    last=HEADS,
    toml=st.booleans(),
    indentation=st.sampled_from(["", "  "]),
)
def test_what_is_written_keeps_the_url(
    before: str, first: str, last: str, toml: bool, indentation: str
) -> None:
    lines = f"{first}title: Headline\n{last if last[:5] != first[:5] else ''}date: 2024-01-20\n"
    if toml:
        lines = _as_toml(lines)
        text = f"+++\nnews_id = 1\n{lines}+++\n\nBody\n"
    else:
        lines = re.sub("^", indentation, f"news_id: 1\n{lines}", flags=re.MULTILINE).rstrip(" ")
        text = f"---\n{lines}---\n\nBody\n"
    kept = kept_url(PATH, text.encode(), SITE, before)
    assert kept is not None
    if kept.edit is None:
        assert "aliases" in text
        return
    problems = Problems()
    document = read_document(PATH, apply_edits(text, [kept.edit]).encode(), problems)
    assert document is not None
    front = read_front_matter(document, SITE, problems)
    assert front is not None, list(problems)
    assert before in (article_permalink(SITE, front), *front.aliases)


def _as_toml(lines: str) -> str:
    """Front matter of simple lines in TOML."""
    pairs: dict[str, object] = {}
    for line in lines.splitlines():
        if line.lstrip().startswith("- "):
            pairs.setdefault("aliases", [])
            aliases = pairs["aliases"]
            assert isinstance(aliases, list)
            aliases.append(line.lstrip()[2:].strip("'"))
            continue
        key, _, value = line.partition(":")
        value = value.strip()
        if value.startswith("["):
            pairs[key] = [each.strip(' "') for each in value[1:-1].split(",") if each.strip()]
        elif value:
            pairs[key] = value
    return "".join(f"{key} = {json.dumps(value)}\n" for key, value in pairs.items())
