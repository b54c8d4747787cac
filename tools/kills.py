"""Kills builds, publications, `add` and `clean` at random moments, and looks that nothing is lost and nothing is half.

`python tools/kills.py [--builds 300] [--publications 300] [--adds 100] [--cleans 100] [--seed N]`: works on a project of its own in
a temporary folder. Prints for each command how many were killed in the middle and what was found; exit code 1 if anything was
lost. Publications are killed in both forms, with links and with the pointer file.
"""

from __future__ import annotations

import argparse
import contextlib
import hashlib
import os
import random
import shutil
import signal
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(ROOT))

from tests.publish.served_folder import put, silent  # noqa: E402 - the project is found only now
from tests.publish.small_site import ADDRESS, SENTENCES, changed, make_site, tree  # noqa: E402
from tests.publish.test_interrupted import PUBLISH, mixed_folders, seen, versions_led_to  # noqa: E402
from workreport.project import writer  # noqa: E402

OLD, NEW = "全年新增企业30家。", "全年新增企业31家。"
REPORT = f"政府工作报告\n（2025年1月9日在清水区第三届人民代表大会第五次会议上）\n清水区人民政府区长 李四\n各位代表：\n一、2024年工作回顾\n（一）工业稳中有进。{OLD}\n二、2025年工作安排\n办好实事。\n"


@dataclass
class Tally:
    """What happened to one command: how often it was run and killed before its end, and what was lost, in words.

    `between` counts the kills after which the stable addresses of a place without links were not all of one version.
    """

    name: str
    runs: int = 0
    killed: int = 0
    between: int = 0
    lost: list[str] = field(default_factory=list)

    def line(self) -> str:
        """The result in one line."""
        between = f", {self.between} left stable addresses of two versions" if self.between else ""
        return (
            f"{self.name}: {self.runs} started, {self.killed} killed before their end, {len(self.lost)} losses{between}"
        )


class Killer:
    """Starts a command and kills it, with all its children, at a random moment of the time that it takes."""

    def __init__(self, chance: random.Random) -> None:
        self.chance = chance
        self.whole: dict[str, float] = {}

    def run(self, tally: Tally, command: list[str], two_steps: bool = False) -> None:
        """Run a command; the first one is not killed, and its time is taken."""
        environment = {**os.environ, "PYTHONPATH": str(ROOT), writer.TWO_STEPS: "1" if two_steps else ""}
        began = time.monotonic()
        running = subprocess.Popen(
            command,
            cwd=ROOT,
            env=environment,
            start_new_session=True,
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
        )
        whole = self.whole.get(tally.name)
        if whole is None:
            running.wait()
            self.whole[tally.name] = time.monotonic() - began
            return
        tally.runs += 1
        # What is replaced is replaced at the end: half of the kills are aimed there.
        late = tally.runs % 2 == 0
        with contextlib.suppress(subprocess.TimeoutExpired):
            running.wait(whole * (self.chance.uniform(0.6, 1.1) if late else self.chance.uniform(0.0, 1.0)))
        over = running.poll() is not None
        tally.killed += not over
        self.whole[tally.name] = whole * (0.95 if over else 1.04) if late else whole
        with contextlib.suppress(ProcessLookupError):
            os.killpg(running.pid, signal.SIGKILL)
        running.wait()


def fingerprint(*folders: Path) -> str:
    """A SHA-256 over names and bytes of all files of these folders."""
    total = hashlib.sha256()
    for folder in folders:
        for path in sorted(p for p in folder.rglob("*") if p.is_file()):
            total.update(f"{path.relative_to(folder.parent).as_posix()}\0".encode())
            total.update(hashlib.sha256(path.read_bytes()).digest())
    return total.hexdigest()


def workreport(project: Path, *words: str) -> list[str]:
    """A command of the program for a project."""
    return [sys.executable, "-m", "workreport", "--project", str(project), *words]


