"""Knows how a change is worded: its base (比2020年, 同比实际), the word for its direction, and its words of approximation.

Leaves the change itself to `findings`, and reading it to `analysis`.
"""

from __future__ import annotations

import re

from workreport.model.kinds import Direction, UnitName

APPROXIMATION_AFTER = ("左右", "以上", "以内", "以下", "之内", "上下", "之间", "及以上", "及以下")
"""Words of approximation that are written after a figure (5%左右). All others (超, 近, 约) are shown before it."""
SIGNS: dict[Direction, str] = {"up": "+", "down": "−", "flat": ""}
"""The sign shown before the figure of a change; the minus is U+2212."""
DIRECTION_WORDS: dict[Direction, str] = {"up": "增长", "down": "下降", "flat": "持平"}
"""The word shown for the direction of a change."""
_MANNER = re.compile(
    r"比.+|[同环]比|总体|分别|各|均|都|(?:总?共|合计)|(?:每年|[年月日])?(?:平均|均)|(?:平均)?每年"
    r"|(?:(?:过去的?|这|近)?[一二三四五六七八九十两0-9０-９]{1,2}年)?(?:来|间|累计|平均)?|(?:“?[一二三四五六七八九十]{1,2}五”?(?:时期|期间|以来)?|本届政府)累计"
)
"""Matches a whole base that is shown without 比: a way of counting (同比, 年均), a span of years (五年), 比上年, or ""."""
OTHERS = re.compile(
    r"全[国省市县区州旗]|国家|规定|法定|平均|目标|计划|预算|指标|预期|任务|控制|城镇|农村|居民|城市|GDP|经济|地区|省[内控会级定]|同类|均值|标准"
)
"""Matches a base that is no earlier time but another value: 全国平均, 年度计划."""
FASTER = "提速"
"""A verb of change that is kept with the base, because what got faster may be a time, which got less."""
_ABOVE: dict[Direction, str] = {"up": "高", "down": "低", "flat": "持平"}
_ADJUSTED = re.compile(
    rf"(?:{FASTER}|实际|名义|可比(?:价格?|口径)?|同口径|(?:按|依).{{0,16}}?(?:计算|口径|价格?)|(?:扣除|剔除|不计|消除).{{1,20}}?(?:因素|影响|后)(?:的?影响)?后?)+$"
)
"""Matches what a change is adjusted for, at the end of its base: 实际 in 比上年实际, 扣除物价因素."""


def unadjusted(base: str | None) -> str | None:
    """Return the base of a change without what the change is adjusted for; None without any other base.

    >>> unadjusted("比上年实际"), unadjusted("年均扣除物价因素"), unadjusted("按可比价格计算"), unadjusted("同比"), unadjusted(None)
    ('比上年', '年均', None, '同比', None)
    """
    return (_ADJUSTED.sub("", base) or None) if base else None


def comparison(base: str) -> str:
    """Return the base of a change as it is shown.

    比 is added before what the figure is compared with (2020年), but not before a way of counting (同比), a span of
    years (五年) or what the change is adjusted for (实际), and not where 比 is there already.

    >>> [comparison(base) for base in ("同比", "年均", "五年", "比上年", "2020年", "十年前", "前五年累计", "")]
    ['同比', '年均', '五年', '比上年', '比2020年', '比十年前', '比前五年累计', '']
    >>> [comparison(base) for base in ("实际", "扣除物价因素", "同比实际", "2020年同口径")]
    ['实际', '扣除物价因素', '同比实际', '比2020年同口径']
    """
    return base if _MANNER.fullmatch(_ADJUSTED.sub("", base)) else "比" + base


DOUBLED = UnitName("番")
"""The unit of a change that doubles: 翻一番, and 翻番 without a value."""
_MORE = ("多", "余", "来")
"""Words of approximation inside a figure, before its unit or behind 倍."""
_FIGURE = re.compile(r"(?P<value>[^a-zA-Z\u4e00-\u9fff%‰]*[一二三四五六七八九十百千万亿两]*)(?P<unit>.*)")


def against_others(base: str) -> bool:
    """Whether a base is another value, and no earlier time or way of counting.

    >>> against_others("全国平均"), against_others("2020年"), against_others("年平均")
    (True, False, False)
    """
    return comparison(base) != base and OTHERS.search(base) is not None


def changed(base: str, direction: Direction) -> str:
    """Return the base of a change with the word for its direction, as it is shown beside the change.

    >>> changed("2020年", "up"), changed("", "down"), changed("全国平均", "down"), changed("年均", "up"), changed("提速", "up")
    ('比2020年增长', '下降', '比全国平均低', '年均增长', '提速')
    """
    shown = comparison(base)
    if base.endswith(FASTER):
        return shown
    words = _ABOVE if against_others(base) else DIRECTION_WORDS
    return shown + words[direction]


def with_approximation(figure: str, approx: str | None) -> str:
    """Return a figure with its word of approximation; `approx` is None if the figure is exact.

    A word of APPROXIMATION_AFTER follows the figure, 多 follows its number or 倍, any other precedes it.

    >>> with_approximation("+5%", "左右"), with_approximation("+50%", "超"), with_approximation("+3%", None)
    ('+5%左右', '超+50%', '+3%')
    >>> with_approximation("+10个百分点", "多"), with_approximation("+2倍", "多"), with_approximation("翻一番", "多")
    ('+10多个百分点', '+2倍多', '翻一番多')
    """
    if approx in _MORE:
        found = _FIGURE.fullmatch(figure)
        if found is None or figure.endswith(("倍", "成", DOUBLED)):
            return figure + approx
        return f"{found['value']}{approx}{found['unit']}"
    return figure + approx if approx in APPROXIMATION_AFTER else (approx or "") + figure
