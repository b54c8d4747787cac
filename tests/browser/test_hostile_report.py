"""Tests that a report full of HTML, Markdown, template tags and scripts is shown as plain text.

Knows the hostile report and how a running script would show itself (`window.pwned`). Leaves ordinary text to `test_page_text`.
"""

from __future__ import annotations

from collections.abc import Callable
from contextlib import closing
from pathlib import Path
from typing import TYPE_CHECKING
from urllib.parse import urlsplit

import pytest

from tests.browser.test_page_text import DATA_TEXT, assert_same
from tests.conftest import must_build, run_build
from tests.inspection import inspect
from tests.site_pages import pages_of, squeezed

pytestmark = pytest.mark.long

if TYPE_CHECKING:
    from playwright.sync_api import Browser

HOSTILE = """\
<script>window.pwned = 'title'</script>../../etc/政府工作报告

（2025年1月8日在{{ 7*7 }}市青山区第三届人民代表大会第四次会议上）

青山区人民政府区长 <img src=x onerror="window.pwned='speaker'">

各位代表：

现在，我代表区人民政府向大会报告工作，请予审议。

一、{{ config.SECRET }}{% include "/etc/passwd" %}../../../过去一年工作回顾

<script>window.pwned = 'body'</script>全年实现地区生产总值1234.5亿元，同比增长6.7%；<b>财政收入</b>89.1亿元，增长2.3%。

（一）<img src=x onerror="window.pwned='heading'">[产业](javascript:window.pwned='link')稳中有进

新增企业56家，[点这里](javascript:window.pwned='md')，![图](x" onerror="window.pwned='image')，<svg/onload=window.pwned='svg'>，位居全省第二。

"><script>window.pwned='attribute'</script> 与 '><details open ontoggle="window.pwned='toggle'"> 与 `代码` 与 **粗** 与 __粗__ 与 *斜* 与 ~~删~~ 与 ==亮== 与 ^^插^^ 与 ++ctrl++。

{: onclick="window.pwned='attr'" } [^1] [ref]: javascript:window.pwned='ref' :smile: $x$ \\(y\\) &lt;script&gt; &amp; &#60; <!-- 注 --> \\* \\` \\[ 尾。

--8<-- "/etc/passwd"

（二）`反引号` | 竖线 | # 井号 {#id onclick="window.pwned='id'"} 城乡面貌

!!! note "提示"
    缩进四格的文字，投入78亿元。

=== "标签"

> 引用 <iframe srcdoc="<script>parent.window.pwned='frame'</script>"></iframe> 文字。

| 指标 | 值 |
|---|---|
| 甲 | <style>*{display:none}</style> 9亿元 |

- 列表一，</article></main></body></html>后面还有字。

<https://evil.invalid/a> http://evil.invalid/b www.evil.invalid a@evil.invalid 均为文字。

二、2025年工作安排

力争地区生产总值增长7%左右，<a href="javascript:window.pwned='a'">建成</a>青山大桥12座。{{ super() }}{# 注 #}${7*7}#{7*7}<%= 7*7 %>。
"""


FOUND = """() => ({
  pwned: window.pwned === undefined ? null : String(window.pwned),
  bad: [...document.querySelectorAll('*')].flatMap(e => [...e.attributes].filter(
    a => /^on/i.test(a.name) || /^\\s*javascript:/i.test(a.value) || /evil\\.invalid/i.test(a.value)
  ).map(a => e.tagName + ' ' + a.name + '=' + a.value)),
  frames: document.querySelectorAll('iframe, object, embed').length,
  closed: document.querySelector('article') !== null,
})"""


