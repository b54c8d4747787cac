"""Tests of the colours of places: which place has which, that all can be read, and how pages and files get them."""

from __future__ import annotations

import re
from dataclasses import replace
from itertools import combinations, pairwise

import pytest

from tests.website.small_book import SITE, TEMPLATES
from workreport.archive import poster, site_mark
from workreport.build.compose import _configuration
from workreport.ingest.facts.divisions import of_level
from workreport.model import Meta, Publication, Reading
from workreport.project.settings import Settings
from workreport.website import tokens
from workreport.website.pages import collection_of, colour, place_colours, render

LOOK = tokens.load(TEMPLATES)
NAMES = tuple(LOOK.table("place.light"))
GROUNDS = {
    "light": (4.5, ("paper", "quiet", "sentence", "lit")),
    "dark": (4.5, ("paper", "quiet", "sentence")),
    "print": (4.5, ("paper", "quiet")),
}
"""The least contrast of words in an accent with each ground."""
BLANK = Meta("x", "政府工作报告", "", 2026, None, "", "", "")


def placed(place: str, code: str = "") -> str:
    """The name of the colour of a place."""
    return place_colours.colour_of(replace(BLANK, place=place, code=code), NAMES)


def accents() -> list[colour.Accent]:
    """The accents of all places."""
    light, dark = LOOK.table("place.light"), LOOK.table("place.dark")
    return [colour.of_place(light[name], dark[name], LOOK) for name in NAMES]


def contrast(one: str, other: str) -> float:
    return colour.contrast(colour.parse(one), colour.parse(other))


# -- the colours ------------------------------------------------------------------------------------------------------


def test_twelve_accents_can_be_read_on_light_dark_and_printed_pages() -> None:
    assert len(NAMES) == 12
    for mode, (least, grounds) in GROUNDS.items():
        for accent in accents():
            shown = accent.dark if mode == "dark" else accent.light
            for ground in grounds:
                assert contrast(shown, LOOK.value(f"{mode}.{ground}")) >= least, (shown, mode, ground)


def test_lines_in_an_accent_are_seen_on_a_lit_sentence_of_a_dark_page() -> None:
    for accent in accents():
        assert contrast(accent.dark, LOOK.value("dark.lit")) >= 3, accent


def test_accents_have_a_contrast_of_at_least_7_in_large_type() -> None:
    for accent in accents():
        for ground in ("paper", "quiet"):
            assert contrast(accent.large_light, LOOK.value(f"light.{ground}")) >= 7
            assert contrast(accent.large_dark, LOOK.value(f"dark.{ground}")) >= 7


def oklab(shown: str) -> tuple[float, float, float]:
    """A colour in OKLab (Ottosson 2020), where distances are those that the eye sees: lightness 0 to 1, then two axes."""
    red, green, blue = (
        part / 255 / 12.92 if part / 255 <= 0.04045 else ((part / 255 + 0.055) / 1.055) ** 2.4
        for part in colour.parse(shown)
    )
    long, middle, short = (
        (a * red + b * green + c * blue) ** (1 / 3)
        for a, b, c in (
            (0.4122214708, 0.5363325363, 0.0514459929),
            (0.2119034982, 0.6806995451, 0.1073969566),
            (0.0883024619, 0.2817188376, 0.6299787005),
        )
    )
    return (
        0.2104542553 * long + 0.7936177850 * middle - 0.0040720468 * short,
        1.9779984951 * long - 2.4285922050 * middle + 0.4505937099 * short,
        0.0259040371 * long + 0.7827717662 * middle - 0.8086757660 * short,
    )


@pytest.mark.parametrize("mode", ["light", "dark"])
def test_any_two_accents_are_told_apart(mode: str) -> None:
    """0.02 in OKLab is about the least difference that an eye sees of two large areas side by side."""
    for one, other in combinations(LOOK.table(f"place.{mode}").values(), 2):
        apart = sum((a - b) ** 2 for a, b in zip(oklab(one), oklab(other), strict=True)) ** 0.5
        assert apart >= 0.04, (one, other)


# -- the choice -------------------------------------------------------------------------------------------------------


def test_state_council_and_a_report_without_a_place_are_vermilion() -> None:
    assert placed("国务院") == placed("") == NAMES[0] == "vermilion"


