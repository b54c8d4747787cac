"""Knows whether the examples of the vocabulary hold: reads each one with the grammar made of its own vocabulary.

Leaves the form of a row to `vocabulary`.
"""

from __future__ import annotations

from workreport.analysis.indicators.finding import read_sentence
from workreport.analysis.indicators.grammar import Grammar, grammar_of
from workreport.analysis.indicators.status import Tense, opened, titled
from workreport.analysis.vocabulary import Unit, Vocabulary, Word
from workreport.analysis.word_files import VocabularyError
from workreport.model import Indicator, Meta, Sentence

_META = Meta("", "", "", None, None, "", "", "")
_MOST = 10
"""How many wrong examples one message tells."""


def check(vocabulary: Vocabulary) -> None:
    """Raise VocabularyError where an example contradicts its row; the message has a line for each such example.

    An example is 原文 => 名称|数值|单位 (name and a status target or result may be there or not), 原文 => 无 where the text
    states no figure, and of a heading 标题 => target, result or gloss: what it makes of a sentence below it. The text holds
    the row's word, and the rule of a trap is one of those that explain its numbers.
    """
    grammar = grammar_of(vocabulary)
    rows: list[Unit | Word] = [*vocabulary.units, *vocabulary.words]
    wrong = []
    for row in rows:
        for example in row.examples:
            text, _, want = example.partition(" => ")
            if problem := _problem(row, text, want, grammar):
                wrong.append(f"{row.place}: “{row.word}”的例句“{example}”{problem}。请改例句或改这一行。")
    if wrong:
        more = [f"另有 {len(wrong) - _MOST} 处。"] if len(wrong) > _MOST else []
        raise VocabularyError("\n".join(wrong[:_MOST] + more))


def _problem(row: Unit | Word, text: str, want: str, grammar: Grammar) -> str:
    """What is wrong with an example, "" where it holds."""
    if row.word not in text:
        return "里没有这个词"
    role = row.role if isinstance(row, Word) else ""
    if role.endswith("-title"):
        tense = titled(text, grammar, _META) or Tense()
        got: tuple[str, ...] = ("gloss" if tense.gloss else "target" if tense.planned else "result",)
    else:
        tense = opened(text, Tense(planned=role == "done"), grammar, _META)
        found = read_sentence(Sentence("s", text, 0, len(text), ""), tense, grammar)
        if isinstance(row, Word) and row.rule and row.rule not in found.traps:
            return f"不由规则 {row.rule} 解释（解释它的是{'、'.join(found.traps) or '无'}）"
        got = tuple(dict.fromkeys(way for indicator in found.indicators for way in _ways(indicator))) or ("无",)
    return "" if want in got else f"读出的是 {' 或 '.join(got)}"


def _ways(indicator: Indicator) -> tuple[str, ...]:
    figure = f"{indicator.value}|{indicator.unit}"
    whole = f"{indicator.name}|{figure}"
    places = (f"{indicator.name}|{rank.place}|" for rank in indicator.ranks)
    return whole, figure, f"{whole}|{indicator.status}", *places
