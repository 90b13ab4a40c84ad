"""Which files and folders are not content: hidden ones, and those that other programs leave behind.

This is the only list. The scan, the watcher of `serve` and the theme all ask it, so that nothing
is published that is not watched, and nothing is an error that can't be seen to go away.
"""

from __future__ import annotations

import re

WELL_KNOWN = "content/static/.well-known"
"""The one hidden folder that is content: files that RFC 8615 wants at a fixed address."""

_NAMES = frozenset(
    (
        # Vim creates and deletes this file to find out whether it may write to a folder.
        "4913",
        "thumbs.db",
        "ehthumbs.db",
        "desktop.ini",
        "icon\r",
        "__macosx",
        "$recycle.bin",
        "system volume information",
        "lost+found",
        "@eadir",
        "#recycle",
    )
)
_ENDINGS = (
    # Backups of Emacs, Vim, Kate, gedit and nano.
    "~",
    # Vim's swap files on systems where they don't begin with a dot.
    ".swp",
    ".swo",
    ".swx",
    # Files that are renamed when they are complete.
    ".tmp",
    ".temp",
    "___jb_tmp___",
    "___jb_old___",
    # Downloads that are not complete.
    ".part",
    ".partial",
    ".filepart",
    ".crdownload",
    ".opdownload",
    ".crswap",
)
_OFFICE_LOCK = "~$"

# Hidden names that nobody would miss: those of editors, desktops, sync and version control.
_HIDDEN_LITTER = re.compile(
    r"""\.(?:
        \#.* | _.* | ~.* | .*~ | .*\.sw[a-z] | .*\.kate-swp | .*\.te?mp | .*\.part
        | goutputstream-.* | nfs[0-9a-f]+ | fuse_hidden.* | directory
        | ds_store | localized | spotlight-.* | trash.* | fseventsd | apple.* | apdisk
        | temporaryitems | documentrevisions-.* | volumeicon\.icns
        | st(?:folder|ignore|versions) | syncthing\..* | sync_.* | dropbox.* | (?:own|next)cloud.*
        | obsidian.* | logseq | idea | vscode | vs | editorconfig
        | git.* | hg.* | svn | bzr.* | jj | keep | empty
    )""",
    re.VERBOSE | re.IGNORECASE | re.DOTALL,
)


def is_ignored(folder: str, name: str) -> bool:
    """Return whether a file or folder is not content. `folder` is its folder in the portal.

    No name that begins with a dot is content, but for `WELL_KNOWN`.
    """
    if name[:1] == ".":
        return f"{folder}/{name}" != WELL_KNOWN
    folded = name.lower()
    return (
        folded.endswith(_ENDINGS)
        or folded in _NAMES
        or folded.startswith(_OFFICE_LOCK)
        # What Emacs saves by itself.
        or (len(name) > 1 and name[0] == name[-1] == "#")
    )


def is_path_ignored(path: str) -> bool:
    """Return whether a path from the portal's folder has a part that is ignored."""
    folder = ""
    for name in path.split("/"):
        if is_ignored(folder, name):
            return True
        folder = f"{folder}/{name}" if folder else name
    return False


def would_be_missed(name: str) -> bool:
    """Return whether a hidden file may have been meant to be published, as `.htaccess` is."""
    return name[:1] == "." and _HIDDEN_LITTER.fullmatch(name) is None
