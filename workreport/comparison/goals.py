"""Knows targets without a figure (居民收入与经济增长同步, 国际收支基本平衡), and what the next report says of them in words or figures.

They are looked for in the sentences that set the main targets of the year. Leaves targets with a figure to `pairs`.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from decimal import Decimal

from workreport.comparison.comparison_words import ComparisonWords, Goal
from workreport.comparison.figures import GDP, ReportFigures, StatedFigure
from workreport.comparison.named_things import LISTED, NamedThing, subject_of
from workreport.model import Sentence
from workreport.model.place_years import Pair, Stated, Verdict

IN_STEP, RISING, ALL = "in-step", "rising", "all"
"""The ids of the goals that a change is compared with: that of the economy, none; and of that to cover all there are."""
_CLAUSE = re.compile("[^，；。：！？,;:]+")
_LEAD = re.compile(r"^(?:[—\-－\s]+|其中|力争|确保|保持|实现|推动|努力|使|促进)+")
_SHARED_START = 2
"""The characters of 农村 in 城镇和农村居民收入, which the first of the two lacks."""
_FIGURE = re.compile(r"\d")


@dataclass(frozen=True, slots=True)
class _GoalClause:
    """A clause without a figure: `names` of what it is about, its goal, and its words body[start:end] in a sentence."""

    names: tuple[str, ...]
    goal: Goal
    word: str
    sentence: Sentence
    start: int
    end: int

    def stated(self, report: str, body: str, name: str = "") -> Stated:
        """The clause as one side of a pair, from `name` on, if that stands in it."""
        start = max(body.find(name, self.start, self.end), self.start)
        return Stated(report, "", self.sentence.id, start, self.end, body[start : self.end], self.word)


def goals_of(former: ReportFigures, later: ReportFigures, words: ComparisonWords) -> Iterator[Pair]:
    """The pairs of the targets without a figure of a report and what the report of the year after says of them."""
    body = former.reading.text.body
    told = [clause for sentence in later.reviewed_sentences for clause in _clauses(sentence, words)]
    main = former.main_sentences
    rising = {f.indicator.sentence for f in former.targets} - {sentence.id for sentence in main}
    others = [
        former.reading.sentences[name]
        for name in dict.fromkeys(f.indicator.sentence for f in former.targets)
        if name in rising
    ]
    for sentence in (*main, *others):
        for clause in _clauses(sentence, words):
            if sentence.id in rising and clause.goal.id not in (RISING, ALL):
                continue
            for name in clause.names:
                target = clause.stated(former.reading.meta.slug, body, name)
                subject = subject_of(name, words, former.reading.meta.place, change=True)
                verdict, why, result = _answer(name, subject, clause.goal, later, told, words)
                if result or clause.goal.id != ALL:  # what is covered all over is named in many ways
                    yield Pair(name, subject.measure, former.year or 0, verdict, why, target, result)


def _clauses(sentence: Sentence, words: ComparisonWords) -> Iterator[_GoalClause]:
    """The clauses of a sentence that state a goal without a figure."""
    for match in _CLAUSE.finditer(sentence.text):
        text = match[0].strip()
        if not text.endswith(words.goal_words) or _FIGURE.search(text):
            continue
        pair = next(((g, w) for g in words.goals for w in g.words if text.endswith(w) and len(text) > len(w)), None)
        if pair is None:
            continue
        goal, word = pair
        names = _LEAD.sub("", text.removesuffix(word))
        start = sentence.start + match.start()
        if names:
            yield _GoalClause(_split(names, words), goal, word, sentence, start, start + len(match[0]))


def _split(names: str, words: ComparisonWords) -> tuple[str, ...]:
    """The names of a list: 城镇和农村居民收入 gives 城镇居民收入 and 农村居民收入; a name with 和 in it stays whole."""
    parts = [part for part in LISTED.split(names) if part]
    if len(parts) == 1 or any(len(part) < _SHARED_START for part in parts):
        return (names,)
    last = parts[-1]
    return tuple(
        part + last[_SHARED_START:] if subject_of(part + last[_SHARED_START:], words, change=True).measure else part
        for part in parts
    )


def _answer(
    name: str,
    subject: NamedThing,
    goal: Goal,
    later: ReportFigures,
    told: Sequence[_GoalClause],
    words: ComparisonWords,
) -> tuple[Verdict, str, Stated | None]:
    """What a report says of a subject and a goal."""
    for clause in told:
        if clause.goal.id == goal.id and any(_same(subject, subject_of(n, words, change=True)) for n in clause.names):
            return "met", "说法相同", clause.stated(later.reading.meta.slug, later.reading.text.body)
    figures = _figures(name, subject, later, words)
    changes = [f for f in figures if f.form == "growth" and f.number is not None]
    if goal.id in (IN_STEP, RISING) and changes:
        return _compared(goal, changes, later)
    if figures:
        return "not comparable", "目标没有说数", figures[0].stated
    return "no result stated", "下年报告没有写", None


def _figures(name: str, subject: NamedThing, later: ReportFigures, words: ComparisonWords) -> list[StatedFigure]:
    """The results that answer a target with this name: those of its measure, or of the first measure of its family."""
    family = words.family(name)
    for measure in family:
        if found := [f for f in later.results if f.indicator.measure == measure]:
            others = family[2:] if measure == family[1] else ()
            return found + [f for f in later.results if f.indicator.measure in others]
    if family:
        return []
    if subject.measure:
        return [f for f in later.results if f.indicator.measure == subject.measure]
    return [f for f in later.results if not f.subject.measure and f.subject.thing == subject.thing]


def _same(one: NamedThing, other: NamedThing) -> bool:
    """Whether two subjects are the same measure, or have the same name and no measure."""
    if one.measure or other.measure:
        return one.measure == other.measure
    return one.thing == other.thing


def _compared(goal: Goal, changes: Sequence[StatedFigure], later: ReportFigures) -> tuple[Verdict, str, Stated]:
    """Changes compared with that of the economy, or with none; all must be as large."""
    got = min(f.number or Decimal(0) for f in changes)
    first = changes[0].stated
    if goal.id == RISING:
        return ("met", "是增长", first) if got > 0 else ("not met", "没有增长", first)
    economy = [f.number for f in later.results if f.indicator.measure == GDP and f.form == "growth" and f.number]
    if not economy:
        return "not comparable", "没有写经济增长多少", first
    if got >= economy[0]:
        return "met", f"经济增长{economy[0]}%", first
    return "not comparable", f"经济增长{economy[0]}%，目标只说同步", first
