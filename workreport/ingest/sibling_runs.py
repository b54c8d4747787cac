"""Knows which numbered paragraphs are headings: decided for a whole run of siblings (一、二、三、), never for one alone.

Items of a list (1.新建学校3所；) are no headings, and neither are the lines of a table of contents. Leaves the order of
kinds to `headings`, and the tree to `outline`.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Literal

from workreport.ingest.headings import END, RANK, HeadingKind, HeadingNumber

LONGEST_HEADING = 60
"""The longest heading that is a line of its own."""
LONGEST_SENTENCE = 100
"""The longest first sentence of a paragraph that may be its heading, for 一、 and （一）."""
LONGEST_RUN_IN = 60
"""The same for 第一，, 1. and （1）."""
LONGEST_MEASURED = 30
"""The longest title before its text that may state a figure (办好10件实事)."""
SHORTEST_BEFORE_SPACE = 8
"""The shortest heading that only a single space parts from its text."""
SHORTEST_TEXT = 20
"""The shortest text after such a space."""

MOST_NESTED = 2
"""The most runs of one kind that stay open around another."""

Shape = Literal["alone", "run-in", "item"]
"""What one numbered paragraph looks like: a title alone on its line, a title with text after it, or an item of a list."""

_GAP = re.compile(r"[^\S\n]{2,}|　|\t")
_SPACE = re.compile(r"(?<=[一-鿿”）])[ 　](?=[一-鿿“])")
_MEASURED = re.compile(
    r"[0-9０-９][0-9０-９.．,，]{0,16}[ 　]{0,2}(?:多|余|几)?[ 　]{0,2}(?:[%％‰万亿公平千立吨亩米]|[个所条户套张座处台批人名家项元辆件](?!方面|大|千亿|百亿|行动))"
)
_QUOTED = re.compile(r"“[^”]*”|《[^》]*》|（[^）]*）")
_ENTRY = re.compile(r"[^。，；：:]{1,40}[：:]")
_LAST = 12
"""The characters at the end of a line in which a page number is looked for."""
_PAGE_NUMBER = re.compile(r"(?:[\t　 ]+|[.．…·•\-—]{2,})\d{1,3}$")


@dataclass(frozen=True, slots=True)
class NumberedLine:
    """A paragraph that begins with a heading number: its index among the paragraphs, its text, its number."""

    at: int
    text: str
    mark: HeadingNumber


@dataclass(frozen=True, slots=True)
class HeadingLine:
    """A numbered paragraph that is a heading. `end` is the offset in its text where the title ends.

    `end` is the length of the text if the heading is the whole line, and that of the number if the line has no title.
    """

    line: NumberedLine
    end: int


@dataclass(frozen=True, slots=True)
class _LineForm:
    """The shape of a line, where its title would end, and whether the title states a figure."""

    shape: Shape
    end: int
    measured: bool


def headings_of(lines: Sequence[NumberedLine], plain: frozenset[int], end: int) -> dict[int, HeadingLine]:
    """Return the headings among the numbered lines of one region of a text, by the index of their paragraph.

    `lines` are in order; `plain` are the indexes of the paragraphs without a number; `end` is the index after the region.
    Kinds are decided from the highest rank down; a heading of a higher rank ends a run. A single 1. is a heading if most
    other runs of its kind are.
    """
    forms = {line.at: _line_form(line) for line in lines}
    texts = sorted(plain | {at for at, form in forms.items() if form.shape != "alone"})
    found: dict[int, HeadingLine] = {}
    for kind in RANK:
        runs = [
            _SiblingRun(kind, tuple(run), tuple(forms[line.at] for line in run), tuple(_bodies(run, stop, texts)))
            for run, stop in _runs(kind, lines, found, forms, end)
        ]
        likely = 2 * sum(run.is_headings for run in runs) > len(runs)
        for run in runs:
            if run.is_headings and (likely or len(run.lines) > 1 or RANK[kind] <= RANK["two"]):
                ends = _ends(run.lines, run.forms)
                found |= {line.at: HeadingLine(line, at) for line, at in zip(run.lines, ends, strict=True)}
    return found


def _ends(lines: Sequence[NumberedLine], forms: Sequence[_LineForm]) -> Iterator[int]:
    """Yield where the titles of siblings end.

    Where a space, not a full stop, parts titles from their text, a first sentence twice as long as such a title is a title
    and text in one, whose space was lost: no title can be told there.
    """
    parted = sorted(
        form.end - line.mark.length
        for line, form in zip(lines, forms, strict=True)
        if line.mark.length < form.end and line.text[form.end - 1] not in END and line.text[form.end :][:1].isspace()
    )
    usual = parted[len(parted) // 2] if parted else LONGEST_SENTENCE
    for line, form in zip(lines, forms, strict=True):
        joined = form.shape == "run-in" and form.end - line.mark.length > 2 * usual
        yield line.mark.length if joined else form.end


def _runs(
    kind: HeadingKind,
    lines: Sequence[NumberedLine],
    found: dict[int, HeadingLine],
    forms: dict[int, _LineForm],
    end: int,
) -> Iterator[tuple[list[NumberedLine], int]]:
    """Yield the runs of one kind, each with the index of the paragraph after it. A heading of a higher rank ends all runs.

    A run may lie inside another: 三、, the items 一、 to 五、 of a list, 四、. A number that could continue two runs goes to
    the one whose first line looks like it, a title or an item.
    """
    running: list[list[NumberedLine]] = []
    for line in lines:
        if line.at in found:
            yield from ((run, line.at) for run in running)
            running = []
        elif line.mark.kind == kind:
            k = _continued(running, line, forms)
            yield from ((run, line.at) for run in running[k + 1 :] if k >= 0)
            if k >= 0:
                del running[k + 1 :]
                running[k].append(line)
            else:
                yield from ((run, line.at) for run in running[:-MOST_NESTED])
                running = [*running[-MOST_NESTED:], [line]]
    yield from ((run, end) for run in running)


def _continued(running: Sequence[Sequence[NumberedLine]], line: NumberedLine, forms: dict[int, _LineForm]) -> int:
    """Return the index of the run that a line continues, -1 if it begins a new one.

    The next number continues a run; a larger one the innermost; the same one repeats a number above one.
    """
    n = line.mark.number
    fits = [k for k, run in enumerate(running) if run[-1].mark.number == n - 1]
    alike = [k for k in fits if _is_title(forms[running[k][0].at]) == _is_title(forms[line.at])]
    if fits:
        return (alike or fits)[-1]
    near = [k for k, run in enumerate(running) if run[-1].mark.number < n or run[-1].mark.number == n > 1]
    return near[-1] if near else -1


def _is_title(form: _LineForm) -> bool:
    """Whether a line looks like a title: it is no item, and states no figure."""
    return form.shape != "item" and not form.measured


@dataclass(frozen=True, slots=True)
class _SiblingRun:
    """Numbered lines of one kind in a row, the form of each, and whether text follows each before the next one."""

    kind: HeadingKind
    lines: tuple[NumberedLine, ...]
    forms: tuple[_LineForm, ...]
    bodies: tuple[bool, ...]

    @property
    def is_headings(self) -> bool:
        """Whether the lines are headings: most of them look like titles, and text follows most of them."""
        size = len(self.lines)
        if all(form.shape == "alone" for form in self.forms) and any(
            _PAGE_NUMBER.search(x.text[-_LAST:]) for x in self.lines
        ):
            return False
        titles = sum(map(_is_title, self.forms))
        if RANK[self.kind] <= RANK["two"]:
            listed = size > 2 and not any(self.bodies[:-1])
            return 2 * titles >= size and not listed
        entries = any(_ENTRY.match(line.text, line.mark.length) for line in self.lines)
        return 4 * titles >= 3 * size and 4 * sum(self.bodies) >= 3 * size and not entries


def _bodies(run: Sequence[NumberedLine], stop: int, texts: Sequence[int]) -> Iterator[bool]:
    """Yield for each line of a run whether text follows it before the next line, or before `stop` for the last one.

    `texts` are the indexes of the paragraphs with text: those without a number, and numbered ones that are no bare title.
    """
    for line, following in zip(run, [*(x.at for x in run[1:]), stop], strict=True):
        yield bisect_left(texts, following) > bisect_left(texts, line.at)


def _line_form(line: NumberedLine) -> _LineForm:
    """The shape of one line.

    >>> from workreport.ingest.headings import mark_of
    >>> [_line_form(NumberedLine(0, t, mark_of(t))).shape for t in ("一、回顾", "（一）抓工业。增加值增长6%。", "1.建学校3所；")]
    ['alone', 'run-in', 'item']
    """
    text, start = line.text, line.mark.length
    end = _title_end(line)
    title = _QUOTED.sub("", text[start:end])
    measured = _MEASURED.search(title) is not None
    limit = LONGEST_SENTENCE if RANK[line.mark.kind] <= RANK["two"] else LONGEST_RUN_IN
    if end == start or text.endswith(("；", ";", "，", ",", "、")) or end - start > limit:
        return _LineForm("item", end, measured)
    if len(text) - end > 1:
        return _LineForm("run-in", end, measured)
    whole_sentence = text.endswith("。") and (measured or len(text) > LONGEST_HEADING)
    return _LineForm("item" if whole_sentence or len(text) > LONGEST_HEADING else "alone", end, measured)


def _title_end(line: NumberedLine) -> int:
    """Return the offset where the title of a numbered line ends, with its 。; that of the number if it has no title.

    A title ends at a gap of several spaces, at a single space between a clause and a paragraph of text, or with the first
    sentence.
    """
    text, start = line.text, line.mark.length
    stop = _first_stop(text, start)
    sentence = stop + 1 if stop >= 0 else len(text)
    gap = _GAP.search(text, start + 2, sentence)
    if gap and len(text) - gap.end() >= SHORTEST_TEXT and stop >= 0:
        return gap.start()
    for space in _SPACE.finditer(text, start + SHORTEST_BEFORE_SPACE, sentence):
        if sentence - space.end() >= SHORTEST_BEFORE_SPACE and len(text) - space.end() >= SHORTEST_TEXT and stop >= 0:
            return space.start()
    limit = LONGEST_SENTENCE if RANK[line.mark.kind] <= RANK["two"] else LONGEST_RUN_IN
    title = _QUOTED.sub("", text[start:sentence])
    figures = len(title) > LONGEST_MEASURED and _MEASURED.search(title)
    if sentence < len(text) and (figures or re.search("[；：]", title) or sentence - start > limit):
        return start
    if sentence == len(text) and (len(text) > LONGEST_HEADING or (figures and text.endswith("。"))):
        return start
    return sentence


def _first_stop(text: str, start: int) -> int:
    """Return the offset of the first 。 outside quotation marks and brackets, -1 without one."""
    depth = 0
    for i in range(start, min(len(text), start + 2 * LONGEST_SENTENCE)):
        depth += (text[i] in "“《（") - (text[i] in "”》）")
        if text[i] == "。" and depth <= 0:
            return i
    return -1
