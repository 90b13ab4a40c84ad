"""Records for programs: JSON and CSV, with the same keys in the same order."""

from __future__ import annotations

import csv
import io
import json
from collections.abc import Iterable, Mapping, Sequence
from typing import Any

Record = Mapping[str, Any]

# What spreadsheets read as the beginning of a formula
# (https://owasp.org/www-community/attacks/CSV_Injection).
_FORMULA = ("=", "+", "-", "@", "\t", "\r", "＝", "＋", "－", "＠")


def as_json(records: Iterable[Record]) -> str:
    """Return an array of objects, each on a line of its own."""
    lines = ",\n".join(json.dumps(record, ensure_ascii=False) for record in records)
    return f"[\n{lines}\n]" if lines else "[]"


def as_csv(keys: Sequence[str], records: Iterable[Record]) -> str:
    """Return a header and a row for each record.

    Lists are joined with semicolons. What a spreadsheet would take for a formula has a `'` before.
    """
    file = io.StringIO()
    writer = csv.writer(file, lineterminator="\n")
    writer.writerow(keys)
    writer.writerows([_field(record[key]) for key in keys] for record in records)
    return file.getvalue().removesuffix("\n")


def _field(value: Any) -> str:
    if value is None:
        return ""
    if isinstance(value, bool):
        return "true" if value else "false"
    text = "; ".join(value) if isinstance(value, list | tuple) else str(value)
    return f"'{text}" if text.startswith(_FORMULA) else text
