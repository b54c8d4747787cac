"""Concurrent and killed publications: readers always see the whole old or the whole new site."""

from __future__ import annotations

import contextlib
import os
import random
import re
import shutil
import signal
import subprocess
import sys
import threading
import time
from collections.abc import Iterable
from itertools import pairwise
from pathlib import Path

import pytest

from tests.conftest import ROOT, sampled
from tests.publish.served_folder import FIRST, HOWS, SECOND, listed, newest, put, silent, versions_listed
from tests.publish.small_site import ADDRESS, DAY, SENTENCES, SLUG, changed, make_site, tree, words_of
from workreport import publish
from workreport.project import writer


def test_second_publication_waits_and_announces_it(project: Path, www: Path) -> None:
    said: list[str] = []
    done: list[publish.PublishResult] = []
    with writer.lock_project(www, silent, what="发布"):
        second = threading.Thread(target=lambda: done.append(publish.publish(project, www, said.append)))
        second.start()
        give_up = time.monotonic() + 60
        while not any("另一个发布正在进行" in line for line in said) and time.monotonic() < give_up:
            time.sleep(0.01)
        assert done == []
    second.join(60)
    assert [d.version for d in done] == [FIRST]
    assert any("另一个发布正在进行" in line for line in said)


def test_second_publication_gives_up_when_the_waiting_time_is_over(www: Path) -> None:
    with (
        writer.lock_project(www, silent, what="发布"),
        pytest.raises(writer.BusyError, match="另一个发布仍在进行"),
        writer.lock_project(www, silent, wait=0.0, what="发布"),
    ):
        pass


PUBLISH = "import sys; from pathlib import Path; from workreport import publish; publish.publish(Path(sys.argv[1]), Path(sys.argv[2]), print, again=True)"  # fmt: skip


def seen(www: Path, known: dict[str, dict[str, str]]) -> str:
    """Return the key of the known site that readers get; fail if any page or file is of another one.

    Fail also if a list names a version that is not complete.
    """
    if (www / "current.js").is_file():
        got = tree(www / "v" / newest(www))
        for name, words in stable_copies(www, got).items():
            assert words in [site.get(name) for site in known.values()], f"{name} is neither the old nor the new one"
    else:
        got = {name: words_of(www / name) for name in next(iter(known.values()))}
    found = [key for key, site in known.items() if got == site]
    assert found, "readers see neither of the two sites whole"
    assert newest(www) in versions_listed(www)
    time_map = www / "v" / "timemap.link"
    if time_map.is_file() and not (www / "current.js").is_file():
        assert f"/v/{newest(www)}/>" in time_map.read_text(encoding="utf-8").splitlines()[-1]
    named = versions_listed(www) | set(re.findall(r'<section class="version" id="v-([^"]+)"', listed(www)))
    for name in named:
        assert (www / "v" / name / "version.json").is_file(), "a list contains a version that is not complete"
    return found[0]


def stable_copies(www: Path, site: Iterable[str]) -> dict[str, str]:
    """Return the text of each file of a site at its stable address, where there are no links; fail if a page has no redirect."""
    pages = [name for name in site if name.endswith(".html") and name != "404.html"]
    assert all(" data-stub " in (www / name).read_text(encoding="utf-8") for name in pages)
    return {name: words_of(www / name) for name in site if name not in pages}


@pytest.mark.long
@pytest.mark.skipif(sys.platform == "win32", reason="signals of POSIX")
@HOWS
def test_publication_killed_at_fifty_moments_leaves_the_old_or_the_new_site(
    tmp_path: Path, www: Path, plain: bool
) -> None:
    sites = {
        "old": make_site(tmp_path / "old", bulk=60, address=ADDRESS),
        "new": make_site(
            tmp_path / "new",
            changed(SENTENCES, 1, "s0000000a", "全年新增企业31家，增长5.3%。"),
            bulk=60,
            address=ADDRESS,
        ),
    }
    known = {key: tree(site) for key, site in sites.items()}
    put(tmp_path / "old", www, plain=plain)
    began = time.monotonic()
    subprocess.run([sys.executable, "-c", PUBLISH, tmp_path / "new", www], cwd=ROOT, check=True, capture_output=True)
    whole = time.monotonic() - began
    at, named = "new", versions_listed(www)
    dice = random.Random(20240221)
    ends, wholes = {"old": 0, "new": 0}, 0
    for k in range(50):
        other = "old" if at == "new" else "new"
        work = subprocess.Popen([sys.executable, "-c", PUBLISH, tmp_path / other, www], cwd=ROOT, stdout=subprocess.DEVNULL, start_new_session=True)  # fmt: skip
        time.sleep(whole * (dice.uniform(0.7, 1.3) if k % 2 else dice.uniform(0.0, 1.0)))
        if k % 2:  # adapt to the present speed of the machine
            whole *= 1.08 if work.poll() is None else 0.92
        with contextlib.suppress(ProcessLookupError):
            os.killpg(work.pid, signal.SIGKILL)
        work.wait()
        now = seen(www, known)
        assert named <= versions_listed(www), "a version that was listed is gone"
        named = versions_listed(www)
        wholes += now == other
        at = now
        ends[now] += 1
    assert ends["old"], "every kill came before the switch, or every one after it"
    assert ends["new"]
    assert 0 < wholes < 50
    # The next publication removes all leftovers, and version numbers have no gap.
    last = put(tmp_path / "old", www, again=True).version
    names = versions_listed(www)
    assert {p.name for p in (www / "v").iterdir() if p.name.startswith(DAY)} == names
    # A version killed just before its pointer file is completed by the next run, which then adds its own.
    assert names == named | {last}
    assert names == {f"{DAY}.{number}" for number in range(1, len(names) + 1)}
    assert not (www / ".workreport" / "publishing").exists()
    assert seen(www, known) == "old"


