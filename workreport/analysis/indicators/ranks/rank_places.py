"""Knows how a rank with a place is expressed: 居全省第一, 增速居全国前列, 由全省第4位跃升至第3位, 跻身全国百强, 领跑全省.

Leaves which figure a rank belongs to to `rank_owners`, and 首个, 最大 or 率先 before a thing to `first_of_kind`.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace

from workreport.analysis.indicators.grammar import Grammar
from workreport.analysis.indicators.ranks.standing import EACH, EVERY, Standing, bare, own_name, verb_at_end
from workreport.model import Rank

_LONGEST_BEFORE_HINT = 4
"""Most characters of a place before what `RankGrammar.hint` matches of it: “双|第一, “十二|连冠, 100|强."""
_LONGEST_BETWEEN = 24
"""Most characters between a verb and its rank."""
_JOINTS = "、和及与"
_AFTER_QUOTE = ("", *"，。；、：！？）”")
_STOPS = frozenset("，。；：、")
# the start of a rise or fall in rank at the end of a subject: [由全省第4位]跃升至第3位
_ORIGIN = re.compile(
    r"""(?:从|由) (?:原来的?|上年的?|(?:19|20)\d\d年的?)? (?P<scope>[^，。；、第从由]{0,14})
        (?:倒数)?(?:第[一二三四五六七八九十\d]{1,4}[位名]?|末位|末尾)$""",
    re.VERBOSE,
)
_REFUSED = re.compile(r"(?:尚未|仍未|还未|从未|未能?|没有|没能|不|离|距离?|倒数|创造了?|创下)$")
"""The end of a subject whose rank is not reached: 尚未[进入全国百强]."""
_ORDER_OF_CARE = re.compile(r"^(?:始终|坚持|一直|更加|必须|要)*(?:把|将)")
"""The start of a subject that is given priority, which is no rank: 把安全[排在首位]."""
_GAMES = re.compile(r"第[一二三四五六七八九十\d]{1,4}届[^，。；、]{0,8}?(?:运会|运动会|大赛|锦标赛)")
"""A contest as the scope of a rank: 居第十五届省运会[奖牌榜第2]."""
_JUDGED = re.compile(r"[评考榜赛测]|强城市|百强|排名|指数|检查")
"""Characters of a comparison that is held among the members of a region: 在中国法治政府评估中."""
_IN_COMPARISON = re.compile(r"^(?P<head>[^在]{0,20})在(?P<inside>[^在]{2,26})中$")
"""A subject that ends with the comparison: 我市在法治政府评估中[位列地级市第一]."""
_COMPARED_BEFORE = re.compile(r"在(?P<inside>[^，。；、在]{3,36})中，$")
"""The clause before that names a comparison: 在全省绩效考核中，[我市名列第六]."""
_TEST = re.compile(r"(?:综合|年度)?(?:考核|考评|测评|评比|评估)$")
"""The end of the text before a rank in a test: 垃圾处理连续两年全省考核[第一]."""
_EXCEEDS = re.compile(r"(?<=.{4})(?:高于|快于|优于|好于)[^，。；、]{1,10}$")
"""What a subject exceeds, before a rank: 主要指标增速高于全省、[居全市前列]."""
_ASIDE = re.compile(r"^（[^（）]{1,12}）")
_RANKING = ("排名", "排位", "位次")
"""Verbs of a rank that before 百强 are the end of the name of a list."""
_YEAR = re.compile(r"^(?:19|20)\d\d年?度?")
_HELD = re.compile(r"(?<=[价评核测比]中)(?:实现|夺得|取得|荣获|获得)?$")
"""The end of the text before a streak of first places: 在国家经开区综合考评中[实现]“七连冠”."""
_EXHORTED = re.compile(r"^(?:奋力|努力|勇|在|力争|继续|率先)*$|^[^在]{0,8}在.{2,40}(?:[上中]|方面)$")
"""A subject of 走在 that makes it an exhortation: 在改革创新上[走在全国前列]."""


@dataclass(frozen=True, slots=True)
class _Clause:
    """The parts of the text before a rank. `between` is what stands between verb and rank beside the scope."""

    subject: str
    verb: str
    scope: str
    between: str = ""


def placed(text: str, start: int, end: int, grammar: Grammar, *, lists: bool = True) -> list[Standing]:
    """The ranks in text[start:end] that end their phrase: …居全省第一, 总量全国第一, 领跑全省.

    `lists`: also membership in a list of the best (百强). Ranks of one subject (居全国第三、全省第一) are one standing.
    """
    found: list[Standing] = []
    hint = grammar.rank.hint.search(text, start, end)
    if hint is None:
        return found
    begin = start
    for match in _matches(text, max(hint.start() - _LONGEST_BEFORE_HINT, start), end, grammar):
        left = _ASIDE.sub("", text[begin : match.start()])
        joined, left = left[:1] in _JOINTS, left.lstrip("、和及与，")
        if "verb" in match.re.groupindex:
            clause: _Clause | None = _Clause(left, match["verb"], match["scope"])
            begin, place = match.end(), match["verb"]
        else:
            place = _place_of(match)
            if text.startswith("”", match.end()) and text[match.end() + 1 : match.end() + 2] not in _AFTER_QUOTE:
                continue  # a rank inside a name: “民营企业百强”上榜企业数
            if match["strong"] and (not lists or left.count("“") > left.count("”") + 1):
                continue
            begin = match.end()
            if (
                found
                and found[-1].end == match.start() - (len(left) + joined)
                and (more := _further(found[-1], left, place, grammar))
            ):
                found[-1] = replace(more, end=match.end())
                continue
            clause = _clause(left, match, grammar)
            if match["strong"] and joined and found and not (clause and clause.subject):
                clause = clause or _Clause("", "入选", found[-1].ranks[-1].scope or "", left)
                clause = replace(clause, subject=found[-1].subject)
        if (
            clause
            and clause.verb
            and not clause.scope
            and (held := _COMPARED_BEFORE.search(text, max(start - 40, 0), start))
        ):
            clause = _compared_before(clause, held["inside"], grammar)
        if clause and (standing := _standing(clause, place, match.start() - len(left), match.end(), grammar)):
            shared = joined and found and not standing.subject and found[-1].every
            found.append(replace(standing, every=True) if shared else standing)
    return found


def _matches(text: str, start: int, end: int, grammar: Grammar) -> Iterator[re.Match[str]]:
    """All places and all verbs with a scope behind them (领跑全省), in order."""
    patterns = (grammar.rank.place, grammar.rank.ahead)
    yield from sorted((m for p in patterns for m in p.finditer(text, start, end)), key=lambda m: m.start())


def _place_of(match: re.Match[str]) -> str:
    """The rank as it is shown, without 位, 名 and 水平: 第3, 前列, 百强."""
    named = next(match[key] for key in ("nth", "among", "vague", "lead", "most", "top", "strong") if match[key])
    return named if match["vague"] else named.strip("“”").rstrip("位名")


def _further(before: Standing, left: str, place: str, grammar: Grammar) -> Standing | None:
    """`before` with one more rank, which has the same scope (第2、[第3]) or one of its own (全国第三、[全省第一]).

    None if `left`, the text between the two ranks, says anything else.
    """
    if not left:
        return replace(before, ranks=(*before.ranks, Rank(before.ranks[-1].scope, None, place)))
    if grammar.rank.scope.fullmatch(left):
        return replace(before, ranks=(*before.ranks, Rank(left, None, place)))
    return None


def _clause(left: str, match: re.Match[str], grammar: Grammar) -> _Clause | None:
    """The parts of `left`, the text before a place; None if it is no rank: there is neither a verb nor a scope."""
    patterns = grammar.rank
    left = left.rstrip("“")
    if left.endswith("倒数"):
        return None
    if "双第一" in match[0]:
        left = left.removeprefix("实现")
        area = grammar.rank.area.match(left)
        subject = left.replace("、", f"、{area[0]}") if area else left
        return _Clause(subject, "均", area[0] if area else "") if "、" in left else None
    if match[0].rstrip("位”").endswith("连冠"):
        held = _HELD.search(left)
        return None if held is None else _scoped_before(left[: held.start()], "夺得", grammar)
    if size := patterns.scope_at_end(left):
        head = left[: len(left) - size].rstrip("“")
        verb = verb_at_end(head, grammar)
        if (
            not verb
            and not patterns.area.match(left, len(left) - size)
            and (after := _after_verb(left, match, grammar))
        ):
            return after  # 跻身中国数字|百强市[20强]
        subject = head[: len(head) - verb] if verb else head.removesuffix("在")
        return _Clause(subject, head[len(head) - verb :], left[len(left) - size :])
    if tested := _tested(left, grammar):
        return tested
    clause = _after_verb(left, match, grammar) or (_without_verb(left, grammar) if match["strong"] else None)
    if clause is None or match["most"] or match["lead"]:
        return None
    if not clause.scope and (match["vague"] in ("前列", "前茅", "末位") or clause.between.startswith("第")):
        return clause if clause.between.startswith("第") else None
    return clause


def _tested(left: str, grammar: Grammar) -> _Clause | None:
    """As `_clause`, for a rank in a test without a verb: 垃圾处理连续两年全省考核[第一]."""
    held = _TEST.search(left)
    size = grammar.rank.scope_at_end(left[: held.start()]) if held else 0
    if held is None or not size or held.start() - size < 3 or verb_at_end(left, grammar, held.start() - size):
        return None
    return _Clause(left[: held.start() - size], "", left[held.start() - size : held.start()])


def _after_verb(left: str, match: re.Match[str], grammar: Grammar) -> _Clause | None:
    """As `_clause`, for a rank after a verb with anything between: 升至[第二], 跻身全国经开区[20强]."""
    for size in range(min(_LONGEST_BETWEEN, len(left)) + 1):
        if size and left[len(left) - size] in _STOPS:
            return None
        verb = verb_at_end(left, grammar, len(left) - size)
        if not verb:
            continue
        if match["strong"] and left.endswith(_RANKING, 0, len(left) - size):
            continue  # 进入中国大学排名[百强]: 排名 names the list
        between = _YEAR.sub("", left[len(left) - size :].lstrip("“"))
        subject = left[: len(left) - size - verb]
        said = left[len(left) - size - verb : len(left) - size]
        if not between:
            return _scoped_before(subject, said, grammar)
        if games := _GAMES.match(between):
            return _Clause(subject, said, games[0], between)
        if field := _field(between, match, grammar):
            return _Clause(subject, said, between[:field], between[field:])
        if verb > 1 or own_name(subject, grammar) == "":
            return _Clause(subject, said, "", between)
    return None


def _field(between: str, match: re.Match[str], grammar: Grammar) -> int:
    """The length of the scope that the text between a verb and its rank starts with; 0 if it starts with none.

    It is the whole text if that ends with what is ranked: 全国先进制造业城市[50强]. What a list of the best compares is no
    part of it: 全国|县域经济[百强].
    """
    patterns = grammar.rank
    if patterns.members.search(between) and (patterns.area.match(between) or match["strong"]):
        return len(between)
    if match["strong"] or "梯队" in match[0] or "方阵" in match[0]:
        area = patterns.area.match(between)
        return area.end() if area else 0
    return patterns.scope_at_start(between)


def _scoped_before(subject: str, verb: str, grammar: Grammar) -> _Clause:
    """The parts of a rank directly after its verb; the scope may stand before the verb, alone or in 在…中.

    全市综合排名[居]第一, 在全国考核中[位列]第一.
    """
    rest, adverbs = bare(subject, grammar)
    if origin := _ORIGIN.search(rest[-40:]):
        rest = rest[: len(rest) - len(origin[0])]
        if scope := _origin_scope(origin, grammar):
            return _Clause(rest + adverbs, verb, scope)
        rest, adverbs = bare(rest, grammar)
    if (at := rest.rfind("在", max(len(rest) - 30, 0))) >= 0:
        inside = rest[at + 1 :].removesuffix("中").removesuffix("上")
        field = grammar.rank.scope_at_start(inside)
        area = None if field or not _JUDGED.search(inside) else grammar.rank.area.search(inside)
        scope = inside[:field] if field else area[0] if area else ""
        head = rest[:at]
        if inside and not _STOPS & set(inside):
            head = head[head.rfind("、") + 1 :]
            head = "" if inside.endswith(("赛", "运会", "运动会")) else head  # a team's rank is named by its contest
            topic = inside if len(own_name(head, grammar)) < 2 and field < len(inside) else ""
            return _Clause(head + adverbs, verb, scope, topic)
    if compared := _compared(rest, verb, grammar):
        return replace(compared, subject=compared.subject + adverbs)
    if size := grammar.rank.scope_at_end(rest):
        head = rest[: len(rest) - size]
        more = verb_at_end(head, grammar)
        return _Clause(head[: len(head) - more] + adverbs, verb, rest[len(rest) - size :])
    return _Clause(rest + adverbs, verb, "")


def _compared_before(clause: _Clause, inside: str, grammar: Grammar) -> _Clause:
    """A clause with the scope that the clause before gives; the comparison is its name if it has no subject."""
    area = grammar.rank.area.search(inside) if _JUDGED.search(inside) else None
    field = grammar.rank.scope_at_start(inside) or (len(area[0]) if area else 0)
    if not field:
        return clause
    nobody = len(own_name(bare(clause.subject, grammar)[0], grammar)) < 2
    return replace(clause, scope=area[0] if area else inside[:field], between=inside if nobody else "")


def _origin_scope(origin: re.Match[str], grammar: Grammar) -> str:
    """The scope of the rank that a rise starts from: 由全省[第4位]; "" if it names none."""
    field = grammar.rank.scope_at_start(origin["scope"])
    area = None if field else grammar.rank.area.search(origin["scope"])
    return area[0] if area else origin["scope"][:field]


def _compared(subject: str, verb: str, grammar: Grammar) -> _Clause | None:
    """As `_scoped_before`, if the subject ends with what is compared in a region: 甲县全国县域经济百强排名[升至]第4."""
    if not subject.endswith(("排名", "排行榜", "位次")) or (size := len(subject) - subject.rfind("、") - 1) > 40:
        return None
    area = grammar.rank.area.search(subject, len(subject) - size)
    if area is None or area.start() < 2 or len(subject) - area.end() < 4:
        return None
    return _Clause(subject[: area.start()], verb, area[0], subject[area.end() :])


def _without_verb(left: str, grammar: Grammar) -> _Clause | None:
    """As `_clause`, for a list of the best without a verb: 全国先进制造业[百强]."""
    area = grammar.rank.area.search(left, max(len(left) - _LONGEST_BETWEEN, 0))
    if area is None:
        return None
    between = left[area.start() :]
    field = len(between) if grammar.rank.members.search(between) else len(area[0])
    return _Clause(left[: area.start()], "", between[:field], between[field:])


def _standing(clause: _Clause, place: str, start: int, end: int, grammar: Grammar) -> Standing | None:
    """The standing of a rank; None for a rank that is not reached, and for an order of care or an exhortation."""
    subject, adverbs = bare(clause.subject, grammar)
    scope = clause.scope
    if origin := _ORIGIN.search(subject[-40:]):
        subject = subject[: len(subject) - len(origin[0])]
        scope = scope or _origin_scope(origin, grammar)
    subject = _EXCEEDS.sub("", subject)
    refused = _REFUSED.search(subject) or _ORDER_OF_CARE.match(subject)
    if refused or subject.count("“") != subject.count("”"):
        return None
    if clause.verb == "走在" and _EXHORTED.match(subject):
        return None
    if not (scope or clause.verb):
        return None
    if scope and (held := _IN_COMPARISON.match(subject)):
        subject = held["head"] if len(own_name(held["head"], grammar)) > 1 else held["inside"]
    said = adverbs + clause.verb
    every, each = any(word in said for word in EVERY), any(word in said for word in EACH)
    topic = clause.between.strip("“”")
    rank = Rank(scope.replace("“", "").removesuffix("的") or None, None, place)
    return Standing((rank,), subject, start, start, end, every, each, topic)
