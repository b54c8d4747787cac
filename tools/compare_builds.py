"""Compares what two versions of the program build: `compare_builds.py --before COMMIT --reports FOLDER`.

Builds the project's own report, four others and the collection of all of them, once with an older commit and once with
the working tree, and compares the outputs byte for byte. Only our own scripts and styles, and what depends on them, may
differ (tools/comparison/rules.py). The exit code is 0 if there is no difference besides those in the allow-list, 1 if
there is one, 2 for wrong usage or a failed build.
Knows the command line and the printed report. Leaves building and comparing to tools/comparison.
"""

from __future__ import annotations

import argparse
import re
import sys
import tempfile
from collections.abc import Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parent.parent))

from tools.comparison import contents, differences, rules, shots, sides
from tools.comparison.differences import Allowed, Outcome

ROOT = Path(__file__).resolve().parent.parent
FILES = {
    "guangdong": "province-guangdong-2026.txt",
    "hainan": "province-hainan-2026.txt",
    "jiangsu": "province-jiangsu-2026.txt",
    "state": "state-guowuyuan-1954-wikisource.txt",
}
"""Name of a report to its default file in the folder `--reports`."""


def options(arguments: Sequence[str] | None) -> argparse.Namespace:
    """Parse the command line. The result also has `files`, a path for each report in FILES. Exits with 2 for wrong usage."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--before", metavar="COMMIT", help="the commit of the older version")
    parser.add_argument("--after", metavar="COMMIT", help="the commit of the newer version (default: the working tree)")
    parser.add_argument(
        "--before-built", type=Path, metavar="DIR", help="outputs of an earlier run with --keep: DIR/before"
    )
    parser.add_argument("--after-built", type=Path, metavar="DIR", help="the same for the newer version: DIR/after")
    parser.add_argument("--reports", type=Path, metavar="FOLDER", help="the folder of the other reports")
    for name, file in FILES.items():
        parser.add_argument(
            f"--{name}", metavar="FILE", default=file, help=f"the report's file in that folder (default: {file})"
        )
    parser.add_argument(
        "--keep", type=Path, metavar="DIR", help="keep both outputs and the differing screenshots in this folder"
    )
    parser.add_argument("--inspect-all", action="store_true", help="run inspect on every file of --reports")
    parser.add_argument("--pictures", action="store_true", help="also compare screenshots of twelve pages")
    parser.add_argument(
        "--allow", type=Path, metavar="FILE", help="file of intended differences, one per line: KIND: PATH | REASON"
    )
    parser.add_argument(
        "--shown", type=int, default=12, metavar="N", help="how many differences of each kind to print (default: 12)"
    )
    given = parser.parse_args(arguments)
    if not given.before and not given.before_built:
        parser.error("the older version is missing: give --before COMMIT or --before-built DIR")
    builds = not given.before_built or not given.after_built
    if builds and not given.reports:
        parser.error("the folder of the reports is missing: give --reports FOLDER")
    given.files = {name: given.reports / getattr(given, name) for name in FILES} if given.reports else {}
    if builds and (lacking := [str(path) for path in given.files.values() if not path.is_file()]):
        parser.error(f"no such file: {', '.join(lacking)}")
    return given


def version(engine: Path | None) -> str:
    """Return `__version__` of the source tree `engine`, or "" if `engine` is None or has no version."""
    file = engine / "workreport" / "__init__.py" if engine else None
    found = re.search(r'__version__ = "([^"]+)"', file.read_text(encoding="utf-8")) if file and file.is_file() else None
    return found[1] if found else ""


def made(given: argparse.Namespace, work: Path) -> tuple[tuple[Path, str], tuple[Path, str]]:
    """Return (outputs, program version) of both sides; a side that is not given as built is built below `work`."""
    wanted: list[tuple[Path | None, Path | None, Path]] = []
    for name, commit, ready in (
        ("before", given.before, given.before_built),
        ("after", given.after, given.after_built),
    ):
        tree = sides.tree(ROOT, commit, work / f"{name}-tree") if commit else ROOT if name == "after" else None
        wanted.append((tree, ready, work / name))

    def side(one: tuple[Path | None, Path | None, Path]) -> tuple[Path, str]:
        tree, ready, target = one
        if ready:
            return ready.resolve(), version(tree) or version(ROOT)
        assert tree is not None
        return sides.build(tree, sides.Sources(given.files, more), target), version(tree)

    more = sorted(path for path in given.reports.iterdir() if path.is_file()) if given.inspect_all else []
    with ThreadPoolExecutor(2) as workers:
        before, after = workers.map(side, wanted)
    return before, after


def compared(before: tuple[Path, str], after: tuple[Path, str]) -> Outcome:
    """Compare all outputs of the two sides, each given as (folder, program version), without the screenshots."""
    outcome, versions = Outcome(), (before[1], after[1])
    for name in sides.PROJECTS:
        pair = [contents.of_project(side / name) for side, _ in (before, after)]
        typst = [differences.recordings(side / f"typst-{name}") for side, _ in (before, after)]
        if all(typst):
            pair = [project | inputs for project, inputs in zip(pair, typst, strict=True)]
        outcome.add(differences.compare(f"{name}/", pair[0], pair[1], versions))
    inspected = [differences.inspections(side) for side, _ in (before, after)]
    outcome.add(differences.compare("", inspected[0], inspected[1], versions))
    return outcome


def report_lines(outcome: Outcome, allow: Sequence[Allowed], shown: int) -> Iterator[str]:
    """Yield the lines of the report: a table of counts per kind, the differences, and a summary.

    A difference is shown with its kind, its path and the first differing place, or the reason if it is allowed. At most
    `shown` differences of a kind are listed. Differences that several files share are listed once.
    """
    failing = [d for d in outcome.found if d.kind not in rules.FREE and not any(a.fits(d) for a in allow)]
    meant = [(d, a) for d in outcome.found if d.kind not in rules.FREE for a in allow if a.fits(d)]
    free = [d for d in outcome.found if d.kind in rules.FREE]
    yield f"{'kind':<28}{'compared':>10}{'equal':>10}{'different':>11}"
    for kind in (*rules.KINDS, shots.KIND, *rules.FREE):
        count = outcome.compared[kind]
        differ = len({d.path for d in outcome.found if d.kind == kind})
        note = "  (may differ)" if kind in rules.FREE else "" if count else "  (not compared)"
        yield f"{kind:<28}{count:>10}{count - differ:>10}{differ:>11}{note}"
    for kind in dict.fromkeys(d.kind for d in failing):
        groups = list(differences.grouped(d for d in failing if d.kind == kind))
        for one, more in groups[:shown]:
            yield f"DIFFERENT {kind}: {one.path}{f' (and {more} more like it)' if more else ''}\n    {one.place}"
        if len(groups) > shown:
            yield f"    and {len(groups) - shown} other differences of this kind"
    for reason in dict.fromkeys(a.reason for _, a in meant):
        paths = [d for d, a in meant if a.reason == reason]
        yield f"ALLOWED {len(paths)} files: {reason}; first {paths[0].path}\n    {paths[0].place}"
    for one, more in differences.grouped(outcome.units):
        yield f"UNITS {one.path}{f' (and {more} more like it)' if more else ''}\n    {one.place}"
    names = sorted({d.path.rpartition("/")[2] for d in free if d.kind == rules.SCRIPTS})
    if names:
        yield f"own scripts and styles that differ: {', '.join(names)}"
    yield f"{'DIFFERENT' if failing else 'EQUAL'}: {len(failing)} differences, {len(meant)} allowed, {len(outcome.units)} search indexes in units only"


def equal(outcome: Outcome, allow: Sequence[Allowed]) -> bool:
    """Return whether every difference is of a kind that may differ (`rules.FREE`) or is in the allow-list."""
    return all(d.kind in rules.FREE or any(a.fits(d) for a in allow) for d in outcome.found)


@contextmanager
def _work_folder(keep: Path | None) -> Iterator[Path]:
    if keep:
        keep.mkdir(parents=True, exist_ok=True)
        yield keep.resolve()
        return
    with tempfile.TemporaryDirectory(prefix="workreport-compare-") as folder:
        yield Path(folder)


def main(arguments: Sequence[str] | None = None) -> int:
    given = options(arguments)
    try:
        allow = differences.allowed(given.allow.read_text(encoding="utf-8")) if given.allow else ()
        with _work_folder(given.keep) as work:
            before, after = made(given, work)
            outcome = compared(before, after)
            if given.pictures:
                outcome.add(shots.compare(before[0], after[0], work / "pictures" if given.keep else None))
    except (OSError, ValueError, sides.BuildError, shots.NoBrowserError) as error:
        print(f"compare_builds: {error}", file=sys.stderr)
        return 2
    print("\n".join(report_lines(outcome, allow, given.shown)))
    return 0 if equal(outcome, allow) else 1


if __name__ == "__main__":
    sys.exit(main())
