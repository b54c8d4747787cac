"""Measures what a build of many reports takes, against `mkdocs build` of a fixed folder: the pages that an older commit makes of them.

The reports are that of this project and those of the texts of WORKREPORT_SHARED (`local`, then `corpus`, by path) which that commit
takes without being given a short name; the first N of them, or all of them several times under other names. Figures are ratios
of processor time, for a machine that others use too; wall times are told beside them. A full build makes pages, data and
search, no pictures and no archive. Knows nothing of how a build works: it runs the commands that a publisher runs.
"""

from __future__ import annotations

import argparse
import ctypes
import hashlib
import json
import math
import os
import random
import re
import shutil
import subprocess
import sys
import tarfile
import time
from collections.abc import Sequence
from dataclasses import dataclass
from io import BytesIO
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
PYTHON = sys.executable
BASE = "a7dae67"
"""The commit whose pages are the measure: before anything was done for many reports."""
SETTINGS = "[build]\npictures = false\narchive = false\n"
# The greatest allowed figures.
AT_MOST_OF_MKDOCS = 0.55
"""Wall time of a full build with two processes, of that of mkdocs build."""
AT_MOST_AFTER_A_SENTENCE = 1 / 30
"""Processor time after one sentence changed, of that of mkdocs build; or so many builds of that report alone:"""
AT_MOST_OF_ONE_REPORT = 1.5
AT_LEAST_OF_TWO_PYTHONS = 0.9
"""What two processes gain, of what two plain Python processes gain."""
AT_MOST_GROWTH = 1.05
"""The exponent of processor time over the number of reports."""
AT_MOST_MEMORY = 700
"""Megabytes of any process."""

BUSY = "sum(i * i % 7 for i in range(6_000_000))"
_SUBREAPER = 36  # PR_SET_CHILD_SUBREAPER of Linux


@dataclass(frozen=True, slots=True)
class Cost:
    """What a command took with all processes that it started: seconds of processor and wall time, and the most megabytes of one."""

    processor: float
    wall: float
    memory: float


def run(command: Sequence[str], folder: Path, package: Path = ROOT) -> Cost:
    """Run a command in a folder, with the program `workreport` of `package`, and wait for all processes that it leaves.

    If the command fails, the benchmark ends with its output.
    """
    environment = {**os.environ, "PYTHONPATH": str(package), "NO_MKDOCS_2_WARNING": "1"}
    start = time.perf_counter()
    log = folder / "output.txt"
    with log.open("wb") as output:
        child = subprocess.Popen(command, cwd=folder, env=environment, stdout=output, stderr=output)
        processor, memory, failed = 0.0, 0, False
        while True:
            # Workers are no children of the command: a server of theirs starts them, which stays behind. See `main`.
            try:
                ended, status, used = os.wait4(-1, 0)
            except ChildProcessError:
                break
            processor += used.ru_utime + used.ru_stime
            memory = max(memory, used.ru_maxrss)
            failed |= ended == child.pid and status != 0
    child.returncode = 1 if failed else 0
    if failed:
        sys.exit(f"{' '.join(command)}\n{log.read_text(encoding='utf-8', errors='replace')}")
    return Cost(processor, time.perf_counter() - start, memory / 1024)


def build(project: Path, *options: str) -> Cost:
    """Build a project with the program of this checkout."""
    return run([PYTHON, "-m", "workreport", "build", "--quiet", *options], project)


def forget(project: Path) -> None:
    """Remove what builds of a project made and kept; without the record of it, a build saves the site as somebody's own."""
    for name in (".workreport", "site", "docs"):
        shutil.rmtree(project / name, ignore_errors=True)


# -- the reports ----------------------------------------------------------------------------------------------------


def checkout(home: Path) -> Path:
    """Return a folder with the program at `BASE`."""
    folder = home / BASE
    if not folder.is_dir():
        packed = subprocess.run(["git", "archive", BASE], cwd=ROOT, check=True, capture_output=True).stdout
        with tarfile.open(fileobj=BytesIO(packed)) as files:
            files.extractall(home / f"{BASE}.part", filter="data")
        (home / f"{BASE}.part").rename(folder)
    return folder


def texts(shared: Path) -> list[Path]:
    return [
        path
        for part in ("local", "corpus")
        for path in sorted((shared / part).rglob("*"))
        if path.suffix in (".md", ".txt")
    ]


