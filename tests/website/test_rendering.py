"""Tests the MkDocs configuration, the run of MkDocs and the finishing of pages, with small invented docs."""

from __future__ import annotations

import base64
import hashlib
import os
import random
import re
import shutil
import subprocess
import sys
import threading
import time
from datetime import UTC, date, datetime
from html.parser import HTMLParser
from pathlib import Path
from urllib.parse import urljoin, urlsplit

import pytest
import yaml
from jinja2 import FileSystemLoader
from mkdocs.theme import Theme as MkDocsTheme

from workreport.website import finishing, markup, mkdocs_config, rendering, site_error
from workreport.website.mkdocs_config import NavItem
from workreport.website.rendering import mkdocs_run

ROOT = Path(__file__).resolve().parents[2]


ADDRESS = "https://www.example.org/sub/"


DAY = date(2024, 2, 21)


PAGES = {
    "index.md": "---\ntitle: 首页\n---\n# 报告 {#top-title}\n\n[第一节](town/1/index.md#s1)\n",
    "town/index.md": '# 青川镇 {#t}\n\n<p><a href="1/">一</a> <a href="./?q=1#t">自己</a></p>\n',
    "town/1/index.md": '# 第一节 {#h}\n\n<p id="s1" data-text>完成投资10.78亿元。</p>\n\n[镇](../index.md)\n',
    "assets/workreport.css": "body{}\n",
    "assets/workreport.js": '"use strict";\n',
}


NAV = (
    NavItem("首页", "index.md"),
    NavItem("青川镇", children=(NavItem("概览", "town/index.md"), NavItem("（一） 第一节", "town/1/index.md"))),
)


def test_files_of_a_theme_are_listed_without_those_that_mkdocs_never_takes() -> None:
    folders = MkDocsTheme("material").dirs
    whole = FileSystemLoader(folders).list_templates()
    shown = [name for name in whole if not any(part.startswith(".") for part in name.split("/")[:-1])]
    assert rendering.ThemeFiles(folders).list_templates() == shown
    assert len(whole) > 20 * len(shown) > 0


def project_of(folder: Path, pages: dict[str, str], nav: tuple[NavItem, ...] = NAV, address: str = ADDRESS) -> Path:
    """Write a project with these pages in `docs/`, the real mkdocs.yml and an empty folder of overrides; return it."""
    for name, text in pages.items():
        path = folder / "docs" / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, encoding="utf-8")
    shutil.copy(ROOT / mkdocs_config.CONFIG, folder / mkdocs_config.CONFIG)
    config = mkdocs_config.generated_config(name="青川镇工作报告", address=address, description="一份报告", nav=nav)
    (folder / mkdocs_config.GENERATED).write_text(config, encoding="utf-8")
    (folder / "bare").mkdir(exist_ok=True)  # no overrides: the theme unchanged
    return folder


def built(project: Path, address: str = ADDRESS) -> Path:
    """Run MkDocs on the project, finish its pages, and return the folder of the site."""
    target = project / "out"
    rendering.build(project, target, moment=DAY, overrides=project / "bare")
    finishing.finish(target, address=address, dates={"town": DAY})
    return target


