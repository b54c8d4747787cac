"""Knows the usual order of places (全国, then by division code), their levels, and which province each belongs to.

Leaves reading the place of a report to `ingest.facts`, and what is shown of it to the views.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Literal, TypeAlias

from workreport.comparison import place_key as common_key
from workreport.ingest.facts import divisions
from workreport.ingest.facts.places import STATE
from workreport.model import Meta

Level: TypeAlias = Literal["state", "province", "prefecture", "county", "other"]
"""The level of a place; `other` for one without a division code."""
LEVELS: dict[Level, str] = {
    "state": "全国",
    "province": "省级",
    "prefecture": "地级",
    "county": "县级",
    "other": "其他",
}
"""The words for the levels, from the largest to the smallest."""
_PROVINCE = re.compile("(?:省|市|(?:壮族|回族|维吾尔)?自治区|特别行政区)$")
"""What people leave out of the name of a province."""
STATE_GROUP, OTHER_GROUP = "state", "other"
"""The groups of the reports of the State Council, and of those whose province is not known."""


@dataclass(frozen=True, slots=True, order=True)
class PlaceKey:
    """A place as it is sorted and chosen: reports with the same key are of one place, whatever its name was then.

    `id` is its division code of today, `state` for the State Council, else its name, or for a report without a place its slug.
    """

    rank: int
    id: str
    level: Level

    @property
    def group(self) -> str:
        """The province: the first two digits of its code, or one of `STATE_GROUP`, `OTHER_GROUP`."""
        return {"state": STATE_GROUP, "other": OTHER_GROUP}.get(self.level, self.id[:2])


def place_key(meta: Meta) -> PlaceKey:
    """Return the place of a report, the same one that its comparison with other years has (`comparison.place_key`).

    >>> place_key(Meta("a", "政府工作报告", "杭州市", 2026, None, "", "", "", code="330100"))
    PlaceKey(rank=1, id='330100', level='prefecture')
    >>> place_key(Meta("a", "政府工作报告", "青禾县", 2026, None, "", "", "")).group
    'other'
    >>> place_key(Meta("a", "政府工作报告", "萧山市", 2001, None, "", "", "", code="330181")).id
    '330109'
    """
    code = common_key(meta) if meta.code else ""
    if len(code) == 6 and code.isascii() and code.isdecimal():
        level: Level = "province" if code.endswith("0000") else "prefecture" if code.endswith("00") else "county"
        return PlaceKey(1, code, level)
    if meta.place == STATE:
        return PlaceKey(0, "state", "state")
    return PlaceKey(2, meta.place or meta.slug, "other")


def short_place(meta: Meta) -> str:
    """Return the place of a report as it stands in narrow columns: a province as people say it, others without the city above.

    >>> short_place(Meta("a", "政府工作报告", "宁夏回族自治区", 2026, None, "", "", "", code="640000"))
    '宁夏'
    >>> short_place(Meta("a", "政府工作报告", "杭州市拱墅区", 2026, None, "", "", "", code="330105"))
    '拱墅区'
    """
    if place_key(meta).level == "province":
        return _PROVINCE.sub("", meta.place) or meta.place
    return meta.own_place


def group_name(group: str) -> str:
    """Return the name of a group of `PlaceKey.group`: 浙江省, 国务院, 其他地方.

    >>> group_name("33"), group_name("state"), group_name("99")
    ('浙江省', '国务院', '其他地方')
    """
    if group == STATE_GROUP:
        return STATE
    province = divisions.province_of(group)
    return province.name if province else "其他地方"
