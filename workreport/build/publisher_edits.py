"""Knows how the publisher's files beside a source change what the program found: repairs, notes, indicators, names.

Leaves reading those files to `settings`, and finding to `analysis`.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from workreport.analysis import overrides
from workreport.ingest import repair
from workreport.ingest.formats import BLOCKS
from workreport.model import Fault, Findings, Outline, Repair, Source, Text
from workreport.project import settings

if TYPE_CHECKING:
    from collections.abc import Sequence
    from pathlib import Path

    from workreport.analysis.names import NameRules
    from workreport.ingest.ids import IdLedger


def restore_omitted(source: Source, settled: Sequence[Repair], rows: Sequence[repair.RepairRule]) -> list[Repair]:
    """Return one repair for each text that reading left out (page header, hidden text …).

    If its row has `applied = false`, the repair inserts the text again where it was; otherwise the repair of
    `source.omitted` is returned unchanged. `settled`: all other repairs; `rows`: the rows of `repairs.toml` for omitted
    text. Raises `BadRepair` if `before` of a row differs from the omitted text, or if a row would restore invisible
    characters, whose places are not recorded.
    """
    wanted = {row.id: row for row in rows}
    made = []
    for r in source.omitted:
        row = wanted.get(r.id)
        if row and row.before and row.before != r.before:
            raise repair.BadRepair(f'repairs.toml 的 id = "{r.id}"：before 与略去的文字不符（应是 {r.before!r}）。')
        if row is None or row.applied:
            made.append(r)
            continue
        if r.kind == "control":
            raise repair.BadRepair(
                f'repairs.toml 的 id = "{r.id}"：看不见的字符没有逐个记下位置，放不回去。请改回 applied = true。'
            )
        # A place inside an applied repair is no longer there: insert after that repair.
        at = max((s.end for s in settled if s.status == "applied" and s.start < r.start < s.end), default=r.start)
        words = r.before
        if r.kind in BLOCKS:
            begins = at == 0 or source.text[at - 1] == "\n"
            words = ("" if begins else "\n") + words + "\n"
        made.append(Repair(r.id, r.kind, at, at, "", words, f"发布者保留（{r.reason}）", "applied", "publisher"))
    return made


def locate_notes(source: Source, text: Text, notes: Sequence[settings.Note], where: str) -> tuple[Fault, ...]:
    """Return the publisher's notes as faults at the places in the source that they quote; `where` is the file's name in errors.

    A quote that only the repaired text contains is accepted too, if `nth` is 1. Raises one `BadSettings` that lists every
    quote that was not found.
    """
    made, wrong = [], []
    for note in notes:
        at = -1
        for _ in range(note.nth):
            at = source.text.find(note.quote, at + 1)
            if at < 0:
                break
        if at >= 0:
            start, end = at, at + len(note.quote)
        else:
            body = text.body.find(note.quote)
            if body < 0 or note.nth != 1:
                wrong.append(f"{where}: quote = {note.quote!r} 在来源里找不到第 {note.nth} 处。请照原文写，一字不差。")
                continue
            start, end = text.source_span(body, body + len(note.quote))
        made.append(Fault(note.kind, start, end, note.quote, note.note, note.confidence, "publisher"))
    if wrong:
        raise settings.BadSettings("\n".join(wrong))
    return tuple(made)


def override_indicators(found: Findings, tree: Outline, ledger: IdLedger, folder: Path) -> Findings:
    """Return the findings changed by the rules of `indicators.toml`; `ledger` knows the figures that are no longer found.

    Raises `BadSettings` for a rule that cannot be applied.
    """
    try:
        return overrides.apply(found, tree, settings.indicators(folder), ledger.figures)
    except overrides.BadRule as error:
        raise settings.BadSettings(f"{folder.name}/indicators.toml: {error}") from error


def declined_names(tree: Outline, rules: NameRules) -> tuple[str, ...]:
    """Return what the publisher refused as a name or as a link between sections, one Chinese phrase each.

    The name index prints these phrases.
    """
    printed = {s.id: s.number or s.title for s in tree.walk()}
    pairs = (f"{printed.get(a, a)}与{printed.get(b, b)}不相互关联" for a, b in rules.forbid_links)
    return (*(f"“{name}”不作为名称" for name in rules.forbid), *pairs)
