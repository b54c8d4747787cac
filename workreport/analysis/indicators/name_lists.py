"""Knows how a list of names is split, and which words at its head and tail belong to each: 城镇和农村居民人均可支配收入.

Leaves the figures of the list to `sharing` and `judgements`.
"""

from __future__ import annotations

import re

from workreport.analysis.indicators import indicator_names
from workreport.analysis.indicators.grammar import Grammar

_COMPOUNDS = {
    "城乡": ("城镇", "农村"),
    "进出口": ("进口", "出口"),
    "存贷款": ("存款", "贷款"),
    "客货运": ("客运", "货运"),
    "客货": ("旅客", "货物"),
    "内外资": ("内资", "外资"),
}
_ANDS = ("以及", "和", "与", "及", "或")
_INDUSTRIES = re.compile(
    r"""(?P<before>(?:[^，、]{0,8}[^第，、一二三])?) (?P<numbers>(?:第?[一二三](?:次?产业|产)?[、和])+ 第?[一二三])
        (?P<noun>次?产业|产(?![品值量能])) (?P<after>.*)""",
    re.VERBOSE,
)
"""The three industries under one noun: 第一、二、三产业增加值."""
_RATED = re.compile(r"(?:[率比度数]|比重|比例|占比|[增降涨]幅|增速|水平)$")
"""The end of a name that a percentage can measure; 小学 and 城市污水 have none."""
_BARE_RATES = ("增速", "增幅", "涨幅", "降幅", "占比", "比重", "比例")
"""Rates of an amount that each name of a list may name in full: 工业增加值、固定资产投资增速."""
_HALF_MEASURES = ("存款", "贷款", "进口", "出口", "内资", "外资", "")
"""Measures that in a list are only a part of the last one: 存款、贷款余额, 进口、出口通关时间."""
_RATE = 3
"""The length of a rate of what was done with things: 开工率."""
_LEANING_RATE = re.compile(r"(?:开工|复工|竣工|投产|达产|完工|完成|签约|落地|履约|到位|办结|办复|满意|交付|入驻)率")
"""A rate that names no thing: 投产率."""
_SIZES = re.compile(r"(?:超|过)?\d[\d.]*[百千万亿]*元(?:以上)?")
"""A size class that a noun is counted by: 超100亿元."""
_GRADE = re.compile(r"[^、]{0,8}[级型类性]$")
"""A name that is only the grade or kind of the noun that the last name gives: 省级."""
_LONGER = 3
"""How many characters the last word of a list may be longer than the one beside it: 机动车、非机动车."""
_MUCH_LONGER = 5
"""From how many characters on the last name of a list is much longer than one of two."""
_CLASSES = frozenset("外民生人区县市院校考村镇车口品员工户")
"""Characters that alone say of what class a thing is: 小学生、初中生寄宿率."""
_PEOPLE = ("职工", "居民", "人员", "学生", "教师", "家庭", "群众", "学校", "医院", "村民")
"""Nouns that the last name of a list gives to all: 在职、退休职工支付限额."""
_REACHED = re.compile(r"(?P<place>[^、通]{2,8})通[^、]{1,4}率$")
"""A rate of places that something reaches: 行政村通油路率."""
_JOINT = re.compile("以及|[和与及或]")
_JOINTS = re.compile("、|以及|和|与|及")
_COUNTED = re.compile(r"\d[\d.]*[万千百余多]*[个家户所座条处项名只支](?=[^，、]{2})")
"""The count at the start of a name: 66户重点企业."""
_GRADED = re.compile(r"[^、级]{1,4}级")
_FLOWS = ("吞吐量", "运输量", "周转量", "发送量", "运量", "客运量", "货运量", "到发量")
"""Measures of what is carried."""
_CARRIED = ("旅客", "货邮", "货物", "集装箱", "邮件", "客", "货")
_OWN = ("保障", "保险", "服务")
"""Ends of names that without a measure belong to their own word: 教育、社会保障."""
_PORT = re.compile(r"^(?P<place>.{0,8}?(?:机场|港口?|铁路|公路|民航|水路|口岸))(?:完成)?(?=旅客|货|客|集装箱|邮)")
"""The place where something is carried, before the first of a list: [机场]旅客、货邮吞吐量."""
_PAIRED = (("客", "货"), ("货", "客"), ("内", "外"), ("轻", "重"))
"""Halves of a word that a list splits behind a place: 青河机场客、货运输量."""
_LEVELS = re.compile(
    r"""(?: (?P<levels>(?:(?:国家|[省市州盟区县旗镇乡村组]|街道|社区|园区)[、和]){1,4}(?:[省市州盟区县旗镇乡村组]|街道|社区|园区))[两二三四五]级
          | (?P<grades>(?:[一二三四五][、和]){1,4}[一二三四五])(?P<kind>[级星类]) ) (?P<noun>[^，。；、：\d]{2,20})$""",
    re.VERBOSE,
)
"""The end of a list of levels or grades under one noun: 县、乡、村三级物流站点, 一、二、三级医院."""
_LEVELS_ALONE = ("国家", "省", "市", "州", "盟", "区", "县", "旗", "镇", "乡")
"""Levels that a list names without 级, where the last name has it: 省、市级企业."""
_ORDINALS = "一二三"
_HALVES = "农林牧渔正副东西南北中进出轻重大小左右上下省市县乡国内外公私男女新旧高低客货"
"""Characters that stand for a word of the next name: 轻、重工业, 客、货运量."""
_PER_SUBSTANCE = ("排放量", "排放总量", "浓度")
"""Measures of one substance each: 化学需氧量、氨氮排放量 are two, although they share a figure."""


