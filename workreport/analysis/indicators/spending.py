"""Knows what money was spent on when its name does not say so: 投资1100万元，续建全民健身中心 is 全民健身中心投资.

Leaves all other names to `judgements`.
"""

from __future__ import annotations

import re

from workreport.analysis.indicators import indicator_names
from workreport.analysis.indicators.grammar import Grammar

_SPENDING = re.compile(
    r"(?:各级|中央|省级?|市级?|县级?|区级?|地方|本级)?(?:财政|政府)?(?:资金)?(?:(?:累计|总|共)*(?:投入|投资|安排|筹措|拨付|下达)|补助|补贴)(?:资金|金额)?"
)
"""Names of spending that say nothing of what it is for: 各级财政投入."""
WHOSE = ("中央", "地方", "省", "市", "县", "区", "本级")
"""Starts of names that say whose money it was, which is a name without a purpose too: 中央投资."""
_HOW = r"(?:主要|重点|全部|集中|继续|先后|组织|大力|扎实|全面|高标准|高质量)*"
_WHAT = r"(?P<what>[^，。；“]{3,48})"
_FOR = re.compile(rf"，{_HOW}(?:用于|实施|启动|建成|新建|改造|建设|解决)了?{_WHAT}")
"""Text after an amount that says what it is for: 投入2341万元[，用于改建乡镇卫生院], 投入3亿元[，实施33项民生工程]."""
_DEED = re.compile(rf"，{_HOW}")
_OBJECT = re.compile(rf"了?(?:一批)?{_WHAT}")
"""The object of the verb that starts the clause after an amount: 投资1100万元，续建[全民健身中心]."""
_ON = re.compile(r"，对(?P<what>[^，。；“]{2,16}?)(?:进行|实施)了?(?P<deed>[^，。；“\d]{2,12})")
"""What was worked on: 投资1600万元[，对11个小区实施管网改造]."""
_SO_THAT = ("惠及", "受益", "覆盖", "带动", "撬动", "拉动", "吸引", "增加", "减少")
"""Verbs that say what came of the money, and not what it was for."""
_COUNT = re.compile(
    r"\d[\d.]*[多余]?[百千万亿]?[多余]?(?:平方米|公里|千米|米|亩|[个项条所座处件家类户名人套栋幢间台辆间])?(?:以上)?"
)
"""How many things an amount was spent on: [12所]学校, 周转房[745套]."""


def says_only_that(words: str) -> bool:
    """Whether the name of an amount only says that it was spent: 财政投入."""
    return _SPENDING.fullmatch(words) is not None


def spent_on(words: str, text: str, end: int, grammar: Grammar) -> str:
    """The name of an amount whose `words` only say that it was spent, with what it was spent on behind text[:end].

    "" if the words say more, or nothing of the kind follows.
    """
    if not says_only_that(words):
        return ""
    if match := _FOR.match(text, end):
        return _for(match["what"], words, grammar)
    if match := _ON.match(text, end):
        return _for(match["what"] + match["deed"], words, grammar)
    lead = _DEED.match(text, end)
    verb = grammar.opens.at_start(text, lead.end()) if lead else 0
    tells = lead is not None and verb > 1 and not text.startswith(_SO_THAT, lead.end())
    match = _OBJECT.match(text, lead.end() + verb) if lead and tells else None
    return _for(match["what"], words, grammar) if match else ""


def _for(what: str, words: str, grammar: Grammar) -> str:
    """The name of an amount spent on `what`, without what stands behind 等."""
    thing = indicator_names.clean(_COUNT.sub("", what.partition("等")[0].replace(" ", "")), grammar)
    return thing + words if len(thing) > 2 else ""
