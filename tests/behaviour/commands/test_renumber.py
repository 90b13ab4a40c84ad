"""`broadsheet renumber`: two stories were written with one News ID, and one gets another."""

from __future__ import annotations

import re
import shlex
import shutil
import subprocess
from pathlib import Path

import pytest

from tests.support.portal import BuildResult, Portal, environment, run, story

OLD = "content/articles/2024/3.md"
NEW = "content/articles/2024/4.md"
OTHER = "content/articles/3.md"


def renumber(portal: Portal, *words: str) -> BuildResult:
    return run("renumber", "--root", portal.root, *words)


def git(portal: Portal, *words: str) -> None:
    author = ("-c", "user.name=A", "-c", "user.email=a@news.example", "-c", "commit.gpgsign=false")
    call = ["git", *author, *words]
    subprocess.run(call, cwd=portal.root, env=environment(), check=True, capture_output=True)


def in_branch(portal: Portal, branch: str, title: str, time: str) -> str:
    """The path of a story that is written and committed in a branch of its own."""
    git(portal, "checkout", "-b", branch, "main")
    words = ("--date", f"2024-01-31T{time}", "--publish")
    done = run("new", title, "--root", portal.root, *words)
    git(portal, "add", "--all")
    git(portal, "commit", "--message", title)
    return Path(done.stdout.splitlines()[0]).relative_to(portal.root).as_posix()


def test_a_clash_of_two_branches_is_found_and_fixed_as_the_error_says(published: Portal) -> None:
    published.write({".gitignore": "output/\n.broadsheet/\n"})
    git(published, "init", "--initial-branch", "main")
    git(published, "add", "--all")
    git(published, "commit", "--message", "The portal")
    first = in_branch(published, "a", "Harbour opens", "09:00")
    second = in_branch(published, "b", "Bridge approved", "10:00")
    assert first == "content/articles/2024/01/31/4-harbour-opens.md"
    assert second == "content/articles/2024/01/31/4-bridge-approved.md"
    git(published, "merge", "--no-edit", "a")

    error = published.check().error
    # The newer story is the one to renumber.
    assert error.startswith(f"{second}:2:1: error: News ID '4' is also that of {first} (")
    found = re.search(r"run: broadsheet (.+)\)$", error)
    assert found
    words = shlex.split(found[1])
    assert words == ["renumber", second]
    done = run(*words, "--root", published.root)

    assert (done.code, done.stderr) == (0, "")
    renamed = second.replace("/4-", "/5-")
    assert done.stdout == f"{second}: News ID 4 is now 5\n{second}: now {renamed}\n"
    assert {"world/4/harbour-opens/index.html", "world/5/bridge-approved/index.html"} <= set(
        _built(published)
    )


def _built(portal: Portal) -> dict[str, bytes]:
    portal.built()
    return portal.tree()


def test_the_story_that_was_published_keeps_its_number(published: Portal) -> None:
    """Also when the other one has an earlier date."""
    published.write({OLD: story(3, title="Old news", date="2024-01-01")})
    assert published.build().error.startswith(f"{OLD}:2:1: error: News ID '3' is also that of")
    refused = renumber(published, OTHER)
    assert refused.code == 2
    assert refused.error == (
        f"{OTHER}: error: was published under the News ID 3, and keeps it for ever: "
        f"the last build published it (renumber {OLD}, or use --force)"
    )
    assert renumber(published, OLD).code == 0
    published.built()


FORMS = {
    "a number": b"---\nnews_id: 3\ntitle: A\ndate: 2024-01-20\n---\n",
    "a number with a comment": b"---\ntitle: A\nnews_id:  3  # the 3rd\ndate: 2024-01-20\n---\n",
    "text in quotes": b"---\nnews_id: '3'\ntitle: A\ndate: 2024-01-20\n---\nnews_id: 3\n",
    "text in double quotes": b'---\nnews_id: "3"\ntitle: A\ndate: 2024-01-20\n---\n',
    "CRLF": b"---\r\nnews_id: 3\r\ntitle: A\r\ndate: 2024-01-20\r\n---\r\nText.\r\n",
    "CR": b"---\rnews_id: 3\rtitle: A\rdate: 2024-01-20\r---\r",
    "a byte order mark": b"\xef\xbb\xbf---\ntitle: \xc3\xa9\nnews_id: 3\ndate: 2024-01-20\n---\n",
    "one line": b"---\n{title: A, news_id: 3, date: 2024-01-20}\n---\n",
    "TOML": b"+++\ntitle = 'A'\nnews_id=3\ndate = 2024-01-20\n[extra]\nnews_id = 3\n+++\n",
    "TOML in quotes": b'+++\ntitle = "A"\nnews_id = "3" # 3\ndate = 2024-01-20\n+++\n',
    "blank lines first": b"\n\n---\nnews_id: 3\ntitle: A\ndate: 2024-01-20\n---\n",
}


