"""Knows the order of the stages: from a report's folder to a Reading, from all readings to every text that is made.

Leaves each stage to its own room, and docs, site and archive to `assembly`.
"""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Callable, Sequence
from contextlib import AbstractContextManager
from dataclasses import dataclass, replace
from datetime import date
from pathlib import Path

from workreport.analysis import derived, examples, faults, glossary, indicators, links, overrides, pinyin
from workreport.analysis import names as mentions
from workreport.analysis.name_words import NameWords
from workreport.analysis.name_words import load as load_name_words
from workreport.analysis.vocabulary import Unit, Vocabulary
from workreport.analysis.vocabulary import load as load_vocabulary
from workreport.build import plan
from workreport.ingest import ids, metadata, outline, repair  # fmt: skip
from workreport.ingest.formats import BLOCKS, BadSource, format_table, read, sidecar
from workreport.model import Fault, Findings, Outline, Publication, Reading, Repair, Source, Text, heading
from workreport.project import digests, paths, settings, writer
from workreport.project.template_cache import FOLDER, Compiled
from workreport.website import addresses, pages, rendering, search

OWN_FILES = ("report.toml", "repairs.toml", "notes.toml", "names.toml", "indicators.toml", "ids.toml")
"""What the publisher (or the program, for him) keeps beside a source."""
BESIDE = (*OWN_FILES, sidecar.TEXT, sidecar.MAP)
"""All that may stand beside a source: the publisher's files, and the text taken out of it."""


@dataclass(frozen=True, slots=True)
class Taken:
    """One report read: what was found, and the ledger of ids to keep beside it."""

    reading: Reading
    ledger: ids.IdLedger


def source_of(folder: Path) -> Path:
    """The source file of a report's folder: the one `report.toml` names, else the only `source.*`. Raises BadSource."""
    named = settings.said(folder).source
    if named:
        if Path(named).name != named:
            raise BadSource(
                f"{folder.name}/report.toml", f"source = “{named}” 应是本文件夹里的文件名。", "请只写文件名。"
            )
        return folder / named
    formats = {p: row for p in sorted(folder.iterdir()) if p.stem == "source" and (row := format_table.of_file(p))}
    found = list(formats)
    if any(row.extracted for row in formats.values()):
        # source.txt beside such a file is the text taken out of it.
        found = [p for p in found if p.name != sidecar.TEXT]
    if len(found) != 1:
        problem = "没有来源文件" if not found else f"有 {len(found)} 个来源文件"
        raise BadSource(
            folder.name,
            f"文件夹里{problem}。",
            f'请放入一个来源文件（source{format_table.usual_endings()}），或在 report.toml 里写 source = "文件名"。',
        )
    return found[0]


def _left(source: Source, settled: Sequence[Repair], rows: Sequence[repair.RepairRule]) -> list[Repair]:
    """What reading left out. What the publisher wants back is put in where it stood, as a repair of his own."""
    wanted = {row.id: row for row in rows}
    made = []
    for r in source.omitted:
        row = wanted.get(r.id)
        if row and row.before and row.before != r.before:
            raise repair.BadRepair(f'repairs.toml 的 id = "{r.id}"：before 与略去的文字不符（应是 {r.before!r}）。')
        if row is None or row.applied:
            made.append(r)
            continue
        if r.kind == "control":
            raise repair.BadRepair(
                f'repairs.toml 的 id = "{r.id}"：看不见的字符没有逐个记下位置，放不回去。请改回 applied = true。'
            )
        at = max((s.end for s in settled if s.status == "applied" and s.start < r.start < s.end), default=r.start)
        words = r.before
        if r.kind in BLOCKS:
            begins = at == 0 or source.text[at - 1] == "\n"
            words = ("" if begins else "\n") + words + "\n"
        made.append(Repair(r.id, r.kind, at, at, "", words, f"发布者保留（{r.reason}）", "applied", "publisher"))
    return made


