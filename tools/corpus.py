"""`make corpus CORPUS=FOLDER`: runs any folder of reports through the engine and prints a table, one line a file.

Knows how to count what was read; leaves reading to `workreport`. With `--sites DIR NAME…` it also builds the named ones
as full sites and checks them.
"""

from __future__ import annotations

import argparse
import shutil
import sys
import time
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parent.parent))

from workreport import assembly, check, intake, pipeline, plan
from workreport.commands import is_ours

COLUMNS = ("字数", "章节", "指标", "修复", "疑点", "未认领", "秒")


def row(path: Path, known: pipeline.Words) -> tuple[str, ...]:
    """The counts of one file; a file that cannot be read gives its error instead."""
    start = time.perf_counter()
    try:
        r = pipeline.take(path, "corpus", known, spell=str).reading
    except Exception as error:
        if not is_ours(error):
            raise
        return (path.name, str(error))
    counts = (
        len(r.text.body), sum(1 for _ in r.outline.walk()), len(r.indicators), len(r.repairs), len(r.faults),
        len(r.found.unclaimed),
    )  # fmt: skip
    return (path.name, *map(str, counts), f"{time.perf_counter() - start:.2f}")


def site(path: Path, folder: Path) -> list[str]:
    """Build one file as a project of its own and check it; gives what is wrong."""
    folder = folder.resolve()
    shutil.rmtree(folder, ignore_errors=True)
    folder.mkdir(parents=True)
    intake.add(folder, path)
    assembly.build(plan.Order(folder), assembly.untold, print)
    return [str(problem) for problem in check.check(folder)]


def main() -> int:
    """Print the table; 1 where a built site does not pass its check."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("folder", type=Path)
    parser.add_argument("--sites", nargs="+", metavar="NAME", default=[], help="where to build, then which files")
    options = parser.parse_args()
    known = pipeline.words(plan.vocabulary_of(Path.cwd()))
    print("\t".join(("文件", *COLUMNS)))
    for path in sorted(p for p in options.folder.iterdir() if p.is_file()):
        print("\t".join(row(path, known)), flush=True)
    failed = 0
    for name in options.sites[1:]:
        (path,) = options.folder.glob(f"{name}.*")
        problems = site(path, Path(options.sites[0]) / name)
        failed += bool(problems)
        print(f"{name}: {'；'.join(problems) or '站点核对无误'}", flush=True)
    return min(failed, 1)


if __name__ == "__main__":
    sys.exit(main())