@pytest.mark.parametrize("form", FORMS)
def test_only_the_number_changes_in_the_file(published: Portal, form: str) -> None:
    published.write({OLD: FORMS[form]})
    assert renumber(published, OLD).code == 0
    before = FORMS[form]
    at = re.search(rb"news_id\s*[:=]\s*[\"']?3", before)
    assert at
    after = before[: at.end() - 1] + b"4" + before[at.end() :]
    assert (published.root / NEW).read_bytes() == after
    assert not (published.root / OLD).exists()
    assert sorted(path.name for path in (published.root / NEW).parent.iterdir()) == ["4.md"]


def test_a_number_with_a_hyphen_is_known_in_the_name(published: Portal) -> None:
    published.write({"content/articles/x-1-harbour.md": story("x-1")})
    done = renumber(published, "content/articles/x-1-harbour.md")
    assert done.stdout.splitlines()[1].endswith(": now content/articles/4-harbour.md")


def test_a_file_with_another_name_keeps_it(published: Portal) -> None:
    path = "content/articles/2024/bridge.md"
    published.write({path: story(3)})
    done = renumber(published, path)
    assert done.stdout == f"{path}: News ID 3 is now 4\n"
    assert "news_id: 4" in (published.root / path).read_text()


def test_a_name_that_is_taken_is_not_written_over(published: Portal) -> None:
    published.write({OLD: story(3), NEW: "---\nnews_id: x\n---\n"})
    assert renumber(published, OLD).stdout == f"{OLD}: News ID 3 is now 4\n"
    assert (published.root / NEW).read_text() == "---\nnews_id: x\n---\n"


def test_several_files_get_one_number_after_the_other(published: Portal) -> None:
    published.write({OLD: story(3), "content/articles/2023/3.md": story(3)})
    done = renumber(published, OLD, "content/articles/2023/3.md")
    assert done.stdout.splitlines()[::2] == [
        f"{OLD}: News ID 3 is now 4",
        "content/articles/2023/3.md: News ID 3 is now 5",
    ]
    published.built()


def test_a_file_is_named_from_the_folder_of_the_author_too(
    published: Portal, monkeypatch: pytest.MonkeyPatch
) -> None:
    published.write({OLD: story(3)})
    monkeypatch.chdir((published.root / OLD).parent)
    assert run("renumber", "3.md", "--root", "../../..").code == 0
    assert (published.root / NEW).is_file()


MENTIONS = {
    "content/articles/7.md": story(
        7,
        "related: [1, 3]\ntranslation_of: 3",
        body="[a](news:3)\n\n[b](2024/3.md)\n\n{{< related 2 3 >}}\n\n[c](news:33)",
    ),
    "content/articles/33.md": story(33, "tags: ['3']"),
    "content/articles/30.md": story(30, body='A [call]({{< ref "2024/3" >}}).'),
    "content/pages/about.md": "---\ntitle: About us\n---\n\n[d](../articles/2024/3.md)\n",
}
NAMED = (
    f"names the News ID 3, which may mean {OTHER} or the renumbered story "
    "(write 34 if it means content/articles/2024/34.md)"
)
LEADS = f"leads to {OLD}, which is renamed (write content/articles/2024/34.md)"
WARNINGS = [
    f"content/articles/30.md:7:10: warning: {LEADS}",
    f"content/articles/7.md:5:14: warning: {NAMED}",
    f"content/articles/7.md:6:17: warning: {NAMED}",
    f"content/articles/7.md:9:5: warning: {NAMED}",
    f"content/articles/7.md:11:5: warning: {LEADS}",
    f"content/articles/7.md:13:1: warning: {NAMED}",
    f"content/pages/about.md:5:5: warning: {LEADS}",
]


