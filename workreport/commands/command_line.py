"""Knows the table of commands, and how arguments and errors become an exit code.

Leaves each command to its own module.
"""

from __future__ import annotations

import argparse
import locale
import os
import sys
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path

from workreport import __version__
from workreport.commands import (
    add_command,
    build_command,
    catalogue,
    check_command,
    clean_command,
    completion_command,
    desk_command,
    inspect_command,
    new_command,
    publish_command,
    serve_command,
    standard_streams,
)
from workreport.commands.command_parser import CommandParser, parser_class
from workreport.commands.reporter import FAILED, reporter_of
from workreport.project import paths
from workreport.project.errors import message_of


@dataclass(frozen=True, slots=True)
class Command:
    """A command: the function that adds its options, the one that runs it and returns an exit code, and its help text."""

    add_arguments: Callable[[argparse.ArgumentParser], None]
    run: Callable[[argparse.Namespace, Path], int]
    summary: str
    description: str = ""


COMMANDS = {
    "build": Command(
        build_command.add_arguments, build_command.run, "制作 docs/、site/、archive/（不写命令时执行的就是 build）"
    ),
    "add": Command(add_command.add_arguments, add_command.run, "收入一份新报告，推测它的题头，说明推测了什么"),
    "new": Command(new_command.add_arguments, new_command.run, "建立一个没有报告的新项目"),
    "inspect": Command(
        inspect_command.add_arguments, inspect_command.run, "读一个文件，把读到的一切以 JSON 打印，不写任何文件"
    ),
    "serve": Command(serve_command.add_arguments, serve_command.run, "本机预览；报告、模板、词表一改就重做"),
    "desk": Command(
        desk_command.add_arguments,
        desk_command.run,
        "编辑台：在这台电脑的浏览器里新建项目、读入报告、核对事实、发布，不用命令行",
    ),
    "check": Command(
        check_command.add_arguments,
        check_command.run,
        "核对做好的站点与离线包；给出文件时，只核对这些文件有没有改动（不需要项目）",
        "没有文件时：核对项目的 site/ 与 archive/：链接、锚点、校验和、外部资源。有文件时：逐个核对，凭旁边的 SHA256SUMS 或包内的清单。",
    ),
    "publish": Command(
        publish_command.add_arguments,
        publish_command.run,
        "把做好的站点作为新的一版放进服务器所指的文件夹，旧版与旧网址都留着",
    ),
    "completion": Command(
        completion_command.add_arguments,
        completion_command.run,
        "打印一段脚本：装上以后，按 Tab 键补全命令、选项和文件名",
    ),
    "clean": Command(
        clean_command.add_arguments, clean_command.run, "删去 site/、archive/ 和中间文件；reports/ 与 docs/ 不动"
    ),
}
"""Every command by its name, in the order of the help text."""


def _parser(translate: Callable[[str], str], own_words: Callable[[str], str]) -> CommandParser:
    parsers = parser_class(translate, own_words)
    p = parsers(
        prog="workreport",
        description="把政府工作报告做成可检索、可引用、可离线保存的网站。没有命令时：全部制作。",
        epilog="例：build.py add 报告.docx ；build.py ；build.py check ；build.py publish --to /srv/gzbg",
    )
    p.add_argument("--version", action="version", version=f"workreport {__version__}", help="显示版本")
    p.add_argument("--project", type=Path, default=None, metavar="DIR", help="项目文件夹（默认：当前文件夹）")
    _add_language(p)
    build_command.add_arguments(p)
    p.set_defaults(whole_parser=p, translate=translate)
    commands = p.add_subparsers(dest="command", metavar="COMMAND", parser_class=parsers)
    for name, command in COMMANDS.items():
        parser = commands.add_parser(
            name, help=translate(command.summary), description=command.description or command.summary
        )
        command.add_arguments(parser)
        _add_language(parser)
    return p


def _add_language(parser: argparse.ArgumentParser) -> None:
    """Add `--lang`, which is read before all other options (`catalogue.language_of`)."""
    parser.add_argument(
        "--lang",
        choices=catalogue.LANGUAGES,
        default=argparse.SUPPRESS,
        help="提示和说明的语言：zh 中文，en 英文（默认随系统）",
    )


def _catalogues(arguments: Sequence[str]) -> tuple[catalogue.Catalogue, catalogue.Catalogue]:
    """Return the translations of our messages and of argparse's, for the language asked for."""
    folder = paths.shipped() / "templates" / "messages"
    system = (locale.getlocale()[0] or "") if sys.platform == "win32" else ""
    if catalogue.language_of(arguments, os.environ, system) == "en":
        return catalogue.read_catalogue(folder / "en.toml"), catalogue.Catalogue()
    return catalogue.Catalogue(), catalogue.read_catalogue(folder / "zh.toml")


def main(arguments: Sequence[str] | None = None, *, without_libraries: Callable[[], None] = lambda: None) -> int:
    """Run one command and return its exit code; `arguments` defaults to `sys.argv[1:]`.

    An error of the input is printed to stderr without a traceback; any other exception is a bug and is raised. Wrong usage
    raises `SystemExit` with code 2. If this Python lacks a library, `without_libraries` is called before the message is
    printed: it may start another Python.
    """
    standard_streams.prepare()
    given = sys.argv[1:] if arguments is None else arguments
    translate, own_words = _catalogues(given)
    options = _parser(translate, own_words).parse_args(given)
    root = (options.project or Path.cwd()).resolve()
    try:
        code = COMMANDS[options.command or "build"].run(options, root)
        sys.stdout.flush()  # a full disk is an error of this command, not of the interpreter when it ends
    except KeyboardInterrupt:
        print(translate("已中断；site/ 保持原样。"), file=sys.stderr)
        return 130
    except BrokenPipeError:
        standard_streams.give_up_stdout()  # its reader has ended (`| head`)
        return FAILED
    except Exception as error:
        message = message_of(error)
        if message is None:
            raise
        if isinstance(error, ImportError):
            without_libraries()
        reporter_of(options).error(message)
        if isinstance(error, OSError) and not isinstance(error.filename, str):
            standard_streams.give_up_stdout()
        return FAILED
    else:
        return code