def _noted(source: Source, text: Text, notes: Sequence[settings.Note], where: str) -> tuple[Fault, ...]:
    """The publisher's notes at their places. Quotes that do not stand in the source are an error that tells them all."""
    made, wrong = [], []
    for note in notes:
        at = -1
        for _ in range(note.nth):
            at = source.text.find(note.quote, at + 1)
            if at < 0:
                break
        if at >= 0:
            start, end = at, at + len(note.quote)
        else:
            body = text.body.find(note.quote)
            if body < 0 or note.nth != 1:
                wrong.append(f"{where}: quote = {note.quote!r} 在来源里找不到第 {note.nth} 处。请照原文写，一字不差。")
                continue
            start, end = text.source_span(body, body + len(note.quote))
        made.append(Fault(note.kind, start, end, note.quote, note.note, note.confidence, "publisher"))
    if wrong:
        raise settings.BadSettings("\n".join(wrong))
    return tuple(made)


def _edited(found: Findings, tree: Outline, folder: Path) -> Findings:
    """The publisher's hand on the indicators. A rule that cannot be followed is an error of his file."""
    try:
        return overrides.apply(found, tree, settings.indicators(folder))
    except overrides.BadRule as error:
        raise settings.BadSettings(f"{folder.name}/indicators.toml: {error}") from error


@dataclass(frozen=True, slots=True)
class Words:
    """The words of the field, loaded: for figures and for names."""

    figures: Vocabulary
    names: NameWords


def words(folder: Path, memory: Path | None = None) -> Words:
    """Load a vocabulary folder and check its examples. Raises VocabularyError.

    `memory` is a folder that remembers which vocabulary was checked last, so that the next build need not check it again.
    """
    known = Words(load_vocabulary(folder), load_name_words(folder))
    if memory is None:
        examples.check(known.figures)
        return known
    checked = memory / "vocabulary"
    key = digests.digest((folder, Path(examples.__file__).parents[1]))[0]
    if not checked.is_file() or checked.read_text(encoding="utf-8") != key:
        examples.check(known.figures)
        writer.write_text(checked, key)
    return known


Spell = Callable[[str], str]
Stage = Callable[[str, str], AbstractContextManager[None]]


def take(
    path: Path,
    slug: str,
    known: Words,
    folder: Path | None = None,
    name: str | None = None,
    spell: Spell = mentions.reading,
) -> Taken:
    """Read one source file through every stage. With a `folder`, the publisher's files beside it count.

    `spell` gives the pinyin of a name. Raises BadSource, BadSettings or BadRepair; writes nothing.
    """
    source = read(path, name)
    if folder:
        sidecar.prove(folder, source)
    rows = settings.repairs(folder) if folder else ()
    out = {r.id for r in source.omitted}
    settled = repair.settle(
        source, repair.propose(source, known.figures.front), tuple(r for r in rows if r.id not in out)
    )
    left = _left(source, settled, [r for r in rows if r.id in out])
    repairs = tuple(sorted((*settled, *left), key=lambda r: (r.start, r.end, r.id)))
    text = repair.apply(source, tuple(r for r in repairs if r.by != "reading"))
    repeated = repair.repetitions(text)
    tree, ledger = outline.parse(text, repeated, settings.ledger(folder) if folder else ids.IdLedger())
    meta = metadata.guess(slug, text, tree, known.figures.front)
    if folder:
        meta = metadata.confirm(meta, settings.said(folder))
    found = indicators.find(tree, repeated, known.figures, meta)
    counts = Counter(i.sentence for i in found.indicators if i.duplicate_of is None)
    found = _edited(found, tree, folder) if folder else found
    rules = settings.names(folder) if folder else mentions.NameRules()
    terms = mentions.find(tree, rules, known.names, spell)
    case = faults.FaultCase(source, text, meta, tree, repeated, known.figures)
    noted = _noted(source, text, settings.notes(folder), f"{folder.name}/notes.toml") if folder else ()
    follows, doubts = derived.derive([i for i in found.indicators if i.duplicate_of is None], text)
    reading = Reading(
        meta, source, text, repairs, repeated, tree, found, terms, faults.find(case, (*noted, *doubts)),
        links.links(tree, terms, rules), glossary.find(text, tree), follows, _declined(tree, rules),
    )  # fmt: skip
    return Taken(reading, replace(ledger, sentences=ids.with_figures(ledger.sentences, counts)))


