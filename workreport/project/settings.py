"""Knows `site.toml`, the publisher's settings of the whole site: which keys it may have, and which values.

Leaves reading TOML to `toml_files`, the files beside a report to `report_settings`, and what the values mean to the modules
that use them. Imports nothing of what reads reports, since every command loads it.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass, field, make_dataclass, replace
from pathlib import Path
from urllib.parse import urlsplit

from workreport.ingest.plain_files import LARGEST_TOML, read_plain_file
from workreport.project.form_ids import OFFLINE_COPY, FormId
from workreport.project.toml_files import BadSettings, TomlReader, load

__all__ = ["Archive", "BadSettings", "Build", "Footer", "Labels", "Settings", "site"]

_CONTACT = re.compile(
    r"(?=(?:[^0-9]*[0-9]){5}|[^@]+@|http)(?:[^@\s\"'<>:]+@[^@\s\"'<>:]+\.[^@\s\"'<>:]+|https?://[^\s\"'<>]+"
    r"|\+?(?:[0-9]{2,12}|[（(][0-9]{2,5}[)）])(?:[ \-－—]?[0-9]{2,12}){0,4}(?:[ \-]?(?:转|分机|ext\.?)[ ]?[0-9]{1,6})?)"
)
"""Matches (as a whole) an e-mail address, an address of the web, or a telephone number: 0571-88888888转12, (0571) 8888 8888."""
EXAMPLE = "#b3261e"
"""The colour that an error message gives as an example: 朱红 (vermilion)."""


@dataclass(frozen=True, slots=True)
class Footer:
    """The table [footer]: numbers that Chinese law requires on a government site. "" is not shown.

    `icp`: ICP备案号; `police`: 公安备案号; `site_code`: 网站标识码; `accessibility`: the URL of the page on access for all (无障碍).
    """

    icp: str = ""
    police: str = ""
    site_code: str = ""
    accessibility: str = ""


@dataclass(frozen=True, slots=True)
class Labels:
    """The table [labels]: what the page labels of 国办发〔2017〕47号 (see `website.pages.labels`) say beyond what is known.

    `site_name`: the official name of the whole website; `column`: the column (栏目) in which the reports stand, with its
    description, keywords and kind (one of those that the rule lists, such as 政策文件); `source`: where the text comes from.
    """

    site_name: str = ""
    column: str = ""
    column_description: str = ""
    column_keywords: tuple[str, ...] = ()
    column_type: str = ""
    source: str = ""


@dataclass(frozen=True, slots=True)
class Build:
    """The table [build]: whether to make pictures (一图读懂, social cards), and whether to make an archive at all."""

    pictures: bool = True
    archive: bool = True


@dataclass(frozen=True, slots=True)
class Archive:
    """The table [archive]: the archive formats (forms) switched off, and the path of the secret minisign key ("" for none).

    Every format is made unless it is switched off. A relative path starts at the project folder.
    """

    without: frozenset[FormId] = frozenset()
    minisign_key: str = ""

    def wants(self, form: FormId) -> bool:
        """Whether an archive format is to be made, if [build] wants an archive at all."""
        return form not in self.without


@dataclass(frozen=True, slots=True)
class Settings:
    """`site.toml`. `address` is "" or a URL that ends with a slash (a subpath is allowed); `colour` is "" or #rrggbb, lower
    case.

    Both are checked and brought into this form by `site`. `licence_address` is "" or the URL of the licence; `contact` is "", an e-mail address, a URL or a
    telephone number. `verdicts`: pages and data say in a word what came of each promise (达到, 未达到 …).
    """

    title: str = ""
    address: str = ""
    publisher: str = ""
    contact: str = ""
    licence: str = ""
    licence_address: str = ""
    colour: str = ""
    verdicts: bool = False
    footer: Footer = field(default_factory=Footer)
    labels: Labels = field(default_factory=Labels)
    build: Build = field(default_factory=Build)
    archive: Archive = field(default_factory=Archive)

    @property
    def zipped(self) -> bool:
        """Whether the offline copy (离线版) is to be made."""
        return self.build.archive and self.archive.wants(OFFLINE_COPY)


def site(path: Path, forms: Iterable[FormId]) -> Settings:
    """Read `site.toml` and check its values; `forms` are the ids of the archive forms, the keys of [archive].

    Raises `BadSettings` also for an address that is no http(s) URL or has a query, a fragment, white space or quotes, a colour that is not
    #rrggbb, and a contact that is no e-mail address, http(s) URL or telephone number.
    """
    forms = tuple(forms)
    # The keys of [archive] come from `archive.forms`, which this module must not import: build their dataclass here.
    keys = [*((form, bool, True) for form in forms), ("minisign_key", str, "")]
    switches = make_dataclass("ArchiveTable", keys, frozen=True)
    s = load(path, Settings, kinds={Archive: switches})
    off = frozenset(form for form in forms if not getattr(s.archive, form, True))
    s = replace(s, archive=Archive(off, s.archive.minisign_key))
    text = read_plain_file(path, LARGEST_TOML).decode("utf-8-sig") if path.exists() else ""
    reader = TomlReader(path.name, text)
    if s.address:
        parts = urlsplit(s.address)
        if (
            parts.scheme not in ("http", "https")
            or not parts.hostname
            or parts.query
            or parts.fragment
            or re.search(r"[\s\"'<>\\]", s.address)
        ):
            raise reader.fail(
                "address", f"address 应是网址，如 https://www.example.gov.cn/gzbg/，现在是 {s.address!r}。"
            )
    for key, link in (("accessibility", s.footer.accessibility), ("licence_address", s.licence_address)):
        if link and not re.fullmatch(r"https?://[^\s\"'<>\\]+", link):
            raise reader.fail(key, f"{key} 应是 http:// 或 https:// 开头的网址，现在是 {link!r}。")
    if s.colour and not re.fullmatch(r"#[0-9a-fA-F]{6}", s.colour):
        raise reader.fail("colour", f"colour 应是六位颜色，如 {EXAMPLE}，现在是 {s.colour!r}。")
    if s.contact and not _CONTACT.fullmatch(s.contact):
        raise reader.fail(
            "contact", f"contact 应是邮箱、http(s) 网址或电话（如 0571-12345678），现在是 {s.contact!r}。"
        )
    address = s.address if not s.address or s.address.endswith("/") else s.address + "/"
    return replace(s, address=address, colour=s.colour.lower())
