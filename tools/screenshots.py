"""Takes the pictures of the READMEs from the finished site, as a reader sees it.

Knows which pages show best what the site is; leaves judging how they look to people and to the tests.
"""

from __future__ import annotations

import sys
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parent.parent))

from tools.browser import ADVICE, FLAGS, find

ROOT = Path(__file__).resolve().parent.parent
SITE = ROOT / "site"
MEDIA = ROOT / "media"
DESK = (1280, 900)
FIRST_CARD = "[data-figure] a"


def main() -> int:
    from playwright.sync_api import sync_playwright

    path = find()
    if path is None or not (SITE / "index.html").is_file():
        print(ADVICE if path is None else "no site yet: run make site", file=sys.stderr)
        return 1
    MEDIA.mkdir(exist_ok=True)
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=path, args=list(FLAGS))
        page = browser.new_page(
            viewport={"width": DESK[0], "height": DESK[1]}, reduced_motion="reduce", color_scheme="light"
        )
        page.goto((SITE / "index.html").as_uri())
        page.screenshot(path=MEDIA / "front.png")
        # A card's link: the sentence opened, its characters lit.
        page.locator(FIRST_CARD).first.click()
        page.wait_for_load_state("load")
        page.screenshot(path=MEDIA / "sentence.png", clip={"x": 0, "y": 0, "width": DESK[0], "height": 480})
        browser.close()
    return 0


if __name__ == "__main__":
    sys.exit(main())
