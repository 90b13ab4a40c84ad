"""`[editor]` of site.toml becomes the form of an editor's links, or is an error."""

from __future__ import annotations

import pytest

from generator.config.editor import EDITORS
from generator.config.loader import read_site
from generator.model.site import Editor
from tests.support.portal import REPOSITORY
from tests.support.reading import SITE_TOML, site_faults


def _editor(table: str) -> Editor:
    return read_site(f"{SITE_TOML}\n[editor]\n{table}\n".encode()).editor


def test_without_the_table_there_is_no_editor() -> None:
    assert read_site(SITE_TOML.encode()).editor == Editor() == _editor("")


def test_an_editor_is_named_or_the_form_of_its_links_is_given() -> None:
    assert _editor('name = "vscode"').url == "vscode://file{file}:{line}:{column}"
    assert _editor('name = "idea"').url == "idea://open?file={file}&line={line}&column={column}"
    assert _editor('url = "nova://open?path={file}&line={line}"').url == (
        "nova://open?path={file}&line={line}"
    )


def test_the_manual_names_every_editor() -> None:
    text = (REPOSITORY / "docs/site-toml.md").read_text("utf-8").partition("\n## editor\n")[2]
    row = next(line for line in text.splitlines() if line.startswith("| `name` |"))
    assert [name for name in EDITORS if f"`{name}`" not in row] == []


@pytest.mark.parametrize(
    ("table", "error"),
    [
        ('name = "vscod"', "(did you mean 'vscode'?)"),
        ("name = 3", "'editor.name' must be text in quotes, not the number 3"),
        ('command = "code"', "unknown key 'command' in 'editor'"),
        ('name = "zed"\nurl = "x://{file}"', "'editor' has both a 'name' and a 'url'"),
        ('url = "nova"', "'editor.url' must be an address that an editor opens"),
        ('url = "javascript:alert({file})"', "'editor.url' must be an address that an editor"),
        ('url = "JavaScript:{file}"', "'editor.url' must be an address that an editor"),
        ('url = "x://open?line={line}"', "'editor.url' must be an address with {file}"),
        ('url = "x://{file}{"', "'editor.url' must be an address with {file}"),
        ('url = "x://{file}:{lien}"', "unknown field '{lien}' (did you mean 'line'?)"),
        ('url = "x://{file}:{0}"', "unknown field '{0}' (it can have {file}, {line}, {column})"),
    ],
)
def test_a_wrong_table_is_an_error_with_its_place(table: str, error: str) -> None:
    faults = site_faults(f"{SITE_TOML}\n[editor]\n{table}\n")
    assert len(faults) == 1
    assert error in faults[0]
    assert faults[0].startswith("site.toml:")
