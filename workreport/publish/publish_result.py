"""Knows the result of a publication, and how one line of Chinese describes it.

Leaves publishing to `publishing`, and printing the line to `commands`.
"""

from __future__ import annotations

from dataclasses import dataclass

CHANGE_WORDS = {"changed": "改", "added": "增", "removed": "删", "moved": "移"}
"""The Chinese verb of each kind of change (`differences.KINDS`), in the order in which they are printed."""


@dataclass(frozen=True, slots=True)
class PublishResult:
    """What one publication did.

    `version`: the newest version now; `address`: its front page, relative to the served folder; `before`: the version
    it was compared with, "" if there is none. `unchanged`: the newest version already was this site, so nothing was
    published; then `before` is that version, `shared` equals `files`, and `counts` is empty. `how`: "links" or "pointer".
    `files`: number of files of the site; `shared`: number of those that are hard links of the version before. `counts`:
    number of sentences by kind of change, in reports that both versions have. `came`, `went`: titles of new and of removed
    reports; `renamed`: titles of reports with a new slug. `first`: the folder had no version yet.
    """

    version: str
    address: str
    before: str
    unchanged: bool
    how: str
    files: int
    shared: int
    counts: dict[str, int]
    came: tuple[str, ...] = ()
    went: tuple[str, ...] = ()
    renamed: tuple[str, ...] = ()
    first: bool = False

    def summary(self) -> str:
        """Return the result as one line in Chinese for the user."""
        if self.unchanged:
            return f"没有变化：最新的一版（{self.version}）就是这个网站，没有添加新版。"
        parts = [f"新增报告 {len(self.came)} 份"] if self.came else []
        parts += [f"不再有报告 {len(self.went)} 份"] if self.went else []
        parts += [f"改了网址的报告 {len(self.renamed)} 份"] if self.renamed else []
        parts += [f"{word} {self.counts[kind]} 句" for kind, word in CHANGE_WORDS.items() if self.counts[kind]]
        nothing = "首次发布" if self.first else "此前各版都已撤下，无从比较"
        change = f"与 {self.before} 相比{'，'.join(parts) or '报告文字没有改动'}" if self.before else nothing
        return (
            f"已发布 {self.version}：{change}；{self.files} 个文件，其中 {self.shared} 个与前一版共用。{self.address}"
        )
