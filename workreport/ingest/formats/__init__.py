"""Knows files: the bytes of a report become a `Source` (text, encoding, digest).

Leaves every question of what the text means to the rest of `ingest`. `format_table` lists the formats; each has a
module with a function `extract`, imported when the first such file comes.
"""

from workreport.ingest.formats import format_table, sidecar
from workreport.ingest.formats.encodings import decode
from workreport.ingest.formats.extract import BLOCKS, LONGEST, BadSource, Extracted, TextBuilder
from workreport.ingest.formats.format_table import Format
from workreport.ingest.formats.reading import read

__all__ = [
    "BLOCKS",
    "LONGEST",
    "BadSource",
    "Extracted",
    "Format",
    "TextBuilder",
    "decode",
    "format_table",
    "read",
    "sidecar",
]
