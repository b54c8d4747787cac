"""Automatic numbers of ten generated Word files, some of whose numbered paragraphs are empty, are those of LibreOffice."""

from __future__ import annotations

import random
import re
import shutil
import subprocess
from pathlib import Path

import pytest

from tests.ingest.docx_files import make
from tests.ingest.test_read_docx import level, numbering
from workreport.ingest.formats import read

FILES = 10


def numbered_file(seed: int, folder: Path) -> Path:
    """A Word file with 25 numbered, empty and plain paragraphs on three levels."""
    m, r = make(), random.Random(seed)
    forms = (
        (r.choice(("chineseCounting", "decimal", "japaneseCounting", "upperRoman")), "第%1章" if seed % 2 else "%1、"),
        (r.choice(("decimal", "chineseCounting")), "（%2）" if seed % 3 else "%1.%2."),
        (r.choice(("decimal", "lowerLetter")), "%3."),
    )
    body = m.paragraph("开头")
    for n in range(25):
        depth, kind = r.choice((0, 1, 1, 2, 2)), r.random()
        if kind < 0.3:
            body += m.paragraph("", level=depth, mark="<w:vanish/>" if kind < 0.15 else "")
        else:
            body += m.paragraph(f"正文{n}") if kind < 0.4 else m.paragraph(f"标题{n}", level=depth)
    file = folder / f"numbered-{seed}.docx"
    parts = {
        "word/document.xml": f"<w:document {m.W} {m.MORE}><w:body>{body}</w:body></w:document>",
        "word/numbering.xml": numbering("".join(level(k, *form) for k, form in enumerate(forms))),
    }
    m.save(parts, file)
    return file


def lines(text: str) -> list[str]:
    """The lines with words, without white space."""
    return [line for line in ("".join(line.split()) for line in text.splitlines()) if re.search("[开正标]", line)]


@pytest.mark.long
@pytest.mark.skipif(not shutil.which("soffice"), reason="LibreOffice is not installed")
def test_numbers_of_ten_generated_files_are_those_of_libreoffice(tmp_path: Path) -> None:
    files = [numbered_file(seed, tmp_path) for seed in range(FILES)]
    profile = f"-env:UserInstallation=file://{tmp_path / 'profile'}"
    convert = ("--headless", "--convert-to", "txt:Text (encoded):UTF8", "--outdir", str(tmp_path))
    subprocess.run(["soffice", profile, *convert, *map(str, files)], check=True, capture_output=True, timeout=300)
    for file in files:
        theirs = lines(file.with_suffix(".txt").read_text(encoding="utf-8-sig"))
        assert any(line[0] not in "开正标" for line in theirs), file.name
        assert lines(read(file).text) == theirs, file.name
