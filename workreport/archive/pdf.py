"""Knows what the PDF of a report says: title page, the text with its notes, tables, colophon, all as plain values.

Leaves how a sheet looks to `templates/typst/document.typ`, setting it to `typeset`. Every word of the report stands once
in the runs of `text`, in order; what the editor says stands elsewhere.
"""

from __future__ import annotations

import re
import unicodedata
from bisect import bisect_left, bisect_right
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, fields, is_dataclass
from datetime import date
from itertools import groupby, pairwise
from pathlib import Path
from urllib.parse import unquote

from workreport import __version__
from workreport.website import addresses, tokens
from workreport.archive import glyphs, typesetting
from workreport.model import Paragraph, Reading, Repair, Repetition, Section, Sentence
from workreport.website.pages import wording
from workreport.website.pages.cards import Card, card
from workreport.website.pages.escape import one_line
from workreport.website.pages.remarks import Change, repair_anchor
from workreport.website.pages.sentences import section_label, short_label
from workreport.website.pages.render import SiteFacts
from workreport.website.pages.views.editorial_notes import FaultRow, Notes, RepairRow, notes_view
from workreport.website.pages.views.report import Report
from workreport.project.fonts import Found

TEMPLATE = Path("typst") / "document.typ"
AMBIGUOUS, PLAIN_END = b"\r\nendstream", b"\r\rendstream"
"""Data that end with a carriage return, before typst's line feed: a strict reader takes both for the end of the line and
finds the stream a byte too short (ISO 19005-2, 6.1.7.1). Another carriage return ends the line just as well."""
GETA = "〓"
"""What Chinese printers set where the case has no type for a character."""
LONG = re.compile(r"[!-~]{24,}")
"""Letters and digits without a gap that no line could hold; a line may part them after every PART."""
PART = 12
FACES = {"hei": "黑体", "song": "宋体", "kai": "楷体"}
SEEN = str.maketrans({"↵": "⏎", "⇥": "→"})
"""The signs for white space that the fonts have."""
BREAKS = dict.fromkeys((0x0B, 0x0C, 0x1C, 0x1D, 0x1E, 0x1F), "\n")
"""White space that is a control character (Word's line break, a page break): no font shows it, and it breaks a line."""
LIMIT = 500_000
"""Characters up to which a PDF is made: fifteen times the longest report known; setting takes 4 seconds per 100,000."""
LAYOUT = 300
"""Rows of the table of layout marks at most: a converter leaves thousands of the same kind."""


@dataclass(frozen=True, slots=True)
class Run:
    """Words of the report under the same marks. `id` is what links lead to ("" for none), `notes` stand behind it."""

    words: tuple[str, ...]
    id: str = ""
    doubted: bool = False
    notes: tuple[int, ...] = ()


@dataclass(frozen=True, slots=True)
class Block:
    """A paragraph, a heading or a repeated passage, as runs.

    `kind` is a paragraph's role, "heading", "annex" (the heading of an appendix, `number` its first line) or "copy";
    `depth` counts headings from 2. `on` goes on without indent; `lost` says that text is missing behind it. `says` and
    `to` are the editor's words before a repeated passage, and where they lead.
    """

    kind: str
    runs: tuple[Run, ...]
    depth: int = 0
    number: str = ""
    on: bool = False
    lost: str = ""
    says: str = ""
    to: str = ""


@dataclass(frozen=True, slots=True)
class Footnote:
    """A note at the foot of a page; `to` is its row among the editorial notes."""

    kind: str
    says: str
    to: str


@dataclass(frozen=True, slots=True)
class NoteRow:
    """A repair or a doubt in a table. `note` is the number of its footnote (0 for none), `at` the sentence it is about."""

    id: str
    note: int
    kind: str
    changes: tuple[Change, ...]
    says: str
    status: str
    at: str
    line: str


@dataclass(frozen=True, slots=True)
class RepeatRow:
    """A passage that stands twice: how many characters, where, and where first."""

    id: str
    characters: int
    where: str
    at: str
    original: str
    first: str
    lost: bool


