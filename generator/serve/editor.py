"""Links that open a file in the author's editor."""

from __future__ import annotations

import shlex
from collections.abc import Mapping
from pathlib import PurePath, PureWindowsPath
from urllib.parse import quote

from generator.config.editor import EDITORS

# Commands with other names than their editors.
_COMMANDS = {
    "charm": "pycharm",
    "code": "vscode",
    "code-insiders": "vscode-insiders",
    "codium": "vscodium",
    "intellij-idea-ultimate": "idea",
    "intellij-idea-community": "idea",
    "mate": "textmate",
    "mvim": "macvim",
    "pstorm": "phpstorm",
    "subl": "sublime",
    "sublime_text": "sublime",
    "wstorm": "webstorm",
    "zeditor": "zed",
}
_ENDINGS = frozenset((".bat", ".cmd", ".exe", ".sh"))
_64_BIT = "64"
_VARIABLES = ("VISUAL", "EDITOR")


def form_from(environment: Mapping[str, str]) -> str:
    """Return the form of the links of the editor in $VISUAL or $EDITOR.

    It is empty for an editor in the terminal, and for one that is not known.
    """
    for variable in _VARIABLES:
        if command := environment.get(variable, "").strip():
            return EDITORS.get(_name(command), "")
    return ""


def link_to(form: str, file: PurePath, line: int = 0, column: int = 0) -> str:
    """Return the link that opens a file; empty without the form of the editor's links."""
    if not form:
        return ""
    path = quote(file.as_posix(), safe="/:")
    # A drive follows a slash, except where the path is the value of a parameter.
    if not path.startswith("/") and "={file}" not in form:
        path = f"/{path}"
    # The path comes last, because a part of it may look like a field.
    numbered = form.replace("{line}", str(max(line, 1))).replace("{column}", str(max(column, 1)))
    return numbered.replace("{file}", path)


def _name(command: str) -> str:
    """Return the editor that a command such as `/usr/bin/code --wait` starts."""
    try:
        words = shlex.split(command, posix="\\" not in command)
    except ValueError:
        words = command.split()
    program = PureWindowsPath(words[0].strip("\"'")) if words else PureWindowsPath()
    name = program.stem if program.suffix.lower() in _ENDINGS else program.name
    name = name.lower()
    known = _COMMANDS.get(name, name)
    return known if known in EDITORS else known.removesuffix(_64_BIT)
