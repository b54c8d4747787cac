"""Knows the forms in which a publication is handed over, and the words by which pages offer them.

Leaves the making of each to the rooms beside it. The site itself lists the files with size and digest; a copy of a page
that stands inside an archive names the forms and points at `SHA256SUMS`, for no file can carry its own digest.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from html import escape
from typing import TYPE_CHECKING
from urllib.parse import quote

from workreport.website import markup

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

SUMS = "SHA256SUMS"
SIGNATURE = "SHA256SUMS.minisig"
OFFLINE = "-offline.zip"
BAG = "-bag.zip"

PLACE = "data-archives"
"""An element with this attribute has its content replaced by what is offered; without archives its own words stand."""

_HOLDERS = ("div", "section")


@dataclass(frozen=True, slots=True)
class Form:
    """One form: how its file's name ends, what a person calls it, what it is good for, and how it is checked alone.

    `whole` says that it holds all reports of the publication; of every other form each report has a file of its own.
    """

    ending: str
    name: str
    use: str
    check: str = ""
    whole: bool = False


@dataclass(frozen=True, slots=True)
class Made:
    """A file that is offered: its name, its size in bytes, its SHA-256 in hex ("" of what stands in no list)."""

    name: str
    size: int
    digest: str


FORMS = (
    Form(
        OFFLINE,
        "离线版",
        "整个网站。解压后双击 index.html，阅读、搜索、卡片都能用，不需要网络；适合拷进优盘、放上内网。",
        "解压后打开其中的 verify/index.html，选文件夹或压缩包，逐个文件比对。",
        whole=True,
    ),
    Form(
        ".html",
        "单个网页",
        "正文、指标、名称、校勘和检索都在一个文件里，双击就开，可以转发、打印。",
    ),
    Form(".epub", "电子书", "在手机和阅读器上读，字号随意，注释点开即见。"),
    Form(".pdf", "公文版式", "A4，按公文格式排好，宜于打印、报送和归档（PDF/A-2a、PDF/UA-1）。"),
    Form(
        BAG,
        "存档包",
        "来源文件、数据、网页和保存说明，按 BagIt（RFC 8493）装好，交档案馆长期保存。",
        "包内另有清单，可用任何 BagIt 工具核对。",
        whole=True,
    ),
)
"""In the order in which they are offered."""

_PROOFS = {
    SUMS: ("下载校验值", "以上各文件的 SHA-256。把它与下载的文件放在同一文件夹，才能证明文件未改。"),
    SIGNATURE: ("下载签名", "发布者对 SHA256SUMS 的 minisign 签名，用发布者公布的公钥核对。"),
}


def form_of(name: str) -> Form | None:
    """The form of a file by its name; None for the sums and the signature.

    >>> form_of("gongshu-2024.epub").name
    '电子书'
    """
    return next((form for form in FORMS if name.endswith(form.ending)), None)


def in_order(names: Iterable[str]) -> list[str]:
    """Names as they are offered: by form, of one form by name, what proves them last."""
    place = {form: number for number, form in enumerate(FORMS)}
    rank = {SUMS: len(FORMS) + 1, SIGNATURE: len(FORMS) + 2}

    def order(name: str) -> tuple[int, str]:
        form = form_of(name)
        return (place[form] if form else rank.get(name, len(FORMS)), name)

    return sorted(names, key=order)


def of_page(names: Iterable[str], page: str, slugs: Sequence[str]) -> list[str]:
    """What a page offers: all but the files of other reports alone, where it stands in the folder of one of `slugs`.

    >>> of_page(["a.pdf", "b.pdf", "reports-bag.zip", "SHA256SUMS"], "a/download/index.html", ["a", "b"])
    ['a.pdf', 'reports-bag.zip', 'SHA256SUMS']
    """
    own = page.partition("/")[0]
    others = set(slugs) - {own} if own in slugs else set()
    alien = {f"{slug}{form.ending}" for slug in others for form in FORMS if not form.whole}
    return [name for name in names if name not in alien]


def outside(files: Sequence[Made], up: str) -> str:
    """What the site offers: every file with size, use, SHA-256 and how to check it. `up` leads to their folder.

    >>> '<code>00ff</code>' in outside([Made("a.pdf", 2_000_000, "00ff")], "../archive")
    True
    """
    by_name = {file.name: file for file in files}
    rows = "".join(_row(by_name[name], f"{up}/{quote(name)}") for name in in_order(by_name))
    zipped = any(name.endswith(OFFLINE) for name in by_name)
    return f'<ul class="files">{rows}</ul>{_how_to(zipped=zipped, signed=SIGNATURE in by_name)}'


def _row(file: Made, link: str) -> str:
    form = form_of(file.name)
    digest = f'<p class="sum">SHA-256：<code>{file.digest}</code></p>'
    if form:
        words, use = f"下载{form.name}", form.use + form.check
    else:
        words, use = _PROOFS.get(file.name, ("下载", ""))
        digest = ""
    size = f'<span class="size">{escape(file.name)}，{shown_size(file.size)}</span>'
    return f'<li><a href="{link}" download>{words}</a>{size}<p>{use}</p>{digest}</li>'


def _how_to(*, zipped: bool, signed: bool) -> str:
    page = (
        "<li>不用命令行：下载离线版，解压后打开 verify/index.html，选中要核对的文件和 SHA256SUMS。</li>"
        if zipped
        else ""
    )
    signature = (
        "<li>核对签名：<code>minisign -Vm SHA256SUMS -p 公钥文件</code>。公钥请从发布者的其他渠道取得。</li>"
        if signed
        else ""
    )
    return (
        '<details class="data"><summary>怎样核对下载的文件</summary><ul>'
        f"{page}"
        "<li>Linux：<code>sha256sum -c --ignore-missing SHA256SUMS</code></li>"
        "<li>macOS：<code>shasum -a 256 -c --ignore-missing SHA256SUMS</code></li>"
        "<li>Windows：<code>certutil -hashfile 文件名 SHA256</code>，所得应与上面的 SHA-256 相同。</li>"
        "<li>装有本程序：<code>build.py check 文件名</code>，连结构一起核对。</li>"
        f"{signature}</ul></details>"
    )


def inside(names: Sequence[str], own: str, verify: str = "") -> str:
    """What a copy of the page says inside the archive `own`: the other forms, where the sums are, and no digest.

    `verify` leads from the page to the page that checks the offline zip, where there is one.
    """
    form = form_of(own)
    here = f"<p>您正在看的是{form.name if form else '存档'}（{escape(own)}）里的一份。"
    here += f'<a href="{verify}">核对这份离线版</a>，看有没有改动、缺失。</p>' if verify else "</p>"
    rows = ""
    for name in in_order(names):
        other = form_of(name)
        if other and name != own:
            rows += f'<li><b>{other.name}</b> <span class="size">{escape(name)}</span><p>{other.use}</p></li>'
    others = f'<p>同时发布的还有：</p><ul class="files">{rows}</ul>' if rows else ""
    sums = f"<p>各文件的 SHA-256 记在与它们放在一起的 {SUMS} 里；文件不能写出自己的校验值，所以这里不列。</p>"
    return here + others + sums


def filled(page: bytes, content: str) -> bytes:
    """A finished page with this content in every place for it; the bytes as they were where there is none.

    >>> filled(b"<div data-archives>a<div>b</div></div>c", "<p>d</p>")
    b'<div data-archives><p>d</p></div>c'
    """
    if PLACE.encode() not in page:
        return page
    text = page.decode(errors="surrogateescape")
    places = [tag for tag in markup.tags(text, _HOLDERS) if tag.get(PLACE)]
    edits = [(tag.end, _inner_end(text, tag), content) for tag in places]
    return markup.edited(text, edits).encode(errors="surrogateescape")


def same_page(one: bytes, other: bytes) -> bool:
    """Whether two pages differ at most by what they offer for download."""
    return one == other or (PLACE.encode() in one and filled(one, "") == filled(other, ""))


def shown_size(count: int) -> str:
    """A number of bytes for a person.

    >>> shown_size(1_234_567), shown_size(512)
    ('1.2 MB', '0.5 KB')
    """
    return f"{count / 1_000_000:.1f} MB" if count >= 100_000 else f"{max(count / 1000, 0.1):.1f} KB"


def _inner_end(page: str, tag: markup.Tag) -> int:
    """Where the content of an element ends; the pages are our own and close what they open."""
    depth = 1
    for found in re.compile(rf"(?i:<(/?){tag.name})(?=[\s/>])").finditer(page, tag.end):
        depth += -1 if found[1] else 1
        if depth == 0:
            return found.start()
    return len(page)
