"""Figures keep their ids: by sentence, characters and value."""

from __future__ import annotations

from dataclasses import replace
from functools import cache
from pathlib import Path

from workreport.analysis import figure_ids, indicators
from workreport.analysis.vocabulary import Vocabulary, load
from workreport.ingest import outline
from workreport.ingest.ids import IdLedger
from workreport.model import Meta, Text
from workreport.project import report_settings

ROOT = Path(__file__).resolve().parents[2]
META = Meta("invented", "政府工作报告", "青禾县", 2024, None, "", "", "")


@cache
def vocabulary() -> Vocabulary:
    return load(ROOT / "vocabulary")


def numbered(sentence: str, before: IdLedger) -> figure_ids.NumberedFigures:
    """Number the figures of a report of one sentence."""
    body = f"一、工作回顾\n{sentence}"
    tree, now = outline.parse(Text(body, ((0, 0, len(body)),)), (), before)
    return figure_ids.number(indicators.find(tree, (), vocabulary(), META), tree, before, now)


def ids(made: figure_ids.NumberedFigures) -> dict[str, str]:
    """Number of each figure by its value and name."""
    return {f"{i.name} {i.value}": i.id.rpartition("-")[2] for i in made.found.indicators}


def test_first_build_counts_the_figures_of_a_sentence_from_one() -> None:
    made = numbered("粮食产量28.6万吨，新建学校3所。", IdLedger())
    assert ids(made) == {"粮食产量 28.6": "f1", "新建学校 3": "f2"}
    assert [(r.number, r.at, r.value, r.unit) for r in made.ledger.figures] == [
        (1, 4, "28.6", "万吨"),
        (2, 15, "3", "所"),
    ]


def test_same_text_gives_the_same_ledger_again() -> None:
    text = "出口、进口均增长8%，新建学校3所、改造3所，专利授权量翻番。"
    first = numbered(text, IdLedger())
    again = numbered(text, first.ledger)
    assert (again.ledger, again.found) == (first.ledger, first.found)


def test_figure_found_for_the_first_time_gets_a_number_never_given() -> None:
    full = numbered("粮食产量28.6万吨，新建学校3所，改造公园5个。", IdLedger())
    # As if an older engine had not found the school, and had given 2 to the park.
    school = next(r for r in full.ledger.figures if r.value == "3")
    known = tuple(replace(r, number=2) if r.value == "5" else r for r in full.ledger.figures if r is not school)
    sentences = tuple(e._replace(figures=min(e.figures, 2)) for e in full.ledger.sentences)
    made = numbered(
        "粮食产量28.6万吨，新建学校3所，改造公园5个。", replace(full.ledger, sentences=sentences, figures=known)
    )
    assert ids(made) == {"粮食产量 28.6": "f1", "新建学校 3": "f3", "改造公园 5": "f2"}


def test_number_of_a_lost_figure_is_kept_and_not_given_again() -> None:
    first = numbered("粮食产量28.6万吨，新建学校3所。", IdLedger())
    # As if the engine of the last build had read the 28.6 as 86.
    wrong = tuple(replace(r, value="86") if r.number == 1 else r for r in first.ledger.figures)
    made = numbered("粮食产量28.6万吨，新建学校3所。", replace(first.ledger, figures=wrong))
    assert ids(made) == {"粮食产量 28.6": "f3", "新建学校 3": "f2"}
    assert [(r.number, r.value) for r in made.ledger.figures] == [(1, "86"), (2, "3"), (3, "28.6")]
    (sentence,) = (e for e in made.ledger.sentences if e.figures)
    assert sentence.figures == 3


def test_edit_before_a_figure_moves_its_place_and_keeps_its_number() -> None:
    first = numbered("粮食产量28.6万吨，新建学校3所。", IdLedger())
    made = numbered("全县粮食总产量达到28.6万吨，新增绿道8公里，新建学校3所。", first.ledger)
    assert {k.split()[1]: v for k, v in ids(made).items()} == {"28.6": "f1", "8": "f3", "3": "f2"}


def test_edit_of_a_value_gives_a_new_number() -> None:
    first = numbered("粮食产量28.6万吨，新建学校3所。", IdLedger())
    made = numbered("粮食产量28.9万吨，新建学校3所。", first.ledger)
    assert ids(made) == {"粮食产量 28.9": "f3", "新建学校 3": "f2"}
    assert [r.at for r in made.ledger.figures if r.number == 1] == [figure_ids.LOST]


def test_two_figures_of_the_same_characters_are_told_apart_by_name() -> None:
    first = numbered("出口、进口均增长8%。", IdLedger())
    back = replace(first.ledger, figures=tuple(reversed(first.ledger.figures)))
    assert ids(numbered("出口、进口均增长8%。", back)) == ids(first)


def test_figures_counted_without_a_record_are_numbered_by_order() -> None:
    text = "粮食产量28.6万吨，新建学校3所。"
    old = replace(numbered(text, IdLedger()).ledger, figures=())
    made = numbered(text, old)
    assert ids(made) == {"粮食产量 28.6": "f1", "新建学校 3": "f2"}
    assert made.by_order == 2
    assert numbered(text, made.ledger).by_order == 0


def test_place_of_each_figure_is_a_number_that_the_ledger_can_be_read_with() -> None:
    made = numbered("共5项，办结3项。", IdLedger())
    assert [(type(r.at), r.at) for r in made.ledger.figures] == [(int, 1), (int, 6)]
    assert "True" not in report_settings.ledger_text(made.ledger)


def test_figures_of_a_very_long_sentence_keep_their_numbers_before_and_behind_an_edit() -> None:
    items = [f"甲{k}号公园{k + 2}个" for k in range(600)]
    first = numbered("、".join(items) + "。", IdLedger())
    items[300] = "乙地树林很多"
    again = numbered("、".join(items) + "。", first.ledger)
    assert len(first.ledger.figures) > 500
    before, now = ({i.value: i.id.rpartition("-")[2] for i in made.found.indicators} for made in (first, again))
    assert before.keys() - now.keys() == {"302"}
    assert {value: before[value] for value in now} == now


def test_same_value_many_times_in_a_sentence_is_numbered_in_order_and_stays() -> None:
    first = numbered("增长1%" * 2000 + "。", IdLedger())
    again = numbered("增长1%" * 2000 + "。", first.ledger)
    assert [i.id for i in again.found.indicators] == [i.id for i in first.found.indicators]
    assert len({i.id for i in again.found.indicators}) == 2000
