"""Knows whether a figure is a result or a target.

A heading sets the tense of everything below it, and of what follows until another heading sets one. An opening sentence
(今年发展主要预期目标是…) or words of the clause (力争, 去年) can change it. Leaves these words to the vocabulary, and the times
that figures are about to `periods`.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from typing import Literal, NamedTuple

from workreport.analysis.indicators import periods, windows
from workreport.analysis.indicators.grammar import Grammar
from workreport.analysis.numerals import plain
from workreport.model import Meta, Outline, Section, Sentence, Status

_YEAR = re.compile(r"(?:19|20)\d\d(?=年)")
# the start of a sentence that opens a plan: 今年发展主要预期目标是, 做好今年政府工作，要, “十五五”时期…主要目标是, 2026年，我们将
_OPENS_PLAN = re.compile(
    r"""(?: [^。]{0,24} (?: 今年|明年|(?:今后|未来)[三五]年|“?(?P<plan>十[一二三四五六]?五)”?(?:时期|期间)|(?P<year>20\d\d)年 ) [^。，]{0,24}
          (?: (?: 主要(?:预期)?目标|主要奋斗目标|发展目标|预期目标|指标预期|宏观调控目标|计划指标|总体要求|总体思路|主要任务|基本任务|重点工作|工作安排 )
              (?: [^。，：]{0,12}(?:是|为|如下|：|:) | ，到20 | $ ) )
        | (?:做好|抓好|搞好) (?:今年|明年|(?P<good>20\d\d)年)
        | [^。，]{0,12} 主要预期目标 (?:是|为|：)
        | [^。]{0,40} (?:编制|起草|制定|形成)了?[^。，；]{0,46}纲要[^。，；]{0,4}草案
        | 新的一年 | 下一步
        | (?: 今年|(?P<will>20\d\d)年 )，?我们(?:将|要) )""",
    re.VERBOSE,
)
_SPACES = [re.escape(c) for c in map(chr, range(0x3001)) if c.isspace()]
_MAY_OPEN = re.compile(
    "|".join(["目标|今年|明年|十五|二五|三五|四五|五五|2[０0]|２[０0]|新的一年|下一步|纲要|今后|未来", *_SPACES])
)
"""A sentence whose start has no match cannot change the tense."""
_MAY_BE_NUMBERED = frozenset("（(一二三四五六七八九十")
"""The first characters of a sentence that may start with a heading (`_INLINE_TITLE`)."""
_REVIEWS = re.compile(
    r"""[#*\s\u3000]*(?:[（(]?[一二三四五六七八九十]{1,3}[)）]?[、.．]?\s*)?
        (?: “(?P<plan>[一二三四五六七八九十]{1,2}?五)”(?:(?:时期|期间|以来)[，是]|[^。，；：]{0,20}(?:情况|回顾|成就|成绩|总结)[#*\s]*$)
          | 过去的?[三五]年[，是] | [三五]年来，)""",
    re.VERBOSE,
)
"""The start of a paragraph, or a heading, that looks back: “十一五”时期是…的五年, （一）“十一五”时期的主要情况."""
_INLINE_TITLE = re.compile(r"^[（(]?[一二三四五六七八九十]{1,3}[)）]?、?(?P<title>[^，。；：\s]{3,30})[\s\u3000]+")
"""A heading with a number at the start of a sentence, before a space."""
_GLOSS = re.compile(r"^(?:\d+[.．、])?[“《][^”》]{1,30}[”》][^，。：]{0,14}[：:]|^[^，。]{1,30}[：:，]是指")
_REPORT_TITLE = re.compile(r"工作报告|会议|代表大会|title:|^[—（(]|\d[日号]")
"""Words of the lines that name the report and its meeting, which are no headings."""
_AIMS = re.compile(r"(?:力求|力争|争取|努力|确保|推动|促进|推进|着力|奋力|全力)[^，、；]{0,16}取得$")
"""A heading that says what is to be achieved, or only how: [力求改革取得]新突破."""
_STOPS = "，。；：、"
_STOP = re.compile(rf"[{_STOPS}]")
_CLAUSE_END = re.compile("[，。；：]")
_COMPARING = tuple("比较与从由自同于是按")
"""Characters before a time that is only compared with: 较2019年同期."""
_ONLY_OF = re.compile(r"[^，。；：\d]{1,8}的\d")
"""Text after a time that only says which things are meant: 去年[开工的5条道路]."""
_BEFORE_YEAR = frozenset(("", *_STOPS, *"到至在于止向望定"))
"""What may stand before a year that tells of figures: 面[向]2035年, 展[望]2035年, 锚[定]2035年."""
_EXPECTING = ("预计", "预期", "计划", "规划", "力争", "确保", "争取", "有望")
"""What may stand before a year that is still to come: 预计2027年底前建成."""
_TREATING = tuple("对将把为使让")
"""Characters at the start of a clause that says what is done with things: 对已签约项目."""
_LEANING = re.compile(r"(?:其中|全长|总(?:投资|长|规模|面积|里程|金额)|投资(?=[约近超]?\d)|建筑面积|占地)")
"""The start of a clause that only tells more of the thing before: 计划建设铁路3条，[全长]90公里."""
_SAYS: dict[str, Status | Literal["turn"]] = {
    "aim": "target", "outlook": "target", "done": "result", "present": "result", "held": "result", "turn": "turn",
}  # fmt: skip
"""What the words of each role say of the figures after them."""
_LASTING = ("outlook", "done", "present", "turn", "plan", "year")
"""The roles whose words hold for the clauses after their own."""
_EXPECTED = re.compile(
    r"预计[^，。；]{0,12}?"
    r"(?P<open>可(?!支配|比|再生|吸入|用|靠|持续|研|视|控)|将(?!军|来)|有望|能(?!耗|源|级|力|效|量|见度)|[年月旬日底末]前)"
)
"""An expectation of what is still open, or of a time that is to come: 预计全年可突破30亿元, 预计6月底前交付1860套.

But 预计全年实现地区生产总值715亿元 is the report's own estimate of the year that it reviews, and so a result.
"""
_BY_US = re.compile("，(?:我们|我[省市区县州]|全[省市区县州]|本届政府)?")
"""Text between a time and a verb of the same doer."""
_SHORT = 30
"""Most characters of a paragraph before the first heading that is read like a heading."""


class Tense(NamedTuple):
    """What the text before a sentence implies: `planned`, or else done; `gloss` marks explanations in a glossary.

    `year` is the year of the report. `span` are the years that the sentence is about by the text before it (过去五年), or "".
    """

    planned: bool = False
    gloss: bool = False
    year: int | None = None
    span: str = ""


class Cue(NamedTuple):
    """A word of a sentence (text[start:end]) that makes figures after it targets or results.

    `status` is None if they are what the part of the report says. `lasts`: it also holds for the clauses after its own, up
    to ；; `opens`: at the start of a sentence it then holds for the whole sentence.
    """

    start: int
    end: int
    status: Status | None
    lasts: bool
    opens: bool = True


def tenses(outline: Outline, grammar: Grammar, meta: Meta) -> Iterator[tuple[Sentence, Tense]]:
    """All sentences of a report with their tense, in the order of the text."""
    told = periods.times_before(outline)
    for sentence, tense in _tenses(outline, grammar, meta):
        time = told.get(sentence.id)
        yield sentence, Tense(tense.planned, tense.gloss, tense.year, time.words) if time and time.span else tense


def _tenses(outline: Outline, grammar: Grammar, meta: Meta) -> list[tuple[Sentence, Tense]]:
    """All sentences with their tense, without the years that they are about."""
    found: list[tuple[Sentence, Tense]] = []
    tense = Tense(year=meta.year)
    for paragraph in outline.front:
        title = paragraph.sentences[0].text if len(paragraph.sentences) == 1 else ""
        if title and len(title) <= _SHORT and not title.endswith("。") and not _REPORT_TITLE.search(title):
            tense = titled(title, grammar, meta) or tense
        for sentence in paragraph.sentences:
            tense = opened(sentence.text, tense, grammar, meta)
            found.append((sentence, tense))
    for section in outline.sections:
        tense = _inside(section, tense._replace(gloss=False), grammar, meta, found, decided=False)
    return found


def _inside(
    section: Section,
    above: Tense,
    grammar: Grammar,
    meta: Meta,
    found: list[tuple[Sentence, Tense]],
    *,
    decided: bool,
) -> Tense:
    """Append the sentences of a section with their tense to `found`; return the tense of the last one.

    `decided`: a heading above has set the tense, so its own is not read.
    """
    said = None if decided else titled(section.title, grammar, meta)
    if above.planned and looks_back(section.title, meta):
        said = Tense(year=meta.year)
    if section.id.startswith("a") and _GLOSS.search(section.title):
        said = Tense(gloss=True, year=meta.year)
    tense = said or above
    last = above
    if section.heading:
        last = tense
        found.append((section.heading, tense))
    for paragraph in section.paragraphs:
        around = tense
        if tense.planned and paragraph.sentences and looks_back(paragraph.sentences[0].text, meta):
            tense = tense._replace(planned=False)
        for sentence in paragraph.sentences:
            if not tense.gloss:
                tense = opened(sentence.text, tense, grammar, meta)
            last = tense
            found.append((sentence, tense))
        tense = tense._replace(planned=True) if around.planned and not tense.planned else tense
    for child in section.children:
        last = _inside(child, tense, grammar, meta, found, decided=decided or said is not None)
        if not decided and said is None:
            tense = last._replace(gloss=False)
    return last


def looks_back(text: str, meta: Meta) -> bool:
    """Whether a heading or the first sentence of a paragraph speaks of past years: it looks back even within a plan.

    A five-year plan is past if the year of the report is later than its last one.
    """
    found = _REVIEWS.match(plain(text[: windows.OPENING]))
    if found is None or found["plan"] is None:
        return found is not None
    first = periods.PLANS.get(found["plan"])
    return first is not None and meta.year is not None and first + 4 < meta.year


def titled(title: str, grammar: Grammar, meta: Meta) -> Tense | None:
    """The tense that a heading sets, by its words (回顾: done; 目标, 安排: planned; 名词解释: gloss) or the years in it.

    None if it has no such word and no year.
    """
    text = plain(title)
    if grammar.gloss_title.search(text):
        return Tense(gloss=True, year=meta.year)
    review = grammar.review_title.search(text)
    if review and not _AIMS.search(text, 0, review.end()):
        return Tense(year=meta.year)
    years = [int(year) for year in _YEAR.findall(text)]
    if years and meta.year is not None and max(years) < meta.year:
        return Tense(year=meta.year)
    if grammar.plan_title.search(text) or (years and meta.year):
        return Tense(planned=True, year=meta.year)
    return None


def reviewed(outline: Outline, grammar: Grammar, meta: Meta) -> frozenset[str]:
    """The ids of the sections below a heading of what was done: of its own and the headings above, the nearest that tells."""
    found: set[str] = set()

    def walk(sections: Iterable[Section], done: bool) -> None:
        for section in sections:
            told = titled(section.title, grammar, meta)
            here = done if told is None else not (told.planned or told.gloss)
            if here:
                found.add(section.id)
            walk(section.children, here)

    walk(outline.sections, False)
    return frozenset(found)


def opened(sentence: str, tense: Tense, grammar: Grammar, meta: Meta) -> Tense:
    """The tense from this sentence on.

    `tense` is that before it; the sentence changes it if it opens a plan or starts with a heading.
    """
    if tense.planned and sentence.lstrip()[:1] not in _MAY_BE_NUMBERED:  # in a plan, only a heading changes anything
        return tense
    if _MAY_OPEN.search(sentence, 0, windows.OPENING) is None:
        return tense
    text = plain(sentence[: windows.OPENING]).lstrip()
    if inline := _INLINE_TITLE.match(text):
        return titled(inline["title"], grammar, meta) or tense
    if match := _OPENS_PLAN.match(text):
        year = match["year"] or match["good"] or match["will"]
        last = periods.PLANS[match["plan"]] + 4 if match["plan"] in periods.PLANS else int(year or 0)
        if not last or meta.year is None or last >= meta.year:
            return tense._replace(planned=True)
    return tense


def cues(text: str, tense: Tense, grammar: Grammar) -> tuple[Cue, ...]:
    """The words of a sentence that tell targets from results, in order.

    A word inside quotation marks (“两个确保”) counts for nothing, and neither does a time that is only compared with.
    """
    found, quotes = [], "“" in text
    for match in grammar.tense.finditer(text):
        role = match.lastgroup or ""
        if quotes and role not in ("plan", "year") and _in_quotes(text, match.start()):
            continue
        status = _of_time(text, match, tense) if role in ("plan", "year") else _SAYS[role]
        if status != "none":
            found.append(
                Cue(
                    match.start(),
                    match.end(),
                    None if status == "turn" else status,
                    role in _LASTING or match[0].startswith("今年"),
                )
            )
    if not tense.planned and "预计" in text:
        found += [Cue(*match.span("open"), "target", lasts=True, opens=False) for match in _EXPECTED.finditer(text)]
        found.sort(key=lambda cue: cue.start)
    kept: list[Cue] = []
    for cue in found:
        if not kept or not _only_says_again(text, kept[-1], cue):
            kept.append(cue)
    return tuple(kept)


def _only_says_again(text: str, earlier: Cue, cue: Cue) -> bool:
    """Whether a word that leaves a figure to its part of the report (将) follows one that makes it a target (明年).

    It does in the same clause, or behind a time that opens the sentence: “十五五”时期，我们将.
    """
    aimed = cue.status is None and earlier.status == "target"
    between = text[earlier.end : cue.start]
    return aimed and (not _CLAUSE_END.search(between) or (earlier.lasts and _BY_US.fullmatch(between) is not None))


def _of_time(text: str, match: re.Match[str], tense: Tense) -> Status | Literal["turn", "none"]:
    """What a year or a five-year plan says of the figures after it, by the year of the report."""
    before = text[match.start() - 1 : match.start()]
    if tense.year is None or before in _COMPARING:
        return "none"
    if match["plan"]:
        first = periods.PLANS.get(match["plan"], 0)
        return "target" if first >= tense.year else "result" if first + 4 < tense.year else "none"
    expected = int(match["year"]) > tense.year and text.endswith(_EXPECTING, 0, match.start())
    if not expected and before not in _BEFORE_YEAR:
        return "none"
    year = int(match["year"])
    if year == tense.year:
        return "target" if before in ("到", "至") else "turn"
    return "target" if year > tense.year else "result"


def status(text: str, at: int, said: Sequence[Cue], tense: Tense, grammar: Grammar) -> Status:
    """Whether the figure whose number starts at text[at] is a target or a result; `said` are the cues of the text.

    The nearest cue before it in its clause counts, then one of the clauses before that lasts (去年, 未来五年), up to ；, then
    one that lasts at the start of the sentence, and without any the part of the report.
    """
    usual: Status = "target" if tense.planned else "result"
    if not said and "预计" not in text:
        return usual
    begin = max(text.rfind(mark, 0, at) for mark in _STOPS) + 1
    passage = max(text.rfind("；", 0, at), text.rfind("。", 0, at)) + 1
    opening = text.find("，", 0, at)
    for cue in reversed(said):
        if cue.start >= at or (cue.start < passage and (cue.start > opening or not cue.opens)):
            continue
        if cue.start >= begin:
            if not _describes(text, cue, begin, at, grammar):
                return cue.status or usual
        elif _goes_on(text, cue, begin, at):
            return cue.status or usual
        elif cue.status == usual == "target" and cue.start >= passage:
            return usual  # it ends what 目前 held: 目前有6家，力争翻番，增加到15家
    return usual


def _goes_on(text: str, cue: Cue, begin: int, at: int) -> bool:
    """Whether a word of an earlier clause holds in the clause that starts at `begin`, for the figure at `at`."""
    if _LEANING.match(text, begin) and _tells_more(text[cue.end : begin]):
        return True
    if cue.status == "target" and not _CLAUSE_END.search(text, cue.end, begin):  # 今年将新建水厂1座、泵站3座
        return True
    if cue.status == "result" and text.startswith("已", cue.start):
        clause = text[text.rfind("，", 0, at) + 1 : at]
        if "了" in clause or clause.startswith("累计"):  # 已见成效，引进了75家企业; 主桥已合龙，累计完成投资9亿元
            return True
    return cue.lasts and "基础上" not in text[cue.end : at] and not _ONLY_OF.match(text, cue.end)


def _tells_more(between: str) -> bool:
    """Whether all clauses behind the first one of a text only tell more of the thing before: 建设铁路3条，全长90公里，."""
    return "；" not in between and all(_LEANING.match(clause) for clause in between.split("，")[1:-1])


def _describes(text: str, cue: Cue, begin: int, at: int, grammar: Grammar) -> bool:
    """Whether a result only describes what a figure counts or starts from.

    So it is in 对已签约的20个项目, in 盘活现有厂房20万平方米 (its clause starts with a verb) and in 在2000年基础上翻一番.
    """
    if cue.status != "result":
        return False
    before = text[begin : cue.start]
    verb = before[:1] in _TREATING or grammar.opens.at_start(before) or grammar.adverb.at_start(before)
    described = text[at - 1 : at] == "的" and at - cue.end <= windows.DESCRIBED
    return bool(verb) or described or "基础上" in text[cue.end : at]


def _in_quotes(text: str, at: int) -> bool:
    """Whether a position is inside quotation marks, counted from the start of its clause."""
    begin = max(text.rfind(mark, 0, at) for mark in "，。；") + 1
    return text.count("“", begin, at) > text.count("”", begin, at)
