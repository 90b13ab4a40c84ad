"""Hidden files and what other programs leave behind: neither published nor watched."""

from __future__ import annotations

from pathlib import Path
from tempfile import TemporaryDirectory

import pytest
from hypothesis import example, given
from hypothesis import strategies as st
from watchfiles import Change

from generator.scan.directory import content_of
from generator.scan.ignore import is_ignored, is_path_ignored
from generator.serve.watcher import sources_only
from tests.support.portal import Portal, story

ROOTS = ("articles", "pages", "authors", "media", "static")

LITTER = {
    "Emacs": ("#2.md#", "2.md~", "2.md.~1~", ".#2.md"),
    "Vim": (".2.md.swp", ".2.md.swo", ".2.md.swx", ".humans.txt.swp", "2.md~", "4913"),
    "Vim on Windows": ("2_md.swp",),
    "Kate": (".2.md.kate-swp", "2.md~"),
    "JetBrains": ("2.md___jb_tmp___", "2.md___jb_old___", ".idea"),
    "GNOME": (".goutputstream-X1Y2Z3", ".Trash-1000"),
    "LibreOffice": (".~lock.table.ods#",),
    "Microsoft Office": ("~$report.docx", "~WRL0001.tmp"),
    "macOS": ("._hill.jpg", ".DS_Store", ".Spotlight-V100", ".Trashes", "Icon\r", "__MACOSX"),
    "Windows": ("Thumbs.db", "desktop.ini", "Desktop.ini", "$RECYCLE.BIN"),
    "Linux": ("lost+found", ".directory", ".nfs000000000000a1"),
    "Dropbox": (".dropbox", ".dropbox.cache"),
    "Syncthing": (".stfolder", ".stversions", ".syncthing.2.md.tmp", "~syncthing~2.md.tmp"),
    "Nextcloud": (".~2.md", ".nextcloudsync.log"),
    "Synology": ("@eaDir", "#recycle"),
    "rsync": (".2.md.AbC123",),
    "Obsidian": (".obsidian", ".trash"),
    "version control": (".git", ".gitignore", ".gitkeep", ".svn", ".hg", ".jj"),
    "browsers": ("film.part", "film.mp4.crdownload", "hill.jpg.crswap"),
    "editors that rename": ("2.md.tmp", "film.TEMP"),
}
NAMES = sorted({name for names in LITTER.values() for name in names})
CONTENT = (
    "2.md",
    "4913.md",
    "bridge #2.md",
    "#hashtag.md",
    "~2.md",
    "a~b.md",
    "swp.md",
    "film.swf",
    "2 (conflicted copy).md",
    "2.sync-conflict-20240120.md",
    "node_modules",
    "party",
    "#",
)


@pytest.mark.parametrize("name", NAMES)
@pytest.mark.parametrize("root", ROOTS)
def test_what_other_programs_leave_behind_is_no_content(root: str, name: str) -> None:
    assert is_ignored(f"content/{root}", name)
    assert is_ignored(f"content/{root}/2024", name)


@pytest.mark.parametrize("name", CONTENT)
@pytest.mark.parametrize("root", ROOTS)
def test_other_names_are_content(root: str, name: str) -> None:
    assert not is_ignored(f"content/{root}", name)


@pytest.mark.parametrize(
    ("path", "ignored"),
    [
        ("content/static/.well-known", False),
        ("content/static/.well-known/security.txt", False),
        ("content/static/.well-known/acme/token", False),
        ("content/static/.well-known/.hidden", True),
        ("content/static/.well-known/security.txt~", True),
        ("content/static/sub/.well-known/security.txt", True),
        ("content/media/.well-known/hill.jpg", True),
        ("content/articles/.trash/2.md", True),
        ("content/articles/2024/.stversions/01/2.md", True),
        ("content/articles/2024/01/2.md", False),
        ("templates/.git/HEAD", True),
        ("templates/article.html", False),
    ],
)
def test_nothing_under_a_hidden_name_is_content_but_what_is_well_known(
    path: str, ignored: bool
) -> None:
    assert is_path_ignored(path) == ignored


_PIECES = st.sampled_from(
    ". # ~ ~$ $ 4913 2 a .md .MD .swp .swf .tmp .part ___jb_tmp___ Thumbs .db Icon \r "
    "lost+found well-known git hill .jpg é _".split(" ")
)
_ANY_NAME = (
    st.one_of(
        st.lists(_PIECES, min_size=1, max_size=5).map("".join),
        st.text(st.characters(exclude_categories=["Cs"]), min_size=1, max_size=8),
    )
    .filter(lambda name: "/" not in name and "\0" not in name and name not in (".", ".."))
    .filter(lambda name: len(name.encode()) <= 100)
)


