"""Helper of the tests that make small PDF files: text at given places, sizes, angles and colours."""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass


@dataclass(frozen=True)
class Words:
    """Text on a page. `x` and `y` are points from the lower left corner, `angle` degrees, `grey` 0 (black) to 1 (white)."""

    x: float
    y: float
    text: str
    size: float = 16
    angle: float = 0
    grey: float = 0
    mode: int = 0

    def drawn(self) -> str:
        """The operators that draw the text; mode 3 draws nothing (ISO 32000-1, 9.3.6)."""
        cos, sin = math.cos(math.radians(self.angle)), math.sin(math.radians(self.angle))
        matrix = f"{cos:.4f} {sin:.4f} {-sin:.4f} {cos:.4f} {self.x} {self.y}"
        code = self.text.encode("utf-16-be").hex()
        return f"BT {self.grey} g {self.mode} Tr /F {self.size} Tf {matrix} Tm <{code}> Tj ET"


def pdf(*pages: Sequence[Words]) -> bytes:
    """A PDF with these pages (A4). Its font is one of the Chinese fonts that every reader of PDF has."""
    kids = [f"{6 + 2 * k} 0 R" for k in range(len(pages))]
    objects = [
        "<< /Type /Catalog /Pages 2 0 R >>",
        f"<< /Type /Pages /Kids [{' '.join(kids)}] /Count {len(pages)} >>",
        "<< /Type /Font /Subtype /Type0 /BaseFont /STSong-Light /Encoding /UniGB-UCS2-H /DescendantFonts [4 0 R] >>",
        (
            "<< /Type /Font /Subtype /CIDFontType0 /BaseFont /STSong-Light /DW 1000 /FontDescriptor 5 0 R"
            " /CIDSystemInfo << /Registry (Adobe) /Ordering (GB1) /Supplement 2 >> >>"
        ),
        (
            "<< /Type /FontDescriptor /FontName /STSong-Light /Flags 6 /FontBBox [0 -120 1000 880] /ItalicAngle 0"
            " /Ascent 880 /Descent -120 /CapHeight 880 /StemV 80 >>"
        ),
    ]
    for k, page in enumerate(pages):
        stream = "\n".join(words.drawn() for words in page)
        objects.append(
            f"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 595 842] /Resources << /Font << /F 3 0 R >> >>"
            f" /Contents {7 + 2 * k} 0 R >>"
        )
        objects.append(f"<< /Length {len(stream)} >>\nstream\n{stream}\nendstream")
    made, starts = b"%PDF-1.4\n", []
    for k, body in enumerate(objects, 1):
        starts.append(len(made))
        made += f"{k} 0 obj\n{body}\nendobj\n".encode()
    table = "".join(f"{at:010} 00000 n \n" for at in starts)
    end = f"xref\n0 {len(objects) + 1}\n0000000000 65535 f \n{table}trailer << /Size {len(objects) + 1} /Root 1 0 R >>"
    return made + f"{end}\nstartxref\n{len(made)}\n%%EOF\n".encode()
