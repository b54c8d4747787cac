"""Knows what the words before a figure say of it: about the whole place or a part of it, of one year or several.

Leaves the name of the figure to `measures`, and the words to `measure_words`.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable
from functools import lru_cache

from workreport.analysis.measure_words import MeasureWords

HEAD = 14
"""Characters at the start of a clause in which its subject stands."""
NEAR = 2
"""Clauses before a figure in which a part of the place may stand anywhere: 赋能三江新区发展，力争地区生产总值380亿元."""
_CLAUSE = re.compile(r"[，,：:、]")
_COMMA = re.compile(r"[，,：:]")
_TOWARDS = re.compile(r"\s*(?:对(?!外)|与|同(?!比))")
"""Matches the start of a clause about some countries or regions only: 对沿线国家投资增长7%、进出口增长5%."""
_WITHOUT = re.compile(r"(?:扣除|剔除|不含|不包括)(?!(?:价格|物价)|[^，,]{0,4}(?:价格|物价))")
"""Matches what is left out of a whole, but not prices: 扣除房地产开发投资后，固定资产投资增长3%."""
_RUN = re.compile(r"[；;]")
_STOP = re.compile(r"[。！？!?\n]")
_SPAN = re.compile(r"(?:^|[，,：:])\s*(?:这|过去|近|前|今后)?(?:[二三四五六七八九十两]|1?[0-9])年来?(?![，,：:前来的])")
"""Matches a number of years at the start of a clause, tied to what follows: 五年 in 五年完成投资."""
_ONE_YEAR = re.compile(r"[0-9０-９]{4}年")
_SEVERAL = re.compile(
    r"[0-9０-９一二三四五六七八九十百两几多]个?(?:自治)?(?:[省市县镇乡州旗]|区(?![域块间]))(?![级内直属市县重])"
)
"""Matches several parts of the place: 四个自治区, 18个县, 三市."""
_REGION = re.compile(r"[^，,：:、。]{2,7}(?<![全本该我])地区(?:[已在]|率先|继续|加快|完成|实现|发展)")
"""Matches a region as the subject at the start of a clause: 沿江地区已成为…."""
_SHARE = re.compile(
    r"[，,、](?:[^，,、；;。]{2,16}[%％倍番][，,、])?占(?P<of>[^，,、；;。的比\d]{2,20}?)(?:总[额量])?(?:的|比[重例]|\d|近|超)"
)
"""Matches what follows a figure and says of what it is a share, also behind its change: ，增长8%，占[全市出口]总额的31%."""
_ON_A_LIST = re.compile(r"[^，、]{0,8}名单$")
"""Matches what a list is of, at the end of a clause: 三县调出[山区县名单]."""
_REACHED = ("完成", "实现")
"""Verbs at the start of what tells more of the subject of the sentence before."""
_OUTER = re.compile(r"^.{2,8}?(?:省|自治区|自治州|市|盟)(?=..)")
"""Matches the larger place before a place: 临河市 in 临河市青禾区."""


def ending(place: str, words: MeasureWords) -> str:
    """The last character of a place, which decides the words for the whole of it; "" if there are no such words.

    It is 国 for 国务院.
    """
    if place == "国务院":
        return "国"
    return place[-1:] if any(end == place[-1:] for end, _ in words.scopes) else ""


def spoken_of(texts: Iterable[str], words: MeasureWords) -> str:
    """The ending of the place that texts speak of most as their own (全省, 我省); "" if they speak of none."""
    counts = Counter[str]()
    for text in texts:
        for end, whole in words.scopes:
            counts[end] += sum(text.count(word) for word in whole)
    best = max(counts, key=lambda end: counts[end], default="")
    return best if counts[best] else ""


@lru_cache(maxsize=64)
def whole_words(words: MeasureWords, place: str) -> tuple[str, ...]:
    """The words for the whole of a place: 全市, 临河市, 临河. If its ending is not known, those of all but the state."""
    end = ending(place, words)
    whole = [word for known, given in words.scopes for word in given if known == end or (not end and known != "国")]
    names = (place, _OUTER.sub("", place)) if len(place) > 2 else ()
    return (*(part for name in names for part in (name, name[:-1])), *whole)


def of_part(before: str, words: MeasureWords, place: str = "", *, verb: bool = False) -> bool:
    """Whether the text before a figure says that it is about a part of the place: 高新区, 省属企业, 各县.

    A part counts as the subject of a clause since the last ； but one, and anywhere in the last clauses, but not at the end
    of a clause, where it is an object. A clause that starts with the whole place (全市) ends it. `verb` says that the
    figure's words start with a verb (完成): if nothing stands before the verb, its subject is that of the text before.
    """
    *earlier, sentence = _STOP.split(before)
    *runs, run = _RUN.split(sentence)
    part = bool(runs) and _heads_a_part(runs[-1], words, place)
    if run.strip() in words.leads or (verb and not run.strip()):
        part = any(_heads_a_part(text, words, place) for text in (*runs, *earlier))
    elif runs and all(text.strip().startswith(_REACHED) for text in runs):
        part = part or any(_heads_a_part(text, words, place) for text in earlier)
    near = _COMMA.split(run)[-NEAR:]
    cut = _TOWARDS.match(near[-1]) or any(_WITHOUT.search(clause) for clause in near)
    return bool(cut) or _part_in(run, words, place, part)


def _part_in(run: str, words: MeasureWords, place: str, part: bool) -> bool:
    """Whether a figure behind this text is about a part; `part` is what the text before the text says."""
    clauses = [_ON_A_LIST.sub("", clause.strip()) for clause in _CLAUSE.split(run)]
    for k, clause in enumerate(clauses):
        if _heads_the_whole(clause, words, place):
            part = False
            continue
        most = len(clause) if k >= len(clauses) - NEAR else HEAD
        part = part or _speaks_of(clause, most, words.parts) or _speaks_of(clause, HEAD, words.actors)
        part = part or _SEVERAL.search(clause, 0, HEAD) is not None or _REGION.match(clause) is not None
        part = part or _of_another(clause, words, place)
    return part


def _heads_a_part(text: str, words: MeasureWords, place: str) -> bool:
    """Whether a part of the place is the subject of a clause, and the whole place of none."""
    clauses = _CLAUSE.split(text)
    if any(_heads_the_whole(clause, words, place) for clause in clauses):
        return False
    return any(_speaks_of(clause, HEAD, words.parts) or _REGION.match(clause.strip()) for clause in clauses)


def _heads_the_whole(clause: str, words: MeasureWords, place: str) -> bool:
    """Whether a clause starts with the whole place, also behind a time (今年全市), but not with 为全市 or 占全市."""
    head = clause.strip()[: HEAD // 2]
    return _has(head, whole_words(words, place)) and not head.startswith(("为", "对", "占", "居", "向"))


def _of_another(clause: str, words: MeasureWords, place: str) -> bool:
    """Whether a clause states a measure of a place of another level: 全国经济增长5% in the report of a city."""
    if not ending(place, words):
        return False
    others = tuple(word for _, given in words.scopes for word in given if word not in whole_words(words, place))
    if not clause.startswith(others):
        return False
    rest = words.folded(clause[max(len(word) for word in others if clause.startswith(word)) :])
    return rest.startswith((*words.by_name, *words.by_change_name))


def _speaks_of(clause: str, most: int, words: tuple[str, ...]) -> bool:
    """Whether one of the words stands in the first characters of a clause, and not at its end."""
    subject = clause.strip()[:most]
    return _has(subject[: max(len(clause.strip()) - 1, 0)], words)


def share_of_whole(after: str, words: MeasureWords, place: str = "") -> str | None:
    """Of what of the whole place the figure before `after` is said to be a share; None if that is not said.

    工业总产值 for ，占全市工业总产值的21.8%, "" for ，增长8%，占全市的65%.
    """
    said = _SHARE.match(after)
    whole = [word for word in whole_words(words, place) if said and said["of"].startswith(word)]
    return said["of"][max(map(len, whole)) :] if said and whole else None


def of_new_ones(before: str, words: MeasureWords) -> bool:
    """Whether a number counts only what was added: 市场主体2万户 in 净增企业272户、市场主体2万户."""
    clause = _COMMA.split(_RUN.split(_STOP.split(before)[-1])[-1])[-1]
    return any(item.strip().startswith(words.added) for item in clause.split("、")[:-1])


def of_years(before: str, figure: str, words: MeasureWords) -> bool:
    """Whether an amount is a total over several years: 五年完成投资3000亿元, 累计完成投资3000亿元.

    `figure` are the figure's own words up to its value. A single year (2023年, 全年) ends it, also directly before 累计.
    """
    text = _RUN.split(_STOP.split(before)[-1])[-1] + figure
    ends = [match.end() for match in _ONE_YEAR.finditer(text)]
    ends += [text.rfind(word) + len(word) for word in words.single_years if word in text]
    rest = text[max(ends, default=0) :]
    if ends and rest.startswith(words.totals):
        return False
    return _SPAN.search(rest) is not None or _has(_CLAUSE.split(rest.replace("、", ""))[-1], words.totals)


def _has(text: str, words: tuple[str, ...]) -> bool:
    """Whether a text has any of the words."""
    return any(word in text for word in words)
