"""Knows which faults the numbers of headings show: a gap, a repetition, fewer sections than announced, a lost part.

Nothing is reported whose number stands in the text after all, and nothing surely where it may stand in another writing.
Leaves recognising headings to `ingest`.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import islice, pairwise

from workreport.analysis.fault_case import FaultCase, han
from workreport.ingest.headings import NUMERAL, SIGNS, HeadingNumber, mark_of, number_of
from workreport.model import Confidence, Fault, Section

MOST_MISSING = 3
"""The most missing numbers of a gap that is surely one; a larger gap is rather another list."""
FEWEST_ANNOUNCED = 3
"""The smallest announced number that is compared with the sections."""
HIGHEST_FIRST = 4
"""The highest number of a first heading whose predecessors are surely lost."""

LONGEST_NUMBER = 16
"""The most characters of a heading's number with the spaces inside it."""
NEXT_NUMBER = 8
"""The most characters from the end of a section to the end of the next heading's number."""

_FINANCIAL, _ROMAN = "壹贰叁肆伍陆柒捌玖拾", "ⅠⅡⅢⅣⅤⅥⅦⅧⅨⅩ"
_RADICALS = {"一": "⼀", "二": "⼆", "八": "⼋", "十": "⼗"}
"""Characters that a pdf may have in place of a numeral; they look the same."""
_COUNTED = "年月日号季大个项种类批次条方届成倍万亿千百十零一二三四五六七八九0-9０-９.．%％"
"""What follows a number that counts something: 三年来, 五大行动, 2.5. Such a number is no heading's."""

_ANNOUNCED = re.compile(
    rf"(?P<n>{NUMERAL}{{1,3}}|[0-9]{{1,2}})(?:个|大|项)?方面的?(?:主要|重点|具体)?(?:工作|任务|举措)?(?P<end>[：:。]?)$"
)


@dataclass(frozen=True, slots=True)
class _NumberedSection:
    """A section with a numbered heading, and where the section above it starts."""

    section: Section
    mark: HeadingNumber
    above: int

    @property
    def start(self) -> int:
        """Where the heading starts in the body."""
        return self.section.start


def wrong_numbers(case: FaultCase) -> Iterable[Fault]:
    """Find wrong numbers of neighbouring headings: gap, repetition, step back, a first number above one, a lost bracket.

    No fault: a new start at one, numbers that go on from the part before, and a gap whose number stands in the text.
    """
    last: dict[str, int] = {}
    parent: dict[str, int] = {}
    above = {b.start: a.mark for a, b in pairwise(sorted(_all(case), key=lambda x: x.start))}
    for run in _runs(case):
        yield from _lost_brackets(case, run)
        first = run[0]
        before, n = last.get(first.mark.kind), first.mark.number
        slipped = before == n - 2 and first.start in above and above[first.start].number == n - 1
        goes_on = before == n - 1 or slipped
        if first.mark.number > 1 and not goes_on:
            yield from _late_start(case, run)
        base = first
        same = parent.get(first.mark.kind) == first.above
        for k in range(1, len(run)):
            if _is_slip(run[k], base, above):
                continue
            if k == 1 and same and before == run[k].mark.number - 1 > 0:
                continue  # the run before goes on behind a single 一、, as where 统一、 is broken over two lines
            yield from _step(case, base, run, k)
            base = max(base, run[k], key=lambda x: x.mark.number)
        last[first.mark.kind], parent[first.mark.kind] = base.mark.number, first.above


def _all(case: FaultCase) -> Iterator[_NumberedSection]:
    """All sections with numbers."""
    return (x for run in _runs(case) for x in run)


def _is_slip(this: _NumberedSection, base: _NumberedSection, above: dict[int, HeadingNumber]) -> bool:
    """Whether a heading has the number of another kind by a slip: 三、 between （二） and （四）.

    `base` is the last right heading of its own kind; `above` has the heading just before each.
    """
    n, before = this.mark.number, above.get(this.start)
    return n != base.mark.number + 1 and before is not None and before.kind != this.mark.kind and before.number == n - 1


def _runs(case: FaultCase) -> Iterator[list[_NumberedSection]]:
    """Yield the siblings with numbers of one kind, in the order of the text; a new start at one begins another run."""

    def inside(sections: Sequence[Section], above: int) -> Iterator[list[_NumberedSection]]:
        runs: dict[str, list[_NumberedSection]] = {}
        for section in sections:
            mark = mark_of(section.number) if section.number and section.heading else None
            if mark:
                if mark.number == 1 and mark.kind in runs:
                    yield runs.pop(mark.kind)
                runs.setdefault(mark.kind, []).append(_NumberedSection(section, mark, above))
        yield from runs.values()
        for section in sections:
            yield from inside(section.children, section.start)

    yield from sorted(inside(case.outline.sections, 0), key=lambda run: run[0].start)