def new_project(folder: Path) -> Path:
    """A project of one report, without fonts and pictures, which take the most time."""
    (folder / "reports" / "small").mkdir(parents=True)
    (folder / "reports" / "small" / "source.txt").write_text(REPORT, encoding="utf-8")
    (folder / "site.toml").write_text("[build]\npictures = false\n[archive]\npdf = false\n", encoding="utf-8")
    return folder


def builds(count: int, folder: Path, killer: Killer) -> Tally:
    """Kill builds: `site/` and `archive/` are each whole, and after the next command of one build."""
    tally = Tally("build")
    project = new_project(folder)
    source, ledger = project / "reports" / "small" / "source.txt", project / "reports" / "small" / "ids.toml"
    variants = (REPORT, REPORT.replace(OLD, NEW))
    command = workreport(project, "build", "--quiet")
    subprocess.run(command, cwd=ROOT, check=True)
    given = ledger.read_bytes()
    live = [project / "site", project / "archive"]
    sites, pairs = [], []

    def choose(k: int) -> None:
        source.write_text(variants[k], encoding="utf-8")
        ledger.write_bytes(given)

    for k in (0, 1):
        choose(k)
        subprocess.run(command, cwd=ROOT, check=True)
        sites.append([fingerprint(one) for one in live])
        pairs.append(fingerprint(*live))
    at = 1
    killer.run(tally, command)
    for number in range(count):
        two_steps = number % 10 == 9  # as on a system that cannot swap folders
        choose(1 - at)
        killer.run(tally, command, two_steps)
        if not two_steps:
            for k, one in enumerate(live):
                if fingerprint(one) not in {row[k] for row in sites}:
                    tally.lost.append(f"{number}: {one.name}/ is neither the old nor the new")
        with writer.lock_project(project, silent):
            pass
        now = fingerprint(*live)
        if now not in pairs:
            tally.lost.append(f"{number}: site/ and archive/ are not of one build")
            subprocess.run(command, cwd=ROOT, check=True)
            now = fingerprint(*live)
        at = pairs.index(now)
    return tally


def publications(count: int, folder: Path, killer: Killer, *, plain: bool) -> Tally:
    """Kill publications: readers see the old or the new site whole, and every listed version is complete.

    Without links each folder is wholly of one of the two, but where folders cannot be swapped: as if they could not is every
    tenth. How often a kill left folders of both is told.
    """
    tally = Tally(f"publish ({'pointer' if plain else 'links'})")
    sites = {
        "old": make_site(folder / "old", bulk=40, address=ADDRESS),
        "new": make_site(
            folder / "new", changed(SENTENCES, 1, "s0000000a", "全年新增企业31家，增长5.3%。"), bulk=40, address=ADDRESS
        ),
    }
    known = {key: tree(site) for key, site in sites.items()}
    www = folder / "www"
    put(sites["old"].parent, www, plain=plain)
    at, left = "old", set[str]()
    killer.run(tally, [sys.executable, "-c", PUBLISH, str(sites["old"].parent), str(www)])
    for number in range(count):
        following = "new" if at == "old" else "old"
        two_steps = plain and number % 10 == 9  # as on a system that cannot swap folders
        killer.run(tally, [sys.executable, "-c", PUBLISH, str(sites[following].parent), str(www)], two_steps)
        try:
            at = seen(www, known)
        except AssertionError as error:
            tally.lost.append(f"{number}: {error}")
        mixed = mixed_folders(www, known) if plain else []
        if not two_steps and (fresh := set(mixed) - left):
            tally.lost.append(f"{number}: files of both sites in {'、'.join(sorted(fresh))}")
        left = set(mixed)  # what a kill left stays if the next one comes before it is mended
        tally.between += plain and len(versions_led_to(www, known[at])) > 1
        if number % 40 == 39:  # versions pile up
            for old in sorted((www / "v").glob("2*"), key=lambda p: int(p.name.rpartition(".")[2]))[:-5]:
                shutil.rmtree(old)
            # The lists name versions whose folders are gone: begin anew.
            shutil.rmtree(www)
            put(sites[at].parent, www, plain=plain)
    put(sites["new"].parent, www, again=True)
    if seen(www, known) != "new" or list(www.rglob("*.part")):
        tally.lost.append("the next publication did not heal")
    return tally


