"""Knows the units and words of work reports as data: loads `vocabulary/*.toml` and refuses unknown keys and values.

Leaves the use of the words to `indicators`, `faults` and `ingest`; the caller gives the folder.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass, field
from functools import cached_property
from pathlib import Path
from typing import Literal, get_args

from workreport.analysis.word_files import VocabularyError, WordRow, read
from workreport.ingest.front_words import FrontWords
from workreport.model import UnitKind, UnitName

_NO_UNIT = UnitName("")
KINDS: tuple[UnitKind, ...] = get_args(UnitKind)
"""The kinds of units: level (a measured amount), count (a number of things), share (a part of a whole)."""

ROLES = {
    "reach": "a verb between a name and its figure, no part of the name: 达到, 增至",
    "pass": "a verb of passing a threshold: 迈上, 突破",
    "pass-manner": "an adverb before a verb of passing a threshold: 首次, 先后",
    "whole": "a noun that only seems to end with a reach verb or a head: 人才, 条约, 化学需氧量",
    "up": "a verb of growth: 增长, 提高",
    "down": "a verb of decline: 下降, 压减",
    "base": "what a change is compared with, or how it is calculated: 同比, 年均, 累计",
    "adjusted": "what a change is adjusted for: 实际, 可比, 同口径",
    "open": "a verb at the start of a name, shared by the items of a list: 新增, 建成",
    "light": "a verb before a figure that is no part of a name: 实现, 超额完成",
    "adverb": "an adverb, which is no part of a name: 高标准, 积极",
    "time": "a time at the start of a clause: 全年, 去年",
    "date-lead": "a word before a year or month at the start of a name: 截至, 到",
    "year-tail": "a word after a year at the start of a name: 末, 以来",
    "span-tail": "a word after a number of years at the start of a name: 来, 期间",
    "plan-tail": "a word after the name of a five-year plan at the start of a name: 时期, 末",
    "award": "a predicate that names what is counted: 入选, 获评",
    "predicate": "a verb after a counted noun: 覆盖, 接待",
    "pivot": "a verb whose object does something: 吸纳, 引导",
    "preposition": "a word after a counted noun that starts what the noun does: 在, 向",
    "stop": "a word that ends a counted noun phrase after a verb: 支持, 用于",
    "dependent": "a noun that needs the name before it: 总投资, 支出率",
    "headed": "a measure that takes the subject of its list or of the clause before: 到位额, 上缴税金",
    "head": "the last noun of an indicator's name, shared by the parts of a list: 增加值, 产量",
    "measure-part": "a word before the head of a name that the parts of a list share with it: 水质, 平均",
    "side": "one of the sorts that a thing is divided into, which in a list takes the rest of the last name: 小学, 城镇",
    "bare-measure": "a head that in a list takes the subject of the first name: 死亡人数, 产量",
    "thing": "a noun that ends a complete name, to which no shared head is added: 企业, 中心",
    "generic": "a counted noun that a name with an award leaves out if the award ends with it: 企业",
    "round": "a noun after a milestone, which the milestone does not count: 大关, 台阶",
    "owner": "the last word of a zone that has figures of its own, also in the clauses after the one that it opens: 高新区",
    "event": "the last word of a fair or meeting, which has figures in the clauses after the one that says it was held: 博览会",
    "rank-verb": "a verb before a rank: 位居, 升至",
    "rank-adverb": "an adverb between the subject of a rank and its verb or scope: 均, 持续",
    "rank-lead": "a word before the subject of a rank, which is no part of its name: 推动, 其中",
    "scope": "the region or field of a rank: 全国, 全省",
    "scope-kind": "a word that says which members of a region a rank is among: 同类, 省会",
    "scope-member": "what a rank is among: 城市, 经开区",
    "first": "a word for the first of its kind: 首个, 首创",
    "superlative": "a word for the most of its kind: 最大, 最长",
    "aim": "a word that makes its clause a target: 力争",
    "outlook": "a word that makes what follows it targets: 未来五年",
    "done": "a word that makes what follows it results, even in a plan: 去年, 五年来",
    "present": "a word that makes what follows it results of the present day, even in a plan: 目前, 截至目前",
    "held": "a word that makes its clause a result, even in a plan: 已, 现有",
    "turn": "a word that ends the reach of a done word: 今年, 再",
    "estimate": "a word that makes results the report's own estimates: 预计",
    "plan-title": "a word in a heading: the text below is planned",
    "review-title": "a word in a heading: the text below is about what was done",
    "gloss-title": "a word in a heading: the text below is a glossary",
    "before": "an approximator before a figure: 近, 超过",
    "tail": "a word after a number that makes the number a trap, by the rule of its row: 国道, 周年",
    "lead": "a word before a number that makes the number a trap, by the rule of its row: 第, 国道",
    "numeral-word": "a word that contains a numeral and counts nothing: 统一, 一般",
    "vague": "a count that counts nothing: 一批, 一系列",
    "office": "the office of the speaker: 省长, 区长",
    "document": "a word that titles of other documents than 政府工作报告 end with: 统计公报, 规划纲要",
    "no-city": "a word that ends with 市 and names no city: 全市, 超市",
    "button": "a whole line that is a button of a web page: 下载, 打印",
    "button-opening": "the start of a line that is a button of a web page: 分享到",
    "button-label": "what a button of a web page sets, before a colon or inside brackets: 字号",
    "doubled": "two words with a correctly doubled character: 目的的, 和和谐",
    "nameless": "a word that alone is no name of an indicator: 总量, 企业",
    "dangling": "a word with which no complete name ends: 分别, 按照",
    "headless": "a word with which no complete name begins: 及以下, 就可以",
    "money-name": "the last word of an amount of money: 增加值, 收入",
    "people-name": "the last word of a number of people: 人数, 人次",
    "ratio-name": "the last word of a ratio: 率, 比重",
    "no-ratio": "a word that ends as a ratio does and is none: 功率, 生产率",
    "vital-rate": "the last word of a rate of births or deaths, which is a few in a thousand: 自然增长率",
    "over-full": "a word in the name of a ratio that may exceed 100%: 完成, 指数",
    "admits": "words that open what a report says of its problems: 清醒认识到",
    "remains": "words for what is still not well: 还存在, 仍面临",
    "problem": "a noun for what is not well: 困难, 问题",
    "less-is-well": "a word in the name of what everyone wants less of: 事故, 浓度",
    "less-unsaid": "a word in a name by which nobody can say so after all: 处理率 in 事故处理率",
    "spelled": "a measure word after a numeral in characters: 个, 家",
}
"""Every role that a row of `vocabulary/*.toml` may have, with what its words are and examples."""

BOUNDED = ("preposition", "predicate", "aim", "outlook", "done", "present", "held", "turn", "estimate", "dangling")
"""The roles whose rows may have `not_before` and `not_after`."""

TrapRule = Literal[
    "age", "anniversary", "clock", "code", "date", "edition", "footnote mark", "glossary", "grade", "heading",
    "item number", "list name", "name", "number", "one", "ordinal", "period", "place", "policy name",
    "population phrase", "proportion", "quoted name", "rate base", "road or number", "round word", "slogan",
    "small count", "steps", "structure", "telephone number", "threshold", "version", "word", "zero word",
]  # fmt: skip
TRAP_RULES: tuple[TrapRule, ...] = get_args(TrapRule)
"""All trap rules, which say why a number is no figure: those in code, and those of rows with role tail or lead."""


@dataclass(frozen=True, slots=True)
class Unit:
    """A unit. `kind` is the kind of a figure with this unit, unless the text around it decides otherwise.

    If it has one character, it is no unit before a character of `not_before`: 人 in 14亿人口. `base` and `exponent` convert
    it: for 公里 they are 米 and 3, since it has 10 to the power of 3 米; "" and 0 if it is not converted. `also` are Latin
    spellings that readers search for and reports do not use: km. `place` is file and line of the row.
    """

    word: UnitName
    kind: UnitKind
    examples: tuple[str, ...]
    not_before: str = ""
    base: UnitName = _NO_UNIT
    exponent: int = 0
    also: tuple[str, ...] = ()
    place: str = field(default="", compare=False)


@dataclass(frozen=True, slots=True)
class Word:
    """A word in a role. `place` is file and line of the row.

    `rule` is the trap rule for the roles tail and lead, else None. `not_before` and `not_after` are for the roles in BOUNDED:
    such a word does not count before one of these characters (在 in 在校) or after one of them (向 in 方向).
    """

    word: str
    role: str
    rule: TrapRule | None
    examples: tuple[str, ...]
    not_before: str = ""
    not_after: str = ""
    place: str = field(default="", compare=False)


@dataclass(frozen=True, eq=False)
class Vocabulary:
    """All units and words. An example of a row is written 原文 => 结果; `analysis.examples.check` checks the examples."""

    units: tuple[Unit, ...]
    words: tuple[Word, ...]

    @cached_property
    def unit_kinds(self) -> dict[UnitName, UnitKind]:
        """Units with their kinds."""
        return {unit.word: unit.kind for unit in self.units}

    @cached_property
    def units_not_before(self) -> dict[UnitName, str]:
        """Units with the characters that they must not stand before."""
        return {unit.word: unit.not_before for unit in self.units}

    @cached_property
    def by_role(self) -> dict[str, list[Word]]:
        """The words of each role, in the order of the files."""
        found: dict[str, list[Word]] = {role: [] for role in ROLES}
        for word in self.words:
            found[word.role].append(word)
        return found

    def of(self, role: str) -> tuple[str, ...]:
        """The words of a role, the longest first, so that a pattern made of them prefers the longest word.

        Raises KeyError for a role that does not exist.
        """
        return tuple(sorted({w.word for w in self.by_role[role]}, key=lambda word: (-len(word), word)))

    def pattern(self, role: str) -> str:
        """A regular expression for any word of a role, the longest first; without words it matches nothing.

        It begins with the first characters of words, and not with a condition, so that searches pass over other characters
        fast; words with the same first character are tried together. Raises KeyError for a role that does not exist.
        """
        rests: dict[str, list[str]] = {}
        for word in sorted(self.by_role[role], key=lambda w: (-len(w.word), w.word)):
            rests.setdefault(re.escape(word.word[0]), []).append(_behind_first(word))
        return "|".join(f"{first}(?:{'|'.join(of)})" for first, of in rests.items()) or r"(?!)"

    @cached_property
    def front(self) -> FrontWords:
        """The words for the front of a report, for `ingest`."""
        return FrontWords(
            offices=self.of("office"),
            documents=self.of("document"),
            no_cities=frozenset(self.of("no-city")),
            buttons=self.of("button"),
            openings=self.of("button-opening"),
            labels=self.of("button-label"),
        )

    def rules(self, role: str) -> dict[str, TrapRule]:
        """The words of a role (tail or lead) with their trap rules."""
        return {w.word: w.rule for w in self.by_role[role] if w.rule}

    def without(self, rows: Iterable[Word | Unit]) -> Vocabulary:
        """A copy without some rows, for tests that show how much depends on them."""
        gone = set(rows)
        return Vocabulary(
            units=tuple(u for u in self.units if u not in gone), words=tuple(w for w in self.words if w not in gone)
        )


def _behind_first(word: Word) -> str:
    """A regular expression for a word behind its first character.

    It fails before a character of `not_before`, and if the word stands after one of `not_after`.
    """
    first, rest = re.escape(word.word[0]), re.escape(word.word[1:])
    after = f"(?<![{re.escape(word.not_after)}]{first})" if word.not_after else ""
    before = f"(?![{re.escape(word.not_before)}])" if word.not_before else ""
    return after + rest + before


def load(folder: Path, *own: Path) -> Vocabulary:
    """Read every `*.toml` of a folder (not of its subfolders), in the order of the file names.

    The rows of the folders `own`, which may have none, add to these; one with the same word (and role) takes its place.
    Raises VocabularyError with file and line for anything unknown, missing, duplicate within a folder or of the wrong type,
    and if the first folder has no file. Whether the examples are right is checked by `analysis.examples.check`.
    """
    units: dict[UnitName, Unit] = {}
    words: dict[tuple[str, str], Word] = {}
    for home in (folder, *own):
        more_units, more_words = _folder(home, needed=home == folder)
        units |= more_units
        words |= more_words
    _check_bases(units)
    return Vocabulary(units=tuple(units.values()), words=tuple(words.values()))


def _folder(folder: Path, *, needed: bool) -> tuple[dict[UnitName, Unit], dict[tuple[str, str], Word]]:
    """The units and words of one folder. Raises VocabularyError, also if it has no file and is `needed`."""
    units: dict[UnitName, Unit] = {}
    words: dict[tuple[str, str], Word] = {}
    paths = sorted(folder.glob("*.toml"))
    if needed and not paths:
        raise VocabularyError(f"{folder}: 没有词表（*.toml）。请放入词表，或去掉这个文件夹，改用自带的词表。")
    for path in paths:
        file = read(path, f"{folder.name}/{path.name}")
        file.only(("unit", "word"))
        for row in file.rows("unit"):
            unit = _unit(row)
            if unit.word in units:
                raise row.error(f"单位{row.title}已写在 {units[unit.word].place}。请只留一处。")
            units[unit.word] = unit
        for row in file.rows("word"):
            word = _word(row)
            if (known := words.get((word.role, word.word))) is not None:
                raise row.error(f"{row.title}作为 {word.role} 已写在 {known.place}。请只留一处。")
            words[word.role, word.word] = word
    return units, words


def _unit(row: WordRow) -> Unit:
    """The unit of a row. Raises VocabularyError."""
    row.only(("word", "kind", "examples"), ("not_before", "base", "exponent", "also"))
    return Unit(
        word=UnitName(row.text("word")), kind=row.choice("kind", KINDS), examples=_examples(row), not_before=row.text("not_before"),
        base=UnitName(row.text("base")), exponent=row.number("exponent"), also=row.texts("also"), place=row.place,
    )  # fmt: skip


def _word(row: WordRow) -> Word:
    """The word of a row. Raises VocabularyError, also for a key that the role does not have."""
    row.only(("word", "role", "examples"), ("rule", "not_before", "not_after"))
    role = row.choice("role", ROLES)
    rule = row.choice("rule", TRAP_RULES) if "rule" in row.values else None
    if (role in ("tail", "lead")) != bool(rule):
        raise row.error(
            f"{row.title}的 role 是 {role}：tail 和 lead 要写 rule，其他 role 不写。", "rule" if rule else "role"
        )
    for key in ("not_before", "not_after"):
        if key in row.values and role not in BOUNDED:
            raise row.error(f"{row.title}：只有 {'、'.join(BOUNDED)} 可写 {key}。请删去。", key)
    return Word(
        word=row.text("word"), role=role, rule=rule, examples=_examples(row), not_before=row.text("not_before"),
        not_after=row.text("not_after"), place=row.place,
    )  # fmt: skip


def _examples(row: WordRow) -> tuple[str, ...]:
    """The examples of a row. Raises VocabularyError if one is not written 原文 => 结果."""
    examples = row.texts("examples")
    for example in examples:
        text, arrow, want = example.partition(" => ")
        if not (text and arrow and want):
            raise row.error(f"例句“{example}”应写作“原文 => 结果”。", "examples")
    return examples


def _check_bases(units: dict[UnitName, Unit]) -> None:
    """Raise VocabularyError for a base that has no row or has a base of its own, and for an exponent without a base."""
    for unit in units.values():
        base = units.get(unit.base)
        if unit.base and (base is None or base.base):
            raise VocabularyError(
                f"{unit.place}: “{unit.word}”的 base “{unit.base}”应是词表里的单位，且它自己没有 base。请改写 base，或为它补一组 [[unit]]。"
            )
        if unit.exponent and not unit.base:
            raise VocabularyError(f"{unit.place}: “{unit.word}”有 exponent，缺少 base。请补上 base，或删去 exponent。")
