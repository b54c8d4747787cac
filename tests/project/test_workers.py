"""Tests worker processes: results in the order of the tasks, errors as in one process, a process that ends in the middle."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest

from tests.conftest import ROOT
from workreport.project.workers import FEWEST, WorkerEndedError, Workers, cores


def slower_first(number: int) -> tuple[int, int]:
    time.sleep(0.2 if number == 0 else 0)
    return number, os.getpid()


@pytest.mark.parametrize("jobs", [1, 2])
def test_results_come_in_the_order_of_the_tasks(jobs: int) -> None:
    with Workers(jobs) as workers:
        found = list(workers.results(slower_first, range(6)))
        again = list(workers.results(slower_first, range(6)))
    assert [number for number, _ in found] == list(range(6)) == [number for number, _ in again]
    others = {process for _, process in (*found, *again)} - {os.getpid()}
    assert len(others) == (0 if jobs == 1 else len(others)) <= jobs
    assert bool(others) == (jobs > 1)


class OddError(Exception):
    """An error that cannot be read back from a pickle: it is made of two values."""

    def __init__(self, one: str, other: str) -> None:
        super().__init__(f"{one} {other}")


def odd(number: int) -> int:
    if number == 1:
        raise OddError("a", "b")
    return number


@pytest.mark.parametrize("jobs", [1, 2])
def test_error_is_raised_as_it_is_when_its_result_is_due(jobs: int) -> None:
    with Workers(jobs) as workers:
        results = workers.results(odd, [0, 1, 2])
        assert next(results) == 0
        with pytest.raises(OddError, match="a b"):
            next(results)


def end_once(mark: str) -> str:
    """End the process, unless a file says that this happened before."""
    if mark and not Path(mark).exists():
        Path(mark).touch()
        os._exit(9)
    return mark


def test_task_in_which_a_process_ended_is_tried_once_more(tmp_path: Path) -> None:
    mark = str(tmp_path / "ended")
    with Workers(2) as workers:
        assert list(workers.results(end_once, ["", mark, "", ""])) == ["", mark, "", ""]
        assert list(workers.results(end_once, ["", ""])) == ["", ""]


def end_always(number: int) -> int:
    if number == 1:
        os._exit(9)
    return number


def test_task_that_ends_each_process_is_an_error_of_this_task_alone() -> None:
    with Workers(2) as workers:
        results = workers.results(end_always, [0, 1, 2])
        assert next(results) == 0
        with pytest.raises(WorkerEndedError):
            next(results)
        assert list(workers.results(end_always, range(5), lambda number: -number)) == [0, -1, 2, 3, 4]


def test_number_of_processes_is_the_one_asked_for_else_as_there_is_work() -> None:
    assert [Workers(3).number(tasks) for tasks in (0, 1, 2, 9)] == [1, 1, 2, 3]
    assert [Workers(None).number(tasks) for tasks in (1, 2 * FEWEST - 1)] == [1, 1]
    assert Workers(None).number(1000 * FEWEST) == cores()


INTERRUPTED = """
import os, sys, time
from pathlib import Path
from workreport.project.workers import Workers
from tests.project.test_workers import marked
if __name__ == "__main__":
    with Workers(2) as workers:
        for _ in workers.results(marked, [(sys.argv[1], number) for number in range(40)]):
            print("done", flush=True)
"""


def marked(task: tuple[str, int]) -> None:
    """Make a file when a task begins, another when it is done."""
    folder, number = task
    (Path(folder) / f"begun-{number}").touch()
    time.sleep(0.2)
    (Path(folder) / f"done-{number}").touch()


def masked(number: int) -> bool:
    """Whether Ctrl+C is held back from the process that does this."""
    del number
    return signal.SIGINT in signal.pthread_sigmask(signal.SIG_BLOCK, ())


@pytest.mark.skipif(os.name == "nt", reason="masks of signals of POSIX")
def test_process_is_safe_from_ctrl_c_from_its_start_and_this_one_is_not() -> None:
    with Workers(2) as workers:
        assert set(workers.results(masked, range(4))) == {True}
    assert not masked(0)


@pytest.mark.skipif(os.name == "nt", reason="a console sends Ctrl+C to all its processes")
def test_after_ctrl_c_what_was_begun_is_done_and_nothing_more_begins(tmp_path: Path) -> None:
    script = tmp_path / "script.py"
    script.write_text(INTERRUPTED, encoding="utf-8")
    done = tmp_path / "done"
    done.mkdir()
    with subprocess.Popen(
        [sys.executable, script, done],
        env={**os.environ, "PYTHONPATH": str(ROOT)},
        stdout=subprocess.PIPE,
        stderr=subprocess.DEVNULL,
        start_new_session=True,
    ) as running:
        assert running.stdout is not None
        running.stdout.readline()
        os.killpg(running.pid, signal.SIGINT)  # as a terminal does: to all processes of the command
        running.communicate(timeout=60)
    names = {path.name for path in done.iterdir()}
    begun, ended = ({name.partition("-")[2] for name in names if name.startswith(word)} for word in ("begun", "done"))
    assert begun == ended
    assert len(begun) < 40
