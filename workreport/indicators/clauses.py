"""Knows how a sentence states its figures: clause by clause, item by item, left to right.

A figure is read as a change (同比增长5.1%), a new level (从a提高到b), an amount after its name (托位数5755个) or
before it (28家企业入选…). What has no name of its own takes it from the figure before. Names are put together in
`names`, places in a field are read by `ranks`, traps by `traps`.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field, replace
from decimal import Decimal

from workreport.indicators import names, ranks
from workreport.indicators.grammar import Grammar
from workreport.indicators.ranks import Standing
from workreport.model import Growth, Quantity, Rank

CLAUSE = re.compile(r"[，。；：！？\n]+|,(?!\d)|;")
_APPROX = re.compile(r"(?:不低于|不少于|不高于|不超过|不多于|超过|突破|达到|约为|大约|将近|至少|首破|(?<![签节集公预条契])约|(?<![最附就靠临亲])近|(?<![反])超|逾|(?<![到发])达|(?<![打爆])破|(?<![超通经度])过)$")
_COMPARE = re.compile(r"(?:较|比(?!重|例|率|值))(?:[^，。；、较]{1,24}?)$")
_CHANGE = re.compile(r"[增提升降减缩压扩拓调下上改加延跃变攀回涨整精收]")
_ORIGIN = re.compile(r"(?:从|由)(?:[^，。；、]{0,14}?)的?$")
_AND_END = re.compile(r"(?<![共总])(?:以及|[和与及])$")
_COMPARED = re.compile(r"(?:较|比(?!重|例|率|值))(?P<base>[^，。；、]{2,22}的)$")
_TO = re.compile(r"(?:到|至|为|成|达)(?:了)?(?:[^，。；、]{0,10}年(?:底|末)?的?|目前的|现在的|平均)?$")
_SHARE = re.compile(r"占(?!比|地|用|领)(?P<whole>[^，。；、]{1,24}?)(?:的)?(?P<measure>比重|比例|比)?$")
_TOTAL = re.compile(r"累计|总计|合计|总共|共(?:有|计|达)?")
_SPEED = re.compile(r"(?P<base>年均|平均|同比)?(?P<noun>增速|增幅|涨幅|降幅|增长率)(?:达到?|为)?")
_EVERY = re.compile(r"(?:(?<![平年人户月日])[均都]|双双)(?:已)?(?:达到?|超过?|为|突破|增至|增加到|提高到|提升到|稳定在|保持在)?(?:超过?|近)?$")
_EVERY_CHANGE = re.compile(r"(?<![平年人户月日])[均都](?:实现|已|同比|年均|比上年)*[^，。；、\d平]{1,4}$")
_ANYTHING = ("新增", "新建", "建成", "完成", "建设", "改造", "累计")
_TIMES = re.compile(r"(?:是|为|相当于|等于)(?P<base>[^，。；、]{1,20})的")
_AIMED = re.compile(r"(?<=.{2})(?:目标|预期|幅度)(?:为|是|达到?|控制在|超过?)?$")
_MEASURED = ("总产量", "总面积", "总产值", "增加值", "产量", "产值", "总额", "总量", "规模", "面积", "数量")
_LEANING = ("首期", "一期", "二期", "带动", "拉动", "撬动", "覆盖")
_FIRST_TIME = re.compile(r"首破|首次突破|首超|首次超过|首次达到")
_DIMENSION = {
    unit: word
    for word, group in {
        "面积": "平方米 平方公里 亩 公顷", "长度": "米 公里 千米", "金额": "元 美元", "人数": "人 名", "户数": "户", "容量": "千瓦 立方米",
    }.items()
    for unit in group.split()
}  # fmt: skip
_SPELLED = frozenset("两三四五六七八九十")
_PUNCTUATION = "，。；：、！？ \n"
_RATE_END = re.compile(r"(?:率|占比|比重|比例|强度|水平|增速|增幅|涨幅|降幅)(?:分别|均|都)?(?:达到?|为|超过?|约|近|突破)?$")
_COUNTRY_BASE = re.compile(r"(?:高于|低于|高出|快于|超)[^，。；、\d]{0,12}$")


@dataclass(slots=True)
class Draft:
    """An indicator being put together; positions count the sentence."""

    name: str
    kind: str
    quantity: Quantity | None
    start: int
    end: int
    growth: Growth | None = None
    growth_base: str | None = None
    sign: int = 1
    origin: Quantity | None = None
    ranks: list[Rank] = field(default_factory=list)
    parent: str | None = None
    clause: int = 0
    opening: int = 0
    carry: str = ""
    echo: Draft | None = None


@dataclass(slots=True)
class Reader:
    """Reads one sentence; `drafts` grow in the order of the text."""

    text: str
    grammar: Grammar
    drafts: list[Draft] = field(default_factory=list)
    last: list[Draft] = field(default_factory=list)

    def read(self, quantities: tuple[Quantity, ...]) -> list[Draft]:
        at, k, number = 0, 0, 0
        bounds = [m.span() for m in CLAUSE.finditer(self.text)] + [(len(self.text), len(self.text))]
        ranked = ranks.TRIGGER.search(self.text) is not None
        for stop, following in bounds:
            inside = []
            while k < len(quantities) and quantities[k].start < stop:
                inside.append(quantities[k])
                k += 1
            if inside or (ranked and stop > at):
                self._clause(at, stop, inside, number, ranked)
            at, number = following, number + 1
        return self.drafts

    # ---- a clause and its items

    def _clause(self, start: int, end: int, quantities: list[Quantity], number: int, ranked: bool) -> None:
        group: list[Draft] = []
        items = self._items(start, end, quantities)
        k = 0
        while k < len(items):
            a, b, inside = items[k]
            before = len(self.drafts)
            shared = self._shared(items, k) if inside else 0
            if shared and self._distributed(items[k : k + shared], number):
                k += shared
                inside = [q for item in items[k - shared : k] for q in item[2]]
                a, b = items[k - shared][0], items[k - 1][1]
            elif inside:
                self._item(a, b, inside, number, first=k == 0, clause_start=start)
                k += 1
            else:
                k += 1
            made = self.drafts[before:]
            if ranked:
                self._ranks(a, b, inside, made, group, number)
                made = self.drafts[before:]
            group.extend(made)
        if group:
            self.last = group

    def _items(self, start: int, end: int, quantities: list[Quantity]) -> list[tuple[int, int, list[Quantity]]]:
        """Cut a clause at each 、 (or 和) that parts one figure from the next."""
        items: list[tuple[int, int, list[Quantity]]] = []
        a, held = start, list[Quantity]()
        for k, quantity in enumerate(quantities):
            held.append(quantity)
            next_start = quantities[k + 1].start if k + 1 < len(quantities) else end
            gap = self.text[quantity.end : next_start]
            cut = -1
            if gap[:1] in ("、", "和", "及", "与") and k + 1 < len(quantities):
                cut = quantity.end
            elif gap.startswith("以及") and k + 1 < len(quantities):
                cut = quantity.end
            elif k + 1 < len(quantities) and (joint := _AND_END.search(gap)):
                cut = quantity.end + joint.start()
            elif "、" in gap:
                first, last = gap.find("、"), gap.rfind("、")
                if k + 1 < len(quantities):
                    cut = quantity.end + (first if first == 0 else last)
                elif self._speaks(gap[last + 1 :]) or first == 0:
                    cut = quantity.end + (first if first == 0 else last)
            if cut >= 0:
                items.append((a, cut, held))
                width = 2 if self.text.startswith(("以及", "、以及", "、与", "、和"), cut) else 1
                a, held = cut + width, []
        if held or a < end:
            items.append((a, end, held))
        return items

    def _speaks(self, text: str) -> bool:
        return ranks.TRIGGER.search(text) is not None and bool(self.grammar.place.search(text))

    # ---- figures shared out over a list

    def _shared(self, items: list[tuple[int, int, list[Quantity]]], k: int) -> int:
        """How many items from one on are a list of bare figures (4.3%、5.5%) after one verb; 0 if none."""
        start, _, inside = items[k]
        first = inside[0]
        count = 1
        while k + count < len(items):
            a, _, following = items[k + count]
            if len(following) != 1 and not (len(following) == 2 and "分别" in self.text[start : first.start]):
                break
            if self.text[a : following[0].start].strip(_PUNCTUATION + "和与及"):
                break
            count += 1
        left = self.text[start : first.start]
        if "分别" in left:
            return count
        alike = all(q.unit == first.unit or not q.unit.lstrip("百千万亿") for item in items[k : k + count] for q in item[2])
        return count if count > 1 and len(inside) == 1 and alike else 0

    def _distributed(self, items: list[tuple[int, int, list[Quantity]]], number: int) -> bool:
        """城乡居民人均可支配收入分别增长4.3%、5.5%: each figure to its own name. False where the words do not fit."""
        start = items[0][0]
        quantities = [q for item in items for q in item[2]]
        origins: list[Quantity] = []
        left = self.text[start : quantities[0].start]
        at = left.find("分别")
        subject = left[:at] if at >= 0 else left
        if _ORIGIN.search(left[-12:]):
            for half in range(1, len(quantities)):
                between = _APPROX.sub("", self.text[quantities[half - 1].end : quantities[half].start])
                if _TO.search(between) and _CHANGE.search(between) and len(quantities) - half in (1, half):
                    origins, quantities = quantities[:half], quantities[half:] * (half if len(quantities) - half == 1 else 1)
                    subject = subject.removesuffix("从").removesuffix("由")
                    break
        unit = quantities[-1].unit
        if unit and unit.lstrip("百千万亿"):  # 分别净减少10.6万、3.8万、3.3万平方公里
            base = unit.lstrip("百千万亿")
            quantities = [replace(q, unit=q.unit + base) if not q.unit.lstrip("百千万亿") else q for q in quantities]
        change = None if origins else self._change(left)
        if change is not None and at < 0:
            subject = left[: change[2]]
        elif change is not None:
            subject = left[: min(at, change[2])]
        name = names.clean(names.before_figure(subject, self.grammar), self.grammar) if subject.strip(_PUNCTUATION) else ""
        if not name and len(quantities) > 1 and change is not None:
            return self._paired(quantities, change, number)
        verb = ""
        if at >= 0:
            tail = left[at + 2 :]
            size = self.grammar.opens.at_end(tail)
            verb = tail[len(tail) - size :] if size and change is None and not self.grammar.reach.at_end(tail) >= size else ""
        if name:
            named = names.parts(name, len(quantities), self.grammar)
        else:
            named = [d.name for d in self.drafts[-len(quantities) :]] if len(self.drafts) >= len(quantities) else None
        if named is None:
            if at < 0:
                return False
            named = [name] * len(quantities)
        opening = names.leading_verbs(name, self.grammar)
        verb = verb or name[:opening]
        for k, quantity in enumerate(quantities):
            label = named[k] if named[k].startswith(verb) else verb + named[k]
            draft = Draft(label, self._kind(quantity, label), quantity, self._offset(start, left, name), quantity.end, clause=number)
            if change is not None:
                self._grown(draft, quantity, change)
            if origins:
                draft.origin = origins[k]
            self._add(draft)
        return True

    def _paired(self, quantities: list[Quantity], change: tuple[int, str | None, int], number: int) -> bool:
        """…6.9万元、3.4万元，增长4.2%、5.3%: each change to one of the figures before."""
        open_ones = [d for d in self.drafts if d.quantity and d.kind != "growth" and d.growth is None and d.echo is None]
        if len(open_ones) < len(quantities):
            return False
        for draft, quantity in zip(open_ones[-len(quantities) :], quantities, strict=True):
            draft.growth = self._growth(quantity, change)
        return True

    @staticmethod
    def _growth(quantity: Quantity, change: tuple[int, str | None, int]) -> Growth:
        sign, base, _ = change
        return Growth(quantity.value, quantity.number, quantity.unit, base, "down" if sign < 0 else "up", quantity.approx)

    def _grown(self, draft: Draft, quantity: Quantity, change: tuple[int, str | None, int]) -> None:
        """Make a draft a change of its own."""
        draft.kind, draft.sign, draft.growth_base = "growth", change[0], change[1]
        draft.growth = self._growth(quantity, change)

    # ---- an item

    def _item(self, start: int, end: int, quantities: list[Quantity], number: int, *, first: bool, clause_start: int) -> None:
        text = self.text
        at, k, prefix = start, 0, ""
        while k < len(quantities):
            quantity = quantities[k]
            left = prefix or text[at : quantity.start]
            prefix = ""
            limit = quantities[k + 1].start if k + 1 < len(quantities) else end
            right = text[quantity.end : limit]
            if k + 1 < len(quantities) and _ORIGIN.search(left[-24:]) and _TO.search(_APPROX.sub("", right)) and _CHANGE.search(right):
                self._moved(at, left, quantity, quantities[k + 1], number, clause_start)
                at, k = quantities[k + 1].end, k + 2
                continue
            if k + 1 < len(quantities) and _COMPARED.search(left[-30:]) and self._change(right) is not None:
                origin = quantity
                k, at = k + 1, quantity.end
                quantity = quantities[k]
                left = left + right
                change = self._change(_COMPARED.sub("", left[: len(left) - len(right)][-30:]) + right)
                subject = left[: len(left) - len(right)]
                base = _COMPARED.search(subject[-30:])
                if change is not None and base is not None:
                    sign, stated, _ = change
                    plain_base = base["base"].removesuffix("的")
                    self._changed(at, subject[: len(subject) - len(base[0])], quantity, (sign, stated or plain_base, len(subject) - len(base[0])), number, start)
                    owner = self.drafts[-1] if self.drafts else None
                    if owner is not None and owner.origin is None:
                        owner.origin = origin
                    at, k = quantity.end, k + 1
                    continue
            change = self._change(left)
            if change is None and quantity.unit == "%" and (match := _SPEED.fullmatch(names.clean(left, self.grammar))):
                owner = self._waiting(number)
                if owner is not None:
                    owner.growth = self._growth(quantity, (-1 if match["noun"] == "降幅" else 1, match["base"] or None, 0))
                    at, k = quantity.end, k + 1
                    continue
            if change is not None and not (quantity.unit in self.grammar.units and right and right[0] not in _PUNCTUATION and self.grammar.unit_kind(quantity.unit) != "share"):
                self._changed(at, left, quantity, change, number, start)
                at, k = quantity.end, k + 1
                continue
            between = k + 1 < len(quantities)
            if self._before_noun(left, quantities, k, right, end):
                used = self._counted(at, left, quantity, quantities[k + 1 :], right, number, first, between, clause_start)
                at = quantity.end if between else max(quantity.end, used)
                if between and not right.strip():  # 7轮2亿元汽车消费补贴
                    prefix = left
                elif between and used >= quantity.end + len(right.rstrip()):  # 5条风景线192个提升项目
                    prefix = self.drafts[-1].name
            else:
                self._named(at, left, quantity, number, first, clause_start)
                at = quantity.end
            k += 1

    def _before_noun(self, left: str, quantities: list[Quantity], k: int, right: str, end: int) -> bool:
        """Does the figure stand before its noun (28家企业) rather than after its name (企业28家)?"""
        quantity = quantities[k]
        while not right.strip() and k + 1 < len(quantities):  # 7轮2亿元汽车消费补贴
            k += 1
            right = self.text[quantities[k].end : quantities[k + 1].start if k + 1 < len(quantities) else end]
        bare = right.strip(_PUNCTUATION)
        if not bare or self.grammar.rounds.at_start(bare) == len(bare):
            return False
        if bare[0] in "（(并且而":
            return False
        if quantity.unit in ("%", "‰", ":1", "倍", "成") and (_RATE_END.search(left) or left.endswith("占")):
            return False
        standings = ranks.placed(bare, 0, len(bare), self.grammar)
        if standings:
            return bool(standings[0].subject) and not left.endswith(tuple("达到至为"))
        reach = self.grammar.reach.at_end(left)
        if reach and self.grammar.opens.at_end(left) < reach and names.before_figure(left, self.grammar).strip(_PUNCTUATION):
            name = names.clean(names.before_figure(left, self.grammar), self.grammar)
            if self.grammar.head.at_end(name) or not self.grammar.opens.at_end(name):
                # 规模突破3亿元大关, 失业率控制在4.6%以内: the name is complete before the figure
                return left[-reach:] in ("有", "共有", "超", "近", "约", "超过", "已有", "逾", "共", "过", "在", "由", "了", "完成", "实现", "安排", "投入", "均", "将", "以") or False
        return True

    def _kind(self, quantity: Quantity, name: str) -> str:
        unit = quantity.unit
        if unit in ("%", "个百分点") and name.removesuffix("年均").endswith(("涨幅", "降幅", "增幅", "增速", "增长率")) and "占" not in name:
            return "growth"
        if unit in ("%", "‰", "成") or "/" in quantity.value or "分之" in quantity.value:
            return "share"
        if unit == ":1" or (not unit and quantity.number is not None and quantity.number % 1):
            return "level"
        return self.grammar.unit_kind(unit)

    def _add(self, draft: Draft) -> Draft:
        quantity = draft.quantity
        if quantity is not None and quantity.approx is None and (match := _APPROX.search(self.text[max(quantity.start - 4, 0) : quantity.start])):
            word = "超" if match[0] == "首破" else match[0]
            draft.quantity = replace(quantity, approx=word)
        self.drafts.append(draft)
        return draft

    def _named(self, at: int, left: str, quantity: Quantity, number: int, first: bool, clause_start: int) -> None:
        """托位数5755个: the name stands before the figure."""
        grammar = self.grammar
        raw = names.before_figure(left, grammar)
        share = _SHARE.search(raw[-48:]) if quantity.unit in ("%", "成", "‰") or "/" in quantity.value or "分之" in quantity.value else None
        name = names.clean(raw, grammar)
        part_of_previous = left.strip(_PUNCTUATION).startswith("其中")
        parent = None
        echo: Draft | None = None
        previous = self.drafts[-1] if self.drafts else None
        if share is None and quantity.unit in ("%", "成", "‰") and left.rstrip().endswith("占") and (whole := self._level()):
            parent = whole.name
            name = f"{names.clean(left.rstrip()[:-1], grammar)}占{parent}比重"
        elif share is not None:
            parent = share["whole"].removesuffix("的")
            head = names.clean(raw[: len(raw) - (min(len(raw), 48) - share.start())], grammar)
            name = f"{head}占{parent}{share['measure'] or '比重'}"
            if not head and previous:
                name = previous.name + name
        elif not name and (subject := self._subject(clause_start)):
            name = subject
        elif not name:
            name, echo = self._again(previous, quantity, left) if previous else ("", None)
        elif previous and _COUNTRY_BASE.search(name) and _COUNTRY_BASE.match(name):
            name = previous.name + name
        elif previous and quantity.unit == "倍" and (match := _TIMES.fullmatch(left.strip(_PUNCTUATION))):
            self._add(Draft((previous.echo or previous).name, "growth", quantity, at, quantity.end, growth_base=match["base"], clause=number))
            return
        elif previous and name in ("惠及", "受益", "参与", "覆盖"):
            name = previous.name + name
        elif benefit := self._benefit(name, clause_start):
            name = benefit + name
        elif self._leans(name):
            name = self._support(clause_start, number, name) + name
        elif previous and self._only_verbs(name):
            if previous.quantity and previous.quantity.unit == quantity.unit:
                name = name + self._noun(previous)
        elif previous and part_of_previous and name.endswith(("占比", "比重", "比例")):
            name = previous.name + name
        elif not first:
            name, _ = self._carried(name, number, 0, quantity.unit)
        elif previous and self._goes_on(previous, name, quantity, number):
            name = previous.name[: previous.opening] + name
        if part_of_previous and previous and previous.opening and name == names.clean(raw, grammar) and not names.leading_verbs(name, grammar):
            name = previous.name[: previous.opening] + name
        if part_of_previous and previous and parent is None:
            parent = self._whole(previous, number)
        offset = self._offset(at, left, name)
        every = _EVERY.search(left) is not None and echo is None
        for label in (names.parts(name, name.count("、") + 1 if "、" in name else 2, grammar) if every else None) or [name]:
            opening = names.leading_verbs(label, grammar)
            self._add(
                Draft(label, self._kind(quantity, label), quantity, offset, quantity.end,
                      parent=parent, clause=number, echo=echo, opening=opening)
            )  # fmt: skip

    def _subject(self, clause_start: int) -> str:
        """城镇居民家庭人均可支配收入，由…: the name stands alone in the clause before its figure."""
        at = clause_start - 1
        for _ in range(2):
            if at < 2 or self.text[at] not in "，：":
                return ""
            begin = max(self.text.rfind(mark, 0, at) for mark in "，。；：") + 1
            if any(d.quantity and begin <= d.quantity.start < at for d in self.drafts):
                return ""
            name = names.clean(names.before_figure(self.text[begin:at], self.grammar), self.grammar)
            if 1 < len(name) <= 30 and not names.leading_verbs(name, self.grammar) and not self._only_verbs(name):
                if self.grammar.head.at_end(name) or not self.grammar.predicate.search(name):
                    return name
            at = begin - 1
        return ""

    def _level(self) -> Draft | None:
        """The last amount of the sentence: what a share without a named whole is a share of."""
        return next((d for d in reversed(self.drafts) if d.kind in ("level", "count") and d.quantity), None)

    def _benefit(self, name: str, clause_start: int) -> str:
        """提高专项附加扣除标准，6600多万纳税人受益: what they gain from stands in the clause before, where no figure is."""
        if not name.startswith(("受益", "惠及")) or clause_start < 2:
            return ""
        end = clause_start - 1
        if any(d.end > max(self.text.rfind(mark, 0, end) for mark in "，。；：") and d.quantity for d in self.drafts):
            return ""
        begin = max(self.text.rfind(mark, 0, end) for mark in "，。；：") + 1
        clause = names.clean(self.text[begin:end], self.grammar)
        clause = clause.removeprefix("加强").removeprefix("加大").removeprefix("推进")
        return clause if 2 < len(clause) <= 32 else ""

    def _leans(self, name: str) -> bool:
        """Does a name say nothing without the one before it (总投资, 当年税收, 首期合作范围)?"""
        return self.grammar.dependent.at_start(name) == len(name) or name.startswith(_LEANING)

    def _support(self, clause_start: int, number: int, name: str) -> str:
        """What a leaning name leans on: the figure of the clause before, or the subject that stands there."""
        previous = self.drafts[-1] if self.drafts else None
        if previous and previous.clause >= number - 1:
            return self._noun(previous, name)
        before = self.text[: max(clause_start - 1, 0)]
        begin = max((before.rfind(mark) for mark in "，。；：、\n"), default=-1) + 1
        clause = before[begin:]
        if not name.startswith(("首期", "一期", "二期")):
            return self._noun(previous) if previous and previous.clause >= number - 2 else ""
        for at in range(2, min(len(clause), 16)):
            if self.grammar.opens.at_start(clause, at) or self.grammar.adverb.at_start(clause, at):
                return names.clean(clause[:at], self.grammar)
        return ""

    def _goes_on(self, previous: Draft, name: str, quantity: Quantity, number: int) -> bool:
        """新增独角兽企业7家，省级“专精特新”企业49家: the verb goes on over the comma."""
        return (
            previous.clause == number - 1
            and previous.opening > 0
            and previous.name.startswith("新增")
            and previous.quantity is not None
            and previous.quantity.unit == quantity.unit
            and previous.end == previous.quantity.end
            and not names.leading_verbs(name, self.grammar)
            and not self.grammar.award.match(name)
            and not self.grammar.head.at_end(name)
            and not self.grammar.predicate.search(name)
        )

    def _again(self, previous: Draft, quantity: Quantity, left: str) -> tuple[str, Draft]:
        """The name of a further figure of the same thing: 5900套(间)、14万平方米 → …（面积）; 首破千亿元关口."""
        owner = previous.echo or previous
        unit = quantity.unit.lstrip("百千万亿")
        if _TOTAL.search(left):
            return f"累计{self._noun(owner).removeprefix('累计')}", owner
        if owner.quantity is None or owner.quantity.unit.lstrip("百千万亿") == unit or owner.kind == "growth":
            mark = _FIRST_TIME.search(left)
            label = owner.name.removesuffix("新增")
            return label + (f"{mark[0]}{quantity.value}{quantity.unit}" if mark else ""), owner
        return f"{owner.name}（{_DIMENSION.get(unit, unit)}）", owner

    def _whole(self, previous: Draft, number: int) -> str:
        for draft in self.drafts:
            if draft.clause == previous.clause:
                return draft.name
        return previous.name

    def _noun(self, draft: Draft, measure: str = "") -> str:
        topic = names.topic(draft.name, draft.opening, self.grammar)
        if measure and topic.endswith(_MEASURED) and len(topic) > 4:  # 生物降解制品总产量…、产值…
            size = next(len(m) for m in _MEASURED if topic.endswith(m))
            return topic[:-size]
        return topic

    def _only_verbs(self, name: str) -> bool:
        at = 0
        while at < len(name):
            size = max(self.grammar.opens.at_start(name, at), self.grammar.light.at_start(name, at), self.grammar.adverb.at_start(name, at))
            if not size:
                return False
            at += size
        return True

    def _carried(self, name: str, number: int, opening: int, unit: str) -> tuple[str, int]:
        """The verb that a list shares: 建成碧道7960公里、碧带330公里 → 建成碧带."""
        if names.leading_verbs(name, self.grammar) or self.grammar.award.match(name):
            return name, opening
        for draft in reversed(self.drafts):
            if draft.clause == number:
                verb = draft.carry or draft.name[: draft.opening]
                if draft.quantity and draft.quantity.unit.endswith("元") != unit.endswith("元") and not verb.endswith(_ANYTHING):
                    verb = ""
                return verb + name, len(verb)
        return name, opening

    def _counted(
        self, at: int, left: str, quantity: Quantity, rest: list[Quantity], right: str, number: int, first: bool, between: bool, start_of_clause: int
    ) -> int:
        """28家企业入选…: the noun follows the figure."""
        grammar = self.grammar
        head = names.clean(_APPROX.sub("", left.rstrip("，、 ")), grammar)
        if head and left.rstrip().endswith("的"):
            head += "的"
        if left.rstrip().endswith("等") or (quantity.value in _SPELLED and "、" in head):
            head = self._before_list(head)
        bare = right.strip(_PUNCTUATION)
        if standings := ranks.placed(right, 0, len(right), grammar):  # 油菜籽等14种农产品产量居全国第1位
            right = standings[0].subject
        adjacent = between and not bare
        if adjacent:  # 7轮2亿元汽车消费补贴: both figures are of the noun after the last one
            tail = self.text[rest[0].end : rest[0].end + 40]
            stop = re.search(r"[，。；、：]", tail)
            right = tail[: stop.start()] if stop else tail
        measured = self._kind(quantity, "") == "level" and not quantity.unit.endswith("元") and not grammar.opens.at_end(head)
        used_name, used = names.counted(head, right.lstrip("的"), grammar, between=(between and not adjacent) or measured)
        if between and not adjacent and rest[0].unit in ("%", "‰"):
            used_name = re.sub(r"[^，。；]{2}率(?:均|都|分别)?(?:达到?|为)?$", "", used_name) or used_name
        name = names.clean(used_name, grammar)
        if adjacent and quantity.unit:
            name += "轮次" if quantity.unit == "轮" else quantity.unit[-1]
        opening = names.leading_verbs(name, grammar) if head else 0
        if not first:
            name, opening = self._carried(name, number, opening, quantity.unit)
        name = self._benefit(name, start_of_clause) + name
        if not name and self.drafts:
            name = self.drafts[-1].name
        if name.startswith("覆盖") and not first and self.drafts and self.drafts[-1].clause == number:
            name = self._noun(self.drafts[-1]) + name
        part = left.strip(_PUNCTUATION).startswith("其中")
        parent = self.drafts[-1].name if part and self.drafts else None
        if part and self.drafts and grammar.award.match(name):
            size = grammar.award.match(self.drafts[-1].name)
            name += self.drafts[-1].name[size.end() :] if size else ""
        carry = head if grammar.predicate.search(head) and not grammar.opens.at_start(head) else ""
        stop_at = quantity.end if adjacent else min(quantity.end + used + (len(right) - len(right.lstrip("的"))), len(self.text))
        offset = self._offset(at, left, head)
        self._add(Draft(name, self._kind(quantity, name), quantity, offset, max(stop_at, quantity.end), parent=parent, clause=number, opening=opening, carry=carry))
        return stop_at

    def _before_list(self, head: str) -> str:
        """What is left of A、B等8项赛事 when the names that the count sums up are taken off: a verb, if any stands there."""
        cut = max(head.rfind("、"), head.rfind("“"))
        found = None
        for size in range(2, 5):
            for at in range(0, max(cut, 0)):
                if head[at : at + size] in self.grammar.opens.words and (found is None or at <= found[0]):
                    found = (at, size)
        return head[found[0] : found[0] + found[1]] if found else ""

    def _offset(self, at: int, left: str, name: str) -> int:
        """Where in the sentence the words of a name begin, at the latest at its figure."""
        lead = len(left) - len(left.lstrip(_PUNCTUATION))
        for size in (4, 2):
            if len(name) >= size and (found := left.find(name[:size])) >= 0:
                return at + found
        return at + lead

    # ---- changes

    def _change(self, left: str) -> tuple[int, str | None, int] | None:
        """A verb of change at the end: (direction, base, length of the name before it)."""
        grammar = self.grammar
        text = _AIMED.sub("", left.rstrip(" 了"))
        for _ in range(3):
            match = _APPROX.search(text[-4:])
            if match is None or (grammar.up.at_end(text) > len(match[0])):
                break
            text = text[: len(text) - len(match[0])].rstrip(" 了")
        rises, falls = grammar.up.at_end(text), grammar.down.at_end(text)
        size = max(rises, falls)
        if not size or grammar.opens.at_end(text) > size:
            return None
        verb = text[-size:]
        text = text[: len(text) - size]
        if verb in ("高于", "低于", "快于", "高出", "少于", "多于"):
            return None
        base: str | None = None
        for _ in range(6):
            text = text.rstrip("，、 ")
            if step := grammar.base.at_end(text):
                word = text[-step:]
                if word == "均" and text[-2:-1] in ("人", "户", "月", "日", "亩", "地"):
                    break
                if word not in ("分别", "均", "都", "各", "又", "再", "也", "约", "已", "总体"):
                    base = word if base is None else base
                text = text[: len(text) - step]
            elif match := _COMPARE.search(text[-28:]):
                base = match[0].lstrip("较比").removesuffix("的") if base in (None, "实际", "平均", "进一步", "累计") else base
                base = f"比{base}" if match[0] in ("比上年", "比去年") else base
                text = text[: len(text) - len(match[0])]
            else:
                break
        if verb in ("多", "少", "高", "低") and base is None:
            return None
        return (-1 if falls > rises else 1), base, len(text)

    def _changed(self, at: int, left: str, quantity: Quantity, change: tuple[int, str | None, int], number: int, start: int) -> None:
        sign, base, length = change
        subject = names.before_figure(left[:length], self.grammar) if length else ""
        name = names.clean(subject, self.grammar)
        for verb in ("累计", "带动", "拉动", "推动", "促进"):
            name = name.removeprefix(verb)
        if self.grammar.light.at_start(name) == len(name):
            name = ""
        if name and _EVERY_CHANGE.search(left) and (named := names.parts(name, name.count("、") + 1 if "、" in name else 2, self.grammar)):
            for label in named:
                draft = Draft(label, "growth", quantity, self._offset(at, left, name), quantity.end, clause=number)
                self._grown(draft, quantity, change)
                self._add(draft)
            return
        verb_end = quantity.end
        growth = self._growth(quantity, change)
        if (not name or name in ("增速", "增幅", "其中")) and self.last_drafts(number):
            shared = self._waiting(number)
            if shared:
                shared.growth = growth
                return
            previous = self.drafts[-1]
            self._add(Draft(previous.name, "growth", quantity, at + len(subject), verb_end, growth=growth, growth_base=base, sign=sign, clause=number))
            return
        if not name:
            name = self._subject(start)
        parent = None
        if subject.strip(_PUNCTUATION).startswith("其中") and self.drafts:
            parent = self._whole(self.drafts[-1], number)
        previous = self.drafts[-1] if self.drafts else None
        if previous and self.grammar.dependent.at_start(name) == len(name) and name:
            name = self._noun(previous, name) + name
        offset = self._offset(at, left, name)
        self._add(
            Draft(name, "growth", quantity, offset, verb_end, growth=growth, growth_base=base, sign=sign, parent=parent, clause=number)
        )

    def last_drafts(self, number: int) -> list[Draft]:
        return [d for d in self.drafts if d.clause == number] or self.last

    def _waiting(self, number: int) -> Draft | None:
        """The figure that a change without a name of its own belongs to: the first of the last group still without one."""
        group = self.last_drafts(number)
        for draft in reversed(group):
            owner = draft.echo or draft
            if owner.quantity and owner.kind != "growth" and owner.growth is None:
                return owner
        return None

    def _moved(self, at: int, left: str, origin: Quantity, quantity: Quantity, number: int, clause_start: int) -> None:
        """从2.50:1缩小至2.27:1: one figure, its start kept as the origin."""
        cut = max(left.rfind("从"), left.rfind("由"))
        name = names.clean(names.before_figure(left[:cut], self.grammar), self.grammar)
        if not origin.unit and quantity.unit:
            origin = Quantity(origin.value, origin.number, origin.high, quantity.unit, origin.approx, origin.start, origin.end)
        name = name or self._subject(clause_start)
        if not name and self.drafts:
            name = self.drafts[-1].name
        self._add(Draft(name, self._kind(quantity, name), quantity, self._offset(at, left, name), quantity.end, origin=origin, clause=number))

    # ---- places

    def _ranks(self, start: int, end: int, quantities: list[Quantity], made: list[Draft], group: list[Draft], number: int) -> None:
        after = max((q.end for q in quantities), default=start)
        for standing in ranks.placed(self.text, after, end, self.grammar):
            if made and standing.subject and standing.subject == self.text[after : after + len(standing.subject)] and made[-1].end >= after + len(standing.subject):
                standing = replace(standing, subject="")
            self._stand(standing, made, group, number)
        for standing in ranks.firsts(self.text, start, end, self.grammar):
            name = names.clean(standing.subject, self.grammar)
            if any(d.quantity and d.start <= standing.start < d.end for d in made):
                continue
            self._add(Draft(name, "rank", None, standing.start, standing.end, ranks=[standing.rank], clause=number))

    def _stand(self, standing: Standing, made: list[Draft], group: list[Draft], number: int) -> None:
        bare = names.clean(standing.subject, self.grammar)
        held = made or group or self.last
        what = self._what(bare, held)
        if what is not None and held:
            rank = Rank(standing.rank.scope, what or None, standing.rank.place)
            for draft in self._ranked(held, standing.every):
                draft.ranks.append(rank)
                draft.end = draft.end
            return
        if not bare:
            return
        for name in names.parts(bare, bare.count("、") + 1, self.grammar) or [bare]:
            measure = next((m for m in ("总量", "数量", "规模", "增速", "增幅", "增量") if name.endswith(m)), None)
            rank = Rank(standing.rank.scope, measure, standing.rank.place)
            self._add(Draft(name, "rank", None, standing.subject_start, standing.end, ranks=[rank], clause=number))

    @staticmethod
    def _ranked(held: list[Draft], every: bool) -> list[Draft]:
        return held if every else held[-1:]

    def _what(self, bare: str, held: list[Draft]) -> str | None:
        """"" where the place is the figure's own, 增幅 where it is that of its change; None where a new thing is named."""
        if not bare:
            return ""
        if len(bare) <= 7 and (self.grammar.head.at_end(bare) or self.grammar.dependent.at_end(bare)) and held:
            if self.grammar.dependent.at_start(bare) or len(bare) <= 5:
                return bare
        return None


def number_of(draft: Draft) -> Decimal | None:
    """The signed number of a draft: a fall is negative."""
    if draft.quantity is None or draft.quantity.number is None:
        return None
    return draft.quantity.number * draft.sign
