"""Knows the characters of one page of a PDF, as PDFium gives them: their boxes, and which of them no reader reads.

Leaves making lines of them to `pdf`. Lengths are in points (1/72 inch), positions from the lower left corner of the page.
"""

from __future__ import annotations

import ctypes
import math
from typing import TYPE_CHECKING, Literal

from workreport.ingest.formats.extract import LONGEST, too_long

if TYPE_CHECKING:
    import pypdfium2

UnseenKind = Literal["watermark", "hidden"]
"""Why characters of a page are no text of the report; the kind under which they are listed as left out."""
_OBLIQUE = math.radians(10)
"""Text turned by more than this from the horizontal and the vertical is a watermark; a scanned page may be a little askew."""
_PALE = 200
"""Text with no colour channel (0 to 255) below this is pale."""
_WHITE = 250
"""Text with no colour channel below this cannot be seen on white paper."""
_LARGE = 1.4
"""Pale text is a watermark from this share of the usual type size of its page on."""
_INVISIBLE_MODE = 3
"""The text rendering mode that draws nothing (ISO 32000-1, 9.3.6)."""


class PageCharacters:
    """The characters of one page (`text`). Their boxes are computed on demand, since most are never needed.

    Raises BadSource if there are more than LONGEST.
    """

    def __init__(self, page: pypdfium2.PdfPage, path: str) -> None:
        import pypdfium2.raw as raw

        self.raw = raw
        self.text_page = page.get_textpage()
        self.handle = self.text_page.raw
        self.count: int = self.text_page.count_chars()
        if self.count > LONGEST:
            raise too_long(path)
        text = self.text_page.get_text_range() if self.count else ""
        if len(text) != self.count:
            points = (raw.FPDFText_GetUnicode(self.handle, k) for k in range(self.count))
            text = "".join(chr(p) if p < 0x110000 else "\ufffd" for p in points)
        self.text = text
        self.rect = raw.FS_RECTF()
        self.pointer = ctypes.byref(self.rect)

    def box(self, k: int) -> tuple[float, float, float, float]:
        """(left, bottom, right, top) of a character's cell in points; zeros if it has none."""
        if not self.raw.FPDFText_GetLooseCharBox(self.handle, k, self.pointer):
            return 0.0, 0.0, 0.0, 0.0
        r = self.rect
        return r.left, r.bottom, r.right, r.top

    def height(self, k: int) -> float:
        """The height of a character's cell in points."""
        _, bottom, _, top = self.box(k)
        return top - bottom

    def is_generated(self, k: int) -> bool:
        """Whether PDFium inserted this character, usually a space for a gap; it is not in the file."""
        return bool(self.raw.FPDFText_IsGenerated(self.handle, k) == 1)

    def unseen(self) -> dict[int, UnseenKind]:
        """The characters that no reader reads as text: of a watermark (turned, or large and pale), white or invisible.

        None where they are most of the page: then the page is a scan with a layer of invisible text, or is turned itself.
        """
        real = [k for k in range(self.count) if not self.text[k].isspace() and not self.is_generated(k)]
        sizes = sorted(self.raw.FPDFText_GetFontSize(self.handle, k) for k in real)
        usual = sizes[len(sizes) // 2] if sizes else 0.0
        found: dict[int, UnseenKind] = {k: kind for k in real if (kind := self._unseen_kind(k, usual)) is not None}
        return found if 2 * len(found) < len(real) else {}

    def _unseen_kind(self, k: int, usual: float) -> UnseenKind | None:
        """Why a character is not read; None if it is."""
        turned = self.raw.FPDFText_GetCharAngle(self.handle, k) % (math.pi / 2)
        if min(turned, math.pi / 2 - turned) > _OBLIQUE:
            return "watermark"
        channels = [ctypes.c_uint() for _ in range(4)]
        if not self.raw.FPDFText_GetFillColor(self.handle, k, *(ctypes.byref(c) for c in channels)):
            return None
        *colour, alpha = (c.value for c in channels)
        if (min(colour) >= _PALE or alpha < 255 - _PALE) and self.raw.FPDFText_GetFontSize(
            self.handle, k
        ) >= _LARGE * usual:
            return "watermark"
        drawn = self.raw.FPDFTextObj_GetTextRenderMode(self.raw.FPDFText_GetTextObject(self.handle, k))
        return "hidden" if min(colour) >= _WHITE or drawn == _INVISIBLE_MODE else None
