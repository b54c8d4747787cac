"""Reads thousands of damaged and invented files of each kind, and keeps every one that does what it must not.

`python tools/fuzz.py [--minutes 10] [--seed N] [--target NAME …]`; `make fuzz` runs all targets. Prints for each target the
number of files, the lines of `workreport/` that they ran, and the findings; exit code 1 if there is any. A finding is written,
as small as Hypothesis makes it, to `tests/fuzz/corpus/TARGET/found-…`: once committed it is a test.
"""

from __future__ import annotations

import argparse
import contextlib
import hashlib
import sys
import time
from collections.abc import Callable
from pathlib import Path

import coverage
from hypothesis import HealthCheck, Phase, given, seed, settings

ROOT = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(ROOT))

from tests.fuzz.mutations import mutated  # noqa: E402 - the project is found only now
from tests.fuzz.targets import CORPUS, TARGETS  # noqa: E402

EXAMPLES = 200
"""How many files are made before the clock is looked at again."""
SLOW = 4
"""A file of the corpus that takes so many times as long as the quickest is not damaged: its like would eat all the time. As it is,
it is tried by `tests/fuzz/test_corpus.py`."""


def seeds(name: str) -> list[bytes]:
    """The files of a target's corpus, in the order of their names."""
    return [path.read_bytes() for path in sorted((CORPUS / name).iterdir())]


def quick_seeds(target: Callable[[bytes], None], files: list[bytes]) -> list[bytes]:
    """Leave out the files that take much longer than the others (`SLOW`), such as those that reach a limit of time or memory."""
    times = []
    for data in files:
        began = time.monotonic()
        with contextlib.suppress(Exception):  # a finding is found again
            target(data)
        times.append(time.monotonic() - began)
    # Below a tenth of a second the time is that of the machine, not of the file.
    most = SLOW * max(min(times, default=0.0), 0.1)
    return [data for data, taken in zip(files, times, strict=True) if taken <= most]


def fuzz(name: str, seconds: float, start: int) -> tuple[int, dict[str, str]]:
    """Fuzz one target for so many seconds; return the number of files and the error of each finding by its file's name."""
    target = TARGETS[name]
    corpus = quick_seeds(target, seeds(name))
    found: dict[str, str] = {}
    count = 0
    until = time.monotonic() + seconds
    number = start
    while time.monotonic() < until and len(found) < 5:
        tried: list[bytes] = []
        attempt = _attempt(target, tried, until + 60)
        try:
            _run(attempt, corpus, number)
        except Exception as error:  # noqa: BLE001 - any exception is a finding
            last = tried[-1] if tried else b""
            file = CORPUS / name / f"found-{hashlib.sha256(last).hexdigest()[:8]}"
            file.write_bytes(last)
            found[file.name] = f"{type(error).__name__}: {str(error)[:300]}"
        count += len(tried)
        number += 1
    return count, found


def _attempt(target: Callable[[bytes], None], tried: list[bytes], until: float) -> Callable[[bytes], None]:
    """Return the test that Hypothesis runs: it tries a file and notes it; after the moment `until` it tries none."""

    def attempt(data: bytes) -> None:
        if time.monotonic() <= until:
            tried.append(data)
            target(data)

    return attempt


def _run(attempt: Callable[[bytes], None], corpus: list[bytes], number: int) -> None:
    """Let Hypothesis make `EXAMPLES` files and shrink the first that fails."""
    healthy = list(HealthCheck)
    configured = settings(
        max_examples=EXAMPLES, deadline=None, database=None, suppress_health_check=healthy,
        phases=(Phase.generate, Phase.shrink), report_multiple_bugs=False,
    )  # fmt: skip
    seed(number)(configured(given(mutated(corpus))(attempt)))()


def main() -> int:
    """Fuzz the targets in turn, each for the same time."""
    ask = argparse.ArgumentParser(description=__doc__)
    ask.add_argument("--minutes", type=float, default=10)
    ask.add_argument("--seed", type=int, default=1)
    ask.add_argument("--target", nargs="+", choices=sorted(TARGETS), default=list(TARGETS))
    given_ = ask.parse_args()
    seconds = 60 * given_.minutes / len(given_.target)
    failures = 0
    for name in given_.target:
        watch = coverage.Coverage(source=[str(ROOT / "workreport")], data_file=None)
        watch.start()
        count, found = fuzz(name, seconds, given_.seed)
        watch.stop()
        data = watch.get_data()
        lines = sum(len(data.lines(file) or ()) for file in data.measured_files())
        print(f"{name}: {count} files, {lines} lines run, {len(found)} findings", flush=True)
        for file, error in found.items():
            print(f"  tests/fuzz/corpus/{name}/{file}: {error}", flush=True)
        failures += len(found)
    return 1 if failures else 0


if __name__ == "__main__":
    sys.exit(main())
