"""Knows the publisher's TOML files beside a report: which keys each may have, and which values.

Leaves reading TOML to `toml_files`, `site.toml` to `settings`, what the values mean to the modules that use them, and
writing files to `writer`.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field
from pathlib import Path

from workreport.analysis.names import NameRules
from workreport.analysis.overrides import Rules
from workreport.ingest.ids import FigureRecord, IdEntry, IdLedger
from workreport.ingest.metadata import FIELDS, ConfirmedMeta
from workreport.ingest.plain_files import LARGEST_TOML, read_plain_file
from workreport.ingest.repair import RepairRule
from workreport.model import Confidence, FaultKind
from workreport.project.toml_files import BadSettings, line_of, line_of_text, load, nearest


@dataclass(frozen=True, slots=True)
class RepairsFile:
    """`repairs.toml`: a table array [[repair]]."""

    repair: tuple[RepairRule, ...] = ()


@dataclass(frozen=True, slots=True)
class Note:
    """One row of `notes.toml`: a doubt (`note`) that the publisher noted about the characters `quote` of the source.

    The source must contain `quote` exactly; `nth` chooses among its occurrences, counted from 1, and is needed if there are
    several. A quote that only the repaired text contains is accepted too, with `nth` 1. `line` is the row's line in the file.
    """

    quote: str
    note: str
    confidence: Confidence = "medium"
    kind: FaultKind = "wording"
    nth: int | None = None
    line: int = field(default=0, compare=False)


@dataclass(frozen=True, slots=True)
class NotesFile:
    """`notes.toml`: a table array [[note]]."""

    note: tuple[Note, ...] = ()


@dataclass(frozen=True, slots=True)
class _IdsFile:
    """`ids.toml`: a list of figures, and table arrays [[sentence]] and [[paragraph]]."""

    figure: tuple[FigureRecord, ...] = ()
    sentence: tuple[IdEntry, ...] = ()
    paragraph: tuple[IdEntry, ...] = ()


def metadata(folder: Path) -> ConfirmedMeta:
    """Read the metadata in `report.toml`: guessed by the program, then confirmed or corrected by the publisher.

    Raises `BadSettings` also for an item of `guessed` that is no key of the file.
    """
    path, name = folder / "report.toml", f"{folder.name}/report.toml"
    read = load(path, ConfirmedMeta, name)
    for key in read.guessed:
        if key not in FIELDS:
            raise BadSettings(f"{name}:{line_of_text(path, key)}: guessed 里没有“{key}”这一项。{nearest(key, FIELDS)}")
    return read


def repairs(folder: Path) -> tuple[RepairRule, ...]:
    """Read the rows of `repairs.toml`: repairs that the publisher switches on or off, or adds.

    Raises `BadSettings` also for an added repair without a reason, which the page of editorial notes shows.
    """
    name = f"{folder.name}/repairs.toml"
    rows = load(folder / "repairs.toml", RepairsFile, name).repair
    for row in rows:
        if not row.id and not row.reason.strip():
            raise BadSettings(
                f'{name}:{row.line}: 自己加的修复缺少 reason。请写明为什么改，如 reason = "来源多印一字"；它会显示在“原文说明”页。'
            )
    return rows


def notes(folder: Path) -> tuple[Note, ...]:
    """Read the rows of `notes.toml`: doubts that the publisher noted about the text."""
    return load(folder / "notes.toml", NotesFile, f"{folder.name}/notes.toml").note


def indicators(folder: Path) -> Rules:
    """Read the rules of `indicators.toml`: how the publisher corrects the indicators found."""
    return load(folder / "indicators.toml", Rules, f"{folder.name}/indicators.toml")


def names(folder: Path) -> NameRules:
    """Read the rules of `names.toml`: how the publisher corrects names and links between sections.

    Raises `BadSettings` also if an item of `forbid_links` does not name exactly two sections.
    """
    name = f"{folder.name}/names.toml"
    rules = load(folder / "names.toml", NameRules, name)
    pairs: tuple[tuple[str, ...], ...] = rules.forbid_links
    for pair in pairs:
        if len(pair) != 2:
            line = line_of(read_plain_file(folder / "names.toml", LARGEST_TOML).decode("utf-8-sig"), "forbid_links")
            raise BadSettings(
                f'{name}:{line}: forbid_links 的每一项应是两节的编号，如 ["1/3", "1/5"]，现在是 {list(pair)}。'
            )
    return rules


def ledger(folder: Path) -> IdLedger:
    """Read `ids.toml`: the ids that sentences, paragraphs and figures were given so far."""
    file = load(folder / "ids.toml", _IdsFile, f"{folder.name}/ids.toml")
    return IdLedger(file.sentence, file.paragraph, file.figure)


def quoted(text: str) -> str:
    """Return a text as a TOML basic string: in double quotes, on one line, escaped.

    >>> quoted('他说"好"')
    '"他说\\\\"好\\\\""'
    """
    out = []
    for c in text:
        if c in '"\\':
            out.append("\\" + c)
        elif c in "\n\t\r":
            out.append({"\n": "\\n", "\t": "\\t", "\r": "\\r"}[c])
        elif ord(c) < 32 or ord(c) == 127:
            out.append(f"\\u{ord(c):04x}")
        else:
            out.append(c)
    return f'"{"".join(out)}"'


def _list(values: Iterable[str]) -> str:
    """Return texts as a TOML array on one line."""
    return f"[{', '.join(quoted(v) for v in values)}]"


def _figure_row(figure: FigureRecord) -> str:
    """Return a figure as a TOML inline table on one line."""
    words = f"value = {quoted(figure.value)}, unit = {quoted(figure.unit)}, name = {quoted(figure.name)}"
    return f"{{ sentence = {quoted(figure.sentence)}, number = {figure.number}, at = {figure.at}, {words} }}"


def ledger_text(ledger: IdLedger) -> str:
    """Return the text of `ids.toml`: a line for each figure, then a row for each sentence and for each paragraph.

    All are in the order of the report.
    """
    rows = ["# 编号簿：每句、每段、每个数的固定编号。由程序维护，请随报告一同保存，不要手改；旧链接靠它不断。"]
    if ledger.figures:
        rows += ["", "figure = [", *(f"  {_figure_row(f)}," for f in ledger.figures), "]"]
    for table, entries in (("sentence", ledger.sentences), ("paragraph", ledger.paragraphs)):
        for e in entries:
            rows += ["", f"[[{table}]]", f"id = {quoted(e.id)}", f"text = {quoted(e.text)}"]
            if e.aliases:
                rows.append(f"aliases = {_list(e.aliases)}")
            if e.gone:
                rows.append(f"gone = {_list(e.gone)}")
            if e.figures:
                rows.append(f"figures = {e.figures}")
            if e.page:
                rows.append(f"page = {quoted(e.page)}")
    return "\n".join(rows) + "\n"
