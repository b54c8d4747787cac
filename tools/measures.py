"""Shows which core measures (核心指标) are found in folders of reports: `python tools/measures.py FOLDER…`.

Prints per measure in how many reports it is found and how often; with `--sample N` also N found indicators to read, and with
`--none WORD…` N indicators whose names have these words but that state no measure. Leaves the reading to `workreport`.
"""

from __future__ import annotations

import argparse
import random
import sys
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parent.parent))

from workreport.build import report_reader
from workreport.commands import is_ours
from workreport.model import Indicator
from workreport.project.paths import vocabularies_of

BEFORE = 40
"""Characters of the sentence that a sample shows before the words of the indicator."""


@dataclass(frozen=True, slots=True)
class Shown:
    """An indicator with its report's file name and the words before it in its sentence."""

    file: str
    indicator: Indicator
    before: str

    def line(self) -> str:
        """The indicator as one line to read."""
        i = self.indicator
        return "\t".join(
            (
                i.measure or "无",
                self.file,
                i.name,
                f"{i.value}{i.unit}",
                i.kind,
                i.status,
                f"{self.before}【{i.quote}】",
            )
        )


def found_in(path: Path, known: report_reader.Vocabularies) -> Iterator[Shown]:
    """Yield every indicator of a report; none if the file cannot be read."""
    try:
        reading = report_reader.read_report(path, "corpus", known, pronounce=str).reading
    except Exception as error:
        if not is_ours(error):
            raise
        return
    for indicator in reading.indicators:
        sentence = reading.sentences[indicator.sentence]
        before = sentence.text[: max(indicator.start - sentence.start, 0)][-BEFORE:]
        yield Shown(path.name, indicator, "".join(before.split()))


def table(found: Sequence[Shown], known: report_reader.Vocabularies) -> Iterator[str]:
    """Yield a line for each measure: rank, id, label, in how many reports it is found, how often; then the totals."""
    often = Counter(shown.indicator.measure for shown in found)
    reports = Counter(measure for _, measure in {(shown.file, shown.indicator.measure) for shown in found})
    for row in sorted(known.measures.rows, key=lambda row: (row.measure.rank, row.measure.id)):
        m = row.measure
        yield f"{m.rank}\t{m.id}\t{m.label}\t{reports[m.id]}\t{often[m.id]}"
    yield f"共\t{len({shown.file for shown in found})} 份报告\t{len(found)} 项指标\t{len(found) - often[None]} 项核心指标"


def main() -> int:
    """Print the table and the samples."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("folders", type=Path, nargs="+")
    parser.add_argument("--sample", type=int, default=0, metavar="N", help="how many indicators to print for reading")
    parser.add_argument("--seed", type=int, default=1, help="another seed takes another sample")
    parser.add_argument("--none", nargs="+", metavar="WORD", help="sample indicators with these words but no measure")
    options = parser.parse_args()
    known = report_reader.load_vocabularies(*vocabularies_of(Path.cwd()))
    paths = sorted(p for folder in options.folders for p in folder.iterdir() if p.is_file())
    found = [shown for path in paths for shown in found_in(path, known)]
    print(*table(found, known), sep="\n")
    if options.none:
        pool = [s for s in found if not s.indicator.measure and any(w in s.indicator.name for w in options.none)]
    else:
        pool = [s for s in found if s.indicator.measure]
    drawn = random.Random(options.seed).sample(pool, min(options.sample, len(pool)))
    print(*(shown.line() for shown in drawn), sep="\n")
    return 0


if __name__ == "__main__":
    sys.exit(main())
