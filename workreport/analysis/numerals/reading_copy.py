"""Knows what is left out of a text before its figures are read: note marks, invisible characters, spaces beside numbers.

Every character that stays leads back to its place in the text as written, so that a quote keeps the exact characters.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from typing import NamedTuple

from workreport.analysis.numerals.characters import PLAIN, plain

_SUPERSCRIPTS = "⁰¹²³⁴⁵⁶⁷⁸⁹"
_CIRCLED = "①-⑳㉑-㉟㊱-㊿❶-❿"
_SPACES = " \u00a0\u1680\u2000-\u200a\u202f\u205f\u3000"
_INVISIBLE = "\u00ad\u034f\u061c\u180e\u200b-\u200f\u202a-\u202e\u2060-\u206f\ufe00-\ufe0f\ufeff"
_LEFT_OUT = rf"{_SPACES}{_INVISIBLE}{_SUPERSCRIPTS}{_CIRCLED}\[［〔【﹝<⁽"
_ODD = re.compile(f"[{_LEFT_OUT}]")
_UNUSUAL = re.compile(f"[{_LEFT_OUT}{re.escape(''.join(map(chr, PLAIN)))}]")
_BETWEEN = re.compile(
    r"，[0-9][0-9][0-9](?<=[0-9]，...)|、(?<=[一二三四五六七八两]、)[二三四五六七八九]"
    r"|（(?:注?[0-9]|下同|详?见|附)|\((?:注?[0-9]|下同|详?见|附)"
)
"""A text without an unusual character and a match of this is read as it stands."""

# a mark that leads to a note: [5] ［5］ 〔5〕 【8】 [^5] [注3] <sup>5</sup> ① ¹², （详见附件2第4项）, and after a word also (1) （注2）
_NOTE_MARK = re.compile(
    rf"""<sup>[^<>]{{1,8}}</sup> | ⁽[{_SUPERSCRIPTS}]{{1,3}}⁾
       | [\[［〔【﹝] [{_SPACES}]? \^? 附?注? (?: [\d{_SUPERSCRIPTS}]{{1,3}} (?: [,，、~–—-] \d{{1,3}} ){{0,4}} | [{_CIRCLED}] ) [{_SPACES}]? [\]］〕】﹞]
       | [（(](?:下同|(?:详?见)?(?:附[件表录图注]|后附)[\d一二三四五六七八九十]{{0,2}}(?:第[\d一二三四五六七八九十]{{1,3}}[项条页号])?)[)）]
       | (?<=[\u4e00-\u9fff”》」%‰A-Za-z]) [（(] 注? [1-9]\d? [)）]
       | (?<=[\u4e00-\u9fff”》」%‰A-Za-z\d)）]) 注? [{_CIRCLED}] | [{_CIRCLED}]
       | (?<![a-z米{_SUPERSCRIPTS}]) (?<![×xX*]10) (?<!(?<![\d.])10) [{_SUPERSCRIPTS}]+  # but no exponent: km², 元/米³, ×10⁴, 10⁴
       | (?<=米) (?![²³](?![{_SUPERSCRIPTS}])) [{_SUPERSCRIPTS}]+
    """,
    re.VERBOSE,
)
_UNSEEN = re.compile(rf"[{_INVISIBLE}]+")
_SPACE = re.compile(rf"[{_SPACES}]+")
# digits with single spaces between them: 7 4 7 7 2, 2 684.83
_SPACED_DIGITS = re.compile(rf"(?<![\d.A-Za-z第])[\d.,]+(?:[{_SPACES}][\d.,]+)+")
# single Chinese characters with spaces between them: 个 百 分 点
_SPACED_WORDS = re.compile(
    rf"(?<![\u4e00-\u9fff])[\u4e00-\u9fff](?:[{_SPACES}][\u4e00-\u9fff](?![\u4e00-\u9fff])){{2,}}"
)
# a unit behind a number with a space inside: 0.4个百 分点
_SPACED_UNIT = re.compile(rf"(?<=\d)(?:[{_SPACES}]?[\u4e00-\u9fff]){{2,7}}")
# a verb of change with a space inside or before it, directly before its number: 增 长 22, 同比 增长7.2
_SPACED_VERB = re.compile(
    rf"(?:(?<=[\u4e00-\u9fff])(?P<before>[{_SPACES}]+))?[增下提减上回](?P<inside>[{_SPACES}]*)[长降加高少升落](?=[{_SPACES}]?\d)"
)
_SENTENCE = re.compile("[，。；]")
_CELLS = re.compile(r"\t *-?[\d.,%]+ *\t *-?[\d.,]")
"""Two numbers in neighbouring cells of a table. Other tabs in a sentence are spaces."""
_UNITS = (
    "亿千瓦时", "万千瓦时", "个百分点", "平方公里", "亿美元", "万美元", "万人次", "万千瓦", "平方米", "立方米", "百分点", "亿元",
    "万元", "万人", "万户", "万吨", "万亩", "亿斤", "万斤", "千瓦", "公里", "公顷", "亿吨",
)  # fmt: skip
_IN_THREES = re.compile(r"\d{1,3}(?: \d{3})+(?:\.\d+)?|\d{1,3}(?: ?, ?\d{3})+(?:\.\d+)?")
_IN_TWO = re.compile(r"\d+(?: ?\. ?\d+|\. \d+| \.\d+)|(?!(?:1[89]|20)\d\d )\d{1,3} \d+(?:\.\d+)?")
_SCANNED = re.compile(r"(?!\d\.\d )\d(?: \d)*(?: ?\. ?\d(?: \d)*)?")
_WIDE_COMMA = re.compile(r"(?<![\d.A-Za-z第])\d{1,3}(?:，\d{3})+(?![\d年])")
"""A number whose thousands are set off by full-width commas: 3，120."""
# two digits in succession that say about how many, with a mark between them: 七、八千, 三、四个; no list: 第七、八百
_PAIR = re.compile(r"(?<![第、])(?:一、二|二、三|三、四|四、五|五、六|六、七|七、八|八、九|两、三)(?=[十百千万亿个])")
_WORDS = re.compile(r"[\u4e00-\u9fff\d.%]{5}[\u4e00-\u9fff][\u4e00-\u9fff][\u4e00-\u9fff\d]")
_NUMERAL = frozenset("零〇一二三四五六七八九十百千万亿两")


class ReadingCopy(NamedTuple):
    """A text prepared for reading.

    `text` is the text `written` in plain characters, without what is left out. `places` has the index in `written` of each
    character of `text`; it is None if nothing is left out. `notes` is the number of note marks left out.
    """

    text: str
    written: str
    places: tuple[int, ...] | None = None
    notes: int = 0

    @classmethod
    def of(cls, written: str) -> ReadingCopy:
        """Make the copy of a text.

        >>> ReadingCopy.of("“四上”企业①达到\\u00a02 361\\u200b家[5]，增长 5.6 %").text
        '“四上”企业达到2361家，增长5.6%'
        """
        if "\t" not in written and _UNUSUAL.search(written) is None and _BETWEEN.search(written) is None:
            return cls(written, written)
        text = plain(written)
        if "\t" in text and _SENTENCE.search(text) and not _CELLS.search(text):
            text = text.replace("\t", " ")
        if _ODD.search(text) is None and _BETWEEN.search(text) is None:
            return cls(text, written)
        for found in _WIDE_COMMA.finditer(text):
            text = text[: found.start()] + found[0].replace("，", ",") + text[found.end() :]
        marks = [m.span() for m in _NOTE_MARK.finditer(text)]
        text, places = _without(
            text, range(len(text)), [*marks, *(m.span() for m in _UNSEEN.finditer(text)), *_pair_marks(text)]
        )
        text, places = _without(text, places, _needless_spaces(text))
        return cls(text, written, tuple(places) if len(text) < len(written) else None, len(marks))

    def source(self, start: int, end: int) -> tuple[int, int]:
        """The span in `written` of text[start:end], from its first character to its last."""
        if self.places is None or start >= end:
            return (start, end) if self.places is None else (self.places[start],) * 2
        return self.places[start], self.places[end - 1] + 1


def _pair_marks(text: str) -> list[tuple[int, int]]:
    """The spans of 、 between the two digits of a pair: 七、八千. At the start of a text they number an item: 一、二十条."""
    return [(m.start() + 1, m.start() + 2) for m in _PAIR.finditer(text) if m.start() > 1]


def _without(text: str, places: Iterable[int], spans: Iterable[tuple[int, int]]) -> tuple[str, list[int]]:
    """The text without these spans, and the places of the characters that stay."""
    kept, held, at = list(places), list[str](), 0
    ordered = sorted(spans)
    if not ordered:
        return text, kept
    left: list[int] = []
    for start, end in ordered:
        held.append(text[at:start])
        left += kept[at:start]
        at = max(at, end)
    held.append(text[at:])
    return "".join(held), left + kept[at:]


def _needless_spaces(text: str) -> list[tuple[int, int]]:
    """The spans of spaces that separate nothing: within a number, and beside a number or a punctuation mark."""
    if _SPACE.search(text) is None:
        return []
    joined: set[int] = set()
    apart: set[int] = set()
    for chain in _SPACED_DIGITS.finditer(text):
        inside = {chain.start() + k for k, c in enumerate(chain[0]) if not (c.isdigit() or c in ".,")}
        item = chain.start() <= 1 and re.match(rf"\d+\.[{_SPACES}]", chain[0]) is not None  # 2. 5家企业
        (joined if _one_number(chain[0]) and not item else apart).update(inside)
    for chain in _SPACED_WORDS.finditer(text):
        joined.update(chain.start() + k for k, c in enumerate(chain[0]) if not "\u4e00" <= c <= "\u9fff")
    for verb in _SPACED_VERB.finditer(text):
        joined.update((verb.start("before"), verb.start("inside")))
    for chain in _SPACED_UNIT.finditer(text):
        bare = _SPACE.sub("", chain[0])
        powers = len(bare) - len(bare.lstrip("十百千万亿"))
        if unit := next((u for u in _UNITS if bare.startswith((u, bare[:powers] + u))), ""):
            size = len(unit) + (0 if bare.startswith(unit) else powers)
            spaces = [k for k, c in enumerate(chain[0]) if not "\u4e00" <= c <= "\u9fff"]
            joined.update(chain.start() + k for at, k in enumerate(spaces) if k - at < size)
    return [
        m.span()
        for m in _SPACE.finditer(text)
        if m.start() in joined
        or (m.start() not in apart and _beside_number(text, m.start(), m.end()))
        or _inside_word(text, m.start(), m.end())
    ]


def _inside_word(text: str, start: int, end: int) -> bool:
    """Whether a single space stands between Chinese characters in the middle of a clause, as from a broken line: 增 长10%.

    After fewer than six characters of a clause it may set off a heading or a name.
    """
    before, after = text[max(start - 6, 0) : start], text[end : end + 2]
    return end - start == 1 and len(before) == 6 and len(after) == 2 and _WORDS.fullmatch(before + after) is not None


def _one_number(chain: str) -> bool:
    """Whether digits with spaces between them are one number.

    >>> [_one_number(chain) for chain in ("7 4 7 7 2", "2 684.83", "1 5 .3", "35 6.8", "5.1 3", "12 34 56")]
    [True, True, True, True, False, False]
    """
    bare = _SPACE.sub(" ", chain)
    return any(pattern.fullmatch(bare) for pattern in (_IN_THREES, _IN_TWO, _SCANNED))


def _beside_number(text: str, start: int, end: int) -> bool:
    """Whether text[start:end], which is space, stands beside a number or a mark, and no word needs it."""
    before, after = text[start - 1 : start], text[end : end + 1]
    if not before or not after or "\n" in (before, after) or "\t" in (before, after):
        return False
    if before in _NUMERAL and after in _NUMERAL:
        return True
    if before.isascii() and before.isalpha():  # CPI 2.1%: joined, it would be a code
        return not after.isalnum()
    if before.isdigit() and after.isdigit():  # PM2.5 26微克
        return False
    return before.isdigit() or after.isdigit() or not (before.isalnum() and after.isalnum())
