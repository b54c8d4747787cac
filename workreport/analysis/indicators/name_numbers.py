"""Knows the rules for quantities that are part of a name: a radius, a size class, a numbered institute, a tax bracket.

Each rule finds a trap or returns None. Leaves all other numbers in digits to `digit_rules`.
"""

from __future__ import annotations

import re

from workreport.analysis.indicators import phrases, windows
from workreport.analysis.indicators.rule_tables import QuantityRule
from workreport.analysis.indicators.written_number import SIZED_THING, Number, Verdict
from workreport.model import UnitName

_LENGTHS = ("米", "公里", "千米", "海里")
_WITHIN = re.compile(r"(?:范围)?(?:以内|之内|内)(?=[\u4e00-\u9fff“])(?![的各])")
_REACHED = re.compile(r"[^，。；、：\d]{0,10}(?:覆盖率?|半径|可达|见[绿园]|健身圈|生活圈|步行)|[见看][绿园]")
"""What is within a distance: 500米[公交站点覆盖率], 公园绿地500米[服务半径]."""
_NUMBERED = re.compile(r"\d|研[制发究]|自主|牵头|主导|成功|承担|负责|联合|参与")
"""Text after the number of an institute that stands alone at the start of its item: 711所[研制]."""
_BOUNDS = ("以上", "以下", "及以上", "及以下")
_SIZES = ("", "亩", "公顷", "吨", "平方米")
"""Units, without 万 and 亿, that a size class may have without 以上: 500亿元企业, 千亩基地."""
# what a size class is counted by: a count directly before it (7个20万以上人口县) or after its noun (500人以上企业3家)
_COUNT_BEFORE = re.compile(r"\d(?:个|家|户|座|所|条|只|名|处|项)$")
_ALSO = re.compile(r"(?:[、和]\d+[万亿]*元)*")
_POPULATED = re.compile(r"人口(?:的)?(?:大?[县市镇乡村区](?![民里])|城市|城镇|大省)")
"""What a population describes: 20万以上[人口县]."""
_SHARED_BY = re.compile(r"的[^，。；、：\d的]{1,10}(?:占比|比例|比重|数量|覆盖率)")
"""Text after a size whose things have a share: 年收入50万元以上[的村集体占比]."""
_SETTLED = re.compile(r"的?(?:自然村|行政村|村庄|村屯|村组|屯|乡镇|集镇|小区|居民点)(?![长民干级])")
"""Places that a number of people or households describes: 20户以上[自然村]."""
_SCALED = re.compile(r"(?:及?以上)?的?规模(?:以上)?(?:工业|服务业|商贸)?企业")
_KIND = re.compile(r"(?:重大|重点|大型|龙头|骨干|优质|工业|产业|制造业|服务业)*")
"""What kind of thing has a size: 超50亿元[重大]项目."""
_INSTITUTE = re.compile(
    r"(?:科院|电科|中船|重工|核工业|航天(?:科[技工])?|航空(?:工业)?|兵器(?:工业|装备)?|[一二三四五六七八九十]院|集团(?:公司)?)$"
)
_CAMPAIGN = re.compile(r"(?:大?攻坚|专项行动|行动|战役|攻势|挑战)")
_BRACKET = re.compile(r"(?:[、和]\d+%)*(?:[一二三两四]?档|这一档|(?:的)?[^，。；、\d]{0,6}税率)")
_NATION = "民族"


def radius(n: Number) -> Verdict | None:
    """Trap: the distance within which a thing is counted or shared: 50米内换乘比例达91%, 3公里范围内公园12个."""
    q = n.quantity
    if q is None:
        return None
    if q.approx == "以内" and "\u4e00" <= n.beyond() <= "\u9fff" and n.beyond() != "的":
        return "name", q.end
    match = _WITHIN.match(n.text, q.end)
    if match is None and not q.approx and _REACHED.match(n.text, q.end) and not n.grammar.opens.at_end(n.before(4)):
        return "name", q.end
    return ("name", match.end()) if match else None


