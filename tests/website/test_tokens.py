"""Tests that colours and fonts are only in templates/tokens.toml, and that a change there reaches everything that is
made.
"""

from __future__ import annotations

import ctypes
import re
import shutil
import zipfile
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path

import pypdfium2 as pdfium
import pypdfium2.raw as raw
import pytest

from tests.archive import png
from tests.conftest import ROOT, must_build, run_build
from workreport.website import tokens
from workreport.website.pages import colour

SLUG = "qingshan-2025"
TEMPLATES = ROOT / "templates"
OWN = tokens.load(TEMPLATES)
CHANGED = {
    "light.paper": "#fdfbe7",
    "light.quiet": "#e7f3ea",
    "dark.paper": "#141619",
    "large.light.soft": "#42474e",
    "print.soft": "#454545",
    "verify.light.good": "#0f6b50",
    "document.ink": "#2b2f37",
    "type.hei": '"Token Hei", sans-serif',
    "type.title": "2.25rem",
    "type.book": '"Token Book", sans-serif',
}


def with_values(source: str, changed: dict[str, str]) -> str:
    """Return the text of `tokens.toml` with other values for the names in `changed`, which must all be in it."""
    table, lines = "", []
    left = dict(changed)
    for line in source.splitlines():
        if found := re.fullmatch(r"\[(.*)\]", line):
            table = found[1]
        name = f"{table}.{line.split(' = ')[0]}"
        lines.append(f"{line.split(' = ')[0]} = '{left.pop(name)}'" if name in left else line)
    assert not left
    return "\n".join(lines) + "\n"


# -- the file tokens.toml -------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("changed", "message"),
    [
        ({"light.paper": "white"}, "light.paper = 'white' 应是小写的六位颜色"),
        ({"light.paper": "#FFFDF9"}, "light.paper = '#FFFDF9' 应是小写的六位颜色"),
        ({"type.hei": "serif; color: red"}, "type.hei = 'serif; color: red' 不能作为样式的值"),
        ({"type.hei": ""}, "type.hei = '' 不能作为样式的值"),
    ],
)
def test_token_that_is_no_colour_or_not_safe_in_css_is_an_error(
    tmp_path: Path, changed: dict[str, str], message: str
) -> None:
    (tmp_path / tokens.NAME).write_text(with_values(OWN.source.decode(), changed), encoding="utf-8")
    with pytest.raises(tokens.BadTokens, match=re.escape(message)):
        tokens.load(tmp_path)


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("[light", "不是正确的 TOML"),
        ("[type]\nmeasure = 38\n", "type.measure = 38 不能作为样式的值"),
        ('[light]\npaper = "#ffffff"\n[dark]\nink = "#ffffff"\n', "[light] 与 [dark] 的名称应相同，ink 只在其中一处"),
    ],
)
def test_tokens_file_with_bad_toml_number_or_unpaired_name_is_an_error(tmp_path: Path, text: str, message: str) -> None:
    (tmp_path / tokens.NAME).write_text(text, encoding="utf-8")
    with pytest.raises(tokens.BadTokens, match=re.escape(message)):
        tokens.load(tmp_path)


def test_style_sheet_with_an_unknown_token_is_an_error() -> None:
    with pytest.raises(tokens.BadTokens, match=r"没有 light\.papre"):
        OWN.filled("p { color: token(light.papre) }")


def test_template_folder_without_tokens_file_uses_the_shipped_tokens(tmp_path: Path) -> None:
    assert tokens.load(tmp_path) == OWN


def test_no_style_sheet_contains_a_colour_or_font_name() -> None:
    styles = [path for ending in ("css", "css.j2", "typ") for path in TEMPLATES.rglob(f"*.{ending}")]
    assert len(styles) > 20
    literal = {}
    for path in styles:
        text = re.sub(r"/\*.*?\*/", "", path.read_text(encoding="utf-8"), flags=re.DOTALL)
        # The QR code is black on white on every page, so that cameras can read it.
        text = re.sub(r"\.one-code \{[^}]*\}", "", text)
        if found := re.findall(r"#[0-9a-f]{6}\b|#[0-9a-f]{3}\b(?=[;\s])|PingFang|Songti|YaHei", text):
            literal[path.name] = found
    assert literal == {}


def test_every_token_is_used_by_a_template() -> None:
    templates = [path for path in TEMPLATES.rglob("*") if path.is_file() and path.name != tokens.NAME]
    text = "\n".join(path.read_text(encoding="utf-8") for path in templates)
    written = {
        "light",
        "dark",
        "large.light",
        "large.dark",
        "print",
    }  # tables that the head of the style sheet has as a whole
    for name in OWN.values:
        table, _, short = name.rpartition(".")
        if table in ("place.light", "place.dark"):
            continue  # chosen by the code of a place: see test_place_colours
        if table in written:
            assert f"var(--wr-{short}" in text, name
        else:
            assert (
                f"token({name})" in text
                or f"tokens.{name})" in text
                or f"tokens.{short})" in text
                or f"tokens.{name}\n" in text
            ), name


def test_verify_page_has_the_accent_of_a_report_without_a_place() -> None:
    assert OWN.value("verify.light.accent") == next(iter(OWN.table("place.light").values()))