def parts(
    subject: str, count: int, grammar: Grammar, *, compound: bool = True, rated: bool = False
) -> list[str] | None:
    """The single names in a list of names; None if there are not `count` of them.

    金融业、软件和信息服务业增加值 gives 金融业增加值 and 软件和信息服务业增加值. `compound`: one word may stand for two names, as 城乡
    (城镇, 农村), 进出口 or 存贷款. `rated`: the figures are parts of a whole, so that each name must end with a rate.
    """
    if whole := _industries(subject, count) or _levels(subject, count):
        return whole
    named = [p for p in subject.replace("存、贷款", "存款、贷款").split("、") if p]
    if len(named) < count:
        named = _split_and(named, count)
    if len(named) != count:
        if count == 2 and compound:
            for word, pair in _COMPOUNDS.items():
                if subject.count(word) == 1:
                    return [subject.replace(word, one) for one in pair]
        return None
    if count < 2:
        return named
    if all(_COUNTED.match(name) for name in named):
        named = [_COUNTED.sub("", name) for name in named]
        tail = _shared_tail(named[-1], grammar)
        named = [*(name + _wanting(name, tail) for name in named[:-1]), named[-1]]
    if (match := _SIZES.match(named[-1])) and all(_SIZES.fullmatch(n) for n in named[:-1]):
        return [n + named[-1][match.end() :] for n in named[:-1]] + named[-1:]  # 100亿元、50亿元企业
    named = _halved(named)
    size = _first_rates(named)
    return _with_head(_with_port([*_with_tail(named[:size], grammar, rated=rated), *named[size:]]), grammar)


def of_each(name: str, grammar: Grammar) -> list[str]:
    """The names of a list that share one figure (均, 都, 各), with the verb that it starts with; [name] if it is no list.

    新建幼儿园、小学 gives 新建幼儿园 and 新建小学.
    """
    labels = parts(name, name.count("、") + 1 if "、" in name else 2, grammar)
    return with_verb(labels, name, grammar) if labels else [name]


def shared_out(name: str, grammar: Grammar) -> list[str]:
    """As `of_each`, but behind 各, which also tells the names apart that 和 joins: 幼儿园、小学和初中各3所.

    A short name beside a long one is no whole name, and the list stays one: 奶牛、肉羊规模养殖场, 三级、三甲医院.
    """
    joined = any(mark in name.rpartition("、")[2][1:] for mark in _ANDS)
    if "、" not in name and not joined:
        return [name]
    labels = parts(name, name.count("、") + 2, grammar) if joined else None
    labels = with_verb(labels, name, grammar) if labels else of_each(name, grammar)
    size = indicator_names.leading_verbs(name, grammar)
    much_longer = len(labels[-1]) - size >= _MUCH_LONGER
    part = any((much_longer and len(n) - size < 3) or n.endswith("级") for n in labels[:-1])
    return [name] if part else labels


def with_verb(labels: list[str], name: str, grammar: Grammar) -> list[str]:
    """Names of a list with the verb that the whole list starts with; a name with a verb of its own stays as it is."""
    verb = labels[0][: indicator_names.leading_verbs(labels[0], grammar)]
    if not verb or not name.startswith(verb):
        return labels
    return [n if indicator_names.leading_verbs(n, grammar) or n.endswith("率") else verb + n for n in labels]