def taken(home: Path, shared: Path) -> list[tuple[str, str]]:
    """Return the reports that `BASE` takes, each with its short name and its text; the sample of this project is not among them.

    A short name without a year gets -0: without it, it would be that of a place.
    """
    known = home / "reports.json"
    if not known.is_file():
        base, trial = checkout(home), home / "trial"
        shutil.rmtree(trial, ignore_errors=True)
        (trial / "reports").mkdir(parents=True)
        shutil.copytree(base / "reports" / "gongshu-2024", trial / "reports" / "gongshu-2024")
        for name in ("site.toml", "mkdocs.yml"):
            shutil.copy(base / name, trial / name)
        found = []
        environment = {**os.environ, "PYTHONPATH": str(base)}
        for text in texts(shared):
            before = {path.name for path in (trial / "reports").iterdir()}
            command = [PYTHON, "-m", "workreport", "add", str(text), "--quiet"]
            subprocess.run(command, cwd=trial, env=environment, capture_output=True, check=False)
            new = {path.name for path in (trial / "reports").iterdir()} - before
            found += [(slug if re.search(r"\d{4}$", slug) else f"{slug}-0", str(text)) for slug in new]
        known.write_text(json.dumps(found, ensure_ascii=False, indent=0), encoding="utf-8")
    return [(slug, text) for slug, text in json.loads(known.read_text(encoding="utf-8"))]


def collection(home: Path, shared: Path, number: int, program: Path) -> Path:
    """Return a project of `number` reports with the files that `add` of a program makes, built never."""
    project = home / f"{number}-{'base' if program != ROOT else 'now'}"
    if project.is_dir():
        return project
    part = project.with_suffix(".part")
    shutil.rmtree(part, ignore_errors=True)
    (part / "reports").mkdir(parents=True)
    shutil.copy(program / "mkdocs.yml", part / "mkdocs.yml")
    shutil.copytree(program / "templates", part / "templates")
    (part / "site.toml").write_text(SETTINGS, encoding="utf-8")
    shutil.copytree(program / "reports" / "gongshu-2024", part / "reports" / "gongshu-2024")
    reports = taken(home, shared)
    for k in range(number - 1):
        slug, text = reports[k % len(reports)]
        name = slug if k < len(reports) else f"{slug}-{k // len(reports) + 1}"
        run([PYTHON, "-m", "workreport", "add", text, "--slug", name, "--quiet"], part, program)
    part.rename(project)
    return project


def pages_of_base(home: Path, shared: Path, number: int) -> Path:
    """Return a project whose `docs/` the program at `BASE` made of `number` reports."""
    base = checkout(home)
    project = collection(home, shared, number, base)
    if not (project / "site").is_dir():
        run([PYTHON, "-m", "workreport", "build", "--only", "site", "--quiet"], project, base)
    return project


# -- what is measured -----------------------------------------------------------------------------------------------


def gain_of_two_pythons(folder: Path) -> float:
    """Return how much sooner two plain Python processes do the work of two than one after the other."""
    one = run([PYTHON, "-c", f"{BUSY}; {BUSY}"], folder).wall
    halves = f"import subprocess, sys; two = [subprocess.Popen([sys.executable, '-c', {BUSY!r}]) for _ in range(2)]; [p.wait() for p in two]"
    return one / run([PYTHON, "-c", halves], folder).wall