@given(root=st.sampled_from(ROOTS), names=st.lists(_ANY_NAME, min_size=1, max_size=20))
@example(root="articles", names=NAMES)
@example(root="static", names=[*NAMES, *CONTENT, ".well-known"])
@example(root="pages", names=list(CONTENT))
def test_what_is_content_is_watched_and_what_is_not_is_not(root: str, names: list[str]) -> None:
    with TemporaryDirectory() as folder:
        portal = Path(folder)
        base = portal / "content" / root
        base.mkdir(parents=True)
        for name in names:
            (base / name).write_text("")
        kept = sources_only(portal / "content", [portal / "templates"])

        content = content_of(portal, f"content/{root}", f"content/{root}")

        assert [each for each in content.problems if each.severity == "error"] == []
        present = [path.name for path in base.iterdir()]
        watched = [name for name in present if kept(Change.modified, str(base / name))]
        assert sorted(content.names) == sorted(watched)


@pytest.mark.parametrize("name", NAMES)
def test_the_theme_is_watched_where_it_is_read(tmp_path: Path, name: str) -> None:
    kept = sources_only(tmp_path / "content", [tmp_path / "templates"])
    assert not kept(Change.added, str(tmp_path / "templates/assets" / name))
    assert not kept(Change.added, str(tmp_path / "templates" / name / "article.html"))
    assert kept(Change.added, str(tmp_path / "templates/assets/site.css"))


def test_a_portal_in_a_hidden_folder_is_watched(tmp_path: Path) -> None:
    root = tmp_path / ".cache" / "portal"
    kept = sources_only(root / "content", [root / "templates"])
    assert kept(Change.modified, str(root / "content/articles/2.md"))
    assert kept(Change.deleted, str(root / "content"))
    assert kept(Change.modified, str(root / "content/."))
    assert kept(Change.modified, str(root / "templates/article.html"))


def test_litter_changes_nothing_in_the_output(published: Portal) -> None:
    before = published.tree()
    for name in NAMES:
        for root in ROOTS:
            published.write({f"content/{root}/{name}": story(99, title="Litter")})
        published.write({f"templates/assets/{name}": "p {}", f"templates/{name}": "{% broken"})

    done = published.build()

    assert done.code == 0
    # It could be anybody's, and stays only where a copy was broken off.
    assert [line.split(": ")[0] for line in done.stderr.splitlines()] == [
        "content/static/.2.md.AbC123"
    ]
    assert published.tree() == before


@pytest.mark.parametrize("hidden", [".trash", ".stversions", ".git", "2024/.obsidian", "@eaDir"])
def test_nothing_in_a_hidden_folder_is_published(published: Portal, hidden: str) -> None:
    before = published.tree()
    published.write(
        {
            f"content/articles/{hidden}/9.md": story(9, title="Thrown away"),
            f"content/articles/{hidden}/deep/8.md": "no front matter",
            f"content/pages/{hidden}/old.md": "---\ntitle: Thrown away\n---\n",
            f"content/authors/{hidden}/old.md": "---\nname: Thrown away\n---\n",
            f"content/media/{hidden}/broken.png": b"not a picture",
            f"content/static/well/{hidden}/old.txt": "Thrown away",
        }
    )

    published.built()

    assert published.tree() == before


def test_an_emacs_lock_is_no_broken_link(published: Portal) -> None:
    before = published.tree()
    for root in ROOTS:
        (published.root / f"content/{root}/.#2.md").symlink_to("editor@desk.example:1")
    published.built()
    assert published.tree() == before


def test_a_name_with_a_hash_sign_in_front_is_an_article(published: Portal) -> None:
    published.write({"content/articles/#9.md": story(9)})
    published.built()
    assert published.says("Story 9")


def test_what_is_well_known_is_published(published: Portal) -> None:
    published.write({"content/static/.well-known/security.txt": "Contact: desk@news.example\n"})
    published.built()
    assert published.text(".well-known/security.txt") == "Contact: desk@news.example\n"


def test_a_hidden_file_that_a_host_may_need_is_named_in_every_build(published: Portal) -> None:
    published.write({"content/static/.htaccess": "deny\n", "content/static/a/.secret/x.txt": "x\n"})
    lines = [
        f"content/static/{name}: warning: is not published, as its name begins with a dot "
        "(in content/static/ only .well-known is; give a host its settings another way) "
        "[hidden_file]"
        for name in (".htaccess", "a/.secret")
    ]
    first, up_to_date = published.build("--verify"), published.build()
    assert (first.code, first.stderr.splitlines()) == (0, lines)
    assert (up_to_date.code, up_to_date.stderr.splitlines()) == (0, lines)
    assert up_to_date.report["outputs"]["rendered"] == 0
    assert not published.says("deny")
