"""Knows the words that the front of a report is recognised by: offices, words that only look like cities, buttons.

Leaves where the words come from to the caller.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass
from functools import cached_property


@dataclass(frozen=True)
class FrontWords:
    """Words at the front of a report.

    `offices` are titles of a speaker (区长); `no_cities` end with 市 and name no city (超市). In a web page, `buttons` are
    whole lines (打印), `openings` begin a line (分享到), and `labels` stand before a colon or inside brackets (字号).
    """

    offices: tuple[str, ...] = ()
    no_cities: frozenset[str] = frozenset()
    buttons: tuple[str, ...] = ()
    openings: tuple[str, ...] = ()
    labels: tuple[str, ...] = ()

    @cached_property
    def office(self) -> re.Pattern[str]:
        """A line that names a speaker: groups `before`, `office`, `name`."""
        return re.compile(
            rf"(?P<before>[^，。；：、]{{0,16}}?)(?P<office>(?:代|代理)?(?:{_either(self.offices)}))"
            r"[ 　]*(?P<name>[一-鿿·][一-鿿· 　]{1,10})$"
        )

    @cached_property
    def button(self) -> re.Pattern[str]:
        """A whole line that is a button of a web page; a colon may be of either width."""
        buttons = _either(self.buttons).replace("：", "[:：]")
        labels = _either(self.labels)
        return re.compile(
            rf"{buttons}|(?:{_either(self.openings)}).{{0,12}}"
            rf"|[【\[]?(?:{labels})[:：].{{0,12}}|[【\[](?:{labels}).*[】\]]"
        )


def _either(words: Iterable[str]) -> str:
    """An alternation that takes the longest word and matches nothing where there is none."""
    return "|".join(re.escape(word) for word in sorted(words, key=lambda word: (-len(word), word))) or r"(?!)"
