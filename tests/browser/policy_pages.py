"""What the tests of the pages' policy share, in both browsers: one page of each kind, and what a browser does on it."""

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
KIND = re.compile(r'<div class="wr-page(?: wr-([a-z]+))?"')
KINDS = {"front", "section", "indicators", "names", "notes", "text", "download", "about", "design", "lost"}
"""The kinds of page that every build makes; one with pictures or a glossary makes more, and those are tried too."""
SPARE = "gongshu-2024/spare/index.html"
BAD = (
    '<!doctype html><html lang="zh-Hans"><head><meta charset="utf-8"><meta http-equiv="Content-Security-Policy" '
    "content=\"default-src 'self'; script-src 'self'; style-src 'self'\"><title>x</title></head>"
    '<body><p style="color:red">x</p><script>globalThis.ran = 1</script></body></html>'
)


def one_of_each_kind(site: Path) -> dict[str, str]:
    """Kind of page to the first page of that kind, the deepest section besides; "lost" is the page for lost readers."""
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
    """The built site in a served folder, a page less the second time (and `change` made); and what publishing adds."""
    site = folder / "p" / "site"
    shutil.copytree(built / "site", site)
    (site / SPARE).parent.mkdir()
    shutil.copy(site / "gongshu-2024" / "1" / "index.html", site / SPARE)
    with patch.context() as patched:
        # The page more stands in no archive, which is not what is tried here.
        patched.setattr("workreport.publish.publishing.check", lambda _: ())
        publish.publish(folder / "p", folder / "www", print, plain=plain)
        shutil.rmtree((site / SPARE).parent)
        if change:
            change(site)
        publish.publish(folder / "p", folder / "www", print)
    names = {"versions": "v/index.html", "kept": SPARE, "stable": "gongshu-2024/1/index.html"}
    return folder / "www", {**names, "version": next((folder / "www" / "v").glob("2*/index.html")).relative_to(folder / "www").as_posix()}  # fmt: skip


def wanting(done: dict[str, dict[str, int]]) -> list[str]:
    """What a browser was to do and did not, by kind of page: a policy that nothing tried forbids nothing."""
    least = {
        "front": ("buttons", "searches", "hits"), "section": ("previews", "hits"), "indicators": ("choices", "buttons"),
        "text": ("buttons", "hits"), "versions": ("folds", "searches"), "design": ("buttons",),
    }  # fmt: skip
    return [
        f"{kind}: no {what}" for kind, whats in least.items() if kind in done for what in whats if not done[kind][what]
    ]
