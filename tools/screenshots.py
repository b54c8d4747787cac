"""Takes the screenshots of the READMEs from the finished site and writes them into media/.

Knows which pages to show, at which size. Leaves judging their look to people and to the tests.
"""

from __future__ import annotations

import argparse
import base64
import re
import sys
from collections.abc import Callable
from contextlib import closing
from pathlib import Path
from typing import TYPE_CHECKING

sys.path.insert(0, str(Path(__file__).resolve().parent.parent))

from tools.browser import ADVICE, FLAGS, find

if TYPE_CHECKING:
    from playwright.sync_api import Browser, Page

ROOT = Path(__file__).resolve().parent.parent
MEDIA = ROOT / "media"
DESK, PHONE = (1280, 900), (360, 740)
FIRST_CARD = "[data-figure] a"
ELDER = "localStorage.setItem('workreport.elder', 'on')"
# A page that shows several phone screenshots side by side.
ROW = """<body style="margin:0;padding:24px;display:inline-flex;gap:24px;background:#ece7dc">%s</body>"""
ONE = (
    '<img src="data:image/png;base64,%s" style="display:block;width:360px;border:1px solid #c9c1b1;border-radius:12px">'
)

Act = Callable[["Page"], None]
"""An action on an open page before its screenshot is taken."""


def as_it_opens(page: Page) -> None:
    """Do nothing: the screenshot shows the page as it opens."""


def first_figure(page: Page) -> None:
    """Open the card of a figure in the text; the figure has at least 3 digits."""
    page.locator("a.f.v[role=button]").filter(has_text=re.compile(r"\d{3}")).first.click()


def to_the_table(page: Page) -> None:
    """Show only totals (总量) in the indicator table, sort by change, and scroll to the table."""
    page.select_option(".sift select[name=kind]", "总量")
    page.select_option(".sift select[name=sort]", "change")
    page.evaluate("scrollBy(0, document.getElementById('table').getBoundingClientRect().top - 32)")


def photograph(
    browser: Browser, address: str, size: tuple[int, int], *, scheme: str = "light", elder: bool = False, act: Act
) -> bytes:
    """Open the page at `address`, apply `act` and return a screenshot as PNG. `size` is (width, height) in CSS pixels."""
    with closing(
        browser.new_context(
            viewport={"width": size[0], "height": size[1]},
            reduced_motion="reduce",
            color_scheme="dark" if scheme == "dark" else "light",
        )
    ) as context:
        if elder:
            context.add_init_script(ELDER)
        page = context.new_page()
        page.goto(address)
        page.wait_for_timeout(300)
        act(page)
        page.wait_for_timeout(300)
        return page.screenshot()


def in_a_row(browser: Browser, pictures: list[bytes]) -> bytes:
    """Return one PNG with the given phone screenshots side by side."""
    with closing(browser.new_page(viewport={"width": 24 + len(pictures) * 386, "height": PHONE[1] + 50})) as page:
        page.set_content(ROW % "".join(ONE % base64.b64encode(picture).decode() for picture in pictures))
        page.wait_for_load_state("load")
        return page.locator("body").screenshot()


def sentence(browser: Browser, front: str) -> bytes:
    """Click the first card of the front page and return a screenshot of the opened sentence with its highlighted figure."""
    with closing(browser.new_page(viewport={"width": DESK[0], "height": DESK[1]}, color_scheme="light")) as page:
        page.goto(front)
        page.locator(FIRST_CARD).first.click()
        page.wait_for_load_state("load")
        return page.screenshot(clip={"x": 0, "y": 0, "width": DESK[0], "height": 480})


def main() -> int:
    from playwright.sync_api import sync_playwright

    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--site", type=Path, default=ROOT / "site", help="the finished site (default: site/)")
    site = parser.parse_args().site.resolve()
    path = find()
    if path is None or not (site / "index.html").is_file():
        print(ADVICE if path is None else "the site is not built yet: run make site", file=sys.stderr)
        return 1
    report = min(folder.parent for folder in site.glob("*/indicators"))
    section = max((report / "1").glob("*/index.html"), key=lambda file: file.stat().st_size)
    front, table, poster = ((report / name).as_uri() for name in ("index.html", "indicators/index.html", "picture/index.html"))  # fmt: skip
    MEDIA.mkdir(exist_ok=True)
    with sync_playwright() as playwright, closing(
        playwright.chromium.launch(executable_path=path, args=list(FLAGS))
    ) as browser:  # fmt: skip
        phones = [
            photograph(browser, front, PHONE, act=as_it_opens),
            photograph(browser, section.as_uri(), PHONE, act=first_figure),
            photograph(browser, front, PHONE, scheme="dark", act=as_it_opens),
            photograph(browser, front, PHONE, elder=True, act=as_it_opens),
            photograph(browser, poster, PHONE, act=as_it_opens),
        ]
        for name, picture in (
            ("front", photograph(browser, front, DESK, act=as_it_opens)),
            ("sentence", sentence(browser, front)),
            ("section", photograph(browser, section.as_uri(), (1440, 900), act=as_it_opens)),
            ("indicators", photograph(browser, table, DESK, act=to_the_table)),
            ("phones", in_a_row(browser, phones)),
        ):
            (MEDIA / f"{name}.png").write_bytes(picture)
    return 0


if __name__ == "__main__":
    sys.exit(main())
