"""Knows how what a report states of a core measure is shown: amount and change in plain digits, with the way to the words.

Leaves which figures these are to `comparison.measures_across`, and rows and tables to `measure_rows` and `views.measure`.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from decimal import Context, Decimal

from markupsafe import Markup

from workreport.model import Indicator, Reading, UnitName, split_unit
from workreport.model.measure_years import ApartFigure
from workreport.website import addresses
from workreport.website.pages.cards import card
from workreport.website.pages.core_figures import YEARLY
from workreport.website.pages.figure_views import ChangeView, Figure, change_of
from workreport.website.pages.front_cards import REACHED, in_plain_digits, without_verb

_EXACT = Context(prec=9)
"""How exactly a converted amount is told: 1 亩 is 0.0666666667 公顷."""
_WHOLE = re.compile(r"^(?:全|我|本)[国省市区县州]")
"""What stands before the name of a measure and says only that it is of the whole place."""


@dataclass(frozen=True, slots=True)
class StatedValue:
    """An amount or a change that a report states: its words in plain digits, its number, its sentence.

    `bound`: the words give a bound or an approximation (突破, 超过, 以上), not the number itself. `base` is what a change is
    measured against, "" for the year before. `href` leads from the page of the measure to the words.
    """

    words: str
    number: Decimal
    href: str
    estimated: bool
    bound: bool
    name: str
    base: str = ""


@dataclass(frozen=True, slots=True)
class StatedAmount:
    """An amount: `value` with its number in `unit`, the unit of the report."""

    value: StatedValue
    unit: UnitName

    def number_in(self, unit: UnitName, ratio: Decimal) -> Decimal:
        """Its number in another unit; `ratio` is how large its own is in that one, both without 万 and 亿."""
        number = self.value.number.scaleb(split_unit(self.unit)[1] - split_unit(unit)[1])
        if ratio != 1:
            number = _EXACT.plus(number * ratio).normalize()
        return Decimal(f"{number:f}")


@dataclass(frozen=True, slots=True)
class ApartLine:
    """A figure that is not compared: the report, its time and words, the way to its sentence."""

    report: str
    when: str
    words: str
    href: Markup


def amount(i: Indicator, reading: Reading, origin: str, label: str) -> StatedAmount | None:
    """Return the amount of an indicator for the page of its measure at `origin`; `label` is the name of the measure."""
    figure = _figure(reading, i, origin)
    if figure is None or i.number is None:
        return None
    vague = _is_vague(i.approx) or i.milestone_only or i.number_max is not None
    value = StatedValue(figure.text, i.number, _href(reading, i, origin), i.estimated, vague, _named(i, label))
    return StatedAmount(value, i.unit)


def change(i: Indicator, reading: Reading, origin: str, label: str) -> StatedValue | None:
    """Return the change against the year before that an indicator is or has beside it; arguments as in `amount`."""
    growth = i.growth
    if i.kind == "growth":
        figure, number, base, vague = _figure(reading, i, origin), i.number, i.growth_base, _is_vague(i.approx)
        words = figure.text if figure else ""
    elif growth is not None and growth.number is not None:
        number = -growth.number if growth.direction == "down" else growth.number
        words, base, vague = (
            f"{'+' if number > 0 else '−' if number < 0 else ''}{abs(number):f}%",
            growth.base,
            _is_vague(growth.approx),
        )
        if growth.approx:
            told = change_of(i)
            words = _bare(told, growth.base or "") if told else words
    else:
        return None
    if number is None or not words:
        return None
    own = base or ""
    shown = "" if own in YEARLY else own
    return StatedValue(words, number, _href(reading, i, origin), i.estimated, vague, _named(i, label), shown)


def apart_line(reading: Reading, apart: ApartFigure, origin: str) -> ApartLine:
    """Return a figure that is not compared, for the page of its measure at `origin`."""
    shown = in_plain_digits(card(reading, apart.indicator, origin), apart.indicator)
    figure = without_verb(shown.figure)
    words = " ".join(filter(None, (figure.text if figure else "", shown.change.words if shown.change else "")))
    return ApartLine(reading.meta.name, apart.words, words, shown.href)


def _href(reading: Reading, i: Indicator, origin: str) -> str:
    return addresses.relative(origin, f"{addresses.page_of(reading, i.section)}#{i.id}")


def _named(i: Indicator, label: str) -> str:
    """The name that the report gives the measure, "" where it is that of the vocabulary, or shorter, or says only 全省."""
    return "" if label.endswith(_WHOLE.sub("", i.name)) else i.name


def _is_vague(approximator: str | None) -> bool:
    """Whether a word beside a number makes it a bound or an approximation, and does not only say that it was reached (达到)."""
    return bool(approximator) and approximator not in REACHED


def _figure(reading: Reading, i: Indicator, origin: str) -> Figure | None:
    return without_verb(in_plain_digits(card(reading, i, origin), i).figure)


def _bare(told: ChangeView, base: str) -> str:
    return told.words.removeprefix(base).strip()
