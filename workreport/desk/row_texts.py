"""Knows how a page carries a row of a file as it was shown, so that a change of it elsewhere is noticed when it is sent back."""

from __future__ import annotations

import json
from typing import Any


def row_as_text(row: object) -> str:
    """Return a row as the value of a hidden field; None, for no row, as "".

    >>> row_as_text({"id": "a"}), row_as_text(None)
    ('{"id": "a"}', '')
    """
    return "" if row is None else json.dumps(row, ensure_ascii=False)


def row_of_text(text: str) -> dict[str, Any] | None:
    """Return the row of a hidden field; None for "" and for what is no row.

    >>> row_of_text('{"id": "a"}'), row_of_text(""), row_of_text("[")
    ({'id': 'a'}, None, None)
    """
    try:
        read = json.loads(text)
    except (ValueError, RecursionError):
        return None
    return read if isinstance(read, dict) else None
