"""Knows the short name (slug) of a new report: guesses it from place and year, and checks that it is usable.

Places of one spelling (福州市, 抚州市; districts called 鼓楼区) get slugs that name the city or province above them. Leaves which
names are reserved to `paths` and the table of pages.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator

from workreport.analysis import pinyin
from workreport.ingest.facts import divisions
from workreport.model import Meta
from workreport.project import paths

LONGEST_SLUG = 60
"""The most characters of a slug."""
USUAL_SLUG = "report"
"""The slug of a file without any fact whose name has no letters, and the beginning of one that would be reserved."""
_DIVISION = re.compile(r"(?:壮族|回族|维吾尔|特别行政)?(?:自治区|自治州|自治县|自治旗|地区|林区|省|市|区|县|旗|盟|州)$")
"""The end of a place's name that states its kind (拱墅区 → 区); a guessed slug omits it."""


class BadSlug(Exception):
    """A slug cannot be used or is taken, or none could be guessed; the message says what to do."""


def guess_slug(meta: Meta, file: str = "") -> str:
    """Guess a slug: the pinyin of the smallest place's name (without 市, 区 …), a hyphen and the year, 60 characters at most.

    Without a year it ends in -report, without a place it begins with the pinyin of `file`, the name of the file without its
    ending; it is never empty or reserved.

    >>> from datetime import date
    >>> guess_slug(Meta("", "政府工作报告", "杭州市拱墅区", 2024, None, "", "", ""))
    'gongshu-2024'
    >>> guess_slug(Meta("", "政府工作报告", "", None, None, "", "", ""), "陕西省 2023（定稿）")
    'shaanxisheng-2023-dinggao'
    """
    names = _names(meta)
    words = _spelled_place(names[-1]) if names else pinyin.spelled(file)
    return _slug(words, meta.year, named=bool(names))


def free_slug(meta: Meta, file: str, is_taken: Callable[[str], bool]) -> str:
    """Guess a slug as `guess_slug` does; where it is taken, a longer one for the same place, if there is a free one.

    A longer one has the city above, the province above, the kind of the place, or its division code: nanjing-gulou-2024,
    jiangxi-fuzhou-2024, jilinshi-2024, 220200-2024.

    >>> meta = Meta("", "政府工作报告", "南京市鼓楼区", 2024, None, "", "", "", code="320106")
    >>> free_slug(meta, "", lambda slug: slug == "gulou-2024")
    'nanjing-gulou-2024'
    """
    short = guess_slug(meta, file)
    longer = (_slug(words, meta.year) for words in _longer(meta))
    return next((slug for slug in (short, *longer) if not is_taken(slug)), short)


def _names(meta: Meta) -> list[str]:
    """The names in a place, the largest first: 南京市, 鼓楼区."""
    return [p for p in re.split(r"(?<=[省市州盟])(?!市[一-鿿]{2})(?=[一-鿿]{2,})", meta.place) if p]


def _longer(meta: Meta) -> Iterator[str]:
    """Yield the spellings of a place that tell it from others of its name."""
    names = _names(meta)
    if not names:
        return
    own = _spelled_place(names[-1])
    above = [_spelled_place(name) for name in (_province(meta.code), *names[:-1]) if name]
    for k in range(len(above) - 1, -1, -1):
        yield "-".join([*dict.fromkeys(above[k:]), own])
    yield pinyin.spelled_place(names[-1])
    if meta.code:
        yield meta.code


def _province(code: str) -> str:
    """The name of the province of a division code; "" for that of a province itself, and without a code."""
    province = divisions.province_of(code)
    return province.name if province and province.code != code else ""


def _slug(words: str, year: int | None, *, named: bool = True) -> str:
    """Return a slug of the spelling of a place (`named`) or of the name of a file, with the year; see `guess_slug`."""
    said = str(year or (USUAL_SLUG if named else ""))  # a place alone is the address of the page of that place
    parts = [words, "" if not named and said in words.split("-") else said]
    slug = "-".join(p for p in parts if p)[:LONGEST_SLUG].strip("-") or USUAL_SLUG
    return f"{USUAL_SLUG}-{slug}" if slug in reserved_slugs() or not paths.SLUG.fullmatch(slug) else slug


def _spelled_place(name: str) -> str:
    """Return the pinyin of a place's name without the word that states its kind; with it, if one character would be left."""
    bare = _DIVISION.sub("", name)
    return pinyin.spelled_place(bare if len(bare) > 1 else name)


def reserved_slugs() -> frozenset[str]:
    """Return the slugs that no report can have: names of the site's own pages and folders, and names that Windows reserves."""
    from workreport.website.pages import page_table  # only where a slug is checked: it loads the templates' library

    return paths.RESERVED | page_table.reserved()


def checked_slug(slug: str) -> str:
    """Return the slug unchanged. Raises `BadSlug` if its characters or length do not suit an address, or if it is reserved."""
    if not paths.SLUG.fullmatch(slug) or len(slug) > LONGEST_SLUG or slug in reserved_slugs():
        raise BadSlug(
            f"短名 {slug!r} 不能用。请用 --slug 给出小写字母、数字和连字符，如 gongshu-2024（不超过 {LONGEST_SLUG} 个字符，且不是 {'、'.join(sorted(reserved_slugs())[:4])} 等保留名）。"
        )
    return slug
