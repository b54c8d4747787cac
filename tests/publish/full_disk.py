"""Publishes to a small disk of its own that fills up; started by `test_full_disk` with rights to mount one.

`python -m tests.publish.full_disk FOLDER HOW STEP`: for each amount of free space, in steps of STEP bytes up to what a publication
takes, a second version is published there. Prints one line for each amount: the free bytes, whether the command ended well,
what readers see then, and what they see after the next publication with space.
"""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

from tests.publish.served_folder import put
from tests.publish.small_site import make_site, tree
from tests.publish.test_write_faults import new_project, seen_site
from workreport import publish
from workreport.project import writer

SIZE = 4_000_000
"""The size of the disk in bytes."""


def free(www: Path) -> int:
    """The bytes that are free on the disk of a folder."""
    state = os.statvfs(www)
    return state.f_bavail * state.f_frsize


def trial(folder: Path, www: Path, left: int, *, plain: bool) -> str:
    """Publish an old site, leave so many bytes free, publish a new one; return what readers see after that and after the next."""
    project = folder / "p"
    make_site(project, bulk=3)
    put(project, www, plain=plain)
    known = {"old": tree(project / "site")}
    known["new"] = tree(new_project(project) / "site")
    filler = www / "filler"
    filler.write_bytes(b"x" * max(free(www) - left, 0))
    try:
        put(project, www)
        done = "done"
    except (publish.PublishError, writer.WriteError, OSError) as error:
        done = type(error).__name__
    seen = seen_site(www, known)
    filler.unlink()
    put(project, www)
    return f"{done} {seen} {seen_site(www, known)}"


def main(folder: Path, how: str, step: int) -> None:
    """Make the trials, each on a new disk."""
    for left in range(0, 400_000, step):
        www = folder / "www"
        www.mkdir()
        subprocess.run(["mount", "-t", "tmpfs", "-o", f"size={SIZE}", "tmpfs", www], check=True)
        try:
            print(left, trial(folder, www, left, plain=how == "pointer"), flush=True)
        finally:
            subprocess.run(["umount", www], check=True)
            www.rmdir()


if __name__ == "__main__":
    main(Path(sys.argv[1]), sys.argv[2], int(sys.argv[3]))
