"""Finds a Chromium for the tests, and installs one if there is none.

Knows the usual names of the program and how to install it. Leaves running it to tests/conftest.py.
"""

from __future__ import annotations

import argparse
import os
import shutil
import subprocess
import sys
from pathlib import Path

NAMES = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable")
PACKAGES = ("chromium", "fonts-noto-cjk")
FLAGS = (
    "--no-sandbox",
    "--disable-gpu",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    "--no-first-run",
)
"""Options for starting Chromium: no background network traffic; it also runs as root in a container."""

ADVICE = (
    "Chromium is not installed: install it (Debian: apt install chromium fonts-noto-cjk; others: "
    "python -m playwright install chromium), or set WORKREPORT_CHROMIUM to its path"
)


def playwrights_own() -> str | None:
    """Return the path of the Chromium that Playwright has installed, or None."""
    script = "from playwright.sync_api import sync_playwright as s\nwith s() as p: print(p.chromium.executable_path)"
    done = subprocess.run([sys.executable, "-c", script], capture_output=True, text=True, check=False)
    path = done.stdout.strip()
    return path if done.returncode == 0 and Path(path).is_file() else None


def find() -> str | None:
    """Return the path of a Chromium, or None if there is none.

    If WORKREPORT_CHROMIUM is set, only that path is tried; otherwise the commands in NAMES, then Playwright's own Chromium.
    """
    named = os.environ.get("WORKREPORT_CHROMIUM")
    if named:
        return named if Path(named).is_file() else None
    for name in NAMES:
        path = shutil.which(name)
        if path:
            return path
    return playwrights_own()


def has_chinese_font() -> bool:
    """Return whether a font for Chinese is installed; True also if fontconfig (`fc-list`) is missing."""
    if not shutil.which("fc-list"):
        return True
    done = subprocess.run(["fc-list", ":lang=zh-cn", "family"], capture_output=True, text=True, check=False)
    return bool(done.stdout.strip())


def install_by_apt(packages: tuple[str, ...]) -> bool:
    """Install Debian packages as root, or with sudo in CI; return whether this succeeded.

    Returns False without trying if there is no apt-get, or if the user is neither root nor, in CI, has sudo.
    """
    root = hasattr(os, "geteuid") and os.geteuid() == 0
    sudo = [] if root else ["sudo", "-n"]
    if not shutil.which("apt-get") or not (root or (os.environ.get("CI") and shutil.which("sudo"))):
        return False
    print("installing", *packages, "by apt")
    apt = [*sudo, "env", "DEBIAN_FRONTEND=noninteractive", "apt-get", "-qq"]
    subprocess.run([*apt, "update"], check=False, stdout=subprocess.DEVNULL)
    done = subprocess.run(
        [*apt, "install", "-y", "--no-install-recommends", *packages], check=False, stdout=subprocess.DEVNULL
    )
    return done.returncode == 0


def install() -> str | None:
    """Install Chromium by apt, else by Playwright, unless `find` finds one; return its path or None.

    A missing Chinese font is installed too, or reported on stderr.
    """
    if find() is None and not install_by_apt(PACKAGES):
        subprocess.run([sys.executable, "-m", "playwright", "install", "chromium"], check=False)
    elif not has_chinese_font() and not install_by_apt(PACKAGES[1:]):
        print(
            "no Chinese font is installed: screenshots show boxes (Debian: apt install fonts-noto-cjk)", file=sys.stderr
        )
    return find()


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--install", action="store_true", help="install a browser if there is none")
    path = install() if parser.parse_args().install else find()
    if path is None:
        print(ADVICE, file=sys.stderr)
        return 1
    print("browser:", path)
    return 0


if __name__ == "__main__":
    sys.exit(main())