@pytest.mark.parametrize("built", [False, True], ids=["never built", "built before"])
def test_whatever_may_mean_the_story_is_listed(published: Portal, *, built: bool) -> None:
    published.write(MENTIONS)
    published.write({OLD: story(5)})
    if built:
        published.built()
    else:
        shutil.rmtree(published.root / ".broadsheet")
    published.write({OLD: story(3)})
    done = renumber(published, OLD)
    assert done.code == 0
    assert done.stderr.splitlines() == WARNINGS


def test_without_a_second_story_a_mention_means_the_one_there_is(published: Portal) -> None:
    published.write({"content/articles/8.md": story(8), "content/articles/7.md": story(7)})
    published.write({"content/articles/7.md": story(7, "related: [8]")})
    done = renumber(published, "content/articles/8.md")
    assert done.stderr.splitlines() == [
        "content/articles/7.md:5:11: warning: names the News ID 8, which no article has any more "
        "(write 9 if it means content/articles/9.md)"
    ]


def test_a_story_in_the_record_of_urls_is_refused_until_forced(published: Portal) -> None:
    published.write({OLD: story(3, title="New"), "published.txt": "/world/3/new/ retired\n"})
    done = renumber(published, OLD)
    assert done.code == 2
    assert "keeps it for ever: published.txt has /world/3/new/ (" in done.error
    assert (published.root / OLD).is_file()
    assert renumber(published, "--force", OLD).code == 0
    assert (published.root / NEW).is_file()


def test_a_published_story_whose_headline_changed_is_refused_too(published: Portal) -> None:
    published.write({"content/articles/9.md": story(9), "published.txt": "/world/9/before/\n"})
    done = renumber(published, "content/articles/9.md")
    assert (
        "published.txt has /world/9/before/ (if no reader has seen it, use --force)" in done.error
    )


def test_the_record_of_urls_decides_against_the_last_build(published: Portal) -> None:
    """An author's own build may have had a story that nobody else saw."""
    published.write({OLD: story(3, title="New"), "published.txt": "/world/3/new/\n"})
    assert renumber(published, OTHER).code == 0
    published.built()


def test_a_draft_of_the_last_build_is_not_published(published: Portal) -> None:
    published.stories(story(9, "draft: true"))
    published.built("--drafts")
    assert renumber(published, "content/articles/9.md").code == 0


@pytest.mark.parametrize(
    ("name", "line"),
    [
        ("content/articles/none.md", "is no article of the portal (name a file below "),
        ("content/pages/about.md", "is no article of the portal (name a file below "),
        ("site.toml", "is no article of the portal (name a file below content/articles/)"),
    ],
)
def test_only_articles_have_numbers(published: Portal, name: str, line: str) -> None:
    done = renumber(published, name)
    assert done.code == 2
    assert done.error.startswith(f"{name}: error: {line}")


def test_a_file_with_errors_is_left_as_it_is_and_they_are_listed(published: Portal) -> None:
    published.write({OLD: story(3, "sorce: X\nkind: x")})
    before = (published.root / OLD).read_bytes()
    done = renumber(published, OLD)
    assert done.code == 1
    assert len(done.errors) == 2
    assert (published.root / OLD).read_bytes() == before


def test_a_number_that_is_not_written_plainly_is_left_to_its_author(published: Portal) -> None:
    text = story(3).replace("news_id: 3", "news_id: >-\n  3")
    published.write({OLD: text})
    done = renumber(published, OLD)
    assert done.code == 2
    assert done.error.endswith("is not written plainly here (write 'news_id: 4' in its place)")
    assert (published.root / OLD).read_text() == text


def test_a_new_number_is_one_that_was_never_published(published: Portal) -> None:
    published.write({OLD: story(3), "published.txt": "/culture/70/gone/ retired\n"})
    assert renumber(published, OLD).stdout.startswith(f"{OLD}: News ID 3 is now 71\n")
