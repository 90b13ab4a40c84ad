"""`[editor]` in site.toml: with what the authors of the portal open a file."""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Final

from generator.model.site import Editor
from generator.validation.fields import Fields
from generator.validation.messages import nearest
from generator.validation.values import Value

FIELDS: Final = ("file", "line", "column")

_FILE_PATH = "://file{file}:{line}:{column}"
_OPEN_FILE = "://open?file={file}&line={line}&column={column}"
_OPEN_URL = "://open?url=file://{file}&line={line}&column={column}"
_JETBRAINS = (
    "clion",
    "goland",
    "idea",
    "phpstorm",
    "pycharm",
    "rider",
    "rubymine",
    "rustrover",
    "webstorm",
)

# VS Code: https://code.visualstudio.com/docs/editor/command-line#_opening-vs-code-with-urls
# TextMate: https://macromates.com/blog/2007/the-textmate-url-scheme/
# Sublime Text has no scheme of its own; `subl` is that of the handlers that are installed for it.
EDITORS: Final[Mapping[str, str]] = {
    **{
        name: f"{name}{_FILE_PATH}"
        for name in ("cursor", "vscode", "vscode-insiders", "vscodium", "windsurf", "zed")
    },
    **{name: f"{name}{_OPEN_FILE}" for name in _JETBRAINS},
    "macvim": f"mvim{_OPEN_URL}",
    "sublime": f"subl{_OPEN_URL}",
    "textmate": f"txmt{_OPEN_URL}",
}
"""The form of the URLs of each editor that Broadsheet knows."""

_SCHEME = re.compile(r"([A-Za-z][A-Za-z0-9+.-]*):")
# A link with one of these runs what follows in the page that it is on.
_RUN = frozenset(("javascript", "data", "vbscript"))
_FIELD = re.compile(r"\{([^{}]*)\}")


def editor_of(fields: Fields) -> Editor:
    """Return the editor that the table names, by its name or by the form of its URLs."""
    table = fields.mapping("editor")
    if table is None:
        return Editor()
    name, url = table.given("name"), table.given("url")
    known = (name.choice(EDITORS) if name else None) or ""
    form = _form(url) if url else ""
    if name and url:
        table.error("url", "'editor' has both a 'name' and a 'url'", "leave one of them out")
    table.finish()
    return Editor(name=known, url=form or EDITORS.get(known, ""))


def _form(value: Value) -> str:
    text = value.filled() or ""
    scheme = _SCHEME.match(text)
    unknown = [name for name in _FIELD.findall(text) if name not in FIELDS]
    rest = _FIELD.sub("", text)
    if not text:
        return ""
    if not scheme or scheme[1].casefold() in _RUN:
        value.expected("an address that an editor opens, such as scheme://open?file={file}")
    elif unknown:
        message = f"has an unknown field '{{{unknown[0]}}}'"
        value.error(message, nearest(unknown[0], FIELDS) or "it can have {file}, {line}, {column}")
    elif "{file}" not in text or "{" in rest or "}" in rest:
        value.expected(
            "an address with {file}, and with {line} and {column} if the editor has them"
        )
    else:
        return text
    return ""
