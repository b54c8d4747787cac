"""Knows a number in its sentence, with the text around it, and what a rule for numbers returns.

Leaves the rules themselves to `digit_rules` and `numeral_rules`.
"""

from __future__ import annotations

import re
from collections.abc import Callable

from workreport.analysis.indicators.grammar import Grammar
from workreport.analysis.numerals import NUMERALS, read, sign_start
from workreport.analysis.vocabulary import TrapRule
from workreport.model import Quantity

# one character that may start a number, so that the search for it is fast, and what belongs to it
RUN = re.compile(
    rf"""[0-9０-９{NUMERALS}翻]
        (?: (?<=[0-9０-９])[0-9０-９]* | (?<=翻)番(?=[，。；、：达的]|$)
          | (?<=[{NUMERALS}])[{NUMERALS}]*(?:分之负?(?:[{NUMERALS}]+|(?=[0-9])))? )""",
    re.VERBOSE,
)
"""The start of a number: a run of digits, a run of Chinese numerals (with 百分之), or 翻番 at the end of a clause."""
# a length of time: 40多年, 5年, 三十年, 16个季度, 3个月
PERIOD = re.compile(
    r"""(?:\d+|[一二三四五六七八九十百几两]+)(?:多|余|来)?(?:[—\-至]\d+)?
        (?:年|个?(?:月|季度|小时|交易日|工作日)|天|[周日夜](?![期年]))""",
    re.VERBOSE,
)
PERIOD_FIRSTS = "多余来几—-至年个月季小交工天周日夜"
"""The characters of which one stands behind the number of a length of time."""
# text before a time that is a figure: 受教育年限提高到14年, 优良天数281天, 办理时间压缩至6个工作日, 平均用时缩短90秒
MEASURED_TIME = re.compile(
    r"(?:年限|寿命|时间|时长|天数|(?:办结|办理|审批|审核)(?:期限|时限|用时)(?:平均)?(?:为|控制在|压缩在|在)?|增加|减少|达到?|不超过|目前的平均|(?:[上去前]年|同期|同比|\d年)[多少]"
    r"|(?:缩短|压缩|压减|缩减|减少|延长|降低|精简|增加|提高|提升|[降减增])(?:到|至|为)(?:了)?(?:现在的?|目前的?|平均|仅)?"
    r"|(?:缩短|压缩|压减|缩减|减少|(?:时间|时长|年限|寿命|工期)延长)了?(?:将近|近|约|超过?)?)$"
)
LIMIT = re.compile(r"(?:超过?|突破|达到?|不足|低于|高于|过)$")
"""Text before a threshold: 年销售收入超[千亿元]."""
COUNTED = re.compile(r"的(?:[^，。；、\d（）]|（[^（）\d]{1,8}）){0,14}\d")
"""Text after a threshold that names and counts what it selects: 超千亿元[的园区达12个]."""
SIZED_THING = re.compile(
    r"""(?:的)?[^，。；、：\d的]{1,10}? (?:分别)?(?:已)?(?:达到?|共|有|增至|增加到|发展到|超过?)?
        \d+多?(?:个|家|户|座|所|条|只|名|处|项|宗)""",
    re.VERBOSE,
)
"""Text after a size that names and counts what has it: 超千亩[新型经营主体发展到2000家]."""
VAGUE = ("几", "数")
"""Characters before or in a numeral that has no value: 几百, 数十亿, 十几个."""
DIGITS = frozenset("0123456789")


class _QuantityOfNumber:
    """Reads the quantity of a number when it is first asked for; from then on Python finds it in the number itself."""

    def __get__(self, number: Number, _: type[Number]) -> Quantity | None:
        """The quantity that starts with the number, or with its sign, and its unit; None if it cannot be read."""
        units = number.grammar.units
        found = read(number.text, number.start, units)
        sign = sign_start(number.text, number.start, found)
        quantity = read(number.text, sign, units) if sign < number.start else found
        object.__setattr__(number, "quantity", quantity)
        return quantity


class Number:
    """A number at text[start:end], without its unit. Its quantity is read when a rule first needs it."""

    quantity = _QuantityOfNumber()

    def __init__(self, text: str, start: int, end: int, grammar: Grammar) -> None:
        self.text, self.start, self.end, self.grammar = text, start, end, grammar
        self.run = text[start:end]
        """The number as written."""
        self.previous, self.following = text[start - 1 : start], text[end : end + 1]
        """The characters beside the number; "" at an end of the text."""

    def before(self, length: int) -> str:
        """The last `length` characters before the number, or fewer at the start of the text."""
        return self.text[self.start - length if self.start > length else 0 : self.start]

    def after(self, length: int) -> str:
        """The first `length` characters after the number, or fewer at the end of the text."""
        return self.text[self.end : self.end + length]

    def beyond(self, length: int = 1) -> str:
        """As `after`, but behind the unit and the approximator of the quantity (以上)."""
        end = self.quantity.end if self.quantity else self.end
        return self.text[end : end + length]


Verdict = tuple[TrapRule | None, int]
"""A number that is no figure: the name of the rule (a trap), and the position where the text that it covers ends.

Without a name the number has no value that can be told (十几个, 数十亿); it is listed among the unclaimed.
"""
Rule = Callable[[Number], Verdict | Quantity | None]
"""A rule returns a Verdict for a trap, a Quantity for a figure, or None to leave the number to the next rule."""
