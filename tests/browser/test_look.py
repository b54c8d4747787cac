"""Compares a screenshot of every component on the design page with an accepted picture in tests/browser/pictures.

Knows which components, widths, colour schemes and type sizes have a picture. Leaves judging a new look to people:
WORKREPORT_GOLDEN=write replaces the pictures, and a person reviews them before they are committed.
"""

from __future__ import annotations

import base64
import hashlib
import json
import os
import shutil
import subprocess
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from tests.conftest import ROOT

if TYPE_CHECKING:
    from playwright.sync_api import Browser, Page

pytestmark = pytest.mark.browser

PICTURES = ROOT / "tests" / "browser" / "pictures"
TAKEN_WITH = PICTURES / "taken-with.json"
PARTS = (
    *(
        "first",
        "board",
        "colour",
        "buttons",
        "cards",
        "lines",
        "pictures",
        "rows",
        "text",
        "reading",
        "notes",
        "table",
        "strip",
    ),
    *("names", "found", "ways", "cited", "one", "places", "preview"),
)
SHOTS = [
    *((part, 360, "light", False) for part in PARTS),
    ("cards", 1440, "light", False),
    ("board", 1440, "light", False),
    ("board", 360, "dark", False),
    ("board", 360, "light", True),
    ("text", 1440, "light", False),
    ("table", 1440, "light", False),
    ("table", 360, "dark", False),
    ("reading", 360, "dark", False),
    ("one", 360, "dark", False),
    ("table", 360, "light", True),
    ("first", 360, "light", True),
    ("cards", 360, "dark", False),
    ("pictures", 360, "dark", False),
    ("cards", 360, "light", True),
    ("text", 360, "light", True),
]
SLACK = 20
"""The number of pixels that may differ. With the same browser and fonts, none do."""

# Returns how many pixels of two pictures differ visibly (a colour channel by more than 12); all, if the sizes differ.
COMPARE = """async ([one, other]) => {
  const pixels = async data => {
    const image = new Image();
    image.src = 'data:image/png;base64,' + data;
    await image.decode();
    const canvas = document.createElement('canvas');
    canvas.width = image.width; canvas.height = image.height;
    const pen = canvas.getContext('2d');
    pen.drawImage(image, 0, 0);
    return pen.getImageData(0, 0, image.width, image.height);
  };
  const [a, b] = [await pixels(one), await pixels(other)];
  if (a.width !== b.width || a.height !== b.height) return a.width * a.height;
  let differing = 0;
  for (let i = 0; i < a.data.length; i += 4) {
    const far = Math.max(...[0, 1, 2].map(k => Math.abs(a.data[i + k] - b.data[i + k])));
    if (far > 12) differing++;
  }
  return differing;
}"""


def taken_with(browser: Browser) -> dict[str, str]:
    """Return what the pictures depend on besides the pages: Chromium's major version and the digests of the two CJK fonts."""
    known = {"chromium": browser.version.split(".")[0]}
    program = shutil.which("fc-match")
    for family in ("Noto Sans CJK SC", "Noto Serif CJK SC"):
        command = [program, "-f", "%{file}", family] if program else ["true"]
        file = subprocess.run(command, capture_output=True, text=True, check=False).stdout
        known[family] = hashlib.sha256(Path(file).read_bytes()).hexdigest()[:16] if file else ""
    return known


@pytest.fixture(scope="module")
def same_setting(browser: Browser) -> None:
    now = taken_with(browser)
    if os.environ.get("WORKREPORT_GOLDEN") == "write":
        PICTURES.mkdir(exist_ok=True)
        TAKEN_WITH.write_text(json.dumps(now, indent=1) + "\n", encoding="utf-8")
    accepted = json.loads(TAKEN_WITH.read_text(encoding="utf-8"))
    if now != accepted:
        pytest.skip(
            "the pictures were taken with another Chromium or other fonts; see tests/browser/pictures/taken-with.json"
        )


