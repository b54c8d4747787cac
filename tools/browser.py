"""Finds the Chromium that the tests drive, and gets one where there is none.

Knows where browsers live on a machine; leaves driving them to tests/conftest.py.
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
"""What a Chromium is started with: nothing that calls home, and it runs as root in a container too."""

ADVICE = (
    "no Chromium: install one (Debian: apt install chromium fonts-noto-cjk; others: "
    "python -m playwright install chromium), or name it in WORKREPORT_CHROMIUM"
)


def playwrights_own() -> str | None:
    """The path of the Chromium that Playwright keeps for itself, if it has one."""
    script = "from playwright.sync_api import sync_playwright as s\nwith s() as p: print(p.chromium.executable_path)"
    done = subprocess.run([sys.executable, "-c", script], capture_output=True, text=True, check=False)
    path = done.stdout.strip()
    return path if done.returncode == 0 and Path(path).is_file() else None


def find() -> str | None:
    """The path of a Chromium: the one named in WORKREPORT_CHROMIUM, the machine's, else Playwright's own."""
    named = os.environ.get("WORKREPORT_CHROMIUM")
    if named:
        return named if Path(named).is_file() else None
    for name in NAMES:
        path = shutil.which(name)
        if path:
            return path
    return playwrights_own()


def has_chinese_font() -> bool:
    """Whether a page in Chinese is drawn with letters, not with boxes (True where nobody can tell)."""
    if not shutil.which("fc-list"):
        return True
    done = subprocess.run(["fc-list", ":lang=zh-cn", "family"], capture_output=True, text=True, check=False)
    return bool(done.stdout.strip())


def install_by_apt(packages: tuple[str, ...]) -> bool:
    """Install Debian packages where this is root or CI; False where it is neither, or apt could not."""
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
    """A browser by the first way that works: the machine's, Debian's, Playwright's own."""
    if find() is None and not install_by_apt(PACKAGES):
        subprocess.run([sys.executable, "-m", "playwright", "install", "chromium"], check=False)
    elif not has_chinese_font() and not install_by_apt(PACKAGES[1:]):
        print("no Chinese font: screenshots will show boxes (Debian: apt install fonts-noto-cjk)", file=sys.stderr)
    return find()


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--install", action="store_true", help="get a browser where there is none")
    path = install() if parser.parse_args().install else find()
    if path is None:
        print(ADVICE, file=sys.stderr)
        return 1
    print("browser:", path)
    return 0


if __name__ == "__main__":
    sys.exit(main())
