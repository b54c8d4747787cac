"""Knows the search index of a collection: many small scripts, of which a query loads few.

Leaves the lists to `posting_lists`, their keys to `sentence_keys`, and the names to choose to `word_shards`.
"""

from __future__ import annotations

from collections.abc import Sequence
from itertools import groupby

from workreport.analysis.vocabulary import Unit
from workreport.website import addresses
from workreport.website.search.base_units import unit_rows
from workreport.website.search.character_tables import Forms, Spell, readings_table
from workreport.website.search.folding import folder
from workreport.website.search.posting_lists import ListBuilder
from workreport.website.search.script_text import NAME, json_text, script
from workreport.website.search.sentence_keys import KeyMaker
from workreport.website.search.sentence_rows import SearchedReport, SentenceRow, characters, row_values
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
    their name; `reports`: [name, place, year, numbers of sentences in each part]; `first`: the first key of each script of
    lists; `long`: [key, number of sentences, number of the first piece, first sentence of each piece, less that before];
    `words`: the first key of each script of words; `window`: for how many sentences long lists are read at a time. Other scripts: `s<n>` a part (see `_part`), `k<n>` lists
    ("key\\tlist\\nkey\\tlist…"), `c<n>` a piece of a long list, `w<n>` words (see `word_shards`), `readings` as of a single script. Parts and sentences are
    counted over all reports from 0.
    """
    used, rows_of_units = characters(reports), unit_rows(units)
    pairs = forms(used)
    fold = folder(pairs)
    maker = KeyMaker(fold, reader(rows_of_units, fold))
    builder = ListBuilder()
    files: list[tuple[str, str]] = []
    listed = []
    for report in reports:
        sizes = []
        for rows in _cut(report.sentences):
            files.append(_file(f"s{len(files)}", _part(report, rows)))
            sizes.append(len(rows))
            for row in rows:
                builder.add(maker.keys(row))
        listed.append([report.name, report.place, report.year, sizes])
    lists = builder.lists()
    words = word_shards(words_of(reports, fold), spell)
    files += [
        _file(f"k{n}", "\n".join(f"{key}\t{text}" for key, text in shard)) for n, shard in enumerate(lists.shards)
    ]
    files += [_file(f"c{n}", piece) for n, piece in enumerate(lists.pieces)]
    files += [_file(f"w{n}", text) for n, (_, text) in enumerate(words)]
    usual = {character: syllable for character in used if (syllable := spell(character)) != "-"}
    files.append(_file("readings", readings_table(usual)))
    head = {
        "forms": pairs,
        "units": rows_of_units,
        "also": other_names,
        "got": {},
        "reports": listed,
        "first": [shard[0][0] for shard in lists.shards],
        "long": [[key, count, piece, *_steps(starts)] for key, count, piece, starts in lists.long],
        "words": [first for first, _ in words],
        "window": WINDOW,
    }
    return ((addresses.SEARCH_INDEX, script(f"globalThis.{NAME}", head)), *files)


def _steps(numbers: Sequence[int]) -> list[int]:
    """Return the first number, then how much each is more than the one before."""
    return [number - before for before, number in zip((0, *numbers), numbers, strict=False)]


def _file(name: str, value: object) -> tuple[str, str]:
    return f"{addresses.SEARCH_PARTS}/{name}.js", script(f"globalThis.{NAME}.got.{name}", value)


def _cut(rows: Sequence[SentenceRow]) -> list[list[SentenceRow]]:
    """Cut the sentences of a report into parts of like size, at most about `PART` bytes."""
    sizes = [len(json_text(row_values(row, ())).encode("utf-8", "surrogatepass")) for row in rows]
    whole = sum(sizes)
    count = max(-(-whole // PART), 1)
    parts: list[list[SentenceRow]] = [[]]
    done = 0
    for row, length in zip(rows, sizes, strict=True):
        if parts[-1] and done + length / 2 > whole * len(parts) / count:
            parts.append([])
        parts[-1].append(row)
        done += length
    return parts


def _part(report: SearchedReport, rows: Sequence[SentenceRow]) -> list[object]:
    """Return [[number of the section in its report, path of its page, label] …, sentences as of `row_values`]."""
    numbers = [number for number, _ in groupby(row.section for row in rows)]
    sections = [[number, *report.sections[number]] for number in dict.fromkeys(numbers)]
    return [sections, [row_values(row, 0) for row in rows]]
