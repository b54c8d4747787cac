"""Knows how the same function is run for many values in worker processes, with the results of a run in one process.

Leaves what is done to the callers, and what of it is kept for the next run to `kept_files`.
"""

from __future__ import annotations

import multiprocessing
import os
import signal
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import ProcessPoolExecutor
from concurrent.futures.process import BrokenProcessPool
from contextlib import contextmanager
from types import TracebackType
from typing import Generic, Self, TypeVar

T = TypeVar("T")
R = TypeVar("R")

FEWEST = 4
"""The fewest tasks for which a process more is started, where its number is not asked for: starting one takes as long."""


class WorkerEndedError(Exception):
    """A worker process ended in the middle of a task, twice: the system ended it (no memory left), or a library crashed."""


def cores() -> int:
    """Return how many processors this process may use."""
    allowed = getattr(os, "sched_getaffinity", None)  # Linux alone has it
    return len(allowed(0)) if allowed else os.cpu_count() or 1


class Workers:
    """Worker processes that are started when they are first needed, and end with the `with` block.

    `jobs` is their number; None for as many as there are processors, and fewer where there is little to do. With 1 all is done
    in this process. `modules` are the names of modules that each of them needs.

    >>> with Workers(1) as workers: list(workers.results(abs, [-1, 2]))
    [1, 2]
    """

    def __init__(self, jobs: int | None, modules: Sequence[str] = ()) -> None:
        self._jobs = jobs
        self._modules = modules
        self._pool: ProcessPoolExecutor | None = None

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, where: TracebackType | None
    ) -> None:
        del kind, error, where
        self._end()

    def _end(self) -> None:
        """End the processes: what they are at is done, and kept by themselves; what they have not begun is not."""
        if self._pool:
            self._pool.shutdown(cancel_futures=True)
            self._pool = None

    def number(self, tasks: int) -> int:
        """Return how many processes work at so many tasks."""
        if self._jobs is not None:
            return max(min(self._jobs, tasks), 1)
        return max(min(cores(), tasks // FEWEST), 1)

    def results(
        self, function: Callable[[T], R], tasks: Sequence[T], ended: Callable[[T], R] | None = None
    ) -> Iterator[R]:
        """Yield the result of a function for each task, in the order of the tasks.

        Function, tasks and results are pickled. An error of the function is raised when its result is due, as in one
        process. `ended` gives the result of a task in which a process ended, and again when it was alone; without it
        `WorkerEndedError` is raised.
        """
        number = self.number(len(tasks))
        if self._pool is None and number == 1:
            yield from map(function, tasks)
            return
        pool = self._pool = self._pool or self._started(number)
        with _ctrl_c_held_back():
            running = [pool.submit(_Guarded(function), task) for task in tasks]
        for k, task in enumerate(tasks):
            try:
                done = running[k].result()
            except BrokenProcessPool:
                self._end()
                # One of those that ran at the same time is the cause.
                behind = k + max(number, cores())
                yield from (self._alone(function, one, ended) for one in tasks[k:behind])
                yield from self.results(function, tasks[behind:], ended)
                return
            # An error may not survive being pickled: the task is done again where it is raised as it is.
            yield done[0] if done else function(task)

    def _alone(self, function: Callable[[T], R], task: T, ended: Callable[[T], R] | None) -> R:
        """Return the result of a task for which a process of its own is started."""
        with self._started(1) as pool:
            try:
                with _ctrl_c_held_back():
                    running = pool.submit(_Guarded(function), task)
                done = running.result()
            except BrokenProcessPool as error:
                if ended is None:
                    raise WorkerEndedError(task) from error
                return ended(task)
        return done[0] if done else function(task)

    def _started(self, number: int) -> ProcessPoolExecutor:
        fast = "forkserver" in multiprocessing.get_all_start_methods()
        context = multiprocessing.get_context("forkserver" if fast else "spawn")
        if fast:
            context.set_forkserver_preload([*self._modules])
        return ProcessPoolExecutor(number, context, _leave_ctrl_c_to_the_parent)


class _Guarded(Generic[T, R]):
    """The function as a worker runs it: its result in a tuple, None if it raised an error."""

    def __init__(self, function: Callable[[T], R]) -> None:
        self._function = function

    def __call__(self, task: T) -> tuple[R] | None:
        try:
            return (self._function(task),)
        except Exception:  # noqa: BLE001 - see `Workers.results`
            return None


def _leave_ctrl_c_to_the_parent() -> None:
    signal.signal(signal.SIGINT, signal.SIG_IGN)


@contextmanager
def _ctrl_c_held_back() -> Iterator[None]:
    """Hold back Ctrl+C from this thread for a moment, and from the processes that are started in it for good.

    The system hands the mask of signals on: a process that Ctrl+C ended while it starts would end all others with it.
    """
    if not hasattr(signal, "pthread_sigmask"):  # Windows
        yield
        return
    before = signal.pthread_sigmask(signal.SIG_BLOCK, {signal.SIGINT})
    try:
        yield
    finally:
        signal.pthread_sigmask(signal.SIG_SETMASK, before)
