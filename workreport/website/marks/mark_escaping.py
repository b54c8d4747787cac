"""Knows how any text becomes Markdown that shows exactly this text: every character with a meaning gets a backslash.

Leaves reading it again to `syntax`.
"""

from __future__ import annotations

import re

from workreport.website.marks.mark_names import WRITTEN

# Always escaped. Others only where they would mean something: at the start of a line, doubled, before a letter.
_MARKS = re.compile(
    r"[\\`*_{}\[\]<>&~|$#@\"!]"
    r"|^[-+=:](?=\s|$)|^[0-9]{1,9}(?P<list>[.)])(?=\s|$)|(?<=[-+=^:])[-+=^:]|[-+=^:](?=[-+=^:])|:(?=[A-Za-z/])|\+$|(?<=\{)%"
)
_EDGE = re.compile(r"^[ \t]+|[ \t]+$|\t")


def marked_free(text: str) -> str:
    r"""Return one line of text as Markdown that shows it unchanged.

    Ampersands and brackets too get a backslash, as CommonMark allows; blanks at its ends and tabs, which Markdown drops,
    become character references.

    >>> print(marked_free("**（一）** [x](y) {#id} 2091.5亿元"))
    \*\*（一）\*\* \[x\](y) \{\#id\} 2091.5亿元
    >>> print(marked_free("1. 一"), marked_free("- 二"), marked_free("2.5 -3"))
    1\. 一 \- 二 2.5 -3
    """
    return _EDGE.sub(lambda found: "".join(f"&#{ord(c)};" for c in found[0]), _MARKS.sub(_escaped, text))


def _escaped(found: re.Match[str]) -> str:
    if found["list"]:
        return f"{found[0][:-1]}\\{found['list']}"
    return f"\\{found[0]}"


def attributes(values: dict[str, str]) -> str:
    r"""Return attributes as `{#id .class key=value}`; those with an empty value are left out, "" if none is left.

    `class`, as in pages, and an `id` of letters, digits, - and _ get their signs; a value of other characters than these and a few marks
    gets quotes.

    >>> attributes({"id": "h-1", "class": "no where", "size": "4.5", "parent": "人均 值"})
    '{#h-1 .number .where size=4.5 parent="人均 值"}'
    """
    parts = []
    for key, value in values.items():
        if not value:
            continue
        if key == "id" and _NAME.fullmatch(value):
            parts.append(f"#{value}")
        elif key == "class":
            parts += [f".{WRITTEN.get(name, name)}" for name in value.split()]
        else:
            shown = value if _PLAIN.fullmatch(value) else f'"{marked_free(value)}"'
            parts.append(f"{key}={shown}")
    return f"{{{' '.join(parts)}}}" if parts else ""


_NAME = re.compile(r"[\w-]+")
_PLAIN = re.compile(r"[\w%/.,+−-]+")
