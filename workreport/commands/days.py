"""Knows how a day is given as an option, or asked for at a terminal. Leaves what it means to the commands."""

from __future__ import annotations

import argparse
import sys
from collections.abc import Callable
from datetime import date


def day(words: str) -> date:
    """Read an option as a day. Raises ArgumentTypeError, which argparse shows.

    >>> day("2024-03-05").isoformat()
    '2024-03-05'
    """
    found = _read(words)
    if found is None:
        raise argparse.ArgumentTypeError(f"{words} 不是日期。请写作 2024-03-05")
    return found


def ask(question: str, say: Callable[[str], None]) -> date | None:
    """Ask for a day, until the answer is one; None for an empty answer, at the end of input, and where nobody is at a terminal."""
    if not (sys.stdin and sys.stdin.isatty() and sys.stdout.isatty()):
        return None
    say(question)
    while words := sys.stdin.readline().strip():
        if found := _read(words):
            return found
        say(f"{words} 不是日期。请写作 2024-03-05")
    return None


def _read(words: str) -> date | None:
    try:
        return date.fromisoformat(words)
    except ValueError:
        return None
