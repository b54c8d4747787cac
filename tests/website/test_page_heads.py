"""What every kind of page says to other programs: JSON-LD, labels for managers of references, previews, licence, icons."""

from __future__ import annotations

import json
import re
import struct
from html import unescape
from pathlib import Path
from typing import Any

import pytest

from tests.archive import png
from tests.site_pages import page_files
from tests.website.test_page_labels import ADDRESS, OTHER, SLUG, build
from workreport.publish import version_pages

FULL = f"""\
title = "青山县政府工作报告</script>{{{{ 7*7 }}}}"
address = "{ADDRESS}"
publisher = "青山县人民政府办公室"
licence = "CC BY 4.0"
licence_address = "https://creativecommons.org/licenses/by/4.0/deed.zh-hans"
"""
GRAPH = re.compile(r'<script type="application/ld\+json">(.*?)</script>', re.DOTALL)
Node = dict[str, Any]


@pytest.fixture(scope="module")
def full(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The site of two reports with an address, a publisher and a licence; one of them says when it was put online."""
    project = tmp_path_factory.mktemp("heads")
    site = build(project, FULL, SLUG, OTHER, published="2025-02-22")
    (project / "reports" / OTHER / "report.toml").unlink()
    return build(project, FULL) if site else site


@pytest.fixture(scope="module")
def bare(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The site of one report whose publisher told nothing."""
    return build(tmp_path_factory.mktemp("bare"), "", SLUG)


def nodes(page: Path) -> list[Node]:
    """Return the graph of a page, which has exactly one."""
    (text,) = GRAPH.findall(page.read_text(encoding="utf-8"))
    document = json.loads(text)
    assert document["@context"] == "https://schema.org"
    graph: list[Node] = document["@graph"]
    return graph


def of_type(page: Path, kind: str) -> list[Node]:
    return [node for node in nodes(page) if node["@type"] == kind]


def metas(page: Path, attribute: str = "name") -> dict[str, list[str]]:
    found: dict[str, list[str]] = {}
    for name, content in re.findall(
        rf'<meta {attribute}="([^"]*)" content="([^"]*)"', page.read_text(encoding="utf-8")
    ):
        found.setdefault(name, []).append(unescape(content))
    return found


def paths(site: Path) -> dict[str, Path]:
    return {page.relative_to(site).as_posix(): page for page in page_files(site) if page.name != "404.html"}


def empty(value: Any) -> bool:
    """Whether a value of JSON-LD is empty, or has something empty in it."""
    if isinstance(value, dict):
        return not value or any(map(empty, value.values()))
    return not value or any(map(empty, value)) if isinstance(value, list) else value in ("", None)


def test_every_page_has_one_graph_with_its_address_and_nothing_empty(full: Path) -> None:
    for name, page in paths(full).items():
        graph = nodes(page)
        assert not any(map(empty, graph)), name
        first = graph[0]
        assert first["url"] == ADDRESS + name.removesuffix("index.html")
        assert f'<link rel="canonical" href="{first["url"]}">' in page.read_text(encoding="utf-8")
        assert metas(page, "property")["og:url"] == [first["url"]]
        assert metas(page, "property")["og:title"] == [first["name"]]
        assert len(graph) == len({json.dumps(node, sort_keys=True) for node in graph})


def test_way_to_a_page_is_that_of_its_crumbs(full: Path) -> None:
    for name, page in paths(full).items():
        ways = of_type(page, "BreadcrumbList")
        if name == "index.html":
            assert ways == []
            continue
        (way,) = ways
        items = way["itemListElement"]
        assert [item["position"] for item in items] == list(range(1, len(items) + 1))
        assert items[0]["item"] == ADDRESS
        assert items[-1]["item"] == ADDRESS + name.removesuffix("index.html")
        crumbs = re.search(r'<nav class="crumbs".*?</nav>', page.read_text(encoding="utf-8"), re.DOTALL)
        if crumbs and name != "about/design/index.html":  # that page shows an example of crumbs
            shown = [unescape(words) for words in re.findall(r"<li[^>]*>(?:<a[^>]*>)?([^<]*)", crumbs[0])]
            assert [item["name"] for item in items][1:] == (
                shown[1:] if shown[0] in ("全部报告", items[0]["name"]) else shown
            ), name
        for item in items:
            target = item["item"].removeprefix(ADDRESS) + "index.html"
            assert (full / target).is_file(), target


def test_report_its_data_and_its_main_figures_are_told(full: Path) -> None:
    front = full / SLUG / "index.html"
    (report,) = of_type(front, "Report")
    assert of_type(full / SLUG / "text" / "index.html", "Report") == [report]
    told = {key: report[key] for key in ("name", "dateCreated", "datePublished", "license", "inLanguage")}
    assert told == {
        "name": "青山区2025年政府工作报告", "dateCreated": "2025-01-08", "datePublished": "2025-02-22",
        "license": "https://creativecommons.org/licenses/by/4.0/deed.zh-hans", "inLanguage": "zh-Hans",
    }  # fmt: skip
    assert report["author"]["name"] == "青山区人民政府"
    assert report["contributor"] == {"@type": "Person", "name": "李明", "jobTitle": "区长"}
    data = json.loads((full / SLUG / "data" / "indicators.json").read_text(encoding="utf-8"))["indicators"]
    (dataset,) = of_type(full / SLUG / "indicators" / "index.html", "Dataset")
    measured = {(m["name"], m.get("unitText", "")) for m in dataset["variableMeasured"]}
    assert measured == {(row["name"], row["unit"]) for row in data}
    for file in dataset["distribution"]:
        assert (full / file["contentUrl"].removeprefix(ADDRESS)).is_file()
    assert dataset["isBasedOn"]["@id"] == report["@id"]
    seen = of_type(front, "Observation")
    assert seen
    for node in seen:
        row = next(row for row in data if node["url"].endswith(f"#{row['id']}"))
        assert (row["status"], row["number"], row["unit"]) == (
            "result",
            node["value"]["value"],
            node["value"]["unitText"],
        )
        assert node["measuredProperty"]["name"] == row["name"]
        period = re.fullmatch(r"(\d{4})年", row["period"] or "2024年")
        assert node["observationDate"] == (period[1] if period else "2024")
        page = node["url"].removeprefix(ADDRESS).replace("#", "index.html#")
        assert f'id="{row["id"]}"' in (full / page.partition("#")[0]).read_text(encoding="utf-8")


def test_only_a_report_with_a_day_of_publication_says_one(full: Path) -> None:
    for name, page in paths(full).items():
        days = metas(page, "property").get("article:published_time", [])
        assert days == (["2025-02-22"] if name.startswith(SLUG) else []), name
        assert ("datePublished" in nodes(page)[0]) == name.startswith(SLUG), name


def test_pages_of_a_report_have_labels_for_managers_of_references(full: Path) -> None:
    for name, page in paths(full).items():
        told = {key: values for key, values in metas(page).items() if key.startswith("citation_")}
        if name.partition("/")[0] not in (SLUG, OTHER):
            assert told == {}, name
            continue
        assert all(len(values) == 1 for values in told.values()), name
        if not name.startswith(SLUG):
            assert "citation_online_date" not in told, "a day of publication is invented"
        else:
            assert told["citation_author"] == ["青山区人民政府"]
            assert told["citation_publication_date"] == ["2025/02/22"]
            assert told["citation_online_date"] == ["2025/02/22"]
            assert told["citation_publisher"] == ["青山县人民政府办公室"]
            assert told["citation_fulltext_html_url"] == [f"{ADDRESS}{SLUG}/text/"]
            section = "citation_inbook_title" in told
            assert section == ("wr-section" in page.read_text(encoding="utf-8")), name
            named = told["citation_inbook_title" if section else "citation_title"]
            assert named == ["青山区2025年政府工作报告"]


def test_licence_and_colours_stand_on_every_page_once(full: Path) -> None:
    for name, page in {**paths(full), "404.html": full / "404.html"}.items():
        text = page.read_text(encoding="utf-8")
        licence = '<link rel="license" href="https://creativecommons.org/licenses/by/4.0/deed.zh-hans">'
        assert text.count(licence) == 1, name
        assert text.count('<a rel="license" href=') == 1, name
        assert len(re.findall(r'<meta name="theme-color" media="\(prefers-color-scheme: (?:light|dark)\)"', text)) == 2


@pytest.mark.long
def test_icons_are_squares_of_their_size_with_the_mark_of_the_place(full: Path, bare: Path) -> None:
    for site, depth in ((full, SLUG), (bare, SLUG)):
        for name in ("index.html", f"{depth}/1/index.html"):
            page = site / name
            links = re.findall(
                r'<link rel="(icon|apple-touch-icon)"[^>]*?(?: sizes="(\d+)x\d+")? href="([^"]*)"',
                page.read_text(encoding="utf-8"),
            )
            assert [(relation, size) for relation, size, _ in links] == [("icon", ""), ("apple-touch-icon", "180")]
            for _, size, link in links:
                data = (page.parent / link).read_bytes()
                assert png.size(data) == (int(size or 48), int(size or 48))
    # Two places have no mark in common; one has its own.
    assert (full / "assets/icons/mark-192.png").read_bytes() != (bare / "assets/icons/mark-192.png").read_bytes()
    shortcut = (bare / "favicon.ico").read_bytes()
    assert struct.unpack("<HHH", shortcut[:6]) == (0, 1, 3)
    for k, size in enumerate((16, 32, 48)):
        width, height, _, _, _, bits, length, at = struct.unpack("<BBBBHHII", shortcut[6 + 16 * k : 22 + 16 * k])
        assert (width, height, bits) == (size, size, 32)
        assert png.size(shortcut[at : at + length]) == (size, size)


def test_page_is_shown_with_its_card_where_it_has_one_and_with_the_mark_elsewhere(full: Path, bare: Path) -> None:
    kinds = set()
    for name, page in paths(full).items():
        told = metas(page, "property")
        (address,), (width,), (height,) = told["og:image"], told["og:image:width"], told["og:image:height"]
        assert address.startswith(ADDRESS)
        assert png.size((full / address.removeprefix(ADDRESS)).read_bytes()) == (int(width), int(height)), name
        of_report = name.partition("/")[0] in (SLUG, OTHER)
        (kind,) = metas(page)["twitter:card"]
        assert (kind, width) == (("summary_large_image", "1200") if of_report else ("summary", "512")), name
        kinds.add(kind)
    assert len(kinds) == 2
    assert not any("og:image" in metas(page, "property") for page in paths(bare).values()), (
        "an image without an address"
    )


def test_manifest_names_the_site_and_icons_that_are_there(full: Path) -> None:
    manifest = json.loads((full / "assets" / "site.webmanifest").read_text(encoding="utf-8"))
    assert manifest["name"].startswith("青山县政府工作报告")
    assert (full / "assets" / manifest["start_url"]).resolve() == (full / "index.html").resolve()
    for icon in manifest["icons"]:
        size = int(icon["sizes"].partition("x")[0])
        assert png.size((full / "assets" / icon["src"]).read_bytes()) == (size, size)
    for name, page in paths(full).items():
        (link,) = metas(page)["wr-manifest"]
        assert (page.parent / link).is_file(), name
        assert 'rel="manifest"' not in page.read_text(encoding="utf-8"), name


def test_nothing_that_needs_an_address_or_a_word_of_the_publisher_stands_without_it(bare: Path) -> None:
    for name, page in paths(bare).items():
        text = page.read_text(encoding="utf-8")
        assert not any(map(empty, nodes(page))), name
        assert not of_type(page, "BreadcrumbList")
        for words in (
            'rel="license"',
            'rel="canonical"',
            "og:url",
            "article:published_time",
            "citation_publisher",
            '"url"',
            '"@id"',
            "http://localhost",
        ):
            assert words not in text, (name, words)
    (report,) = of_type(bare / "index.html", "Report")
    assert not {"datePublished", "license", "publisher", "url"} & set(report)
    (dataset,) = of_type(bare / SLUG / "indicators" / "index.html", "Dataset")
    assert "distribution" not in dataset


def test_page_about_versions_says_nothing_of_the_page_that_gives_it_its_frame(full: Path) -> None:
    page = (full / version_pages.FRAME).read_text(encoding="utf-8")
    made = version_pages.framed(
        version_pages.Frame(page, version_pages.FRAME), "v/index.html", "历次版本", "<h1>x</h1>", []
    )
    assert "ld+json" not in made
    assert "og:url" not in made
    assert 'rel="canonical"' not in made
    assert '<meta property="og:title" content="历次版本">' in made
    assert '<meta name="wr-manifest" content="../assets/site.webmanifest">' in made
