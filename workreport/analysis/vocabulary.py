"""Knows the words of the field as data: loads `vocabulary/*.toml` into a frozen Vocabulary and refuses unknown keys.

Leaves what the words do to `indicators`; the folder to load from is the caller's argument.
"""

from __future__ import annotations

import tomllib
from collections.abc import Iterable
from dataclasses import dataclass
from difflib import get_close_matches
from functools import cached_property
from pathlib import Path

KINDS = ("level", "count", "share")
"""What a unit alone says of its figure: a measured amount, things counted, a part of a whole."""

ROLES = {
    "reach": "a verb between a name and its figure, no part of the name: 达到, 增至",
    "whole": "a word that ends like a verb before a figure and is none: 人才, 条约",
    "up": "a verb of growth: 增长, 提高",
    "down": "a verb of decline: 下降, 压减",
    "base": "what a change is measured against, or how: 同比, 年均, 累计",
    "open": "a verb that opens a name and is shared over a list: 新增, 建成",
    "light": "a verb before a figure that is no part of a name: 实现, 超额完成",
    "adverb": "how something is done, no part of a name: 高标准, 积极",
    "time": "when, at the start of a clause: 全年, 去年",
    "award": "a predicate that names what is counted: 入选, 获评",
    "predicate": "a verb after a counted noun: 覆盖, 接待",
    "pivot": "a verb whose object does something: 吸纳, 引导",
    "stop": "what ends a counted noun phrase after a verb: 支持, 用于",
    "dependent": "a noun that says nothing without the name before it: 总投资, 支出率",
    "head": "the last noun of an indicator's name, shared by the parts of a list: 增加值, 产量",
    "thing": "a noun that ends a name of its own, which takes no shared head: 企业, 中心",
    "generic": "a counted noun that is left out when a predicate names it better: 企业",
    "round": "a noun after a figure that is no part of it: 大关, 台阶",
    "rank-verb": "a verb before a place in a field: 位居, 升至",
    "scope": "a field in which a place is held: 全国, 全省",
    "first": "the first of its kind: 首个, 首创",
    "superlative": "the most of its kind: 最大, 最长",
    "aim": "a word that makes its clause a target: 力争, 到2030年",
    "done": "a word that makes its clause a result though it stands in a plan: 去年",
    "plan-title": "in a heading: what follows is planned",
    "review-title": "in a heading: what follows is done",
    "gloss-title": "in a heading: what follows explains words",
    "before": "an approximator before a figure: 近, 超过",
    "tail": "what after a number makes it no quantity, with the trap rule's name: 国道, 周年",
    "lead": "what before a number makes it no quantity, with the trap rule's name: 第, 国道",
    "numeral-word": "a word that holds a numeral and counts nothing: 统一, 一般",
    "vague": "a count that counts nothing: 一批, 一系列",
    "spelled": "a measure word after a numeral in characters: 个, 家",
}
"""Every role that a row of `vocabulary/*.toml` may play."""


class VocabularyError(ValueError):
    """A vocabulary file that cannot be used; the message names the file, the row and the key."""


@dataclass(frozen=True, slots=True)
class Unit:
    """A measure word: `kind` is what a figure with it is when nothing else speaks ("level", "count", "share").

    `not_before` holds the characters that make another word of it: 人 is no measure word in 14亿人口.
    """

    word: str
    kind: str
    examples: tuple[str, ...]
    not_before: str = ""


@dataclass(frozen=True, slots=True)
class Word:
    """A word in a role; `rule` names the trap rule for roles "tail" and "lead", else it is ""."""

    word: str
    role: str
    rule: str
    examples: tuple[str, ...]


@dataclass(frozen=True, eq=False)
class Vocabulary:
    """All words of the field. `examples` of a row are 原文 => 名称|数值|单位 (or 原文 => 无) and run as tests."""

    units: tuple[Unit, ...]
    words: tuple[Word, ...]

    @cached_property
    def unit_kinds(self) -> dict[str, str]:
        return {unit.word: unit.kind for unit in self.units}

    @cached_property
    def units_not_before(self) -> dict[str, str]:
        return {unit.word: unit.not_before for unit in self.units}

    def of(self, role: str) -> tuple[str, ...]:
        """The words of a role, the longest first, so that an alternation made of them is greedy.

        Raises KeyError for a role that does not exist.
        """
        if role not in ROLES:
            raise KeyError(role)
        return tuple(sorted({w.word for w in self.words if w.role == role}, key=lambda word: (-len(word), word)))

    def rules(self, role: str) -> dict[str, str]:
        """Words of a role with the names of their trap rules."""
        return {w.word: w.rule for w in self.words if w.role == role}

    def without(self, rows: Iterable[Word | Unit]) -> Vocabulary:
        """The same vocabulary without some rows (for the test of how much hangs on single words)."""
        gone = set(rows)
        return Vocabulary(
            units=tuple(u for u in self.units if u not in gone), words=tuple(w for w in self.words if w not in gone)
        )


