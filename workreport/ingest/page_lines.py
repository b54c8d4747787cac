"""Knows the lines of a web page around a report: its buttons, and details of the page (来源：某某日报).

Leaves removing them to `line_repairs`.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from workreport.ingest.front_words import FrontWords

_PROVENANCE = re.compile(
    r"(?:文章|信息|稿件)?(?:来源|发布机构)[:：].{0,20}"
    r"|(?:发布|发表|更新)?(?:时间|日期)[:：].{0,24}"
    r"|(?:浏览|阅读|点击)(?:次数|量|数)?[:：].{0,10}"
    r"|(?:19|20)\d\d(?:年|[-/.])\d{1,2}(?:月|[-/.])\d{1,2}日?[ 　]*\d{1,2}(?:[:：]|时)\d{1,2}.{0,5}"
)
"""Details that a web page prints under its title: 来源：某某日报, 2026年2月10日 07时41分."""
_FROM = re.compile(r"(?:文章|信息|稿件)?来源[:：]")
_PUBLISHER = re.compile(r"[\w（）()·]{1,14}(?:日报|晚报|早报|社|网|网站|客户端|办公厅|办公室|人民政府|政府)")


def page_lines(lines: Sequence[str], words: FrontWords) -> Iterator[tuple[int, int, bool]]:
    """Runs of lines that belong to the page: (first line, last line, whether all are buttons).

    >>> words = FrontWords(buttons=("打印", "关闭"), labels=("字号",))
    >>> list(page_lines(["政府工作报告", "打印", "【字号：大", "区长 李四", "来源：", "某某日报"], words))
    [(1, 2, True), (4, 5, False)]
    """
    run: list[int] = []
    for number, line in enumerate([*lines, None]):
        if line is not None and (words.button.fullmatch(line) or _is_page_detail(line, lines[run[-1]] if run else "")):
            run.append(number)
        elif run:
            yield run[0], run[-1], all(words.button.fullmatch(lines[k]) for k in run)
            run = []


def _is_page_detail(line: str, before: str) -> bool:
    """Whether a line gives a page's source, time or number of readers; the source may follow 来源： on its own line."""
    return bool(_PROVENANCE.fullmatch(line) or (_FROM.fullmatch(before) and _PUBLISHER.fullmatch(line)))
