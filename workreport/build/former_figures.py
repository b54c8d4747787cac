"""Knows which figures an older version of this program numbered, which kept no record of them in `ids.toml`.

They are read once, at the first build after an upgrade, from the pages that the older version made, before these are
overwritten. Leaves matching them with the figures of today to `analysis.figure_ids`.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from html.parser import HTMLParser
from pathlib import Path
from typing import Literal

from workreport.analysis.figure_ids import LOST
from workreport.analysis.numerals import plain
from workreport.ingest.ids import FigureRecord, IdLedger, without_spaces
from workreport.ingest.plain_files import read_plain_file

Origin = Literal["pages", "data", "order"]
"""Where the figures of an older version were found: its pages in `docs/`, its data in `site/`, or only their number."""
_LARGEST = 64 * 2**20
"""Most bytes of a page or data file that are read."""
_ID = re.compile(r"(?P<sentence>s[0-9a-f]{8}(?:-\d{1,6})?)-f(?P<number>\d{1,6})")
_NUMERAL = re.compile(r"[-+−－]?[\d.,，]+|[零〇一二三四五六七八九十百千两半点分之]+")
_DOUBLED = "翻番"
"""How the table shows a doubling, a figure without a value whose unit is 番."""


@dataclass(frozen=True, slots=True)
class FormerFigures:
    """A ledger with its figures; `origin` says where those of an older version were found, None for a ledger of today."""

    ledger: IdLedger
    origin: Origin | None = None


def without_records(ledger: IdLedger) -> bool:
    """Whether the ledger counts figures but records none of them, as an older version wrote it."""
    return not ledger.figures and any(entry.figures for entry in ledger.sentences)


def recover(ledger: IdLedger, root: Path, slug: str) -> FormerFigures:
    """Add the figures that an older version numbered to its ledger.

    They are taken from `docs/`, or else from the data files in `site/`. Where neither is there, the ledger is returned as
    it is. A number that the files do not show (its figure was lost before) is recorded without a place.
    """
    docs, site = root / "docs" / slug, root / "site"
    texts = {entry.id: _bare(entry.text) for entry in ledger.sentences}
    found = dict(_of_pages(docs / "indicators" / "index.md", docs / "text" / "index.md", texts))
    origin: Origin = "pages"
    if not found:
        files = (site / slug / "data" / "indicators.json", site / "data" / "indicators.json")
        found = next((made for file in files if (made := dict(_of_data(file, texts)))), {})
        origin = "data"
    if not found:
        return FormerFigures(ledger, "order")
    records = []
    for entry in ledger.sentences:
        for number in range(1, entry.figures + 1):
            lost = FigureRecord(entry.id, number, LOST, "", "", "")
            records.append(found.get(lost.id, lost))
    return FormerFigures(replace(ledger, figures=tuple(records)), origin)


def _read(file: Path) -> str:
    """The text of a file, "" if it is missing, too large or no UTF-8."""
    try:
        return read_plain_file(file, _LARGEST).decode()
    except (OSError, UnicodeDecodeError):
        return ""


# -- from the pages


def _of_pages(table: Path, text: Path, texts: Mapping[str, str]) -> Iterator[tuple[str, FigureRecord]]:
    """Yield id and record of every figure in the table of indicators whose place is marked in the full text."""
    rows, places = _Rows(), _Places()
    rows.feed(_read(table))
    places.feed(_read(text))
    for name, row in rows.rows.items():
        match = _ID.fullmatch(name)
        if match is None or match["sentence"] not in texts:
            continue
        value, unit = _bare(row.as_read("数值", row.value)), _bare(row.as_read("单位", row.unit))
        runs = places.figures.get(name, [])
        if value[:1] in ("+", "-", "−") and not any(run.words.startswith(value) for run in runs):
            value = value[1:]  # the sign with which a change is shown
        if value == _DOUBLED:
            value, unit = "", "番"
        run = next(
            (run for run in runs if value and run.words.startswith(value)), None if value else next(iter(runs), None)
        )
        if run and not value:  # a rank
            numeral = _NUMERAL.match(run.words)
            value = numeral[0] if numeral else run.words
            unit = run.words[len(value) :]
        at = run.at if run else _place(value, texts[match["sentence"]], places.anchors.get(name, LOST))
        yield (
            name,
            FigureRecord(
                match["sentence"], int(match["number"]), at, value, unit, _bare(row.as_read("指标名", row.name))
            ),
        )


def _place(value: str, sentence: str, start: int) -> int:
    """The place of a value (4.5—5) at or behind `start` in its sentence, by its first numeral; `start` without one."""
    numeral = _NUMERAL.match(value)
    return max(sentence.find(numeral[0], start), start) if numeral and start >= 0 else start


def _bare(text: str) -> str:
    """A text in plain characters (點 as 点), without white space; the tables show numerals of old reports so."""
    return plain(without_spaces(text))


@dataclass(slots=True)
class _Row:
    """What the table of indicators shows of a figure; `edited` is the remark on what the publisher changed."""

    name: str = ""
    value: str = ""
    unit: str = ""
    edited: str = ""

    def as_read(self, label: str, shown: str) -> str:
        """What was read before the publisher changed it: the words quoted behind 数值原读作, or else what is shown."""
        found = re.search(rf"{label}原读作(?:“([^”]*)”|无)", self.edited)
        return (found[1] or "") if found else shown


class _Rows(HTMLParser):
    """Reads the rows of the table of indicators: `rows` by the id of the figure."""

    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.rows: dict[str, _Row] = {}
        self._row: _Row | None = None
        self._field = ""
        self._depth = 0

    def handle_starttag(self, tag: str, attrs: Sequence[tuple[str, str | None]]) -> None:
        """Begin a row at `tr data-figure`, and a field of it at its `th` and the spans num, unit and edited."""
        values = dict(attrs)
        classes = (values.get("class") or "").split()
        if tag == "tr":
            name = values.get("data-figure")
            self._row = self.rows.setdefault(name, _Row()) if name else None
        if tag == "span" and "edited" in classes:
            self._field = "edited"
        elif tag == "th":
            self._field = "name"
        elif tag == "span" and self._field == "name":
            self._depth += 1  # the period beside the name
        elif tag == "span" and ("num" in classes or "unit" in classes):
            self._field = "value" if "num" in classes else "unit"

    def handle_endtag(self, tag: str) -> None:
        """End the row or the field."""
        if tag == "span" and self._depth:
            self._depth -= 1
        elif tag in ("th", "span"):
            self._field = ""
        elif tag == "tr":
            self._row = None

    def handle_data(self, data: str) -> None:
        """Add text to the field of the row."""
        if self._row is not None and self._field and not self._depth:
            setattr(self._row, self._field, getattr(self._row, self._field) + data)


@dataclass(frozen=True, slots=True)
class _Run:
    """A marked figure in a sentence: its place and its characters."""

    at: int
    words: str


class _Places(HTMLParser):
    """Reads the places of figures in the full text.

    `anchors` has the place where the words of a figure begin, `figures` the marked figures inside these words: its own and
    those of others. Places count characters of the sentence without white space.
    """

    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.anchors: dict[str, int] = {}
        self.figures: dict[str, list[_Run]] = {}
        self._sentence = ""
        self._depth = 0
        self._at = 0
        self._marked: tuple[str, ...] = ()

    def handle_starttag(self, tag: str, attrs: Sequence[tuple[str, str | None]]) -> None:
        """Begin a sentence at `span.s`, note an anchor at `i.t`, and begin a figure at an element of class v."""
        values = dict(attrs)
        classes = (values.get("class") or "").split()
        if not self._sentence:
            if tag == "span" and "s" in classes and values.get("id"):
                self._sentence, self._depth, self._at = values["id"] or "", 1, 0
            return
        self._depth += tag == "span"
        if tag == "i" and "t" in classes and values.get("id"):
            self.anchors[values["id"] or ""] = self._at
        marks = [name[1:] for name in classes if name[0] == "q" and name[1:].isdecimal()]
        self._marked = tuple(f"{self._sentence}-f{number}" for number in marks) if "v" in classes else ()

    def handle_endtag(self, tag: str) -> None:
        """End the figure and, with the last open `span`, the sentence."""
        self._marked = ()
        if self._sentence and tag == "span":
            self._depth -= 1
            if not self._depth:
                self._sentence = ""

    def handle_data(self, data: str) -> None:
        """Count the characters of the sentence, and add them to the figures that they belong to."""
        if not self._sentence:
            return
        words = _bare(data)
        for name in self._marked:
            runs = self.figures.setdefault(name, [])
            if runs and runs[-1].at + len(runs[-1].words) == self._at:  # a figure may be cut into pieces
                runs[-1] = _Run(runs[-1].at, runs[-1].words + words)
            else:
                runs.append(_Run(self._at, words))
        self._at += len(words)


# -- from the data files


def _of_data(file: Path, texts: Mapping[str, str]) -> Iterator[tuple[str, FigureRecord]]:
    """Yield id and record of every figure in a data file; its place is that of its words in the sentence."""
    try:
        document = json.loads(_read(file) or "{}")
    except ValueError:
        return
    rows = document.get("indicators", []) if isinstance(document, dict) else []
    for row in rows if isinstance(rows, list) else []:
        match = _ID.fullmatch(str(row.get("id", ""))) if isinstance(row, dict) else None
        if match is None or match["sentence"] not in texts:
            continue
        read = row.get("read") if isinstance(row.get("read"), dict) else {}
        value, unit = (_bare(str(read.get(key, row.get(key)) or "")) for key in ("value", "unit"))
        name = str(read.get("name", row.get("name")) or "")
        quote = _bare(str(row.get("quote") or ""))
        begin = texts[match["sentence"]].find(quote)
        inside = quote.find(value + unit)
        at = begin + inside if begin >= 0 and inside >= 0 else _place(value, texts[match["sentence"]], begin)
        yield match[0], FigureRecord(match["sentence"], int(match["number"]), at, value, unit, name)
