"""Knows which targets of a report are promises of its year: in a plan, for this year, and with a number that promises something.

Leaves what words stand around a target on its ticket to `promises`, and how a target is told from a result to
`indicators.status`.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator, Sequence

from workreport.analysis.livelihood import LivelihoodList
from workreport.analysis.sentence_clauses import ENDS
from workreport.analysis.spoken_times import SpokenTimes
from workreport.model import Indicator, Reading

_CANDIDATES = re.compile(f"[^{ENDS}]{{0,120}}(?:候选|票决)")
"""A clause on projects that are still to be chosen or voted on: 形成了12件民生实事候选项目."""
_BASE = re.compile(f"[^{ENDS}]{{0,60}}(?:基础上|前提下)")
"""Words behind a figure that is what something starts from: 在实现翻两番的基础上."""
_FORECAST = re.compile(f"(?:根据|按照?|据)[^{ENDS}]{{0,8}}(?:测算|推算|预测)")
"""Words before figures that are only worked out: 根据目前的测算."""
_CAME_ABOUT = re.compile("发生了|取得了|有了新")
"""Verbs of what came about: what stands before them in the sentence was done, 8件实事的实施，农村发生了新变化."""
_DONE = re.compile(f"(?<![为除罢])了(?!解)[^{ENDS}]*$")
"""A clause up to a figure that was done: 中央出台了10项政策."""
_ABOUT = re.compile("(?:聚焦|围绕|依托|瞄准)(?:(?!打造|开展|建设|办好|实施|新增|举办|建成|培育)[^，；。：])*$")
"""A clause up to a figure of what work turns to, or rests on: 聚焦28条产业链, 依托200平方公里腹地."""
_OVER_YEARS = re.compile(
    r"(?:用|以|经|经过|通过)[^，。；：]{0,2}[2-9两二三四五六十]年[^，。；：]{0,4}(?:时间|努力)|(?<![业\d两二三四五六])(?:[2-9]|[两二三四五六])(?:[至到或—-][3-9三四五六])?年之?内"
)
"""A time of several years in which something is to be done: 用3年左右时间, 力争五年内."""
_THIS_YEAR = re.compile("今年|全年|当年|本年|(?<![2-9两二三四五六])年内|先期")
"""Words for the year itself, which take a figure out of a time of several: 两年内关闭47家，其中今年关闭33家."""
_DIGIT = re.compile("[0-9０-９]")
_NO_PLACE = re.compile("第[一二三]?(?:方阵|梯队|阵营|序列|集团|行列)")
"""A rank with a number that counts no places: 第一方阵."""
LIVELIHOOD = "实事"
"""The word in the number of items of a list of 民生实事."""
REACH = 90
"""How many characters before a figure are asked for what it is in."""


def targets(reading: Reading, planned: Collection[str], lists: Sequence[LivelihoodList]) -> Iterator[Indicator]:
    """The targets of a report that are promises of its year, in the order of `reading.shown`.

    `planned` are the ids of the sentences that are plans. How many items a list of 民生实事 has is none: each of them is.
    """
    times, year = SpokenTimes(reading), reading.meta.year
    for i in reading.shown:
        if i.status != "target" or i.sentence not in planned:
            continue
        time = times.of(i)
        later = time.span or (year is not None and time.year not in (None, year))
        counted = LIVELIHOOD in i.quote and any(i.number in a.numbers for a in lists)
        if not (later or counted or _is_vague(i)):
            sentence = reading.sentences[i.sentence]
            if not _is_given(sentence.text, i.at - sentence.start, i.value):
                yield i


def _is_vague(indicator: Indicator) -> bool:
    """Whether an indicator is a rank without a number, which counts nothing: 走在前列, 首个, 最大, 第一方阵."""
    return indicator.kind == "rank" and not any(
        rank.place.startswith("第") and not _NO_PLACE.match(rank.place) for rank in indicator.ranks
    )


def _is_given(text: str, at: int, value: str) -> bool:
    """Whether the figure at text[at:] promises nothing for the year: of candidates, a base, a forecast, several years, or a name.

    Within quotation marks, a number that is written in words is part of a name or slogan: “三百里画廊”.
    """
    near = max(at - REACH, 0)
    start = max(text.rfind(mark, near, at) for mark in ENDS) + 1
    named = text.rfind("“", near, at) > text.rfind("”", near, at)
    return (
        _CANDIDATES.match(text, max(start, near)) is not None
        or _BASE.match(text, at) is not None
        or (named and not _DIGIT.search(value))
        or _FORECAST.search(text, 0, at) is not None
        or _CAME_ABOUT.search(text, at) is not None
        or _DONE.search(text, start, at) is not None
        or _ABOUT.match(text, start, at) is not None
        or _is_of_several_years(text[near:at])
    )


def _is_of_several_years(before: str) -> bool:
    """Whether the text before a figure names a time of several years, and no year of its own behind it.

    >>> _is_of_several_years("用3年时间，改造"), _is_of_several_years("两年内关闭47家，其中今年关闭")
    (True, False)
    """
    before = before[before.rfind("；") + 1 :]
    named = [match.end() for match in _OVER_YEARS.finditer(before)]
    return bool(named) and _THIS_YEAR.search(before, named[-1]) is None
