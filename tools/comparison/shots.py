"""Takes screenshots of the same pages of two sides in a browser and compares them pixel by pixel.

Knows which pages, widths and colour schemes together show the whole design. Leaves finding the browser to `tools.browser`.
"""

from __future__ import annotations

import base64
from collections.abc import Iterator, Sequence
from contextlib import closing
from pathlib import Path
from typing import TYPE_CHECKING

from tools.browser import ADVICE, FLAGS, find
from tools.comparison.differences import Difference, Outcome

if TYPE_CHECKING:
    from playwright.sync_api import Browser, Page

KIND = "pictures of pages"
WIDTHS = (360, 1440)
SCHEMES = ("light", "dark")
TALLEST = 8000
"""The greatest height of a screenshot, in CSS pixels."""

PAGES = (
    "all/site/index.html",
    "all/site/404.html",
    "gongshu/site/*/index.html",
    "gongshu/site/*/1/1/index.html",
    "gongshu/site/*/text/index.html",
    "guangdong/site/*/indicators/index.html",
    "guangdong/site/*/glossary/index.html",
    "guangdong/site/*/names/index.html",
    "hainan/site/*/notes/index.html",
    "hainan/site/*/download/index.html",
    "state/site/*/picture/index.html",
    "state/site/about/design/index.html",
)
"""Globs, one for each kind of page; the first page that matches is used."""

# Replaces the sizes and digests on the download page: they change with our scripts, which the archives contain.
WITHOUT_SUMS = """() => {
  for (const sum of document.querySelectorAll(".sum code")) sum.textContent = "0".repeat(64);
  for (const size of document.querySelectorAll(".files .size"))
    size.textContent = size.textContent.replace(/[\\d.]+ [KM]B/, "0.0 MB");
}"""
TRIES = 3
"""How often a differing page is compared again: a browser occasionally smooths a few pixels of an edge differently."""

# Returns the number of differing pixels of two pictures and the box around them, or both sizes if the sizes differ.
DIFFER = """async ([one, other]) => {
  const rows = await Promise.all([one, other].map(async (data) => {
    const image = new Image();
    image.src = "data:image/png;base64," + data;
    await image.decode();
    const canvas = document.createElement("canvas");
    canvas.width = image.width; canvas.height = image.height;
    const brush = canvas.getContext("2d");
    brush.drawImage(image, 0, 0);
    return {width: image.width, height: image.height, data: brush.getImageData(0, 0, image.width, image.height).data};
  }));
  const [a, b] = rows;
  if (a.width !== b.width || a.height !== b.height) return `${a.width}×${a.height} -> ${b.width}×${b.height}`;
  let count = 0, left = a.width, top = a.height, right = 0, bottom = 0;
  for (let at = 0; at < a.data.length; at += 4) {
    if (a.data[at] === b.data[at] && a.data[at + 1] === b.data[at + 1] && a.data[at + 2] === b.data[at + 2]) continue;
    count += 1;
    const x = (at / 4) % a.width, y = Math.floor(at / 4 / a.width);
    left = Math.min(left, x); top = Math.min(top, y); right = Math.max(right, x); bottom = Math.max(bottom, y);
  }
  return count ? `${count} pixels, between (${left}, ${top}) and (${right}, ${bottom})` : "";
}"""


class NoBrowserError(Exception):
    """No Chromium was found; the message says how to install one."""


def compare(before: Path, after: Path, keep: Path | None = None) -> Outcome:
    """Compare screenshots of PAGES of the two sides; differing ones are written into `keep`. NoBrowserError without Chromium."""
    from playwright.sync_api import sync_playwright

    path = find()
    if path is None:
        raise NoBrowserError(ADVICE)
    outcome = Outcome()
    with sync_playwright() as playwright, closing(
        playwright.chromium.launch(executable_path=path, args=list(FLAGS))
    ) as browser, closing(browser.new_page()) as judge:  # fmt: skip
        for name, width, scheme in _wanted(before):
            outcome.compared[KIND] += 1
            seen: tuple[set[bytes], set[bytes]] = (set(), set())
            for _ in range(TRIES):
                pair = [photograph(browser, side / name, width, scheme) for side in (before, after)]
                for known, picture in zip(seen, pair, strict=True):
                    known.add(picture)
                if seen[0] & seen[1]:
                    break
            else:
                if words := pixel_difference(judge, *pair):
                    outcome.found.append(Difference(KIND, f"{name} at {width}, {scheme}", words, f"{name} {words}"))
                    _keep_pair(keep, f"{name.replace('/', '_')}-{width}-{scheme}", pair)
    return outcome


def _keep_pair(keep: Path | None, name: str, pair: Sequence[bytes]) -> None:
    if keep:
        keep.mkdir(parents=True, exist_ok=True)
        for side, picture in zip(("before", "after"), pair, strict=True):
            (keep / f"{name}-{side}.png").write_bytes(picture)


def chosen(side: Path) -> Iterator[str]:
    """Yield for each glob in PAGES the first matching page, as a path below `side`. FileNotFoundError if none matches."""
    for pattern in PAGES:
        found = sorted(path for path in side.glob(pattern) if "about" not in path.parts or "about" in pattern)
        if not found:
            raise FileNotFoundError(f"{side}: no page matches {pattern}")
        yield found[0].relative_to(side).as_posix()


def _wanted(side: Path) -> Iterator[tuple[str, int, str]]:
    return ((name, width, scheme) for name in chosen(side) for width in WIDTHS for scheme in SCHEMES)


def photograph(browser: Browser, file: Path, width: int, scheme: str) -> bytes:
    """Return a screenshot (PNG) of a page opened from disk, from its top, at most TALLEST pixels high, without animations."""
    with closing(
        browser.new_context(
            viewport={"width": width, "height": 900},
            reduced_motion="reduce",
            color_scheme="dark" if scheme == "dark" else "light",
        )
    ) as context:
        page = context.new_page()
        page.goto(file.resolve().as_uri())
        page.evaluate(WITHOUT_SUMS)
        page.wait_for_timeout(200)
        height = page.evaluate("Math.max(900, document.documentElement.scrollHeight)")
        # The window is as tall as the page, so that nothing depends on the scroll position.
        page.set_viewport_size({"width": width, "height": min(int(height), TALLEST)})
        page.wait_for_timeout(100)
        return page.screenshot()


def pixel_difference(judge: Page, one: bytes, other: bytes) -> str:
    """Return a text on how two pictures (PNG) differ, or "" if every pixel is equal."""
    return str(judge.evaluate(DIFFER, [base64.b64encode(picture).decode() for picture in (one, other)]))
