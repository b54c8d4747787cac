"""Knows the width of a text in a picture, counted in Chinese characters, and cuts texts that are too wide.

Leaves what a text says to the views.
"""

from __future__ import annotations

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

    >>> cut("地区生产总值", 6), cut("地区生产总值", 5)
    ('地区生产总值', '地区生产…')
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
    return "".join(kept) + "…"


def without_middle(text: str, room: int) -> str:
    """Return the text on one line; if it is wider than `room`, with … in the middle and its last two characters (the
    rank).

    >>> without_middle("全国重点生态功能区旗县第一", 10)
    '全国重点生态功…第一'
    """
    line = one_line(text)
    return line if width(line) <= room else cut(line[:-2], room - 2) + line[-2:]
