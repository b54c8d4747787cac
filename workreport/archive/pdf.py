"""Knows the PDF of a report: title page, text with footnotes, tables and colophon, as plain values for typst.

Leaves the text to `pdf_text`, the tables to `pdf_tables`, the look to `templates/typst/document.typ`, and running typst
to `typesetting`.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import BinaryIO

from workreport import __version__
from workreport.archive import glyphs, typesetting
from workreport.archive.pdf_characters import GlyphFilter, code_point, name_of
from workreport.archive.pdf_tables import (
    DerivedFigureRow,
    GlossRow,
    IndicatorGroup,
    LabelledValue,
    NoteRow,
    RepetitionRow,
    UsedFont,
    counts,
    doubt_row,
    glossary_rows,
    indicator_groups,
    repair_row,
    repetition_rows,
    source_rows,
)  # fmt: skip
from workreport.archive.pdf_text import PageFootnote, PrintedBlock, TextLayout
from workreport.archive.task import Task
from workreport.model import Reading
from workreport.project.fonts import FoundFonts
from workreport.website import addresses, tokens
from workreport.website.pages import page_table, wording
from workreport.website.pages.publisher import SiteFacts
from workreport.website.pages.views.editorial_notes import notes_view

TEMPLATE = Path("typst") / "document.typ"
"""The path of the template in the folder `templates`."""
AMBIGUOUS_END, PLAIN_END = b"\r\nendstream", b"\r\rendstream"
"""The end of a stream whose data end with a carriage return, as typst writes it, and what replaces it, equally long.

