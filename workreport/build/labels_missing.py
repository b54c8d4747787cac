"""Knows what a government site must still state: the labels and the foot of its pages that 国办发〔2017〕47号 asks for.

A site is taken for one of a government if its address ends in .gov.cn, as the rule demands of them, or if it has a 网站标识码.
Leaves what the labels are to `website.pages.labels`, and printing to the commands.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path
from urllib.parse import urlsplit

from workreport import archive
from workreport.project import report_settings, settings

_SITE_CODE = re.compile(r"[0-9]{10}|bm[0-9]{8}", re.IGNORECASE)
"""Matches (as a whole) a 网站标识码: ten digits, for a ministry bm and eight."""


def missing(root: Path) -> tuple[str, ...]:
    """Return what the project's settings must still state, one Chinese line each; none for other sites.

    Raises `BadSettings` for settings that cannot be read.
    """
    site = settings.site(root / "site.toml", archive.form_ids())
    host = urlsplit(site.address).hostname or ""
    if not (host == "gov.cn" or host.endswith(".gov.cn") or site.footer.site_code):
        return ()
    return (*_of_site(site), *_of_reports(root))


def _of_site(site: settings.Settings) -> Iterator[str]:
    foot = site.footer
    if not site.address:
        yield "site.toml 没有写 address：页面标签里没有网站域名（SiteDomain）。"
    if not foot.site_code:
        yield "site.toml 没有写 [footer] site_code：页面标签和页脚里没有政府网站标识码（SiteIDCode）。"
    elif not _SITE_CODE.fullmatch(foot.site_code):
        yield f"site.toml 的 site_code 写作 {foot.site_code}：政府网站标识码是十位，由数字组成，部委的以 bm 开头。"
    if not foot.icp:
        yield "site.toml 没有写 [footer] icp：页脚没有 ICP 备案号。"
    if not foot.police:
        yield "site.toml 没有写 [footer] police：页脚没有公安备案号。"
    if not foot.accessibility:
        yield "site.toml 没有写 [footer] accessibility：页脚没有无障碍服务的入口。"
    if not site.contact:
        yield "site.toml 没有写 contact：页脚没有联系方式。"
    if not (site.labels.source or site.publisher):
        yield "site.toml 没有写 publisher：页面标签里没有来源（ContentSource），页脚没有主办单位。"
    if not site.labels.site_name:
        yield "site.toml 没有写 [labels] site_name：网站名称（SiteName）用的是本站的名称，不是政府网站的规范名称。"
    if not site.labels.column_type:
        yield "site.toml 没有写 [labels] column_type：页面标签里没有栏目类别（ColumnType），如 政策文件。"


def _of_reports(root: Path) -> Iterator[str]:
    home = root / "reports"
    for folder in sorted(p for p in home.iterdir() if p.is_dir() and p.name[0] != ".") if home.is_dir() else ():
        if report_settings.metadata(folder).published is None:
            yield f"reports/{folder.name}/report.toml 没有写 published：页面标签里没有发布时间（PubDate）。"
