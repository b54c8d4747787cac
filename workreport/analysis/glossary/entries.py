"""Knows how reports print a glossary: as entries below a title, numbered or not, or as notes ［1］ without a title.

Leaves finding the explained words in the text to `uses`.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field

from workreport.ingest.headings import NUMERAL, number_of, paragraphs
from workreport.ingest.report_end import is_glossary_title

LONGEST_TITLE = 40
LONGEST_NAME = 40
LONGEST_BARE = 30
"""Most characters of the name of an entry without a number, or of a name that is alone on its line without a colon."""
LEAST_FINISHED = 15
"""Fewest characters of a line that may be a further paragraph of the last entry."""
JUMP = 3
"""The largest step from the number of one entry to the next."""
WAIT = 12
"""Most lines between the first lines of two entries; after more lines the glossary has ended."""
BEFORE_FIRST = 3
"""Most lines between the title and the first entry."""

_BORDER = re.compile(r"(?:附件|附录|附表)[一二三四五六七八九十0-9]*(?:[：:].*)?")
"""A line that ends a glossary: the title of another appendix."""
_STYLES = {
    "bracket": re.compile(r"[［\[〔﹝【]\^?[ 　]?(?P<n>[0-9０-９]{1,3})[ 　]?[］\]〕﹞】][:：]?\s*"),
    "circle": re.compile(r"(?P<n>[①-⑳㉑-㉟㊱-㊿])\s*"),
    "note": re.compile(r"注\s*(?P<n>[0-9０-９]{1,3})\s*[：:.．、]?\s*"),
    "point": re.compile(r"(?P<n>[0-9０-９]{1,3})\s*[.．、)）]\s*"),
    "round": re.compile(r"[（(](?P<n>[0-9０-９]{1,3})[）)]\s*"),
    "numeral": re.compile(rf"(?P<n>{NUMERAL}{{1,4}})、\s*"),
}
MARKED = ("bracket", "circle")
"""The styles whose numbers also occur in the text, as footnote markers: ［1］ and ①."""
CIRCLES = "".join(map(chr, (*range(0x2460, 0x2474), *range(0x3251, 0x3260), *range(0x32B1, 0x32C0))))
"""The circled numbers ① to ㊿, in order."""
_LABEL = re.compile(r"(?:名词解释|注释|注|说明|解释|备注)[：:]\s*(?=\S)")
"""A label at the start of an entry, which is no part of its name: 名词解释：, 注：."""
OPEN, CLOSE = "“‘「『《【（(", "”’」』》】）)"
_SAYS = re.compile(r"[，,]?(?:是指|指的是|即为|是对)|[，,](?:指|即|是)|——")
"""What stands between a name and its explanation instead of a colon."""
_FINISHED = ("。", "；", "！", "？", "…", "。”", "。’", "。）", "”。")
QUOTED = re.compile(r"[“「『]([^“”「」『』]{1,30})[”」』]")


@dataclass
class EntryDraft:
    """An entry while it is read. `start` and `end` span it, `explained` are the spans of its paragraphs of explanation.

    `style` is the key of its number in _STYLES, "" without a number; `number` is the number as printed, `ordinal` its value.
    """

    style: str
    ordinal: int
    number: str
    name: str
    start: int
    end: int
    explained: list[tuple[int, int]] = field(default_factory=list)

    def add(self, body: str, start: int, end: int) -> None:
        """Add a line of explanation: to the last paragraph if that is unfinished, otherwise as a new one."""
        if self.explained and self.open(body):
            self.explained[-1] = (self.explained[-1][0], end)
        else:
            self.explained.append((start, end))
        self.end = end

    def open(self, body: str) -> bool:
        """Whether the explanation is unfinished: it is empty, or does not end with the punctuation of a sentence."""
        return not self.explained or not body.endswith(_FINISHED, *self.explained[-1])


@dataclass(frozen=True, slots=True)
class EntryList:
    """A glossary, from its title (or its first entry if it has no title) to the end of its last entry."""

    start: int
    end: int
    drafts: tuple[EntryDraft, ...]


def lists(body: str) -> Iterator[EntryList]:
    """Find all glossaries of a text, in order: entries below a title, or notes ［1］ ［2］ on lines of their own.

    Notes without a title count only if the text above has the footnote marker of the first one.
    """
    lines = list(paragraphs(body))
    first: dict[str, int] = {}  # for each footnote marker, where it first occurs
    i = 0
    while i < len(lines):
        start, end = lines[i]
        drafts: list[EntryDraft] = []
        after = i
        if _titled(body, start, end):
            for k in range(i + 1, min(i + 1 + BEFORE_FIRST, len(lines))):
                drafts, after = _entries(body, lines, k)
                if drafts:
                    break
            else:
                drafts, after = _unnumbered(body, lines, i + 1)
        elif body[start] in "［[〔﹝【①":
            drafts, after = _entries(body, lines, i)
            if drafts:
                mark = drafts[0].number
                first.setdefault(mark, body.find(mark))
                if drafts[0].style not in MARKED or first[mark] >= start:
                    drafts = []  # the text above has no such marker: these lines are no notes
        if drafts:
            yield EntryList(start, drafts[-1].end, tuple(drafts))
        i = max(after, i + 1)


def _titled(body: str, start: int, end: int) -> bool:
    """Whether a line is the title of a glossary."""
    return end - start <= LONGEST_TITLE and is_glossary_title(body[start:end])


def _entries(body: str, lines: Sequence[tuple[int, int]], i: int) -> tuple[list[EntryDraft], int]:
    """The numbered entries from line `i` on, which must have the number 1, and the index of the line after them.

    ([], i) if line `i` is no such entry.
    """
    start, end = lines[i]
    style = next((s for s, p in _STYLES.items() if (m := p.match(body, start, end)) and number(m["n"]) == 1), None)
    first = _entry(body, style, start, end, 0) if style else None
    if style is None or first is None:
        return [], i
    drafts, waiting, after = [first], list[tuple[int, int]](), i + 1
    for k in range(i + 1, len(lines)):
        start, end = lines[k]
        following = _entry(body, style, start, end, drafts[-1].ordinal)
        if following:
            for a, b in waiting:
                drafts[-1].add(body, a, b)
            drafts.append(following)
            waiting, after = [], k + 1
            continue
        border = end - start <= LONGEST_TITLE and _BORDER.fullmatch(body, start, end)
        if len(waiting) == WAIT or border or _titled(body, start, end):
            break
        waiting.append((start, end))
    return drafts, after + _last(body, drafts[-1], waiting)


def _last(body: str, draft: EntryDraft, waiting: Iterable[tuple[int, int]]) -> int:
    """Add to the last entry the lines after it that continue it; return how many.

    A line continues it if its explanation is unfinished, or if the line ends with 。 and has LEAST_FINISHED characters or
    more. The first other line (a button of a web page, 各位代表) ends the entry.
    """
    taken = 0
    for start, end in waiting:
        finished = end - start >= LEAST_FINISHED and body.endswith("。", start, end)
        if not (draft.open(body) or finished) or body.startswith("各位代表", start, end):
            break
        draft.add(body, start, end)
        taken += 1
    return taken


def _entry(body: str, style: str, start: int, end: int, last: int) -> EntryDraft | None:
    """The entry that starts on this line, or None.

    After the number `last`, its number must be `last` to `last` + JUMP; the first one (`last` is 0) must be 1. Footnotes may
    start again at 1.
    """
    matched = _STYLES[style].match(body, start, end)
    if not matched:
        return None
    ordinal, at = number(matched["n"]), matched.end()
    if label := _LABEL.match(body, at, end):
        at = label.end()
    due = ordinal == 1 if last == 0 else last <= ordinal <= last + JUMP
    if not due and not (style in MARKED and ordinal == 1):  # footnotes may be numbered per page
        return None
    name_end, said = _name(body, at, end)
    named = name_end > at
    decimal = style == "point" and body[at : at + 1].isdecimal()
    if not named and (decimal or style == "numeral" or (ordinal == last and style not in MARKED)):
        return None  # no entry, but an amount cut by a line break (3.5亿元) or a heading (一、工作回顾)
    if not named and style not in MARKED and end - at <= LONGEST_BARE and not re.search("[。，；]", body[at:end]):
        name_end = said = end  # the name is alone on its line
    draft = EntryDraft(style, ordinal, body[start : matched.end()].strip(), body[at:name_end].strip(), start, end)
    if said < end:
        draft.add(body, said, end)
    return draft


def _name(body: str, start: int, end: int) -> tuple[int, int]:
    """The positions where the name at `start` ends and its explanation begins; (start, start) if the line has no name.

    >>> _name("“四上”企业：指法人单位。", 0, 12), _name("物联网是指一种网络。", 0, 10), _name("没有名称。", 0, 5)
    ((6, 7), (3, 3), (0, 0))
    """
    stop = min(end, start + LONGEST_NAME + 1)
    for at in _outside_marks(body, start, stop):
        if body[at] in "：:":
            said = next((k for k in range(at + 1, end) if not body[k].isspace()), end)
            return at, said
        if body[at] in "。；！？":
            break
        if at > start and (says := _SAYS.match(body, at, end)):
            said = at + (says[0][0] in "，,—") + (says[0] == "——")
            return at, said
    # “词”指……: without a colon, the quotation marks show where the name ends
    if quoted := QUOTED.match(body, start, min(end, start + LONGEST_NAME)):
        at = quoted.end()
        if body.startswith(("指", "是", "即"), at, end):
            return at, at
    return start, start


def _outside_marks(body: str, start: int, end: int) -> Iterator[int]:
    """All positions outside quotation marks and brackets; the marks and brackets themselves are left out."""
    depth = 0
    for at in range(start, end):
        if body[at] in OPEN:
            depth += 1
        elif body[at] in CLOSE:
            depth = max(depth - 1, 0)
        elif not depth:
            yield at


def _unnumbered(body: str, lines: Sequence[tuple[int, int]], i: int) -> tuple[list[EntryDraft], int]:
    """The entries without numbers from line `i` on, and the index of the line after them.

    Each line must be a name (2 to LONGEST_BARE characters) and an explanation that ends with the punctuation of a sentence.
    """
    drafts: list[EntryDraft] = []
    after = i
    for k in range(i, len(lines)):
        start, end = lines[k]
        if drafts and drafts[-1].open(body):
            drafts[-1].add(body, start, end)
            after = k + 1
            continue
        name_end, said = _name(body, start, end)
        if not (
            1 < name_end - start <= LONGEST_BARE
            and said < end
            and body[start:end].endswith(_FINISHED)
            and not re.search("[，。；]", body[start:name_end])
        ):
            break
        draft = EntryDraft("", len(drafts) + 1, "", body[start:name_end].strip(), start, end)
        draft.add(body, said, end)
        drafts.append(draft)
        after = k + 1
    return drafts, after


def number(text: str) -> int:
    """The value of a number as printed; 0 if the text is no number.

    >>> number("１２"), number("③"), number("十二")
    (12, 3, 12)
    """
    return CIRCLES.index(text) + 1 if text in CIRCLES else number_of(text)
