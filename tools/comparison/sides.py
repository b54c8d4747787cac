"""Builds a fixed set of projects with the program of one source tree, so that two trees can be compared.

The result, called a side, is a folder with a project for each name in PROJECTS, `inspect-NAME.json` with the output of
`inspect`, and `typst-NAME/` with the recorded inputs of typst.
Knows the projects and the commands that make them. Leaves comparing to the other modules of this folder.
"""

from __future__ import annotations

import io
import os
import shutil
import subprocess
import sys
import tarfile
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

RECORD = Path(__file__).with_name("record.py")
OWN, ALL = "gongshu", "all"
"""The project of the report in the repository itself, and the project with all reports."""
BUILT = (OWN, "guangdong", "hainan", "state", ALL)
ADDED = ("guangdong", "hainan", "jiangsu", "state")
PROJECTS = (*BUILT, "jiangsu")
SLUGS = {"state": "state-1954"}
"""Slugs for reports without a date, which the program cannot derive."""


class BuildError(Exception):
    """A command failed; the message contains the command and its output."""


@dataclass(frozen=True, slots=True)
class Sources:
    """The reports besides the repository's own: `files`, a path for each name in ADDED, and `more`, which are only inspected."""

    files: Mapping[str, Path]
    more: Sequence[Path] = ()


def tree(repository: Path, commit: str, target: Path) -> Path:
    """Write the files of a commit into the new folder `target` and return it. BuildError for an unknown commit."""
    done = subprocess.run(["git", "-C", str(repository), "archive", commit], capture_output=True, check=False)
    if done.returncode:
        raise BuildError(f"git archive {commit}: {done.stderr.decode(errors='replace').strip()}")
    with tarfile.open(fileobj=io.BytesIO(done.stdout)) as packed:
        packed.extractall(target, filter="data")
    return target


def build(engine: Path, sources: Sources, target: Path) -> Path:
    """Make every project below `target`, which is emptied first, with the source tree `engine`; return `target`.

    BuildError at the first command that fails.
    """
    if target.exists():
        shutil.rmtree(target)
    own = target / OWN
    own.mkdir(parents=True)
    shutil.copytree(engine / "reports", own / "reports")
    for name in ("site.toml", "mkdocs.yml"):
        shutil.copy(engine / name, own / name)
    for name in ADDED:
        (target / name).mkdir()
        slug = ["--slug", SLUGS[name]] if name in SLUGS else []
        run(engine, target / name, ["add", str(sources.files[name].resolve()), *slug, "--quiet"])
    for name in (OWN, *ADDED):
        shutil.copytree(target / name / "reports", target / ALL / "reports", dirs_exist_ok=True)
    for name in ("site.toml", "mkdocs.yml"):
        shutil.copy(own / name, target / ALL / name)
    for name in BUILT:
        run(engine, target / name, ["build", "--quiet"], record=target / f"typst-{name}")
    inspect(engine, {OWN: next((own / "reports").glob("*/source.*")), **sources.files}, target)
    inspect(engine, {path.stem: path for path in sources.more}, target)
    return target


def inspect(engine: Path, files: Mapping[str, Path], target: Path) -> None:
    """Write the output of `inspect` for each file (name to path) to `inspect-NAME.json` in `target`. BuildError on failure."""
    for name, path in files.items():
        # The output contains the path as it is given; a bare name is the same on both sides.
        printed = run(engine, path.parent, ["inspect", path.name])
        (target / f"inspect-{name}.json").write_bytes(printed)


def run(engine: Path, project: Path, arguments: list[str], record: Path | None = None) -> bytes:
    """Run a workreport command of the source tree in a project and return its stdout. BuildError if it fails.

    With `record`, the inputs of typst are written into that folder.
    """
    if not (engine / "workreport").is_dir():  # else another `workreport` that this Python knows would run in its place
        raise BuildError(f"{engine}: no source tree of workreport")
    env = {name: value for name, value in os.environ.items() if not name.startswith(("SOURCE_DATE", "WORKREPORT_"))}
    env |= {"PYTHONPATH": str(engine.resolve()), "PYTHONDONTWRITEBYTECODE": "1", "PYTHONUTF8": "1"}
    start = [sys.executable, str(RECORD), str(record.resolve())] if record else [sys.executable, "-m", "workreport"]
    # -P keeps the folders of record.py and of the project off sys.path, where they could hide the tree's modules.
    start.insert(1, "-P")
    done = subprocess.run([*start, *arguments], cwd=project, env=env, capture_output=True, check=False)
    if done.returncode:
        printed = (done.stderr + done.stdout).decode(errors="replace")
        raise BuildError(f"workreport {' '.join(arguments)} ({engine}): exit {done.returncode}\n{printed.strip()}")
    return done.stdout
