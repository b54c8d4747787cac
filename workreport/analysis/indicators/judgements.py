"""Knows the constructions that state a figure, one function each, tried in the order of `JUDGEMENTS`.

A judgement adds what the current figure states to the passage and returns how many figures it used; 0 leaves the figure
to the next judgement. Leaves splitting a sentence to `clauses`, and lists with 分别 to `sharing`.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass, replace

from workreport.analysis.indicators import indicator_names, phrases, ranks, windows
from workreport.analysis.indicators.changes import ChangeVerb, change_at_end
from workreport.analysis.indicators.passage import Draft, Passage
from workreport.model import Quantity


@dataclass(slots=True)
class Here:
    """The current position in an item: the figure `quantities[k]`, with the text beside it (`left`, `right`).

    The item is text[start:end]; `first` says that it is the first item of its clause. `left` starts at `at`, behind the
    figure before. A judgement may set `handed`; it becomes the `prefix` of the next figure, which replaces its `left`.
    """

    passage: Passage
    quantities: list[Quantity]
    start: int
    end: int
    clause: int
    clause_start: int
    first: bool
    at: int = 0
    k: int = 0
    prefix: str = ""
    handed: str = ""

    @property
    def quantity(self) -> Quantity:
        """The current figure."""
        return self.quantities[self.k]

    @property
    def following(self) -> Quantity | None:
        """The next figure of the item; None after the last."""
        return self.quantities[self.k + 1] if self.k + 1 < len(self.quantities) else None

    @property
    def left(self) -> str:
        """The text between the figure before (or the start of the item) and the current figure."""
        return self.prefix or self.passage.text[self.at : self.quantity.start]

    @property
    def right(self) -> str:
        """The text between the current figure and the next one (or the end of the item)."""
        following = self.following
        return self.passage.text[self.quantity.end : following.start if following else self.end]

    @property
    def is_part(self) -> bool:
        """Whether the figure is a part of the one before: 其中 starts its text."""
        return self.left.strip(phrases.PUNCTUATION).startswith("其中")


Judgement = Callable[[Here], int]
"""Returns how many figures it has used; 0 if the construction is another one."""


def moved(here: Here) -> int:
    """Read a change with both ends, 从2.50:1缩小至2.27:1, as one indicator; the first figure is its origin."""
    passage, following, left = here.passage, here.following, here.left
    if following is None or not phrases.FROM.search(left[-windows.ORIGIN :]):
        return 0
    right = phrases.APPROXIMATOR.sub("", here.right)
    if not (phrases.TO.search(right) and phrases.CHANGE.search(right)):
        return 0
    cut = max(left.rfind("从"), left.rfind("由"))
    name = indicator_names.clean(indicator_names.before_figure(left[:cut], passage.grammar), passage.grammar)
    origin = here.quantity if here.quantity.unit else replace(here.quantity, unit=following.unit)
    previous = passage.previous.name if passage.previous else ""
    if name.startswith("占"):  # the part is the figure before: …，占国内生产总值的比重从0.64%提高到1.13%
        name = previous + name
    name = name or passage.subject(here.clause_start) or previous
    passage.add(
        Draft(
            name, passage.kind(following, name), following, passage.place(here.at, left, name), following.end,
            here.clause, origin=origin,
        )
    )  # fmt: skip
    return 2


def compared(here: Here) -> int:
    """Read a change with the figure it is compared with: 比一九五七年的一千二百四十一亿元增长百分之六十五.

    The second figure is the change. The first becomes the origin of the indicator before, if that has none yet.
    """
    passage, following, left = here.passage, here.following, here.left
    base = phrases.COMPARED_WITH.search(left[-windows.COMPARED_WITH :]) if following else None
    if following is None or base is None:
        return 0
    change = change_at_end(here.right, passage.grammar)
    if change is None:
        return 0
    subject = left[: len(left) - len(base[0])]
    _grown(
        here, subject, following, ChangeVerb(change.sign, change.base or base["base"].removesuffix("的"), len(subject))
    )
    owner = passage.previous
    if owner is not None and owner.origin is None:
        owner.origin = here.quantity
    return 2


def sped(here: Here) -> int:
    """Read a noun with a percentage as the change of the figure before: …超过6万亿元，年均增速5.7%."""
    passage = here.passage
    if here.quantity.unit != "%":
        return 0
    match = phrases.SPEED.fullmatch(indicator_names.clean(here.left, passage.grammar))
    owner = passage.waiting(here.clause) if match else None
    if match is None or owner is None:
        return 0
    owner.growth = ChangeVerb(-1 if match["noun"] == "降幅" else 1, match["base"], 0).growth(here.quantity)
    return 1


def changed(here: Here) -> int:
    """Read a change after its verb: 同比增长5.1%. It belongs to the figure before, or is an indicator if it has a name."""
    passage, quantity, right = here.passage, here.quantity, here.right
    change = change_at_end(here.left, passage.grammar)
    if change is None:
        return 0
    counts_noun = (
        right and right[0] not in phrases.PUNCTUATION and phrases.base_unit(quantity.unit) in passage.grammar.units
    )
    kind = passage.grammar.unit_kind(quantity.unit)
    if counts_noun and kind != "share":  # a count of things, no change: 增加5000个普通高中招生计划
        return 0
    if kind == "count" and here.left.endswith(("提升", "改善")):  # a count of improved things: 农房风貌提升26.4万户
        return 0
    _grown(here, here.left, quantity, change)
    return 1


def _grown(here: Here, left: str, quantity: Quantity, change: ChangeVerb) -> None:
    """Add a change to the figure it belongs to, or as an indicator of its own. `left` is the text before the change."""
    passage, grammar, clause = here.passage, here.passage.grammar, here.clause
    subject = indicator_names.before_figure(left[: change.name_end], grammar) if change.name_end else ""
    name = indicator_names.clean(subject, grammar)
    for verb in ("累计", "带动", "拉动", "推动", "促进"):
        name = name.removeprefix(verb)
    if grammar.light.at_start(name) == len(name):
        name = ""
    elif name == "经济":  # 增长 is part of the name: 经济增长预期目标为5%左右
        name = "经济增长"
    labels = [name]
    if name and phrases.EACH_CHANGED.search(left):
        labels = indicator_names.parts(name, name.count("、") + 1 if "、" in name else 2, grammar) or labels
    elif (not name or name in ("增速", "增幅", "其中")) and passage.recent(clause):
        owner = passage.waiting(clause)
        if owner is not None:
            owner.growth = change.growth(quantity)
            return
        labels = [passage.drafts[-1].name]
    elif not name:
        labels = [passage.subject(here.start)]
    elif (
        passage.previous
        and passage.previous.clause == clause
        and (grammar.dependent.at_start(name) == len(name) or name in phrases.ALONE)
    ):
        labels = [passage.noun(passage.previous, name) + name]
    parent = passage.whole(clause) if subject.strip(phrases.PUNCTUATION).startswith("其中") else None
    for label in labels:
        draft = Draft(
            label, "growth", quantity, passage.place(here.at, left, name), quantity.end, clause, parent=parent
        )  # fmt: skip
        draft.grow(quantity, change)
        passage.add(draft)


def counted(here: Here) -> int:
    """Read a figure whose noun follows: 28家企业入选…."""
    passage, quantity, left, right = here.passage, here.quantity, here.left, here.right
    if not _before_noun(here):
        return 0
    grammar, following = passage.grammar, here.following
    head = _head(here)
    if standings := ranks.placed(right, 0, len(right), grammar):  # without the rank: 14种农产品产量居全国第1位
        right = standings[0].subject
    adjacent = following is not None and not right.strip(phrases.PUNCTUATION)
    if adjacent and following is not None:  # 7轮2亿元汽车消费补贴: the noun after the second figure belongs to both
        tail = passage.text[following.end : following.end + windows.AFTER_NOUN]
        stop = re.search(r"[，。；、：]", tail)
        right = tail[: stop.start()] if stop else tail
    measured = passage.kind(quantity, "") == "level" and not quantity.unit.endswith("元")
    noun_only = (following is not None and not adjacent) or (measured and not grammar.opens.at_end(head))
    noun = right.lstrip("的")
    words, used = indicator_names.counted(head, noun, grammar, between=noun_only)
    if following is not None and not adjacent and following.unit in ("%", "‰"):
        words = phrases.RATE_NOUN.sub("", words) or words
    name, opening = _of_list(here, indicator_names.clean(words, grammar), head, adjacent=adjacent)
    stop_at = quantity.end if adjacent else quantity.end + used + len(right) - len(noun)
    carry = head if grammar.predicate.search(head) and not grammar.opens.at_start(head) else ""
    parent = passage.previous.name if here.is_part and passage.previous else None
    passage.add(
        Draft(
            name, passage.kind(quantity, name), quantity, passage.place(here.at, left, head),
            max(min(stop_at, len(passage.text)), quantity.end), here.clause, parent=parent, opening=opening, carry=carry,
        )
    )  # fmt: skip
    if adjacent:
        here.handed = left
    elif following is not None and used + len(right) - len(noun) >= len(here.right.rstrip()):
        here.handed = name  # the next figure counts parts of this thing: 5条风景线192个提升项目
    return 1


def _head(here: Here) -> str:
    """The text before a figure whose noun follows, as the start of its name; of a list before it, only the verb."""
    grammar, left = here.passage.grammar, here.left
    head = indicator_names.clean(phrases.APPROXIMATOR.sub("", left.rstrip("，、 ")), grammar)
    if head and left.rstrip().endswith("的"):
        head += "的"
    if left.rstrip().endswith("等") or (here.quantity.value in phrases.SPELLED_SMALL and "、" in head):
        head = indicator_names.before_list(head, grammar)
    return head


def _of_list(here: Here, name: str, head: str, *, adjacent: bool) -> tuple[str, int]:
    """A name completed by what its list or its clause shares, and the length of its leading verbs.

    `adjacent`: the next figure follows directly and has the same noun, so the unit becomes part of the name.
    """
    passage, quantity, previous = here.passage, here.quantity, here.passage.previous
    if adjacent and quantity.unit:
        name += "轮次" if quantity.unit == "轮" else quantity.unit[-1]
    opening = indicator_names.leading_verbs(name, passage.grammar) if head else 0
    if not here.first:
        name, opening = passage.carried(name, here.clause, opening, quantity.unit)
    name = passage.benefit(name, here.clause_start) + name
    if previous is None:
        return name, opening
    if not name:
        name = previous.name
    if name.startswith("覆盖") and not here.first and previous.clause == here.clause:
        name = passage.noun(previous) + name
    if here.is_part and passage.grammar.award.match(name):
        match = passage.grammar.award.match(previous.name)
        name += previous.name[match.end() :] if match else ""
    return name, opening


def _before_noun(here: Here) -> bool:
    """Whether the noun of the figure follows (28家企业), rather than its name standing before (企业28家)."""
    passage, grammar, left, k = here.passage, here.passage.grammar, here.left, here.k
    right = here.right
    while not right.strip() and k + 1 < min(len(here.quantities), here.k + 4):
        k += 1  # skip a figure that follows directly: 7轮2亿元汽车消费补贴
        stop = here.quantities[k + 1].start if k + 1 < len(here.quantities) else here.end
        right = passage.text[here.quantities[k].end : stop]
    bare = right.strip(phrases.PUNCTUATION)
    if not bare or bare[0] in "（(并且而" or grammar.rounds.at_start(bare) == len(bare):
        return False
    if here.quantity.unit in (*phrases.SHARES, ":1", "倍") and (phrases.RATE_END.search(left) or left.endswith("占")):
        return False
    if standings := ranks.placed(bare, 0, len(bare), grammar):
        return bool(standings[0].subject) and not left.endswith(("达", "到", "至", "为"))
    reach = 0 if indicator_names.FOR.fullmatch(left.strip(phrases.PUNCTUATION)) else grammar.reach.at_end(left)
    if not reach or grammar.opens.at_end(left) >= reach:
        return True
    name = indicator_names.clean(indicator_names.before_figure(left, grammar), grammar)
    if not name or (grammar.opens.at_end(name) and not grammar.head.at_end(name)):
        return True
    # otherwise the name is complete before the figure: 规模突破3亿元大关, 失业率控制在4.6%以内
    return left[-reach:] in phrases.BEFORE_NOUN


def times(here: Here) -> int:
    """Read a multiple of an earlier value (是十年前的3倍) as a change of what the figure before measures."""
    passage, quantity = here.passage, here.quantity
    if quantity.unit != "倍" or passage.previous is None:
        return 0
    match = phrases.TIMES.fullmatch(here.left.strip(phrases.PUNCTUATION))
    if match is None:
        return 0
    owner = passage.previous.echo or passage.previous
    passage.add(
        Draft(owner.name, "growth", quantity, here.at, quantity.end, here.clause, growth_base=match["base"])
    )  # fmt: skip
    return 1


def shared_of(here: Here) -> int:
    """Read a share after its whole: 占规上工业增加值比重达87.1%. The part and the whole make its name."""
    passage, quantity, grammar = here.passage, here.quantity, here.passage.grammar
    if not phrases.is_share(quantity.value, quantity.unit):
        return 0
    raw = indicator_names.before_figure(here.left, grammar)
    tail = raw[-windows.WHOLE :]
    match = phrases.SHARE_OF.search(tail)
    if match is not None:
        whole = match["whole"].removesuffix("的")
        head = indicator_names.clean(phrases.APPROXIMATOR.sub("", raw[: len(raw) - len(tail) + match.start()]), grammar)
        if not head and passage.previous:
            head = phrases.PART_OF_WHOLE.sub("", passage.previous.name)
        name = f"{head}占{whole}{match['measure'] or '比重'}"
    elif here.left.rstrip().endswith("占") and (amount := passage.amount()):
        whole = amount.name
        name = f"{indicator_names.clean(here.left.rstrip()[:-1], grammar)}占{whole}比重"
    else:
        return 0
    passage.add(
        Draft(
            name, passage.kind(quantity, name), quantity, passage.place(here.at, here.left, name), quantity.end,
            here.clause, parent=whole, opening=indicator_names.leading_verbs(name, grammar),
        )
    )  # fmt: skip
    return 1


def named(here: Here) -> int:
    """Read a figure after its name: 托位数5755个. Without a name it gets one from the figures or the clause before."""
    passage, quantity, left, grammar = here.passage, here.quantity, here.left, here.passage.grammar
    words = indicator_names.clean(indicator_names.before_figure(left, grammar), grammar)
    echo: Draft | None = None
    passed: Draft | None = None
    # a clause before may be the name of the first figure only; a further figure repeats its name (突破3万亿元、达3.6万亿元)
    further = passage.previous is not None and passage.previous.clause == here.clause
    name = words or ("" if further else passage.subject(here.clause_start))
    if not name:
        name, echo = passage.again(quantity, left)
        if echo and echo.quantity and echo.quantity.approx in phrases.PASSED and "达" in left:
            passed, echo = (
                echo,
                None,
            )  # 突破2万亿元大关、达到20059亿元: the first figure is only a milestone of the second
    elif words:
        name = _completed(here, words)
    parent = passage.whole(here.clause) if here.is_part else None
    labels = [name]
    if echo is None and phrases.EACH.search(left):
        labels = indicator_names.parts(name, name.count("、") + 1 if "、" in name else 2, grammar) or labels
    for label in labels:
        kind = passage.kind(quantity, label)
        passage.add(
            Draft(
                label, kind, quantity, passage.place(here.at, left, name), quantity.end, here.clause,
                parent=parent, opening=0 if here.k or echo else indicator_names.leading_verbs(label, grammar), echo=echo,
                sign=-1 if kind == "growth" and label.endswith("降幅") else 1,
            )
        )  # fmt: skip
    if passed is not None:
        passed.echo = passage.previous
    return 1


def _completed(here: Here, words: str) -> str:
    """The name of a figure, made from `words` before it and what the figures and clauses before add."""
    passage, quantity, previous = here.passage, here.quantity, here.passage.previous
    if previous and (phrases.AGAINST.match(words) or words in ("惠及", "受益", "参与", "覆盖")):
        return previous.name + words
    if benefit := passage.benefit(words, here.clause_start):
        return benefit + words
    support = passage.support(words, here.clause, here.clause_start)
    if support is not None:
        return support + words
    if previous and (
        passage.only_verbs(words) or (words.startswith("完成") and len(words) == 4)
    ):  # a verb, of the thing before: 竣工, 完成办证
        same = previous.quantity is not None and previous.quantity.unit == quantity.unit
        return words + passage.noun(previous) if same else words
    if previous and here.is_part:
        return _part(previous, words, passage)
    if not here.first:
        return passage.carried(words, here.clause, 0, quantity.unit)[0]
    return passage.goes_on(words, quantity, here.clause) + words


def _part(previous: Draft, words: str, passage: Passage) -> str:
    """The name of a part (其中): 税收占比 → 一般公共预算收入税收占比; 高铁, after 新增铁路运营里程 → 新增高铁."""
    if words.endswith(("占比", "比重", "比例")):
        return previous.name + words
    return words if indicator_names.leading_verbs(words, passage.grammar) else previous.name[: previous.opening] + words


JUDGEMENTS: tuple[Judgement, ...] = (moved, compared, sped, changed, counted, times, shared_of, named)
"""The judgements in the order in which they are tried; the last one reads any figure."""


def read_item(here: Here) -> None:
    """Read all figures of an item, left to right."""
    here.at = here.start
    while here.k < len(here.quantities):
        used = next(n for judgement in JUDGEMENTS if (n := judgement(here)))
        here.prefix, here.handed = here.handed, ""
        here.k += used
        here.at = here.quantities[here.k - 1].end
