"""Measures how fast figures are found: this program against Recognizers-Text, on the same reports, one core each.

Knows how to time both fairly (processor time, our runs before and after theirs, the median), and the limits. Leaves
setting up the separate environment that Recognizers-Text needs to `make bench-figures`.
"""

from __future__ import annotations

import argparse
import os
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Sequence
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(ROOT))

from workreport.analysis import indicators  # noqa: E402 - found only after sys.path is extended
from workreport.analysis.vocabulary import Vocabulary, load  # noqa: E402
from workreport.ingest import metadata, outline, repair  # noqa: E402
from workreport.ingest.formats import format_table, read  # noqa: E402
from workreport.ingest.ids import IdLedger  # noqa: E402
from workreport.ingest.repetitions import repetitions_in  # noqa: E402

THEIRS = ROOT / ".venv-recognizers" / "bin" / "python"
AT_LEAST = 40
"""Our program must be at least this many times as fast as Recognizers-Text."""
AT_MOST_GROWTH = 1.3
"""The time per character of a text of LONG characters must be at most this many times that of a text of SHORT characters."""
SHORT, LONG = 60_000, 600_000

COMPARED = "everything"
"""The set of recognizers that finds the same kinds of figures as our program, so AT_LEAST applies to it.

These are numbers with units, shares, ordinals (第二), ages and degrees. The results of the other sets are only printed.
"""

# Runs in the environment of Recognizers-Text. Prints for each set of recognizers: its name, its seconds, how much it found.
WORKER = """
import sys, time
from recognizers_number import recognize_number, recognize_ordinal, recognize_percentage
from recognizers_number_with_unit import recognize_age, recognize_currency, recognize_dimension, recognize_temperature
amounts = [recognize_number, recognize_percentage, recognize_currency, recognize_dimension]
ways = {"numbers": [recognize_number], "amounts": amounts}
ways["everything"] = [*amounts, recognize_ordinal, recognize_age, recognize_temperature]
lines = [line for line in open(sys.argv[1], encoding="utf-8").read().split("\\n") if line.strip()]
for name, recognizers in ways.items():
    for recognize in recognizers:
        recognize("同比增长5.1%，达到12亿元", "zh-cn")
    found = 0
    start = time.process_time()
    for line in lines:
        for recognize in recognizers:
            found += len(recognize(line, "zh-cn"))
    print(name, time.process_time() - start, found, sep="\t")
"""


def reports(folder: Path) -> list[Path]:
    """Return the files of a folder in formats that can be read, sorted by name."""
    return sorted(p for p in folder.iterdir() if format_table.of_file(p) and p.is_file())


def ours(paths: Sequence[Path], vocabulary: Vocabulary) -> tuple[float, int]:
    """Find the indicators in the files; return the processor time in seconds and the number of indicators."""
    found = 0
    start = time.process_time()
    for path in paths:
        source = read(path)
        text = repair.apply(source, repair.settle(source, repair.propose(source, vocabulary.front), ()))
        repeated = repetitions_in(text)
        tree, _ = outline.parse(text, repeated, IdLedger())
        found += len(
            indicators.find(tree, repeated, vocabulary, metadata.guess("x", text, tree, vocabulary.front)).indicators
        )
    return time.process_time() - start, found


def theirs(python: Path, text: Path) -> dict[str, tuple[float, int]]:
    """Run Recognizers-Text on a text file with each set of recognizers; return its name to (seconds, number found).

    The seconds are processor time without loading. If it fails, the benchmark exits with its error output.
    """
    done = subprocess.run([str(python), "-c", WORKER, str(text)], capture_output=True, text=True, check=False)
    if done.returncode:
        sys.exit(f"Recognizers-Text:\n{done.stderr}")
    rows = [line.split("\t") for line in done.stdout.splitlines()]
    return {name: (float(seconds), int(found)) for name, seconds, found in rows}


def median_of(rounds: int, measure: Callable[[], float]) -> float:
    """Return the median of `rounds` runs after one warm-up run."""
    return statistics.median([measure() for _ in range(rounds + 1)][1:])


def grown(texts: Sequence[str], characters: int) -> str:
    """Return the reports joined one after another, repeatedly, cut at exactly that many characters."""
    pieces: list[str] = []
    length, k = 0, 0
    while length < characters:
        pieces.append(texts[k % len(texts)])
        length += len(pieces[-1]) + 1
        k += 1
    return "\n".join(pieces)[:characters]


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__)
    shared = os.environ.get("WORKREPORT_SHARED")
    parser.add_argument("--corpus", type=Path, default=Path(shared) / "corpus" if shared else ROOT / "reports")
    parser.add_argument("--recognizers", type=Path, default=THEIRS, help="the Python that has Recognizers-Text")
    parser.add_argument("--rounds", type=int, default=3, help="how often our program is measured (default: 3)")
    given = parser.parse_args()
    paths = reports(given.corpus) or sorted(given.corpus.glob("*/source.*"))
    if not paths:
        sys.exit(f"{given.corpus}: the folder contains no report")
    vocabulary = load(ROOT / "vocabulary")
    texts = [read(path).text for path in paths]
    characters = sum(map(len, texts))
    held = True
    with tempfile.TemporaryDirectory() as name:
        print(f"corpus: {len(paths)} reports, {characters} characters")
        ours(paths, vocabulary)
        runs = [ours(paths, vocabulary) for _ in range(given.rounds)]
        other = {}
        if given.recognizers.is_file():
            all_texts = Path(name) / "corpus.txt"
            all_texts.write_text("\n".join(texts), encoding="utf-8")
            other = theirs(given.recognizers, all_texts)
        # Ours is measured before and after theirs, so that a busy machine slows both.
        runs += [ours(paths, vocabulary) for _ in range(given.rounds)]
        speed = characters / statistics.median(seconds for seconds, _ in runs)
        print(f"read to indicators: {speed:,.0f} characters a second; {runs[0][1]} indicators")
        for what, (seconds, found) in other.items():
            ratio = speed * seconds / characters
            held = held and (what != COMPARED or ratio >= AT_LEAST)
            print(
                f"Recognizers-Text, {what}: {characters / seconds:,.0f} characters a second; {found} found; "
                f"ratio {ratio:.0f}" + (f" (at least {AT_LEAST})" if what == COMPARED else "")
            )
        if not other:
            held = False
            print(f"Recognizers-Text: {given.recognizers} does not exist (make bench-figures sets it up)")
        costs = []
        for size in (SHORT, LONG):
            path = Path(name) / f"{size}.txt"
            path.write_text(grown(texts, size), encoding="utf-8")
            costs.append(median_of(given.rounds, lambda path=path: ours([path], vocabulary)[0]) / size)  # type: ignore[misc]
    growth = costs[1] / costs[0]
    print(f"cost a character at {LONG:,} against {SHORT:,} characters: {growth:.2f} (at most {AT_MOST_GROWTH})")
    return 0 if held and growth <= AT_MOST_GROWTH else 1


if __name__ == "__main__":
    sys.exit(main())
