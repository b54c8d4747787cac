"""Knows the archive forms: one table row for each kind of file that is handed over beside the website.

Leaves making a file to the module that the row names, and checking it to `verify`. Settings, download page and checker
read this table whenever they are called. It imports a form's module only to make a file, so that checking one needs no
typesetting library.
"""

from __future__ import annotations

import importlib
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, BinaryIO, NewType

from workreport.project import media_types
from workreport.project.form_ids import OFFLINE_COPY, FormId

if TYPE_CHECKING:
    from workreport.archive.task import Task

CheckId = NewType("CheckId", str)
"""A key of `verify.checks.CHECKS`."""
Maker = Callable[["Task", BinaryIO], None]
"""A function that writes the bytes of one archive file; it raises the errors of the form's own module."""


@dataclass(frozen=True, slots=True)
class Form:
    """One archive form.

    `id` is its key in the table [archive] of `site.toml`; `ending` is how the names of its files end ("-offline.zip").
    `title` and `purpose` are the texts of the download page, `how_to_check` is a further sentence on how to check such
    a file ("" for none). `make` writes a file. `check` is the key of its check in `verify.checks.CHECKS`, not the check
    itself: this package must not import `verify`, so that no file is checked by the code that wrote it. `whole` says
    that one file holds all reports of the site; otherwise each report has a file of its own. `is_typeset` says that
    making a file needs typst and the fonts; without them the form is left out. `site_folder` is the path of the
    finished website inside the zip's top folder ("" for the top folder itself), None for a form that does not hold the
    website.
    """

    id: FormId
    ending: str
    title: str
    purpose: str
    make: Maker
    check: CheckId
    how_to_check: str = ""
    whole: bool = False
    is_typeset: bool = False
    site_folder: str | None = None

    @property
    def media_type(self) -> str:
        """The media type of the files of this form."""
        return media_types.media_type(self.ending)


def _module(name: str) -> Maker:
    """A function that imports the module `name` of this package when called, and calls the module's `make`."""

    def make(task: Task, out: BinaryIO) -> None:
        importlib.import_module(f"workreport.archive.{name}").make(task, out)

    return make


FORMS: tuple[Form, ...] = (
    Form(
        id=OFFLINE_COPY,
        ending="-offline.zip",
        title="离线版",
        purpose="整个网站。解压后双击 index.html，阅读、搜索、卡片都能用，不需要网络；适合拷进优盘、放上内网。",
        make=_module("offline"),
        check=CheckId("site-zip"),
        how_to_check="解压后打开其中的 verify/index.html，选文件夹或压缩包，逐个文件比对。",
        whole=True,
        site_folder="",
    ),
    Form(
        id=FormId("html"),
        ending=".html",
        title="单个网页",
        purpose="正文、指标、名称、原文说明和检索都在一个文件里，双击就开，可以转发、打印。",
        make=_module("html"),
        check=CheckId("html"),
    ),
    Form(
        id=FormId("epub"),
        ending=".epub",
        title="电子书",
        purpose="在手机和阅读器上读，字号随意，注释点开即见。",
        make=_module("epub"),
        check=CheckId("epub"),
    ),
    Form(
        id=FormId("pdf"),
        ending=".pdf",
        title="公文版式",
        purpose="A4，按公文格式排好，宜于打印、报送和归档（PDF/A-2a、PDF/UA-1）。",
        make=_module("pdf"),
        check=CheckId("pdf"),
        is_typeset=True,
    ),
    Form(
        id=FormId("bag"),
        ending="-bag.zip",
        title="存档包",
        purpose="来源文件、数据、网页和保存说明，按 BagIt（RFC 8493）装好，交档案馆长期保存。",
        make=_module("bag"),
        check=CheckId("bagit"),
        how_to_check="包内另有清单，可用任何 BagIt 工具核对。",
        whole=True,
        site_folder="data/site/",
    ),
)
"""Every archive form, in the order of the download page."""


def ids() -> tuple[FormId, ...]:
    """The id of every form: the keys of the table [archive] that switch a form off in `site.toml`."""
    return tuple(form.id for form in FORMS)


def form_of(name: str) -> Form | None:
    """The form of a file, found by how its name ends; None for a file of no form, such as `SHA256SUMS`.

    >>> form_of("gongshu-2024.epub").title
    '电子书'
    """
    return next((form for form in FORMS if name.endswith(form.ending)), None)


def position(name: str) -> int:
    """The row number of a file's form in `FORMS`, from 0; the number of rows for a file of no form."""
    return next((k for k, form in enumerate(FORMS) if name.endswith(form.ending)), len(FORMS))


def of_page(names: Iterable[str], page: str, slugs: Sequence[str]) -> list[str]:
    """The file names that a page offers. A page in a report's folder leaves out files that hold another report alone.

    A page outside the reports' folders offers all `names`. `page` is the page's path in the site; `slugs` has the slugs
    of all reports. The order of `names` is kept.

    >>> of_page(["a.pdf", "b.pdf", "reports-bag.zip", "SHA256SUMS"], "a/download/index.html", ["a", "b"])
    ['a.pdf', 'reports-bag.zip', 'SHA256SUMS']
    """
    own = page.partition("/")[0]
    others = set(slugs) - {own} if own in slugs else set()
    of_others = {f"{slug}{form.ending}" for slug in others for form in FORMS if not form.whole}
    return [name for name in names if name not in of_others]