def substances(name: str, grammar: Grammar) -> list[str] | None:
    """The names of a list whose measure belongs to each substance: 化学需氧量、氨氮排放量; None for other names."""
    if "、" not in name or not name.endswith(_PER_SUBSTANCE):
        return None
    return parts(name, name.count("、") + 1, grammar)


def each(name: str, unit: str, grammar: Grammar, *, rated: bool = False) -> list[str] | None:
    """The names that share one figure in % because each is complete: 财政总收入、公共预算收入（增长20%）; None for other names.

    `rated`: the figure is a share, so that each must be a rate: 污水处理率、垃圾处理率（达到95%）.
    """
    names = _JOINTS.split(name) if unit == "%" else []
    if not 1 < len(names) < 8 or "（" in name:
        return None
    for one in names:
        size = grammar.head.at_end(one)
        if len(one) < 4 or not (one.endswith("率") if rated else size > 1 and not grammar.preposition.search(one)):
            return None
    verb = indicator_names.leading_verbs(names[0], grammar) if rated else 0
    return [names[0][verb:], *names[1:]]


def _industries(subject: str, count: int) -> list[str] | None:
    """The names of 第一、二、三产业增加值 or 三次产业增加值 in full; None for other lists, and if there are not `count`."""
    if count == len(_ORDINALS) and "三次产业" in subject and "结构" not in subject:
        return [subject.replace("三次产业", f"第{n}产业") for n in _ORDINALS]
    match = _INDUSTRIES.fullmatch(subject)
    if match is None:
        return None
    numbers = re.findall("[一二三]", match["numbers"])
    noun = match["noun"].removeprefix("次")
    ordinal = "第" if noun == "产业" else ""
    names = [f"{match['before']}{ordinal}{n}{noun}{match['after']}" for n in numbers]
    return names if len(names) == count else None


def _levels(subject: str, count: int) -> list[str] | None:
    """The names of 县、乡、村三级物流站点 (县级物流站点 …) or of 一、二、三级医院 in full; None for others, or if they are not `count`."""
    match = _LEVELS.search(subject) if "级" in subject or "星" in subject or "类" in subject else None
    if match is None:
        return None
    tail = (match["kind"] or "级") + match["noun"]
    levels = re.split("[、和]", match["levels"] or match["grades"])
    return [f"{subject[: match.start()]}{level}{tail}" for level in levels] if len(levels) == count else None


def _split_and(named: list[str], count: int) -> list[str]:
    """Split names at 和, 与, 及, 或 or 以及, the last first, until there are `count` of them or nothing is left to split."""
    for k in range(len(named) - 1, -1, -1):
        for mark in _ANDS:
            head, found, rest = named[k].rpartition(mark)
            if found and head and rest and len(named) < count:
                return _split_and([*named[:k], head, rest, *named[k + 1 :]], count)
    return named


def _with_tail(named: list[str], grammar: Grammar, *, rated: bool) -> list[str]:
    """Names completed by the words that the last one ends with: 金融业、软件业增加值, 国家级、省级企业, 新建、改建公路, 轻、重工业."""
    last = named[-1]
    verb = indicator_names.leading_verbs(last, grammar)
    tail = _tail_of(named[0], last, grammar) or _shared_tail(last, grammar)
    size = len(named[0])
    if tail.startswith("产业") and last[:size].endswith("产业") and all(len(n) == size for n in named[:-1]):
        tail = tail.removeprefix("产业")  # 工业经济、城镇人口、文化产业比重
    if tail.endswith(_BARE_RATES):
        rated = True
        if any(grammar.head.at_end(n) for n in named[:-1]):  # 生产总值、固定资产投资增速: 投资 is of the last name only
            tail = next(rate for rate in _BARE_RATES if tail.endswith(rate))
    whole = any(_complete(n, tail, grammar) for n in named[:-1])
    beside = _rest_beside(named, grammar)
    done = []
    for k, name in enumerate(named[:-1]):
        more = ""
        if verb and any(grammar.opens.at_start(name, k) == len(name) - k for k in (0, int(name.startswith("新")))):
            more = last[verb:]
        elif _GRADE.fullmatch(name) and (grade := _GRADED.match(last)) and grade.end() < len(last):
            more = last[grade.end() :]
        elif _bare(name, grammar) in _LEVELS_ALONE and (grade := _GRADED.match(last)) and grade.end() < len(last):
            more = last[grade.end() - 1 :]
        elif len(name) == 1 and name in _HALVES:
            more = next(n for n in [*named[k + 1 :], last] if len(n) > 1 or n is last)[1:]
        elif beside:
            more = beside
        elif tail and (not _RATED.search(name) if rated and _RATED.search(tail) else not whole):
            more = _wanting(name, tail)
        done.append(name + more)
    return [*done, last]


