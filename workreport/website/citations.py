"""Knows how a report, a section, a sentence and a version of either is cited: GB/T 7714, BibTeX, RIS, CSL-JSON.

A format is a text with holes (`filled`): what a sentence or a version adds stands between marks of the private use area,
so that a script in the page fills the very same text. GB/T 7714—2025 is followed by its examples of reports (8.8.3 and B.7:
`责任者.题名[R/OL].2012-01-16.网址.`), of parts (`题名[M]//书名`) and of versions (`[DS/OL].V1.0.`); GB/T 7714—2015 by its
`题名[R/OL]. (更新日期)[引用日期]. 网址.`. What is not known is left out. Leaves pages, files and buttons to others.
"""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from datetime import date

from workreport.model import Reading, Section
from workreport.website import addresses
from workreport.website.pages import wording
from workreport.website.pages.escape import one_line
from workreport.website.pages.publisher import SiteFacts
from workreport.website.pages.sentences import section_label

NUMBER, ANCHOR, ACCESSED, VERSION = "\ue000", "\ue001", "\ue002", "\ue003"
"""Holes: number and id of a sentence, the day of citing (ISO date), the name of a version."""
SENTENCE_BEGINS, SENTENCE_ENDS, VERSION_BEGINS, VERSION_ENDS = "\ue004", "\ue005", "\ue006", "\ue007"
"""Marks around what only a sentence, or only a version, adds."""
UNKNOWN_DAY = "引用日期"
"""What stands for the day of citing where nobody knows it."""
_PRIVATE = re.compile("[\ue000-\uf8ff]")
_BIBTEX = {
    "\\": r"\textbackslash{}", "{": r"\textbraceleft{}", "}": r"\textbraceright{}", "~": r"\textasciitilde{}",
    "^": r"\textasciicircum{}", **{c: f"\\{c}" for c in "#$%&_"},
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class Cited:
    """What is cited: a report, or a section of it (`host` is then the name of the report).

    `key` names it in files of references. `day` is that of publication, else that of the report. `address` is the site's,
    "" for none, and `path` the page in it.
    """

    key: str
    author: str
    title: str
    host: str
    day: date | None
    publisher: str
    address: str
    path: str

    @property
    def url(self) -> str:
        """The address of the page with holes for the version and the sentence; "" where the site has none."""
        version = f"{VERSION_BEGINS}v/{VERSION}/{VERSION_ENDS}"
        sentence = f"{SENTENCE_BEGINS}#{ANCHOR}{SENTENCE_ENDS}"
        return f"{self.address}{version}{addresses.canonical('/', self.path)[1:]}{sentence}" if self.address else ""


@dataclass(frozen=True, slots=True)
class CitationFormat:
    """A way to cite: its id, its name for readers, the ending of its files, and the function that makes its text."""

    id: str
    name: str
    ending: str
    text: Callable[[Cited], str]


def of_report(reading: Reading, site: SiteFacts) -> Cited:
    """Return a report as what is cited."""
    meta = reading.meta
    author, publisher = wording.responsible(meta.title, meta.place), site.publisher
    return Cited(
        meta.slug, _plain(author), _plain(meta.name), "", wording.cited_day(meta), _plain(publisher), site.address,
        addresses.report(reading),
    )  # fmt: skip


def of_section(reading: Reading, section: Section, site: SiteFacts) -> Cited:
    """Return a section with a page of its own as what is cited."""
    whole = of_report(reading, site)
    return replace(
        whole, key=f"{whole.key}-{section.id.replace('/', '-')}", title=_plain(section_label(section)), host=whole.title,
        path=addresses.report(reading, section.id),
    )  # fmt: skip


def all_of(reading: Reading, site: SiteFacts) -> Iterator[tuple[str, Cited]]:
    """Yield the report and its sections that have a page of their own, each with the place of its page."""
    yield "", of_report(reading, site)
    yield addresses.TEXT, replace(of_report(reading, site), path=addresses.report(reading, addresses.TEXT))
    for section in reading.paged:
        yield section.id, of_section(reading, section, site)


def filled(text: str, *, number: str = "", anchor: str = "", accessed: str = "", version: str = "") -> str:
    """Return a text with its holes filled; without a sentence or a version, what these add is left out.

    >>> filled("a" + SENTENCE_BEGINS + "#" + ANCHOR + SENTENCE_ENDS, anchor="s1"), filled("a" + SENTENCE_BEGINS + "#" + SENTENCE_ENDS)
    ('a#s1', 'a')
    """
    for wanted, begins, ends in ((anchor, SENTENCE_BEGINS, SENTENCE_ENDS), (version, VERSION_BEGINS, VERSION_ENDS)):
        text = re.sub(f"{begins}([^{ends}]*){ends}", r"\1" if wanted else "", text)
    holes = {NUMBER: number, ANCHOR: anchor, ACCESSED: accessed or UNKNOWN_DAY, VERSION: version}
    return re.sub("[\ue000-\ue003]", lambda hole: holes[hole[0]], text)


def _plain(text: str) -> str:
    """Return a text on one line without characters of the private use area, in which the marks are."""
    return _PRIVATE.sub("", one_line(text)).strip()


def _sentence(words: str) -> str:
    return f"{SENTENCE_BEGINS}{words}{SENTENCE_ENDS}"


def _version(words: str) -> str:
    return f"{VERSION_BEGINS}{words}{VERSION_ENDS}"


def gbt_2025(cited: Cited) -> str:
    """Return the citation by GB/T 7714—2025: 责任者.题名[R/OL].版本.出版者,日期:第4句.网址."""
    kind = "[R/OL]" if cited.url else "[R]"
    title = f"{cited.title}{kind}//{cited.host}" if cited.host else f"{cited.title}{kind}"
    issued = ",".join(filter(None, (cited.publisher, cited.day.strftime("%Y-%m-%d") if cited.day else "")))
    where = _sentence(f"{':' if issued else ''}第{NUMBER}句")
    parts = [cited.author, title + _version(f".{VERSION}版"), issued + where if issued else "", cited.url]
    text = ".".join(filter(None, parts)) + ("" if issued else _sentence(f".第{NUMBER}句"))
    return text + "."


def gbt_2015(cited: Cited) -> str:
    """Return the citation by GB/T 7714—2015: 责任者. 题名[R/OL]. 出版者, 年: 第4句(更新日期)[引用日期]. 网址."""
    kind = "[R/OL]" if cited.url else "[R]"
    title = f"{cited.title}{kind}//{cited.host}" if cited.host else f"{cited.title}{kind}"
    year = cited.day.strftime("%Y") if cited.day else ""
    issued = ", ".join(filter(None, (cited.publisher, year))) if cited.publisher or not cited.url else ""
    where = _sentence(f"{': ' if issued else ''}第{NUMBER}句")
    online = f"{cited.day.strftime('(%Y-%m-%d)') if cited.day else ''}[{ACCESSED}]" if cited.url else ""
    some = bool(issued or online)
    parts = [cited.author, title + _version(f". {VERSION}版"), issued + where + online if some else "", cited.url]
    return ". ".join(filter(None, parts)) + ("" if some else _sentence(f". 第{NUMBER}句")) + "."


def bibtex(cited: Cited) -> str:
    """Return an entry for BibTeX: @techreport, for a section @incollection."""
    escaped = {
        name: "".join(_BIBTEX.get(c, c) for c in getattr(cited, name))
        for name in ("author", "title", "host", "publisher")
    }
    issuer = escaped["publisher"] or ("" if cited.host else escaped["author"])
    day = cited.day
    fields = {
        "author": f"{{{escaped['author']}}}" if cited.author else "",
        "title": escaped["title"],
        "booktitle": escaped["host"],
        "publisher" if cited.host else "institution": f"{{{issuer}}}" if issuer else "",
        "year": f"{day.year}" if day else "",
        "month": f"{day.month}" if day else "",
        "day": f"{day.day}" if day else "",
        "url": "".join(f"%{ord(c):02X}" if c in "{}\\" else c for c in cited.url),
        "language": "chinese",
    }
    rows = [f"  {name} = {{{value}}},\n" for name, value in fields.items() if value]
    more = _version(f"  edition = {{{VERSION}}},\n") + _sentence(f"  note = {{第{NUMBER}句}},\n")
    key = cited.key + _sentence(f"-{ANCHOR}")
    return f"@{'incollection' if cited.host else 'techreport'}{{{key},\n{''.join(rows)}{more}}}\n"


def ris(cited: Cited) -> str:
    """Return a record of RIS: RPRT, for a section CHAP. Lines end in CR LF, as its specification wants."""
    rows = [
        ("TY", "CHAP" if cited.host else "RPRT"),
        ("AU", cited.author),
        ("TI", cited.title),
        ("T2", cited.host),
        ("PB", cited.publisher),
        ("PY", cited.day.strftime("%Y") if cited.day else ""),
        ("DA", cited.day.strftime("%Y/%m/%d") if cited.day else ""),
        ("UR", cited.url),
        ("LA", "zh"),
        ("ID", cited.key + _sentence(f"-{ANCHOR}")),
    ]
    told = "".join(f"{tag}  - {value}\r\n" for tag, value in rows if value)
    return told + _version(f"ET  - {VERSION}\r\n") + _sentence(f"N1  - 第{NUMBER}句\r\n") + "ER  - \r\n"


def csl(cited: Cited) -> str:
    """Return an item of CSL-JSON: report, for a section chapter."""
    day = cited.day
    item = {
        "id": cited.key + _sentence(f"-{ANCHOR}"),
        "type": "chapter" if cited.host else "report",
        "author": [{"literal": cited.author}] if cited.author else None,
        "title": cited.title,
        "container-title": cited.host,
        "publisher": cited.publisher,
        "issued": {"date-parts": [[day.year, day.month, day.day]]} if day else None,
        "URL": cited.url,
        "language": "zh-CN",
    }
    rows = [f'  "{name}": {json.dumps(value, ensure_ascii=False)}' for name, value in item.items() if value]
    more = _version(f',\n  "edition": "{VERSION}"') + _sentence(f',\n  "note": "第{NUMBER}句"')
    return "{\n" + ",\n".join(rows) + more + "\n}\n"


FORMATS = (
    CitationFormat("gbt-2025", "GB/T 7714—2025", "txt", gbt_2025),
    CitationFormat("gbt-2015", "GB/T 7714—2015", "txt", gbt_2015),
    CitationFormat("bibtex", "BibTeX", "bib", bibtex),
    CitationFormat("ris", "RIS", "ris", ris),
    CitationFormat("csl", "CSL-JSON", "json", csl),
)
"""The ways to cite, in the order in which readers are offered them."""
_FOR_PROGRAMS = frozenset(form.id for form in FORMATS[2:])
TEXTS = "cite-texts.js"
"""The script with all formats of a report and its sections, beside its files of references."""
_SCRIPT_BEGINS, _SCRIPT_ENDS = "globalThis.workreportCitations = ", ";\n"


def files(reading: Reading, site: SiteFacts) -> dict[str, str]:
    """Return the files of references of a report, by path in the site: the report and its sections in each format for programs.

    Beside them is the script `TEXTS` with all formats of all of them, holes included, for the dialog of a page; its `mark` and
    `day` (of the report) stand on the picture of a sentence.
    """
    every = list(all_of(reading, site))
    folder = addresses.report(reading, addresses.DOWNLOAD).removesuffix(addresses.ROOT)
    told = {
        "name": reading.meta.slug,
        "formats": [[form.id, form.name, form.ending] for form in FORMATS],
        "titles": {place: cited.title for place, cited in every},
        "texts": {place: [form.text(cited) for form in FORMATS] for place, cited in every},
        "addresses": {place: cited.url for place, cited in every if cited.url},
        "mark": reading.meta.own_place[:1] or "政",
        "day": wording.day(reading.meta.date) if reading.meta.date else "",
    }
    text = json.dumps(told, ensure_ascii=False).replace("<", "\\u003c")
    script = f"{_SCRIPT_BEGINS}{text}{_SCRIPT_ENDS}"
    return {**{f"{folder}{name}": made for name, made in files_of(script).items()}, f"{folder}{TEXTS}": script}


def files_of(script: str, version: str = "") -> dict[str, str]:
    """Return the files of references for programs by name, from the text of `TEXTS`: for a `version`, each entry names it."""
    told = json.loads(script.removeprefix(_SCRIPT_BEGINS).removesuffix(_SCRIPT_ENDS))
    works = [texts for place, texts in told["texts"].items() if place != addresses.TEXT]
    return {
        f"cite.{ending}": _joined(form, [filled(texts[k], version=version) for texts in works])
        for k, (form, _, ending) in enumerate(told["formats"])
        if form in _FOR_PROGRAMS
    }


def _joined(form: str, texts: list[str]) -> str:
    if form == "csl":
        return "[\n" + ",\n".join(text.rstrip("\n") for text in texts) + "\n]\n"
    return ("\r\n" if form == "ris" else "\n").join(texts)
