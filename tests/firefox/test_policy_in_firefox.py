"""Every kind of page in Firefox, from a server and from a folder: searched, filtered, previewed, pressed; nothing is refused."""

from __future__ import annotations

import json
import shutil
import subprocess
from collections.abc import Callable, Mapping
from pathlib import Path

import pytest

from tests import policed

pytestmark = [pytest.mark.long, pytest.mark.browser]

HERE = Path(__file__).resolve().parent


@pytest.fixture(scope="module")
def firefox() -> str:
    path = shutil.which("firefox-esr") or shutil.which("firefox")
    if path is None:
        pytest.skip("no Firefox: install one (Debian: apt install firefox-esr)")
    return path


@pytest.fixture(scope="module")
def driver(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The script with what it needs, in a folder of its own."""
    if not (shutil.which("node") and shutil.which("npm")):
        pytest.skip("no Node.js: install it (Debian: apt install nodejs npm)")
    folder = tmp_path_factory.mktemp("firefox-policy")
    for name in ("package.json", "package-lock.json", "policy.mjs"):
        shutil.copy(HERE / name, folder / name)
    command = ["npm", "ci", "--ignore-scripts", "--no-audit", "--no-fund", "--silent"]
    done = subprocess.run(command, cwd=folder, capture_output=True, text=True, check=False, timeout=300)
    assert done.returncode == 0, done.stdout + done.stderr
    return folder


def tried(
    firefox: str, driver: Path, base: str, pages: Mapping[str, str]
) -> tuple[dict[str, dict[str, int]], list[str]]:
    """What was done on each kind of page, and what the policy refused or the console complained of."""
    profile = driver / "profile"
    shutil.rmtree(profile, ignore_errors=True)
    profile.mkdir()
    order = {
        "firefox": firefox, "profile": str(profile), "listen": policed.LISTEN, "exercise": policed.EXERCISE,
        "addresses": [base + name for name in pages.values()],
    }  # fmt: skip
    done = subprocess.run(
        ["node", "policy.mjs"], cwd=driver, input=json.dumps(order), capture_output=True, text=True, check=False, timeout=500
    )  # fmt: skip
    assert done.returncode == 0, done.stderr
    told = json.loads(done.stdout)
    wrong = [f"{name}: {line}" for name in pages.values() for line in (*told[base + name]["wrong"], *told[base + name]["refused"])]  # fmt: skip
    return {kind: told[base + name]["done"] for kind, name in pages.items()}, wrong


@pytest.mark.parametrize("served", [True, False], ids=["http", "file"])
def test_nothing_on_any_page_is_refused(
    firefox: str, driver: Path, built_site: Path, site_http: Callable[..., str], served: bool
) -> None:
    base = site_http(built_site) if served else built_site.resolve().as_uri() + "/"
    pages = policed.one_of_each_kind(built_site)
    if not served:
        del pages["lost"]  # its links start from the address of the site
    done, wrong = tried(firefox, driver, base, pages)
    assert wrong == []
    assert policed.wanting(done) == []


@pytest.mark.parametrize("plain", [False, True], ids=["links", "pointer"])
@pytest.mark.parametrize("served", [True, False], ids=["http", "file"])
def test_nor_on_the_pages_of_a_served_folder(
    firefox: str, driver: Path, built_project: Path, site_http: Callable[..., str], tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch, served: bool, plain: bool,
) -> None:  # fmt: skip
    www, pages = policed.serve_versions(built_project, tmp_path, monkeypatch, plain=plain)
    done, wrong = tried(firefox, driver, site_http(www) if served else www.resolve().as_uri() + "/", pages)
    assert wrong == []
    assert policed.wanting(done) == []


def test_what_is_refused_is_seen(firefox: str, driver: Path, tmp_path: Path) -> None:
    (tmp_path / "index.html").write_text(policed.BAD, encoding="utf-8")
    _, wrong = tried(firefox, driver, tmp_path.resolve().as_uri() + "/", {"bad": "index.html"})
    assert any("script-src" in line for line in wrong)
    assert any("style-src" in line for line in wrong)
