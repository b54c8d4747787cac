"""Packs the libraries of the desk for machines without a network: wheels for Windows, Linux and macOS, by the lock file.

Run: `python tools/wheelhouse.py [--to FOLDER] [--platform NAME …] [--check]`. Every line of the lock file must have a wheel
for each platform, since a clerk's machine has no compiler; what has none is an error that names it. pip fetches the wheels
and holds each to the hashes of the lock file. `desk_setup.py` installs from the folder, if it finds it beside itself.
"""

from __future__ import annotations

import argparse
import re
import subprocess
import sys
import tempfile
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path

from packaging.markers import Marker

ROOT = Path(__file__).resolve().parent.parent
LOCK = ROOT / "requirements" / "desk.lock"
FOLDER = "wheelhouse"
"""The folder beside `desk_setup.py` from which it installs."""
PYTHONS = ("3.11", "3.12", "3.13", "3.14")
"""The versions of Python that a wheelhouse serves."""


@dataclass(frozen=True, slots=True)
class Platform:
    """A kind of machine: the tags of wheels that it takes, best first, and what markers of a lock file are asked with."""

    tags: tuple[str, ...]
    markers: Mapping[str, str]


def _linux(machine: str) -> Platform:
    # glibc 2.28 is that of UOS 20 and Kylin V10: no wheel for a newer one may be packed.
    tags = (*(f"manylinux_2_{minor}_{machine}" for minor in (28, 27, 24, 17)), f"manylinux2014_{machine}")
    return Platform(tags, {"sys_platform": "linux", "platform_system": "Linux", "os_name": "posix"})


def _mac(machine: str, oldest: tuple[int, ...]) -> Platform:
    tags = tuple(f"macosx_{major}_0_{kind}" for major in oldest for kind in (machine, "universal2"))
    tags += tuple(f"macosx_10_{minor}_{kind}" for minor in range(15, 8, -1) for kind in (machine, "universal2"))
    return Platform(tags, {"sys_platform": "darwin", "platform_system": "Darwin", "os_name": "posix"})


PLATFORMS = {
    "windows": Platform(("win_amd64",), {"sys_platform": "win32", "platform_system": "Windows", "os_name": "nt"}),
    "linux-x86_64": _linux("x86_64"),
    "linux-aarch64": _linux("aarch64"),
    "macos-arm64": _mac("arm64", (13, 12, 11)),
    "macos-x86_64": _mac("x86_64", (13, 12, 11)),
}


@dataclass(frozen=True, slots=True)
class LockedLibrary:
    """An entry of a lock file: the requirement (`flask==3.1.3`), its marker ("" for none), and the lines as they stand."""

    requirement: str
    marker: str
    lines: str

    def wanted(self, platform: Platform, python: str) -> bool:
        """Say whether a machine of this kind with the newest release of this Python installs the library."""
        if not self.marker:
            return True
        newest = {"python_version": python, "python_full_version": f"{python}.99", "implementation_name": "cpython"}
        return Marker(self.marker).evaluate({**platform.markers, **newest})


def locked_libraries(text: str) -> tuple[LockedLibrary, ...]:
    """Read a lock file as uv writes it: an entry begins at the left edge, its hashes stand behind it, indented.

    >>> locked_libraries("a==1 ; os_name == 'nt' \\\\\\n    --hash=sha256:00\\n")[0].marker
    "os_name == 'nt'"
    """
    entries = re.findall(r"^\S.*\n(?:[ \t]+.*\n?)*", text, re.MULTILINE)
    found = []
    for lines in entries:
        head = lines.split("\n", 1)[0].rstrip(" \\")
        requirement, _, marker = (part.strip() for part in head.partition(";"))
        found.append(LockedLibrary(requirement, marker, lines if lines.endswith("\n") else lines + "\n"))
    return tuple(found)


def pip_command(platform: Platform, python: str, requirements: Path, to: Path) -> list[str]:
    """Return the pip command that fetches the wheels of these requirements for a machine of another kind."""
    command = [sys.executable, "-m", "pip", "download", "--quiet", "--disable-pip-version-check", "--require-hashes"]
    command += ["--no-deps", "--only-binary", ":all:", "--dest", str(to), "--requirement", str(requirements)]
    command += ["--implementation", "cp", "--python-version", f"{python}.99"]
    command += ["--abi", "cp" + python.replace(".", ""), "--abi", "abi3", "--abi", "none"]
    return command + [word for tag in (*platform.tags, "any") for word in ("--platform", tag)]


def fetch(platform: Platform, python: str, libraries: tuple[LockedLibrary, ...], to: Path) -> Iterator[str]:
    """Fetch the wheels for one kind of machine and Python into `to`. Yield a line for each library that has none."""
    wanted = [library for library in libraries if library.wanted(platform, python)]
    with tempfile.TemporaryDirectory() as folder:
        requirements = Path(folder) / "wanted.txt"
        requirements.write_text("".join(library.lines for library in wanted), encoding="utf-8")
        if (
            subprocess.run(pip_command(platform, python, requirements, to), capture_output=True, check=False).returncode
            == 0
        ):
            return
        for library in wanted:  # one at a time, to say which
            requirements.write_text(library.lines, encoding="utf-8")
            done = subprocess.run(
                pip_command(platform, python, requirements, to), capture_output=True, text=True, check=False
            )
            if done.returncode:
                yield f"{library.requirement}: {(done.stderr.strip().splitlines() or ['pip failed'])[-1]}"


def main() -> int:
    """Run the tool and return its exit code: 1 if a library has no wheel for a machine."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument(
        "--to", type=Path, default=ROOT / FOLDER, help="the folder for the wheels (default: %(default)s)"
    )
    parser.add_argument("--platform", nargs="+", choices=PLATFORMS, default=["windows", "linux-x86_64"])
    parser.add_argument("--python", nargs="+", choices=PYTHONS, default=list(PYTHONS))
    parser.add_argument("--check", action="store_true", help="only say whether each library has a wheel; keep none")
    options = parser.parse_args()
    libraries = locked_libraries(LOCK.read_text(encoding="utf-8"))
    lacking = 0
    with tempfile.TemporaryDirectory() as scratch:
        to = Path(scratch) if options.check else options.to
        for name in options.platform:
            for python in options.python:
                missing = tuple(fetch(PLATFORMS[name], python, libraries, to))
                lacking += len(missing)
                print(
                    f"{name}, Python {python}: {len(missing)} of {len(libraries)} libraries without a wheel", flush=True
                )
                for line in missing:
                    print(f"  {line}")
        if not options.check:
            wheels = sorted(to.glob("*.whl"))
            print(f"{to}: {len(wheels)} wheels, {sum(wheel.stat().st_size for wheel in wheels) / 1e6:.0f} MB")
    return 1 if lacking else 0


if __name__ == "__main__":
    sys.exit(main())