@dataclass(frozen=True, slots=True)
class IndicatorRow:
    """An indicator (指标) as a row; `at` is the sentence that states it."""

    name: str
    about: tuple[str, ...]
    figure: str
    unit: str
    origin: str
    change: str
    ranks: tuple[str, ...]
    edited: str
    at: str


@dataclass(frozen=True, slots=True)
class IndicatorGroup:
    """The indicators of one section."""

    label: str
    at: str
    rows: tuple[IndicatorRow, ...]


@dataclass(frozen=True, slots=True)
class DerivedRow:
    """A figure that follows from others (推算), with its formula."""

    name: str
    figure: str
    unit: str
    formula: str


@dataclass(frozen=True, slots=True)
class GlossRow:
    """An entry of the glossary (名词解释): the sentence that explains it, the sentences that use it."""

    number: str
    name: str
    at: str
    uses: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Fact:
    """A line of the title page or the colophon."""

    name: str
    says: str


@dataclass(frozen=True, slots=True)
class Font:
    """A font that the sheets are set in."""

    name: str
    says: str
    sha256: str


@dataclass(frozen=True, slots=True)
class Sheets:
    """All that the template prints."""

    title: str
    author: str
    keywords: tuple[str, ...]
    kicker: str
    heading: str
    said: tuple[str, ...]
    guessed: bool
    missing: tuple[str, ...]
    counts: tuple[Fact, ...]
    titled: bool
    text: tuple[Block, ...]
    footnotes: tuple[Footnote, ...]
    repairs: tuple[NoteRow, ...]
    layout: tuple[NoteRow, ...]
    layout_more: int
    doubts: tuple[NoteRow, ...]
    repeats: tuple[RepeatRow, ...]
    loose: int
    groups: tuple[IndicatorGroup, ...]
    total: int
    derived: tuple[DerivedRow, ...]
    glossary_title: str
    glossary: tuple[GlossRow, ...]
    source: tuple[Fact, ...]
    day: str
    publisher: str
    licence: str
    contact: str
    address: str
    version: str
    engine: str
    fonts: tuple[Font, ...]
    song: tuple[str, ...]
    hei: tuple[str, ...]
    kai: tuple[str, ...]
    no_kai: str


def pdf(reading: Reading, facts: SiteFacts, found: Found, templates: Path, moment: date) -> bytes:
    """The PDF of a report, dated `moment`, in the fonts that were `found`, by `templates/typst/document.typ`.

    Raises TypesetError (what is lacking, what is too long, what cannot be set), OSError where the template is not there.
    `pdf(gongshu, settings, fonts.find(), root / "templates", date(2024, 2, 21))` is gongshu-2024.pdf.
    """
    if lacking := typesetting.lacking(found):
        raise typesetting.TypesetError(f"PDF 缺少排版所用的程序或字体。请先运行：{'；'.join(lacking)}")
    if len(reading.text.body) > LIMIT:
        raise typesetting.TypesetError(
            f"正文有 {len(reading.text.body)} 字，超过 {LIMIT} 字，不制作 PDF。其他格式照常制作。"
        )
    source = (templates / TEMPLATE).read_bytes()
    made = typesetting.document(
        source, values(reading, facts, found), found, moment=moment, name=TEMPLATE.name,
        files={tokens.NAME: tokens.load(templates).source},
    )  # fmt: skip
    return made.replace(AMBIGUOUS, PLAIN_END)


def values(reading: Reading, facts: SiteFacts, found: Found) -> dict[str, object]:
    """What the template prints of a report, as values that JSON can say.

    `found` are the fonts it will be set in: a character that none of them has is set as 〓 and listed under `unset`,
    invisible ones are left out and counted under `unseen`; white space counts for nothing.
    """
    case = Case(glyphs.shown(*(path for _, path in found.faces)))
    told = case.plain(_sheets(reading, facts, found))
    assert isinstance(told, dict)
    return {
        **told,
        "unset": [{"code": _code(c), "name": _named(c), "times": n} for c, n in sorted(case.unset.items())],
        "unseen": [{"code": _code(c), "name": _named(c), "times": n} for c, n in sorted(case.unseen.items())],
    }


