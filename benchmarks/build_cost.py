"""Measures the time of a build as ratios to other commands: MkDocs alone, starting Python, and building only the site.

Knows how to time commands fairly (alternating, the median of several runs), and the limits. Leaves building to build.py.
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
# The greatest allowed ratios: the site against MkDocs alone, an unchanged build against starting Python, and a build of
# everything against the site only.
AT_MOST_OF_MKDOCS = 1.5
AT_MOST_OF_PYTHON = 8.0
AT_MOST_OF_PAGES = 4.0


def seconds(command: Sequence[str], folder: Path) -> float:
    """Run a command and return its wall time in seconds. If the command fails, the benchmark exits with its output."""
    start = time.perf_counter()
    done = subprocess.run(command, cwd=folder, capture_output=True, text=True, check=False, env=quiet())
    taken = time.perf_counter() - start
    if done.returncode:
        sys.exit(f"{' '.join(command)}\n{done.stdout}{done.stderr}")
    return taken


def quiet() -> dict[str, str]:
    return {**os.environ, "NO_MKDOCS_2_WARNING": "1"}


def medians(rounds: int, *measures: Callable[[], float]) -> list[float]:
    """Call the measures alternately, `rounds` times after one warm-up round, and return the median of each.

    They alternate so that a moment when the machine is busy affects all of them.
    """
    taken = [[measure() for measure in measures] for _ in range(rounds + 1)][1:]
    return [statistics.median(column) for column in zip(*taken, strict=True)]


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--rounds", type=int, default=5, help="how often each command is measured (default: 5)")
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
            # Without the state file all pages are built again; only the cached pinyin of unchanged text is reused.
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
        whole, pages = medians(rounds, everything, build)  # the warm-up round fills the picture cache
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