def _lost_brackets(case: FaultCase, run: Sequence[_NumberedSection]) -> Iterator[Fault]:
    """Find 二） among （一） and （三）. Where all headings are written so, it is a style."""
    if any(x.section.number.startswith("（") for x in run):
        for x in run:
            torn = case.text.body[max(x.start - 8, 0) : x.start].rstrip().endswith(("（", "("))
            if x.mark.kind == "two" and not x.section.number.startswith("（") and not torn:
                end = _end(case, x)
                yield case.fault("numbering", x.start, end, f"标题序号缺左括号：“{x.section.number}”", "certain")


def _late_start(case: FaultCase, run: Sequence[_NumberedSection]) -> Iterator[Fault]:
    """Find a first number above one whose predecessor stands nowhere before it."""
    first = run[0]
    if first.mark.number > HIGHEST_FIRST or _stands(
        case, first.mark, range(1, first.mark.number), first.above, first.start
    ):
        return
    sure: Confidence = "high" if len(run) > 1 and first.mark.kind in ("one", "two", "three") else "medium"
    if _may_stand(case, first.mark, range(1, first.mark.number), first.above, first.start):
        sure = "medium"
    note = f"同级标题的第一个是“{first.section.number}”，前面没有找到“{_written(first.mark, 1)}”"
    yield case.fault("numbering", first.start, _end(case, first), note, sure)


def _step(case: FaultCase, before: _NumberedSection, run: Sequence[_NumberedSection], k: int) -> Iterator[Fault]:
    """Find a number that does not follow the one before it: （二） after （二）, （四） after （二）, （三） after （四）."""
    this = run[k]
    was, now = before.mark.number, this.mark.number
    after = run[k + 1].mark.number if k + 1 < len(run) else None
    if now == was + 1:
        return
    shown = f"前一个同级标题是“{before.section.number}”，这里是“{this.section.number}”"
    sure: Confidence = "high"
    if now > was:
        gap = range(was + 1, now)
        if _stands(case, this.mark, gap, before.start, this.section.end):
            return
        lost = "".join(f"“{_written(this.mark, n)}”" for n in gap)
        word = f"序号跳过了{lost}：{shown}，其间没有找到{lost}"
        sure = "certain" if _is_regular(run, k) else "high"
        if len(gap) > MOST_MISSING or _may_stand(case, this.mark, gap, before.start, this.section.end):
            sure = "medium"
    elif now == was:
        word = f"序号重复：{shown}"
        sure = "certain" if after in (was + 1, was + 2) else "high"
    else:
        if _stands(case, this.mark, range(now - 1, now), before.start, this.start):
            return
        word = f"序号倒退：{shown}"
        sure = "high" if after in (was + 1, was + 2) else "medium"
    yield case.fault("numbering", this.start, _end(case, this), word, sure)


def _end(case: FaultCase, x: _NumberedSection) -> int:
    """Where the number of a heading ends in the body, which may write it with spaces or as one character: （ 一 ）, ㈠."""
    written = mark_of(case.text.body[x.start : x.start + LONGEST_NUMBER])
    return x.start + len(written.text.rstrip() if written else x.mark.text)


def _is_regular(run: Sequence[_NumberedSection], k: int) -> bool:
    """Whether all other numbers of a run of three or more follow one another."""
    numbers = [x.mark.number for x in run]
    return len(run) > 2 and all(b == a + 1 for i, (a, b) in enumerate(pairwise(numbers), 1) if i != k)


def _stands(case: FaultCase, mark: HeadingNumber, numbers: Iterable[int], start: int, end: int) -> bool:
    """Whether one of the first numbers stands in body[start:end]: see `_writings`."""
    body = case.text.body
    return any(_writings(mark, n).search(body, start, end) for n in islice(numbers, MOST_MISSING))


def _writings(mark: HeadingNumber, n: int) -> re.Pattern[str]:
    """A pattern for a heading number: anywhere as it is written, and in a similar writing where a line or sentence begins."""
    name, digits = r"\s*".join(han(n)), "".join(f"[{d}{chr(ord(d) + 0xFEE0)}]" for d in str(n))
    sign = f"|{SIGNS[n - 1]}" if n <= len(SIGNS) else ""
    own, similar = {
        "two": (rf"[（(〈【\[]\s*{name}\s*[）)〉】\]]{sign}", rf"{name}\s*[）)、．.，]|第{name}[，、：]"),
        "four": (rf"[（(]\s*{digits}\s*[）)]", rf"{digits}\s*[）)]|{_circle(n)}"),
        "three": (
            rf"(?<![0-9０-９.．]){digits}\s*[.．、](?![0-9０-９])",
            rf"[（(]?\s*{digits}\s*(?:[）)，,]|\s)|{_circle(n)}",
        ),
        "one": (rf"(?<![一-鿿“]){name}\s*[、．.]", rf"{name}\s*[，,：: 　]|第{name}(?:部分|[，、：])"),
    }.get(mark.kind, (rf"第\s*{name}", rf"{name}[、是]"))
    return re.compile(rf"{own}|(?:^|[\n。；：！]|　)[\s　*#]{{0,8}}(?:{similar})")


def _may_stand(case: FaultCase, mark: HeadingNumber, numbers: Iterable[int], start: int, end: int) -> bool:
    """Whether one of the first numbers stands in body[start:end] as a heading's number in any writing.

    It begins a line, or stands in any brackets where a sentence begins.
    """
    body = case.text.body
    return any(_other_writings(mark.kind, n).search(body, start, end) for n in islice(numbers, MOST_MISSING))