def _code(character: str) -> str:
    return f"U+{ord(character):04X}"


def _named(character: str) -> str:
    return unicodedata.name(character, "")


class Case:
    """The type at hand (a printer's case): turns any text into what can be set, and keeps count of what cannot."""

    def __init__(self, shown: frozenset[int]) -> None:
        self.shown = shown
        self.unset: Counter[str] = Counter()
        self.unseen: Counter[str] = Counter()

    def plain(self, value: object) -> object:
        """Dataclasses as dicts, tuples as lists, every text as it can be set."""
        if isinstance(value, str):
            return self.set(str(value))
        if isinstance(value, tuple):
            return [self.plain(one) for one in value]
        if is_dataclass(value):
            return {field.name: self.plain(getattr(value, field.name)) for field in fields(value)}
        return value

    def set(self, text: str) -> str:
        """The text on one line, in characters that can be set.

        >>> case = Case(frozenset(map(ord, "增长5%〓")))
        >>> case.set("增\\u200b长\\n5%😀"), dict(case.unset), dict(case.unseen)
        ('增长 5%〓', {'😀': 1}, {'\\u200b': 1})
        """
        odd = {c for c in set(text) if not c.isspace() and (ord(c) not in self.shown or not _plain(c))}
        if odd:
            counted = Counter(c for c in text if c in odd)
            hidden = {c for c in odd if _hidden(c)}
            self.unseen.update({c: n for c, n in counted.items() if c in hidden})
            self.unset.update({c: n for c, n in counted.items() if c not in hidden})
            text = text.translate({ord(c): None if c in hidden else GETA for c in odd})
        return one_line(text.translate(BREAKS))


def _hidden(character: str) -> bool:
    """Whether it shows nothing itself: format characters and variation selectors."""
    return unicodedata.category(character) == "Cf" or "\ufe00" <= character <= "\ufe0f" or character >= "\U000e0100"


def _plain(character: str) -> bool:
    """Whether it can be set as it is: neither invisible, nor of private use, nor written from right to left."""
    private = unicodedata.category(character) in ("Co", "Cs", "Cn", "Cc")
    return not (_hidden(character) or private or unicodedata.bidirectional(character) in ("R", "AL"))


class _Marks:
    """Where footnotes and doubts stand among the sentences of the text."""

    def __init__(self, report: Report) -> None:
        reading = report.reading
        ordered = sorted(reading.outline.sentences(), key=lambda sentence: sentence.start)
        self._starts = [sentence.start for sentence in ordered]
        self._sentences = ordered
        repairs = {repair_anchor(repair): repair for repair in reading.repairs}
        placed = []
        for remark in report.passages.remarks:
            if not remark.quiet and ordered:
                repair = repairs.get(remark.id)
                placed.append((self._place(remark.start + _changed(repair) if repair else remark.end), remark))
        placed.sort(key=lambda one: (one[0], one[1].start, one[1].id))
        self.notes = tuple(Footnote(remark.kind, remark.says, remark.id) for _, remark in placed)
        self.numbers: dict[str, int] = {}
        self._at: dict[int, list[int]] = defaultdict(list)
        for number, (at, remark) in enumerate(placed, start=1):
            self.numbers.setdefault(remark.id, number)
            self._at[at].append(number)
        self._positions = sorted(self._at)
        self._doubts = _union((remark.start, remark.end) for remark in report.passages.remarks if remark.marked)
        self._borders = sorted({border for doubt in self._doubts for border in doubt})

    def _place(self, at: int) -> int:
        """The place for the sign of a note: inside or at the end of a sentence, never inside a number or a word."""
        sentence = self._sentences[max(bisect_left(self._starts, at) - 1, 0)]
        if sentence.heading:
            return sentence.end
        k = min(max(at - sentence.start, 1), len(sentence.text))
        while k < len(sentence.text) and _joined(sentence.text[k - 1]) and _joined(sentence.text[k]):
            k += 1
        return sentence.start + k

    def runs(self, sentence: Sentence) -> Iterator[Run]:
        """A sentence, cut where a sign stands and where a doubt begins or ends."""
        borders = {sentence.start, sentence.end}
        borders |= set(_between(self._positions, sentence.start, sentence.end))
        borders |= set(_between(self._borders, sentence.start, sentence.end))
        for start, end in pairwise(sorted(borders)):
            k = bisect_right(self._doubts, start, key=_first) - 1
            doubted = k >= 0 and self._doubts[k][1] >= end
            text = sentence.text[start - sentence.start : end - sentence.start]
            notes = tuple(self._at.get(end, ()))
            yield Run(_parts(text), sentence.id if start == sentence.start else "", doubted, notes)


