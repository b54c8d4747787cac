"""Knows which faults the words of a report show: contradictions, passages that occur twice, doubled characters, marks.

Leaves the numbers of headings to `numbering_faults`.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from functools import lru_cache

from workreport.analysis.fault_case import FaultCase, han
from workreport.analysis.vocabulary import Vocabulary
from workreport.ingest.headings import NUMERAL, number_of
from workreport.model import Confidence, Fault, Section

SHORTEST_REPORT = 5000
"""Fewest characters of a text that is as long as a report: the shortest one of the State Council (1975) has so many."""
SURE_REPETITION = 200
"""A repeated passage of so many characters is surely a wrong paste; a shorter one may be meant."""
SHORTEST_PARAGRAPH = 15
"""The shortest paragraph that is reported when it occurs twice in a row."""
LONG_PARAGRAPH = 40
"""The shortest paragraph that is reported when it occurs twice anywhere."""
BEFORE = 16
"""The characters before a cited session that may say that it is still to come."""

_OWNER = "全国|国务院|自治区|自治州|自治县|[省市区县州旗盟]"
_SESSION = re.compile(
    rf"(?P<owner>{_OWNER})?第?(?P<term>{NUMERAL}{{1,3}})届(?P<owner2>{_OWNER})?(?:人民代表大会|人大)第?(?P<session>{NUMERAL}{{1,2}})次会议"
)
_DECIDED = re.compile("确定|提出|通过|审议|决议|目标|批准|部署")
_TO_COME = re.compile("将|拟|提请|提交|报请|待|迎接|筹备|准备|召开")
_LEVEL_WORDS: tuple[tuple[str, str], ...] = (
    ("国家", "国"), ("中央", "国"), ("国", "国"), ("部", "国"), ("自治区", "省"), ("直辖市", "省"), ("省", "省"),
    ("自治州", "市"), ("市", "市"), ("地", "市"), ("州", "市"), ("盟", "市"), ("区", "县"), ("县", "县"), ("旗", "县"),
    ("街道", "乡"), ("乡", "乡"), ("镇", "乡"), ("街", "乡"), ("社区", "村"), ("村居", "村"), ("村", "村"), ("组", "组"),
)  # fmt: skip
"""Words for levels of government, each with the level it belongs to; a longer word precedes one that it begins with."""
_LEVEL = "|".join(word for word, _ in _LEVEL_WORDS)
_LEVELS = re.compile(
    rf"(?P<list>(?:(?:{_LEVEL})[、和与及（）()]{{0,2}}){{2,12}})(?P<n>[两二三四五六])级"
    r"(?![甲乙丙以及等]?(?:医|甲|乙|公|中医|综合|专科|以上|航道|响应|资质|保护|等|标准|河流|水质|风险|公路|路))"
)
_PROVINCES = re.compile(r"省、市、自治区|省、自治区、(?:直辖)?市|省[（(]区、市[）)]|省区市|省市区")
"""The first level below the state in one phrase, which counts as one level or as three."""
_LEVEL_WORD = re.compile(_LEVEL)
_PART_OF_WORD = re.compile(
    r"[园城地社山景小片湾新灾街校厂库牧林矿特港辖]区|[城都超门夜股楼集上]市|(?:全|我|本|该|各|外|干)[国省市区县州盟旗部地]|[土基各当本]地"
)
"""A word whose last character is no level of its own: 园区, 城市, 全省, 土地."""
_BATCHES = re.compile(
    rf"[“‘]?(?P<n>{NUMERAL}{{1,2}})个一批[”’]?(?P<list>(?:[，：、；]?[一-鿿]{{2,8}}一批(?=[^一-鿿]|[一-鿿]))+)"
)
_WISH = re.compile(r"(?<![全努奋大合竭])力争")
"""Matches 力争, but not 全力争取. 争取到 tells what was won, 有望 what is not yet counted at the end of the year."""
_REVIEW = re.compile(r"回顾|过去[一二三四五]年|主要成绩|工作情况")
_DOUBLED = re.compile(r"([的了和与及街])\1")
_MARKS = {"“": "”", "（": "）", "《": "》", "【": "】", "〔": "〕"}
_ENUMERATED = re.compile(r"(?:^|(?<!（)[\s，。；：、])[0-9０-９a-zA-Z一二三四五六七八九十]{1,3}）")


def impossible_sessions(case: FaultCase) -> Iterable[Fault]:
    """Find a decision, said to be taken by a later session of the same congress than the one the report is given to.

    A session that is to come (将提请…第三次会议审议) is no fault; neither is one of another congress: 省 in a report of a
    city, 全国 in a report of a province.
    """
    own = next(_SESSION.finditer(case.meta.meeting), None)
    if own is None:
        return
    mine, of = _owner(own["owner"] or own["owner2"] or ""), (number_of(own["term"]), number_of(own["session"]))
    for s in case.original_sentences():
        for found in _SESSION.finditer(s.text) if s.section and "次会议" in s.text else ():
            cited = _owner(found["owner"] or found["owner2"] or "")
            when = (number_of(found["term"]), number_of(found["session"]))
            before, after = (
                s.text[max(found.start() - BEFORE, 0) : found.start()],
                s.text[found.end() : found.end() + 12],
            )
            if when <= of or _TO_COME.search(before) or after.startswith(("将", "上将")) or not _DECIDED.search(after):
                continue
            if cited and mine and cited != mine:
                continue
            note = f"与题头不合：本报告向“{case.meta.meeting}”作，不能回应更晚的“{found[0]}”；两处必有一误"
            # A city may cite the congress of a higher city, whose number is far from its own.
            sure: Confidence = "certain" if cited and cited == mine and when[0] - of[0] <= 1 else "medium"
            yield case.fault("contradiction", s.start + found.start(), s.start + found.end(), note, sure)


def _owner(word: str) -> str:
    """The congress that a word names, by its last character: 自治州 and 州 are one; 国务院 is that of the whole country."""
    return "国" if word in ("全国", "国务院") else word[-1:]


def wrong_level_counts(case: FaultCase) -> Iterable[Fault]:
    """Find a wrong count of levels of government: 省市三级 lists two levels and says three.

    区县 and 乡镇 may count as one level or as two.
    """
    for s in case.original_sentences():
        for found in _LEVELS.finditer(s.text) if "级" in s.text else ():
            words = [m[0] for m in _LEVEL_WORD.finditer(found["list"])]
            said, most = number_of(found["n"]), len(words)
            fewest = _LEVEL_WORD.findall(_PROVINCES.sub("省", found["list"]))
            least = len({level for word in fewest for name, level in _LEVEL_WORDS if name == word})
            before = case.text.body[max(s.start + found.start() - 4, 0) : s.start + found.start()].rstrip()
            torn = _LEVEL_WORD.search(before) is not None or before.endswith("、")
            if least <= said <= most or torn or _PART_OF_WORD.match(s.text, max(found.start() - 1, 0)):
                continue
            shown = f"{han(most)}级" if least == most else f"{han(least)}至{han(most)}级"
            note = f"列出{shown}（{'、'.join(words)}），却称{found['n']}级"
            yield case.fault("contradiction", s.start + found.start(), s.start + found.end(), note, "high")


def wrong_batch_counts(case: FaultCase) -> Iterable[Fault]:
    """Find “四个一批” with another number of 一批 right behind it: 储备一批、开工一批、建成一批. It may be the name of a plan."""
    for s in case.original_sentences():
        for found in _BATCHES.finditer(s.text) if "个一批" in s.text else ():
            listed, said = found["list"].count("一批"), number_of(found["n"])
            if listed >= 2 and listed != said:
                end = s.start + found.start("list")
                note = f"称{found['n']}个一批，其后列出{han(listed)}个"
                yield case.fault("announced", s.start + found.start(), end, note, "medium")


def lost_text(case: FaultCase) -> Iterable[Fault]:
    """Find the places where the copy of a passage replaced text. The fault is just before the copy.

    In an appendix a passage may repeat the report on purpose, so nothing need be lost there.
    """
    annexed = _appendices(case)
    for r in case.repeated:
        if r.lost and r.end - r.start >= SURE_REPETITION and not r.start >= annexed > r.of:
            a = max(r.start - 8, case.text.body.rfind("\n", 0, r.start) + 1)
            note = f"此处原文中断：其后 {r.end - r.start} 字与前文重复，盖住了原有文字；缺多少不能确知"
            yield case.fault("lost", a, r.start, note, "certain")


def _appendices(case: FaultCase) -> int:
    """Where the first appendix starts; the end of the text without one."""
    return min((s.start for s in case.outline.sections if s.id.startswith("a")), default=len(case.text.body))


def repeated_text(case: FaultCase) -> Iterable[Fault]:
    """Find passages and paragraphs that occur twice. In an appendix a passage may repeat the report on purpose."""
    annexed = _appendices(case)
    for r in case.repeated:
        long = r.end - r.start >= SURE_REPETITION and not (r.start >= annexed > r.of)
        note = f"与前文重复的 {r.end - r.start} 字，疑为排版时误贴"
        yield case.fault("repeated", r.start, r.end, note, "certain" if long else "medium")
    yield from _repeated_paragraphs(case, annexed)


def _repeated_paragraphs(case: FaultCase, annexed: int) -> Iterator[Fault]:
    """Find paragraphs above `annexed` that occur a second time, very likely ones where they stand next to each other."""
    before, seen = "", set[str]()
    for section in case.outline.walk():
        for p in section.paragraphs:
            words = case.text.body[p.start : p.end]
            if (
                len(words) >= SHORTEST_PARAGRAPH
                and p.role == "text"
                and not p.sentences[0].in_copy
                and p.end <= annexed
            ):
                note = f"与前文一段一字不差的 {len(words)} 字，疑为重复"
                if words == before:
                    yield case.fault("repeated", p.start, p.end, note, "high")
                elif words in seen and len(words) >= LONG_PARAGRAPH:
                    yield case.fault("repeated", p.start, p.end, note, "medium")
                seen.add(words)
            before = words


def doubled(case: FaultCase) -> Iterable[Fault]:
    """Find characters doubled by mistake: 的的, 街街. Only the publisher sees them."""
    for s in case.original_sentences():
        for found in doubled_characters(s.text, case.words):
            a, b = max(found.start() - 4, 0), min(found.end() + 4, len(s.text))
            yield case.fault("doubled", s.start + a, s.start + b, f"“{found[1]}”字叠出，疑多一字", "medium")


def has_doubled(text: str) -> bool:
    """Whether a text has a doubled character that could be a mistake; the vocabulary may still allow it."""
    return _DOUBLED.search(text) is not None


def doubled_characters(text: str, words: Vocabulary) -> Iterator[re.Match[str]]:
    """Find doubled characters that no word of the role doubled allows. Each match has both characters."""
    for found in _DOUBLED.finditer(text):
        if not _correct_doubling(words).search(text[max(found.start() - 2, 0) : found.end() + 2]):
            yield found


@lru_cache(maxsize=4)
def _correct_doubling(words: Vocabulary) -> re.Pattern[str]:
    """The pattern of correct doubling: a word of the role doubled (目的的, 和和睦)."""
    return re.compile(words.pattern("doubled"))


def wishes(case: FaultCase) -> Iterable[Fault]:
    """Find 力争 in a review of past work: it introduces a target, or the text is wrong. Only the publisher sees it."""
    review: set[str] = set()
    for section in case.outline.sections:
        if _REVIEW.search(section.title):
            review |= {s.id for s in section.walk()}
    for s in case.original_sentences():
        if s.section in review and not s.heading:
            for found in _WISH.finditer(s.text):
                stop = next((i for i in range(found.start(), len(s.text)) if s.text[i] in "，；。"), len(s.text))
                note = "工作回顾里出现对将来的说法；或是目标，或是文字有误"
                yield case.fault("tense", s.start + found.start(), s.start + stop, note, "low")


def unpaired_marks(case: FaultCase) -> Iterable[Fault]:
    """Find quotation marks and brackets without a partner in a paragraph. Only the publisher sees them.

    Half-width brackets count as full-width. No fault: 1）, and a section whose paragraphs have all partners together.
    """
    for section in case.outline.walk():
        texts = [_comparable(case.text.body[p.start : p.end]) for p in section.paragraphs]
        for opening, closing in _MARKS.items():
            if sum(text.count(opening) - text.count(closing) for text in texts) != 0:
                yield from _unpaired(case, section, texts, opening, closing)


def _unpaired(case: FaultCase, section: Section, texts: list[str], opening: str, closing: str) -> Iterator[Fault]:
    """The paragraphs of a section that have more opening than closing marks, or fewer; `texts` are the comparable ones."""
    for paragraph, words in zip(section.paragraphs, texts, strict=True):
        left, right = words.count(opening), words.count(closing)
        if left != right:
            at = words.rfind(opening) if left > right else words.find(closing)
            a, b = paragraph.start + max(at - 4, 0), paragraph.start + min(at + 8, len(words))
            yield case.fault("marks", a, b, f"“{opening}”{left} 个、“{closing}”{right} 个，不成对", "medium")


def _comparable(words: str) -> str:
    """The text with full-width brackets, and with a point for the bracket of 1）; its length stays."""
    wide = words.replace("(", "（").replace(")", "）")
    return _ENUMERATED.sub(lambda m: m[0][:-1] + ".", wide) if "）" in wide else wide


def strangers(case: FaultCase) -> Iterable[Fault]:
    """Find a text that has at most one of five signs of a work report. Only the publisher sees it."""
    roles = {p.role for p in case.outline.front}
    signs = (
        "title" in roles,
        "salutation" in roles or "各位代表" in case.text.body,
        sum(1 for s in case.outline.walk() if s.number) >= 2,
        bool(case.meta.speaker),
        len(case.text.body) >= SHORTEST_REPORT,
    )
    first = next(iter(case.outline.sentences()), None)
    if sum(signs) <= 1 and first:
        told = "没有读出题头、称呼、报告人和带序号的章节；这也许不是政府工作报告"
        yield case.fault("stranger", first.start, first.end, told, "medium")