def _first_rates(named: list[str]) -> int:
    """How many of some names share the rate of the first that has one: 2 of 自来水、燃气普及率和污水处理率; else all."""
    rates = [name.endswith("率") for name in named]
    first = rates.index(True) if rates[-1] else -1
    return first + 1 if 0 < first < len(named) - 1 and all(rates[first:]) else len(named)


def _bare(name: str, grammar: Grammar) -> str:
    """A name without the verbs that it starts with: 省 of 新增省."""
    return name[indicator_names.leading_verbs(name, grammar) :]


def _rest_beside(named: list[str], grammar: Grammar) -> str:
    """What all names of a list share with the last one behind the word that stands for theirs; "" if there is no such word.

    That word ends as theirs do (机动车、非机动车|闯红灯违法量), or both are sorts of the same thing (小学、初中|专任教师学历达标率).
    """
    last, others = named[-1], named[:-1]
    if any(len(n) < 2 or (n.endswith("外资") and n != "外资") or _measured(n, grammar) for n in others):
        return ""
    verb = indicator_names.leading_verbs(last, grammar)
    at = _behind_sides(last, verb, min(_sides_at_end(n, grammar) for n in others), grammar)
    if at == verb:
        every = len({n[-1] for n in others}) == 1  # otherwise as the first: 共建国家、成员国、非洲国家贸易
        twin = others[0][-1 if every or others[0][-1] in _CLASSES else -2 :]
        at = last.find(twin, verb + 1) + len(twin)
        own = last[verb:at]
        inside = grammar.head.at_start(last, at - 1) > 1 or last.startswith(_PEOPLE, at - 1)  # 无还本续贷|款, 在职|工
        if at < verb + 2 or own in named or _JOINT.match(last, at) or (inside and len(twin) == 1):
            return ""
        if not all(_stands_beside(own, n, grammar) for n in (others if every else others[:1])):
            return ""
    rest = last[at:]
    return rest if len(rest) > 1 and not re.search(r"\d", rest) else ""


def _sides_at_end(name: str, grammar: Grammar) -> int:
    """How many words for sorts of things a name ends with: 2 for 城镇居民."""
    count, end = 0, len(name)
    while size := grammar.side.at_end(name, end):
        count, end = count + 1, end - size
    return count


def _behind_sides(name: str, start: int, count: int, grammar: Grammar) -> int:
    """The position in a name behind at most `count` words for sorts of things, the first of which starts at `start`."""
    for _ in range(count):
        start += grammar.side.at_start(name, start)
    return start


def _stands_beside(own: str, name: str, grammar: Grammar) -> bool:
    """Whether two words that end with the same character are of one kind: 非机动车 and 机动车; not 就业 and 创业, 森林 and 人工造林."""
    name = _bare(name, grammar) or name
    if not own.endswith(name[len(name) - grammar.thing.at_end(name) :]):
        return False
    alike = len(own) >= len(name) - (2 if len(own) > 2 else 1) or own[-2:] == name[-2:]
    return alike and len(own) <= len(name) + _LONGER


def _measured(name: str, grammar: Grammar) -> bool:
    """Whether a name ends with a measure."""
    return max(grammar.head.at_end(name), grammar.headed.at_end(name)) > 0


def _halved(named: list[str]) -> list[str]:
    """Two names whose halves of one word a place precedes, in full: 机场客、货运输量 → 机场客运输量 and 机场货运输量."""
    first, second = named[0], named[1]
    if len(named) != 2 or len(first) < 3 or first.endswith("旅客") or second.startswith(("货邮", "货物")):
        return named
    if (first[-1], second[0]) not in _PAIRED or not second.endswith(_FLOWS):
        return named
    return [first + second[1:], first[:-1] + second]


def _with_port(named: list[str]) -> list[str]:
    """Names of what is carried, with the place of the first: 机场旅客吞吐量、货邮吞吐量 → 机场货邮吞吐量."""
    match = _PORT.match(named[0])
    if match is None:
        return named
    place = match["place"]
    whole = (place + n if n.startswith(_CARRIED) and n.endswith(_FLOWS) else n for n in named[1:])
    return [named[0], *whole]


