"""Every screen of the desk is valid HTML, names its controls apart, and asks for nothing from elsewhere; its style is valid."""

from __future__ import annotations

import html
import re
import shutil
import subprocess
from collections import Counter
from pathlib import Path

import pytest

from tests.desk.desk_client import DeskClient
from tests.desk.desk_screens_list import screens, with_changes
from tests.desk.test_desk_places import LATER


@pytest.fixture
def pages(desk: DeskClient) -> dict[str, str]:
    """The HTML of every screen, by address."""
    desk.finished(desk.add("b.txt", LATER.encode()))
    with_changes(desk)
    return {address: desk.get(address).text for address in screens(desk)}


def test_every_screen_keeps_to_the_policy_and_names_each_control_once(pages: dict[str, str]) -> None:
    for address, page in pages.items():
        assert page.count("<script") == page.count('<script src="/desk.js" defer></script>') == 1, address
        assert "style=" not in page, address
        assert not re.search(r"<(?!a )[a-z]+ [^>]*(?:src|href)=\"(?!/|data:,)", page), address
        buttons = re.findall(r"<button([^>]*)>([^<]*)</button>", page.partition("<main")[2])
        names = [name[1] if (name := re.search(r'aria-label="([^"]*)"', tag)) else words for tag, words in buttons]
        twice = [html.unescape(name) for name, n in Counter(names).items() if n > 1]
        assert twice == [], address
        ids = re.findall(r' id="([^"]*)"', page)
        assert len(ids) == len(set(ids)), address
        for target in re.findall(r'(?:for|aria-describedby|aria-labelledby)="([^"]*)"', page):
            assert target in ids, (address, target)


@pytest.mark.long
def test_vnu_finds_no_error_in_any_screen_or_the_style(
    pages: dict[str, str], desk: DeskClient, npm: Path, tmp_path: Path
) -> None:
    java = shutil.which("java")
    if java is None:
        pytest.skip("Java is not installed; on Debian: apt install default-jre-headless")
    for number, page in enumerate(pages.values()):
        (tmp_path / f"{number}.html").write_text(page, encoding="utf-8")
    (tmp_path / "desk.css").write_text(desk.get("/desk.css").text, encoding="utf-8")
    jar = npm / "vnu-jar" / "build" / "dist" / "vnu.jar"
    files = sorted(map(str, [*tmp_path.glob("*.html"), tmp_path / "desk.css"]))
    vnu = subprocess.run(
        [java, "-jar", str(jar), "--errors-only", "--also-check-css", *files],
        capture_output=True,
        text=True,
        check=False,
    )
    assert (vnu.returncode, vnu.stderr) == (0, "")
