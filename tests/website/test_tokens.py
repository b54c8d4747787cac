"""Colours and type stand in templates/tokens.toml alone: a change there is seen in everything that is made."""

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
from workreport.project import settings
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
    """`tokens.toml` with other values; each must stand there once."""
    table, lines = "", []
    left = dict(changed)
    for line in source.splitlines():
        if found := re.fullmatch(r"\[(.*)\]", line):
            table = found[1]
        name = f"{table}.{line.split(' = ')[0]}"
        lines.append(f"{line.split(' = ')[0]} = '{left.pop(name)}'" if name in left else line)
    assert not left
    return "\n".join(lines) + "\n"


# -- the file -------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("changed", "message"),
    [
        ({"light.paper": "white"}, "light.paper = 'white' 应是小写的六位颜色"),
        ({"light.paper": "#FFFDF9"}, "light.paper = '#FFFDF9' 应是小写的六位颜色"),
        ({"type.hei": "serif; color: red"}, "type.hei = 'serif; color: red' 不能作为样式的值"),
        ({"type.hei": ""}, "type.hei = '' 不能作为样式的值"),
    ],
)
def test_a_value_that_no_style_can_take_is_refused(tmp_path: Path, changed: dict[str, str], message: str) -> None:
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
def test_a_file_that_is_no_list_of_values_is_refused(tmp_path: Path, text: str, message: str) -> None:
    (tmp_path / tokens.NAME).write_text(text, encoding="utf-8")
    with pytest.raises(tokens.BadTokens, match=re.escape(message)):
        tokens.load(tmp_path)


def test_a_style_that_asks_for_an_unknown_value_is_refused() -> None:
    with pytest.raises(tokens.BadTokens, match=r"没有 light\.papre"):
        OWN.filled("p { color: token(light.papre) }")


def test_a_folder_without_tokens_takes_ours(tmp_path: Path) -> None:
    assert tokens.load(tmp_path) == OWN


def test_no_style_has_a_colour_or_a_typeface_of_its_own() -> None:
    styles = [path for ending in ("css", "css.j2", "typ") for path in TEMPLATES.rglob(f"*.{ending}")]
    assert len(styles) > 20
    told = {}
    for path in styles:
        text = re.sub(r"/\*.*?\*/", "", path.read_text(encoding="utf-8"), flags=re.DOTALL)
        # The square code is black on white for machines, whatever the page is.
        text = re.sub(r"\.one-code \{[^}]*\}", "", text)
        if found := re.findall(r"#[0-9a-f]{6}\b|#[0-9a-f]{3}\b(?=[;\s])|PingFang|Songti|YaHei", text):
            told[path.name] = found
    assert told == {}


def test_every_value_is_used() -> None:
    templates = [path for path in TEMPLATES.rglob("*") if path.is_file() and path.name != tokens.NAME]
    text = "\n".join(path.read_text(encoding="utf-8") for path in templates)
    written = {"light", "dark", "large.light", "large.dark", "print"}  # whole, as the head of the stylesheet
    for name in OWN.values:
        table, _, short = name.rpartition(".")
        if table in written:
            assert f"var(--wr-{short}" in text, name
        else:
            assert (
                f"token({name})" in text
                or f"tokens.{name})" in text
                or f"tokens.{short})" in text
                or f"tokens.{name}\n" in text
            ), name


def test_the_page_that_checks_knows_our_own_accent() -> None:
    assert OWN.value("verify.light.accent") == settings.COLOUR


def test_every_colour_of_words_can_be_read() -> None:
    for scheme in ("light", "dark", "print"):
        own = OWN.table(scheme)
        for ground in sorted({"paper", "quiet", "lit", "sentence"} & set(own)):
            for ink in ("ink", "soft", "doubt") if ground in ("paper", "quiet") else ("ink",):
                assert colour.contrast(colour.parse(own[ink]), colour.parse(own[ground])) >= 4.5, (scheme, ink, ground)


def test_every_colour_of_words_can_be_read_in_large_type() -> None:
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
    """The styles of everything that is made, and what is painted."""

    styles: dict[str, str]
    picture: png.Png
    inks: frozenset[str]


@pytest.fixture(scope="module")
def made(project_copy: Callable[[str], Path], tmp_path_factory: pytest.TempPathFactory) -> Made:
    """One short report, built and published with other tokens."""
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
    """The colours of the letters of a PDF, as CSS writes them."""
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
def test_a_changed_value_is_seen_in_every_style(made: Made, name: str, places: set[str]) -> None:
    assert {place for place, style in made.styles.items() if CHANGED[name] in style} == places
    assert {place for place, style in made.styles.items() if OWN.value(name) in style} == set()


@pytest.mark.long
def test_dark_pages_are_dark_by_the_system_and_by_choice(made: Made) -> None:
    assert made.styles["pages"].count(CHANGED["dark.paper"]) == 2


@pytest.mark.long
def test_a_changed_colour_is_seen_in_the_pictures_and_in_the_pdf(made: Made) -> None:
    rim = {"#" + made.picture.at(5, y)[:3].hex() for y in range(made.picture.height)}
    assert {CHANGED["light.paper"], CHANGED["light.quiet"]} <= rim
    assert not {OWN.value("light.paper"), OWN.value("light.quiet")} & rim
    assert CHANGED["document.ink"] in made.inks
    assert OWN.value("document.ink") not in made.inks