@pytest.fixture(scope="module")
def hostile(project_copy: Callable[[str], Path]) -> tuple[Path, str]:
    """A built project that has the hostile report besides our own; and the slug that `add` gave the hostile report."""
    project = project_copy("hostile")
    file = project.parent / "qingshan-2025.txt"
    file.write_text(HOSTILE, encoding="utf-8")
    taken = run_build(project, "add", str(file))
    assert taken.returncode == 0, taken.stderr
    slugs = [folder.name for folder in (project / "reports").iterdir() if folder.name != "gongshu-2024"]
    assert len(slugs) == 1
    settings = (project / "site.toml").read_text(encoding="utf-8")
    lines = [line for line in settings.splitlines() if not line.startswith(("title", "publisher"))]
    words = "<script>window.pwned='settings'</script>{{ 7*7 }}"
    settings = "\n".join([f'title = "{words}"', f'publisher = "{words}"', *lines])
    (project / "site.toml").write_text(settings, encoding="utf-8")
    must_build(project, "--quiet")
    return project, slugs[0]


def test_slug_of_a_hostile_title_has_no_character_unsafe_in_a_path(hostile: tuple[Path, str]) -> None:
    _, slug = hostile
    assert slug.replace("-", "").replace("_", "").isalnum()
    assert slug.isascii()


@pytest.mark.long
@pytest.mark.browser
def test_no_script_or_link_of_the_hostile_report_becomes_active_on_any_page(
    hostile: tuple[Path, str], browser: Browser, site_http: Callable[..., str]
) -> None:
    project, slug = hostile
    site = project / "site"
    base = site_http(site)
    wrong: list[str] = []
    with closing(browser.new_context()) as context:
        context.on(
            "request", lambda r: wrong.append(r.url) if urlsplit(r.url).netloc != urlsplit(base).netloc else None
        )
        context.on("dialog", lambda dialog: (wrong.append(dialog.message), dialog.dismiss()))
        page = context.new_page()
        for path in pages_of(site):
            if path == "404.html":
                continue
            page.goto(base + path)
            page.wait_for_load_state("networkidle")
            found = page.evaluate(FOUND)
            if found["pwned"] or found["bad"] or found["frames"] or not found["closed"]:
                wrong.append(f"{path}: {found}")
    assert wrong == []
    assert (site / slug / "index.html").is_file()


@pytest.mark.browser
def test_every_character_of_the_hostile_report_is_shown_as_text(
    hostile: tuple[Path, str], browser: Browser, site_http: Callable[..., str]
) -> None:
    project, slug = hostile
    base = site_http(project / "site")
    source = next((project / "reports" / slug).glob("source.*")).relative_to(project).as_posix()
    report = inspect(project, source)
    expected = squeezed(report.repaired())
    for words in ("<script>window.pwned='attribute'</script>", "{{config.SECRET}}", "&lt;script&gt;", "<!--注-->"):
        assert words in expected
    with closing(browser.new_context()) as context:
        page = context.new_page()

        def shown(path: str) -> str:
            page.goto(base + path)
            return squeezed("".join(page.evaluate(DATA_TEXT)["words"]))

        assert_same(shown(f"{slug}/text/index.html"), expected)
        paths = [f"{slug}/index.html", *(f"{slug}/{section['id']}/index.html" for section in report.facts["sections"])]
        assert_same("".join(shown(path) for path in paths), expected)


def test_check_command_accepts_the_site_with_the_hostile_report(hostile: tuple[Path, str]) -> None:
    project, _ = hostile
    done = run_build(project, "check")
    assert done.returncode == 0, done.stderr


def test_generated_markdown_has_no_unescaped_script_or_javascript_link(hostile: tuple[Path, str]) -> None:
    """The generated Markdown escapes the report's markup, so that plain MkDocs renders it as text too."""
    project, slug = hostile
    for file in sorted((project / "docs").rglob("*.md")):
        text = file.read_text(encoding="utf-8")
        assert "<script>window.pwned" not in text, file
        body = text.split("---\n", 2)[2] if text.startswith("---\n") else text  # front matter is no Markdown
        assert "](javascript:" not in body, file
    assert (project / "docs" / slug / "index.md").is_file()
