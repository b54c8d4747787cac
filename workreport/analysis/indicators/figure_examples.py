"""Knows whether an example of a unit, a word or a trap is right: the sentence is read with the vocabulary it is part of.

Leaves all other examples, and the whole message, to `workreport.analysis.examples`.
"""

from __future__ import annotations

from workreport.analysis.indicators.finding import read_sentence
from workreport.analysis.indicators.grammar import grammar_of
from workreport.analysis.indicators.status import Tense, opened, titled
from workreport.analysis.vocabulary import Unit, Vocabulary, Word
from workreport.model import Indicator, Meta, Sentence

_META = Meta("", "", "", None, None, "", "", "")


def find_in(text: str, words: Vocabulary) -> tuple[Indicator, ...]:
    """The indicators of one sentence that stands alone, as in a review of past work."""
    grammar = grammar_of(words)
    tense = opened(text, Tense(), grammar, _META)
    return read_sentence(Sentence("s", text, 0, len(text), ""), tense, grammar).indicators


def example_problem(row: Unit | Word, text: str, want: str, words: Vocabulary) -> str:
    """What is wrong with an example, as the end of a Chinese sentence; "" if it is right.

    `want` is 名称|数值|单位 or 数值|单位, with |target, |result or |estimate (a result that is the report's own
    estimate) after the first form if wanted; 名称|位次| for a rank; 无 if
    the text has no indicator. For a role whose name ends with -title it is what a heading sets for the text below: target,
    result or gloss. If the row has a trap rule, the rule must also explain a number of the text.
    """
    grammar = grammar_of(words)
    role = row.role if isinstance(row, Word) else ""
    if role.endswith("-title"):
        tense = titled(text, grammar, _META) or Tense()
        got: tuple[str, ...] = ("gloss" if tense.gloss else "target" if tense.planned else "result",)
    else:
        tense = opened(text, Tense(planned=role in ("done", "present", "held", "turn")), grammar, _META)
        found = read_sentence(Sentence("s", text, 0, len(text), ""), tense, grammar)
        if isinstance(row, Word) and row.rule and row.rule not in found.traps:
            return f"不由规则 {row.rule} 解释（解释它的是{'、'.join(found.traps) or '无'}）"
        got = tuple(dict.fromkeys(result for indicator in found.indicators for result in _results(indicator))) or (
            "无",
        )
    return "" if want in got else f"读出的是 {' 或 '.join(got)}"


def _results(indicator: Indicator) -> tuple[str, ...]:
    """All results that an example may give for this indicator."""
    figure = f"{indicator.value}|{indicator.unit}"
    whole = f"{indicator.name}|{figure}"
    places = (f"{indicator.name}|{rank.place}|" for rank in indicator.ranks)
    status = "estimate" if indicator.estimated else indicator.status
    return whole, figure, f"{whole}|{status}", *places
