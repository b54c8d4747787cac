"""Knows the themes of promises (养老, 住房 …) and the kinds of readers, as words: loads `vocabulary/themes/*.toml`.

Leaves cutting a report into promises to `promises`, and choosing sentences for readers to `audiences`. The caller gives the
vocabulary folder.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass, field, replace
from functools import cached_property
from pathlib import Path
from typing import TypeVar

from workreport.analysis.word_files import VocabularyError, WordFile, WordRow, read
from workreport.model import Theme

FOLDER = "themes"
"""The folder of the two files in a vocabulary folder."""
NONE = "无"
"""The result of an example that belongs to no theme, or to no kind of readers."""
OTHER = Theme("other", "其他")
"""The theme of a text that has no word of any."""
_SHARE = re.compile("占(?!地(?![区方]))|相当于|覆盖(?![率面范])|与(?=[^，。；]{0,8}之比)")
"""What stands between a part and the whole that it is a share of."""
_GIVEN = re.compile("为[^，。；：]{2,30}?(?:提供|开展|发放)(?P<given>[^，。；：]+)")
"""What is given to somebody: it is of the theme, not who gets it: 为1万名农民工提供免费体检."""
_UNQUOTED = str.maketrans("", "", "“”")
"""A word may go on behind a quotation mark: 广播电视“村村通”."""
_ID = re.compile("[a-z][a-z0-9-]*")


@dataclass(frozen=True, slots=True)
class ThemeRow:
    """A theme with its words. `hints` count only where no theme has a word. `place` is file and line of the row."""

    theme: Theme
    words: tuple[str, ...]
    hints: tuple[str, ...]
    examples: tuple[str, ...]
    place: str = field(default="", compare=False)


@dataclass(frozen=True)
class AudienceRow:
    """A kind of readers. A text with one of `words` is for them; those of `without` only contain such a word (农民工)."""

    id: str
    label: str
    words: tuple[str, ...]
    without: tuple[str, ...]
    examples: tuple[str, ...]
    place: str = field(default="", compare=False)

    @cached_property
    def _pattern(self) -> re.Pattern[str]:
        return _any_of((*self.words, *self.without))

    def words_in(self, text: str) -> list[str]:
        """The words of a text that make it one for these readers, in order."""
        return [match[0] for match in self._pattern.finditer(text) if match[0] not in self.without]


@dataclass(frozen=True)
class _Lexicon:
    """Words with their themes; a word without a theme only seems to contain one of another, `general` ones yield to others."""

    themes: Mapping[str, Theme | None]
    general: frozenset[str] = frozenset()

    @cached_property
    def _pattern(self) -> re.Pattern[str]:
        return _any_of(self.themes)

    def theme_of(self, text: str) -> Theme | None:
        """The theme that has most words in the text; of several that have as many, the one with the last that is not general.

        A general word counts once: 在农村建设50个农村老年之家 is about old people.
        """
        found = [(match[0], theme) for match in self._pattern.finditer(text) if (theme := self.themes[match[0]])]
        counts = Counter(theme for word, theme in found if word not in self.general)
        counts.update(theme for word, theme in set(found) if word in self.general)
        most = max(counts.values(), default=0)
        best = [(word, theme) for word, theme in found if counts[theme] == most]
        own = [theme for word, theme in best if word not in self.general]
        last = own or [theme for _, theme in best]
        return last[-1] if last else None


@dataclass(frozen=True)
class ThemeWords:
    """All themes and all kinds of readers.

    `neutral` are words that only seem to contain a word of a theme. `general` are words of a theme that is hardly told by
    them: 产业, 项目. They yield to another word of the text, and hints of these to what stands before the text.
    """

    rows: tuple[ThemeRow, ...] = ()
    audiences: tuple[AudienceRow, ...] = ()
    neutral: tuple[str, ...] = ()
    general: tuple[str, ...] = ()

    @cached_property
    def themes(self) -> tuple[Theme, ...]:
        """The themes in the order of the pages, with that of everything else at the end."""
        return (*(row.theme for row in self.rows), OTHER)

    @cached_property
    def _lexicons(self) -> tuple[_Lexicon, _Lexicon]:
        none: dict[str, Theme | None] = dict.fromkeys(self.neutral)
        words = {word: row.theme for row in self.rows for word in row.words}
        hints = {word: row.theme for row in self.rows for word in row.hints}
        return _Lexicon(words | none, frozenset(self.general)), _Lexicon(hints | none, frozenset(self.general))

    def speaks_of_readers(self, text: str) -> bool:
        """Whether a text may be for any kind of readers: it has a word of one, or a word that only contains such a word."""
        return self._of_readers.search(text) is not None

    @cached_property
    def _of_readers(self) -> re.Pattern[str]:
        return _any_of(word for row in self.audiences for word in row.words)

    def theme_of(self, text: str, *, sure: bool = False) -> Theme | None:
        """The theme of a text by its words, by its hints if it has no word (unless `sure`), None if it has neither.

        The theme with most words wins, then that of the last word: the head of a Chinese noun phrase stands last. What is a
        share of something else (研发经费占生产总值比重) has its own theme, not that of the whole; what is given to somebody
        (为农民工提供免费体检) that of the gift.
        """
        words, hints = self._lexicons
        text = text.translate(_UNQUOTED)
        part = _SHARE.split(text, maxsplit=1)[0]
        if part != text and (own := words.theme_of(part)):
            return own
        if (gift := _GIVEN.search(text)) and (given := words.theme_of(gift["given"])):
            return given
        return words.theme_of(text) or (None if sure else hints.theme_of(text))

    def is_general(self, text: str) -> bool:
        """Whether a text has no word of a theme, and no hint but general ones: 推进重点项目20个."""
        return self._told_without_general.theme_of(text) is None

    @cached_property
    def _told_without_general(self) -> ThemeWords:
        rows = (replace(row, hints=tuple(word for word in row.hints if word not in self.general)) for row in self.rows)
        general = tuple(word for row in self.rows for word in row.hints if word in self.general)
        return replace(self, rows=tuple(rows), neutral=(*self.neutral, *general))


def load(folder: Path, *own: Path) -> ThemeWords:
    """Read `themes/themes.toml` and `themes/audiences.toml` of the vocabulary folder.

    The rows of these files in the folders `own`, which may lack them, add to these; one with the same id takes its place.
    Raises VocabularyError with file and line for anything unknown, missing, duplicate or of the wrong type; OSError if a file
    of the first folder cannot be read. Whether the examples are right is checked by `analysis.examples.check_themes`.
    """
    themes: dict[str, ThemeRow] = {}
    audiences: dict[str, AudienceRow] = {}
    neutral: tuple[str, ...] = ()
    general: tuple[str, ...] = ()
    for home in (folder, *own):
        more, known = _file(home, "themes.toml", needed=home == folder), themes
        if more:
            more.only(("neutral", "general", "theme"))
            neutral += _listed("neutral", more)
            general += _listed("general", more)
            themes = known | _by_id((row.theme.id, row.place, row) for row in map(_theme, more.rows("theme")))
        if more := _file(home, "audiences.toml", needed=home == folder):
            more.only(("audience",))
            audiences = audiences | _by_id((row.id, row.place, row) for row in map(_audience, more.rows("audience")))
    _check_words(themes.values())
    return ThemeWords(tuple(themes.values()), tuple(audiences.values()), neutral, general)


def _file(folder: Path, name: str, *, needed: bool) -> WordFile | None:
    """One of the two files of a vocabulary folder; None if it is missing and not `needed`."""
    path = folder / FOLDER / name
    return read(path, f"{folder.name}/{FOLDER}/{name}") if needed or path.is_file() else None


Row = TypeVar("Row")


def _by_id(rows: Iterable[tuple[str, str, Row]]) -> dict[str, Row]:
    """Rows by their ids, from (id, place, row). Raises VocabularyError if two have the same id."""
    found: dict[str, tuple[str, Row]] = {}
    for name, place, row in rows:
        if name in found:
            raise VocabularyError(f"{place}: id “{name}”已写在 {found[name][0]}。请只留一处。")
        found[name] = place, row
    return {name: row for name, (_, row) in found.items()}


def _theme(row: WordRow) -> ThemeRow:
    """The theme of a row. Raises VocabularyError."""
    row.only(("id", "label", "words", "examples"), ("hints",))
    name = _id(row)
    if name == OTHER.id:
        raise row.error(f"id “{name}”是归不进任何一类的那一类，请换一个。", "id")
    words, hints = _words(row, "words"), _words(row, "hints")
    return ThemeRow(Theme(name, row.text("label")), words, hints, _examples(row, name), row.place)


def _audience(row: WordRow) -> AudienceRow:
    """The kind of readers of a row. Raises VocabularyError."""
    row.only(("id", "label", "words", "examples"), ("not",))
    name = _id(row)
    return AudienceRow(
        name, row.text("label"), _words(row, "words"), _words(row, "not"), _examples(row, name), row.place
    )


def _id(row: WordRow) -> str:
    """The id of a row, which stands in addresses. Raises VocabularyError."""
    name = row.text("id")
    if not _ID.fullmatch(name):
        raise row.error(f"id “{name}”只能有小写英文字母、数字和连字符，以字母开头。", "id")
    return name


def _words(row: WordRow, key: str) -> tuple[str, ...]:
    """The words of a row, separated by white space. Raises VocabularyError for a word that stands there twice."""
    words = tuple(row.text(key).split())
    if twice := next((word for k, word in enumerate(words) if word in words[:k]), ""):
        raise row.error(f"{key} 里“{twice}”写了两次。请只留一处。", key)
    return words


def _listed(name: str, file: WordFile) -> tuple[str, ...]:
    """The words of the top-level text `name`. Raises VocabularyError for another value."""
    value = file.tables.get(name, "")
    if not isinstance(value, str):
        raise file.error(name, f"{name} 应是一段文字，写在引号里。")
    return tuple(value.split())


def _examples(row: WordRow, name: str) -> tuple[str, ...]:
    """The examples of a row. Raises VocabularyError if one is badly written, or if there is none for or none against."""
    examples = row.texts("examples")
    wants = [example.rpartition(" => ")[2] for example in examples if " => " in example]
    if len(wants) < len(examples) or not all(wants):
        raise row.error("例句应写作“原文 => id”。", "examples")
    if name not in wants or all(want == name for want in wants):
        raise row.error(f"例句要有正例（=> {name}）和反例（=> {NONE} 或别的 id）。", "examples")
    return examples


def _check_words(rows: Collection[ThemeRow]) -> None:
    """Raise VocabularyError for a word that two themes have, as words or as hints."""
    for kind in ("words", "hints"):
        known: dict[str, ThemeRow] = {}
        for row in rows:
            for word in row.words if kind == "words" else row.hints:
                if word in known:
                    raise VocabularyError(f"{row.place}: “{word}”已写在 {known[word].place}。请只留一处。")
                known[word] = row


def _any_of(words: Iterable[str]) -> re.Pattern[str]:
    """Matches any of these words, the longest first; nothing if there is none."""
    return re.compile("|".join(map(re.escape, sorted(words, key=lambda word: (-len(word), word)))) or "(?!)")
