"""Knows whether the examples in the vocabulary are right: each is read by the code that uses its row.

Leaves the format of a row to `vocabulary`, and reading the examples of figures to `indicators`.
"""

from __future__ import annotations

import re
from collections.abc import Callable

from workreport.analysis import indicators
from workreport.analysis.fallen import less_is_well
from workreport.analysis.gate import GateCase, is_no_name, unit_fits
from workreport.analysis.measure_words import NONE, MeasureWords
from workreport.analysis.measures import Surroundings, measure_of
from workreport.analysis.problems import ProblemWords
from workreport.analysis.theme_words import ThemeWords
from workreport.analysis.vocabulary import Unit, Vocabulary, Word
from workreport.analysis.word_files import VocabularyError
from workreport.analysis.wording_faults import doubled_characters, has_doubled
from workreport.ingest.facts.places import cities_in

_MOST = 10
"""Most wrong examples that one message lists; it only counts the rest."""


def check(vocabulary: Vocabulary) -> None:
    """Raise VocabularyError if an example contradicts its row; the message has one line for each wrong example.

    An example is 原文 => 结果, and 原文 must contain the row's word. 结果 is what the program must read in it: for the role
    office an office (区长), for document 标题, for no-city the city that is named, for the button roles 按钮, for doubled the characters doubled by
    mistake; 无 if it must read nothing. For the roles of the gate it is 无名 or 有名, 相称 or 不相称, 可超 or 不可超, for those of problems 问题 or 无. For units and all other roles see `indicators.example_problem`.
    """
    rows: list[Unit | Word] = [*vocabulary.units, *vocabulary.words]
    wrong = []
    for row in rows:
        for example in row.examples:
            text, _, want = example.partition(" => ")
            if problem := _problem(row, text, want, vocabulary):
                wrong.append(f"{row.place}: “{row.word}”的例句“{example}”{problem}。请改例句或改这一行。")
    _raise(wrong)


def check_measures(measures: MeasureWords, vocabulary: Vocabulary) -> None:
    """Raise VocabularyError if an example of a core measure is read otherwise; the message lists them as that of `check`.

    An example is 原文 => id: the measures that the text states are exactly this one; 无 if it states none.
    """
    wrong = []
    for row in measures.rows:
        for example in row.examples:
            text, _, want = example.partition(" => ")
            stated = [
                measure_of(i, measures, Surroundings("市", text[: i.start]))
                for i in indicators.find_in(text, vocabulary)
            ]
            got = "、".join(dict.fromkeys(found for found in stated if found)) or NONE
            if got != want:
                wrong.append(f"{row.place}: {row.measure.id} 的例句“{example}”读出的是 {got}。请改例句或改这一行。")
    _raise(wrong)


def check_themes(words: ThemeWords) -> None:
    """Raise VocabularyError if an example of a theme or of a kind of readers is read otherwise, as `check` does.

    An example is 原文 => id: the theme of the text, or the id of the row if the text is for these readers; else 无.
    """
    wrong = []
    for row in words.rows:
        for example in row.examples:
            text, _, want = example.rpartition(" => ")
            theme = words.theme_of(text)
            got = theme.id if theme else NONE
            if got != want:
                wrong.append(f"{row.place}: {row.theme.id} 的例句“{example}”读出的是 {got}。请改例句或改这一行。")
    for readers in words.audiences:
        for example in readers.examples:
            text, _, want = example.rpartition(" => ")
            got = readers.id if readers.words_in(text) else NONE
            if got != want:
                wrong.append(f"{readers.place}: {readers.id} 的例句“{example}”读出的是 {got}。请改例句或改这一行。")
    _raise(wrong)


def _raise(wrong: list[str]) -> None:
    """Raise VocabularyError if anything is wrong."""
    if wrong:
        more = [f"另有 {len(wrong) - _MOST} 处。"] if len(wrong) > _MOST else []
        raise VocabularyError("\n".join(wrong[:_MOST] + more))


def _problem(row: Unit | Word, text: str, want: str, vocabulary: Vocabulary) -> str:
    """What is wrong with an example, as the end of a Chinese sentence; "" if it is right."""
    if row.word not in text:
        return "里没有这个词"
    reader = _READERS.get(row.role) if isinstance(row, Word) else None
    if reader is None:
        return indicators.example_problem(row, text, want, vocabulary)
    got = reader(text, vocabulary)
    return "" if got == want else f"读出的是 {got}"


def _office(text: str, words: Vocabulary) -> str:
    """The office in a line that names the speaker; 无 if the text is no such line."""
    match = words.front.office.fullmatch("".join(text.split()))
    return match["office"] if match else "无"


def _document(text: str, words: Vocabulary) -> str:
    """标题 if the whole text is the title of a document other than 政府工作报告, otherwise 无."""
    return "标题" if words.front.document.fullmatch(text) else "无"


def _city(text: str, words: Vocabulary) -> str:
    """The first city that the text names; 无 if it names none."""
    return next(cities_in(text, words.front.no_cities), "无")


def _button(text: str, words: Vocabulary) -> str:
    """按钮 if the whole text is a button of a web page, otherwise 无."""
    return "按钮" if words.front.button.fullmatch(text) else "无"


def _doubled(text: str, words: Vocabulary) -> str:
    """The first characters doubled by mistake (街街); 无 if all doubling is right, 没有叠字 if there is none."""
    if not has_doubled(text):
        return "没有叠字"
    found = next(doubled_characters(text, words), None)
    return found[0] if found else "无"


def _name(text: str, words: Vocabulary) -> str:
    """无名 if the whole text is no name of an indicator, otherwise 有名."""
    return "无名" if is_no_name(text, GateCase(words)) else "有名"


def _unit_of_name(text: str, words: Vocabulary) -> str:
    """不相称 if the figure of a text like “就业率 5家” cannot have its unit, otherwise 相称."""
    name, _, figure = text.partition(" ")
    number = re.match(r"[\d.]*", figure)
    value = number[0] if number else ""
    return "相称" if unit_fits(name, value, figure.removeprefix(value), GateCase(words)) else "不相称"


def _fullness(text: str, words: Vocabulary) -> str:
    """可超 if the ratio of this name may exceed 100%, otherwise 不可超."""
    return "可超" if any(word in text for word in GateCase(words).over_full) else "不可超"


def _problems(text: str, words: Vocabulary) -> str:
    """问题 if a report begins with the text to tell its problems, otherwise 无."""
    told = ProblemWords(words)
    return "问题" if told.admitted(text) or told.remaining(text) else "无"


def _fall(text: str, words: Vocabulary) -> str:
    """好事 if everyone wants less of what has the whole text for a name, otherwise 不说."""
    return "好事" if less_is_well(text, words) else "不说"


_READERS: dict[str, Callable[[str, Vocabulary], str]] = {
    "office": _office,
    "document": _document,
    "no-city": _city,
    "button": _button,
    "button-opening": _button,
    "button-label": _button,
    "doubled": _doubled,
    "nameless": _name,
    "dangling": _name,
    "headless": _name,
    "money-name": _unit_of_name,
    "people-name": _unit_of_name,
    "ratio-name": _unit_of_name,
    "no-ratio": _unit_of_name,
    "vital-rate": _unit_of_name,
    "over-full": _fullness,
    "admits": _problems,
    "remains": _problems,
    "problem": _problems,
    "less-is-well": _fall,
    "less-unsaid": _fall,
}
"""For each role that has nothing to do with figures, the function that reads its examples."""
