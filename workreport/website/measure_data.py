"""Knows the data files of measures: for each a CSV file of what the reports of a site state of it.

Leaves the rows and what is told of each to `pages.measure_rows`, and the form of the file to `data_tables`.
"""

from __future__ import annotations

from workreport.website import addresses
from workreport.website.data_tables import Column, csv_table
from workreport.website.pages.collection import Collection
from workreport.website.pages.measure_rows import COLUMNS, rows_of


def files(collection: Collection) -> dict[str, str]:
    """Return the CSV file of each measure as text by its path in the site: measures/gdp/gdp.csv."""
    columns = [Column("", column.title, "string", "", 0, column.of) for column in COLUMNS]
    return {
        addresses.measure_data(one.measure.id): csv_table(columns, rows_of(one)).decode() for one in collection.measures
    }
