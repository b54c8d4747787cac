"""Knows the indicators read so far in a sentence, and what the name of the next one may take from them.

Leaves reading the figures to `judgements`, and the wording of a name to `indicator_names`.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field

from workreport.analysis.indicators import changes, indicator_names, phrases, windows
from workreport.analysis.indicators.drafts import Draft, earns_nothing_itself
from workreport.analysis.indicators.grammar import Grammar
from workreport.model import IndicatorKind, Quantity, UnitName

LARGEST_RISE = 50
"""A price index below so many per cent is its change: 居民消费价格指数3%, but not 103%."""


@dataclass(slots=True)
class Passage:
    """A sentence while it is read.

    `drafts` are its indicators so far, `previous` is the last of them, `last` are those of the last clause read that had any. `told` is the
    last clause that told of one of them, by a figure or a rank. `left_out` are figures that state nothing of their own:
    of the thresholds 先后突破10亿元、12亿元 the first.
    """

    text: str
    grammar: Grammar
    drafts: list[Draft] = field(default_factory=list)
    previous: Draft | None = None
    last: list[Draft] = field(default_factory=list)
    told: int = -1
    left_out: list[Quantity] = field(default_factory=list)

    def add(self, draft: Draft) -> None:
        """Add a draft; an approximator before its figure (超) is set if none stands after it, or the verb of a threshold (迈上)."""
        if draft.quantity is not None:
            draft.quantity = self.approximated(draft.quantity)
            if draft.milestone_only and draft.quantity.approx is None:
                before = self.text[max(draft.quantity.start - windows.STEP, 0) : draft.quantity.start].rstrip(" 了")
                size = self.grammar.passes.at_end(before)
                draft.quantity = draft.quantity._replace(approx=before[len(before) - size :] or None)
        self.drafts.append(draft)
        self.previous = draft

    def approximated(self, quantity: Quantity) -> Quantity:
        """A figure with the approximator before it, such as 超, if it has none."""
        if quantity.approx is not None:
            return quantity
        match = phrases.approximator(self.text[max(quantity.start - 4, 0) : quantity.start])
        return quantity._replace(approx="超" if match[0] == "首破" else match[0]) if match else quantity

    def finish(self) -> None:
        """Leave out thresholds that were only passed on the way: 连续跨越7、8、9万亿三个大台阶."""
        for draft in self.drafts:
            if draft.successive and draft.quantity and not (draft.growth or draft.ranks):
                self.left_out.append(draft.quantity)
        self.drafts = [d for d in self.drafts if not d.successive or d.growth or d.ranks]

    def kind(self, quantity: Quantity, name: str) -> IndicatorKind:
        """The kind of a figure by its unit and name: growth for 居民消费价格涨幅3%, share for 失业率5.2%."""
        unit = quantity.unit
        if unit in ("%", "个百分点"):
            noun, number = name.removesuffix("年均"), quantity.number
            rate = noun.endswith(phrases.GROWTH_NOUNS) and not noun.endswith("自然增长率") and "占" not in name
            index = unit == "%" and number is not None and phrases.PRICE_INDEX.search(noun) and number < LARGEST_RISE
            if rate or index:
                return "growth"
        if phrases.is_share(quantity.value, unit):
            return "share"
        if unit == ":1" or (not unit and quantity.number is not None and quantity.number % 1):
            return "level"
        return self.grammar.unit_kind(unit)

    def place(self, at: int, left: str, name: str) -> int:
        """The position where a name starts in `left`, the text before a figure, which starts at `at`.

        If the name is not there, it is the first character of `left` that is no punctuation, or the figure.
        """
        for size in (4, 2):
            if len(name) >= size and (found := left.find(name[:size])) >= 0:
                return at + found
        return at + len(left) - len(left.lstrip(phrases.PUNCTUATION))

    # -- what a name may take from the text before

    def recent(self, clause: int) -> Sequence[Draft]:
        """The indicators of this clause so far; if it has none, those of the last clause that had any."""
        if self.drafts and self.drafts[-1].clause == clause:
            return [d for d in self.drafts if d.clause == clause]
        return self.last

    def figures_before(self, clause: int, count: int) -> Sequence[Draft]:
        """The last `count` figures of a clause and the two before it that are no changes; fewer if there are not as many."""
        near = (d for d in self.drafts if d.clause >= clause - 2 and d.quantity and d.kind != "growth" and not d.echo)
        return list(near)[-count:]

    def waiting(self, clause: int, unit: UnitName) -> Draft | None:
        """The last recent figure that has no change yet; a change in `unit` without a name belongs to it.

        None if there is none. An amount is never the change of a share: 支出达16亿元，占比80%，比上年多[2亿元].
        """
        for draft in reversed(self.recent(clause)):
            owner = draft.echo or draft
            if owner.kind == "share" and phrases.OF_PLAN.search(owner.name):
                at = self.drafts.index(draft)
                owner = self.drafts[at - 1] if at and self.drafts[at - 1].clause >= draft.clause - 1 else owner
            if owner.kind == "share" and unit.endswith("元"):
                owner = next((d for d in reversed(self.drafts[-3:]) if d.quantity and d.quantity.unit == unit), owner)
            if owner.quantity and owner.kind != "growth" and owner.growth is None:
                return owner
        return None

    def whole(self, clause: int, unit: UnitName | None = None) -> str | None:
        """The name of the whole that 其中 refers to: the last figure with this unit, of the clauses shortly before.

        Without a unit or such a figure it is the first indicator of the last clause that had any; None without one.
        """
        if not self.drafts:
            return None
        last = self.drafts[-1]
        base = phrases.base_unit(unit) if unit else ""
        if (
            base
            and base not in phrases.SHARES
            and (last.quantity is None or phrases.base_unit(last.quantity.unit) != base)
        ):
            for draft in reversed(self.drafts[-4:]):
                if draft.quantity and phrases.base_unit(draft.quantity.unit) == base and draft.clause >= clause - 4:
                    return draft.name
        return (
            next((d.name for d in self.drafts if d.clause == last.clause), last.name) if clause >= last.clause else None
        )

    def amount(self) -> Draft | None:
        """The last figure of kind level or count; it is the whole of a share that names none (投资占44%)."""
        return next((d for d in reversed(self.drafts) if d.kind in ("level", "count") and d.quantity), None)

    def noun(self, draft: Draft, measure: str = "") -> str:
        """The name of a figure without its leading verbs; without its measure at the end if `measure` is to replace it."""
        topic = indicator_names.topic(draft.name, draft.opening, self.grammar)
        if measure and (at := topic.find(measure)) > 1:  # 贷款余额净增额…，余额…: the second is 贷款余额
            return phrases.FINISHED.sub("", topic[:at])
        if measure:  # 生物降解制品总产量…、产值…: the second is 生物降解制品产值
            size = max(
                self.grammar.dependent.at_end(topic), *(len(m) for m in ("", *phrases.MEASURES) if topic.endswith(m))
            )
            if size == len(topic):
                return ""
            if size:
                thing = topic[: len(topic) - size].removesuffix("总")
                thing = thing.removesuffix("资产") if measure in phrases.EARNED else thing
                sown = next((word for word in phrases.SOWN if thing.endswith(word)), "")
                thing = thing.removesuffix(sown) if measure in phrases.YIELDS else thing  # 粮食播种面积…，总产…
                return "" if len(thing) < 2 or thing in phrases.SOWN else thing
        return topic

    def of_place(self, name: str) -> str:
        """A name without the place that it starts with: 财政支出 for 全市财政支出."""
        size = self.grammar.scope.at_start(name)
        return name[size:] if size < len(name) else name

    def only_verbs(self, name: str) -> bool:
        """Whether a name consists of verbs only: 竣工, 实际开工."""
        grammar, at = self.grammar, 2 if name[:2] == "实际" else 1 if name[:1] == "新" and len(name) > 2 else 0
        while at < len(name):
            size = grammar.deeds.at_start(name, at)
            if not size:
                return False
            at += size
        return True

    def again(self, quantity: Quantity, left: str) -> tuple[str, Draft | None]:
        """The name of a figure without a name of its own, and the earlier figure of the same thing; ("", None) without one.

        保障房5900套、14万平方米 gives 保障房（面积）, 累计 or 共 gives 累计…, and 首破千亿元 is put after the name.
        """
        if self.previous is None:
            return "", None
        owner = self.previous.echo or self.previous
        unit = phrases.base_unit(quantity.unit)
        if phrases.TOTAL.search(left):
            return f"累计{self.noun(owner).removeprefix('累计').removesuffix('新增')}", owner
        same = owner.quantity is None or phrases.base_unit(owner.quantity.unit) == unit or owner.kind == "growth"
        if not same:
            return f"{owner.name}（{phrases.DIMENSION.get(unit, unit)}）", owner
        mark = phrases.FIRST_TIME.search(left)
        label = owner.name.removesuffix("新增")
        if (
            owner.kind == "growth"
            and self.grammar.unit_kind(quantity.unit) != "share"
            and label.endswith(("增速", "增幅"))
        ):
            return label[:-2].removesuffix("年均"), None  # 总产值增速为-9.6%，…，全年完成237.5亿元
        return label + (f"{mark[0]}{quantity.value}{quantity.unit}" if mark else ""), owner

    def ratio(self, name: str) -> str:
        """收入比 and 收入差距 with whose incomes they compare, if the sentence has told of town and country; otherwise ""."""
        if name not in ("收入比", "收入差距", "收入倍差", "收入比值"):
            return ""
        told = any(word in draft.name for draft in self.drafts for word in ("城镇", "农村", "城乡"))
        return f"城乡居民{name}" if told else ""

    def carried(self, name: str, clause: int, opening: int, unit: UnitName) -> tuple[str, int]:
        """A name with the verb of its list, and the length of that verb: in 建成碧道7960公里、碧带330公里, 碧带 → 建成碧带.

        A name with a verb of its own, or in another clause, stays as it is.
        """
        previous = self.previous
        if previous is None or previous.clause != clause:
            return name, opening
        if indicator_names.leading_verbs(name, self.grammar) or self.grammar.award.match(name) or name.endswith("率"):
            return name, opening
        if name.startswith(phrases.DRIVEN) or name in phrases.EARNED:
            return name, opening
        if unit not in phrases.SHARES and (owned := phrases.OWNED.match(previous.name)):
            return owned[0] + name, 0
        verb = previous.carry or previous.name[: previous.opening]
        money = previous.quantity is not None and previous.quantity.unit.endswith("元")
        if money != unit.endswith("元") and not verb.endswith(phrases.ANYTHING):
            verb = ""
        return verb + name, len(verb)

    def goes_on(self, name: str, quantity: Quantity, clause: int) -> str:
        """新增 if it also applies after the comma, as in 新增独角兽企业7家，省级“专精特新”企业49家; otherwise ""."""
        previous, grammar = self.previous, self.grammar
        if previous is None or previous.quantity is None or previous.clause != clause - 1 or not previous.opening:
            return ""
        alike = previous.quantity.unit == quantity.unit and previous.end == previous.quantity.end
        plain = not (
            indicator_names.leading_verbs(name, grammar) or grammar.award.match(name) or grammar.predicate.search(name)
        )
        total = self.text.endswith(phrases.TOTAL_REACHED, 0, quantity.start)  # 力争企业达到8000家 counts all of them
        road = previous.quantity.unit == "公里"
        built = bool(phrases.CAPACITY.search(name) and (road or phrases.CAPACITY.search(previous.name)))
        alike = (alike and not grammar.head.at_end(name)) or (built and self.text.endswith(name, 0, quantity.start))
        plain = plain and not name.startswith(phrases.OWN_DEEDS)
        if alike and plain and not total and previous.name.startswith("新增"):
            return "新增" if built else previous.name[: previous.opening]
        return ""

    def measured(self, clause: int, measure: str) -> str:
        """What the figure of the clause before measures, for another measure of it; "" if it is no such figure.

        工业增加值增长12%，利税增长9% gives 工业; after 地区生产总值 there is nothing.
        """
        previous = self.previous
        if previous is None or previous.clause != clause - 1:
            return ""
        thing = self.noun(previous, measure)
        return thing if thing != self.noun(previous) else ""

    def alike(self, name: str) -> str:
        """The name of a figure that is the other half of one shortly before: 贷款余额 after 国家银行存款余额; "" if there is none.

        国家银行存款余额340亿元，贷款余额300亿元 gives 国家银行贷款余额.
        """
        bare = phrases.HALF.sub("", name) if name.startswith(phrases.HALF_STARTS) else name  # 财政支出 is complete
        if bare[:1] not in phrases.SECOND_FIRSTS or not bare.startswith(phrases.SECOND_HALVES):
            return ""
        halves = [(one, other) for one, other in phrases.HALVES if bare.startswith(other)]
        for draft in reversed(self.drafts[-3:]):
            for one, other in halves:
                whole = phrases.ASIDE.sub("", draft.name).replace(one, other)
                both = f"{other[0]}{one}" in draft.name  # 进出口 and 存贷款 are no halves
                if not both and one in draft.name and whole.endswith(name) and len(whole) > len(name):
                    return whole
        return ""

    def support(self, name: str, clause: int, clause_start: int) -> str | None:
        """What a dependent name (总投资, 当年税收, 首期合作范围) refers to, "" if unknown; None if the name is complete."""
        previous = self.previous
        rate = (
            len(name) == 3 and name.endswith("率") and name != "安置率" and self.grammar.opens.at_start(name) == 2
        )  # a rate of the thing before: 化解率
        rate = rate and previous is not None and previous.kind in ("level", "count")
        if self.grammar.dependent.at_start(name) != len(name) and not rate and not phrases.LEANING.match(name):
            return None
        if name.endswith("负债率") and (previous is None or previous.clause != clause):
            return None
        if previous and name in phrases.EARNED and earns_nothing_itself(previous):
            return None
        if previous and previous.clause >= clause - 1:
            if name.endswith("率") and previous.quantity and previous.quantity.unit.endswith("元"):
                counts = [d for d in self.drafts[-2:-1] if d.kind == "count" and d.clause >= clause - 2]
                previous = counts[0] if counts else previous  # 重点项目160个，计划投资42亿元，开工率60%
            thing = self.noun(previous, name)
            if self._earns_nothing(name, thing):
                return None
            if thing in phrases.BARE_AMOUNTS:  # 引进项目306个，签约金额100亿元，到位资金20亿元
                first = self.drafts[-2] if len(self.drafts) > 1 else None
                return self.noun(first) if first and first.clause >= clause - 2 and first.kind == "count" else ""
            return thing
        if not name.startswith(phrases.PHASES):
            if phrases.TOTALLED.match(name) and (thing := self.thing(clause_start)):
                return thing
            thing = self.noun(previous) if previous and previous.clause >= clause - 2 else ""
            return None if self._earns_nothing(name, thing) else thing
        begin, end = self.clause_before(clause_start)
        said = self.text[begin:end]
        for at in range(2, min(len(said), 16)):
            if self.grammar.opens.at_start(said, at) or self.grammar.adverb.at_start(said, at):
                return indicator_names.clean(said[:at], self.grammar)
        return ""

    @staticmethod
    def _earns_nothing(name: str, thing: str) -> bool:
        """Whether `thing` is none that has the profit or sales that `name` is: 利润 after 居民人均可支配收入."""
        return name in phrases.EARNED and (thing in phrases.EARNED or phrases.OF_ALL.search(thing) is not None)

    def thing(self, clause_start: int) -> str:
        """What the clause before acts on, for its total: 整合市属平台企业，总资产达…; "" if it has a figure or is no such clause."""
        begin, end = self.clause_before(clause_start)
        if end < 2 or self.text[end : end + 1] not in "，：" or self.has_figure(begin, end):
            return ""
        said, grammar = indicator_names.clean(self.text[begin:end], self.grammar), self.grammar
        if "等一批" in said:  # 引进甲公司、乙公司等一批装备项目
            said = said.rpartition("等一批")[2]
        at = 0
        while (size := grammar.deeds.at_start(said, at)) and grammar.whole.at_start(said, at) <= size:
            at += size
        thing = said[at:]
        written = self.text[begin:end]
        bare = at or "等一批" in written or grammar.deeds.at_start(written.lstrip(phrases.PUNCTUATION))
        plain = not any(pattern.search(thing, 1) for pattern in (grammar.predicate, grammar.preposition))
        return thing if bare and plain and 3 <= len(thing) <= 16 and "、" not in thing else ""

    def clause_before(self, clause_start: int) -> tuple[int, int]:
        """The span of the clause that ends before a position."""
        end = max(clause_start - 1, 0)
        return max(self.text.rfind(mark, 0, end) for mark in "，。；：\n") + 1, end

    def has_figure(self, begin: int, end: int) -> bool:
        """Whether a figure that starts in text[begin:end] was read."""
        return any(d.quantity and begin <= d.quantity.start < end for d in reversed(self.drafts))

    def subject(self, clause_start: int) -> str:
        """A clause before that is the name of a figure: 城镇居民家庭人均可支配收入，由5160元增加到…; "" if there is none.

        Only the two clauses before `clause_start` are tried, and none that has a figure.
        """
        at = clause_start
        for _ in range(2):
            begin, end = self.clause_before(at)
            if end < 2 or self.text[end] not in "，：" or self.has_figure(begin, end):
                return ""
            said = phrases.STEPPED.sub("", phrases.STARTED.sub("", phrases.GROWING.sub("", self.text[begin:end])))
            said = phrases.COMPARING.sub("", changes.unadjusted(said))
            name = indicator_names.clean(indicator_names.before_figure(said, self.grammar), self.grammar)
            name = phrases.EXCEEDS.sub("", phrases.GROWING.sub("", name)).removesuffix("在")
            noun = (
                1 < len(name) <= 30
                and not name.endswith("台阶")
                and not indicator_names.leading_verbs(name, self.grammar)
                and not self.only_verbs(name)
                and not indicator_names.is_nothing(name, self.grammar)
                and "%" not in name
            )
            if noun and (self.grammar.head.at_end(name) or not self.grammar.predicate.search(name)):
                return name
            at = begin
        return ""

    def grown(self, clause_start: int) -> str:
        """What the clause before says to grow or to decline, without a figure: 利用外资实现正增长，增长3.8%; "" without it."""
        begin, end = self.clause_before(clause_start)
        said = self.text[begin:end]
        if phrases.GROWING.search(said) is None or self.has_figure(begin, end):
            return ""
        name = indicator_names.clean(phrases.GROWING.sub("", said), self.grammar)
        return "" if self.grammar.time.at_start(name) == len(name) else name

    def benefit(self, name: str, clause_start: int) -> str:
        """For a name that starts with 受益 or 惠及: the clause before, which says what people benefit from; otherwise "".

        提高专项附加扣除标准，6600多万纳税人受益: the clause before is 提高专项附加扣除标准. It is "" too if that clause has a figure.
        """
        if not name.startswith(("受益", "惠及")) or clause_start < 2:
            return ""
        begin, end = self.clause_before(clause_start)
        if any(d.quantity and d.end > begin for d in self.drafts):
            return ""
        clause = indicator_names.clean(self.text[begin:end], self.grammar)
        for verb in ("加强", "加大", "推进"):
            clause = clause.removeprefix(verb)
        return clause if 2 < len(clause) <= 32 else ""
