"""Knows how the publisher's files beside a source change what the program found: repairs, notes, indicators, names.

Leaves reading those files to `settings`, and finding to `analysis`.
"""

from __future__ import annotations

import difflib
from typing import TYPE_CHECKING

from workreport.analysis import overrides
from workreport.ingest import repair
from workreport.ingest.formats import BLOCKS
from workreport.ingest.ids import without_spaces
from workreport.ingest.passages import count, nearest_passage
from workreport.model import Fault, Findings, Outline, Repair, Source, Text
from workreport.project import report_settings, toml_files

if TYPE_CHECKING:
    from collections.abc import Sequence
    from pathlib import Path

    from workreport.analysis.names import NameRules
    from workreport.analysis.vocabulary import Vocabulary
    from workreport.ingest.ids import IdLedger


def restore_omitted(
    source: Source, settled: Sequence[Repair], rows: Sequence[repair.RepairRule], where: str = "repairs.toml"
) -> list[Repair]:
    """Return one repair for each text that reading left out (page header, hidden text …).

    If its row has `applied = false`, the repair inserts the text again where it was; otherwise the repair of
    `source.omitted` is returned unchanged. `settled`: all other repairs; `rows`: the rows of `repairs.toml` for omitted
    text; `where`: the name of that file in messages. Raises `BadRepair` if `before` of a row differs from the omitted text,
    or if a row would restore invisible characters, whose places are not recorded.
    """
    wanted = {row.id: row for row in rows}
    made = []
    for r in source.omitted:
        row = wanted.get(r.id)
        if row and row.before and row.before != r.before:
            raise repair.BadRepair(
                f'{repair.place(row, where)}id = "{r.id}"：before 与略去的文字不符（应是 {r.before!r}）。'
            )
        if row is None or row.applied:
            made.append(r)
            continue
        if r.kind == "control":
            raise repair.BadRepair(
                f'{repair.place(row, where)}id = "{r.id}"：看不见的字符没有逐个记下位置，放不回去。请改回 applied = true。'
            )
        # A place inside an applied repair is no longer there: insert after that repair.
        at = max((s.end for s in settled if s.status == "applied" and s.start < r.start < s.end), default=r.start)
        words = r.before
        if r.kind in BLOCKS:
            begins = at == 0 or source.text[at - 1] == "\n"
            words = ("" if begins else "\n") + words + "\n"
        made.append(Repair(r.id, r.kind, at, at, "", words, f"发布者保留（{r.reason}）", "applied", "publisher"))
    return made


def locate_notes(source: Source, text: Text, notes: Sequence[report_settings.Note], where: str) -> tuple[Fault, ...]:
    """Return the publisher's notes as faults at the places in the source that they quote; `where` is the file's name in errors.

    Raises one `BadSettings` that names all notes whose place cannot be told.
    """
    made, wrong = [], []
    for note in notes:
        times = count(source.text, note.quote)
        nth = note.nth or 1
        if times > 1 and note.nth is None:
            wrong.append(
                f"{where}:{note.line}: quote = {note.quote!r} 在来源里出现 {times} 次。请写明是第几处，如 nth = 1，或前后多抄几个字。"
            )
            continue
        if 0 < nth <= times:
            at = -1
            for _ in range(nth):
                at = source.text.find(note.quote, at + 1)
            start, end = at, at + len(note.quote)
        else:
            body = text.body.find(note.quote)
            if body < 0 or times or nth != 1:
                near = "" if times else nearest_passage(source.text, note.quote)
                told = f"只有 {times} 处。" if times else f"最接近的一段是“{near}”。" if near else ""
                wrong.append(
                    f"{where}:{note.line}: quote = {note.quote!r} 在来源里找不到第 {nth} 处。{told}请照原文写，一字不差。"
                )
                continue
            start, end = text.source_span(body, body + len(note.quote))
        made.append(Fault(note.kind, start, end, note.quote, note.note, note.confidence, "publisher"))
    if wrong:
        raise toml_files.BadSettings("\n".join(wrong))
    return tuple(made)


def override_indicators(
    found: Findings, tree: Outline, ledger: IdLedger, folder: Path, vocabulary: Vocabulary
) -> Findings:
    """Return the findings changed by the rules of `indicators.toml`; `ledger` knows the figures that are no longer found.

    Raises `BadSettings` for a rule that cannot be applied, or for a unit that is not in the vocabulary.
    """
    try:
        return overrides.apply(found, tree, report_settings.indicators(folder), ledger.figures, vocabulary)
    except overrides.BadRule as error:
        line = toml_files.line_of_text(folder / "indicators.toml", error.written, error.line) or error.line
        raise toml_files.BadSettings(f"{folder.name}/indicators.toml{f':{line}' if line else ''}: {error}") from error


def check_names(rules: NameRules, text: Text, tree: Outline, folder: Path) -> None:
    """Raise one `BadSettings` that lists the names and sections of `names.toml` that the report lacks: such a rule does nothing."""
    path = folder / "names.toml"
    words = without_spaces(text.body)
    asked = [(row.line, "add", row.name, (row.name, *row.also)) for row in rules.add]
    asked += [(row.line, "join", spelling, (spelling,)) for row in rules.join for spelling in row.spellings]
    asked += [(toml_files.line_of_text(path, name), "forbid", name, (name,)) for name in rules.forbid]
    wrong = []
    for line, key, name, spellings in asked:
        if any(without_spaces(spelling) in words for spelling in spellings if spelling.strip()):
            continue
        near = nearest_passage(text.body, name)
        told = f"最接近的是“{near}”。" if near else ""
        wrong.append(f"{folder.name}/names.toml:{line}: {key} 里的“{name}”不在报告里。{told}请照原文写，或删去它。")
    sections = sorted(section.id for section in tree.walk())
    for name in dict.fromkeys(section for pair in rules.forbid_links for section in pair if section not in sections):
        line = toml_files.line_of_text(path, name)
        close = difflib.get_close_matches(name, sections, 1, 0.0)
        told = f"最接近的是 {close[0]}。" if close else ""
        wrong.append(f"{folder.name}/names.toml:{line}: forbid_links 里的 {name!r} 不是报告里一节的编号。{told}")
    if wrong:
        raise toml_files.BadSettings("\n".join(wrong))


def declined_names(tree: Outline, rules: NameRules) -> tuple[str, ...]:
    """Return what the publisher refused as a name or as a link between sections, one Chinese phrase each.

    The name index prints these phrases.
    """
    printed = {s.id: s.number or s.title for s in tree.walk()}
    pairs = (f"{printed.get(a, a)}与{printed.get(b, b)}不相互关联" for a, b in rules.forbid_links)
    return (*(f"“{name}”不作为名称" for name in rules.forbid), *pairs)
