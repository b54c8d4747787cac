"""What a build costs, against MkDocs alone, a Python that only starts, and its own pages alone; all ratios in one run.

Knows how to time commands fairly (in turns, the median of several); leaves the limits to the issue that set them.
"""

from __future__ import annotations

import argparse
import os
import shutil
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Sequence
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
TAKEN = (
    "workreport",
    "reports",
    "docs",
    "templates",
    "vocabulary",
    "build.py",
    "site.toml",
    "mkdocs.yml",
    "mkdocs.generated.yml",
)
PYTHON = sys.executable
AT_MOST_OF_MKDOCS = 1.5
AT_MOST_OF_PYTHON = 8.0
AT_MOST_OF_PAGES = 4.0


def seconds(command: Sequence[str], folder: Path) -> float:
    """Wall time of one run; a command that fails ends the benchmark with what it said."""
    start = time.perf_counter()
    done = subprocess.run(command, cwd=folder, capture_output=True, text=True, check=False, env=quiet())
    taken = time.perf_counter() - start
    if done.returncode:
        sys.exit(f"{' '.join(command)}\n{done.stdout}{done.stderr}")
    return taken


def quiet() -> dict[str, str]:
    return {**os.environ, "NO_MKDOCS_2_WARNING": "1"}


def medians(rounds: int, *measures: Callable[[], float]) -> list[float]:
    """Each measured in turn, that many times, so that a busy moment falls on all alike; one round warms up."""
    taken = [[measure() for measure in measures] for _ in range(rounds + 1)][1:]
    return [statistics.median(column) for column in zip(*taken, strict=True)]


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--rounds", type=int, default=5, help="how often each is measured (default 5)")
    rounds = parser.parse_args().rounds
    with tempfile.TemporaryDirectory() as name:
        project = Path(name) / "project"
        for part in TAKEN:
            if (ROOT / part).is_dir():
                shutil.copytree(ROOT / part, project / part, ignore=shutil.ignore_patterns("__pycache__"))
            else:
                shutil.copy(ROOT / part, project / part)
        ours = [PYTHON, "build.py", "--only", "site", "--quiet"]
        bare = [PYTHON, "-m", "mkdocs", "build", "--quiet", "--site-dir", str(Path(name) / "bare")]

        def build() -> float:
            # Without the state everything is made anew; readings of unchanged words stay in their cache.
            (project / ".workreport" / "state").unlink()
            return seconds(ours, project)

        def everything() -> float:
            (project / ".workreport" / "state").unlink()
            return seconds([PYTHON, "build.py", "--quiet"], project)

        def first() -> float:
            shutil.rmtree(project / ".workreport")
            return seconds(ours, project)

        def mkdocs() -> float:
            return seconds(bare, project)

        seconds(ours, project)
        built, plain, cold = medians(rounds, build, mkdocs, first)
        whole, pages = medians(rounds, everything, build)  # the pictures are kept from the round that warms up
        seconds(ours, project)
        unchanged, start = medians(
            2 * rounds, lambda: seconds(ours, project), lambda: seconds([PYTHON, "-c", "import hashlib"], project)
        )
    for what, ours_took, against, took, limit in (
        ("build.py --only site", built, "mkdocs build", plain, AT_MOST_OF_MKDOCS),
        ("the same, nothing changed", unchanged, 'python -c "import hashlib"', start, AT_MOST_OF_PYTHON),
        ("everything, all six forms of the archive", whole, "build.py --only site", pages, AT_MOST_OF_PAGES),
    ):
        print(f"{what}: {ours_took:.3f} s; {against}: {took:.3f} s; ratio {ours_took / took:.2f} (at most {limit})")
    print(f"the very first build, no cache: {cold:.3f} s; ratio {cold / plain:.2f} (no limit)")
    kept = built <= AT_MOST_OF_MKDOCS * plain and unchanged <= AT_MOST_OF_PYTHON * start
    return 0 if kept and whole <= AT_MOST_OF_PAGES * pages else 1


if __name__ == "__main__":
    sys.exit(main())
