"""Knows how long work is done beside the pages: one task at a time, in a thread, with lines of progress for the page.

Leaves the work to the pages, and showing the lines to `task_pages`.
"""

from __future__ import annotations

import sys
import threading
import traceback
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field

from workreport.project.errors import message_of


class DeskBusy(Exception):
    """Another task runs; the new one was not started."""


@dataclass(slots=True)
class DeskTask:
    """One task: its number, title, lines so far, and when `done` the address to go on at, or the `error` (both Chinese).

    `lines` grows while the task runs. `stage` is what is being done now.
    """

    number: int
    title: str
    back: str
    lines: list[str] = field(default_factory=list)
    stage: str = ""
    done: bool = False
    error: str = ""
    onward: str = ""
    thread: threading.Thread | None = None

    def say(self, line: str) -> None:
        """Add a line."""
        self.lines.append(line)

    @contextmanager
    def report(self, name: str, detail: str = "") -> Iterator[None]:
        """A `progress.Stage`: its name is shown while it runs, and a line when it is done."""
        self.stage = name
        yield
        self.stage = ""
        self.say(f"{name}  {detail}" if detail else name)


class Tasks:
    """The tasks of a running desk. `begin` starts one in a thread; only one runs at a time."""

    def __init__(self) -> None:
        self.newest: DeskTask | None = None
        self._lock = threading.Lock()

    @property
    def busy(self) -> bool:
        """Whether a task runs."""
        return self.newest is not None and not self.newest.done

    def require_idle(self) -> None:
        """Raise `DeskBusy` while a task runs: what it makes must be of files that do not change meanwhile."""
        if self.newest and not self.newest.done:
            raise DeskBusy(f"“{self.newest.title}”还没有做完。请等它做完再来。")

    def begin(self, title: str, back: str, work: Callable[[DeskTask], str]) -> DeskTask:
        """Start `work`, which returns the address to go on at; `back` is where to go after an error. Raises `DeskBusy`."""
        with self._lock:
            self.require_idle()
            task = DeskTask(self.newest.number + 1 if self.newest else 1, title, back)
            self.newest = task
        task.thread = threading.Thread(target=_run, args=(task, work), daemon=True)
        task.thread.start()
        return task


def _run(task: DeskTask, work: Callable[[DeskTask], str]) -> None:
    try:
        task.onward = work(task)
    except Exception as error:  # noqa: BLE001 - the desk goes on after any task that failed
        task.error = told(error)
    finally:
        task.stage = ""
        task.done = True


def told(error: Exception) -> str:
    """Return what a page says of an error; of a bug the traceback goes to stderr."""
    message = message_of(error)
    if message is None:
        traceback.print_exception(error, file=sys.stderr)
        return "程序出了错，没有做完；已有的文件保持原样。请把打开编辑台的窗口里的最后几行告诉维护者。"
    return message
