"""Knows how the command line is read: argparse, with its help and its errors in the user's language.

Leaves the options to the commands.
"""

from __future__ import annotations

import argparse
import difflib
import re
import sys
from collections.abc import Callable
from typing import Any, NoReturn

_HEADINGS = ("usage:", "positional arguments:", "options:")
"""The headings of argparse's help texts."""
_CHOICE = re.compile(r"invalid choice: '(?P<given>[^']*)' \(choose from (?P<known>.*)\)")


class CommandParser(argparse.ArgumentParser):
    """A parser that translates help texts (Chinese) by `translate`, and argparse's own words (English) by `own_words`."""

    translate: Callable[[str], str] = staticmethod(str)
    own_words: Callable[[str], str] = staticmethod(str)

    def __init__(self, *arguments: Any, **options: Any) -> None:
        for key in ("description", "epilog"):
            if options.get(key):
                options[key] = self.translate(options[key])
        options["add_help"] = False  # `--help` is added below, with a help text in the user's language
        super().__init__(*arguments, **options)
        self.add_argument("-h", "--help", action="help", help="显示这段说明")

    def add_argument(self, *names: Any, **options: Any) -> argparse.Action:
        """Add an argument, as argparse does, with its help translated."""
        if options.get("help"):
            options["help"] = self.translate(options["help"])
        return super().add_argument(*names, **options)

    def format_help(self) -> str:
        """Return the help text with its headings translated."""
        return self._with_headings(super().format_help())

    def format_usage(self) -> str:
        """Return the usage with its heading translated."""
        return self._with_headings(super().format_usage())

    def _with_headings(self, text: str) -> str:
        for heading in _HEADINGS:
            text = re.sub(f"^{heading}", self.own_words(heading), text, count=1, flags=re.MULTILINE)
        return text

    def error(self, message: str) -> NoReturn:
        """Print usage, what is wrong, and the nearest right word; exit with 2."""
        near = ""
        if found := _CHOICE.search(message):
            known = re.findall(r"[\w-]+", found["known"])
            close = difflib.get_close_matches(found["given"], known, 1, 0.5)
            near = self.translate(f"最接近的是 {close[0]}。") if close else ""
        self.print_usage(sys.stderr)
        end = self.translate("。") if near else ""
        self.exit(2, f"{self.prog}: {self.own_words(message)}{end}{near}\n")


def parser_class(translate: Callable[[str], str], own_words: Callable[[str], str]) -> type[CommandParser]:
    """Return the class of parsers that speak one language."""
    members = {"translate": staticmethod(translate), "own_words": staticmethod(own_words)}
    return type("CommandParser", (CommandParser,), members)
