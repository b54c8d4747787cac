"""Knows in which language the user is spoken to, and translates finished messages by the tables of `templates/messages/`.

The program's modules write Chinese. A message is translated once, where it is printed: a table has each message as the code
has it, with {} for every value, and its translation with {1}, {2} … for the values. A message that is made of several ones
is translated part by part. Words of a report, names and paths stay as they are. Leaves what is printed to the commands.
"""

from __future__ import annotations

import re
import tomllib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from functools import cached_property
from pathlib import Path

LANGUAGES = ("zh", "en")
"""The languages of messages; the first is the default."""
_VARIABLES = ("LC_ALL", "LC_MESSAGES", "LANG")
"""The environment variables that name a locale; the first that is set counts (POSIX)."""
_ENGLISH = re.compile(r"en(?:glish)?(?:[_\-. ]|$)", re.IGNORECASE)
"""Matches the beginning of an English locale: en_GB.UTF-8; on Windows: English_United Kingdom."""
_CHINESE = re.compile(r"[\u3000-\u303f\u4e00-\u9fff\uff01-\uff5e]")
_SEPARATORS = {"、": ", ", "，": ", ", "；": "; ", "：": ": "}
"""Signs between parts of a message, with what stands for them in a translation."""
_PHRASES = re.compile(r"(?<=[。：；，、？）])|(?<=: )|(?<=  )|(?=[（，])")
_SENTENCES = re.compile(r"(?<=。)|(?<=: )")
"""Where a message may be divided into parts."""
_BETWEEN_LATIN = re.compile(r"(?<=[!-~])、(?=[!-~])")
"""A Chinese comma between names that are not Chinese: site/、archive/."""
_MOST_ENDS = 24
"""The most places at which a line is divided."""


def language_of(arguments: Sequence[str], environment: Mapping[str, str], system: str = "") -> str:
    """Return the language asked for by `--lang`, else by the locale of the environment, else by that of the system.

    >>> language_of(["--lang", "en"], {}), language_of([], {"LANG": "en_US.UTF-8"}), language_of([], {"LC_ALL": "C", "LANG": "en_US"})
    ('en', 'en', 'zh')
    """
    for at, argument in enumerate(arguments):
        named = argument.partition("=")[2] if argument.startswith("--lang=") else ""
        if argument == "--lang":
            named = arguments[at + 1] if at + 1 < len(arguments) else ""
        if named in LANGUAGES:
            return named
    locale = next((environment[name] for name in _VARIABLES if environment.get(name)), system)
    return "en" if _ENGLISH.match(locale) else "zh"


@dataclass(frozen=True, slots=True)
class _Part:
    """A translated text, and how many of its characters came from rows of the table: of two ways, the one with more is right."""

    score: int
    words: str