@pytest.fixture(scope="module")
def finished(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return built(project_of(tmp_path_factory.mktemp("project"), PAGES))


def page(folder: Path, name: str) -> str:
    return (folder / name).read_text(encoding="utf-8")


HOSTILE = (
    'a"b\\ <script>alert(1)</script> {{ 7*7 }} !!python/name:os.system &amp; # : - [x]\x07\x85\u2028\ufeff\n---\n😀'
)


def test_hostile_title_is_one_line_of_text_in_the_configuration() -> None:
    text = mkdocs_config.generated_config(
        name=HOSTILE, address="", description=HOSTILE, nav=[NavItem(HOSTILE, "index.md")], extra={"公安": HOSTILE}
    )
    read = yaml.safe_load(text)
    assert sorted(read) == ["extra", "nav", "site_description", "site_name"]
    (title,) = read["nav"][0]
    assert title == read["site_name"] == read["site_description"]
    assert "<" not in title
    assert "&lt;script&gt;" in title
    assert read["extra"] == {"公安": HOSTILE}


def test_order_of_extra_values_does_not_change_the_configuration() -> None:
    one = mkdocs_config.generated_config(
        name="a", address="", description="", nav=[], extra={"b": "1", "a": ["x", "y"]}
    )
    two = mkdocs_config.generated_config(
        name="a", address="", description="", nav=[], extra={"a": ["x", "y"], "b": "1"}
    )
    assert one == two
    assert yaml.safe_load(one)["extra"] == {"a": ["x", "y"], "b": "1"}


def test_broken_link_in_docs_is_an_error(tmp_path: Path) -> None:
    project = project_of(tmp_path, {**PAGES, "town/index.md": "# 青川镇\n\n[x](nowhere.md)\n"})
    with pytest.raises(site_error.SiteError, match=r"1 处问题.*\n.*town/index\.md.*nowhere\.md"):
        built(project)


def test_page_missing_from_the_navigation_is_an_error(tmp_path: Path) -> None:
    project = project_of(tmp_path, {**PAGES, "town/lost.md": "# 遗漏\n"})
    with pytest.raises(site_error.SiteError, match=r"town/lost\.md"):
        built(project)


def test_missing_configuration_is_an_error(tmp_path: Path) -> None:
    with pytest.raises(site_error.SiteError, match=r"mkdocs\.yml：没有这个文件"):
        rendering.build(tmp_path, tmp_path / "out", moment=DAY)


def test_configuration_without_our_extension_of_markdown_is_an_error(tmp_path: Path) -> None:
    project = project_of(tmp_path, PAGES)
    config = project / mkdocs_config.CONFIG
    text = config.read_text(encoding="utf-8")
    assert f"  {mkdocs_config.MARKS}: {{}}\n" in text
    config.write_text(text.replace(f"  {mkdocs_config.MARKS}: {{}}\n", ""), encoding="utf-8")
    with pytest.raises(site_error.SiteError, match=rf"没有 {mkdocs_config.MARKS}"):
        built(project)


def test_report_older_than_1970_is_built(tmp_path: Path) -> None:
    project = project_of(tmp_path / "p", PAGES)
    rendering.build(project, tmp_path / "out", moment=date(1959, 4, 18), overrides=project / "bare")
    assert (tmp_path / "out" / "sitemap.xml.gz").is_file()


def test_damaged_configuration_is_an_error(tmp_path: Path) -> None:
    project = project_of(tmp_path, PAGES)
    (project / mkdocs_config.GENERATED).write_text('"site_name": [', encoding="utf-8")
    with pytest.raises(site_error.SiteError):
        built(project)


def test_mkdocs_run_restores_environment_variables(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("SOURCE_DATE_EPOCH", "7")
    monkeypatch.delenv("NO_MKDOCS_2_WARNING", raising=False)
    built(project_of(tmp_path, PAGES))
    assert os.environ["SOURCE_DATE_EPOCH"] == "7"
    assert "NO_MKDOCS_2_WARNING" not in os.environ


def test_cached_templates_change_nothing_and_damaged_ones_are_ignored(tmp_path: Path) -> None:
    project = project_of(tmp_path, PAGES)

    def made() -> dict[str, bytes]:
        return {p.relative_to(tmp_path).as_posix(): p.read_bytes() for p in built(project).rglob("*") if p.is_file()}

    first = made()
    cached = sorted((project / ".workreport" / "compiled-templates").iterdir())
    assert len(cached) > 5
    assert made() == first
    for path, damage in zip(cached, (b"", b"\xff", b"N", path_cut(cached[3]), b"\xe3\0\0") * len(cached), strict=False):
        path.write_bytes(damage)
    assert made() == first
    (project / "bare" / "main.html").write_text('{% extends "base.html" %}{% block footer %}{% endblock %}')
    assert "md-footer" not in page(built(project), "index.html")


def path_cut(path: Path) -> bytes:
    """Return the content of a file without its last nine bytes."""
    return path.read_bytes()[:-9]


BUILD = """
import sys
from datetime import date
from pathlib import Path
from workreport.website import finishing, rendering
project = Path(sys.argv[1])
rendering.build(project, project / "out", moment=date(2024, 2, 21), overrides=project / "bare")
finishing.finish(project / "out", address="https://www.example.org/sub/", dates={"town": date(2024, 2, 21)})
"""


@pytest.mark.long
def test_folder_time_zone_and_hash_seed_change_no_byte_of_the_site(tmp_path: Path) -> None:
    digests = []
    for name, zone, seed in (("a", "Asia/Shanghai", "1"), ("b/deeper 报告", "America/Los_Angeles", "2")):
        project = project_of(tmp_path / name, PAGES)
        environment = {**os.environ, "TZ": zone, "PYTHONHASHSEED": seed, "PYTHONPATH": str(ROOT)}
        subprocess.run([sys.executable, "-c", BUILD, str(project)], check=True, env=environment)
        out = project / "out"
        files = sorted(p for p in out.rglob("*") if p.is_file())
        digests.append({p.relative_to(out).as_posix(): hashlib.sha256(p.read_bytes()).hexdigest() for p in files})
    assert len(digests[0]) > 5
    assert digests[0] == digests[1]


@pytest.mark.parametrize(
    ("link", "named"),
    [
        (".", "index.html"),
        ("./", "./index.html"),
        ("..", "../index.html"),
        ("../..", "../../index.html"),
        ("../1/3/", "../1/3/index.html"),
        ("1/?q=外资#s1", "1/index.html?q=外资#s1"),
        (".#s1", "index.html#s1"),
        ("", ""),
        ("#s1", "#s1"),
        ("?q=1", "?q=1"),
        ("a.html", "a.html"),
        ("a..", "a.."),
        ("https://example.org/a/", "https://example.org/a/"),
        ("//example.org/", "//example.org/"),
        ("/sub/", "/sub/"),
        ("mailto:a@b.cn", "mailto:a@b.cn"),
        ("javascript:a/", "javascript:a/"),
        ("data:text/html,/", "data:text/html,/"),
    ],
)
def test_only_a_relative_link_to_a_folder_gets_index_html(link: str, named: str) -> None:
    assert finishing.directory_link(link) == named


def test_link_with_index_html_has_the_same_target_as_before() -> None:
    chance = random.Random(7)
    base = "https://example.org/any/sub/path/town/1/3/index.html"
    changed = 0
    for _ in range(3000):
        link = "".join(chance.choices(["..", ".", "/", "a", "1/", "?q=1", "#s1", "/", "%E4"], k=chance.randrange(1, 7)))
        named = finishing.directory_link(link)
        before, after = urlsplit(urljoin(base, link)), urlsplit(urljoin(base, named))
        assert (before.query, before.fragment) == (after.query, after.fragment), link
        assert after.path == before.path + "index.html" * (named != link), link
        changed += named != link
        assert not re.fullmatch(r"(?!/)[^?#]*(?:/|(?:^|/)\.{1,2})(?:[?#].*)?", named), named
    assert changed > 300


class Reader(HTMLParser):
    def __init__(self, text: str) -> None:
        super().__init__()
        self.tags: list[tuple[str, dict[str, str]]] = []
        self.feed(text)
        self.close()

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.append((tag, {name: value or "" for name, value in reversed(attrs)}))


def test_every_relative_link_names_an_existing_file(finished: Path) -> None:
    count = 0
    for path in sorted(finished.rglob("*.html")):
        if path.name == finishing.NOT_RELATIVE:
            continue
        for tag, values in Reader(path.read_text(encoding="utf-8")).tags:
            link = values.get("href") or values.get("src")
            if link and not re.match(r"[a-z]+:|#", link):
                target = re.split("[?#]", link)[0]
                assert (path.parent / target).is_file(), (path, tag, link)
                count += 1
    assert count > 30


def test_finished_links_keep_query_and_anchor(finished: Path) -> None:
    assert '<a href="1/index.html">一</a> <a href="./index.html?q=1#t">自己</a>' in page(finished, "town/index.html")
    assert 'href="town/1/index.html#s1"' in page(finished, "index.html")


def test_canonical_address_of_a_finished_page_is_still_a_folder(finished: Path) -> None:
    canonical = f'<link rel="canonical" href="{ADDRESS}town/1/">'
    assert canonical in page(finished, "town/1/index.html")


def test_finished_page_has_its_language_and_no_version_of_mkdocs(finished: Path) -> None:
    for path in sorted(finished.rglob("*.html")):
        tags = Reader(path.read_text(encoding="utf-8")).tags
        assert ("html", {"lang": "zh-Hans", "class": "no-js"}) in tags
        (generator,) = [v["content"] for t, v in tags if t == "meta" and v.get("name") == "generator"]
        assert not re.search(r"\d", generator)
        assert [v for t, v in tags if t == "input" and v["type"] in ("checkbox", "radio") and "autocomplete" in v] == []


def test_policy_allows_only_the_inline_scripts_of_the_theme(finished: Path) -> None:
    for path in sorted(finished.rglob("*.html")):
        text = path.read_text(encoding="utf-8")
        (policy,) = [v["content"] for t, v in Reader(text).tags if "Content-Security-Policy" in v.values()]
        scripts = re.findall(r"<script>(.*?)</script>", text, re.DOTALL)
        assert scripts
        hashes = [base64.b64encode(hashlib.sha256(s.encode()).digest()).decode() for s in scripts]
        (rule,) = [r for r in policy.split("; ") if r.startswith("script-src ")]
        assert rule.split() == ["script-src", "'self'", *dict.fromkeys(f"'sha256-{h}'" for h in hashes)]
        assert "default-src 'self'" in policy
        assert "object-src 'none'" in policy
        assert text.index("Content-Security-Policy") < text.index("<script") < text.index("<body")


def test_finishing_changes_only_links_language_policy_and_versions(tmp_path: Path, finished: Path) -> None:
    project = project_of(tmp_path, PAGES)
    rendering.build(project, project / "out", moment=DAY, overrides=project / "bare")
    before, after = page(project / "out", "town/1/index.html"), page(finished, "town/1/index.html")
    blank = re.compile(
        r'\n *<meta http-equiv="Content-Security-Policy"[^>]*>|(?<=")(?:[^"]*/)?(?:index\.html|\.{1,2}|(?<=/))(?=["#?])'
        r'| autocomplete="off"|lang="[^"]*"|content="mkdocs[^"]*"'
    )
    assert before != after
    assert blank.sub("", before) == blank.sub("", after)


def test_script_from_a_report_stops_the_build(tmp_path: Path) -> None:
    project = project_of(tmp_path, {**PAGES, "town/index.md": "# 镇\n\n<script>alert(1)</script>\n"})
    with pytest.raises(site_error.SiteError, match=r"town/index\.html：页面里有不属于主题的脚本"):
        built(project)


def test_site_map_has_each_page_and_no_day_of_a_build(finished: Path) -> None:
    text = page(finished, "sitemap.xml")
    assert re.findall("<loc>(.*?)</loc>", text) == [ADDRESS, f"{ADDRESS}town/", f"{ADDRESS}town/1/"]
    assert "lastmod" not in text
    assert not (finished / "sitemap.xml.gz").exists()


def test_site_without_an_address_has_no_site_map(tmp_path: Path) -> None:
    target = built(project_of(tmp_path, PAGES, address=""), address="")
    assert not (target / "sitemap.xml").exists()
    assert "canonical" not in page(target, "index.html")


def test_unused_files_of_mkdocs_are_removed(finished: Path) -> None:
    names = {p.relative_to(finished).as_posix() for p in finished.rglob("*") if p.is_file()}
    assert not [n for n in names if n.endswith(".map") or "/lunr/" in n or "/workers/" in n]
    assert {"404.html", "index.html", "town/index.html", "town/1/index.html"} <= names
    assert {n.rpartition("/")[2].partition(".")[0] for n in names if n.startswith(("assets/j", "assets/st"))} == {
        "bundle",
        "main",
        "palette",
    }


def test_theme_file_that_no_page_names_is_removed(tmp_path: Path) -> None:
    project = project_of(tmp_path, PAGES)
    (project / "bare" / "main.html").write_text(
        '{% extends "base.html" %}{% block scripts %}{% endblock %}{% block config %}{% endblock %}', encoding="utf-8"
    )
    target = built(project)
    assert not (target / "assets" / "javascripts").exists()


def test_markup_finds_the_same_tags_as_the_standard_parser(finished: Path) -> None:
    names = ("a", "link", "meta", "input", "label", "form", "script", "html", "span", "div")
    for path in sorted(finished.rglob("*.html")):
        text = path.read_text(encoding="utf-8")
        ours = []
        for tag in markup.tags(text, names):
            assert text[tag.start : tag.end].startswith(f"<{tag.name}")
            ours.append((tag.name, {a.name: a.value for a in tag.attributes()}))
        assert ours == [(t, v) for t, v in Reader(text).tags if t in names]
        assert len(ours) > 50


def test_threads_that_run_mkdocs_take_turns_and_leave_the_environment_as_it_was(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.delenv("SOURCE_DATE_EPOCH", raising=False)
    mixed: list[str] = []

    def run(year: int) -> None:
        day = date(year, 1, 1)
        for _ in range(50):
            with mkdocs_run.prepared(day):
                time.sleep(0)
                if datetime.fromtimestamp(int(os.environ["SOURCE_DATE_EPOCH"]), UTC).year != year:
                    mixed.append(os.environ["SOURCE_DATE_EPOCH"])

    threads = [threading.Thread(target=run, args=(year,)) for year in (1999, 2010, 2024)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert mixed == []
    assert "SOURCE_DATE_EPOCH" not in os.environ
