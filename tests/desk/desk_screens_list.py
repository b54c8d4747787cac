"""Every screen of the desk with something to show on it, for the tests that look at all of them."""

from __future__ import annotations

from tests.desk.desk_client import DeskClient
from workreport.desk.desk_places import compared, places
from workreport.desk.place_pages import reference
from workreport.desk.text_rows import side_rows


def screens(client: DeskClient) -> list[str]:
    """Return the addresses of the screens of a project with the reports qinghe-2024 and qinghe-2025, but for publishing."""
    desk = client.desk
    home = "/report/qinghe-2024"
    reading = desk.read("qinghe-2024")
    (place,) = places(desk)
    known = compared(desk, place.slug).shown
    pair = reference(known.pairs[0].target).replace("#", "/")
    return [
        "/", home, f"{home}/facts", f"{home}/text", f"{home}/text?show=marked", f"{home}/passage/{side_rows(reading)[3].start}",
        f"{home}/figures", f"{home}/figure/{reading.indicators[0].id}", f"{home}/names",
        "/places", f"/places/{place.slug}", f"/places/{place.slug}/pair/{pair}",
        f"/places/{place.slug}/series/{known.series[0].id}", "/settings", "/no-such-page",
    ]  # fmt: skip


def with_changes(client: DeskClient) -> None:
    """Change something of every kind, so that each screen shows what it shows only then."""
    reading = client.desk.read("qinghe-2024")
    figures = [i.id for i in reading.indicators]
    client.post("/report/qinghe-2024/figures/hide", id=figures[-1])
    client.post("/report/qinghe-2024/figures/on-front", id=figures[0])
    for name in ("大会", "幼儿园"):
        client.post("/report/qinghe-2024/names/change", add="yes", name=name, kind="name")
    client.post("/report/qinghe-2024/names/change", forbid="年度")
    row = next(row for row in side_rows(reading) if "3500人" in row.page_words)
    words = row.page_words.rstrip("\n").replace("3500人", "3600人")
    client.post(f"/report/qinghe-2024/passage/{row.start}/repair", words=words, reason="据公报")
    client.post(f"/report/qinghe-2024/passage/{row.start}/note", quote="38600元", note="疑为38500元")