def _declined(tree: Outline, rules: mentions.NameRules) -> tuple[str, ...]:
    """What the publisher does not want as a name or as a link, in words for the page of names."""
    printed = {s.id: s.number or s.title for s in tree.walk()}
    pairs = (f"{printed.get(a, a)}与{printed.get(b, b)}不相互关联" for a, b in rules.forbid_links)
    return (*(f"“{name}”不作为名称" for name in rules.forbid), *pairs)


def look_at(path: Path, vocabulary: Path) -> Taken:
    """Read a file for `inspect` or `add`; where it is the source of a report's folder, the files beside it count."""
    folder = path.parent if any((path.parent / n).is_file() for n in OWN_FILES) else None
    slug = folder.resolve().name if folder else path.stem
    return take(path, slug, words(vocabulary), folder)


class NothingToBuild(Exception):
    """There is no report, or not the one that was asked for. The message says what to do."""


def folders(root: Path, only: str | None) -> list[Path]:
    """The folders of the reports, sorted by name. Raises NothingToBuild."""
    home = root / "reports"
    found = sorted(p for p in home.iterdir() if p.is_dir() and not p.name.startswith(".")) if home.is_dir() else []
    if not found:
        raise NothingToBuild(f"{home}: 没有报告。请先运行 build.py add 报告文件（{format_table.usual_endings()}）。")
    for folder in found:
        if not paths.SLUG.fullmatch(folder.name):
            raise NothingToBuild(
                f"reports/{folder.name}: 文件夹名要用在网址里，只能有小写字母、数字和连字符。请改名，如 gongshu-2024。"
            )
        if folder.name in paths.RESERVED:
            raise NothingToBuild(f"reports/{folder.name}: 这个名字网站自己要用。请给文件夹改名，如 gongshu-2024。")
    if only is None:
        return found
    chosen = [p for p in found if p.name == only]
    if not chosen:
        raise NothingToBuild(f"{home}: 没有名为 {only} 的报告。现有：{'、'.join(p.name for p in found)}。")
    return chosen


class _Kept:
    """What a library says of a text, kept between builds, since such a library takes long to load."""

    def __init__(self, path: Path, ask: Callable[[str], str]) -> None:
        self.path = path
        self.ask = ask
        self.key = digests.digest((Path(pinyin.__file__), Path(search.__file__)))[0]
        self.kept: dict[str, str] = {}
        self.fresh = False
        try:
            kept = json.loads(path.read_text(encoding="utf-8"))
            if isinstance(kept, dict) and kept.get("") == self.key:
                self.kept = {str(k): str(v) for k, v in kept.items()}
        except (OSError, ValueError):
            pass

    def __call__(self, text: str) -> str:
        if text not in self.kept:
            self.kept[text] = self.ask(text)
            self.fresh = True
        return self.kept[text]

    def keep(self) -> None:
        if self.fresh:
            writer.write_text(self.path, json.dumps({**self.kept, "": self.key}, ensure_ascii=False, sort_keys=True))


def _moment(published: Publication, stand_in: date) -> date:
    """The day that stands for the clock: of the newest report, else the one that the order names."""
    return max((r.meta.date for r in published.readings if r.meta.date), default=stand_in)


@dataclass(frozen=True, slots=True)
class Composed:
    """All that reading gives the later steps: the texts of docs/, and what goes into the finished site."""

    slugs: tuple[str, ...]
    name: str
    moment: date
    dates: dict[str, date]
    configuration: str
    docs: dict[str, str]
    beside: dict[str, bytes]
    into_site: dict[str, str]
    indexes: dict[str, str]
    """The search index of each report alone, by its slug."""
    published: Publication


