"""Knows the tables after the text of a PDF: repairs, doubts, repetitions, indicators, glossary, source and fonts.

Takes the rows from the views of the website and turns their links into anchors within the PDF. Leaves the text to
`pdf_text`.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from urllib.parse import unquote

from workreport.model import Reading
from workreport.website import addresses
from workreport.website.pages.cards import Card, card
from workreport.website.pages.remarks import TextChange
from workreport.website.pages.sentences import section_label, short_label
from workreport.website.pages.views.editorial_notes import FaultRow, NotesPage, RepairRow
from workreport.website.pages.views.report import Report

VISIBLE_SPACE = str.maketrans({"↵": "⏎", "⇥": "→"})
"""Replacements for the signs of removed line breaks and tabs, which the accepted fonts lack."""


@dataclass(frozen=True, slots=True)
class NoteRow:
    """A repair or a doubt.

    `note` is the number of its footnote (0 for none), `at` the id of the sentence it is about. `says` is the reason for
    a repair or the note on a doubt; `status` is the repair's status or the doubt's confidence.
    """

    id: str
    note: int
    kind: str
    changes: tuple[TextChange, ...]
    says: str
    status: str
    at: str
    line: str


@dataclass(frozen=True, slots=True)
class RepetitionRow:
    """A passage that occurs twice.

    `characters` is its length, white space included. `where` and `at` are the label of the section and the id of the
    sentence where the copy is; `original` and `first` the same of the first occurrence. `lost` says that text before
    the copy is missing.
    """

    id: str
    characters: int
    where: str
    at: str
    original: str
    first: str
    lost: bool


@dataclass(frozen=True, slots=True)
class IndicatorRow:
    """An indicator (指标); `at` is the id of the sentence that states it.

    `about` has the period, 目标 for a target, and the indicator that it belongs to, as far as known. `figure` is the
    value with its qualifiers, `origin` the starting value of a change, `change` the change with its arrow; "" for none.
    `edited` states what the publisher changed, `held` why the indicator stands in the table alone.
    """

    name: str
    about: tuple[str, ...]
    figure: str
    unit: str
    origin: str
    change: str
    ranks: tuple[str, ...]
    edited: str
    held: str
    at: str


@dataclass(frozen=True, slots=True)
class IndicatorGroup:
    """The indicators of one section; `at` is the id of its heading, "" where it has none."""

    label: str
    at: str
    rows: tuple[IndicatorRow, ...]


@dataclass(frozen=True, slots=True)
class DerivedFigureRow:
    """A figure calculated from figures of the report (推算), with its formula."""

    name: str
    figure: str
    unit: str
    formula: str


@dataclass(frozen=True, slots=True)
class GlossRow:
    """An entry of the glossary (名词解释); `at` and `uses` are the ids of the sentences that explain and use it."""

    number: str
    name: str
    at: str
    uses: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class LabelledValue:
    """A label (`name`) and a value (`says`) on the title page or in the colophon."""

    name: str
    says: str


@dataclass(frozen=True, slots=True)
class UsedFont:
    """A font of the PDF: its family (`name`), its role in Chinese such as 宋体 (`says`), its SHA-256."""

    name: str
    says: str
    sha256: str


def counts(reading: Reading, notes: NotesPage) -> tuple[LabelledValue, ...]:
    """The counts on the title page: characters (white space not counted) and sections, indicators, repairs, doubts.

    Sections are those with a page of their own; a single one is not mentioned.
    """
    sections = len(reading.paged)
    repaired = f"{len(notes.repairs) + len(notes.layout)} 处" if notes.repairs or notes.layout else "无"
    return (
        LabelledValue(
            "正文", f"{len(''.join(reading.text.body.split()))} 字" + (f"，{sections} 章节" if sections > 1 else "")
        ),
        LabelledValue("指标", f"{len(reading.indicators)} 项"),
        LabelledValue("修复", repaired),
        LabelledValue("存疑", f"{len(notes.faults)} 处" if notes.faults else "无"),
    )


def _changes(changes: Iterable[TextChange]) -> tuple[TextChange, ...]:
    return tuple(TextChange(change.kept, change.removed.translate(VISIBLE_SPACE), change.added) for change in changes)


def _anchor(href: str) -> str:
    return unquote(href.partition("#")[2])


def repair_row(row: RepairRow, numbers: Mapping[str, int]) -> NoteRow:
    """A repair as a row; `numbers` has the footnote number by the repair's anchor."""
    status = row.status + ("，发布者" if row.publisher else "")
    at = _anchor(row.href)
    return NoteRow(
        row.anchor, numbers.get(row.anchor, 0), row.kind, _changes(row.changes), row.reason, status, at, row.line
    )


def doubt_row(row: FaultRow, numbers: Mapping[str, int]) -> NoteRow:
    """A doubt as a row; `numbers` has the footnote number by the doubt's anchor.

    A quote of one character is left out.
    """
    status = row.confidence + ("，发布者" if row.publisher else "")
    quote = (TextChange(row.quote, "", ""),) if len(row.quote) > 1 else ()
    at = _anchor(row.href)
    return NoteRow(row.anchor, numbers.get(row.anchor, 0), row.kind, quote, row.note, status, at, row.line)


def repetition_rows(report: Report) -> Iterator[RepetitionRow]:
    """Every passage that occurs twice, in the order of the copies, except where copy or original is in no sentence."""
    reading = report.reading
    ordered = sorted(reading.repetitions, key=lambda repetition: repetition.start)
    for ordinal, repetition in enumerate(ordered, start=1):
        here, first = report.places.at(repetition.start), report.places.at(repetition.of)
        if here and first:
            yield RepetitionRow(
                f"repeat-{ordinal}",
                repetition.end - repetition.start,
                short_label(reading, here[1]),
                here[0],
                short_label(reading, first[1]),
                first[0],
                repetition.lost,
            )


def indicator_groups(report: Report) -> Iterator[IndicatorGroup]:
    """The indicators by section, in the order of the text; a section without indicators has no group."""
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
    sign = shown.status if shown.target or shown.estimated else ""
    about = (shown.period, sign, f"属于{shown.parent}" if shown.parent else "")
    return IndicatorRow(
        shown.name,
        tuple(filter(None, about)),
        f"{figure.before}{figure.value}{figure.between}" if figure else "",
        f"{figure.unit}{figure.after}" if figure else "",
        shown.origin,
        f"{shown.change.arrow} {shown.change.words}" if shown.change else "",
        tuple(f"{rank.what} {rank.text}".strip() for rank in shown.ranks),
        shown.edited,
        shown.held,
        sentence,
    )


def glossary_rows(reading: Reading) -> Iterator[GlossRow]:
    """The entries of the glossary, in its order."""
    for gloss in reading.glossary:
        uses = tuple(dict.fromkeys(use.sentence for use in gloss.uses))
        yield GlossRow(gloss.number, gloss.name, gloss.sentence, uses)


def source_rows(reading: Reading) -> Iterator[LabelledValue]:
    """The rows of the colophon about the source file; the text's digest only where the text was extracted from it."""
    source = reading.source
    yield LabelledValue("来源文件", source.path.replace("\\", "/").rsplit("/", 1)[-1])
    yield LabelledValue("格式与编码", f"{source.format}，{source.encoding}")
    yield LabelledValue("字符数", f"{source.characters}")
    yield LabelledValue("SHA-256", source.sha256)
    if source.text_sha256:
        yield LabelledValue("取出的文字", "source.txt，UTF-8")
        yield LabelledValue("取出文字的 SHA-256", source.text_sha256)