def test_text_colours_have_a_contrast_of_at_least_4_5() -> None:
    for scheme in ("light", "dark", "print"):
        own = OWN.table(scheme)
        for ground in sorted({"paper", "quiet", "lit", "sentence"} & set(own)):
            for ink in ("ink", "soft", "doubt") if ground in ("paper", "quiet") else ("ink",):
                assert colour.contrast(colour.parse(own[ink]), colour.parse(own[ground])) >= 4.5, (scheme, ink, ground)


def test_text_colours_have_a_contrast_of_at_least_7_in_large_type() -> None:
    for scheme in ("light", "dark"):
        grounds, own = OWN.table(scheme), OWN.table(f"large.{scheme}")
        for ground in ("paper", "quiet"):
            for ink in ("soft", "doubt"):
                assert colour.contrast(colour.parse(own[ink]), colour.parse(grounds[ground])) >= 7, (
                    scheme,
                    ink,
                    ground,
                )


# -- what is made ---------------------------------------------------------------------------------------------------


@dataclass(frozen=True)
class Made:
    """The style sheets by where they are used, the long picture, and the colours of the text in the PDF."""

    styles: dict[str, str]
    picture: png.Png
    inks: frozenset[str]


@pytest.fixture(scope="module")
def made(project_copy: Callable[[str], Path], tmp_path_factory: pytest.TempPathFactory) -> Made:
    """One short report, built and published with the tokens in `CHANGED`."""
    project = project_copy("tokens")
    shutil.rmtree(project / "reports")
    (project / "reports" / SLUG).mkdir(parents=True)
    shutil.copyfile(ROOT / "tests/books/qingshan-2025.txt", project / "reports" / SLUG / "source.txt")
    path = project / "templates" / tokens.NAME
    path.write_text(with_values(path.read_text(encoding="utf-8"), CHANGED), encoding="utf-8")
    site, archive = must_build(project, "--quiet"), project / "archive"
    www = tmp_path_factory.mktemp("www")
    done = run_build(project, "publish", "--to", str(www), "--quiet")
    assert done.returncode == 0, done.stderr
    with zipfile.ZipFile(archive / f"{SLUG}-offline.zip") as packed:
        checks = packed.read(f"{SLUG}-offline/verify/verify.css").decode()
    with zipfile.ZipFile(archive / f"{SLUG}.epub") as packed:
        book = packed.read(next(name for name in packed.namelist() if name.endswith("book.css"))).decode()
    return Made(
        {
            "pages": (site / "assets" / "workreport.css").read_text(encoding="utf-8"),
            "single file": (archive / f"{SLUG}.html")
            .read_text(encoding="utf-8")
            .split("<style>")[1]
            .split("</style>")[0],
            "checks": checks,
            "versions": (www / "v" / "publish.css").read_text(encoding="utf-8"),
            "book": book,
        },
        png.read((site / SLUG / "picture" / "long.png").read_bytes()),
        frozenset(inks(archive / f"{SLUG}.pdf")),
    )


def inks(path: Path) -> Iterator[str]:
    """Yield the colours of the text in a PDF, as CSS writes them."""
    document = pdfium.PdfDocument(path)
    parts = [ctypes.c_uint() for _ in range(4)]
    for page in document:
        for thing in page.get_objects(filter=[raw.FPDF_PAGEOBJ_TEXT]):
            raw.FPDFPageObj_GetFillColor(thing, *parts)
            yield "#" + bytes(part.value for part in parts[:3]).hex()
    document.close()


@pytest.mark.long
@pytest.mark.parametrize(
    ("name", "places"),
    [
        ("light.paper", {"pages", "single file", "checks", "versions"}),
        ("light.quiet", {"pages", "single file", "checks", "versions"}),
        ("dark.paper", {"pages", "single file", "checks", "versions"}),
        ("large.light.soft", {"pages", "single file"}),
        ("print.soft", {"pages", "single file"}),
        ("verify.light.good", {"checks"}),
        ("type.hei", {"pages", "single file", "checks", "versions"}),
        ("type.title", {"pages", "single file", "checks"}),
        ("type.book", {"book"}),
    ],
)
def test_changed_token_is_in_exactly_the_style_sheets_that_use_it(made: Made, name: str, places: set[str]) -> None:
    assert {place for place, style in made.styles.items() if CHANGED[name] in style} == places
    assert {place for place, style in made.styles.items() if OWN.value(name) in style} == set()


@pytest.mark.long
def test_dark_palette_has_one_rule_for_the_system_and_one_for_the_readers_choice(made: Made) -> None:
    assert made.styles["pages"].count(CHANGED["dark.paper"]) == 2


@pytest.mark.long
def test_changed_colour_is_in_the_picture_and_in_the_pdf(made: Made) -> None:
    seals = {"#" + made.picture.at(100, y)[:3].hex() for y in range(made.picture.height)}
    assert CHANGED["light.paper"] in seals
    assert OWN.value("light.paper") not in seals
    assert CHANGED["document.ink"] in made.inks
    assert OWN.value("document.ink") not in made.inks
