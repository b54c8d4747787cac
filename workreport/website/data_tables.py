"""Knows how rows become tables for programs: a CSV file, and the sheets of a workbook (XLSX).

Leaves which tables there are to `data` and `years_data`. The same rows give the same bytes.
"""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal
from typing import Generic, TypeAlias, TypeVar

from workreport.website.data_descriptions import DescribedColumn

LONGEST = 32767
"""The most characters that Excel allows in a cell; longer texts are cut in the workbook only."""
_FORMULA = re.compile(r"[=@\t\r]|[+\-](?![\d.,]+[%‰]?$)")
"""Matches the beginning of a text that a spreadsheet would take for a formula; a signed number (+5.1%) does not match."""

# The value of a table cell; None and "" are an empty cell.
Cell: TypeAlias = "str | Decimal | bool | None"
R = TypeVar("R")


@dataclass(frozen=True, slots=True)
class Column(Generic[R]):
    """A column of tables whose rows are values of the type R.

    `name` is for programs, `title` is the heading, `type` is "string", "number", "boolean" or "link" (a text, an address from the
    folder of the file), `holds` is the meaning, `width` is in characters, and `of` returns the value for a row.
    """

    name: str
    title: str
    type: str
    holds: str
    width: int
    of: Callable[[R], Cell]


def described(columns: Sequence[Column[R]]) -> tuple[DescribedColumn, ...]:
    """Return what the descriptions of a table say of its columns."""
    return tuple(DescribedColumn(c.name, c.title, c.type, c.holds) for c in columns)


def csv_table(columns: Sequence[Column[R]], rows: Sequence[R]) -> bytes:
    """Return a CSV file with byte order mark and CRLF, which Excel needs; texts like formulas get a leading apostrophe."""
    out = io.StringIO(newline="")
    table = csv.writer(out, lineterminator="\r\n")
    table.writerow([column.title for column in columns])
    for row in rows:
        table.writerow([_cell(column.of(row)) for column in columns])
    return b"\xef\xbb\xbf" + out.getvalue().encode()


def _cell(value: Cell) -> str:
    if isinstance(value, bool):
        return "是" if value else "否"
    if isinstance(value, Decimal):
        return f"{value:f}"
    text = " ".join((value or "").split())
    return f"'{text}" if _FORMULA.match(text) else text


def sheet_lines(columns: Sequence[Column[R]], rows: Sequence[R]) -> list[list[Cell | LinkCell]]:
    """Return rows as the lines of a sheet; a column of addresses has links."""
    return [[_sheet_cell(column, row) for column in columns] for row in rows]


def _sheet_cell(column: Column[R], row: R) -> Cell | LinkCell:
    value = column.of(row)
    return LinkCell(value) if column.type == "link" and isinstance(value, str) and value else value


@dataclass(frozen=True, slots=True)
class LinkCell:
    """The value of a workbook cell that is a hyperlink; `link` is relative to the workbook."""

    link: str


class Workbook:
    """A workbook in memory: add sheets with `sheet`, then take its content with `bytes`."""

    def __init__(self, title: str, day: date) -> None:
        # Imported here because only this class needs it.
        import xlsxwriter

        self.out = io.BytesIO()
        self.book = xlsxwriter.Workbook(
            self.out, {"in_memory": True, "strings_to_formulas": False, "strings_to_urls": False}
        )
        self.book.set_properties({"title": title, "created": datetime(day.year, day.month, day.day)})  # noqa: DTZ001
        self.head = self.book.add_format({"bold": True, "bottom": 1})
        self.numbers = [
            self.book.add_format({"num_format": "#,##0" + (f".{'0' * places}" if places else "")})
            for places in range(13)
        ]

    def sheet(self, name: str, heads: Sequence[tuple[str, int]], lines: Sequence[Sequence[Cell | LinkCell]]) -> None:
        """Add a sheet. `heads` are headings with widths in characters, `lines` the rows below them.

        Numbers keep their decimal places (at most 12), texts are cut to `LONGEST`, and None or "" leaves a cell empty.
        """
        sheet = self.book.add_worksheet(name)
        sheet.freeze_panes(1, 0)
        for k, (title, width) in enumerate(heads):
            sheet.set_column(k, k, width)
            sheet.write_string(0, k, title, self.head)
        for n, line in enumerate(lines, start=1):
            for k, value in enumerate(line):
                if isinstance(value, LinkCell):
                    sheet.write_url(n, k, self.url(value.link))
                elif isinstance(value, bool):
                    sheet.write_string(n, k, "是" if value else "否")
                elif isinstance(value, Decimal):
                    places = min(max(-int(value.as_tuple().exponent), 0), 12)
                    sheet.write_number(n, k, value, self.numbers[places])
                elif value:
                    sheet.write_string(n, k, value[:LONGEST])
        if lines:
            sheet.autofilter(0, 0, len(lines), len(heads) - 1)

    def url(self, link: str) -> object:
        """Return a hyperlink to a relative address with the text 打开原句.

        XlsxWriter turns its slashes into backslashes, which only Windows understands; they are turned back.
        """
        from xlsxwriter.url import Url

        url = Url(f"external:{link}")
        url.text = "打开原句"
        url._relationship_link = url._relationship_link.replace("\\", "/")  # noqa: SLF001 - there is no public setting
        return url

    def bytes(self) -> bytes:
        """Finish the workbook and return it as a file; no sheet can be added afterwards."""
        self.book.close()
        return self.out.getvalue()