def _between(ordered: Sequence[int], start: int, end: int) -> Sequence[int]:
    return ordered[bisect_right(ordered, start) : bisect_left(ordered, end)]


def _joined(character: str) -> bool:
    return character.isascii() and (character.isalnum() or character in ".%")


def _changed(repair: Repair) -> int:
    """How many characters of the repaired words stand before the end of what was changed.

    >>> _changed(Repair("r", "join", 0, 9, "200余\\n\\n家。", "200余家。", ""))
    4
    """
    shorter = min(len(repair.before), len(repair.after))
    same = 0
    while same < shorter and repair.before[-1 - same] == repair.after[-1 - same]:
        same += 1
    return len(repair.after) - same


def _union(spans: Iterable[tuple[int, int]]) -> list[tuple[int, int]]:
    """The spans as ones that do not touch.

    >>> _union([(5, 9), (0, 3), (2, 4)])
    [(0, 4), (5, 9)]
    """
    joined: list[tuple[int, int]] = []
    for start, end in sorted(spans):
        if joined and start <= joined[-1][1]:
            joined[-1] = (joined[-1][0], max(joined[-1][1], end))
        else:
            joined.append((start, end))
    return joined


def _parts(text: str) -> tuple[str, ...]:
    """The text in parts between which a line may break, though nothing stands there: 24 letters in a row and more.

    >>> _parts("见" + "a" * 30 + "。")
    ('见aaaaaaaaaaaa', 'aaaaaaaaaaaa', 'aaaaaa。')
    """
    cuts = [0]
    for found in LONG.finditer(text):
        cuts += range(found.start() + PART, found.end(), PART)
    return tuple(text[a:b] for a, b in pairwise([*cuts, len(text)]))


class _Layout:
    """The report's text as blocks, in order."""

    def __init__(self, report: Report) -> None:
        self._reading = report.reading
        self._places = report.places
        self._marks = _Marks(report)
        self._repetitions = sorted(report.reading.repetitions, key=lambda repetition: repetition.start)
        self.notes = self._marks.notes
        self.numbers = self._marks.numbers

    def blocks(self) -> Iterator[Block]:
        """Everything from the title to the last appendix."""
        outline = self._reading.outline
        yield from self._paragraphs(outline.front)
        for section in outline.sections:
            yield from self._section(section, 2)

    def _section(self, section: Section, depth: int) -> Iterator[Block]:
        heading = section.heading
        if heading:
            runs = tuple(self._marks.runs(heading))
            at = heading.text.find(section.title) if section.title else 0
            annexed = section.id.startswith("a") and section.level == 1
            number = heading.text[:at].strip() if annexed and at > 0 else ""
            yield Block("annex" if annexed else "heading", runs, depth, number)
        yield from self._paragraphs(section.paragraphs)
        for child in section.children:
            yield from self._section(child, depth + (heading is not None))

    def _paragraphs(self, paragraphs: Iterable[Paragraph]) -> Iterator[Block]:
        for paragraph in paragraphs:
            pieces = [(copied, tuple(group)) for copied, group in groupby(paragraph.sentences, _in_copy)]
            for k, (copied, sentences) in enumerate(pieces):
                runs = tuple(run for sentence in sentences for run in self._marks.runs(sentence))
                if copied and (found := self._repetition(sentences[0].start)):
                    yield self._copy(*found, runs)
                    continue
                follows = self._repetition(pieces[k + 1][1][0].start) if k + 1 < len(pieces) else None
                lost = f"repeat-{follows[0]}" if follows and follows[1].lost else ""
                yield Block(paragraph.role, runs, on=k > 0, lost=lost)

    def _copy(self, ordinal: int, repetition: Repetition, runs: tuple[Run, ...]) -> Block:
        place = self._places.at(repetition.of)
        where = section_label(self._reading.sections.get(place[1])) if place else ""
        return Block("copy", runs, says=where, to=f"repeat-{ordinal}")

    def _repetition(self, position: int) -> tuple[int, Repetition] | None:
        k = bisect_right(self._repetitions, position, key=lambda repetition: repetition.start) - 1
        return (k + 1, self._repetitions[k]) if k >= 0 and position < self._repetitions[k].end else None


