"""Steps of the desk are kept on the disk: they are undone after a new start, by any desk, and never over a change of others."""

from __future__ import annotations

import json
from collections.abc import Sequence
from pathlib import Path

import pytest

from workreport.desk import edit_steps
from workreport.desk.file_changes import CannotUndo, Conflict, Edits, RowChange, with_entries


@pytest.fixture
def file(tmp_path: Path) -> Path:
    """A file of a report."""
    file = tmp_path / "reports" / "a-2024" / "notes.toml"
    file.parent.mkdir(parents=True)
    file.write_text("# 上\n", encoding="utf-8")
    return file


def noted(edits: Edits, file: Path, quote: str, note: str, seen: str | None = None) -> bool:
    """Write a note, as a page does that showed the note `seen` for this quote."""
    shown = {"quote": quote, "note": seen} if seen else None
    row = RowChange("note", {"quote": quote}, shown, {"quote": quote, "note": note})
    return edits.change_row(file, f"存疑 {quote}", row, lambda _: None)


def test_steps_are_undone_by_a_desk_that_was_started_again(tmp_path: Path, file: Path) -> None:
    states = [file.read_bytes()]
    for quote in "一二三":
        assert noted(Edits(tmp_path), file, quote, "疑")
        states.append(file.read_bytes())
    for state in reversed(states[:-1]):
        again = Edits(tmp_path)
        last = again.last()
        assert last
        again.undo(last.number)
        assert file.read_bytes() == state
    assert Edits(tmp_path).last() is None


def test_number_of_a_step_that_was_undone_is_never_given_again(tmp_path: Path, file: Path) -> None:
    edits = Edits(tmp_path)
    noted(edits, file, "一", "疑")
    first = edits.last()
    assert first
    edits.undo(first.number)
    noted(Edits(tmp_path), file, "二", "疑")
    with pytest.raises(CannotUndo):
        edits.undo(first.number)
    assert "二" in file.read_text(encoding="utf-8")


def test_two_desks_that_change_different_rows_lose_nothing_and_the_same_row_is_asked(
    tmp_path: Path, file: Path
) -> None:
    one, other = Edits(tmp_path), Edits(tmp_path)
    noted(one, file, "一", "疑")
    noted(other, file, "二", "疑")
    with pytest.raises(Conflict) as conflict:
        noted(other, file, "一", "别的")
    assert conflict.value.now == {"quote": "一", "note": "疑"}
    assert noted(other, file, "一", "别的", seen="疑")
    assert not noted(one, file, "一", "别的", seen="疑")  # it is so already
    assert file.read_text(encoding="utf-8").count("[[note]]") == 2


def test_lists_are_merged_by_their_entries(tmp_path: Path, file: Path) -> None:
    names = file.with_name("names.toml")
    names.write_text('forbid = ["甲"] # 手写\n', encoding="utf-8")

    def rewrite(add: Sequence[str] = (), remove: Sequence[str] = ()) -> bool:
        return Edits(tmp_path).rewrite(
            names, "改名单", lambda text: with_entries(text, "forbid", add=add, remove=remove), lambda _: None
        )

    for name in ("乙", "丙"):
        assert rewrite(add=[name])
    assert not rewrite(add=["乙"])
    rewrite(remove=["甲"])
    assert names.read_text(encoding="utf-8") == 'forbid = ["乙", "丙"] # 手写\n'


def test_only_so_many_steps_are_kept(tmp_path: Path, file: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(edit_steps, "MOST_STEPS", 3)
    edits = Edits(tmp_path)
    for number in range(5):
        noted(edits, file, str(number), "疑")
    assert len(list((tmp_path / ".workreport" / "desk").iterdir())) == 3
    last = edits.last()
    assert last
    assert last.number == 5


@pytest.mark.parametrize(
    "record",
    [
        b"", b"[]", b"{}", b"\xff",
        json.dumps({"what": "x", "path": "../../outside", "folder": False, "undone": False}).encode(),
        json.dumps({"what": "x", "path": "reports/a-2024/source.txt", "folder": False, "undone": False}).encode(),
    ],
)  # fmt: skip
def test_damaged_or_foreign_record_is_no_step(tmp_path: Path, file: Path, record: bytes) -> None:
    noted(Edits(tmp_path), file, "一", "疑")
    (tmp_path / ".workreport" / "desk" / "00000001" / "step.json").write_bytes(record)
    assert Edits(tmp_path).last() is None
    assert noted(Edits(tmp_path), file, "二", "疑")
    last = Edits(tmp_path).last()
    assert last
    assert last.what == "存疑 二"


def test_step_is_not_written_where_the_check_refuses(tmp_path: Path, file: Path) -> None:
    def refuse(_: bytes) -> None:
        raise ValueError

    row = RowChange("note", {"quote": "一"}, None, {"quote": "一", "note": "疑"})
    with pytest.raises(ValueError, match=r"^$"):
        Edits(tmp_path).change_row(file, "存疑", row, refuse)
    assert file.read_text(encoding="utf-8") == "# 上\n"
    assert Edits(tmp_path).last() is None
