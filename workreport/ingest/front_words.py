"""Knows the words by which the lines before a report are recognised: offices, false city names, buttons of web pages.

Leaves loading the words to `analysis.vocabulary`.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass
from functools import cached_property

NAME = r"(?:[一-鿿㐀-䶿]{1,12}(?:[·•・∙‧⋅˙﹒●．.][一-鿿㐀-䶿]{1,14}){1,3}|[一-鿿㐀-䶿]{2,4})"
"""A name of a person: two to four characters, or the parts of a longer one with points between (莫合买提·尼亚孜)."""
_SHORTEST = NAME.replace("{2,4}", "{2,4}?")


@dataclass(frozen=True)
class FrontWords:
    """Words of the lines before a report; an empty field matches nothing.

    `offices` are offices of a speaker (区长), `documents` words
    that titles end with (统计公报). `no_cities` are words of two characters that end with 市 but name no city
    (超市). The others are for web pages: `buttons` are whole lines (打印), `openings` begin a button's line (分享到),
    and `labels` precede a colon or start a text in brackets (【字号：大】).
    """

    offices: tuple[str, ...] = ()
    documents: tuple[str, ...] = ()
    no_cities: frozenset[str] = frozenset()
    buttons: tuple[str, ...] = ()
    openings: tuple[str, ...] = ()
    labels: tuple[str, ...] = ()

    @cached_property
    def office(self) -> re.Pattern[str]:
        """Matches a compact line with an office and mostly a name (清水区人民政府区长李四): groups `before`, `office`, `name`."""
        return re.compile(
            rf"(?P<before>[^，。；：]{{0,30}}?)(?P<office>{self._office})[:：]?(?P<name>{NAME})?(?:同志)?"
        )

    @cached_property
    def office_then_name(self) -> re.Pattern[str]:
        """Matches the beginning of a sentence about the speaker: 清水区区长李四在…, 李四作政府工作报告."""
        return re.compile(
            rf"(?:(?P<before>[^，。；：]{{0,30}}?)(?P<office>{self._office}))?(?P<name>{_SHORTEST})(?:同志)?(?=在|代表|作|向)"
        )

    @cached_property
    def name_then_office(self) -> re.Pattern[str]:
        """Matches a sentence that names the speaker first: 李四区长在…; the group `before` is always empty."""
        return re.compile(rf"(?P<before>)(?P<name>{_SHORTEST})(?P<office>{self._office})(?=在|代表|作|向|所作)")

    @cached_property
    def document(self) -> re.Pattern[str]:
        """Matches the title of a document by the word that it ends with (清水区人民法院工作报告); group `before`."""
        return re.compile(rf"(?P<before>[^，。；：:！？]*)(?:{_either(self.documents)})")

    @property
    def _office(self) -> str:
        """A regular expression for an office, of a deputy or acting holder too."""
        return rf"(?:代理?|常务副|副)?(?:{_either(self.offices)})"

    @cached_property
    def button(self) -> re.Pattern[str]:
        """Matches a whole line that is a button of a web page; a colon may be full-width or half-width."""
        buttons = _either(self.buttons).replace("：", "[:：]")
        labels = _either(self.labels)
        return re.compile(
            rf"{buttons}|(?:{_either(self.openings)}).{{0,12}}"
            rf"|[【\[]?(?:{labels})[:：].{{0,12}}|[【\[](?:{labels}).*[】\]]"
        )


def _either(words: Iterable[str]) -> str:
    """Return a regular expression that matches any of the words, the longest first; without words it never matches."""
    return "|".join(re.escape(word) for word in sorted(words, key=lambda word: (-len(word), word))) or r"(?!)"