def size_class(n: Number) -> Verdict | None:
    """Trap: the size of the things that are counted: 7个20万以上人口县, 500人以上企业3家, 100亿元、50亿元企业11家."""
    q = n.quantity
    if q is None:
        return None
    if q.approx in _BOUNDS:
        counted = "\u4e00" <= n.beyond() <= "\u9fff" and (
            SIZED_THING.match(n.text, q.end)
            or _POPULATED.match(n.text, q.end)
            or _SHARED_BY.match(n.text, q.end)
            or _COUNT_BEFORE.search(n.before(windows.COUNT_BEFORE))
        )
        return ("threshold", q.end) if counted else None
    if not q.unit or not _is_size(q.unit):
        return None
    also = _ALSO.match(n.text, q.end)
    at = also.end() if also else q.end
    kind = _KIND.match(n.text, at)
    named = n.grammar.things.at_start(n.text, kind.end() if kind else at)
    sized = SIZED_THING.match(n.text, at) or n.previous in ("超", "过")
    return ("threshold", q.end) if named and sized else None


def settled(n: Number) -> Verdict | None:
    """Trap: how many live in the places that are meant: 20户以上自然村道路, 3万人以上乡镇; but not 培训3万人以上."""
    q = n.quantity
    return ("threshold", q.end) if q and _SETTLED.match(n.text, q.end) else None


def scaled(n: Number) -> Verdict | None:
    """Trap: the sales from which an enterprise counts as 规模企业: 新增2000万元规模工业企业100户."""
    q = n.quantity
    return ("threshold", q.end) if q and _SCALED.match(n.text, q.end) else None


def _is_size(unit: UnitName) -> bool:
    """Whether a size class without 以上 may have this unit: 亿元, 亩, 亿."""
    return unit.endswith("元") or phrases.base_unit(unit) in _SIZES


def institute(n: Number) -> Verdict | None:
    """Trap: an institute that is named by a number: 中科院608所, 航天科工二院23所; but not 医院12所."""
    q = n.quantity
    if q is None:
        return None
    alone = len(n.run) == 3 and n.previous in ("", *"，。；、：") and _NUMBERED.match(n.text, q.end) is not None
    if not alone and not _INSTITUTE.search(n.before(windows.INSTITUTE)):
        return None
    return ("name", q.end) if n.run.isdigit() and 2 <= len(n.run) <= 3 else None


def campaign(n: Number) -> Verdict | None:
    """Trap: a campaign that is named by its goal: 0.1微克攻坚行动; but not a count, 12项行动."""
    q = n.quantity
    match = _CAMPAIGN.match(n.text, q.end) if q else None
    return ("name", match.end()) if q and match and n.grammar.unit_kind(q.unit) != "count" else None


def bracket(n: Number) -> Verdict | None:
    """Trap: a tax bracket that is named by its rate: 保持6%一档的增值税税率不变, 执行13%税率; but not 税率降至16%."""
    q = n.quantity
    if q is None or (n.text.startswith(("的", "，", "。"), q.end) and "档" not in n.beyond(8)):
        return None
    match = _BRACKET.match(n.text, q.end)
    return ("name", match.end()) if match else None


def nation(n: Number) -> Verdict | None:
    """Trap: the 56 nationalities, which stand for the nation: 56个民族."""
    q = n.quantity
    whole = q is not None and n.run == "56" and n.beyond(2) == _NATION
    return ("population phrase", q.end) if q and whole else None


NAME_RULES = (
    QuantityRule(radius, lambda unit, _: unit in _LENGTHS),
    QuantityRule(size_class, lambda unit, approx: approx in _BOUNDS or (unit != "" and _is_size(unit)), described=True),
    QuantityRule(settled, lambda unit, approx: approx in _BOUNDS and phrases.base_unit(unit) in ("户", "人")),
    QuantityRule(scaled, lambda unit, _: unit.endswith("元"), behind="及以的规"),
    QuantityRule(institute, lambda unit, _: unit == "所"),
    QuantityRule(campaign, lambda unit, _: unit != "", behind="大攻专行战挑"),
    QuantityRule(bracket, lambda unit, _: unit == "%"),
    QuantityRule(nation, lambda unit, _: unit == "个", behind=_NATION[0]),
)
"""The rules in the order in which they are tried."""
