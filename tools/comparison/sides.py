"""Builds the same projects with the engine of one tree, so that two trees can be compared.

Knows the projects and the commands that make them. Leaves opening and comparing what was made to the modules beside it.
A side is a folder: a project in each of PROJECTS, `inspect-NAME.json`, and `typst-NAME/` with what typst was given.
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
"""The report that the tree brings itself, and the collection of all reports."""
BUILT = (OWN, "guangdong", "hainan", "state", ALL)
ADDED = ("guangdong", "hainan", "jiangsu", "state")
PROJECTS = (*BUILT, "jiangsu")
SLUGS = {"state": "state-1954"}
"""The slug of a report whose file names no date."""


class BuildError(Exception):
    """A command failed; the message is the command and what it printed."""


@dataclass(frozen=True, slots=True)
class Sources:
    """The reports that are read beside the tree's own: a path for each of ADDED, and those that are only inspected."""

    files: Mapping[str, Path]
    more: Sequence[Path] = ()


def tree(repository: Path, commit: str, target: Path) -> Path:
    """The files of a commit, written into the new folder `target`. Raises BuildError for an unknown commit."""
    done = subprocess.run(["git", "-C", str(repository), "archive", commit], capture_output=True, check=False)
    if done.returncode:
        raise BuildError(f"git archive {commit}: {done.stderr.decode(errors='replace').strip()}")
    with tarfile.open(fileobj=io.BytesIO(done.stdout)) as packed:
        packed.extractall(target, filter="data")
    return target


def build(engine: Path, sources: Sources, target: Path) -> Path:
    """Every project, made by the tree `engine` with this Python, below the new folder `target`.

    Raises BuildError at the first command that fails.
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
    """Write what `inspect` prints of each file to `inspect-NAME.json` in `target`. Raises BuildError."""
    for name, path in files.items():
        printed = run(engine, path.parent, ["inspect", path.name])  # it prints the path that it was given
        (target / f"inspect-{name}.json").write_bytes(printed)


def run(engine: Path, project: Path, arguments: list[str], record: Path | None = None) -> bytes:
    """Run one command of that tree in a project and return what it prints on stdout."""
    env = {name: value for name, value in os.environ.items() if not name.startswith(("SOURCE_DATE", "WORKREPORT_"))}
    env |= {"PYTHONPATH": str(engine.resolve()), "PYTHONDONTWRITEBYTECODE": "1", "PYTHONUTF8": "1"}
    start = [sys.executable, str(RECORD), str(record.resolve())] if record else [sys.executable, "-m", "workreport"]
    start.insert(1, "-P")  # neither the folder of record.py nor the project may hide a module of the tree
    done = subprocess.run([*start, *arguments], cwd=project, env=env, capture_output=True, check=False)
    if done.returncode:
        printed = (done.stderr + done.stdout).decode(errors="replace")
        raise BuildError(f"workreport {' '.join(arguments)} ({engine}): exit {done.returncode}\n{printed.strip()}")
    return done.stdout
