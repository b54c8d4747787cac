"""Plants known faults in real reports and prints how many of them are found, by kind: `plant_faults.py FOLDER --seed 1`.

Knows how such faults come about: a section cut out, a paragraph doubled, a number skipped, a session misprinted, 的 doubled.
Leaves finding them to `workreport`. Each planted fault is read in a copy of its own and must be found on its line.
"""

from __future__ import annotations

import argparse
import random
import re
import sys
from collections import defaultdict
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
if str(ROOT) not in sys.path:
    sys.path.insert(0, str(ROOT))

from workreport.analysis import faults, vocabulary  # noqa: E402
from workreport.analysis.fault_case import FaultCase, han  # noqa: E402
from workreport.ingest import ids, metadata, outline, repair  # noqa: E402
from workreport.ingest.formats import read  # noqa: E402
from workreport.ingest.headings import mark_of, number_of  # noqa: E402
from workreport.ingest.repetitions import repetitions_in  # noqa: E402
from workreport.model import Fault, Source  # noqa: E402

REPORTS, EACH = 40, 2
"""How many reports get faults of one kind, and how many of that kind a report gets."""
FEWEST_LINES = 20
"""A report with fewer lines is one long line: no fault can be told from another by its line."""
SUFFIXES = (".md", ".txt")
_MEETING = re.compile(r"第?([一二三四五六七八九十]+)届(?:全国)?(?:人民代表大会|人大)第?([一二三四五六七八九十]+)次会议")


@dataclass(frozen=True, slots=True)
class Planted:
    """A report with one fault planted: its text, the line (from 1) of the fault, and the kinds that name it rightly."""

    kind: str
    text: str
    line: int
    names: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Heading:
    """A numbered heading: its line in the source (from 0), and its number."""

    line: int
    number: int


@dataclass(frozen=True, slots=True)
class Sample:
    """A report as lines of its source, its runs of numbered headings, the lines of its body, and its meeting."""

    lines: tuple[str, ...]
    runs: tuple[tuple[Heading, ...], ...]
    body: tuple[int, ...]
    meeting: str


def case_of(source: Source, words: vocabulary.Vocabulary) -> FaultCase:
    """Read a report as far as faults need it."""
    repairs = repair.settle(source, repair.propose(source, words.front), ())
    text = repair.apply(source, tuple(r for r in repairs if r.by != "reading"))
    repeated = repetitions_in(text)
    tree, _ = outline.parse(text, repeated, ids.IdLedger())
    meta = metadata.guess("x", text, tree, words.front)
    return FaultCase(source, text, meta, tree, repeated, words)


def sample(case: FaultCase) -> Sample:
    """Return where faults can be planted in a report: runs of four or more headings that stand on lines of their own."""
    source = case.source.text

    def line(at: int) -> int:
        return source.count("\n", 0, case.text.source_span(at, at + 1)[0])

    runs = []
    for section in (None, *case.outline.walk()):
        children = case.outline.sections if section is None else section.children
        marks = [(c, mark_of(c.number)) for c in children if c.number and c.heading and not c.id.startswith("a")]
        run = [Heading(line(c.start), m.number) for c, m in marks if m and m.kind in ("one", "two")]
        if len(run) >= 4 and [h.number for h in run] == list(range(1, len(run) + 1)):
            runs.append(tuple(run))
    parts = [s for s in case.outline.sections if s.heading and not s.id.startswith("a")]
    body = [line(p.start) for part in parts for s in part.walk() for p in s.paragraphs if p.end - p.start >= 40]
    return Sample(tuple(source.split("\n")), tuple(runs), tuple(body), case.meta.meeting)


def cut_section(s: Sample, chance: random.Random) -> Planted | None:
    """Cut out a section that is neither the first nor the last of its run. The fault is at the next heading."""
    if not s.runs:
        return None
    run = chance.choice(s.runs)
    k = chance.randrange(1, len(run) - 1)
    left = [*s.lines[: run[k].line], *s.lines[run[k + 1].line :]]
    return Planted("section cut", "\n".join(left), run[k].line + 1, ("numbering", "missing"))


def skip_number(s: Sample, chance: random.Random) -> Planted | None:
    """Number a heading one too high, and in half of the cases all that follow it."""
    if not s.runs:
        return None
    run, lines = chance.choice(s.runs), list(s.lines)
    k = chance.randrange(1, len(run))
    for h in run[k:] if chance.random() < 0.5 else run[k : k + 1]:
        lines[h.line] = lines[h.line].replace(han(h.number), han(h.number + 1), 1)
    return Planted("number skipped", "\n".join(lines), run[k].line + 1, ("numbering",))