def test_place_without_a_code_has_the_same_colour_each_time_and_not_all_have_one() -> None:
    assert placed("青禾县") == placed("青禾县", "资料暂缺") == "vermilion"
    assert len({placed(f"{name}县") for name in "青禾临湖清水宁江云溪石桥"}) > 4


def test_neighbours_by_code_have_different_colours() -> None:
    """Of 2,846 pairs of places that follow each other within one province or city, at most 1 in 100 has one colour."""
    pairs = []
    for level, digits in (("province", 0), ("prefecture", 2), ("county", 4)):
        codes = [d.code for d in of_level(level) if d.code.isdecimal()]  # type: ignore[arg-type]
        pairs += [(a, b) for a, b in pairwise(codes) if a[:digits] == b[:digits]]
    alike = [(a, b) for a, b in pairs if placed("某地", a) == placed("某地", b)]
    assert len(pairs) > 2500
    assert len(alike) <= len(pairs) / 100, alike
    twelve = {placed("某区", f"3301{n:02d}") for n in range(1, 13)}
    assert twelve == set(NAMES)


def test_colour_of_the_publisher_wins(book: Reading) -> None:
    several = Publication((book, replace(book, meta=replace(book.meta, slug="b-2025", place="杭州市", code="330100"))))
    made = place_colours.site_colours(several, Settings(colour="#0f6b6b"), LOOK)
    assert not made.names
    assert {accent.light for accent in (made.site, *made.of_report.values())} == {"#0f6b6b"}


def test_tokens_without_colours_of_places_are_an_error_that_says_what_helps(book: Reading) -> None:
    bare = tokens.Tokens({k: v for k, v in LOOK.values.items() if not k.startswith("place.")}, b"")
    with pytest.raises(tokens.BadTokens, match=r"没有 \[place\.light\].*colour"):
        place_colours.site_colours(Publication((book,)), Settings(), bare)


# -- pages and files --------------------------------------------------------------------------------------------------

OWN = replace(SITE, colour="")
"""Settings without a colour."""


def of_two(book: Reading) -> Publication:
    """A site with the reports of two places: 杭州市 (moss) and 海南省 (amber)."""
    return Publication(
        tuple(
            replace(book, meta=replace(book.meta, slug=slug, place=place, code=code))
            for slug, place, code in (("h-2026", "杭州市", "330100"), ("n-2026", "海南省", "460000"))
        )
    )


def test_site_of_one_place_has_its_colour_everywhere(book: Reading) -> None:
    one = Publication(of_two(book).readings[:1])
    sheet = render(one, OWN, TEMPLATES)["assets/workreport.css"]
    assert sheet.startswith(f":root{{--wr-accent:{LOOK.value('place.light.moss')}}}")
    assert "data-hue=moss" not in sheet
    assert '"hues"' not in _configuration(collection_of(one), OWN, LOOK)
    assert site_mark.pictures(one, OWN, TEMPLATES)[0].data["accent"] == LOOK.value("place.light.moss")


def test_site_of_several_places_has_one_for_each_report_and_vermilion_for_the_rest(book: Reading) -> None:
    two = of_two(book)
    sheet = render(two, OWN, TEMPLATES)["assets/workreport.css"]
    assert sheet.startswith(f":root{{--wr-accent:{LOOK.value('place.light.vermilion')}}}")
    named = dict(re.findall(r"\[data-hue=(\w+)\],\[data-hue=\1\]~\*\{--wr-accent:var\(--wr-hue-(\w+)\)\}", sheet))
    assert named == {"moss": "moss", "amber": "amber"}
    for name in named:
        made = place_colours.site_colours(two, OWN, LOOK).named[name]
        found = re.findall(rf"--wr-hue-{name}:(#[0-9a-f]{{6}})", sheet)
        assert found == [made.light, made.dark, made.dark, made.large_light, made.large_dark, made.large_dark]
    assert '.places .report > a[href^="h-2026/"]{--wr-accent:var(--wr-hue-moss)}' in sheet
    assert '"hues": {"h-2026": "moss", "n-2026": "amber"}' in _configuration(collection_of(two), OWN, LOOK)
    drawn = {p.path.partition("/")[0]: p.data["accent"] for p in poster.pictures(two, OWN, TEMPLATES)}
    assert drawn == {"h-2026": LOOK.value("place.light.moss"), "n-2026": LOOK.value("place.light.amber")}
