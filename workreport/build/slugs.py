"""Knows the short name (slug) of a new report: guessed from its place and year, or checked where the publisher gives one.

Leaves which names are reserved to `paths` and the table of pages.
"""

from __future__ import annotations

import re

from workreport.model import Meta
from workreport.project import paths
from workreport.website.pages import page_table

LONGEST_SLUG = 60
_DIVISION = re.compile(r"(?:壮族|回族|维吾尔|特别行政)?(?:自治区|自治州|自治县|省|市|区|县|旗|盟|州)$")


class BadSlug(Exception):
    """A short name cannot be used, or none could be guessed; the message says what to do."""


def guess_slug(meta: Meta) -> str:
    """A slug from the report's place and year: the pinyin of the smallest division's name, then the year.

    The result may be empty where neither is known.

    >>> from datetime import date
    >>> guess_slug(Meta("", "政府工作报告", "杭州市拱墅区", 2024, None, "", "", ""))
    'gongshu-2024'
    """
    from pypinyin import lazy_pinyin

    names = [p for p in re.split(r"(?<=[省市州盟])(?=[一-鿿]{2,})", meta.place) if p]
    name = _DIVISION.sub("", names[-1]) if names else ""
    parts = ["".join(p for p in lazy_pinyin(name) if p.isascii() and p.isalnum()).lower(), str(meta.year or "")]
    return "-".join(p for p in parts if p)[:LONGEST_SLUG]


def reserved_slugs() -> frozenset[str]:
    """The names that no report can have: of the site's own pages and folders, and those that Windows reserves."""
    return paths.RESERVED | page_table.reserved()


def checked_slug(slug: str) -> str:
    """The slug itself, where it can name a folder and be part of an address. Raises `BadSlug`."""
    if not paths.SLUG.fullmatch(slug) or len(slug) > LONGEST_SLUG or slug in reserved_slugs():
        raise BadSlug(
            f"短名 {slug!r} 不能用。请用 --slug 给出小写字母、数字和连字符，如 gongshu-2024（不超过 {LONGEST_SLUG} 个字符，且不是 {'、'.join(sorted(reserved_slugs())[:4])} 等保留名）。"
        )
    return slug
