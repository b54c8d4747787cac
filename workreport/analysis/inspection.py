"""Knows the JSON document that `build.py inspect` prints: a Reading as plain values, with positions in the source.

Leaves making the Reading to `build`, and printing the document to `commands`.
"""

from __future__ import annotations

import json
from bisect import bisect_right
from collections.abc import Iterable
from decimal import Decimal
from typing import TypeAlias

from workreport.analysis.headlines import front_of
from workreport.model import Gloss, Indicator, Mention, Meta, Reading, Source, Term

Value: TypeAlias = "bool | int | float | str | list[Value] | dict[str, Value] | None"


def number(value: Decimal | None) -> int | float | None:
    """A Decimal as a JSON number, an integer if it is whole; None stays None.

    >>> number(Decimal("5.10")), number(Decimal("12")), number(None)
    (5.1, 12, None)
    """
    if value is None:
        return None
    return int(value) if value == value.to_integral_value() else float(value)


class _Lines:
    """Line numbers, from 1, of positions in the source; lines end with "\\n"."""

    def __init__(self, text: str) -> None:
        self.starts = [0]
        at = text.find("\n")
        while at >= 0:
            self.starts.append(at + 1)
            at = text.find("\n", at + 1)

    def at(self, position: int) -> int:
        """The number of the line that contains a position."""
        return bisect_right(self.starts, position)


class Positions:
    """Makes the place of a span: start and end in the source, and the line (from 1) on which it starts."""

    def __init__(self, reading: Reading) -> None:
        self.reading = reading
        self.lines = _Lines(reading.source.text)

    def of_text(self, start: int, end: int) -> dict[str, Value]:
        """The place of a span that is given in the repaired text."""
        a, b = self.reading.text.source_span(start, end)
        return {"line": self.lines.at(a), "start": a, "end": b}

    def of_source(self, start: int, end: int) -> dict[str, Value]:
        """The place of a span that is given in the source."""
        return {"line": self.lines.at(start), "start": start, "end": end}

    def of_mentions(self, mentions: Iterable[Mention]) -> list[Value]:
        """The mentions of a term, each with its section, its sentence and its place."""
        return [{"section": m.section, "sentence": m.sentence, **self.of_text(m.start, m.end)} for m in mentions]


def document(reading: Reading) -> dict[str, Value]:
    """The whole reading as one JSON document; ARCHITECTURE.md describes its fields."""
    at = Positions(reading)
    front = front_of(reading)
    cards = front.cards
    return {
        "source": _source(reading.source),
        "report": _report(reading.meta),
        "sections": [
            {"id": s.id, "number": s.number, "title": s.title, "level": s.level, **at.of_text(s.start, s.end)}
            for s in reading.outline.walk()
        ],
        "repairs": [
            {
                "id": r.id, "kind": r.kind, **at.of_source(r.start, r.end), "before": r.before, "after": r.after,
                "reason": r.reason, "status": r.status, "by": r.by,
            }
            for r in reading.repairs
        ],
        "faults": [
            {
                "kind": f.kind, **at.of_source(f.start, f.end), "quote": f.quote, "note": f.note,
                "confidence": f.confidence, "by": f.by,
            }
            for f in reading.faults
        ],
        "indicators": [_indicator(i, at.of_text(i.start, i.end)) for i in reading.found.indicators],
        "front": [chosen.indicator.id for chosen in cards],
        "front_others": [chosen.other.id for chosen in cards if chosen.other],
        "front_targets": [
            *(chosen.target.id for chosen in cards if chosen.target),
            *(aim.indicator.id for aim in front.aims),
        ],
        "hidden": [_indicator(i, at.of_text(i.start, i.end)) for i in reading.found.hidden],
        "sentences": _sentences(reading),
        "derived": [
            {
                "id": d.id, "kind": d.kind, "name": d.name, "number": number(d.number), "unit": d.unit,
                "formula": d.formula, "inputs": list(d.inputs), "sentence": d.sentence, "section": d.section,
            }
            for d in reading.derived
        ],
        "terms": [*(_term(t, at) for t in reading.terms), *(_gloss(g, at) for g in reading.glossary)],
        "links": [{"a": x.a, "b": x.b, "terms": list(x.terms), "weight": number(x.weight)} for x in reading.links],
        "unclaimed": [{**at.of_text(u.start, u.end), "quote": u.quote} for u in reading.found.unclaimed],
        "traps": [{"rule": rule, "count": count} for rule, count in reading.found.traps],
    }  # fmt: skip


