"""Knows where a report ends: its closing words, and the appendices, lists and glossaries that follow them.

Leaves headings to `sibling_runs` and `blocks`. Positions are indexes of paragraphs.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from workreport.ingest.headings import is_salutation, mark_of

LONGEST_TITLE = 40
"""The longest title of an appendix."""
LONGEST_CLOSING = 900
"""The most characters of the closing words."""
SHORTEST_PART = 300
"""What follows closing words in no more characters is no part of the report."""
MOST_CLOSING = 3
"""The most paragraphs of the closing words, without a line that is only a salutation."""

_APPENDIX = re.compile(
    r"(?P<number>(?:附件|附录|附表|附页|附)[一二三四五六七八九十0-9０-９]*)(?:[：:][ 　]*|[ 　]+|(?=[《名有关])|$)(?P<title>[^。；]*)"
)
_GLOSSARY = re.compile(
    r"""
    [（(【\[]?
    (?:
        .{0,30}(?:名词|词语|词汇|词条|术语|用语|提法|概念|缩略语|简称)[^。，；：]{0,12}(?:解释|注释|注解|释义|说明|解读|简释)[^。，；：]{0,8}
      | (?:.{0,12}《?政府工作报告》?)?[^。，；：]{0,10}(?:注释|注解|释义|脚注|尾注)(?:和说明|说明)?
      | [附备]?注
    )
    [】）)\]]?[：:]?(?:[（(][^）)]*[）)])?
    """,
    re.VERBOSE,
)
"""Matches the whole title of a glossary: 名词解释和说明, 《政府工作报告》注释, 有关内容名词注释, 注：."""
_SPREAD = re.compile(r"[【（]?\S(?:[ 　]{1,4}\S){2,}[】）：:]?")
"""Matches a title whose characters stand apart: 名 词 解 释."""
_FILE = re.compile(r"\.(?:docx?|pdf|wps|xlsx?|zip|rar|ofd|jpg|png)\W*$", re.IGNORECASE)
_SAYS_GLOSSARY = re.compile(r"名词|注释|注解|释义|解释")
_SALUTED = re.compile(r"(?:各位|尊敬的各位)(?:代表|委员|领导)|同志们|代表们|朋友们")
_NOTE = re.compile(r"[【［\[〔﹝①]|(?:注|说明|附)[：:1１]|[1１一][.．、]")
"""Matches the start of a note or list item behind the closing words."""
_WORDS = re.compile("[一-鿿]{3}")
_ENDS = tuple("。！？；，、：…”")


@dataclass(frozen=True, slots=True)
class AppendixTitle:
    """The title of an appendix on paragraphs `first` to `last`; `glossary`: its lines are entries, never headings.

    `number` is 附件1 or ""; `at` is the offset of the title in the paragraph `last`.
    """

    first: int
    last: int
    number: str
    at: int
    glossary: bool


@dataclass(frozen=True, slots=True)
class ReportEnd:
    """Where a report ends. `closing` is the first paragraph of the closing words, None if there are none."""

    closing: int | None
    appendices: tuple[AppendixTitle, ...]


def end_of(texts: Sequence[str]) -> ReportEnd:
    """Find the closing words and the appendices of a report, whose paragraphs are `texts`.

    >>> end_of(["一、回顾", "事成。", "各位代表，让我们共同奋斗！", "青禾县2024年民生实事", "（一）建学校。"])
    ReportEnd(closing=2, appendices=(AppendixTitle(first=3, last=3, number='', at=0, glossary=False),))
    """
    titles = list(_titled(texts))
    border = next((t.first for t in titles), len(texts))
    closing = _closing(texts, border)
    if closing is not None:
        untitled = _list_after(texts, closing, border)
        if untitled is not None:
            titles.insert(0, AppendixTitle(untitled, untitled, "", 0, glossary=False))
    return ReportEnd(closing, tuple(titles))


def _titled(texts: Sequence[str]) -> list[AppendixTitle]:
    """Find the titles that say what they are: 附件1, 附：名词解释, 名词解释. The line after 附件1 may be its title."""
    found: list[AppendixTitle] = []
    for i, text in enumerate(texts):
        if (found and i <= found[-1].last) or len(text) > LONGEST_TITLE or _FILE.search(text):
            continue
        named = _APPENDIX.fullmatch(text)
        if named and not text.startswith("附近"):
            last, at, title = i, named.start("title"), named["title"]
            if not title and i + 1 < len(texts) and _may_be_title(texts[i + 1]):
                last, at, title = i + 1, 0, texts[i + 1]
            number, at = (named["number"], at) if title else ("", 0)
            found.append(AppendixTitle(i, last, number, at, _SAYS_GLOSSARY.search(title) is not None))
        elif mark_of(text) is None and is_glossary_title(text):
            found.append(AppendixTitle(i, i, "", 0, glossary=True))
    return found


def is_glossary_title(line: str) -> bool:
    """Whether a whole line is the title of a glossary, also with spaces that set its characters apart.

    >>> [is_glossary_title(line) for line in ("名词解释和说明", "名 词 解 释", "注：", "名词很多。")]
    [True, True, True, False]
    """
    return _GLOSSARY.fullmatch("".join(line.split()) if _SPREAD.fullmatch(line) else line) is not None


def _may_be_title(text: str) -> bool:
    """Whether a line is short, without a heading number, and not a sentence."""
    return (
        len(text) <= LONGEST_TITLE
        and mark_of(text) is None
        and "。" not in text
        and not text.endswith(_ENDS)
        and not _FILE.search(text)
    )


def _closing(texts: Sequence[str], border: int) -> int | None:
    """Return the first paragraph of the closing words, or None.

    They begin with the last salutation before `border`. They are short, no numbered line is among them, and they end with ！,
    before a short line (a title, a source) or a note (【双减】…), or with the text. What follows them is at most half as long
    as the report: otherwise they only end a part of it.
    """
    start = next((i for i in range(border - 1, -1, -1) if _SALUTED.match(texts[i].lstrip("#* 　"))), None)
    if start is None or not any(mark_of(t) for t in texts[:start]):
        return None
    stop = start + (is_salutation(texts[start]) and start + 1 < border)
    if stop >= border or not texts[stop].endswith(("！", "!", "。", "）", ")", "”", "、")):
        return None
    behind = _behind(texts, start, stop, border)
    if behind is None or sum(map(len, texts[start:behind])) > LONGEST_CLOSING:
        return None
    rest = texts[behind:border]
    size, above = sum(map(len, rest)), sum(map(len, texts[:start]))
    ends = not rest or _may_be_title(rest[0]) or _NOTE.match(rest[0]) is not None
    return start if size <= SHORTEST_PART or (2 * size <= above and (ends or size <= LONGEST_CLOSING)) else None


def _behind(texts: Sequence[str], start: int, stop: int, border: int) -> int | None:
    """Return the paragraph after the closing words that begin at `start`; None if a number or too many follow.

    `stop` is their first paragraph that is more than a salutation. They end with ！, or before a short line.
    """
    for i in range(start, min(border, stop + MOST_CLOSING)):
        if i > stop and (_may_be_title(texts[i]) or mark_of(texts[i])):
            return None if mark_of(texts[i]) else i
        if texts[i].endswith(("！", "!")) and i >= stop:
            return i + 1
    return border if border <= stop + MOST_CLOSING else None


def _list_after(texts: Sequence[str], closing: int, border: int) -> int | None:
    """Return the title of a list without a number that follows the closing words (青禾县2024年民生实事), or None.

    A title is followed by a numbered line or by a sentence; the name of a newspaper at the end is none.
    """
    stop = closing + is_salutation(texts[closing])
    for i in range(stop + 1, min(border, len(texts) - 1, stop + 1 + MOST_CLOSING)):
        if _may_be_title(texts[i]) and _WORDS.search(texts[i]) and not texts[i].startswith(("（", "(", "来源", "-")):
            following = texts[i + 1]
            return i if mark_of(following) or following.endswith(("。", "；")) or _may_be_title(following) else None
    return None
