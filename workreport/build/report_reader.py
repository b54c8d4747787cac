"""Knows how one source file becomes a `Reading`: it calls the stages of `ingest` and `analysis` in their order.

Leaves each stage to its own module, and the publisher's changes to `publisher_edits`.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field, replace
from pathlib import Path

from workreport.analysis import (
    audiences,
    derived,
    examples,
    fallen,
    faults,
    figure_ids,
    gate,
    glossary,
    indicators,
    links,
    measure_words,
    measures,
    name_words,
    names,
    problems,
    promises,
    theme_words,
    vocabulary,
)
from workreport.analysis.fault_case import FaultCase
from workreport.analysis.indicators import status
from workreport.analysis.indicators.grammar import grammar_of
from workreport.build import former_figures
from workreport.build.publisher_edits import (
    check_names,
    declined_names,
    locate_notes,
    override_indicators,
    restore_omitted,
)
from workreport.build.report_folder import PUBLISHER_FILES, unread_files
from workreport.ingest import ids, metadata, outline, repair
from workreport.ingest.formats import read, sidecar
from workreport.ingest.front_matter import front_matter
from workreport.ingest.repetitions import repetitions_in
from workreport.ingest.report_limits import require_report
from workreport.model import Reading
from workreport.project import digests, paths, report_settings, writer

Pronounce = Callable[[str], str]
"""A function that returns the pinyin of a text."""


@dataclass(frozen=True, slots=True)
class ReadReport:
    """One report that was read: all that was found in it, and its ids, which a build writes to `ids.toml`.

    `remarks` are Chinese lines that a build prints, about files that were not read, and about how the ids of an older version
    were taken over.
    """

    reading: Reading
    ledger: ids.IdLedger
    remarks: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Vocabularies:
    """The loaded word lists of `vocabulary/`: for figures, for names, the core measures, and the themes of promises."""

    figures: vocabulary.Vocabulary
    names: name_words.NameWords
    measures: measure_words.MeasureWords
    themes: theme_words.ThemeWords = field(default_factory=theme_words.ThemeWords)


def read_vocabularies(folder: Path, *own: Path) -> Vocabularies:
    """Load a vocabulary folder, and the folders that add to it, without checking the examples. Raises `VocabularyError`.

    A folder without `measures/` or `themes/`, from before there were any, gets those of the program.
    """
    shipped = paths.shipped() / "vocabulary"
    home, themes = (folder if (folder / name).is_dir() else shipped for name in ("measures", theme_words.FOLDER))
    return Vocabularies(
        vocabulary.load(folder, *own),
        name_words.load(folder, *own),
        measure_words.load(home, *own),
        theme_words.load(themes, *own),
    )


def load_vocabularies(*folders: Path, cache: Path | None = None) -> Vocabularies:
    """Load vocabulary folders, the later ones adding to the first, and check the examples in the rows for figures and
    measures. Raises `VocabularyError`.

    `cache` is a folder to store the digest of what was checked last: if neither the vocabulary nor the program changed, the
    examples are not checked again. Without `cache` they always are.
    """
    loaded = read_vocabularies(*folders)
    if cache is None:
        _check_examples(loaded)
        return loaded
    checked = cache / "vocabulary"
    key = digests.digest((*folders, Path(examples.__file__).parents[1]))[0]
    if not checked.is_file() or checked.read_bytes() != key.encode():
        _check_examples(loaded)
        writer.write_text(checked, key)
    return loaded


def _check_examples(loaded: Vocabularies) -> None:
    """Raise `VocabularyError` if an example of a row is read otherwise than the row says."""
    examples.check(loaded.figures)
    examples.check_measures(loaded.measures, loaded.figures)
    examples.check_themes(loaded.themes)


def read_report(
    path: Path,
    slug: str,
    words: Vocabularies,
    folder: Path | None = None,
    name: str | None = None,
    pronounce: Pronounce = names.reading,
) -> ReadReport:
    """Read one source file and find everything in it; write nothing.

    `folder` is the report's folder, whose publisher files are applied; None applies none, and ids are new. `name` is the
    source's name in messages (default: its path). Raises `BadSource`, `BadSettings` or `BadRepair`.
    """
    source = read(path, name)
    require_report(source)
    if folder:
        sidecar.check(folder, source)
    rows = report_settings.repairs(folder) if folder else ()
    omitted = {r.id for r in source.omitted}
    proposed = repair.propose(source, words.figures.front)
    where = f"{folder.name}/repairs.toml" if folder else ""
    settled = repair.settle(source, proposed, tuple(r for r in rows if r.id not in omitted), where)
    restored = restore_omitted(source, settled, [r for r in rows if r.id in omitted], where)
    repairs = tuple(sorted((*settled, *restored), key=lambda r: (r.start, r.end, r.id)))
    text = repair.apply(source, tuple(r for r in repairs if r.by != "reading"))
    repeated = repetitions_in(text)
    before = _ledger(folder)
    tree, ledger = outline.parse(text, repeated, before.ledger)
    keys = front_matter(source.text).values
    meta = metadata.guess(slug, text, tree, words.figures.front, keys)
    if folder:
        meta = metadata.confirm(meta, report_settings.metadata(folder))
    numbered = figure_ids.number(indicators.find(tree, repeated, words.figures, meta), tree, before.ledger, ledger)
    found = (
        override_indicators(numbered.found, tree, numbered.ledger, folder, words.figures) if folder else numbered.found
    )
    found = measures.mark(found, tree, meta.place, words.measures)
    found = gate.apply(found, words.figures)
    rules = report_settings.names(folder) if folder else names.NameRules()
    if folder:
        check_names(rules, text, tree, folder)
    terms = names.find(tree, rules, words.names, pronounce)
    case = FaultCase(source, text, meta, tree, repeated, words.figures)
    noted = locate_notes(source, text, report_settings.notes(folder), f"{folder.name}/notes.toml") if folder else ()
    usable = [i for i in found.indicators if i.duplicate_of is None and not i.held_back]
    follows, doubts = derived.derive(usable, text)
    reading = Reading(
        meta, source, text, repairs, repeated, tree, found, terms, faults.find(case, (*noted, *doubts)),
        links.links(tree, terms, rules), glossary.find(text, tree), follows, declined_names(tree, rules),
    )  # fmt: skip
    reading = _promising(reading, words)
    unread = unread_files(folder, path.name) if folder else ()
    remarks = _remarks(before.origin, numbered.by_order, f"{slug}/ids.toml")
    return ReadReport(reading, numbered.ledger, (*unread, *remarks))


def _promising(reading: Reading, words: Vocabularies) -> Reading:
    """Return the reading with what it promises, its sentences for each kind of readers, and where it tells its problems."""
    grammar = grammar_of(words.figures)
    tenses = status.tenses(reading.outline, grammar, reading.meta)
    told = [(sentence.id, tense) for sentence, tense in tenses]
    planned = frozenset(name for name, tense in told if tense.planned and not tense.gloss)
    explained = frozenset(name for name, tense in told if tense.gloss)
    sections = status.reviewed(reading.outline, grammar, reading.meta)
    reviewed = frozenset(s.id for s in reading.outline.sentences() if s.section in sections)
    chosen = audiences.find(reading, planned, reviewed, explained, words.themes)
    promised = promises.find(reading, planned, words.themes)
    found, promised_of = {audience.id for audience in chosen}, {promise.theme for promise in promised}
    return replace(
        reading,
        planned=planned,
        reviewed=reviewed - planned,
        promises=promised,
        without_promise=tuple(row.theme for row in words.themes.rows if row.theme not in promised_of),
        audiences=chosen,
        unaddressed=tuple(row.label for row in words.themes.audiences if row.id not in found),
        falls_for_well=fallen.well(reading.indicators, words.figures),
        problems=problems.begin(reading.outline.sentences(), planned | explained, problems.ProblemWords(words.figures)),
    )


def _ledger(folder: Path | None) -> former_figures.FormerFigures:
    """The ids that a report was given so far, with the figures that an older version numbered without recording them."""
    if folder is None:
        return former_figures.FormerFigures(ids.IdLedger())
    ledger = report_settings.ledger(folder)
    if not former_figures.without_records(ledger):
        return former_figures.FormerFigures(ledger)
    return former_figures.recover(ledger, folder.parent.parent, folder.name)


def _remarks(origin: former_figures.Origin | None, by_order: int, name: str) -> tuple[str, ...]:
    """What a build says of a ledger that an older version wrote; nothing of any other."""
    match origin:
        case None:
            return ()
        case "order" if by_order:
            lost = f"{name} 由旧版写成，没有记下各个数的位置，docs/ 和 site/ 里也没有旧的指标页。"
            return (f"{lost}{by_order} 个数按句中次序沿用旧编号，请核对 indicators.toml 和已发布的链接。",)
        case "order":
            return ()
        case _:
            where = "docs/" if origin == "pages" else "site/"
            return (f"{name} 由旧版写成：各个数的编号已从 {where} 里的旧指标页接过来。",)


def read_file(path: Path, *vocabulary_folders: Path) -> ReadReport:
    """Read a file for `inspect` or `add`. The slug is the file's name without ending.

    If a publisher file is beside it, all of them are applied, and the slug is the folder's name. The examples of the
    vocabulary are not checked: that takes longer than reading a page, and every build does it.
    """
    folder = path.parent if any((path.parent / name).is_file() for name in PUBLISHER_FILES) else None
    slug = folder.resolve().name if folder else path.stem
    return read_report(path, slug, read_vocabularies(*vocabulary_folders), folder)
