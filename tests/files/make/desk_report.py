"""Makes `desk-report.docx`: the report of the tests of the desk, as LibreOffice writes a Word file.

Run in this folder: `python desk_report.py`. Needs soffice; the file is committed.
"""

from __future__ import annotations

import html
import subprocess
import sys
import tempfile
from pathlib import Path

HERE = Path(__file__).resolve().parent
sys.path.insert(0, str(HERE.parents[2]))

from tests.desk.desk_client import REPORT  # noqa: E402 - the folder of the project comes first


def make(out: Path) -> None:
    """Write the file: each line of the report a paragraph, the first a title."""
    title, *lines = REPORT.splitlines()
    body = "".join(f"<p>{html.escape(line)}</p>" for line in lines if line)
    with tempfile.TemporaryDirectory() as folder:
        page = Path(folder) / "desk-report.html"
        page.write_text(f"<meta charset=utf-8><h1 align=center>{title}</h1>{body}", encoding="utf-8")
        profile = f"-env:UserInstallation={(Path(folder) / 'profile').as_uri()}"
        convert = ["--convert-to", "docx:MS Word 2007 XML", "--outdir", str(out.parent), str(page)]
        subprocess.run(["soffice", profile, "--headless", *convert], check=True, capture_output=True, timeout=300)


if __name__ == "__main__":
    make(HERE.parent / "desk-report.docx")
