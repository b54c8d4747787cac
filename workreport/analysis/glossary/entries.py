"""Knows the forms in which a report prints a glossary: numbered entries below a title, notes ［1］, names with or
without colon.

Leaves finding the words in the text to `uses`.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field

from workreport.ingest.headings import NUMERAL, number_of, paragraphs

LONGEST_TITLE = 40
LONGEST_NAME = 40
LONGEST_BARE = 30
"""Most characters of a name without a number, or alone on its line without a colon."""
LEAST_FINISHED = 15
"""Fewest characters of a line after the last entry that may be a paragraph of it."""
JUMP = 3
"""Most that the number may grow from one entry to the next."""
WAIT = 12
"""Most lines between two entries; after more, the glossary has ended."""
BEFORE_FIRST = 3
"""Most lines between the title and the first entry."""

_TITLE = re.compile(
    r".{0,30}(?:名词|词语|词条|术语|用语)[^。，；]{0,6}(?:解释|注释|释义|说明|注解)[：:）)】》]*(?:[（(][^）)]*[）)])?"
    r"|[【（(]?(?:注释|注解|释义|脚注|尾注)[】）)]?[：:]?"
)
_BORDER = re.compile(r"(?:附件|附录|附表)[一二三四五六七八九十0-9]*(?:[：:].*)?")
_STYLES = {
    "bracket": re.compile(r"[［\[〔【]\^?(?P<n>[0-9０-９]{1,3})[］\]〕】][:：]?\s*"),
    "circle": re.compile(r"(?P<n>[①-⑳㉑-㉟㊱-㊿])\s*"),
    "note": re.compile(r"注\s*(?P<n>[0-9０-９]{1,3})\s*[：:.．、]?\s*"),
    "point": re.compile(r"(?P<n>[0-9０-９]{1,3})\s*[.．、)）]\s*"),
    "round": re.compile(r"[（(](?P<n>[0-9０-９]{1,3})[）)]\s*"),
    "numeral": re.compile(rf"(?P<n>{NUMERAL}{{1,4}})、\s*"),
}
MARKED = ("bracket", "circle")
"""Styles whose numbers appear as marks in the text."""
CIRCLES = "".join(map(chr, (*range(0x2460, 0x2474), *range(0x3251, 0x3260), *range(0x32B1, 0x32C0))))
_LABEL = re.compile(r"(?:名词解释|注释|注|说明|解释|备注)[：:]\s*(?=\S)")
"""A label before a note, which is no part of its name."""
OPEN, CLOSE = "“‘「『《【（(", "”’」』》】）)"
_SAYS = re.compile(r"[，,]?(?:是指|指的是|即为|是对)|[，,](?:指|即|是)|——")
_FINISHED = ("。", "；", "！", "？", "…", "。”", "。’", "。）", "”。")
QUOTED = re.compile(r"[“「『]([^“”「」『』]{1,30})[”」』]")


@dataclass
class EntryDraft:
    """An entry while it is read. `style` names the form of its number, "" for an entry without one."""

    style: str
    ordinal: int
    number: str
    name: str
    start: int
    end: int
    explained: list[tuple[int, int]] = field(default_factory=list)

    def add(self, body: str, start: int, end: int) -> None:
        """Add a line of explanation: as a new paragraph, or to the last one if that has no end yet."""
        if self.explained and self.open(body):
            self.explained[-1] = (self.explained[-1][0], end)
        else:
            self.explained.append((start, end))
        self.end = end

    def open(self, body: str) -> bool:
        """Whether the explanation is still empty or does not end with a sentence mark."""
        return not self.explained or not body.endswith(_FINISHED, *self.explained[-1])


@dataclass(frozen=True, slots=True)
class EntryList:
    """A glossary, from its first entry's line to the end of its last entry."""

    start: int
    end: int
    drafts: tuple[EntryDraft, ...]


def lists(body: str) -> Iterator[EntryList]:
    """All glossaries of a text: entries below a title, or notes ［1］ ［2］ on lines of their own."""
    lines = list(paragraphs(body))
    first: dict[str, int] = {}  # the first position of each mark
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
        elif body[start] in "［[〔【①":
            drafts, after = _entries(body, lines, i)
            if drafts:
                mark = drafts[0].number
                first.setdefault(mark, body.find(mark))
                if drafts[0].style not in MARKED or first[mark] >= start:
                    drafts = []  # the text above has no such mark: these are no notes
        if drafts:
            yield EntryList(start, drafts[-1].end, tuple(drafts))
        i = max(after, i + 1)


def _titled(body: str, start: int, end: int) -> bool:
    """Whether a line is the title of a glossary."""
    return end - start <= LONGEST_TITLE and _TITLE.fullmatch(body, start, end) is not None


def _entries(body: str, lines: Sequence[tuple[int, int]], i: int) -> tuple[list[EntryDraft], int]:
    """The numbered entries from line `i` (which must have number 1) on, and the line after the last of them."""
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
    """Add the lines after the last entry that belong to it; returns how many.

    A line belongs to it if the entry has no end yet, or if the line is a finished paragraph. Buttons of a web page do
    not.
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
    """The entry that starts on this line, or None. Its number must be `last`, or at most JUMP more than that."""
    matched = _STYLES[style].match(body, start, end)
    if not matched:
        return None
    ordinal, at = number(matched["n"]), matched.end()
    if label := _LABEL.match(body, at, end):
        at = label.end()
    due = ordinal == 1 if last == 0 else last <= ordinal <= last + JUMP
    if not due and not (style in MARKED and ordinal == 1):  # notes may be numbered per page
        return None
    name_end, said = _name(body, at, end)
    named = name_end > at
    decimal = style == "point" and body[at : at + 1].isdecimal()
    if not named and (decimal or style == "numeral" or (ordinal == last and style not in MARKED)):
        return None  # 3.5亿元 torn off by a line break, 一、工作回顾: no entry
    if not named and style not in MARKED and end - at <= LONGEST_BARE and not re.search("[。，；]", body[at:end]):
        name_end = said = end  # the name is alone on its line
    draft = EntryDraft(style, ordinal, body[start : matched.end()].strip(), body[at:name_end].strip(), start, end)
    if said < end:
        draft.add(body, said, end)
    return draft


def _name(body: str, start: int, end: int) -> tuple[int, int]:
    """Where the name at `start` ends and its explanation begins; (start, start) if the line has no name.

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
    # “词”指……: the quotation marks alone bound the name.
    if quoted := QUOTED.match(body, start, min(end, start + LONGEST_NAME)):
        at = quoted.end()
        if body.startswith(("指", "是", "即"), at, end):
            return at, at
    return start, start


def _outside_marks(body: str, start: int, end: int) -> Iterator[int]:
    """All positions outside quotation marks and brackets, without the marks themselves."""
    depth = 0
    for at in range(start, end):
        if body[at] in OPEN:
            depth += 1
        elif body[at] in CLOSE:
            depth = max(depth - 1, 0)
        elif not depth:
            yield at


def _unnumbered(body: str, lines: Sequence[tuple[int, int]], i: int) -> tuple[list[EntryDraft], int]:
    """Entries without numbers below a title: each line is a name, a colon and a finished explanation."""
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
    """The value of a printed number; 0 if it is none.

    >>> number("１２"), number("③"), number("十二")
    (12, 3, 12)
    """
    return CIRCLES.index(text) + 1 if text in CIRCLES else number_of(text)