@pytest.fixture
def open_page(browser: Browser, built_site: Path) -> Iterator[object]:
    contexts = []

    def opened(width: int, scheme: str, large: bool) -> Page:
        context = browser.new_context(
            viewport={"width": width, "height": 900}, color_scheme=scheme, reduced_motion="reduce"  # type: ignore[arg-type]
        )  # fmt: skip
        contexts.append(context)
        page = context.new_page()
        page.goto((built_site / "about" / "design" / "index.html").as_uri())
        if large:
            page.click("[data-elder]:visible")
        return page

    yield opened
    for context in contexts:
        context.close()


# Hides everything around a component: its neighbours could move it by a fraction of a pixel.
ALONE = """id => {
  for (let e = document.getElementById(id); e !== document.body; e = e.parentElement)
    for (const other of e.parentElement.children)
      if (other !== e) other.style.display = 'none';
}"""


def photograph(page: Page, part: str) -> bytes:
    page.evaluate(ALONE, f"v-{part}")
    return page.locator(f"#v-{part}").screenshot(animations="disabled", caret="hide")


def differing(page: Page, one: bytes, other: bytes) -> int:
    blank = page.context.browser.new_page()  # type: ignore[union-attr]  # a new page has no policy that forbids data: pictures
    count = blank.evaluate(COMPARE, [base64.b64encode(picture).decode() for picture in (one, other)])
    blank.close()
    return int(count)


@pytest.mark.long
@pytest.mark.parametrize(("part", "width", "scheme", "large"), SHOTS)
def test_component_looks_like_its_accepted_picture(same_setting, open_page, part, width, scheme, large) -> None:
    page = open_page(width, scheme, large)
    now = photograph(page, part)
    accepted = PICTURES / f"{part}-{width}-{scheme}{'-large' if large else ''}.png"
    if os.environ.get("WORKREPORT_GOLDEN") == "write":
        accepted.write_bytes(now)
    assert differing(page, now, accepted.read_bytes()) <= SLACK


@pytest.mark.parametrize(
    ("name", "state"),
    [("lit", "location.hash = '#d-lit'"), ("lines", "document.documentElement.classList.add('wr-lines')")],
)
def test_highlighted_sentence_and_line_view_look_like_their_accepted_pictures(
    same_setting, open_page, name: str, state: str
) -> None:
    page = open_page(360, "light", False)
    part = "reading" if name == "lit" else "text"
    plain = photograph(page, part)
    page.evaluate(state)
    now = photograph(page, part)
    assert differing(page, plain, now) > SLACK, "the state changes nothing visible"
    accepted = PICTURES / f"{part}-{name}-360-light.png"
    if os.environ.get("WORKREPORT_GOLDEN") == "write":
        accepted.write_bytes(now)
    assert differing(page, now, accepted.read_bytes()) <= SLACK


def test_components_with_a_picture_are_exactly_those_of_the_design_page(open_page) -> None:
    page = open_page(360, "light", False)
    shown = page.eval_on_selector_all("[id^=v-]", "all => all.map(e => e.id.slice(2))")
    assert sorted(shown) == sorted(PARTS)


@pytest.mark.long
@pytest.mark.parametrize(
    "damage",
    [
        "document.querySelector('#v-cards .card').remove()",
        "document.documentElement.style.setProperty('--wr-accent', '#0f6b7b')",
        "document.querySelector('#v-cards .card .value').style.transform = 'translateX(4px)'",
        "document.querySelectorAll('#v-cards .card')[3].style.marginTop = '4px'",
    ],
    ids=["a removed card", "a changed colour", "four pixels aside", "four pixels down"],
)
def test_removed_card_changed_colour_or_shift_of_4_px_exceeds_the_allowed_pixels(
    same_setting, open_page, damage: str
) -> None:
    page = open_page(360, "light", False)
    before = photograph(page, "cards")
    assert differing(page, before, photograph(page, "cards")) == 0
    page.evaluate(damage)
    assert differing(page, before, photograph(page, "cards")) > SLACK
