"""A report's slug is guessed from its place and year, else from the name of its file; it is never empty or reserved."""

from pathlib import Path

import pytest

from tests.planned_years import SLUG, publication
from workreport.build.report_folder import NothingToBuild, require_usable
from workreport.build.slugs import BadSlug, checked_slug, free_slug, guess_slug, reserved_slugs
from workreport.model import Meta
from workreport.model.place_years import PlaceYears
from workreport.publish.record import VERSIONS
from workreport.website.addresses import DATA
from workreport.website.pages.page_table import PAGES
from workreport.website.place_addresses import place_slug, require_free
from workreport.website.site_error import SiteError


def slug(place: str, year: int | None, file: str = "") -> str:
    return guess_slug(Meta("", "政府工作报告", place, year, None, "", "", ""), file)


@pytest.mark.parametrize(
    ("place", "guessed"),
    [
        ("陕西省", "shaanxi"),
        ("山西省", "shanxi"),
        ("杭州市拱墅区", "gongshu"),
        ("菏泽市单县", "shanxian"),
        ("吕梁市", "lvliang"),
        ("国务院", "guowuyuan"),
        ("六安市", "luan"),
        ("重庆市", "chongqing"),
        ("厦门市", "xiamen"),
        ("西藏自治区", "xizang"),
        ("长治市", "changzhi"),
        ("乐清市", "yueqing"),
        ("台州市", "taizhou"),
        ("漯河市", "luohe"),
        ("成都市", "chengdu"),
        ("长子县", "zhangzi"),
        ("阿克苏地区", "akesu"),
        ("番禺区", "panyu"),
    ],
)
def test_slug_is_the_spelling_of_the_place(place: str, guessed: str) -> None:
    assert slug(place, 2024, "别的名字") == f"{guessed}-2024"


@pytest.mark.parametrize(
    ("file", "year", "guessed"),
    [
        ("陕西工作报告", None, "shaanxigongzuobaogao"),
        ("报告 2024（定稿）v2", None, "baogao-2024-dinggao-v2"),
        ("青禾 2023", 2023, "qinghe-2023"),
        ("青禾", 2023, "qinghe-2023"),
        ("Report_Final", None, "report-final"),
        ("……", None, "report"),
        ("……", 2024, "2024"),
        ("archive", None, "report-archive"),
        ("con", None, "report-con"),
        ("", None, "report"),
        ("长" * 90, 2024, "chang" * 12),
    ],
)
def test_file_without_a_place_gets_a_slug_from_its_name(file: str, year: int | None, guessed: str) -> None:
    assert slug("", year, file) == guessed
    assert checked_slug(guessed) == guessed


@pytest.mark.parametrize(
    ("place", "code", "taken", "guessed"),
    [
        ("抚州市", "361000", ["fuzhou-2024"], "jiangxi-fuzhou-2024"),
        ("泰州市", "321200", ["taizhou-2024"], "jiangsu-taizhou-2024"),
        ("福州市鼓楼区", "350102", ["gulou-2024"], "fuzhou-gulou-2024"),
        ("福州市鼓楼区", "350102", ["gulou-2024", "fuzhou-gulou-2024"], "fujian-fuzhou-gulou-2024"),
        ("吉林省", "220000", ["jilin-2024"], "jilinsheng-2024"),
        ("吉林市", "220200", ["jilin-2024", "jilin-jilin-2024"], "jilinshi-2024"),
        ("宁江市清水区", "", ["qingshui-2024"], "ningjiang-qingshui-2024"),
        ("清水区", "", ["qingshui-2024"], "qingshuiqu-2024"),
        ("抚州市", "361000", [], "fuzhou-2024"),
    ],
)
def test_place_whose_slug_another_place_has_gets_one_that_names_what_is_above_it(
    place: str, code: str, taken: list[str], guessed: str
) -> None:
    meta = Meta("", "政府工作报告", place, 2024, None, "", "", "", code=code)
    assert free_slug(meta, "", taken.__contains__) == guessed
    assert checked_slug(guessed) == guessed


def test_slug_of_a_report_without_a_year_is_not_the_address_of_its_place() -> None:
    assert slug("国务院", None) == "guowuyuan-report"


def test_short_slug_is_kept_where_all_longer_ones_are_taken() -> None:
    assert free_slug(Meta("", "政府工作报告", "清水区", 2024, None, "", "", ""), "", lambda _: True) == "qingshui-2024"


@pytest.mark.parametrize(
    "name", ["measures", "data", "v", "archive", "verify", "for", "promises", "search", "places", "about"]
)
def test_address_of_ours_is_no_slug(name: str) -> None:
    with pytest.raises(BadSlug, match="不能用。请用 --slug"):
        checked_slug(name)


@pytest.mark.parametrize(
    "name",
    sorted(
        {kind.id.partition("/")[0] for kind in PAGES}
        | {VERSIONS, DATA, "archive", "assets", "verify", "search", "places"}
    ),
)
def test_no_report_can_have_an_address_of_ours(tmp_path: Path, name: str) -> None:
    with pytest.raises(BadSlug, match=f"'{name}' 不能用。请用 --slug"):
        checked_slug(name)
    with pytest.raises(NothingToBuild, match=f"reports/{name}: 这个名字网站自己要用。请给文件夹改名"):
        require_usable(tmp_path / "reports" / name)


def test_no_place_can_have_an_address_of_ours() -> None:
    place = PlaceYears("大塔", "", ("a", "b"), (), ())
    assert place_slug(place.place, place.code) == "data"
    with pytest.raises(SiteError, match=r"大塔的页面地址会是 data/，网站自己要用。请.*code"):
        require_free([place], set(), reserved_slugs())


def test_every_folder_of_a_site_is_a_report_a_place_or_reserved(built_site: Path, years_site: Path) -> None:
    for site, own in ((built_site, {"gongshu-2024"}), (years_site, {SLUG, *publication_slugs()})):
        folders = {path.name for path in site.iterdir() if path.is_dir()}
        assert own <= folders
        assert folders - own <= reserved_slugs()


def publication_slugs() -> set[str]:
    """The folders of the invented reports of one place."""
    return {reading.meta.slug for reading in publication().readings}
