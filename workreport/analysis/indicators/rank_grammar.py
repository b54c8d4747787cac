"""Knows the patterns of ranks that are made of words of the vocabulary: scopes, places, and words for the first of a kind.

Leaves the other patterns of a sentence to `grammar`, and the meaning of a match to the modules that use them.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

from workreport.analysis.vocabulary import Vocabulary

LONGEST_SCOPE = 20
"""Most characters of a scope."""
_ALSO_IN_WORDS = "县市区镇省港"
"""Members of one character, which also start longer words: 县级."""
_COUNT = r"(?:各|(?:\d{1,3}|[一二三四五六七八九十百]{1,3})个|[二三四五六七八九十]{1,2}大|[二三四五六七八九十]{1,2}(?=[省市县区州盟旗]))?"
_NUMERALS = "一二三四五六七八九十百零〇"
_NUMBER = rf"(?:\d{{1,3}}|[{_NUMERALS}]{{1,6}})"
_STRONG = r"(?<!\d)(?:\d{1,2}|[123]00|[二三五]?十|[二三]?百|千)强"
_END = r"(?=[，。；：、！？（）)\]”并且及和与]|$)"


@dataclass(frozen=True, slots=True, eq=False)
class RankGrammar:
    """The patterns of ranks of a vocabulary; made by `rank_grammar_of`.

    `scope` is a whole scope (全国非省会城市), `scope_end` one at the end of a text, `scope_last` the characters that
    one may end with, `area` a region alone (全国), `place` a rank at the end of its phrase, `first` a
    word before a thing (首个, 最大, 率先), `ahead` a verb with the scope behind it (领跑全省), `chosen` the end of a text that
    says that something was chosen (入选). `members` are the things that a list of the best may have (城市, 企业). A text in
    which `hint` is not found has no `place`, `first` or `ahead`.
    """

    scope: re.Pattern[str]
    scope_end: re.Pattern[str]
    scope_last: frozenset[str]
    area: re.Pattern[str]
    members: re.Pattern[str]
    hint: re.Pattern[str]
    place: re.Pattern[str]
    first: re.Pattern[str]
    ahead: re.Pattern[str]

    def scope_at_end(self, text: str) -> int:
        """The length of the longest scope that a text ends with; 0 if there is none."""
        if text[-1:] not in self.scope_last:
            return 0
        match = self.scope_end.search(text, max(len(text) - LONGEST_SCOPE, 0))
        size = len(text) - match.start() if match else 0
        return size if size > 1 else 0

    def counted_scope(self, text: str, number: int, end: int) -> int:
        """The end of a scope with the number text[number:end] before a rank, 全市9个县区[之首], or of a rank 4—6位; else 0."""
        size = self.scope_at_end(text[max(number - LONGEST_SCOPE, 0) : number])
        if not size:
            return 0
        if text.startswith("位", end) and self.place.match(text, number):
            return end + 1
        stops = range(end + 1, min(end + LONGEST_SCOPE, len(text)))
        return next(
            (e for e in stops if self.scope.fullmatch(text, number - size, e) and self.place.match(text, e)), 0
        )  # fmt: skip

    def scope_at_start(self, text: str) -> int:
        """The length of the longest scope that a text starts with; 0 if there is none."""
        for size in range(min(LONGEST_SCOPE, len(text)), 1, -1):
            if self.scope.fullmatch(text, 0, size):
                area = self.area.match(text) if size < len(text) and text[size - 1] in _ALSO_IN_WORDS else None
                return area.end() if area and area.end() == size - 1 else size  # 全国|县级财政, not 全国县|级财政
        return 0


def rank_grammar_of(words: Vocabulary) -> RankGrammar:
    """Compile the patterns of ranks of a vocabulary."""
    area, kind, member = (f"(?:{words.pattern(role)})" for role in ("scope", "scope-kind", "scope-member"))
    scope = rf"(?:{area}(?:的|内)?{_COUNT}(?:非?{kind}{{0,3}}{member})?|非?{kind}{{1,3}}{member})"
    most = words.pattern("superlative")
    return RankGrammar(
        scope=re.compile(scope),
        scope_end=re.compile(rf"{scope}\Z"),
        scope_last=frozenset("的内各个大") | {w[-1] for role in ("scope", "scope-member") for w in words.of(role)},
        area=re.compile(area),
        members=re.compile(rf"{member}$"),
        hint=re.compile(
            rf"第[\d{_NUMERALS}]|首位|首(?<=[榜之]首)|前[列茅\d{_NUMERALS}]|末位|率先|领[先跑]|连冠|强(?<=[\d十百千]强)|—\d|–\d|-\d"
            rf"|{most}|{words.pattern('first')}"
        ),
        place=re.compile(
            rf"""(?: (?P<nth>“?双第一”?|第[一二三](?:方阵|梯队|方队|阵营)|第{_NUMBER})(?:[位名](?!数))?
                   | (?P<among>\d{{1,2}}[—–-]\d{{1,2}}(?=位)|“?[二三四五六七八九十]{{1,2}}连冠”?)位?
                   | (?P<vague>首位|榜首|前列|前茅|末位|之首)(?:水平|地位|位置|行列)?
                   | (?P<lead>领先)(?:水平|地位|位置|行列)?(?!的)
                   | (?P<most>{most})(?:水平)?(?!的)
                   | (?P<top>前{_NUMBER})[强位名]?
                   | (?P<strong>{_STRONG})(?P<sort>{member})? (?:地位|位置|行列|方阵|榜单|榜|名单)? (?:持续|不断|进一步)? (?:巩固|提升)?
                 ) {_END}""",
            re.VERBOSE,
        ),
        first=re.compile(
            rf"""(?P<first>{words.pattern("first")}|第{_NUMBER}[个家座条只例单台艘])
               | (?P<most>{most})(?=的|[^，。；：、！？）”水]) | (?P<lead>率先) | (?P<ahead>领先)(?=的)""",
            re.VERBOSE,
        ),
        ahead=re.compile(rf"(?P<verb>领跑|领先)(?P<scope>{scope}){_END}"),
    )
