"""The places of values on an axis that breaks off before those far beyond the others."""

from __future__ import annotations

from decimal import Decimal
from itertools import combinations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from workreport.website.broken_axis import MARGIN, Axis, axis

LINES = st.lists(st.lists(st.integers(-400, 400).map(Decimal), min_size=1, max_size=4), min_size=1, max_size=8)


def at(made: Axis, value: Decimal) -> float:
    return float(made.place(value).removesuffix("%"))


@given(LINES)
def test_greater_value_never_stands_before_a_smaller_one(lines: list[list[Decimal]]) -> None:
    made = axis(lines)
    places = [at(made, value) for value in sorted(value for line in lines for value in line)]
    assert places == sorted(places)
    assert all(MARGIN <= place <= 100 - MARGIN for place in places)


@given(LINES)
def test_value_beyond_the_scale_stands_apart_from_all_others_of_its_line(lines: list[list[Decimal]]) -> None:
    made = axis(lines)
    for line in lines:
        for one, other in combinations(set(line), 2):
            if one in made.beyond or other in made.beyond:
                assert abs(at(made, one) - at(made, other)) > 0.9


@given(LINES)
def test_break_lies_between_the_values_within_the_scale_and_those_beyond(lines: list[list[Decimal]]) -> None:
    made = axis(lines)
    for line in lines:
        places = made.breaks(line)
        for sign, place in zip((-1, 1), places, strict=True):
            beyond = [value for value in line if value in made.beyond and value * sign > 0]
            assert bool(place) == bool(beyond)
            if place:
                cut = float(place.removesuffix("%"))
                assert all((at(made, value) - cut) * sign > 0 for value in beyond)
                assert all((at(made, value) - cut) * sign < 0 for value in line if value not in beyond)


@pytest.mark.parametrize(("values", "place"), [((5, 6), "98%"), ((5, 60), "88%")])
def test_axis_is_shortened_only_where_something_lies_beyond(values: tuple[int, ...], place: str) -> None:
    made = axis([[Decimal(4), Decimal(6)], [Decimal(5), Decimal(5)], [Decimal(value) for value in values]])
    assert made.place(Decimal(6)) == place