typst ends the line with a line feed; a strict reader then takes CR LF for one end of line and finds the stream a byte
short (ISO 19005-2, 6.1.7.1). A second CR ends the line as well and is not misread."""
FACES = {"hei": "黑体", "song": "宋体", "kai": "楷体"}
"""The Chinese name of each font role, for the colophon."""
LONGEST_TEXT = 500_000
"""The most characters of a text for a PDF: 15 times the longest known report; typst needs 4 seconds per 100,000."""
LAYOUT_ROWS = 300
"""The most rows in the table of layout repairs: a converter can leave thousands of faults of one kind."""


@dataclass(frozen=True, slots=True)
class DocumentValues:
    """What `templates/typst/document.typ` prints; the field names are the keys of its `data.json`.

    `said` are the lines below the heading: meeting, date, speaker. `titled` says that the text begins with its own
    title. `guessed` says that title, date or other fields are taken from the text and not confirmed. `layout_more`
    counts the layout repairs beyond `LAYOUT_ROWS`, `loose` the numbers that belong to no indicator. `song`, `hei` and
    `kai` are font families, the first choice first. `no_kai` is the command that installs the font Kai, "" where it is
    there.
    """

    title: str
    author: str
    keywords: tuple[str, ...]
    kicker: str
    heading: str
    said: tuple[str, ...]
    guessed: bool
    missing: tuple[str, ...]
    counts: tuple[LabelledValue, ...]
    titled: bool
    text: tuple[PrintedBlock, ...]
    footnotes: tuple[PageFootnote, ...]
    repairs: tuple[NoteRow, ...]
    layout: tuple[NoteRow, ...]
    layout_more: int
    doubts: tuple[NoteRow, ...]
    repeats: tuple[RepetitionRow, ...]
    loose: int
    groups: tuple[IndicatorGroup, ...]
    total: int
    derived: tuple[DerivedFigureRow, ...]
    glossary_title: str
    glossary: tuple[GlossRow, ...]
    source: tuple[LabelledValue, ...]
    day: str
    publisher: str
    licence: str
    contact: str
    address: str
    version: str
    engine: str
    fonts: tuple[UsedFont, ...]
    song: tuple[str, ...]
    hei: tuple[str, ...]
    kai: tuple[str, ...]
    no_kai: str


def make(task: Task, out: BinaryIO) -> None:
    """Write the PDF of a report into `out`; the row of this form in `forms.FORMS` names this function."""
    templates = task.template_folder("typst").parent
    out.write(pdf(task.reading, task.job.settings, task.job.found, templates, task.moment))


def pdf(reading: Reading, facts: SiteFacts, found: FoundFonts, templates: Path, moment: date) -> bytes:
    """The bytes of the PDF of a report, dated `moment`, set in the fonts that were `found`.

    `templates` is the folder with `typst/document.typ`. Raises TypesetError where a tool or a needed font is missing,
    the text has more than `LONGEST_TEXT` characters, or typst reports an error; OSError where the template is missing.
    `pdf(gongshu, settings, fonts.find(), root / "templates", date(2024, 2, 21))` returns gongshu-2024.pdf.
    """
    if missing := typesetting.missing_tools(found):
        raise typesetting.TypesetError(f"PDF 缺少排版所用的程序或字体。请先运行：{'；'.join(missing)}")
    if len(reading.text.body) > LONGEST_TEXT:
        raise typesetting.TypesetError(
            f"正文有 {len(reading.text.body)} 字，超过 {LONGEST_TEXT} 字，不制作 PDF。其他格式照常制作。"
        )
    source = (templates / TEMPLATE).read_bytes()
    made = typesetting.document(
        source, values(reading, facts, found), found, moment=moment, name=TEMPLATE.name,
        files={tokens.NAME: tokens.load(templates).source},
    )  # fmt: skip
    return made.replace(AMBIGUOUS_END, PLAIN_END)


def values(reading: Reading, facts: SiteFacts, found: FoundFonts) -> dict[str, object]:
    """`DocumentValues` as JSON values (dicts, lists, strings, numbers), with the keys `unset` and `unseen` added.

    `found` are the fonts of the PDF. A character that cannot be set in them becomes 〓 and is listed under `unset`; an
    invisible character is left out and listed under `unseen`. White space is in neither list.
    """
    shown = GlyphFilter(glyphs.shown(*(path for _, path in found.faces)))
    printed = shown.values(_document(reading, facts, found))
    assert isinstance(printed, dict)
    return {
        **printed,
        "unset": [{"code": code_point(c), "name": name_of(c), "times": n} for c, n in sorted(shown.replaced.items())],
        "unseen": [{"code": code_point(c), "name": name_of(c), "times": n} for c, n in sorted(shown.dropped.items())],
    }


def _document(reading: Reading, facts: SiteFacts, found: FoundFonts) -> DocumentValues:
    meta = reading.meta
    report = page_table.report_of(reading)
    layout = TextLayout(report)
    text = tuple(layout.blocks())
    notes = notes_view(report, addresses.ROOT)
    spoken = f"{meta.office} {meta.speaker}".strip() if meta.speaker else ""
    families = {face.role: face.family for face, _ in found.faces}
    song, hei, kai = (families.get(role, "") for role in ("song", "hei", "kai"))

    def stack(first: str) -> tuple[str, ...]:
        """The font families to try: `first`, then the others that are there."""
        return tuple(dict.fromkeys(family for family in (first, song, hei, kai) if family))

    return DocumentValues(
        title=meta.name,
        author=facts.publisher or spoken.replace(" ", "") or meta.place,
        keywords=tuple(dict.fromkeys(filter(None, ("政府工作报告", meta.place, str(meta.year or ""))))),
        kicker=" · ".join(part for part in (meta.place, f"{meta.year}年" if meta.year else "") if part),
        heading=meta.title or "政府工作报告",
        said=tuple(filter(None, (meta.meeting, wording.day(meta.date), spoken))),
        guessed=bool(meta.guessed),
        missing=notes.missing,
        counts=counts(reading, notes),
        titled=any(paragraph.role == "title" for paragraph in reading.outline.front),
        text=text,
        footnotes=layout.notes,
        repairs=tuple(repair_row(row, layout.numbers) for row in notes.repairs),
        layout=tuple(repair_row(row, layout.numbers) for row in notes.layout[:LAYOUT_ROWS]),
        layout_more=max(len(notes.layout) - LAYOUT_ROWS, 0),
        doubts=tuple(doubt_row(row, layout.numbers) for row in notes.faults),
        repeats=tuple(repetition_rows(report)),
        loose=len(notes.unclaimed),
        groups=tuple(indicator_groups(report)),
        total=len(reading.indicators),
        derived=tuple(DerivedFigureRow(d.name, f"{d.number:f}", d.unit, d.formula) for d in reading.derived),
        glossary_title=report.titles.get(addresses.GLOSSARY, ""),
        glossary=tuple(glossary_rows(reading)),
        source=tuple(source_rows(reading)),
        day=wording.day(meta.date),
        publisher=facts.publisher,
        licence=facts.licence,
        contact=facts.contact,
        address=addresses.canonical(facts.address, addresses.report(reading)),
        version=f"workreport {__version__}",
        engine=typesetting.engine(),
        fonts=tuple(UsedFont(face.family, FACES[face.role], face.sha256) for face, _ in found.faces),
        song=stack(song),
        hei=stack(hei),
        kai=stack(kai or song),
        no_kai="" if kai else next((face.brought_by for face in found.missing if face.role == "kai"), ""),
    )