def _with_head(named: list[str], grammar: Grammar) -> list[str]:
    """Names whose bare measure takes the subject of the first one: 生产安全事故起数、死亡人数 → 生产安全事故死亡人数."""
    first = named[0]
    if reached := _REACHED.match(first):  # 行政村通油路率、通客车率
        return [first, *(reached["place"] + n if n.startswith("通") else n for n in named[1:])]
    if any(_one_apart(first, n) for n in named[1:]):
        return [first, *(first[: -len(n)] + n if _one_apart(first, n) else n for n in named[1:])]
    if first.endswith("率") and len(first) > _RATE and all(_LEANING_RATE.fullmatch(n) for n in named[1:]):
        return [first, *(first[:-_RATE] + n for n in named[1:])]  # 项目开工率、投产率
    size = max(grammar.head.at_end(first), grammar.headed.at_end(first))
    subject = first[: len(first) - size].removesuffix("发生")
    if not 1 < len(subject) < len(first):
        return named
    bare = (grammar.bare_measure, grammar.headed)
    return [
        first,
        *(indicator_names.linked(subject, n) if any(w.at_start(n) == len(n) for w in bare) else n for n in named[1:]),
    ]


def _one_apart(first: str, name: str) -> bool:
    """Whether a name repeats the end of a longer one with another number or kind of place: 省科技一等奖, 二等奖; 全国文明村, 文明镇."""
    if not 2 < len(name) < len(first):
        return False
    apart = [(a, b) for a, b in zip(first[-len(name) :], name, strict=True) if a != b]
    return len(apart) == 1 and any(a in of and b in of for a, b in apart for of in ("一二三四五两", "村镇乡县市区校"))


def _wanting(name: str, tail: str) -> str:
    """The part of `tail` that a name still needs: 增加值 of 产业增加值 for 优势产业."""
    if tail == "产业" and name.endswith("业"):  # 制造业和战略性新兴产业
        return ""
    has = next((k for k in range(len(tail), 1, -1) if name.endswith(tail[:k])), 0)
    rest = tail[has:]
    return rest.removeprefix("产业") if name.endswith("业") and len(rest) > 3 else rest


def _tail_of(first: str, last: str, grammar: Grammar) -> str:
    """What stands in the last name behind a word as long as the first name; "" if nothing there is of all names.

    It is what starts with people (在职、退休|职工支付限额), or with 的 (小学、初中|的生均经费标准).
    """
    measured = max(grammar.head.at_end(last), grammar.headed.at_end(last))
    if last.startswith(_PEOPLE, len(first)) and not first.endswith(_PEOPLE) and len(last) > len(first) + 3:
        return last[len(first) :]
    at = last.find("的", 1)
    return last[at:] if measured > 1 and at > 0 and "的" not in first and len(last) - at > measured else ""


def _shared_tail(last: str, grammar: Grammar) -> str:
    """The measure at the end of a name with what specifies it: 水质达标率 of 饮用水水源地水质达标率; "" without a measure."""
    size = max(grammar.head.at_end(last), grammar.headed.at_end(last))
    rest = len(last) - size
    if size < 2 and (flow := next((f for f in _FLOWS if last.endswith(f)), "")):
        return flow
    if not size and last.endswith(_OWN):
        return ""
    for _ in range(4):
        step = max(grammar.measure_part.at_end(last, rest), grammar.head.at_end(last, rest) if size else 0)
        if not step or step >= rest or (step == 1 and last[rest - 1] in "量率额数"):
            break
        rest -= step
    return last[rest:] if 1 < len(last) - rest < len(last) else ""


def _complete(name: str, tail: str, grammar: Grammar) -> bool:
    """Whether a name of a list needs no more: it ends with a measure, or with a thing that is counted."""
    if grammar.whole.at_end(name):
        return False
    size = max(grammar.head.at_end(name), grammar.headed.at_end(name))
    if tail in _FLOWS and name.endswith(_CARRIED):
        return False  # 机场旅客、货邮吞吐量
    if tail == "投资" and name.endswith("外资") and len(name) > 2:
        return True  # 使用外资、对外投资
    measured = 0 < size < len(name) or (size == len(name) and name not in _HALF_MEASURES)
    return (measured and _wanting(name, tail) == tail) or grammar.thing.at_end(name) > 0