def compose(order: plan.Order, facts_of_site: settings.Settings, stage: Stage) -> Composed:
    """Read every report and make every text; writes nothing but what is kept between builds.

    Raises the errors of the rooms it calls.
    """
    root = order.root
    memory = root / writer.WORK
    chosen = folders(root, order.report)
    known = words(paths.vocabulary_of(root), memory)
    aloud = _Kept(memory / "readings.json", mentions.reading)
    sounds = _Kept(memory / "sounds.json", search.readings)
    forms = _Kept(memory / "forms.json", search.traditional)
    taken: list[Taken] = []
    for folder in chosen:
        with stage("读取", folder.name):
            path = source_of(folder)
            taken.append(take(path, folder.name, known, folder, f"reports/{folder.name}/{path.name}", aloud))
    published = links.publish(tuple(t.reading for t in taken), facts_of_site.title)
    with stage("排页", f"{len(taken)} 份报告"):
        docs = pages.render(published, facts_of_site, paths.templates_of(root), Compiled(memory / FOLDER))
        into_site = dict(search.index_files(published, sounds, forms, known.figures.units))
        if facts_of_site.address:
            title = pages.site_title(published, facts_of_site)
            into_site[addresses.OPENSEARCH] = search.opensearch(title, facts_of_site.address)
        indexes = {} if order.only_site else _indexes(published, into_site, sounds, forms, known.figures.units)
    for memory_of in (aloud, sounds, forms):
        memory_of.keep()
    own: dict[str, bytes] = {}
    for folder, t in zip(chosen, taken, strict=True):
        own[f"reports/{folder.name}/ids.toml"] = settings.ledger_text(t.ledger).encode()
        for name, data in sidecar.files(t.reading.source).items():
            own[f"reports/{folder.name}/{name}"] = data
    return Composed(
        tuple(f.name for f in chosen), _name(published), _moment(published, order.stand_in),
        {r.meta.slug: r.meta.date for r in published.readings if r.meta.date},
        _configuration(published, facts_of_site), docs, own, into_site, indexes, published,
    )  # fmt: skip


def _indexes(
    published: Publication, into_site: dict[str, str], spell: Spell, forms: Spell, units: Sequence[Unit]
) -> dict[str, str]:
    """The index of a report on its own, for what holds that report alone."""
    if len(published.readings) == 1:
        return {published.readings[0].meta.slug: into_site[addresses.SEARCH_INDEX]}
    single = (links.publish((reading,), "") for reading in published.readings)
    return {
        p.readings[0].meta.slug: dict(search.index_files(p, spell, forms, units))[addresses.SEARCH_INDEX]
        for p in single
    }


def data_files(published: Publication, root: Path) -> dict[str, bytes]:
    """The data files of all reports of the project; those of a report alone stand at the top too, as its front does."""
    # Only here: no other order makes them.
    from workreport.website import data

    described = paths.part_of(root, f"data/{data.SCHEMA}").read_text(encoding="utf-8")
    made: dict[str, bytes] = {}
    for reading in published.readings:
        made |= data.files(reading, addresses.data(reading), described)
    if len(published.readings) == 1:
        made |= data.files(published.readings[0], addresses.DATA, described)
    return made


def _name(published: Publication) -> str:
    """What the archive is called: the report's slug, or `reports` where there are several."""
    return published.readings[0].meta.slug if len(published.readings) == 1 else "reports"


def _configuration(published: Publication, facts_of_site: settings.Settings) -> str:
    name = pages.site_title(published, facts_of_site)
    return rendering.generated_config(
        name=name,
        address=facts_of_site.address,
        description=f"{name}：全文、指标、名称索引与校勘",
        nav=_contents(published),
        extra=pages.theme_facts(published, facts_of_site),
    )


def _contents(published: Publication) -> list[rendering.NavItem]:
    """The pages in the order of reading, as MkDocs wants them told."""
    items = [rendering.NavItem("首页", addresses.markdown(addresses.ROOT))]
    for reading in published.readings:

        def item(title: str, page: str, reading: Reading = reading) -> rendering.NavItem:
            return rendering.NavItem(title, addresses.markdown(addresses.report(reading, page)))

        inside = [item(reading.meta.name, "")]
        inside += [item(heading(s.number, s.title), s.id) for s in reading.paged]
        inside += [item(title, page) for page, title in addresses.pages(reading).items()]
        items.append(rendering.NavItem(reading.meta.name, children=tuple(inside)))
    return [
        *items,
        rendering.NavItem("关于本站", addresses.markdown(addresses.ABOUT)),
        rendering.NavItem("组件", addresses.markdown(addresses.DESIGN)),
    ]
