"""Knows the command `completion`: the script by which a shell completes this command line. Leaves making it to shtab."""

from __future__ import annotations

import argparse
import sys
from pathlib import Path

from workreport.commands.reporter import DONE

SHELLS = ("bash", "zsh", "fish", "tcsh", "powershell")
"""The shells whose scripts shtab makes."""
_FILES, _FOLDERS = ("FILE",), ("DIR", "FOLDER")
"""The names of arguments that are files, and of those that are folders."""


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Add the options of `completion`."""
    parser.add_argument("shell", choices=SHELLS, metavar="SHELL", help=f"哪一种命令行：{', '.join(SHELLS)}")


def run(options: argparse.Namespace, root: Path) -> int:
    """Print the script for a shell."""
    import shtab

    del root
    parsers: list[argparse.ArgumentParser] = [options.whole_parser]
    for parser in parsers:
        for action in parser._actions:  # noqa: SLF001 - the only list of a parser's arguments; shtab reads it too
            if isinstance(action.choices, dict):
                parsers += action.choices.values()
            elif action.metavar in _FILES + _FOLDERS:
                kind = shtab.FILE if action.metavar in _FILES else shtab.DIRECTORY
                action.complete = kind  # type: ignore[attr-defined]  # shtab's own way to say it
    sys.stdout.write(shtab.complete(options.whole_parser, shell=options.shell) + "\n")
    return DONE
