"""The site whose bag is tested, and its RO-Crate as a dictionary."""

from __future__ import annotations

import json

from workreport.project import settings

SLUG = "gongshu-2024"


DATA = f"{SLUG}-bag/data/"


SETTINGS = settings.Settings(
    address="https://www.example.gov.cn/gzbg/", publisher="拱墅区人民政府办公室", contact="jc@example.gov.cn",
    licence="转载请注明出处",
)  # fmt: skip


def entities(data: bytes) -> dict[str, dict[str, object]]:
    graph = json.loads(data)["@graph"]
    found = {entity["@id"]: entity for entity in graph}
    assert len(found) == len(graph)
    return found


NOTES = ("preservation-note.zh.txt", "preservation-note.en.txt")
