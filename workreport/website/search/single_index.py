"""Knows the search index of a single report, or of few: one script that holds everything.

Leaves what it says of a report to `sentence_rows`.
"""

from __future__ import annotations

from collections.abc import Sequence

from workreport.analysis.vocabulary import Unit
from workreport.website.search.base_units import unit_rows
from workreport.website.search.character_tables import Forms, Spell, most_frequent, readings_table, unusual_readings
from workreport.website.search.script_text import NAME, script
from workreport.website.search.sentence_rows import SearchedReport, characters, row_values, utf16_offset


def single_script(
    reports: Sequence[SearchedReport],
    spell: Spell,
    forms: Forms,
    units: Sequence[Unit],
    other_names: Sequence[tuple[str, str]] = (),
) -> str:
    """Return the script that holds everything.

    It sets `NAME` to an object: `readings` ("ya亚压 yun运云": each syllable with the characters that are mostly read so),
    `forms` ("運运": pairs as of `traditional`), `units` (see `unit_rows`), `also` ([other name, label] of measures) and `data`, a list of reports as of `_report`.
    """
    syllables_of = {row.text: spell(row.text).split() for report in reports for row in report.sentences}
    usual = most_frequent(syllables_of)
    head = {
        "readings": readings_table(usual),
        "forms": forms(characters(reports)),
        "units": unit_rows(units),
        "also": other_names,
        "data": [_report(report, syllables_of, usual, several=len(reports) > 1) for report in reports],
    }
    return script(f"globalThis.{NAME}", head)


def _report(
    report: SearchedReport, syllables_of: dict[str, list[str]], usual: dict[str, str], *, several: bool
) -> dict[str, object]:
    """Return a report for the script.

    `name`: of the report, "" without `several` reports; with them also `place` and `year`. `promises`: the path of the page of what it promises, if it has one. `sections`: [path of the page, label]. `names`: [name, number of
    mentions]. `sentences`: rows as of `_row`.
    """
    rows = []
    for row in report.sentences:
        facts = unusual_readings(row.text, lambda text: " ".join(syllables_of[text]), usual)
        unusual = [fact for at, syllable in facts for fact in (utf16_offset(row.text, at), syllable)]
        rows.append(row_values(row, unusual))
    name = report.name if several else ""
    scope: dict[str, object] = {"place": report.place, "year": report.year} if several else {}
    scope |= {"promises": report.promises} if report.promises else {}
    return {"name": name, **scope, "sections": report.sections, "names": report.names, "sentences": rows}
