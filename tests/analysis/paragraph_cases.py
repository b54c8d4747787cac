"""Helper of the tests that compare what is found in a paragraph with its complete right reading.

A case is a line of JSON in `cases/paragraphs`: `text`, `part` (review or plan), `figures` (all that must be found, and
nothing else) and `maybe` (figures that may be found or left). A figure has `number` with its sign and `unit` as written, and
perhaps `number_max`, `name` (or `alt_name`), `kind`, `status`, `growth`, `from` and `ranks`.
"""

from __future__ import annotations

import json
import unicodedata
from collections import Counter
from collections.abc import Iterator
from decimal import Decimal
from pathlib import Path
from typing import Any

from workreport.analysis.numerals import plain
from workreport.model import Growth, Indicator, Rank, UnitName, split_unit

FOLDER = Path(__file__).parent / "cases" / "paragraphs"
CLOSE = 0.8
"""Two names with at least this share of their characters in common are the same."""
_POWERS = {"十": 1, "百": 2, "千": 3}
_WHOLE = ("全国", "全省", "全市", "全县", "全区", "全州")
_UNITS = {"万分之": "‱", "十万分之": "/10万", "千分之": "‰", "百分之": "%"}


def cases() -> Iterator[dict[str, Any]]:
    """All cases, by kind."""
    for file in sorted(FOLDER.glob("*.jsonl")):
        yield from (json.loads(line) for line in file.read_text(encoding="utf-8").splitlines())


def mistakes(case: dict[str, Any], found: tuple[Indicator, ...]) -> list[str]:
    """What is wrong with the indicators found in the text of a case; empty if nothing is."""
    left, wrong = list(found), []
    for want in [*case["figures"], *case.get("maybe", [])]:
        best = min(left, key=lambda got: (not _same_amount(want, got), len(_differences(want, got))), default=None)
        must = want in case["figures"]
        if best is None or (not must and _differences(want, best)):
            wrong += [f"missed {want}"] if must else []
            continue
        left.remove(best)
        wrong += _differences(want, best)
    return [*wrong, *(f"false {i.name} {i.value}{i.unit}" for i in left)]


def _amount(number: object, unit: str) -> tuple[Decimal, str]:
    """A number with 万 and 亿 of its unit multiplied out, and the rest of the unit."""
    unit = unicodedata.normalize("NFKC", _UNITS.get(unit, unit)).replace("个百分点", "百分点")
    power = 0
    while unit[:1] in _POWERS and not unit.startswith("百分"):
        power += _POWERS[unit[0]]
        unit = unit[1:]
    rest, more = split_unit(UnitName(unit))
    return Decimal(str(number)).scaleb(power + more), rest


def _same_amount(want: dict[str, Any], got: Indicator) -> bool:
    if want.get("number") is None:
        return got.number is None
    return got.number is not None and _amount(want["number"], want["unit"]) == _amount(got.number, plain(got.unit))


def _differences(want: dict[str, Any], got: Indicator) -> list[str]:
    """What differs between a figure of a case and an indicator; only the keys that the figure has are compared."""
    wrong = []
    if want.get("number") is not None:
        wrong += [] if _same_amount(want, got) else [f"number {got.number}{got.unit}"]
        high = want.get("number_max")
        same = got.number_max == (None if high is None else Decimal(str(high)))
        wrong += [] if same else [f"number_max {got.number_max}"]
    names = [want[key] for key in ("name", "alt_name") if want.get(key)]
    if names and max(_likeness(name, got.name) for name in names) < CLOSE:
        wrong.append(f"name {got.name}, not {names[0]}")
    wrong += [
        f"{key} {getattr(got, key)}"
        for key in ("kind", "status")
        if want.get(key, getattr(got, key)) != getattr(got, key)
    ]
    if "growth" in want and not _same_growth(want["growth"], got.growth):
        wrong.append(f"growth {got.growth}")
    if want.get("from") and (
        got.origin is None or str(want["from"]["value"]).lstrip("-") != got.origin.value.lstrip("-")
    ):
        wrong.append(f"from {got.origin}")
    if "ranks" in want and _places(want["ranks"]) != sorted((r.scope or "", _place(r.place)) for r in got.ranks):
        wrong.append(f"ranks {got.ranks}")
    return wrong


def _same_growth(want: dict[str, Any] | None, got: Growth | None) -> bool:
    if want is None or got is None:
        return want is None and got is None
    value = str(want["value"])
    down = want.get("direction") == "down" or value.startswith("-")
    size = Decimal(value.lstrip("-")) if value else None  # 翻番 has no value
    number = abs(got.number) if got.number is not None else None
    unit = want["unit"].replace("个", "")
    return (size, down, unit) == (number, got.direction == "down", got.unit.replace("个", ""))


def _likeness(a: str, b: str) -> float:
    """The share of characters that two names have in common, from 0 to 1; quotation marks, 的 and 全县 do not count."""
    a, b = ("".join(c for c in unicodedata.normalize("NFKC", name) if c not in '“”"的 ') for name in (a, b))
    a, b = (name[2:] if name.startswith(_WHOLE) else name for name in (a, b))
    shared = (Counter(a) & Counter(b)).total()
    return 2 * shared / (len(a) + len(b)) if a and b else 0.0


def _places(ranks: list[dict[str, Any]]) -> list[tuple[str, str]]:
    return sorted((rank.get("scope") or "", _place(rank["rank"])) for rank in ranks)


def _place(words: str) -> str:
    """A rank in one spelling: 首位, 第1位 and 第一 are equal."""
    number = Rank(None, None, words.replace("首位", "第一").removesuffix("位").removesuffix("名")).number
    return f"第{number}" if number and words.startswith(("第", "首位")) else words[:2]
