"""Writes a small finished site to publish (one report: sections, full text, data), and reads sites and served folders."""

from __future__ import annotations

import json
import re
import shutil
from pathlib import Path

from workreport.website.site_map import MappedPage, site_map

SLUG = "town-2024"
DAY = "2024-02-21"
ADDRESS = "https://www.example.gov.cn/gzbg/"
"""The address of a site that has one."""
SENTENCES = (
    ("s00000001", "一、工业"),
    ("s00000002", "全年新增企业30家，增长5.1%。"),
    ("s00000003", "建成青石湾大桥，全长三公里。"),
    ("s00000004", "二、民生"),
    ("s00000005", "新建公园5个，居全市第二。"),
)
"""Ids and sentences of the small report; a row may have a former id as third item."""
_POLICY = "default-src 'self'; script-src 'self'; style-src 'self'; object-src 'none'; base-uri 'none'"


def page(at: str, title: str, body: str, head: str = "", address: str = "") -> str:
    """Return the HTML of a finished page, as small as possible; `at`: its path in the site, `address`: that of the site."""
    if address:
        head += f'<link rel="canonical" href="{address}{at.removesuffix("index.html")}">\n'
    up = "../" * at.count("/")
    return (
        f'<!doctype html>\n<html lang="zh-Hans">\n<head>\n<meta charset="utf-8">\n'
        f'<meta http-equiv="Content-Security-Policy" content="{_POLICY}">\n<meta name="description" content="{title}">\n'
        f'<title>{title}</title>\n<link rel="stylesheet" href="{up}assets/a.css">\n<script src="{up}assets/a.js"></script>\n'
        f'{head}</head>\n<body>\n<a class="md-skip" href="#t">跳到正文</a><nav><a href="{up}index.html">首页</a>'
        f'<a href="{up}about/index.html">关于</a></nav>\n<div class="wr-search" data-root="{up}index.html"></div>\n'
        f'<article id="content">\n<h1 id="t">{title}</h1>\n{body}\n</article>\n'
        f"<footer><p data-versions hidden></p></footer>\n</body>\n</html>\n"
    )


def sentence(key: str, words: str, was: str = "") -> str:
    """Return the HTML of a sentence with its id (`key`); `was`: a former id, "" for none."""
    old = f'<a class="was" id="{was}"></a>' if was else ""
    return f'{old}<span class="s" id="{key}" data-text>{words}</span>'


def make_site(
    project: Path,
    sentences: tuple[tuple[str, ...], ...] = SENTENCES,
    *,
    slug: str = SLUG,
    day: str = DAY,
    sections: tuple[str, ...] = ("1", "2"),
    title: str = "青山镇2024年政府工作报告",
    bulk: int = 0,
    address: str = "",
) -> Path:
    """Write `project/site` anew and return it: one report with two section pages, named by `sections`.

    Sentences from the first 二、 on are in the second section. `day`: the report's date, "" for none; `bulk`: number of
    further pages; `address`: the site's own address, which gives its pages a canonical link and a site map. Files of an earlier site that are not written again are removed.
    """
    files: dict[str, str] = {}
    body = "\n".join(
        f"<h2>{sentence(*s)}</h2>" if re.match("[一二三]、", s[1]) else f"<p>{sentence(*s)}</p>" for s in sentences
    )
    split = next((k for k, s in enumerate(sentences) if s[1].startswith("二、")), len(sentences))
    halves = [sentences[:split], sentences[split:]]
    date = f'<meta name="dcterms.date" content="{day}">\n' if day else ""
    files["index.html"] = page("index.html", title, f'<a href="{slug}/index.html">报告</a>', date, address)
    files["about/index.html"] = page(
        "about/index.html", "关于本站", '<p><a href="../index.html">首页</a></p>', "", address
    )
    files[f"{slug}/index.html"] = page(
        f"{slug}/index.html", title, f'<a href="text/index.html#{sentences[0][0]}">全文</a>', "", address
    )
    files[f"{slug}/text/index.html"] = page(f"{slug}/text/index.html", f"全文 · {title}", body, "", address)
    for section, half in zip(sections, halves, strict=True):
        at = f"{slug}/{section}/index.html"
        files[at] = page(
            at, half[0][1] if half else section, "".join(f"<p>{sentence(*s)}</p>" for s in half), "", address
        )
    files["404.html"] = page("404.html", "没有这一页", "").replace('href="assets', 'href="/assets').replace('src="assets', 'src="/assets')  # fmt: skip
    files["assets/a.css"] = "p{}"
    files["assets/a.js"] = "// 无"
    files["data/indicators.json"] = json.dumps({"figures": [s[1] for s in sentences]}, ensure_ascii=False)
    for k in range(bulk):
        files[f"{slug}/more/{k}/index.html"] = page(f"{slug}/more/{k}/index.html", f"第{k}页", sentence(*sentences[1]).replace(' data-text', ''))  # fmt: skip
    if address:
        names = sorted(name.removesuffix("index.html") for name in files if name.endswith("index.html"))
        files["sitemap.xml"] = site_map(MappedPage(address + name) for name in names)
        files["robots.txt"] = f"User-agent: *\nSitemap: {address}sitemap.xml\n"
    site = project / "site"
    old = {p.relative_to(site).as_posix() for p in site.rglob("*") if p.is_file()} if site.is_dir() else set()
    for name in old - files.keys():
        (site / name).unlink()
    for name, text in files.items():
        path = site / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, encoding="utf-8")
    return site


def add_report(
    project: Path,
    slug: str,
    title: str,
    sentences: tuple[tuple[str, ...], ...],
    sections: tuple[str, ...] = ("1", "2"),
    address: str = "",
) -> None:
    """Add a report to the `project/site` that `make_site` wrote."""
    beside = make_site(
        project.parent / "beside" / slug, sentences, slug=slug, title=title, sections=sections, address=address
    )
    shutil.copytree(beside / slug, project / "site" / slug, dirs_exist_ok=True)


def changed(sentences: tuple[tuple[str, ...], ...], at: int, *row: str) -> tuple[tuple[str, ...], ...]:
    """Return the sentences with the row at index `at` replaced by `row`."""
    return (*sentences[:at], row, *sentences[at + 1 :])


_TOLD = re.compile(
    r'<link rel="(?:version-history|original|latest-version|predecessor-version|timemap|alternate)"[^>]*>\n'
    r"|(?:<!-- |# )data-stub of workreport(?: -->)?\n|\n *<lastmod>[^<]*</lastmod>"
)
"""What publishing adds to the files of a site with an address: links in the head, its mark, days in the site map."""


def words_of(path: Path) -> str:
    """Return the text of a file without what publishing adds, and its line on versions emptied: as it was built."""
    text = _TOLD.sub("", path.read_text(encoding="utf-8"))
    return re.sub(r"<p data-versions[^>]*>[\s\S]*?</p>", "<p data-versions hidden></p>", text)


def tree(folder: Path) -> dict[str, str]:
    """Return the text of every file below a folder, by path, without lines on versions and without `version.json` files."""
    return {
        path.relative_to(folder).as_posix(): words_of(path)
        for path in sorted(folder.rglob("*"))
        if path.is_file() and path.name != "version.json"
    }
