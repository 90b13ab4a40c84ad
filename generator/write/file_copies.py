"""Copies files of the portal into the output, without what must not be published."""

from __future__ import annotations

import shutil
from collections.abc import Callable
from dataclasses import dataclass
from hashlib import blake2b
from pathlib import Path
from typing import BinaryIO

from generator.digest import DIGEST_BYTES, digest_file
from generator.errors import CHANGED_MEANWHILE, Problem
from generator.media.pieces import MediaError, Piece
from generator.media.publication import published_bytes, published_pieces
from generator.model.output import FileCopy


@dataclass(frozen=True, slots=True)
class Copier:
    """Copies files of one portal."""

    root: Path
    trusted: bool

    def copy(
        self,
        content: FileCopy,
        is_published: Callable[[bytes], bool],
        target: Callable[[], str],
    ) -> tuple[bytes, bool] | Problem:
        """Return the digest of the published form of a file.

        Also return whether it was written to `target`. Return a problem if the file is not as it
        was read, or can't be published.
        """
        source = self.root / content.source
        try:
            with source.open("rb") as file:
                pieces = published_pieces(file, content.source, trusted=self.trusted)
                digest = content.fingerprint if pieces is None else _digest(pieces, file)
                if is_published(digest):
                    return digest, False
                written = target()
                _write(pieces, file, written)
        except FileNotFoundError:
            return _changed(content)
        except MediaError as error:
            return Problem(content.source, 0, 0, str(error), error.hint)
        copied = Path(written) if pieces is None else source
        if digest_file(copied) != content.fingerprint:
            return _changed(content)
        return digest, True


def _digest(pieces: list[Piece], file: BinaryIO) -> bytes:
    digest = blake2b(digest_size=DIGEST_BYTES)
    for chunk in published_bytes(pieces, file):
        digest.update(chunk)
    return digest.digest()


def _write(pieces: list[Piece] | None, file: BinaryIO, target: str) -> None:
    if pieces is None:
        shutil.copyfile(file.name, target)
        return
    with open(target, "wb") as copy:
        copy.writelines(published_bytes(pieces, file))


def _changed(content: FileCopy) -> Problem:
    message = f"{CHANGED_MEANWHILE}, and is not published"
    return Problem(content.source, 0, 0, message, "build again")
