"""Digests of files, settings and answers, and the encoding of values for them."""

from __future__ import annotations

from collections.abc import Iterable
from hashlib import blake2b
from pathlib import Path
from typing import Any

import msgspec

DIGEST_BYTES = 16
_PIECE = 1 << 18

encode = msgspec.json.Encoder(order="deterministic").encode
"""A value of plain types and dataclasses as JSON, the same bytes each time."""


def digest(content: bytes, *, key: bytes = b"") -> bytes:
    """Return the digest of some bytes; a key (at most 64 bytes) gives a digest of its own."""
    return blake2b(content, digest_size=DIGEST_BYTES, key=key).digest()


def digest_file(path: Path) -> bytes:
    """Return the digest of a file's bytes, which are read in pieces."""
    found = blake2b(digest_size=DIGEST_BYTES)
    with path.open("rb") as file:
        while piece := file.read(_PIECE):
            found.update(piece)
    return found.digest()


def digest_parts(parts: Iterable[str]) -> bytes:
    """Return the digest of several texts, none of which holds a NUL."""
    return digest("\0".join(parts).encode())


def digest_of(value: Any) -> bytes:
    """Return the digest of a value of plain types and dataclasses."""
    return digest(encode(value))
