"""The site that an earlier run of the server left, which is shown until this run has built."""

from __future__ import annotations

import os
from contextlib import suppress
from typing import TYPE_CHECKING

import msgspec

if TYPE_CHECKING:
    from generator.serve.builder import BuildOrder

_NAME = "last"


class _LastSite(msgspec.Struct, frozen=True):
    """How the site was built, and which folder it is in.

    `folder` is the device and the inode, which a folder that was copied from elsewhere does not
    share: its files may be anything.
    """

    origin: str
    drafts: bool
    now: str
    folder: tuple[int, int]
    base_path: str = ""


def remember_site(order: BuildOrder, base_path: str) -> None:
    """Note that the output folder holds a whole site, below a path.

    If that can't be written, the next run begins with nothing to show.
    """
    with suppress(OSError):
        content = msgspec.json.encode(_site_of(order, base_path))
        waiting = order.folder / f"{_NAME}.new"
        waiting.write_bytes(content)
        os.replace(waiting, order.folder / _NAME)


def last_base_path(order: BuildOrder) -> str | None:
    """Return the base path of the site of the last run; None if no such site can be shown.

    A site with other links, other drafts, or of another moment is not what was asked for.
    """
    try:
        last = msgspec.json.decode((order.folder / _NAME).read_bytes(), type=_LastSite)
        return last.base_path if last == _site_of(order, last.base_path) else None
    except (OSError, msgspec.DecodeError):
        return None


def _site_of(order: BuildOrder, base_path: str) -> _LastSite:
    status = os.lstat(order.output)
    now = order.now.isoformat() if order.now else ""
    folder = (status.st_dev, status.st_ino)
    return _LastSite(order.origin, order.drafts, now, folder, base_path)
