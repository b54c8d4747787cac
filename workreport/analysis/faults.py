"""Knows the errors that the report's own text shows: wrong counts, contradictions, missing, lost or repeated text.

A fault has a note and a confidence; it changes no text. Leaves corrections to `ingest.repair`, and errors that only a
person can find to the publisher's `notes.toml`.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from functools import lru_cache

from workreport.analysis.vocabulary import Vocabulary
from workreport.ingest.headings import NUMERAL, mark_of, number_of
from workreport.model import Confidence, Fault, FaultKind, Meta, Outline, Repetition, Section, Sentence, Source, Text


@dataclass(frozen=True, slots=True)
class FaultCase:
    """What a rule is given: the report in all its forms, the passages that occur twice, and the vocabulary."""

    source: Source
    text: Text
    meta: Meta
    outline: Outline
    repeated: tuple[Repetition, ...]
    words: Vocabulary

    def fault(self, kind: FaultKind, start: int, end: int, note: str, confidence: Confidence) -> Fault:
        """A fault at body[start:end] of the repaired text. Its positions are in the source, its quote is repaired text."""
        a, b = self.text.source_span(start, end)
        return Fault(kind, a, b, self.text.body[start:end], note, confidence)

    def original_sentences(self) -> Iterator[Sentence]:
        """All sentences except those of repeated passages."""
        return (s for s in self.outline.sentences() if not s.in_copy)


Rule = Callable[[FaultCase], Iterable[Fault]]
"""A rule yields the faults of one sort."""

_ANNOUNCED = re.compile(rf"(?P<n>{NUMERAL}{{1,3}}|[0-9]{{1,2}})(?:个|大|项)?方面(?:的)?(?:重点)?(?:工作|任务)?")
_SESSION = re.compile(
    rf"(?P<owner>全国|国务院|[省市区县州旗盟]|自治区)?第?(?P<term>{NUMERAL}{{1,3}})届(?P<owner2>全国|[省市区县州旗盟]|自治区)?(?:人民代表大会|人大)第?(?P<session>{NUMERAL}{{1,2}})次会议"
)
_OWN_SESSION = re.compile(rf"第?(?P<term>{NUMERAL}{{1,3}})届.*?第?(?P<session>{NUMERAL}{{1,2}})次会议")
_LEVELS = re.compile(r"(?P<list>[国省市区县镇乡街村]{2,5})(?P<n>[两二三四五])级")
_WISH = re.compile(r"力争|争取到|有望")
_REVIEW = re.compile(r"回顾|过去[一二三四五]年|主要成绩|工作情况")
_DOUBLED = re.compile(r"([的了和在与及将被把对街路区县省院局厂社所项额率业务性式型化])\1")
_BATCHES = re.compile(rf"(?P<n>{NUMERAL}{{1,3}})个一批")
_SHORTEST_REPORT = 5000
"""Fewest characters of a text that is as long as a report: the shortest one of the State Council (1975) has so many."""
_MARKS = {"“": "”", "‘": "’", "（": "）", "《": "》", "【": "】", "〔": "〕"}


def _announced(case: FaultCase) -> Iterable[Fault]:
    """Find announcements of more or fewer sections than follow: 我们主要做了十方面工作, then eight sections.

    Only the last two sentences before the sections are read, and numbers below three are ignored.
    """
    for section in case.outline.walk():
        numbered = [c for c in section.children if c.number]
        if not numbered:
            continue
        own = [s for p in section.paragraphs for s in p.sentences]
        for sentence in own[-2:]:
            found = max(_ANNOUNCED.finditer(sentence.text), key=re.Match.start, default=None)
            if found is None or not sentence.text.rstrip().endswith(("：", ":", "。")):
                continue
            said, present = number_of(found["n"]), len(numbered)
            if said >= 3 and said != present:
                yield case.fault(
                    "announced", sentence.start + found.start(), sentence.start + found.end(),
                    f"报告称{_han(said)}方面，来源文件载{_han(present)}方面（{numbered[0].number}至{numbered[-1].number}）", "certain",
                )  # fmt: skip


def _han(n: int) -> str:
    """A number from 0 to 99 in Chinese numerals: 23 → 二十三."""
    digits = "零一二三四五六七八九十"
    if n <= 10:
        return digits[n]
    tens, ones = divmod(n, 10)
    return f"{digits[tens] if tens > 1 else ''}十{digits[ones] if ones else ''}"


def _missing_sections(case: FaultCase) -> Iterable[Fault]:
    """Find announced sections that are missing at the end: ten are announced, but （八） is the last.

    Only if the sections present are numbered from one without a gap. The fault is at the end of the last section.
    """
    for fault in _announced(case):
        section = _section_at(case, fault)
        numbered = [c for c in section.children if c.number] if section else []
        said = number_of(m["n"]) if (m := _ANNOUNCED.search(fault.quote)) else 0
        last = mark_of(numbered[-1].number) if numbered else None
        if last and said > last.number and last.number == len(numbered):
            names = "".join(f"（{_han(n)}）" for n in range(last.number + 1, said + 1))
            end = numbered[-1].end
            body = case.text.body[:end].rstrip()
            yield case.fault(
                "missing",
                len(body) - 1,
                len(body),
                f"缺{names}：上文说有{_han(said)}方面，来源文件到{numbered[-1].number}为止",
                "certain",
            )


def _section_at(case: FaultCase, fault: Fault) -> Section | None:
    """The section with the paragraph in which a fault starts."""
    at = case.text.from_source(fault.start)
    return next((s for s in case.outline.walk() for p in s.paragraphs if p.start <= at < p.end), None)


def _missing_parts(case: FaultCase) -> Iterable[Fault]:
    """Find a report whose only numbered part is 一、: the rest of the text is probably missing.

    Appendices do not count.
    """
    parts = [s for s in case.outline.sections if s.number and not s.id.startswith("a")]
    if len(parts) == 1 and parts[0].heading:
        heading = parts[0].heading
        yield case.fault(
            "missing",
            heading.start,
            heading.end,
            f"只有“{parts[0].number}”，没有其后的部分；来源文件很可能不全",
            "high",
        )


def _numbers(case: FaultCase) -> Iterable[Fault]:
    """Find wrong numbers of neighbouring headings: gap, repetition, step back, a first number above one, a lost bracket.

    A new start at one is no fault.
    """

    def check(siblings: tuple[Section, ...]) -> Iterable[Fault]:
        before: tuple[str, int, str] | None = None
        for s in siblings:
            mark = mark_of(s.number) if s.number else None
            if mark and s.heading and mark.kind == "two" and not s.number.startswith("（"):
                a = s.heading.start
                yield case.fault("numbering", a, a + mark.length, f"标题序号缺左括号：“{s.number}”", "certain")
            if mark and s.heading:
                if (
                    before
                    and before[0] == mark.kind
                    and mark.number != before[1] + 1
                    and (mark.number != 1 or before[1] == 1)
                ):
                    word = "重复" if mark.number == before[1] else "跳号" if mark.number > before[1] else "倒退"
                    yield case.fault(
                        "numbering",
                        s.heading.start,
                        s.heading.start + mark.length,
                        f"标题序号{word}：前一个是{before[2]}，这里是{s.number}",
                        "certain",
                    )
                elif not before and mark.number > 1:
                    yield case.fault(
                        "numbering",
                        s.heading.start,
                        s.heading.start + mark.length,
                        f"标题序号不从一开始：第一个是{s.number}",
                        "certain",
                    )
                before = (mark.kind, mark.number, s.number)
            yield from check(s.children)

    yield from check(case.outline.sections)


def _stranger(case: FaultCase) -> Iterable[Fault]:
    """Find a text that has at most one of five signs of a work report. It is published all the same, with a warning."""
    roles = {p.role for p in case.outline.front}
    numbered = sum(1 for s in case.outline.walk() if s.number)
    signs = (
        "title" in roles,
        "salutation" in roles or "各位代表" in case.text.body,
        numbered >= 2,
        bool(case.meta.speaker),
        len(case.text.body) >= _SHORTEST_REPORT,
    )
    if sum(signs) <= 1:
        first = next(iter(case.outline.sentences()), None)
        if first:
            told = "没有读出题头、称呼、报告人和带序号的章节；这也许不是政府工作报告"
            yield case.fault("stranger", first.start, first.end, told, "medium")


def _batches(case: FaultCase) -> Iterable[Fault]:
    """Find “七个一批” if two or more 一批 follow in its sentence (储备一批…、开工一批…), but not seven."""
    for s in case.original_sentences():
        for found in _BATCHES.finditer(s.text):
            listed = s.text.count("一批", found.end())
            said = number_of(found["n"])
            if listed >= 2 and listed != said:
                a, b = s.start + found.start(), s.start + found.end()
                yield case.fault("announced", a, b, f"称{found['n']}个一批，其后列出{_han(listed)}个", "medium")


def _sessions(case: FaultCase) -> Iterable[Fault]:
    """Find a cited decision of a session of the same congress that is later than the session the report is given to."""
    own = _OWN_SESSION.search(case.meta.meeting)
    if not own:
        return
    term, session = number_of(own["term"]), number_of(own["session"])
    national = "全国" in case.meta.meeting
    for s in case.original_sentences():
        if not s.section:
            continue
        for found in _SESSION.finditer(s.text):
            owner = found["owner"] or found["owner2"] or ""
            if (owner in ("全国", "国务院")) != national:
                continue
            if not national and owner and owner not in case.meta.place[-1:] + case.meta.meeting[:12]:
                continue
            cited = (number_of(found["term"]), number_of(found["session"]))
            if cited > (term, session) and re.search(
                "确定|提出|通过|审议|决议|目标", s.text[found.end() : found.end() + 12]
            ):
                yield case.fault(
                    "contradiction", s.start + found.start(), s.start + found.end(),
                    f"与题头不合：本报告向“{case.meta.meeting}”作，不能回应更晚的“{found[0]}”；两处必有一误", "certain",
                )  # fmt: skip


def _levels(case: FaultCase) -> Iterable[Fault]:
    """Find a wrong count of levels of government: 省市三级 lists two levels and says three."""
    for s in case.original_sentences():
        for found in _LEVELS.finditer(s.text):
            listed, said = len(set(found["list"])), number_of(found["n"])
            if listed != said and len(found["list"]) == listed:
                yield case.fault(
                    "contradiction",
                    s.start + found.start(),
                    s.start + found.end(),
                    f"列出{_han(listed)}级，却称{found['n']}级",
                    "high",
                )


def _lost(case: FaultCase) -> Iterable[Fault]:
    """Find the places where the copy of a passage replaced text. The fault is just before the copy."""
    for r in case.repeated:
        if r.lost:
            a = max(r.start - 8, case.text.body.rfind("\n", 0, r.start) + 1)
            yield case.fault(
                "lost",
                a,
                r.start,
                f"此处原文中断：其后 {r.end - r.start} 字与前文重复，盖住了原有文字；缺多少不能确知",
                "certain",
            )


def _repeated(case: FaultCase) -> Iterable[Fault]:
    """Find the copies of passages that occur twice."""
    for r in case.repeated:
        yield case.fault("repeated", r.start, r.end, f"与前文重复的 {r.end - r.start} 字，疑为排版时误贴", "certain")


def _doubled(case: FaultCase) -> Iterable[Fault]:
    """Find characters doubled by mistake: 街街, 的的."""
    for s in case.original_sentences():
        for found in doubled_characters(s.text, case.words):
            a, b = max(found.start() - 4, 0), min(found.end() + 4, len(s.text))
            yield case.fault("doubled", s.start + a, s.start + b, f"“{found[1]}”字叠出，疑多一字", "high")


def has_doubled(text: str) -> bool:
    """Whether a text has a doubled character that could be a mistake; the vocabulary may still allow it."""
    return _DOUBLED.search(text) is not None


def doubled_characters(text: str, words: Vocabulary) -> Iterator[re.Match[str]]:
    """Find doubled characters that no word of the roles doubled and each allows. Each match has both characters."""
    for found in _DOUBLED.finditer(text):
        if not _correct_doubling(words).search(text[max(found.start() - 2, 0) : found.end() + 2]):
            yield found


@lru_cache(maxsize=4)
def _correct_doubling(words: Vocabulary) -> re.Pattern[str]:
    """The pattern of correct doubling: a word of the role doubled, or one of the role each and a verb (路路通, 项项都有)."""
    each, verb = words.pattern("each"), words.pattern("each-verb")
    return re.compile(rf"{words.pattern('doubled')}|(?:{each})[一-鿿]?(?:{verb})")


def _future_words(case: FaultCase) -> Iterable[Fault]:
    """Find 力争, 争取到 and 有望 in a review of past work: they introduce a target, or the text is wrong."""
    review: set[str] = set()
    for section in case.outline.sections:
        if _REVIEW.search(section.title):
            review |= {s.id for s in section.walk()}
    for s in case.original_sentences():
        if s.section in review and not s.heading:
            for found in _WISH.finditer(s.text):
                stop = next((i for i in range(found.start(), len(s.text)) if s.text[i] in "，；。"), len(s.text))
                yield case.fault(
                    "tense",
                    s.start + found.start(),
                    s.start + stop,
                    "工作回顾里出现对将来的说法；或是目标，或是文字有误",
                    "low",
                )


def _unbalanced(case: FaultCase) -> Iterable[Fault]:
    """Find quotation marks and brackets without a partner: a paragraph has more opening than closing ones, or fewer."""
    for section in case.outline.walk():
        for paragraph in section.paragraphs:
            words = case.text.body[paragraph.start : paragraph.end]
            for opening, closing in _MARKS.items():
                if words.count(opening) != words.count(closing):
                    at = words.rfind(opening) if words.count(opening) > words.count(closing) else words.find(closing)
                    a, b = max(at - 4, 0), min(at + 8, len(words))
                    yield case.fault(
                        "marks",
                        paragraph.start + a,
                        paragraph.start + b,
                        f"“{opening}”{words.count(opening)} 个、“{closing}”{words.count(closing)} 个，不成对",
                        "high",
                    )


RULES: tuple[Rule, ...] = (
    _announced,
    _missing_sections,
    _missing_parts,
    _numbers,
    _sessions,
    _stranger,
    _batches,
    _levels,
    _lost,
    _repeated,
    _doubled,
    _future_words,
    _unbalanced,
)
"""The rules, in the order in which they run."""


def find(case: FaultCase, noted: tuple[Fault, ...] = ()) -> tuple[Fault, ...]:
    """All faults of a report, in the order of the source, including `noted`, those from `notes.toml`."""
    mine = [f for rule in RULES for f in rule(case)]
    return tuple(sorted((*noted, *mine), key=lambda f: (f.start, f.end, f.kind, f.note)))
