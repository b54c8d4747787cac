"""What the bag tests share: slug and settings of the tested report, names in its bag, and a reader of RO-Crate."""

from __future__ import annotations

import json

from workreport.project import settings

SLUG = "gongshu-2024"
DATA = f"{SLUG}-bag/data/"
"""The payload folder of the bag."""
NOTES = ("preservation-note.zh.txt", "preservation-note.en.txt")
SETTINGS = settings.Settings(
    address="https://www.example.gov.cn/gzbg/", publisher="拱墅区人民政府办公室", contact="jc@example.gov.cn",
    licence="转载请注明出处",
)  # fmt: skip


def entities(data: bytes) -> dict[str, dict[str, object]]:
    """The entities of an RO-Crate by id; `data` is the content of `ro-crate-metadata.json`. Ids must be unique."""
    graph = json.loads(data)["@graph"]
    found = {entity["@id"]: entity for entity in graph}
    assert len(found) == len(graph)
    return found
