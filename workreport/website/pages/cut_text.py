"""Knows the width of a text in a picture, counted in Chinese characters, and cuts texts that are too wide or too long.

No number is cut in two, and none from its unit: 23011亿元 cut to 3011亿元 would be a wrong number. Leaves what a text says to
the views.
"""

from __future__ import annotations

import re
from unicodedata import east_asian_width

from workreport.website.pages.escape import one_line


def width(text: str) -> float:
    """Return the width of a text in Chinese characters. A narrow character, such as a Latin letter, counts 0.55.

    >>> width("增长5%")
    3.1
    """
    return round(sum(1 if east_asian_width(c) in "WFA" else 0.55 for c in text), 2)


def cut(text: str, room: float) -> str:
    """Return the text on one line, cut with … if it is wider than `room` Chinese characters.

    >>> cut("地区生产总值", 6), cut("地区生产总值", 5), cut("收入5058亿元", 5)
    ('地区生产总值', '地区生产…', '收入…')
    """
    # Only the characters that can fit are examined, for a line may be megabytes long.
    line = one_line(text[: int(room * 4) + 1]).strip()
    if width(line) <= room:
        return line
    kept, left = list[str](), room - 1
    for c in line:
        left -= width(c)
        if left < 0:
            break
        kept.append(c)
    return without_cut_number("".join(kept)) + "…"


_CUT = re.compile(r"[+−-]?[\d０-９.．,，]*[\d０-９][.．]?$")
"""A number at the end of a text, or its beginning."""
_HEAD = re.compile(r"[\d０-９]+(?:[.．,，][\d０-９]+)*[.．]?$")
"""A number of which the rest, or the unit, stands behind the end of a text."""


def without_cut_number(text: str) -> str:
    """Return the beginning of a longer text without a number at its end, of which more digits or the unit may be cut off.

    >>> without_cut_number("财政总收入达5"), without_cut_number("增长5."), without_cut_number("增长5.2%")
    ('财政总收入达', '增长', '增长5.2%')
    """
    return _CUT.sub("", text)


def head(text: str, length: int) -> str:
    """Return a text, or at most `length` characters of its beginning and … behind them.

    >>> head("财政总收入达5058亿元", 8), head("财政总收入", 5)
    ('财政总收入达…', '财政总收入')
    """
    return text if len(text) <= length else without_cut_number(text[: length - 1]) + "…"


def around(before: str, after: str, reach: int) -> tuple[str, str]:
    """Return the end of a text and the beginning of another, about `reach` characters of each, with … where something is left out.

    >>> around("全年生产总值23011亿元，", "，财政总收入5058亿元", 7)
    ('…23011亿元，', '，财政总收入…')
    """
    start = max(len(before) - reach, 0)
    # The whole number that stands there, or before a unit there.
    if number := _HEAD.search(before, max(start - reach, 0), start):
        start = number.start()
    ahead = after if len(after) <= reach else without_cut_number(after[:reach]) + "…"
    return ("…" if start else "") + before[start:], ahead


def without_middle(text: str, room: int) -> str:
    """Return the text on one line; if it is wider than `room`, with … in the middle and its last two characters (the
    rank).

    >>> without_middle("全国重点生态功能区旗县第一", 10)
    '全国重点生态功…第一'
    """
    line = one_line(text)
    return line if width(line) <= room else cut(line[:-2], room - 2) + line[-2:]


_CLAUSE = re.compile("[，,；;。！？：:]")
"""What ends a clause."""
LEFT_OUT = "……"
"""What stands where a sentence is cut."""


def beginning(text: str, most: int) -> str:
    """Return a text, or its first clauses of together at most `most` characters with … behind them.

    >>> beginning("经济增长5%，就业1万人，造林2万亩。", 16), beginning("经济增长5%。", 7), beginning("建设现代化产业体系，增长5%。", 5)
    ('经济增长5%，就业1万人…', '经济增长5%。', '建设现代…')
    """
    if len(text) <= most:
        return text
    ends = [found.start() for found in _CLAUSE.finditer(text, 0, most)]
    return f"{text[: ends[-1]]}…" if ends else head(text, most)


def passage(text: str, start: int, end: int, most: int) -> tuple[str, str, str]:
    """Return the words text[start:end] between what stands before and behind them, cut at clauses to about `most` characters.

    The words themselves are never cut, nor is a text of at most `most` characters.

    >>> passage("今年，经济增长5%，就业1万人，造林2万亩。", 7, 9, 15)
    ('……经济增长', '5%', '，就业1万人，……')
    >>> passage("经济增长5%。", 4, 6, 12)
    ('经济增长', '5%', '。')
    """
    before, words, behind = text[:start], text[start:end], text[end:]
    if len(text) <= most:
        return before, words, behind
    room = max(most - len(words), 0)
    left = min(len(before), max(room // 2, room - len(behind)))
    if left < len(before):
        near = before[len(before) - left :]
        at = _CLAUSE.search(near)
        before = LEFT_OUT + (near[at.end() :] if at else near)
    room = max(room - left, 0)
    if room < len(behind):
        ends = [found.end() for found in _CLAUSE.finditer(behind, 0, room)]
        behind = behind[: ends[-1] if ends else room] + LEFT_OUT
    return before, words, behind
