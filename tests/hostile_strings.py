"""Makes hostile texts: long repetitions of characters that the patterns of the project look for.

Knows how to collect the patterns and their alphabets. Leaves what is read of the texts to the tests.
"""

from __future__ import annotations

import importlib
import pkgutil
import random
import re
from functools import cache

import workreport

WINGS = ("ingest", "analysis")
"""The wings whose patterns run over the text of a report."""
COUNT = 60
"""How many texts there are."""
HEAD = "政府工作报告\n\n各位代表：\n\n一、回顾\n\n"
"""What each text begins with."""


@cache
def alphabets() -> tuple[str, ...]:
    """The characters that each pattern names, one string for each pattern that names any; sorted, without repetitions."""
    found = set()
    for wing in WINGS:
        for info in pkgutil.walk_packages([f"{workreport.__path__[0]}/{wing}"], f"workreport.{wing}."):
            for value in vars(importlib.import_module(info.name)).values():
                if isinstance(value, re.Pattern) and isinstance(value.pattern, str):
                    named = re.sub(r"\\[a-zA-Z]|\(\?[a-zA-Z<>=!:]*|[\\|+*?^$(){}\[\]]", "", value.pattern)
                    found.add(
                        "".join(
                            sorted(
                                {*named, *("1" if r"\d" in value.pattern or "0-9" in value.pattern else "")} - {"\n"}
                            )
                        )
                    )
    return tuple(sorted(found - {""}))


@cache
def units() -> tuple[str, ...]:
    """What the texts repeat: one to five characters of one pattern or of two, in an order that stays the same."""
    chance = random.Random("units")
    made: dict[str, None] = {}
    while len(made) < COUNT:
        letters = "".join(chance.choice(alphabets()) for _ in range(chance.choice((1, 1, 2))))
        made["".join(chance.choice(letters) for _ in range(chance.randint(1, 5)))] = None
    return tuple(made)


def text(unit: str, length: int, end: str = "。") -> str:
    """A report whose only sentence repeats `unit` up to a length in characters."""
    return HEAD + (unit * (length // len(unit) + 1))[:length] + end + "\n"
