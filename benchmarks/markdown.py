"""Measures what MkDocs takes for the Markdown of `docs/`, as a ratio to that of an older version, and how large it is.

`benchmarks/markdown.py --before COMMIT [--reports FOLDER] [--count 31]` makes `docs/` of the project's report, and of so
many further reports, with both versions, and runs `mkdocs build` and `build.py --only site` on them in turn. Times are of
the processor, the least of several runs. A report that one of the versions cannot show ends the benchmark with its error.
Knows the limits. Leaves building to build.py.
"""

from __future__ import annotations

import argparse
import os
import resource
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Sequence
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(ROOT))

from tools.comparison import sides  # noqa: E402 - found by the line above

TAKEN = ("workreport", "reports", "templates", "vocabulary", "build.py", "site.toml", "mkdocs.yml", "MARKS.md")
"""The files and folders of a version that its project is made of."""
MKDOCS = (sys.executable, "-m", "mkdocs", "build", "--quiet", "--site-dir", "out")
PAGES = (sys.executable, "build.py", "--only", "site", "--quiet")
AT_MOST = {"mkdocs build": 0.5, "build.py --only site": 0.75}
"""The greatest ratios to the older version that the project wants."""


def processor_seconds(command: Sequence[str], folder: Path) -> float:
    """Run a command and return the processor time of it and its children. A command that fails ends the benchmark."""
    before = resource.getrusage(resource.RUSAGE_CHILDREN)
    quiet = {**os.environ, "NO_MKDOCS_2_WARNING": "1"}
    quiet.pop("PYTHONDONTWRITEBYTECODE", None)  # with it, Python compiles all of our modules anew in every run
    done = subprocess.run(command, cwd=folder, capture_output=True, text=True, check=False, env=quiet)
    after = resource.getrusage(resource.RUSAGE_CHILDREN)
    if done.returncode:
        sys.exit(f"{' '.join(command)}\n{done.stdout}{done.stderr}")
    return after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime


def project(tree: Path, target: Path, reports: Sequence[Path]) -> Path:
    """Return a copy of a version's tree with these reports added and its pages made."""
    target.mkdir()
    for name in TAKEN:
        path = tree / name
        if not path.exists():
            continue  # an older version lacks it
        (shutil.copytree if path.is_dir() else shutil.copy)(path, target / name)
    for number, report in enumerate(reports):
        copied = target / f"more-{number}{report.suffix}"
        shutil.copy(report, copied)
        command = (sys.executable, "build.py", "add", str(copied), "--slug", f"more-{number}", "--quiet")
        processor_seconds(command, target)
    processor_seconds(PAGES, target)
    return target


def rebuilt(folder: Path) -> float:
    """Return the processor time of making all pages anew, with what earlier builds keep of each report."""
    shutil.rmtree(folder / "site", ignore_errors=True)
    return processor_seconds(PAGES, folder)


def empty_site(folder: Path, runs: int) -> float:
    """Return the processor time of `mkdocs build` for one page without content: no docs/ can take less with this theme."""
    (folder / "docs").mkdir(parents=True)
    (folder / "docs" / "index.md").write_text("# A\n", encoding="utf-8")
    settings = "site_name: A\ntheme: {name: material, font: false}\nplugins: []\n"
    (folder / "mkdocs.yml").write_text(settings, encoding="utf-8")
    return min(processor_seconds(MKDOCS, folder) for _ in range(runs))


def measured(name: str, before: Path, after: Path, runs: int) -> bool:
    """Print the ratios of a pair of projects; return whether all are within the limits."""
    times: dict[str, tuple[list[float], list[float]]] = {key: ([], []) for key in AT_MOST}
    for _ in range(runs):
        for side, folder in enumerate((before, after)):
            times["mkdocs build"][side].append(processor_seconds(MKDOCS, folder))
            times["build.py --only site"][side].append(rebuilt(folder))
    good = True
    for key, (old, new) in times.items():
        ratio = min(new) / min(old)
        good = good and ratio <= AT_MOST[key]
        print(f"{name:<28}{key:<24}{min(old):>8.2f} s{min(new):>8.2f} s{ratio:>7.2f}  (wanted: {AT_MOST[key]})")
    sizes = [sum(page.stat().st_size for page in folder.glob("docs/**/*.md")) for folder in (before, after)]
    print(f"{name:<28}{'bytes of Markdown':<24}{sizes[0]:>10}{sizes[1]:>10}{sizes[1] / sizes[0]:>7.2f}")
    return good


def main(arguments: Sequence[str] | None = None) -> int:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--before", metavar="COMMIT", required=True, help="the commit of the older version")
    parser.add_argument("--reports", type=Path, metavar="FOLDER", help="the folder of further reports")
    parser.add_argument("--count", type=int, default=31, help="how many of them to add (default: 31)")
    parser.add_argument("--runs", type=int, default=3)
    given = parser.parse_args(arguments)
    files = sorted(path for path in given.reports.iterdir() if path.suffix in {".txt", ".md"}) if given.reports else []
    good = True
    with tempfile.TemporaryDirectory(prefix="workreport-markdown-") as work:
        print(f"{'an empty page':<28}{'mkdocs build':<24}{empty_site(Path(work) / 'empty', given.runs):>20.2f} s")
        older = sides.tree(ROOT, given.before, Path(work) / "tree")
        for name, more in (("1 report", []), (f"{1 + len(files[: given.count])} reports", files[: given.count])):
            if more or name == "1 report":
                old, new = (project(tree, Path(work) / f"{name}-{k}", more) for k, tree in enumerate((older, ROOT)))
                good = measured(name, old, new, given.runs) and good
    return 0 if good else 1


if __name__ == "__main__":
    sys.exit(main())
