"""Knows how a change is expressed: 同比增长5.1%, 较2019年同期下降…, 增产74亿斤.

Leaves which indicator changed to `judgements`.
"""

from __future__ import annotations

from dataclasses import dataclass

from workreport.analysis.indicators import phrases, windows
from workreport.analysis.indicators.grammar import Grammar
from workreport.model import Direction, Growth, Quantity

_AGAINST = ("高于", "低于", "快于", "高出", "少于", "多于")
_NO_BASE = ("分别", "均", "都", "各", "又", "再", "也", "约", "已", "总体", "预期", "力争", "预计")
_MANNER = (None, "实际", "平均", "进一步", "累计")
_PER = ("人", "户", "月", "日", "亩", "地")


@dataclass(frozen=True, slots=True)
class ChangeVerb:
    """A verb of change at the end of a text.

    `sign` is 1 or -1. `base` is what the change is compared with, or None. text[:name_end] is what stands before both.
    """

    sign: int
    base: str | None
    name_end: int

    def growth(self, quantity: Quantity) -> Growth:
        """The change by `quantity` as a `Growth`: its value has no sign, its direction is "up" or "down"."""
        number = quantity.number
        direction: Direction = "down" if self.sign < 0 or (number is not None and number < 0) else "up"
        return Growth(
            quantity.unsigned,
            None if number is None else abs(number),
            quantity.unit,
            self.base,
            direction,
            quantity.approx,
        )


def change_at_end(left: str, grammar: Grammar) -> ChangeVerb | None:
    """The change whose verb ends `left`, the text before a figure; None if it ends with no such verb.

    规上工业增加值同比增长 gives 1, 同比 and 7 (the length of 规上工业增加值). 企业增至 gives None: 至 introduces a level.
    """
    text = phrases.AIMED.sub("", left.rstrip(" 了"))
    for _ in range(3):
        match = phrases.approximator(text[-windows.APPROXIMATOR :])
        if match is None or grammar.up.at_end(text) > len(match[0]):
            break
        text = text[: len(text) - len(match[0])].rstrip(" 了")
    rises, falls = grammar.up.at_end(text), grammar.down.at_end(text)
    size = max(rises, falls)
    if not size or grammar.opens.at_end(text) > size:
        return None
    verb, text = text[-size:], text[: len(text) - size]
    if verb in _AGAINST:
        return None
    base, text = _base(text, grammar)
    if verb in ("多", "少", "高", "低", "快", "慢") and base is None:
        several = phrases.COMPARED_ALL.search(text[-windows.COMPARED :])  # 分别比全国、全省低
        if several is None:
            return None
        base, text = several["base"], text[: len(text) - len(several[0])]
    return ChangeVerb(-1 if falls > rises else 1, base, len(text))


def signed_change(left: str, quantity: Quantity, grammar: Grammar) -> ChangeVerb | None:
    """The change whose direction only the sign of its figure says: 同比[-5.6%], 固定资产投资[+4.2%], （[-3.2%]）.

    `left` is the text before the figure. None without a sign, or where `left` names a rate (增速, 自然增长率).
    """
    if not quantity.value.startswith(("+", "-")):
        return None
    text = left.rstrip("（( 为")
    if text != left and (verb := change_at_end(text, grammar)):  # 税收收入增长（-3.2%）
        return ChangeVerb(1, verb.base, verb.name_end)
    base, text = _base(text, grammar)
    if base is None and (quantity.unit not in phrases.SHARES or phrases.RATE_END.search(left)):
        return None
    return ChangeVerb(1, base, len(text) if text.strip(phrases.PUNCTUATION + "（(") else 0)


def _base(text: str, grammar: Grammar) -> tuple[str | None, str]:
    """What a change is compared with (None if not stated), and the text before those words."""
    base: str | None = None
    for _ in range(6):
        text = text.rstrip("，、 ")
        step = grammar.base.at_end(text)
        if step and not (
            text[-1] in "年计" and text[-step - 1 : -step] in ("前", "后", "去")
        ):  # 前五年 is one word: do not take 五年 only
            word = text[-step:]
            if word == "均" and text[-2:-1] in _PER:  # 人均 belongs to the name: do not take 均 only
                break
            if base is None and word not in _NO_BASE:
                base = word
            text = text[: len(text) - step]
        elif match := phrases.COMPARED.search(text[-windows.COMPARED :]):
            if base in _MANNER:
                base = match[0] if match[0] in ("比上年", "比去年") else match[0].lstrip("较比").removesuffix("的")
            text = text[: len(text) - len(match[0])]
        else:
            break
    return base, text
