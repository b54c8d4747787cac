"""Tests that the characters beside a number, units and hints leave out no rule or pattern that would decide."""

from __future__ import annotations

from pathlib import Path

import pytest

from workreport.analysis.indicators.digit_rules import DIGIT_RULES, QUANTITY_RULES
from workreport.analysis.indicators.grammar import grammar_of
from workreport.analysis.indicators.numeral_rules import SPELLED_RULES
from workreport.analysis.indicators.rule_tables import QuantityRule, QuantityRules, RuleBeside, RulesBeside
from workreport.analysis.indicators.written_number import DIGITS, RUN, Number, Rule
from workreport.analysis.vocabulary import Vocabulary, load

ROOT = Path(__file__).resolve().parents[2]


@pytest.fixture(scope="module")
def vocabulary() -> Vocabulary:
    return load(ROOT / "vocabulary")


def _numbers(vocabulary: Vocabulary) -> list[Number]:
    """Every number of every example of the vocabulary; the examples of traps have each kind that a rule explains."""
    rows = (*vocabulary.units, *vocabulary.words)
    texts = {example.partition(" => ")[0] for row in rows for example in row.examples}
    grammar = grammar_of(vocabulary)
    numbers = []
    for text in sorted(texts):
        for run in RUN.finditer(text):
            end = run.end()
            while text[run.start()] in DIGITS and end < len(text) and text[end] in ".0123456789":
                end += 1
            numbers.append(Number(text, run.start(), end, grammar))
    return numbers


def _verdict(number: Number, rules: tuple[Rule, ...]) -> object:
    return next((verdict for rule in rules if (verdict := rule(number)) is not None), None)


def test_the_rules_chosen_by_the_neighbours_decide_as_all_rules_do(vocabulary: Vocabulary) -> None:
    decided = 0
    for number in _numbers(vocabulary):
        digits = number.run[0] in DIGITS
        table = DIGIT_RULES if digits else SPELLED_RULES
        behind = "." if digits and "." in number.run else number.following
        wanted = _verdict(number, tuple(row.rule for row in table.rows))
        assert _verdict(number, table.of(number.previous, behind)) == wanted, (number.text, number.run)
        decided += wanted is not None
    assert decided > 100


def test_the_rules_chosen_by_the_quantity_decide_as_all_rules_do(vocabulary: Vocabulary) -> None:
    decided = 0
    for number in _numbers(vocabulary):
        quantity = number.quantity
        if quantity is None or number.run[0] not in DIGITS:
            continue
        asked = [row.rule for row in QUANTITY_RULES.rows if row.needs(quantity.unit, quantity.approx)]
        wanted = _verdict(number, tuple(asked))
        assert _verdict(number, QUANTITY_RULES.of(quantity, number.beyond())) == wanted, (number.text, number.run)
        decided += wanted is not None
    assert decided > 100


def test_a_rule_without_the_character_that_it_needs_is_not_asked() -> None:
    def dated(_number: Number) -> None: ...
    def ordered(_number: Number) -> None: ...
    def always(_number: Number) -> None: ...

    table = RulesBeside(RuleBeside(dated, behind="年月"), RuleBeside(always), RuleBeside(ordered, before="第"))
    assert table.of("", "年") == (dated, always)
    assert table.of("第", "届") == (always, ordered)
    assert table.of("", "") == (always,)


def test_a_rule_for_another_unit_is_not_asked(vocabulary: Vocabulary) -> None:
    def aged(_number: Number) -> None: ...
    def always(_number: Number) -> None: ...

    table = QuantityRules(QuantityRule(aged, lambda unit, _: unit.endswith("岁")), QuantityRule(always))
    age, money = (Number(text, 0, 2, grammar_of(vocabulary)).quantity for text in ("35岁", "35亿元"))
    assert age is not None
    assert money is not None
    assert table.of(age, "") == (aged, always)
    assert table.of(money, "") == (always,)


def test_a_rule_for_what_stands_behind_a_quantity_is_asked_only_there(vocabulary: Vocabulary) -> None:
    def reached(_number: Number) -> None: ...
    def describing(_number: Number) -> None: ...

    table = QuantityRules(QuantityRule(reached, behind="的目"), QuantityRule(describing, described=True))
    share = Number("8%", 0, 1, grammar_of(vocabulary)).quantity
    assert share is not None
    assert table.of(share, "的") == (reached, describing)
    assert table.of(share, "增") == (describing,)
    assert table.of(share, "，") == table.of(share, "") == ()


def test_each_word_of_a_rank_has_the_hint_without_which_none_is_looked_for(vocabulary: Vocabulary) -> None:
    ranks = grammar_of(vocabulary).rank
    rows = (*vocabulary.units, *vocabulary.words)
    texts = {example.partition(" => ")[0] for row in rows for example in row.examples}
    said = (
        "居全省第3位 列全市第一方阵 实现“双第一” 居第4—6位 居第4-6位 获三连冠 居首位 居榜首 居全省之首 居前列 居前茅 居末位 全国领先 "
        "领跑全省 全省最大 居前10 居前三位 入选全国百强 进入20强 列三十强 全省率先 全国首个 全省第4个"
    )
    texts |= {f"总量{words}。" for words in said.split()}
    found = {
        (m[0], ranks.hint.search(text, m.start(), m.end()) is not None)
        for text in texts
        for pattern in (ranks.place, ranks.first, ranks.ahead)
        for m in pattern.finditer(text)
    }
    assert [word for word, hinted in found if not hinted] == []
    wanted = {"首位", "榜首", "之首", "百强", "20强", "三十强", "4-6位", "三连冠", "率先", "领跑全省"}
    assert wanted <= {word for word, _ in found}