def adds(count: int, folder: Path, killer: Killer) -> Tally:
    """Kill `add`: the new report is there whole or not at all, and the others are untouched."""
    tally = Tally("add")
    project = new_project(folder / "p")
    file = folder / "清水区2025.txt"
    file.write_text(REPORT, encoding="utf-8")
    killer.run(tally, workreport(project, "add", str(file), "--slug", "first"))
    whole = sorted(path.name for path in (project / "reports" / "first").iterdir())
    before = fingerprint(project / "reports" / "small", project / "reports" / "first")
    for number in range(count):
        slug = f"added-{number}"
        killer.run(tally, workreport(project, "add", str(file), "--slug", slug))
        made = project / "reports" / slug
        if made.exists() and sorted(path.name for path in made.iterdir()) != whole:
            tally.lost.append(f"{number}: half a report: {sorted(path.name for path in made.iterdir())}")
        if (
            fingerprint(project / "reports" / "small", project / "reports" / "first") != before
            or file.read_text(encoding="utf-8") != REPORT
        ):
            tally.lost.append(f"{number}: another report was changed")
    return tally


def cleans(count: int, folder: Path, killer: Killer) -> Tally:
    """Kill `clean`: reports, docs and settings are untouched, and the next build gives the same site."""
    tally = Tally("clean")
    project = new_project(folder)
    build = workreport(project, "build", "--quiet", "--only", "site")
    subprocess.run(build, cwd=ROOT, check=True)
    site = fingerprint(project / "site")
    kept = folder.parent / "kept"
    shutil.copytree(project, kept)
    own = fingerprint(project / "reports", project / "docs")
    killer.run(tally, workreport(project, "clean"))
    for number in range(count):
        shutil.rmtree(project)
        shutil.copytree(kept, project)
        (project / "site" / "mine.txt").write_bytes(b"mine")
        killer.run(tally, workreport(project, "clean"))
        there = [path.read_bytes() for path in project.rglob("mine.txt")]
        if b"mine" not in there:
            tally.lost.append(f"{number}: the publisher's own file is gone")
        if fingerprint(project / "reports", project / "docs") != own:
            tally.lost.append(f"{number}: reports/ or docs/ were changed")
        if number % 10 == 0:
            subprocess.run(build, cwd=ROOT, check=True)
            if fingerprint(project / "site") != site:
                tally.lost.append(f"{number}: the next build gives another site")
    return tally


def main() -> int:
    """Kill all commands so many times, and print what was found."""
    ask = argparse.ArgumentParser(description=__doc__)
    for name, count in (("builds", 300), ("publications", 300), ("adds", 100), ("cleans", 100), ("seed", 1)):
        ask.add_argument(f"--{name}", type=int, default=count)
    given = ask.parse_args()
    killer = Killer(random.Random(given.seed))
    failed = 0
    with tempfile.TemporaryDirectory(prefix="workreport-kills-") as name:
        home = Path(name)
        work: list[tuple[int, Callable[[], Tally]]] = [
            (given.builds, lambda: builds(given.builds, home / "build" / "p", killer)),
            (given.publications, lambda: publications(given.publications, home / "links", killer, plain=False)),
            (given.publications, lambda: publications(given.publications, home / "pointer", killer, plain=True)),
            (given.adds, lambda: adds(given.adds, home / "add", killer)),
            (given.cleans, lambda: cleans(given.cleans, home / "clean" / "p", killer)),
        ]
        for count, job in work:
            if count:
                tally = job()
                print(tally.line(), *(f"  {words}" for words in tally.lost), sep="\n", flush=True)
                failed += len(tally.lost)
    return 1 if failed else 0


if __name__ == "__main__":
    sys.exit(main())
