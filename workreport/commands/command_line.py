"""Knows the table of commands, and how arguments and errors become an exit code.

Leaves each command to its own module.
"""

from __future__ import annotations

import argparse
import sys
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path

from workreport import __version__
from workreport.commands import (
    add_command,
    build_command,
    check_command,
    clean_command,
    inspect_command,
    new_command,
    publish_command,
    serve_command,
    standard_streams,
)
from workreport.commands.errors import is_ours
from workreport.commands.reporter import FAILED


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
    "clean": Command(
        clean_command.add_arguments, clean_command.run, "删去 site/、archive/ 和中间文件；reports/ 与 docs/ 不动"
    ),
}
"""Every command by its name, in the order of the help text."""


def _parser() -> argparse.ArgumentParser:
    p = argparse.ArgumentParser(
        prog="workreport",
        description="把政府工作报告做成可检索、可引用、可离线保存的网站。没有命令时：全部制作。",
        epilog="例：build.py add 报告.docx ；build.py ；build.py check ；build.py publish --to /srv/gzbg",
    )
    p.add_argument("--version", action="version", version=f"workreport {__version__}")
    p.add_argument("--project", type=Path, default=None, metavar="DIR", help="项目文件夹（默认：当前文件夹）")
    build_command.add_arguments(p)
    commands = p.add_subparsers(dest="command", metavar="COMMAND")
    for name, command in COMMANDS.items():
        parser = commands.add_parser(name, help=command.summary, description=command.description or command.summary)
        command.add_arguments(parser)
    return p


def main(arguments: Sequence[str] | None = None, *, without_libraries: Callable[[], None] = lambda: None) -> int:
    """Run one command and return its exit code; `arguments` defaults to `sys.argv[1:]`.

    An error of the input is printed to stderr without a traceback; any other exception is a bug and is raised. Wrong usage
    raises `SystemExit` with code 2. If this Python lacks a library, `without_libraries` is called before the message is
    printed: it may start another Python.
    """
    standard_streams.prepare()
    options = _parser().parse_args(arguments)
    root = (options.project or Path.cwd()).resolve()
    try:
        code = COMMANDS[options.command or "build"].run(options, root)
        sys.stdout.flush()  # a full disk is an error of this command, not of the interpreter when it ends
    except KeyboardInterrupt:
        print("已中断；site/ 保持原样。", file=sys.stderr)
        return 130
    except BrokenPipeError:
        standard_streams.give_up_stdout()  # its reader has ended (`| head`)
        return FAILED
    except MemoryError:
        print(
            "workreport: 内存不够，没有做完；已有的文件保持原样。请确认输入是一份报告，或换一台内存更大的电脑。",
            file=sys.stderr,
        )
        return FAILED
    except ImportError as error:
        if (error.name or "").startswith("workreport."):
            raise  # one of our own modules is missing or broken: a bug
        without_libraries()
        print(
            f"workreport: 这个 Python 里没有 {error.name}。请先运行 make site（或按 README 的两行命令建好 .venv），再用 .venv 里的 Python。",
            file=sys.stderr,
        )
        return FAILED
    except OSError as error:
        # Only streams have no file name, and what is written to a file is checked by the writer: this one is stdout.
        what = error.filename if isinstance(error.filename, str) else "标准输出"
        print(
            f"workreport: {what}: 读写失败（{error.strerror or error}）。请检查文件是否存在、权限和空间是否足够。",
            file=sys.stderr,
        )
        if not isinstance(error.filename, str):
            standard_streams.give_up_stdout()
        return FAILED
    except Exception as error:
        if not is_ours(error):
            raise
        print(f"workreport: {error}", file=sys.stderr)
        return FAILED
    else:
        return code
