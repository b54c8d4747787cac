"""Knows how the file of a report becomes a `Source`: text, encoding, digest, and what was left out.

`format_table` lists the formats; each has a module with a function `extract`, imported with the first file of the format.
Leaves what the text means to the rest of `ingest`.
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
