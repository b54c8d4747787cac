"""Knows the search index of a collection: many small scripts, of which a query loads few.

Leaves the lists to `posting_lists`, their keys to `sentence_keys`, the names to choose to `word_shards`, and where a key is
found to `directories`.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from itertools import groupby, pairwise

from workreport.analysis.vocabulary import Unit
from workreport.website import addresses
from workreport.website.search import directories
from workreport.website.search.base_units import unit_rows
from workreport.website.search.character_tables import Forms, Spell, readings_table, unusual_readings
from workreport.website.search.folding import folder
from workreport.website.search.posting_lists import ListBuilder, joined
from workreport.website.search.script_text import NAME, json_text, script
from workreport.website.search.sentence_keys import KeyMaker
from workreport.website.search.sentence_rows import SearchedReport, SentenceRow, characters, row_values, utf16_offset
from workreport.website.search.word_shards import word_shards, words_of
from workreport.website.search.written_amounts import reader

PART = 12_000
"""About how many bytes of a report a script holds."""

WINDOW = 32_768
"""Long lists are read for so many sentences at a time."""


def collection_scripts(
    reports: Sequence[SearchedReport],
    spell: Spell,
    forms: Forms,
    units: Sequence[Unit],
    other_names: Sequence[tuple[str, str]] = (),
) -> tuple[tuple[str, str], ...]:
    """Return the scripts of a collection, as (path from the root of the site, text), the head first.

    The head sets `NAME` to an object: `forms`, `units` and `also` as of a single script; `got`, to which the other scripts add by
    their name; `places`: the places of the reports, each once; of the reports, each a list with a number for each: `placeOf` (in
    `places`), `years` (0 without one), `sentences`, `parts`, `sectionsOf` (how many they have); `lists` and `words`: the first key of each
    directory; `window`: for how many sentences long lists are read at a time. Other scripts: `s<n>` a part (see `_part`), `d<n>` a
    directory of lists and `e<n>` one of words (see `directories`), `k<n>` lists ("key\\tlist\\nkey\\tlist…"), `c<n>` a piece of a long
    list, `w<n>` words (see `word_shards`), `b<n>` where sections begin (see `_beginnings`), `readings`: the usual reading of each character as of a single script, and
    others that it has somewhere. Parts and
    sentences are counted over all reports from 0. The nth of a report's sentences is in its part n * parts // sentences.
    """
    used, rows_of_units = characters(reports), unit_rows(units)
    usual = {character: syllable for character in used if (syllable := spell(character)) != "-"}
    others: set[tuple[str, str]] = set()
    pairs = forms(used)
    fold = folder(pairs)
    maker = KeyMaker(fold, reader(rows_of_units, fold))
    builder = ListBuilder()
    files: list[tuple[str, str]] = []
    parts = []
    for report in reports:
        cut = _cut(report.sentences)
        parts.append(len(cut))
        for number, rows in enumerate(cut):
            unusual = [unusual_readings(row.text, spell, usual) for row in rows]
            others |= _unusual_pairs(rows, unusual)
            files.append(_file(f"s{len(files)}", _part(report, rows, unusual, first=number == 0)))
            for row in rows:
                builder.add(maker.keys(row))
    lists = builder.lists()
    words = word_shards(words_of(reports, fold), spell)
    listed, worded = directories.of_lists(lists), directories.of_words([first for first, _ in words])
    shards = ["\n".join(f"{key}\t{text}" for key, text in shard) for shard in lists.shards]
    for letter, values in (
        ("k", shards), ("c", lists.pieces), ("w", [text for _, text in words]), ("d", listed.values), ("e", worded.values),
        ("b", list(_beginnings(reports))),
    ):  # fmt: skip
        files += [_file(f"{letter}{n}", value) for n, value in enumerate(values)]
    files.append(_file("readings", [readings_table(usual), _grouped(others)]))
    head = {
        "forms": pairs,
        "units": rows_of_units,
        "also": other_names,
        "got": {},
        **_columns(reports),
        "parts": parts,
        "lists": listed.firsts,
        "words": worded.firsts,
        "window": WINDOW,
    }
    return ((addresses.SEARCH_INDEX, script(f"globalThis.{NAME}", head)), *files)


def _columns(reports: Sequence[SearchedReport]) -> dict[str, object]:
    """Return what the head says of the reports, but for their parts."""
    places = list(dict.fromkeys(report.place for report in reports))
    number_of = {place: n for n, place in enumerate(places)}
    return {
        "places": places,
        "placeOf": [number_of[report.place] for report in reports],
        "years": [report.year or 0 for report in reports],
        "sentences": [len(report.sentences) for report in reports],
        "sectionsOf": [len({row.section for row in report.sentences}) for report in reports],
    }


def _file(name: str, value: object) -> tuple[str, str]:
    return f"{addresses.SEARCH_PARTS}/{name}.js", script(f"globalThis.{NAME}.got.{name}", value)


def _cut(rows: Sequence[SentenceRow]) -> list[Sequence[SentenceRow]]:
    """Cut the sentences of a report into parts of as many sentences, on average at most `PART` bytes; none of no sentence."""
    whole = sum(len(json_text(row_values(row, 0)).encode("utf-8", "surrogatepass")) for row in rows)
    count = min(-(-whole // PART), len(rows))
    # Sentence n is in part n * count // len(rows): the script computes it.
    ends = [-(-len(rows) * part // count) for part in range(count + 1)] if count else []
    return [rows[start:end] for start, end in pairwise(ends)]


def _unusual_pairs(rows: Sequence[SentenceRow], unusual: Sequence[Sequence[tuple[int, str]]]) -> set[tuple[str, str]]:
    """Return (character, reading) of these unusual readings, given for each sentence."""
    return {(row.text[at], syllable) for row, facts in zip(rows, unusual, strict=True) for at, syllable in facts}


def _grouped(others: Iterable[tuple[str, str]]) -> str:
    """Return a table as of `readings_table` of (character, reading), in which a character may stand several times."""
    groups = groupby(sorted((syllable, character) for character, syllable in others), key=lambda pair: pair[0])
    return " ".join(syllable + "".join(character for _, character in pairs) for syllable, pairs in groups)


def _part(
    report: SearchedReport, rows: Sequence[SentenceRow], unusual: Sequence[Sequence[tuple[int, str]]], *, first: bool
) -> list[object]:
    """Return [name of the report, [[number of the section in its report, path of its page, label] …], sentences as of
    `row_values`, in the first part of a report the path of its promises].
    """
    numbers = [number for number, _ in groupby(row.section for row in rows)]
    sections = [[number, *report.sections[number]] for number in dict.fromkeys(numbers)]
    facts = [
        [fact for at, syllable in own for fact in (utf16_offset(row.text, at), syllable)]
        for row, own in zip(rows, unusual, strict=True)
    ]
    values = [row_values(row, own or 0) for row, own in zip(rows, facts, strict=True)]
    part: list[object] = [report.name, sections, values]
    return [*part, report.promises] if first and report.promises else part


def _beginnings(reports: Sequence[SearchedReport]) -> Iterator[str]:
    """Yield, for each `WINDOW` of sentences, in which of them a section begins: a list as of `posting_lists`, counted from 0."""
    begin: list[int] = []
    at = end = 0
    for report in reports:
        for _, run in groupby(report.sentences, key=lambda row: row.section):
            if at >= end + WINDOW:
                yield joined(number - end for number in begin)
                begin, end = [], end + WINDOW
            begin.append(at)
            at += sum(1 for _ in run)
    if begin:
        yield joined(number - end for number in begin)