def change_a_sentence(project: Path, chance: random.Random) -> str:
    """Add two characters to a sentence in the middle of a report, one that no repair of its source is about; return the report."""
    folder = chance.choice(sorted(path.parent for path in (project / "reports").glob("*/source.md")))
    text = (folder / "source.md").read_text(encoding="utf-8")
    repairs = (folder / "repairs.toml").read_text(encoding="utf-8") if (folder / "repairs.toml").is_file() else ""
    plain = [
        found.end() - 1
        for found in re.finditer(r"[\u4e00-\u9fff，]{12,}。(?=[\u4e00-\u9fff])", text)
        if found[0][-8:] not in repairs
    ]
    at = plain[len(plain) // 2]
    (folder / "source.md").write_text(f"{text[:at]}改写{text[at:]}", encoding="utf-8")
    return folder.name


def tree(project: Path) -> dict[str, str]:
    """Return the digests of all files that a build of a project makes for others."""
    return {
        path.relative_to(project).as_posix(): hashlib.sha256(path.read_bytes()).hexdigest()
        for folder in ("docs", "site")
        for path in sorted((project / folder).rglob("*"))
        if path.is_file()
    }


def same_as_a_full_build(project: Path, home: Path) -> bool:
    """Whether a build that keeps nothing of earlier ones makes the same bytes of the same project."""
    copy = home / "again"
    shutil.rmtree(copy, ignore_errors=True)
    shutil.copytree(project, copy, ignore=shutil.ignore_patterns(".workreport", "site", "docs"), symlinks=True)
    build(copy)
    return tree(copy) == tree(project)


def one_report(project: Path, slug: str, home: Path) -> Cost:
    """Return what the first build of one report alone takes."""
    alone = home / "alone"
    shutil.rmtree(alone, ignore_errors=True)
    shutil.copytree(
        project, alone, ignore=shutil.ignore_patterns(".workreport", "site", "docs", "reports"), symlinks=True
    )
    shutil.copytree(project / "reports" / slug, alone / "reports" / slug)
    return build(alone)


def measure(home: Path, shared: Path, number: int, *, compare: bool) -> tuple[bool, float]:
    """Print the figures of a collection; return whether they are kept, and the processor time of a full build with one process."""
    base, project = pages_of_base(home, shared, number), collection(home, shared, number, ROOT)
    mkdocs = run([PYTHON, "-m", "mkdocs", "build", "--quiet", "--site-dir", str(home / "bare")], base, checkout(home))
    forget(project)
    one = build(project, "--jobs", "1")
    forget(project)
    two = build(project, "--jobs", "2")
    pythons = gain_of_two_pythons(home)
    unchanged = build(project)
    slug = change_a_sentence(project, random.Random(number))
    changed = build(project)
    same = same_as_a_full_build(project, home) if compare else None
    alone = one_report(project, slug, home)
    memory = max(one.memory, two.memory, changed.memory)
    gain = one.wall / two.wall
    print(f"{number} reports; load {os.getloadavg()[0]:.1f}")
    told = (
        ("mkdocs build of the fixed docs/", mkdocs),
        ("full build, 1 process", one),
        ("full build, 2 processes", two),
        ("one sentence changed", changed),
        ("first build of that report alone", alone),
        ("nothing changed", unchanged),
    )
    for what, cost in told:
        print(f"  {what}: {cost.processor:.2f} s of processor time, {cost.wall:.2f} s, {cost.memory:.0f} MB")
    after = max(mkdocs.processor * AT_MOST_AFTER_A_SENTENCE, alone.processor * AT_MOST_OF_ONE_REPORT)
    limits = (
        ("full build of 2 processes, wall time, of mkdocs build", two.wall / mkdocs.wall, "≤", AT_MOST_OF_MKDOCS),
        ("the same in processor time, halved", two.processor / 2 / mkdocs.processor, "≤", AT_MOST_OF_MKDOCS),
        ("gain of 2 processes, of that of 2 Pythons", gain / pythons, "≥", AT_LEAST_OF_TWO_PYTHONS),
        ("after one sentence, of what is allowed", changed.processor / after, "≤", 1.0),
        ("megabytes of the largest process", memory, "≤", AT_MOST_MEMORY),
    )
    kept = same is not False
    for what, figure, sign, limit in limits:
        held = figure <= limit if sign == "≤" else figure >= limit
        kept &= held
        print(f"  {what}: {figure:.2f} ({sign} {limit:.2f}){'' if held else '  NOT KEPT'}")
    if same is not None:
        print(f"  bytes after the change as of a full build: {'yes' if same else 'NO'}")
    return kept, one.processor


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("folder", type=Path, help="where the projects and the older commit are kept between runs")
    parser.add_argument("--reports", type=int, nargs="+", default=[31], help="how many reports (default: 31)")
    parser.add_argument(
        "--no-compare", action="store_true", help="do not compare the bytes after a change with a full build"
    )
    options = parser.parse_args()
    shared = os.environ.get("WORKREPORT_SHARED")
    if not shared:
        sys.exit("WORKREPORT_SHARED names no folder of texts")
    # Processes that outlive their parent become children of this one, so that their time is counted.
    ctypes.CDLL(None).prctl(_SUBREAPER, 1, 0, 0, 0)
    home = options.folder.resolve()
    home.mkdir(parents=True, exist_ok=True)
    kept = True
    times = {}
    for number in options.reports:
        good, times[number] = measure(home, Path(shared), number, compare=not options.no_compare)
        kept &= good
    least, most = min(times), max(times)
    if least < most:
        growth = math.log(times[most] / times[least]) / math.log(most / least)
        print(f"growth of processor time from {least} to {most}: exponent {growth:.3f} (≤ {AT_MOST_GROWTH})")
        kept &= growth <= AT_MOST_GROWTH
    return 0 if kept else 1


if __name__ == "__main__":
    sys.exit(main())