def _first(span: tuple[int, int]) -> int:
    return span[0]


def _in_copy(sentence: Sentence) -> bool:
    return sentence.in_copy


def _sheets(reading: Reading, facts: SiteFacts, found: Found) -> Sheets:
    meta = reading.meta
    report = Report(reading)
    layout = _Layout(report)
    text = tuple(layout.blocks())
    notes = notes_view(report, addresses.ROOT)
    spoken = f"{meta.office} {meta.speaker}".strip() if meta.speaker else ""
    families = {face.role: face.family for face, _ in found.faces}
    song, hei, kai = (families.get(role, "") for role in ("song", "hei", "kai"))

    def stack(first: str) -> tuple[str, ...]:
        return tuple(dict.fromkeys(family for family in (first, song, hei, kai) if family))

    return Sheets(
        title=meta.name,
        author=facts.publisher or spoken.replace(" ", "") or meta.place,
        keywords=tuple(dict.fromkeys(filter(None, ("政府工作报告", meta.place, str(meta.year or ""))))),
        kicker=" · ".join(part for part in (meta.place, f"{meta.year}年" if meta.year else "") if part),
        heading=meta.title or "政府工作报告",
        said=tuple(filter(None, (meta.meeting, wording.day(meta.date), spoken))),
        guessed=bool(meta.guessed),
        missing=notes.missing,
        counts=_counts(reading, notes),
        titled=any(paragraph.role == "title" for paragraph in reading.outline.front),
        text=text,
        footnotes=layout.notes,
        repairs=tuple(_repair(row, layout.numbers) for row in notes.repairs),
        layout=tuple(_repair(row, layout.numbers) for row in notes.layout[:LAYOUT]),
        layout_more=max(len(notes.layout) - LAYOUT, 0),
        doubts=tuple(_doubt(row, layout.numbers) for row in notes.faults),
        repeats=tuple(_repeats(report)),
        loose=len(notes.loose),
        groups=tuple(_groups(report)),
        total=len(reading.indicators),
        derived=tuple(DerivedRow(d.name, f"{d.number:f}", d.unit, d.formula) for d in reading.derived),
        glossary_title=addresses.pages(reading).get(addresses.GLOSSARY, ""),
        glossary=tuple(_glossary(reading)),
        source=tuple(_source(reading)),
        day=wording.day(meta.date),
        publisher=facts.publisher,
        licence=facts.licence,
        contact=facts.contact,
        address=f"{facts.address}{addresses.report(reading)}" if facts.address else "",
        version=f"workreport {__version__}",
        engine=typesetting.engine(),
        fonts=tuple(Font(face.family, FACES[face.role], face.sha256) for face, _ in found.faces),
        song=stack(song),
        hei=stack(hei),
        kai=stack(kai or song),
        no_kai="" if kai else next((face.brought_by for face in found.missing if face.role == "kai"), ""),
    )


