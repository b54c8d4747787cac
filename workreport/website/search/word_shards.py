"""Knows the words of a collection that a reader can choose while typing: names and indicators, by characters and by sound.

Leaves the lists of sentences to `posting_lists`.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass

from workreport.website.search.character_tables import Spell
from workreport.website.search.sentence_rows import SearchedReport

SHARD = 12_000
"""About how many characters the words of one script have."""

LEAST, OFTEN = 3, 2
"""Of a word that is there so often also its last syllables are keys, at least so many: 书法公园 of 大运河书法公园."""

NAME_KIND, INDICATOR_KIND = "名称", "指标"


@dataclass(frozen=True, slots=True)
class TypedWord:
    """A name or an indicator with the number of times that the reports have it."""

    text: str
    kind: str
    count: int


def words_of(reports: Iterable[SearchedReport], fold: Callable[[str], str]) -> dict[str, TypedWord]:
    """Return the words of these reports by their folded text; of several with the same one the first gives text and kind."""
    found: dict[str, TypedWord] = {}

    def add(text: str, kind: str, count: int) -> None:
        key = fold(text)
        if len(key) > 1:
            known = found.get(key)
            found[key] = (
                TypedWord(known.text, known.kind, known.count + count) if known else TypedWord(text, kind, count)
            )

    for report in reports:
        for name, count in report.names:
            add(name, NAME_KIND, count)
    for report in reports:
        for row in report.sentences:
            for figure in row.figures:
                add(str(figure[3]), INDICATOR_KIND, 1)
    return found


def word_shards(words: Mapping[str, TypedWord], spell: Spell) -> Sequence[tuple[str, str]]:
    """Return scripts' worth of words as (first key without spaces, lines), sorted by key in the order of UTF-16 units.

    A line is "key\\ttext\\tkind\\tcount". The keys of a word: its folded text; its syllables, all of them and the last ones,
    with spaces between them; their first letters after an apostrophe.

    >>> word_shards({"运河": TypedWord("运河", "名称", 3)}, lambda text: "yun he")
    [("'yh", "'yh\\t运河\\t名称\\t3\\nyun he\\t运河\\t名称\\t3\\n运河\\t运河\\t名称\\t3")]
    """
    lines = []
    for key, word in words.items():
        keys = [key]
        syllables = spell(key).split()
        if len(syllables) == len(key) and "-" not in syllables:
            keys += [" ".join(syllables), "'" + "".join(syllable[0] for syllable in syllables)]
            if word.count >= OFTEN:
                keys += [" ".join(syllables[at:]) for at in range(1, len(syllables) - LEAST + 1)]
        lines += [(one.replace(" ", ""), f"{one}\t{word.text}\t{word.kind}\t{word.count}") for one in keys]
    lines.sort(key=lambda line: (line[0].encode("utf-16-be", "surrogatepass"), line[1]))
    shards: list[tuple[str, str]] = []
    at = 0
    while at < len(lines):
        first, length = at, 0
        while at < len(lines) and length < SHARD:
            length += len(lines[at][1]) + 1
            at += 1
        shards.append((lines[first][0], "\n".join(line for _, line in lines[first:at])))
    return shards
