"""Knows the address of the page of a place, and refuses places whose address is taken.

The address depends on the place alone, not on the other places of the site, so that it stays when reports are added: for a
province or a city its pinyin (zhejiang, hangzhou), with the division code where another one is spelled alike (suzhou-320500,
suzhou-341300), and for a county or district always with the code (gongshu-330105). Leaves reading the place of a report to
`ingest.facts.places`.
"""

from __future__ import annotations

import hashlib
import re
from collections import Counter
from collections.abc import Collection, Iterable
from functools import cache

from workreport.analysis import pinyin
from workreport.ingest.facts import divisions
from workreport.model.place_years import PlaceYears
from workreport.website.site_error import SiteError

_PEOPLES = re.compile("(?:壮族|回族|维吾尔)$")
"""What the names of autonomous regions have besides the name that people say: 广西壮族自治区."""


def place_slug(place: str, code: str) -> str:
    """Return the folder of the page of a place, of its name and its division code; the code is "" for a place without one.

    >>> place_slug("杭州市", "330100"), place_slug("杭州市拱墅区", "330105"), place_slug("国务院", "")
    ('hangzhou', 'gongshu-330105', 'guowuyuan')
    >>> place_slug("吉林省", "220000"), place_slug("吉林市", "220200"), place_slug("山西省", "140000"), place_slug("陕西省", "610000")
    ('jilin-220000', 'jilin-220200', 'shanxi', 'shaanxi')

    A place that has another code today keeps its page when reports with that one are added:

    >>> place_slug("萧山市", "330181"), place_slug("杭州市萧山区", "330109")
    ('xiaoshan-330109', 'xiaoshan-330109')
    """
    code = divisions.code_of_today(code)
    if not code:
        return pinyin.spelled_place(place) or f"place-{hashlib.sha256(place.encode()).hexdigest()[:8]}"
    usual = _usual().get(code)
    if usual is not None:
        return usual
    above = place.rfind("市", 0, -2) + 1
    return f"{pinyin.spelled_place(divisions.stem_of(place[above:]))}-{code}".strip("-")


@cache
def _usual() -> dict[str, str]:
    """The folders of the provinces and cities of today, by code: their pinyin, with the code where two are spelled alike."""
    known = (*divisions.of_level("province"), *divisions.of_level("prefecture"))
    spelled = {division.code: pinyin.spelled_place(_PEOPLES.sub("", division.stem)) for division in known}
    often = Counter(spelled.values())
    return {code: f"{words}-{code}" if often[words] > 1 else words for code, words in spelled.items()}


def require_free(places: Iterable[PlaceYears], reports: Collection[str], ours: Collection[str]) -> None:
    """Raise `SiteError` for a place whose address is that of a report (`reports`: the slugs), of our own pages and files
    (`ours`), or of another place.
    """
    taken: dict[str, str] = {}
    for one in places:
        slug = place_slug(one.place, one.code)
        if slug in reports:
            raise SiteError(
                f"reports/{slug}: {one.place}有几年的报告，网站要用 {slug}/ 作这个地方的页面。请给文件夹改名，如 {slug}-2024。"
            )
        if slug in ours:
            raise SiteError(
                f"{one.place}的页面地址会是 {slug}/，网站自己要用。请在这个地方各份报告的 report.toml 里写上 code（六位行政区划代码）。"
            )
        if slug in taken:
            raise SiteError(
                f"{one.place}和{taken[slug]}的页面地址都会是 {slug}/。请在这两个地方各份报告的 report.toml 里写上 code（六位行政区划代码）。"
            )
        taken[slug] = one.place
