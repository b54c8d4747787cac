"""Makes the PDFs of tests/files: the same report set by typst, by Chromium and by LibreOffice.

Run in this folder: `python pdfs.py`. Needs the package typst, a Chromium and soffice; the files are committed.
"""

from __future__ import annotations

import shutil
import subprocess
import tempfile
from pathlib import Path

import words

HERE = Path(__file__).resolve().parent
FILES = HERE.parent


def typst_source() -> str:
    """Two-character indent, a running head, a page number of the official form (— 1 —)."""
    rows = [
        '#set page(paper: "a5", margin: 2cm, header: align(right)[#text(size: 8pt)[云溪区第三届人民代表大会文件]],',
        "  footer: context align(center)[— #counter(page).display() —])",
        '#set text(font: "Noto Serif CJK SC", size: 12pt, lang: "zh")',
        "#set par(first-line-indent: (amount: 2em, all: true), justify: true, leading: 0.8em)",
        f"#align(center)[#text(size: 20pt)[{words.TITLE}]]",
        f"#align(center)[{words.SAID}]",
        f"#align(center)[{words.SPEAKER}]",
        f"#par(first-line-indent: 0em)[{words.GREETING}]",
    ]
    rows += [f"\n{line}\n" for line in words.lines()[4:]]
    return "\n".join(rows)


def page() -> str:
    """A page as a browser prints it."""
    body = "".join(
        f"<h1>{x}</h1>"
        if x == words.TITLE
        else f'<p class="c">{x}</p>'
        if x in (words.SAID, words.SPEAKER)
        else f"<p>{x}</p>"
        for x in words.lines()
    )
    style = (
        "@page{size:A5;margin:20mm;@top-right{content:'云溪区第三届人民代表大会文件';font-size:8pt}"
        "@bottom-center{content:'— ' counter(page) ' —';font-size:10pt}}body{font:12pt/1.7 'Noto Serif CJK SC'}h1,.c{text-align:center;text-indent:0}p{text-indent:2em;margin:.3em 0}"
    )
    return f'<!doctype html><html lang="zh"><meta charset="utf-8"><title>{words.TITLE}</title><style>{style}</style>{body}</html>'


def chromium(html: Path, pdf: Path, *more: str) -> None:
    """Print a page."""
    browser = next(p for n in ("chromium", "google-chrome", "chrome") if (p := shutil.which(n)))
    with tempfile.TemporaryDirectory() as profile:
        flags = ["--headless", "--no-sandbox", "--disable-gpu", "--disable-background-networking", "--no-first-run"]
        subprocess.run(
            [browser, *flags, f"--user-data-dir={profile}", *more, f"--print-to-pdf={pdf}", html.as_uri()],
            check=True, capture_output=True,
        )  # fmt: skip


def office(file: Path, kind: str, folder: Path) -> None:
    """Convert a file with LibreOffice."""
    with tempfile.TemporaryDirectory() as profile:
        subprocess.run(
            ["soffice", f"-env:UserInstallation=file://{profile}", "--headless", "--convert-to", kind, "--outdir", str(folder), str(file)],
            check=True, capture_output=True,
        )  # fmt: skip


def main() -> None:
    """All of them."""

    import documents
    import typst

    with tempfile.TemporaryDirectory() as place:
        folder = Path(place)
        (folder / "a.typ").write_text(typst_source(), encoding="utf-8")
        typst.compile(str(folder / "a.typ"), output=str(FILES / "typst.pdf"))
        (folder / "a.html").write_text(page(), encoding="utf-8")
        chromium(folder / "a.html", FILES / "chromium.pdf", "--no-pdf-header-footer")
        (folder / "libreoffice.fodt").write_text(documents.flat_text(revised=False), encoding="utf-8")
        office(folder / "libreoffice.fodt", "pdf", FILES)
        (folder / "locked.fodt").write_text(documents.flat_text(revised=False), encoding="utf-8")
        locked = 'pdf:writer_pdf_Export:{"EncryptFile":{"type":"boolean","value":"true"},"DocumentOpenPassword":{"type":"string","value":"1"}}'
        office(folder / "locked.fodt", locked, FILES)


if __name__ == "__main__":
    main()