def _counts(reading: Reading, notes: Notes) -> tuple[Fact, ...]:
    sections = len(reading.paged)
    made = f"{len(notes.repairs) + len(notes.layout)} 处" if notes.repairs or notes.layout else "无"
    return (
        Fact("正文", f"{len(''.join(reading.text.body.split()))} 字" + (f"，{sections} 章节" if sections > 1 else "")),
        Fact("指标", f"{len(reading.indicators)} 项"),
        Fact("修复", made),
        Fact("存疑", f"{len(notes.faults)} 处" if notes.faults else "无"),
    )


def _changes(changes: Iterable[Change]) -> tuple[Change, ...]:
    return tuple(Change(change.kept, change.removed.translate(SEEN), change.added) for change in changes)


def _anchor(href: str) -> str:
    return unquote(href.partition("#")[2])


def _repair(row: RepairRow, numbers: dict[str, int]) -> NoteRow:
    status = row.status + ("，发布者" if row.publisher else "")
    at = _anchor(row.href)
    return NoteRow(
        row.anchor, numbers.get(row.anchor, 0), row.kind, _changes(row.changes), row.reason, status, at, row.line
    )


def _doubt(row: FaultRow, numbers: dict[str, int]) -> NoteRow:
    status = row.confidence + ("，发布者" if row.publisher else "")
    quote = (Change(row.quote, "", ""),) if len(row.quote) > 1 else ()
    at = _anchor(row.href)
    return NoteRow(row.anchor, numbers.get(row.anchor, 0), row.kind, quote, row.note, status, at, row.line)


def _repeats(report: Report) -> Iterator[RepeatRow]:
    reading = report.reading
    ordered = sorted(reading.repetitions, key=lambda repetition: repetition.start)
    for ordinal, repetition in enumerate(ordered, start=1):
        here, first = report.places.at(repetition.start), report.places.at(repetition.of)
        if here and first:
            yield RepeatRow(
                f"repeat-{ordinal}",
                repetition.end - repetition.start,
                short_label(reading, here[1]),
                here[0],
                short_label(reading, first[1]),
                first[0],
                repetition.lost,
            )


def _groups(report: Report) -> Iterator[IndicatorGroup]:
    for section in (None, *report.order):
        rows = tuple(
            _indicator(card(report.reading, indicator, addresses.ROOT), indicator.sentence)
            for indicator in report.by_section.get(section.id if section else "", ())
        )
        if rows:
            at = section.heading.id if section and section.heading else ""
            yield IndicatorGroup(section_label(section), at, rows)


def _indicator(shown: Card, sentence: str) -> IndicatorRow:
    figure = shown.figure
    about = (shown.period, "目标" if shown.target else "", f"属于{shown.parent}" if shown.parent else "")
    return IndicatorRow(
        shown.name,
        tuple(filter(None, about)),
        f"{figure.before}{figure.value}{figure.between}" if figure else "",
        f"{figure.unit}{figure.after}" if figure else "",
        shown.origin,
        f"{shown.change.arrow} {shown.change.words}" if shown.change else "",
        tuple(f"{rank.what} {rank.text}".strip() for rank in shown.ranks),
        shown.edited,
        sentence,
    )


def _glossary(reading: Reading) -> Iterator[GlossRow]:
    for gloss in reading.glossary:
        uses = tuple(dict.fromkeys(use.sentence for use in gloss.uses))
        yield GlossRow(gloss.number, gloss.name, gloss.sentence, uses)


def _source(reading: Reading) -> Iterator[Fact]:
    came = reading.source
    yield Fact("来源文件", came.path.replace("\\", "/").rsplit("/", 1)[-1])
    yield Fact("格式与编码", f"{came.format}，{came.encoding}")
    yield Fact("字符数", f"{came.characters}")
    yield Fact("SHA-256", came.sha256)
    if came.text_sha256:
        yield Fact("取出的文字", "source.txt，UTF-8")
        yield Fact("取出文字的 SHA-256", came.text_sha256)
