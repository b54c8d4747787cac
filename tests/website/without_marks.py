"""Takes the marks out of a Markdown page, to compare what remains with a report's text. Knows MARKS.md, and no code of ours.

A sentence is a line that ends in {#s…}, or a heading with sentence=…; a line of ours has neither.
"""

from __future__ import annotations

import re

_SENTENCE = re.compile(r"(?P<words>.*) \{#s[0-9a-f]{8}[^{}]*\}")
_HEADING = re.compile(r"#{1,6} (?P<words>.*) \{[^{}]*\bsentence=s[0-9a-f]{8}[^{}]*\}")
_SPANNED = re.compile(r"#{1,6} (?P<words>\[.*\]\{#s[0-9a-f]{8} \.sentence[^{}]*\}) \{[^{}]*\}")
_MARKS = re.compile(
    r"\[校\]\([^()]*\)\{\.mended\}"  # the sign of a repair
    r"|\\(?P<kept>[!-/:-@\[-`{-~])|&#(?P<code>[0-9]+);"  # an escaped character
    r"|\]\([^()\s]*\)|\]\[[^\[\]]*\]|\]\{[^{}]*\}|[\[\]]"  # a link, a span
)


def without_marks(page: str) -> str:
    """Return the words of a report on a page, line after line, without what is beside them.

    >>> without_marks("---\\nkind: text\\n---\\n# [一、]{.number}回顾 {#h-1 sentence=s00000000}\\n\\n投资[3亿元][a]。 {#s00000001}\\n{#p1}\\n")
    '一、回顾\\n投资3亿元。'
    """
    body = page.split("\n---\n", 1)[1]
    found = []
    for line in (written.removeprefix("> ") for written in body.split("\n")):
        sentence = _SENTENCE.fullmatch(line) or _HEADING.fullmatch(line) or _SPANNED.fullmatch(line)
        if sentence and not line.startswith(("- ", "1. ")):
            found.append(_MARKS.sub(_shown, sentence["words"]))
    return "\n".join(found)


def _shown(mark: re.Match[str]) -> str:
    return mark["kept"] or (chr(int(mark["code"])) if mark["code"] else "")
