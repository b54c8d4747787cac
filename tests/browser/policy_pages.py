"""Shared by the tests of the pages' Content-Security-Policy in Chromium and Firefox.

Knows how to choose a page of each kind, how to use it (exercise.js) and how to record what the policy blocks.
Leaves driving the browsers to the tests.
"""

from __future__ import annotations

import re
import shutil
from collections.abc import Callable
from pathlib import Path

import pytest

from tests.conftest import ROOT
from tests.site_pages import page_files
from workreport import publish

EXERCISE = (ROOT / "tests" / "browser" / "exercise.js").read_text(encoding="utf-8")
LISTEN = """globalThis.refusedByPolicy = [];
document.addEventListener('securitypolicyviolation', (e) => {
  globalThis.refusedByPolicy.push([e.violatedDirective, e.blockedURI, e.sample, e.sourceFile, e.lineNumber].join(' '));
});"""
"""A script that records every violation of the policy in `refusedByPolicy`; it must run before the page's own scripts."""
KIND = re.compile(r'<div class="wr-page(?: wr-([a-z]+))?"')
KINDS = {"front", "section", "indicators", "names", "notes", "text", "download", "about", "design", "lost"}
"""The kinds of page that every site has. A site with pictures or a glossary has more, which are tested too."""
SPARE = "gongshu-2024/spare/index.html"
"""A page that `serve_versions` adds to the first version only, so that it is missing in the second."""
BAD = (
    '<!doctype html><html lang="zh-Hans"><head><meta charset="utf-8"><meta http-equiv="Content-Security-Policy" '
    "content=\"default-src 'self'; script-src 'self'; style-src 'self'\"><title>x</title></head>"
    '<body><p style="color:red">x</p><script>globalThis.ran = 1</script></body></html>'
)
"""A page whose inline style and inline script its own policy forbids."""


def one_of_each_kind(site: Path) -> dict[str, str]:
    """Return a dict from kind of page to the path of the first page of that kind.

    Two keys are special: "deepest section" is a section nested as deeply as any, and "lost" is 404.html.
    """
    found: dict[str, str] = {}
    names = sorted((p.relative_to(site).as_posix() for p in page_files(site)), key=lambda n: (n.count("/"), n))
    for name in names:
        if kind := KIND.search((site / name).read_text(encoding="utf-8")):
            found.setdefault("lost" if name == "404.html" else kind[1] or name, name)
            if kind[1] == "section":
                found["deepest section"] = name
    assert found.keys() >= KINDS
    return found


def serve_versions(
    built: Path, folder: Path, patch: pytest.MonkeyPatch, *, plain: bool, change: Callable[[Path], None] | None = None
) -> tuple[Path, dict[str, str]]:
    """Publish two versions of the built site; return the served folder and the paths of the pages that publishing adds.

    The first version has the extra page SPARE, the second does not, and `change` is applied to its files. `plain`
    publishes without symbolic links.
    """
    site = folder / "p" / "site"
    shutil.copytree(built / "site", site)
    (site / SPARE).parent.mkdir()
    shutil.copy(site / "gongshu-2024" / "1" / "index.html", site / SPARE)
    with patch.context() as patched:
        # The archive does not contain the extra page, so publishing would refuse the site; these tests are not about that.
        patched.setattr("workreport.publish.publishing.check", lambda _: ())
        publish.publish(folder / "p", folder / "www", print, plain=plain)
        shutil.rmtree((site / SPARE).parent)
        if change:
            change(site)
        publish.publish(folder / "p", folder / "www", print)
    names = {"versions": "v/index.html", "kept": SPARE, "stable": "gongshu-2024/1/index.html"}
    return folder / "www", {**names, "version": next((folder / "www" / "v").glob("2*/index.html")).relative_to(folder / "www").as_posix()}  # fmt: skip


def missing_actions(done: dict[str, dict[str, int]]) -> list[str]:
    """Return each action that a browser was expected to do on a kind of page and never did there, as "KIND: no ACTION".

    Without these actions, a test could pass because nothing was done that the policy might block.
    """
    least = {
        "front": ("buttons", "searches", "hits"), "section": ("previews", "hits"), "indicators": ("choices", "buttons"),
        "text": ("buttons", "hits"), "versions": ("folds", "searches"), "design": ("buttons",),
    }  # fmt: skip
    return [
        f"{kind}: no {what}" for kind, whats in least.items() if kind in done for what in whats if not done[kind][what]
    ]
