"""Knows how much text a report may have, so that reading it ends within seconds. Leaves the size of files to `formats`."""

from __future__ import annotations

import re
from itertools import islice

from workreport.ingest.formats import BadSource
from workreport.model import Source

MOST_CHARACTERS = 400_000
"""The most characters of a report. The longest real one has 90,000; a quarter of a million take six seconds."""
MOST_LINES = 20_000
"""The most lines with text. Real reports have 260 at most."""
MOST_NUMBERS = 20_000
"""The most numbers, in digits or Chinese numerals. Real reports have 1,800 at most."""
_NUMBER = re.compile(r"[0-9０-９]+|[一二三四五六七八九十百千万亿两零〇]+")


def require_report(source: Source) -> None:
    """Raise BadSource for a text with more characters, lines or numbers than a report has.

    >>> require_report(Source("a.md", "增长5%。" * 30_000, "", "utf-8", "markdown"))
    Traceback (most recent call last):
        ...
    workreport.ingest.formats.extract.BadSource: a.md: 文中的数超过上限 20000 个。 请确认这是一份报告。
    """
    if len(source.text) > MOST_CHARACTERS:
        raise _too_much(source, f"文字超过上限 {MOST_CHARACTERS // 10000} 万字")
    if sum(not line.isspace() for line in source.text.split("\n") if line) > MOST_LINES:
        raise _too_much(source, f"段落超过上限 {MOST_LINES} 个")
    if next(islice(_NUMBER.finditer(source.text), MOST_NUMBERS, None), None):
        raise _too_much(source, f"文中的数超过上限 {MOST_NUMBERS} 个")


def _too_much(source: Source, problem: str) -> BadSource:
    return BadSource(source.path, f"{problem}。", "请确认这是一份报告。")