@dataclass(frozen=True)
class Catalogue:
    """A table of messages with their translations; without rows, every message stays as it is."""

    rows: Mapping[str, str] = field(default_factory=dict)

    @cached_property
    def _templates(self) -> list[tuple[list[str], str]]:
        """The texts around the values of each row, and its translation; both without white space around the message."""
        rows = ((key, words if key == key.strip() else words.strip()) for key, words in self.rows.items())
        return [(_plain(key.strip()).split("\0"), words) for key, words in rows]

    @cached_property
    def _needed(self) -> re.Pattern[str]:
        """Matches a character without which a text has nothing to translate."""
        return _CHINESE if any(map(_CHINESE.search, self.rows)) else re.compile("[a-z]")

    def __call__(self, message: str) -> str:
        """Return the translation of a finished message; what is in no row stays as it is."""
        if not self.rows:
            return message
        known: dict[str, _Part] = {}
        made = "\n".join(self._best(line, known).words for line in message.split("\n"))
        return _BETWEEN_LATIN.sub(", ", made)

    def _best(self, text: str, known: dict[str, _Part]) -> _Part:
        """The translation of a text on one line with most of it from rows: as one row, or as several one after another."""
        bare = text.strip()
        if not self._needed.search(text):
            return _Part(0, text)
        if bare != text:
            inner = self._best(bare, known)
            before, after = text.split(bare, 1)
            return _Part(inner.score, before + inner.words + after)
        if text not in known:
            known[text] = self._as_parts(text, self._as_one(text, known), known)
        return known[text]

    def _as_parts(self, text: str, best: _Part, known: dict[str, _Part]) -> _Part:
        """The translation of a text as two parts, if more of it is from rows than in `best`, its translation as one."""
        if text[0] in _SEPARATORS and len(text) > 1:
            rest = self._best(text[1:], known)
            if rest.score >= best.score > 0 or rest.score > best.score:
                best = _Part(rest.score, _SEPARATORS[text[0]] + rest.words)
        for end in _ends(text):
            left, right = self._as_one(text[:end], known), self._best(text[end:], known)
            if (sign := text[end - 1]) in _SEPARATORS:
                before = self._as_one(text[: end - 1], known)
                if before.score >= left.score and before.score + right.score:
                    left = _Part(before.score, before.words + _SEPARATORS[sign])
            if left.score + right.score > best.score:
                best = _Part(left.score + right.score, _joined(left.words, right.words))
        return best

    def _as_one(self, text: str, known: dict[str, _Part]) -> _Part:
        """The translation of a text as one row; its values are translated too. Without a row, the text itself."""
        best = _Part(0, text)
        for parts, words in self._templates:
            values = _values(parts, text)
            if values is None:
                continue
            made = [self._best(value, known) for value in values]
            score = sum(map(len, parts)) + sum(part.score for part in made)
            if score > best.score:
                best = _Part(score, _filled(words, [part.words for part in made]))
        return best


def _ends(text: str) -> list[int]:
    """The positions where a line may be divided: between its sentences and phrases, in a long line between sentences only."""
    for pattern in (_PHRASES, _SENTENCES):
        found = [match.start() for match in pattern.finditer(text) if 0 < match.start() < len(text)]
        if len(found) <= _MOST_ENDS:
            return found
    return []


def _plain(key: str) -> str:
    """A key with \\0 for each {}; {{ and }} are braces."""
    return key.replace("{{", "\1").replace("}}", "\2").replace("{}", "\0").replace("\1", "{").replace("\2", "}")


def _values(parts: Sequence[str], text: str) -> list[str] | None:
    """The values between the parts of a template in a text, None if the text is no such message.

    >>> _values(["端口 ", " ", "。"], "端口 80 已占用。")
    ['80', '已占用']
    """
    if len(parts) == 1:
        return [] if text == parts[0] else None
    at, end = len(parts[0]), len(text) - len(parts[-1])
    if at > end or not text.startswith(parts[0]) or not text.endswith(parts[-1]):
        return None
    found = []
    for part in parts[1:-1]:
        start = text.find(part, at, end)
        if start < 0:
            return None
        found.append(text[at:start])
        at = start + len(part)
    return [*found, text[at:end]]


def _filled(words: str, values: Sequence[str]) -> str:
    """A translation with its values; a space parts a sentence from what follows it."""
    made = before = ""
    for at, piece in enumerate(re.split(r"\{(\d)\}", words)):
        value = values[int(piece) - 1] if at % 2 else piece
        if len(before) > 1 and before[-1] in ".!?" and value[:1].isalpha():
            made += " "
        made += value
        before = value or before
    return made


def _joined(left: str, right: str) -> str:
    """Two parts with a space between them if both are words."""
    close = not left or left[-1].isspace() or right[:1].isspace() or right[:1] in ",.;:)（，。" or left[-1] in "（("
    return left + right if close else f"{left} {right}"


def read_catalogue(path: Path) -> Catalogue:
    """Return the table of messages in a TOML file."""
    return Catalogue(tomllib.loads(path.read_text(encoding="utf-8")))
