"""Knows which lines around a report belong to the page it was copied from: buttons, source, time, captions, credits, page numbers.

Leaves removing them to `line_repairs`.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from itertools import pairwise

from workreport.ingest.front_words import FrontWords

_PROVENANCE = re.compile(
    r"(?:文章|信息|稿件)?(?:来源|发布机构)[:：].{0,20}"
    r"|(?:发布|发表|更新)?(?:时间|日期)[:：].{0,24}"
    r"|(?:浏览|阅读|点击)(?:次数|量|数)?[:：].{0,10}"
    r"|(?:19|20)\d\d(?:年|[-/.])\d{1,2}(?:月|[-/.])\d{1,2}日?[ 　]*\d{1,2}(?:[:：]|时)\d{1,2}.{0,5}"
)
"""Matches a detail that a web page shows under its title: 来源：某某日报, 2026年2月10日 07时41分.

A date without a time of day may belong to the report and does not match.
"""
_FROM = re.compile(r"(?:文章|信息|稿件)?来源[:：]")
_PUBLISHER = re.compile(r"[\w（）()·]{1,14}(?:日报|晚报|早报|社|网|网站|客户端|办公厅|办公室|人民政府|政府)")
_SIGNED = re.compile(r"[（(](?:来源[:：])?[\w·]{2,16}(?:日报|晚报|早报|网|网站)[）)]")
"""Matches the name of a newspaper or website in brackets, as it is printed below a report."""
_FILE = re.compile(r"[-·•]?[ 　]*[^。；]{1,60}\.(?:docx?|pdf|wps|ofd|xlsx?|zip|rar)", re.IGNORECASE)
LONGEST_CREDIT = 80
"""The longest line that may be the caption of a photograph with the name of who took it."""
_CREDIT = re.compile(
    r"(?:<!--\s*)?(?P<caption>[^<>]{0,60}?)[（(【]?[ 　]*"
    r"(?:[\w·]{0,12}(?:记者|通讯员)|摄影[:：]|图片?[:：/])[ 　]*[一-鿿·、/ 　]{2,20}(?P<taken>摄|供图|图|摄影|报道)?[）)】]?(?:\s*-->)?"
)
_PAGE_NUMBER = re.compile(
    r"[-—–－―·•~～]{1,2}[ 　]*(?P<dashed>[0-9０-９]{1,3})[ 　]*[-—–－―·•~～]{1,2}"
    r"|第[ 　]*(?P<named>[0-9０-９]{1,3})[ 　]*页(?:[ 　,，/]*共[ 　]*[0-9０-９]{1,3}[ 　]*页)?"
)
FEWEST_PAGES = 3
"""The fewest page numbers that are taken for such."""


def page_numbers(lines: Sequence[str]) -> frozenset[int]:
    """Return the indexes of the lines that are page numbers: — 3 —, 第3页 共12页, each larger than the one before.

    >>> sorted(page_numbers(["甲。", "— 1 —", "乙。", "— 2 —", "丙。", "— 3 —"])), page_numbers(["- 5 -", "甲。"])
    ([1, 3, 5], frozenset())
    """
    found = [(k, int(m["dashed"] or m["named"])) for k, line in enumerate(lines) if (m := _PAGE_NUMBER.fullmatch(line))]
    rising = all(a < b for (_, a), (_, b) in pairwise(found))
    return frozenset(k for k, _ in found) if len(found) >= FEWEST_PAGES and rising else frozenset()


def is_credit(line: str) -> bool:
    """Whether a whole line is a caption or a credit: 王小明作政府工作报告。本报记者 李四 摄.

    >>> is_credit("县长王小明作报告。本报记者 李四 摄"), is_credit("新闻记者队伍建设取得进展。")
    (True, False)
    """
    may_be = len(line) <= LONGEST_CREDIT and ("记者" in line or "通讯员" in line or "摄影" in line or "图" in line)
    found = _CREDIT.fullmatch(line) if may_be else None
    return found is not None and (found["taken"] is not None or found["caption"].rstrip().endswith("。"))


def is_foot(line: str) -> bool:
    """Whether a line below a report is the name of an attached file, or of the newspaper or website it is from."""
    return bool(_FILE.fullmatch(line) or _SIGNED.fullmatch(line))


def page_lines(lines: Sequence[str], words: FrontWords) -> Iterator[tuple[int, int, bool]]:
    """Yield the runs of lines that belong to the web page: (first line, last line, whether all are buttons).

    Line numbers are indexes into `lines`; the last line belongs to the run.

    >>> words = FrontWords(buttons=("打印", "关闭"), labels=("字号",))
    >>> list(page_lines(["政府工作报告", "打印", "【字号：大", "区长 李四", "来源：", "某某日报"], words))
    [(1, 2, True), (4, 5, False)]
    """
    run: list[int] = []
    for number, line in enumerate([*lines, None]):
        if line is not None and (
            words.button.fullmatch(line) or is_credit(line) or _is_page_detail(line, lines[run[-1]] if run else "")
        ):
            run.append(number)
        elif run:
            yield run[0], run[-1], all(words.button.fullmatch(lines[k]) for k in run)
            run = []


def _is_page_detail(line: str, before: str) -> bool:
    """Whether a line gives the source, time or number of readers of a web page.

    After a line 来源： (`before`) it may also be the name of a publisher alone (某某日报).
    """
    return bool(_PROVENANCE.fullmatch(line) or (_FROM.fullmatch(before) and _PUBLISHER.fullmatch(line)))
