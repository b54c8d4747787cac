"""Knows how a function reads foreign bytes in a child process with limits of memory and time.

Libraries in native code can end their process, or fill the memory, on a damaged file. In a child process that is an error
of one file. Leaves what is read to the function, and the message to its caller.
"""

from __future__ import annotations

import contextlib
import importlib
import json
import os
import signal
import subprocess
import sys
from pathlib import Path
from typing import Any

MEMORY = 950_000_000
"""The most bytes of address space of a child process (RLIMIT_AS), less than a gigabyte. A PDF of 700 pages takes a tenth of it."""
SECONDS = 20
"""The most seconds of processor time of a child process (RLIMIT_CPU). A PDF of 90,000 characters takes two."""
PATIENCE = 600.0
"""The most seconds of a child process by the clock, for systems without limits of processes, and for busy ones."""
_START = "import sys; from workreport.ingest.limited_process import answer; answer(*sys.argv[1:])"
_OUT_OF_MEMORY = 86
"""The exit code of a child process whose memory is used up."""


class ProcessEnded(Exception):
    """The child process gave no answer; the message is a Chinese clause that says why."""


def run(module: str, function: str, data: bytes, argument: str = "") -> Any:  # noqa: ANN401 - a JSON value
    """Call `function(data, argument)` of a module in a child process and return the JSON value that it gives.

    Where the system has limits of processes (not on Windows), the child has at most MEMORY bytes and SECONDS seconds of
    processor time; it writes no files and leaves no memory dump. Raises ProcessEnded if it ends without an answer: by a
    limit, by a crash of a library, or by an exception, which is a bug and is printed.

    >>> run("json", "loads", b"[1, 2]")
    Traceback (most recent call last):
        ...
    workreport.ingest.limited_process.ProcessEnded: 解析它的程序出错（退出码 1）
    """
    command = [sys.executable, "-P", "-c", _START, module, function, argument]
    environment = {**os.environ, "PYTHONPATH": os.pathsep.join(path or str(Path.cwd()) for path in sys.path)}
    with subprocess.Popen(
        command, env=environment, stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=subprocess.PIPE
    ) as child:
        try:
            out, err = child.communicate(data, timeout=PATIENCE)
        except BaseException as error:
            child.kill()
            if isinstance(error, subprocess.TimeoutExpired):
                raise ProcessEnded(f"{PATIENCE:.0f} 秒还没有读完") from error
            raise
    if child.returncode == 0:
        return json.loads(out)
    raise ProcessEnded(_reason(child.returncode, err))


def _reason(code: int, err: bytes) -> str:
    """Why a child process ended with this exit code; a negative one is the number of a signal."""
    if code == _OUT_OF_MEMORY or b"MemoryError" in err[-200:]:
        return f"占用的内存超过上限 {MEMORY // 10**6} MB"
    if code == -getattr(signal, "SIGXCPU", 0):
        return f"用了 {SECONDS} 秒还没有读完"
    if code < 0:
        return f"解析它的程序崩溃（{signal.Signals(-code).name}），或占用的内存超过上限 {MEMORY // 10**6} MB"
    return f"解析它的程序出错（退出码 {code}）"


def answer(module: str, function: str, argument: str) -> None:
    """Answer `run` in the child process: limit it, read the bytes from stdin, print the value as JSON."""
    _limit()
    try:
        data = sys.stdin.buffer.read()
        value = getattr(importlib.import_module(module), function)(data, argument)
        sys.stdout.write(json.dumps(value))
        sys.stdout.flush()
    except MemoryError:
        os._exit(_OUT_OF_MEMORY)


def _limit() -> None:
    """Limit this process as far as the system allows."""
    if sys.platform == "win32":
        return
    import resource

    wanted = (
        (resource.RLIMIT_AS, MEMORY), (resource.RLIMIT_CPU, SECONDS), (resource.RLIMIT_FSIZE, 0), (resource.RLIMIT_CORE, 0),
    )  # fmt: skip
    for kind, most in wanted:
        # A limit that the user has set lower stays. macOS has no limit of address space: it refuses to set one.
        with contextlib.suppress(OSError, ValueError):
            _, hard = resource.getrlimit(kind)
            resource.setrlimit(kind, (most if hard == resource.RLIM_INFINITY else min(most, hard), hard))