def double_paragraph(s: Sample, chance: random.Random) -> Planted | None:
    """Write a paragraph a second time, right after itself."""
    if not s.body:
        return None
    at = chance.choice(s.body)
    lines = [*s.lines[: at + 1], "", *s.lines[at:]]
    return Planted("paragraph doubled", "\n".join(lines), at + 3, ("repeated", "numbering"))


def misprint_session(s: Sample, chance: random.Random) -> Planted | None:
    """Let a sentence answer to a session that is later than the one the report is given to."""
    found = _MEETING.search(s.meeting)
    owner = next((c for c in reversed(s.meeting[: found.start()]) if c in "省市区县州旗盟国"), "") if found else ""
    if found is None or not s.body or not owner:
        return None
    owner = {"国": "全国"}.get(owner, owner)
    term, session = number_of(found[1]), number_of(found[2])
    later = (term, session + 1) if chance.random() < 0.5 else (term + 1, 1)
    said = f"全面完成了{owner}{han(later[0])}届人大{han(later[1])}次会议确定的目标任务。"
    at, lines = chance.choice(s.body[: max(len(s.body) // 2, 1)]), list(s.lines)
    lines[at] = lines[at].rstrip() + said
    return Planted("wrong session", "\n".join(lines), at + 1, ("contradiction",))


def double_character(s: Sample, chance: random.Random) -> Planted | None:
    """Write a 的 twice in a row."""
    places = [(n, m.start()) for n in s.body for m in re.finditer("(?<![的目标])的(?![的确士])", s.lines[n])]
    if not places:
        return None
    (n, at), lines = chance.choice(places), list(s.lines)
    lines[n] = lines[n][:at] + "的" + lines[n][at:]
    return Planted("的的", "\n".join(lines), n + 1, ("doubled",))


PLANTERS: tuple[Callable[[Sample, random.Random], Planted | None], ...] = (
    cut_section, skip_number, double_paragraph, misprint_session, double_character,
)  # fmt: skip


def is_found(planted: Planted, source: Source, words: vocabulary.Vocabulary, known: frozenset[tuple[str, str]]) -> bool:
    """Whether a fault of the right kind that the report did not have before is on the line of the planted one."""
    changed = replace(source, text=planted.text)
    for fault in faults.find(case_of(changed, words)):
        on_line = planted.text.count("\n", 0, fault.start) + 1 == planted.line
        if on_line and fault.kind in planted.names and key(fault) not in known:
            return True
    return False


def key(fault: Fault) -> tuple[str, str]:
    """What makes a fault the same one in the changed text: its kind, note and quote."""
    return fault.kind, fault.note + fault.quote


def plant(paths: Sequence[Path], seed: int, words: vocabulary.Vocabulary) -> Iterator[tuple[Path, Planted, bool]]:
    """Plant faults of each kind in REPORTS reports, chosen by the seed; yield each with its report and whether it is found."""
    chance = random.Random(seed)
    done = dict.fromkeys(PLANTERS, 0)
    for path in chance.sample(list(paths), len(paths)):
        source = read(path, path.name)
        if source.text.count("\n") < FEWEST_LINES:
            continue
        case = case_of(source, words)
        places = sample(case)
        known = frozenset(key(f) for f in faults.find(case))
        for planter in PLANTERS:
            planted = [planter(places, chance) for _ in range(EACH)] if done[planter] < REPORTS else []
            rows = [one for one in planted if one is not None and one.text != source.text]
            done[planter] += bool(rows)
            for one in rows:
                yield path, one, is_found(one, source, words, known)


def recall(paths: Sequence[Path], seed: int, words: vocabulary.Vocabulary) -> dict[str, tuple[int, int]]:
    """Return for each kind how many planted faults were found, and how many there were."""
    counts: dict[str, list[bool]] = defaultdict(list)
    for _, planted, found in plant(paths, seed, words):
        counts[planted.kind].append(found)
    return {kind: (sum(found), len(found)) for kind, found in counts.items()}


def main() -> None:
    """Print the recall of each kind, and with `--show` the planted faults that were not found."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("folders", type=Path, nargs="+")
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--show", action="store_true")
    options = parser.parse_args()
    paths = sorted(p for folder in options.folders for p in folder.iterdir() if p.suffix in SUFFIXES)
    words = vocabulary.load(ROOT / "vocabulary")
    counts: dict[str, list[bool]] = defaultdict(list)
    for path, planted, found in plant(paths, options.seed, words):
        counts[planted.kind].append(found)
        if options.show and not found:
            print(f"{path.name}:{planted.line}: {planted.kind}: {planted.text.splitlines()[planted.line - 1][:60]}")
    for kind, found_ones in counts.items():
        print(f"{kind}: {sum(found_ones)} of {len(found_ones)}")
    every = [found for found_ones in counts.values() for found in found_ones]
    print(f"all: {sum(every)} of {len(every)} ({sum(every) / max(len(every), 1):.3f})")


if __name__ == "__main__":
    main()