KILLED_IN_THE_EXCHANGE = """
import os, signal, sys
from pathlib import Path
from workreport import publish
from workreport.project import writer

step, steps = int(sys.argv[3]), 0  # kill before this step of the exchange, counted from 1; 0 for none

def counted(function):
    def call(*arguments):
        global steps
        steps += 1
        if steps == step:
            os.kill(os.getpid(), signal.SIGKILL)
        return function(*arguments)
    return call

for name in ("swap", "move_file", "move_folder"):
    setattr(writer, name, counted(getattr(writer, name)))
publish.publish(Path(sys.argv[1]), Path(sys.argv[2]), lambda line: None)
print(steps)
"""


@pytest.mark.skipif(sys.platform == "win32", reason="signals of POSIX")
@pytest.mark.parametrize("two_steps", ["0", "1"], ids=["folder by folder", "file by file"])
@pytest.mark.parametrize("share", sampled([k / 16 for k in range(16)], 16))
def test_publication_killed_at_any_step_of_the_exchange_is_completed_by_the_next(
    tmp_path: Path, share: float, two_steps: str
) -> None:
    project, www = tmp_path / "p", tmp_path / "www"
    known = {"old": tree(make_site(project, bulk=5, address=ADDRESS))}
    put(project, www, plain=True)
    whole = shutil.copytree(www, tmp_path / "whole")
    known["new"] = tree(make_site(project, changed(SENTENCES, 1, "s0000000a", "改了。"), bulk=5, address=ADDRESS))

    def publish_to(folder: Path, step: int) -> subprocess.CompletedProcess[str]:
        command = [sys.executable, "-c", KILLED_IN_THE_EXCHANGE, str(project), str(folder), str(step)]
        environment = {**os.environ, writer.TWO_STEPS: two_steps}
        return subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=False, env=environment)

    steps = int(publish_to(whole, 0).stdout)
    assert seen(whole, known) == "new"
    assert steps > (8 if two_steps == "0" else 15)
    assert publish_to(www, 1 + int(share * steps)).returncode == -signal.SIGKILL
    assert seen(www, known) == "old"
    if two_steps == "0":
        assert mixed_folders(www, known) == []
    assert (www / ".workreport" / "publishing").exists()
    assert put(project, www).version == SECOND
    assert seen(www, known) == "new"
    assert mixed_folders(www, {"new": known["new"]}) == []
    assert f'id="v-{SECOND}"' in listed(www)
    assert not (www / ".workreport" / "publishing").exists()


def mixed_folders(www: Path, known: dict[str, dict[str, str]]) -> list[str]:
    """Return the folders at the root of a place without links whose files are not all of one of the known sites.

    Looks at the copies, and at the version to which redirects lead: all of a folder must lead to the same one.
    """
    common = set.intersection(*(set(site) for site in known.values()))
    mixed = []
    for folder in sorted({name.partition("/")[0] for name in common if "/" in name}):
        inside = sorted(name for name in common if name.startswith(f"{folder}/"))
        pages = [name for name in inside if " data-stub " in (www / name).read_text(encoding="utf-8")]
        led = versions_led_to(www, pages)
        assert led or not pages, "no redirect names a version"
        copies = {name: words_of(www / name) for name in inside if name not in pages}
        if len(led) > 1 or not any(all(site[n] == words for n, words in copies.items()) for site in known.values()):
            mixed.append(folder)
    return mixed


def versions_led_to(www: Path, names: Iterable[str]) -> set[str]:
    """Return the versions to which the redirects among these files lead a reader without scripts."""
    texts = [(www / name).read_text(encoding="utf-8") for name in names if name.endswith(".html")]
    return {match[1] for text in texts if (match := re.search(r'id="there">[^<]*<a href="[./]*v/([^/]+)/', text))}


@HOWS
def test_reader_during_eight_publications_gets_whole_pages_in_their_order(
    tmp_path: Path, www: Path, plain: bool
) -> None:
    known = [
        tree(make_site(tmp_path / "0")),
        tree(make_site(tmp_path / "1", changed(SENTENCES, 1, "s0000000a", "改了。"))),
    ]
    put(tmp_path / "0", www, plain=plain)
    order: list[int] = []
    faults: list[str] = []
    stop = threading.Event()
    name = f"{SLUG}/text/index.html"

    def read() -> None:
        """Read one page again and again; append to `order` which of the two sites it is from."""
        while not stop.is_set():
            try:
                text = words_of(www / ("v/" + newest(www) + "/" + name if plain else name))
            except (OSError, ValueError) as error:
                faults.append(repr(error))
                continue
            which = [k for k in (0, 1) if known[k][name] == text]
            if which:
                order.append(which[0])
            else:
                faults.append(text[:80])

    reader = threading.Thread(target=read)
    reader.start()
    for k in range(1, 9):
        put(tmp_path / str(k % 2), www)
    stop.set()
    reader.join()
    assert faults == []
    changes_seen = sum(a != b for a, b in pairwise(order))
    assert 0 < changes_seen <= 8
