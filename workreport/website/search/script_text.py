"""Knows how values are written into the scripts of the search index.

Leaves the values to `single_index` and `collection_index`.
"""

from __future__ import annotations

import json
import re

NAME = "workreportIndex"
"""The global JavaScript variable that the index sets."""


def script(target: str, value: object) -> str:
    """Return a script that sets `target`, the global `NAME` or a name below it, to a value.

    >>> script("globalThis.a", ["<b>"])
    'globalThis.a=["\\\\u003cb>"];\\n'
    """
    return f"{target}={_script_safe(json_text(value))};\n"


def json_text(data: object) -> str:
    """Return a value as JSON without spaces, all characters as they are."""
    return json.dumps(data, ensure_ascii=False, separators=(",", ":"))


def _script_safe(data: str) -> str:
    # Lone surrogates cannot be encoded, U+2028 and U+2029 end a line in old browsers, and < could end the script.
    return re.sub("[<\u2028\u2029\ud800-\udfff]", lambda found: f"\\u{ord(found[0]):04x}", data)
