"""Knows the order of things: from a report's folder to a Reading, from all readings to docs, site and archive.

Leaves each step to its own room and every byte that is written to `writer`.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from pathlib import Path

from workreport import facts, faults, ids, indicators, mentions, outline, publication, repair, settings
from workreport.model import Fault, Reading, Repair, Source, Text
from workreport.read import FORMATS, BadSource, read
from workreport.words import Vocabulary

OWN_FILES = ("report.toml", "repairs.toml", "notes.toml", "names.toml", "ids.toml")
"""What the publisher (or the program, for him) keeps beside a source."""


@dataclass(frozen=True, slots=True)
class Taken:
    """One report read: what was found, and the ledger of ids to keep beside it."""

    reading: Reading
    ledger: ids.Ledger


def source_of(folder: Path) -> Path:
    """The source file of a report's folder: the one `report.toml` names, else the only `source.*`. Raises BadSource."""
    named = settings.said(folder).source
    if named:
        if Path(named).name != named:
            raise BadSource(f"{folder.name}/report.toml", f"source = “{named}” 应是本文件夹里的文件名。", "请只写文件名。")
        return folder / named
    found = sorted(p for p in folder.iterdir() if p.stem == "source" and p.suffix.lower() in FORMATS)
    if len(found) != 1:
        problem = "没有来源文件" if not found else f"有 {len(found)} 个来源文件"
        raise BadSource(folder.name, f"文件夹里{problem}。", "请放入一个 source.md 或 source.txt，或在 report.toml 里写 source = \"文件名\"。")
    return found[0]


def _noted(source: Source, text: Text, notes: Sequence[settings.Note], where: str) -> tuple[Fault, ...]:
    """The publisher's notes at their places. A quote that does not stand in the source is an error."""
    made = []
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
                raise settings.BadSettings(f"{where}: quote = {note.quote!r} 在来源里找不到第 {note.nth} 处。请照原文写，一字不差。")
            start, end = text.source_span(body, body + len(note.quote))
        made.append(Fault(note.kind, start, end, note.quote, note.note, note.confidence, "publisher"))
    return tuple(made)


def take(path: Path, slug: str, words: Vocabulary, folder: Path | None = None, name: str | None = None) -> Taken:
    """Read one source file through every stage. With a `folder`, the publisher's files beside it count.

    Raises BadSource, BadSettings or BadRepair; writes nothing.
    """
    source = read(path, name)
    proposed = repair.propose(source)
    repairs: tuple[Repair, ...] = repair.settle(source, proposed, settings.repairs(folder) if folder else ())
    text = repair.apply(source, repairs)
    repeated = repair.repetitions(text)
    tree, ledger = outline.parse(text, repeated, settings.ledger(folder) if folder else ids.Ledger())
    meta = facts.guess(slug, text, tree)
    if folder:
        meta = facts.confirm(meta, settings.said(folder))
    found = indicators.find(tree, repeated, words, meta)
    names = settings.names(folder) if folder else mentions.NameRules()
    terms = mentions.find(tree, names)
    case = faults.Case(source, text, meta, tree, repeated)
    noted = _noted(source, text, settings.notes(folder), f"{folder.name}/notes.toml") if folder else ()
    reading = Reading(
        meta, source, text, repairs, repeated, tree, found, terms, faults.find(case, noted),
        publication.links(tree, terms, names),
    )  # fmt: skip
    counts: dict[str, int] = {}
    for i in found.indicators:
        counts[i.sentence] = counts.get(i.sentence, 0) + 1
    return Taken(reading, replace(ledger, sentences=ids.with_figures(ledger.sentences, counts)))