def printed(document: dict[str, Value]) -> str:
    """The document as JSON in lines: one for each row of a list or table of it, so that it can be read and compared.

    `json.dumps` with an indent writes it in pure Python, eight times slower.

    >>> print(printed({"source": {"path": "a.md"}, "terms": [{"id": "t1"}, {"id": "t2"}], "links": []}), end="")
    {
    "source": {
     "path": "a.md"
    },
    "terms": [
     {"id": "t1"},
     {"id": "t2"}
    ],
    "links": []
    }
    """
    return "{\n" + ",\n".join(f"{_json(key)}: {_rows(value)}" for key, value in document.items()) + "\n}\n"


def _rows(value: Value) -> str:
    """A value as JSON; each item of a list or table on a line."""
    if not value or not isinstance(value, list | dict):
        return _json(value)
    if isinstance(value, list):
        return "[\n " + ",\n ".join(map(_json, value)) + "\n]"
    return "{\n " + ",\n ".join(f"{_json(key)}: {_json(item)}" for key, item in value.items()) + "\n}"


def _json(value: Value) -> str:
    return json.dumps(value, ensure_ascii=False)


def _source(source: Source) -> dict[str, Value]:
    """The source file.

    For text extracted from a document: also its digest, its pages or paragraphs, the reader's remarks.
    """
    told: dict[str, Value] = {
        "path": source.path, "sha256": source.sha256, "encoding": source.encoding, "characters": source.characters,
    }  # fmt: skip
    if source.text_sha256:
        told["text_sha256"] = source.text_sha256
        told["places"] = [
            {"start": p.start, "page": p.page or None, "paragraph": p.paragraph or None} for p in source.places
        ]
        told["remarks"] = list(source.remarks)
    return told


def _report(meta: Meta) -> dict[str, Value]:
    """The metadata of the report; `guessed` names the fields that the program guessed."""
    return {
        "title": meta.title, "place": meta.place, "code": meta.code or None, "year": meta.year, "date": meta.date.isoformat() if meta.date else None,
        "published": meta.published.isoformat() if meta.published else None,
        "meeting": meta.meeting, "speaker": meta.speaker, "office": meta.office, "guessed": list(meta.guessed),
    }  # fmt: skip


def _term(t: Term, at: Positions) -> Value:
    """A name with all its mentions."""
    return {"id": t.id, "name": t.name, "kind": t.kind, "mentions": at.of_mentions(t.mentions)}


def _gloss(g: Gloss, at: Positions) -> Value:
    """A glossary entry among the terms (kind "glossary"), with its number and the places of its explanation."""
    explained: list[Value] = [at.of_text(a, b) for a, b in g.explained]
    return {
        "id": g.id, "name": g.name, "kind": "glossary", "number": g.number,
        **at.of_text(g.start, g.end), "explained": explained, "mentions": at.of_mentions(g.uses),
    }  # fmt: skip


def _sentences(reading: Reading) -> dict[str, Value]:
    """The repaired text of each sentence that has an indicator, by id: once, however many indicators it has."""
    wanted = dict.fromkeys(i.sentence for i in (*reading.found.indicators, *reading.found.hidden))
    return {key: reading.sentences[key].text for key in wanted}


def _indicator(i: Indicator, place: dict[str, Value]) -> dict[str, Value]:
    """An indicator, its place, the id of its sentence, and in "read" what the publisher has replaced."""
    growth: Value = None
    if i.growth:
        growth = {
            "value": i.growth.value,
            "unit": i.growth.unit,
            "base": i.growth.base,
            "direction": i.growth.direction,
        }
        if i.growth.number is not None:
            growth["number"] = number(i.growth.number)
    return {
        "id": i.id,
        "name": i.name,
        "kind": i.kind,
        "status": i.status,
        "estimated": i.estimated,
        "value": i.value,
        "number": number(i.number),
        "number_max": number(i.number_max),
        "unit": i.unit,
        "approx": i.approx,
        "from": {"value": i.origin.value, "unit": i.origin.unit} if i.origin else None,
        "growth": growth,
        "growth_base": i.growth_base,
        "ranks": [{"scope": r.scope, "what": r.what, "rank": r.place} for r in i.ranks],
        "parent": i.parent,
        "period": i.period,
        "milestone": {"value": i.milestone.value, "unit": i.milestone.unit} if i.milestone else None,
        "milestone_only": i.milestone_only,
        "measure": i.measure,
        "section": i.section,
        "sentence": i.sentence,
        "quote": i.quote,
        **place,
        "duplicate_of": i.duplicate_of,
        "by": i.by,
        "read": dict(i.as_read),
        "note": i.note,
        "held_back": i.held_back or None,
    }
