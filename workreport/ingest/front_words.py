"""Knows the words by which the lines before a report are recognised: offices, false city names, buttons of web pages.

Leaves loading the words to `analysis.vocabulary`.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass
from functools import cached_property


@dataclass(frozen=True)
class FrontWords:
    """Words of the lines before a report; an empty field matches nothing.

    `offices` are offices of a speaker (区长). `no_cities` are words of two characters that end with 市 but name no city
    (超市). The others are for web pages: `buttons` are whole lines (打印), `openings` begin a button's line (分享到),
    and `labels` precede a colon or start a text in brackets (【字号：大】).
    """

    offices: tuple[str, ...] = ()
    no_cities: frozenset[str] = frozenset()
    buttons: tuple[str, ...] = ()
    openings: tuple[str, ...] = ()
    labels: tuple[str, ...] = ()

    @cached_property
    def office(self) -> re.Pattern[str]:
        """Matches a line that names a speaker (清水区人民政府区长 李 四): groups `before`, `office`, `name`."""
        return re.compile(
            rf"(?P<before>[^，。；：、]{{0,16}}?)(?P<office>(?:代|代理)?(?:{_either(self.offices)}))"
            r"[ 　]*(?P<name>[一-鿿·][一-鿿· 　]{1,10})$"
        )

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
