"""Knows how the first, only or most of a kind is expressed: 全省首个实景厨房, 首批全国试点, 全球最大的产业基地, 在全省率先推行….

Leaves ranks with a place (居全省第一) to `rank_places`, and which figure a rank belongs to to `rank_owners`.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

from workreport.analysis.indicators.grammar import Grammar
from workreport.analysis.indicators.ranks.standing import Standing, own_name, verb_at_end
from workreport.model import Rank

_NOUN_END = re.compile(r"[，。；：、！？\n]|$")
_CLAUSE_END = re.compile(r"[，。；：！？\n]|$")
_LEVEL = re.compile(r"国家|全国|中国|全省|省级")
"""A noun that is chosen by a government above; only such a noun follows 首批 or 首家 without a scope."""
_PLACE = re.compile(r"(?:^|(?<=[，。；、：]))[^\W\d_全各本该多抓好新城这我]{2,3}[省市州县区]$")
"""A named place at the end of a text: [青禾县]首家…."""
_NO_THING = re.compile(
    r"之一$|^(?:实际|优势|底气|特色|变化|短板|难题|问题|特点|亮点|潜力|政治|民生|科学技术奖|工资|生活|限度|程度|气温|温度|力度|努力|公约数|标准|可能|限价|投标|水平|值)"
)
"""Nouns after 最 that make no rank: 最低[工资], 最大[限度]."""
_AMONG = re.compile(r"[在于]|全(?!省会)|[国省市区]内|世界|国际")
"""The start of a scope of 率先, with the character before it: [在西部]率先, [全省]率先."""
_ABOVE = re.compile(r"国家$|(?<=[入选获评列批为定])省$")
"""A government above as the scope of 首批, which it chooses: 入选国家[首批]试点城市."""
_BEHIND = ("全国", "全省", "全市", "全区", "国内", "世界", "全球", "国际", "中国")
"""The scopes that may stand behind 首批: 首批[全国]试点."""
_CARRIED = re.compile(r"(?P<scope>[^，。；、在]{2,12})率先[^，。；]{2,60}，$")
"""The clause before that gives its scope to 率先: 在全省率先出台…，[率先]完成…."""
_LONGEST_OBJECT = 3
"""Most characters after a predicate that ends a noun phrase: 落户|青禾县."""
_NOUN_LAST = frozenset("线区地园县市院厂站馆港桥网心台会所室店法制系统机车船品业库权量项券基板件构队群工程")
"""Last characters of a noun, which no predicate ends with: 商业运营线, 集聚区."""
_BARE = ("试点", "示范", "名单", "建设名单", "单位", "城市", "企业", "试点城市", "试点单位")
"""Nouns that name nothing by themselves."""
_TAIL = re.compile(r"(?:即将|正式|成功|顺利|已|将|全面)$")
"""Adverbs before the predicate that ends a noun."""
_MEASURED = re.compile(r"(?:单[体厂个机])?(?:规模|面积|容量|体量|产能|装机|产量|长度|跨度|直径)?(?<=.)$")
"""What is compared, between a scope and a superlative: 西北[规模]最大, 全省[单体]最大."""
_WHERE = re.compile(r"(?<![存正所实现])在(?![建线校册职岸地])[^，。]{1,12}$")
"""A place at the end of a noun, where something happens to it: 国际公路运输中心[在青禾成立]."""
_ONE = re.compile(r"^一[个家座条项]")
_NUMBERED = re.compile(r"[^\W\d_，。；：、成]国际(?:机场|港|空港)$|(?:机场|港)$")
"""The end of the name of a port, whose parts have numbers: 青禾国际机场[第三条跑道]."""
_UNDOING = ("取消", "废止", "关闭", "停止", "禁止", "淘汰", "消除", "退出", "取缔")
"""Verbs that a name keeps: 率先[取消]药品加成."""
_NO_FIRST = re.compile(r"^(?:五年|百年|月|季度|年)")
"""What follows a mere ordinal: 第一个[五年计划]."""
_SHORT = 4
"""Most characters of a noun that a modifier before the rank completes: …建设首批全国[试点]."""


@dataclass(frozen=True, slots=True)
class _Found:
    """A word for the first of a kind, with its scope and the end of the text before the scope."""

    match: re.Match[str]
    scope: str | None
    before: int
    after: int


def firsts(text: str, start: int, end: int, grammar: Grammar, hint: int | None = None) -> list[Standing]:
    """The ranks in text[start:end] that stand before a thing: 全省首个实景化儿童营养厨房, 全球最大机械艺术装置.

    `hint` is where `RankGrammar.hint` first matches, if that is known; no word for the first of a kind stands before it.
    """
    found: list[Standing] = []
    held: list[_Found] = []  # words whose noun follows the next word: 全国首批、西南地区唯一的…
    for match in grammar.rank.first.finditer(text, start if hint is None else hint, end):
        one = _scope(text, start, match, grammar)
        if (
            one is None
            and match["first"]
            and found
            and found[-1].end == match.start() - 1
            and text[found[-1].end] in "、和"
        ):
            one = _Found(match, found[-1].ranks[0].scope, match.start(), match.end())  # 全省首笔贷款、[首单保险]
        if one is None:
            held.clear()
            continue
        stop, noun = _noun(text, one, end, grammar)
        if not noun and text[one.after : one.after + 1] in ("、", "和") and not match["lead"]:
            held.append(one)
            continue
        several = [*held, one]
        held = []
        if (name := _name(text, start, one, noun, grammar)) is None:
            continue
        for each in several:
            word = each.match["first"] or each.match["most"] or each.match["lead"] or each.match["ahead"]
            begin = each.before if len(several) > 1 or name != noun else each.match.start()
            found.append(
                Standing((Rank(each.scope, None, word),), name, one.after, min(begin, each.match.start()), stop)
            )
    return found


def _scope(text: str, start: int, match: re.Match[str], grammar: Grammar) -> _Found | None:
    """The scope of a word for the first of a kind, before or behind it; None if it is no rank without one."""
    left = text[start : match.start()].removesuffix("的")
    after = match.end() + text.startswith("的", match.end())
    if match["most"] and (measured := _MEASURED.search(left)):
        left = left[: measured.start()]
    size = _size_before(text, left, match, grammar)
    if size:
        before = len(left) - size
        slogan = left[:before].endswith("“") and text.startswith("”", after)  # “世界第一”“中国唯一”
        actor = match["lead"] and not _AMONG.search(
            left, max(before - 1, 0)
        )  # 我市率先…: who does it, and not among whom
        before -= left[:before].endswith(("在", "于"))
        return None if slogan or actor else _Found(match, left[len(left) - size :], start + before, after)
    if match["first"] and (named := _PLACE.search(left[-6:])) and not grammar.opens.at_start(named[0]):
        return _Found(match, named[0], start + len(left) - len(named[0]), after)
    if match["first"] == "首批" and (above := _ABOVE.search(left)):
        return _Found(match, above[0], start + above.start(), after)
    return _scope_behind(text, match, after, grammar) or _without_scope(text, left, match, after, grammar)


def _size_before(text: str, left: str, match: re.Match[str], grammar: Grammar) -> int:
    """The length of the scope directly before a word for the first of a kind; 0 if there is none."""
    if match["most"] and text[match.start() - 1 : match.start()] == "的":
        return 0  # 登陆我国的最强台风
    size = grammar.rank.scope_at_end(left)
    if match["first"] and match["first"][0] == "第" and left[len(left) - size :][:1] == "我":
        return 0  # 进驻我市的第一家外资银行
    if match["first"] and match["first"][0] == "第" and _NUMBERED.search(left[: len(left) - size + 4]):
        return 0
    return size if size and grammar.rank.area.match(left, len(left) - size) else 0


def _scope_behind(text: str, match: re.Match[str], after: int, grammar: Grammar) -> _Found | None:
    """A word with the scope behind it, 率先在全省, 首批全国试点; None if there is none."""
    if not (match["lead"] or match["first"] == "首批"):
        return None
    area = grammar.rank.area.match(text, after + text.startswith("在", after))
    if area and area[0][0] != "我" and (match["lead"] or area[0] in _BEHIND):
        return _Found(match, area[0], match.start(), area.end())
    return None


def _without_scope(text: str, left: str, match: re.Match[str], after: int, grammar: Grammar) -> _Found | None:
    """率先 with the scope of the clause before, or 首批 and 首家 of what a government above chooses; None otherwise."""
    if match["lead"]:
        carried = _CARRIED.search(text, max(match.start() - 80, 0), match.start())
        field = grammar.rank.scope_at_end(carried["scope"]) if carried else 0
        return _Found(match, carried["scope"][-field:], match.start(), after) if carried and field else None
    if match["first"] not in ("首批", "首家", "首个"):
        return None
    listed = left[-1:] in ("", "、") and match["first"] == "首批"
    chosen = listed or grammar.award.search(left[-6:]) or verb_at_end(left, grammar)
    stop = _NOUN_END.search(text, after, after + 40)
    level = _LEVEL.search(text, after, stop.start() if stop else after + 40)
    return _Found(match, None, match.start(), after) if chosen and level else None


def _noun(text: str, one: _Found, end: int, grammar: Grammar) -> tuple[int, str]:
    """The end of the thing behind a word for the first of its kind, and the thing."""
    pattern = _CLAUSE_END if one.match["lead"] else _NOUN_END
    until = pattern.search(text, one.after)
    stop = min(until.start() if until else end, end)
    if more := grammar.rank.first.search(text, one.after, stop):  # 首批国家试点城市和[首批全国试点地区]
        marks = "、" if one.match["lead"] else "和及与"
        joint = max(text.rfind(mark, one.after, more.start()) for mark in marks)
        stop = joint if joint > one.after else stop
    joint = text.find("和", one.after + 4, stop)
    if joint > 0 and not one.match["lead"] and text[joint - 2 : joint] == text[stop - 2 : stop]:
        stop = joint  # of two things, the first: 产业基地和[示范基地]
    noun = text[one.after : stop]
    # a short noun before 、 is only a modifier: 校长、班主任职级制 is one thing
    if noun and stop < end and text[stop] == "、" and len(noun) <= 4:
        until = _CLAUSE_END.search(text, stop)
        further = min(until.start() if until else end, end)
        if grammar.rank.first.search(text, stop, further) is None:
            stop, noun = further, text[one.after : further]
    if not one.match["lead"] and (cut := _predicate(noun, grammar)):
        stop, noun = one.after + cut, _TAIL.sub("", noun[:cut])
    if not one.match["lead"] and (where := _WHERE.search(noun, 3)):
        stop, noun = one.after + where.start(), noun[: where.start()]
    return stop, noun.removesuffix("行列")


def _predicate(noun: str, grammar: Grammar) -> int:
    """The position of a predicate in a noun phrase outside quotation marks: 智轨商业运营线|落户本市; 0 if there is none."""
    for match in grammar.predicate.finditer(noun, 2):
        rest = noun[match.start() :]
        whole = noun.count("“", 0, match.start()) == noun.count("”", 0, match.start())
        alone = rest == match[0] or rest[-1] not in _NOUN_LAST or rest[len(match[0]) :][:1] in ("我", "本")
        if whole and len(rest) <= len(match[0]) + _LONGEST_OBJECT and alone:
            return match.start()
    return 0


def _name(text: str, start: int, one: _Found, noun: str, grammar: Grammar) -> str | None:
    """The name of what is the first of its kind; None if the words name nothing."""
    match = one.match
    before = own_name(text[start : one.before].rstrip(" ，、"), grammar)
    if match["lead"]:
        if before.endswith(("为", "对于", "向")):
            return None  # 为在全省率先…开好局
        before = "" if before.endswith(("并", "且", "和", "，", "地")) or "，" in before or len(before) > 16 else before
        thing = _without_verbs(noun, grammar)
        return before + thing if len(noun) >= 4 or before else None
    if match["first"] and noun[:1] in tuple("批届期度") and match["first"] != "首批":
        return None
    if match["first"] and match["first"][0] == "第" and _NO_FIRST.match(noun):
        return None
    noun = _ONE.sub("", noun)
    if match["most"] in ("最高", "最低") and text[match.end() : match.end() + 1] != "的":
        return None  # 山东省最高科学技术奖
    if match["most"] and (not noun or _NO_THING.search(noun)):
        return None
    if not noun:
        before = before.rstrip("为是属")
        return before if match["first"] in ("首创", "唯一") and len(before) > 2 else None
    if len(noun) < 2:
        return None
    if len(noun) <= _SHORT and match["first"] == "唯一" and 4 <= len(before) <= 24:
        return before + noun
    if len(noun) <= _SHORT and match["first"] and (award := grammar.award.search(before)):
        before = before[award.end() :]
        return before + noun if len(before) > 1 else None if noun in _BARE else noun
    return None if noun in _BARE and match["first"] == "首批" else noun


def _without_verbs(noun: str, grammar: Grammar) -> str:
    """What was done first, without the verbs at its start: 建成运行“智慧环保”平台 → “智慧环保”平台."""
    for _ in range(3):
        if noun.startswith(_UNDOING):  # without 取消 it would be the contrary that was done first
            break
        verbs = (grammar.light, grammar.opens, grammar.rank_lead)
        size = max(words.at_start(noun) for words in verbs)
        early = 0 if size else grammar.adverb.at_start(noun)
        if early and any(words.at_start(noun, early) for words in verbs):
            size = early
        if not size or len(noun) - size < 3:
            break
        noun = noun[size:]
    return noun.removeprefix("了").removeprefix("起")
