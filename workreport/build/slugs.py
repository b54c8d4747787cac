"""Knows the short name (slug) of a new report: guesses it from place and year, and checks that it is usable.

Leaves which names are reserved to `paths` and the table of pages.
"""

from __future__ import annotations

import re

from workreport.model import Meta
from workreport.project import paths
from workreport.website.pages import page_table

LONGEST_SLUG = 60
"""The most characters of a slug."""
_DIVISION = re.compile(r"(?:壮族|回族|维吾尔|特别行政)?(?:自治区|自治州|自治县|省|市|区|县|旗|盟|州)$")
"""The end of a place's name that states its kind (拱墅区 → 区); a guessed slug omits it."""


class BadSlug(Exception):
    """A slug cannot be used or is taken, or none could be guessed; the message says what to do."""


def guess_slug(meta: Meta) -> str:
    """Guess a slug: the pinyin of the smallest place's name (without 市, 区 …), a hyphen and the year, 60 characters at most.

    What is unknown is omitted, so the result is "" if neither is known.

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
    """Return the slugs that no report can have: names of the site's own pages and folders, and names that Windows reserves."""
    return paths.RESERVED | page_table.reserved()


def checked_slug(slug: str) -> str:
    """Return the slug unchanged. Raises `BadSlug` if its characters or length do not suit an address, or if it is reserved."""
    if not paths.SLUG.fullmatch(slug) or len(slug) > LONGEST_SLUG or slug in reserved_slugs():
        raise BadSlug(
            f"短名 {slug!r} 不能用。请用 --slug 给出小写字母、数字和连字符，如 gongshu-2024（不超过 {LONGEST_SLUG} 个字符，且不是 {'、'.join(sorted(reserved_slugs())[:4])} 等保留名）。"
        )
    return slug