def load(folder: Path) -> Vocabulary:
    """Read every `*.toml` of a folder, in the order of their names.

    Raises VocabularyError naming file and key for whatever is unknown, missing, doubled or of the wrong type.
    """
    units: dict[str, Unit] = {}
    words: dict[tuple[str, str], Word] = {}
    files = sorted(folder.glob("*.toml"))
    if not files:
        raise VocabularyError(f"{folder}: holds no vocabulary (*.toml)")
    for file in files:
        try:
            document = tomllib.loads(file.read_text(encoding="utf-8"))
        except (tomllib.TOMLDecodeError, UnicodeDecodeError) as error:
            raise VocabularyError(f"{file.name}: {error}") from error
        for table, rows in document.items():
            if table not in ("unit", "word"):
                raise _unknown(file, table, ("unit", "word"))
            if not isinstance(rows, list):
                raise VocabularyError(f"{file.name}: {table} must be a list of tables")
            for row in rows:
                if table == "unit":
                    unit = _unit(file, row)
                    if unit.word in units:
                        raise VocabularyError(f"{file.name}: unit {unit.word} stands twice")
                    units[unit.word] = unit
                else:
                    word = _word(file, row)
                    if (word.role, word.word) in words:
                        raise VocabularyError(f"{file.name}: {word.word} stands twice in the role {word.role}")
                    words[word.role, word.word] = word
    return Vocabulary(units=tuple(units.values()), words=tuple(words.values()))


def _unit(file: Path, row: object) -> Unit:
    fields = _fields(file, row, {"word", "kind", "examples"}, {"not_before"})
    kind = fields["kind"]
    if kind not in KINDS:
        raise VocabularyError(f"{file.name}: kind of {fields['word']} must be one of {', '.join(KINDS)}, not {kind}")
    return Unit(
        word=str(fields["word"]),
        kind=str(kind),
        examples=_examples(file, fields),
        not_before=str(fields.get("not_before", "")),
    )


def _word(file: Path, row: object) -> Word:
    fields = _fields(file, row, {"word", "role", "examples"}, {"rule"})
    role, rule = str(fields["role"]), str(fields.get("rule", ""))
    if role not in ROLES:
        raise _unknown(file, role, tuple(ROLES))
    if (role in ("tail", "lead")) != bool(rule):
        raise VocabularyError(f"{file.name}: rule of {fields['word']} is asked for with the roles tail and lead only")
    return Word(word=str(fields["word"]), role=role, rule=rule, examples=_examples(file, fields))


def _fields(file: Path, row: object, needed: set[str], free: set[str]) -> dict[str, object]:
    if not isinstance(row, dict):
        raise VocabularyError(f"{file.name}: a row must be a table, not {row!r}")
    for key in row:
        if key not in needed | free:
            raise _unknown(file, key, tuple(sorted(needed | free)))
    for key in sorted(needed):
        if not row.get(key):
            raise VocabularyError(f"{file.name}: {row.get('word', row)} has no {key}")
    return {str(key): value for key, value in row.items()}


def _examples(file: Path, fields: dict[str, object]) -> tuple[str, ...]:
    examples = fields["examples"]
    if not isinstance(examples, list) or not all(isinstance(e, str) for e in examples):
        raise VocabularyError(f"{file.name}: examples of {fields['word']} must be a list of texts")
    return tuple(str(e) for e in examples)


def _unknown(file: Path, key: str, known: tuple[str, ...]) -> VocabularyError:
    near = get_close_matches(key, known, n=1, cutoff=0.4)
    hint = f"; do you mean {near[0]}?" if near else f"; known are {', '.join(known)}"
    return VocabularyError(f"{file.name}: unknown key {key}{hint}")
