"""Knows how a figure is compared with that of others: 高于全国0.8个百分点, 比全市平均低0.2个百分点.

Leaves changes since an earlier time (比上年提高) to `changes`, and which figure is compared to `changing` and `sharing`.
"""

from __future__ import annotations

import re

from workreport.analysis.indicators import phrases, windows
from workreport.analysis.indicators.changes import ChangeVerb
from workreport.model import OTHERS

_ABOVE = ("高", "多", "快", "领先", "超")
_VERB_FIRST = re.compile(
    r"""(?<!不)(?P<verb>高于|低于|高出|低出|快于|慢于|领先于?|落后于|超额完成(?=[^，。；、\d]{0,10}(?:目标|计划|任务))|超出?过?(?=[^，。；、\d]{0,6}(?:预算|预期|目标|计划|平均|全[国省市县区])))
        (?P<base>(?:[^，。；、\d达到提增]|增(?=[速幅长])){1,16}(?:、[^，。；、\d]{1,10}){0,2}?)(?:约|近|超)?$""",
    re.VERBOSE,
)
"""The text before a difference, its verb first: 高于全国, 低于省控指标, 超预算."""
_VERB_LAST = re.compile(
    r"(?:较|(?<![占同环对倍])比(?!重|例|率|值))(?P<base>[^，。；、\d达到增降]{1,16}?(?:、[^，。；、\d]{1,10}?){0,2})(?P<verb>(?<!提)高|(?<!降)低|(?<![加增])快|慢|(?<!增)多|(?<!减)少)出?(?:了|约|近)?$"
)
"""The text before a difference, its verb last: 比全国平均水平高."""
_STARTS = re.compile("[高低快慢落]于|[高低]出|领先|超")
_ENDS = tuple("高低快慢多少出了约近")
"""Characters that a text with one of the patterns above has; they are looked for first, because most texts have none."""
_EARLIER = re.compile(r"[年月季期初末底前]|上[半届]|去|同")


def comparison_at_end(left: str) -> ChangeVerb | None:
    """The comparison with others that ends `left`, the text before a difference; None for a change since an earlier time.

    The result has the others as its base: 增速低于全国 gives -1 and 全国; its name_end is where the words before it end.
    """
    text = left.rstrip(" ")
    tail = text[-windows.COMPARED_WITH :]
    match = _VERB_FIRST.search(tail) if _STARTS.search(tail) else None
    if match is None and tail.endswith(_ENDS):
        match = _VERB_LAST.search(tail)
    if match is None:
        return None
    base = match["base"].rstrip("的约近超")
    base = base.removesuffix("水平") if "平均" in base else base
    if match.re is _VERB_LAST and not OTHERS.search(base) and _EARLIER.search(base):
        return None
    sign = 1 if match["verb"].startswith(_ABOVE) else -1
    return ChangeVerb(sign, base or None, len(text) - len(tail) + match.start())


def differs(unit: str) -> bool:
    """Whether a figure with this unit may be the difference of two rates: 0.8个百分点, 2%, 5位 is none."""
    return unit in phrases.SHARES or unit.endswith(("百分点", "千分点", "元"))