def _other_writings(kind: str, n: int) -> re.Pattern[str]:
    """A pattern for a heading number in any writing: 〔三〕, （三, 三是, 叁、, Ⅲ、, ③.

    There often are headings （二） below 一、, so these do not count for a missing 二、.
    """
    name = r"\s*".join(f"[{c}{_RADICALS.get(c, '')}]" for c in han(n))
    digits = "".join(f"[{d}{chr(ord(d) + 0xFEE0)}]" for d in str(n))
    signs = "".join(row[n - 1] for row in (_FINANCIAL, _ROMAN, SIGNS, "㊀㊁㊂㊃㊄㊅㊆㊇㊈㊉") if n <= len(row))
    number = rf"(?:{name}|{digits}|{_circle(n)}{f'|[{signs}]' if signs else ''})(?![{_COUNTED}])"
    child = rf"(?![（(]\s*(?:{name}|{digits})\s*[）)])" if kind == "one" else ""
    bracket = r"[“（(〔〈<＜﹙﹝【\[［〖]\s*"
    line, sentence = r"(?:^|\n)[\s　*#]{0,8}", r"[。；：！][\s　*#]{0,8}"
    return re.compile(rf"{line}{child}(?:{bracket})?{number}|{sentence}{child}{bracket}{number}")


def _circle(n: int) -> str:
    """The number in a circle, ① to ⑳; a pattern that never matches for others."""
    return chr(0x245F + n) if n <= 20 else "(?!)"


def _written(mark: HeadingNumber, n: int) -> str:
    """Another number in the writing of this heading: 3 for （一） is （三）."""
    digits = str(mark.number) in mark.printed or any("０" <= c <= "９" for c in mark.printed)
    bare = re.sub(rf"{NUMERAL}+|[0-9０-９]+", "%", mark.printed, count=1)
    return bare.replace("%", str(n) if digits else han(n))


def announced_sections(case: FaultCase) -> Iterable[Fault]:
    """Find an announcement of more or fewer sections than follow: 我们主要做了十方面工作：, then eight sections.

    The announcement ends the paragraph before the first section. Where sections are missing at the end, there is a second
    fault at the end of the last one.
    """
    for section in case.outline.walk():
        listed = _first_list(section.children)
        own = [s for p in section.paragraphs for s in p.sentences]
        found = _ANNOUNCED.search(own[-1].text.rstrip()) if own and listed else None
        if found is None:
            continue
        said, present = number_of(found["n"]), len(listed)
        contiguous = [x.mark.number for x in listed] == list(range(1, present + 1))
        others = [s for s in section.children if s.heading and not s.number]
        if said < FEWEST_ANNOUNCED or said == present or not contiguous or others:
            continue
        gap = range(present + 1, said + 1)
        if said > present and _stands(case, listed[0].mark, gap, listed[0].start, section.end):
            continue
        sure: Confidence = "certain" if said > present and found["end"] in ("：", ":") else "medium"
        if said > present and _may_stand(case, listed[0].mark, gap, listed[0].start, section.end + NEXT_NUMBER):
            sure = "medium"
        note = f"报告称{han(said)}方面，来源文件载{han(present)}方面（{listed[0].section.number}至{listed[-1].section.number}）"
        start, end = own[-1].start + found.start(), own[-1].start + found.start("end")
        yield case.fault("announced", start, end, note, sure)
        if said > present:
            stop = len(case.text.body[: listed[-1].section.end].rstrip())
            names = "".join(_written(listed[0].mark, n) for n in gap)
            note = f"缺{names}：上文说有{han(said)}方面，来源文件到{listed[-1].section.number}为止"
            yield case.fault("missing", stop - 1, stop, note, sure)


def _first_list(sections: Sequence[Section]) -> list[_NumberedSection]:
    """The numbered sections up to the next number one."""
    listed: list[_NumberedSection] = []
    for section in sections:
        mark = mark_of(section.number) if section.number and section.heading else None
        if mark and listed and (mark.number == 1 or mark.kind != listed[0].mark.kind):
            break
        if mark:
            listed.append(_NumberedSection(section, mark, section.start))
    return listed


def lost_parts(case: FaultCase) -> Iterable[Fault]:
    """Find a report whose only part is 一、 and that has no closing words: the rest of the text is probably missing."""
    parts = [s for s in case.outline.sections if not s.id.startswith("a")]
    if len(parts) != 1 or not parts[0].heading:
        return
    mark = mark_of(parts[0].number) if parts[0].number else None
    if mark is None or mark.number != 1 or _stands(case, mark, (2,), parts[0].start, parts[0].end):
        return
    heading = parts[0].heading
    sure: Confidence = "medium" if _may_stand(case, mark, (2,), parts[0].start, parts[0].end) else "high"
    note = f"只有“{parts[0].number}”，没有其后的部分，也没有结束语；来源文件很可能不全"
    yield case.fault("missing", heading.start, heading.end, note, sure)
