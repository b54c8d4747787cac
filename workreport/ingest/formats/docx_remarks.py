"""Knows what a person should check in a Word file that was read, in Chinese: what was numbered, moved or not read.

Leaves counting it to `docx`.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping

OUTSIDE = {"altChunk": "嵌入的其他文件", "chart": "图表", "relIds": "SmartArt 图形", "OLEObject": "嵌入对象"}
"""Elements whose text is not read, with their names in the remarks."""


def remarks(counts: Mapping[str, int], unknown_numbers: Iterable[str], comments: int) -> tuple[str, ...]:
    """Return the remarks.

    `counts` has the number of each thing met (自动编号, 文本框, 脚注 …) and left out ("hidden", "deleted"), `unknown_numbers` the formats of automatic numbers
    that are not known, `comments` the number of comments.
    """
    made = []
    if counts.get("hidden"):
        made.append(
            f"隐藏文字 {counts['hidden']} 处（含白底白字、极小的字），不在正文里，但会列在“原文说明”页；不愿公开的，先在 Word 里删去再收入"
        )
    if counts.get("deleted"):
        made.append(
            f"修订删去的文字 {counts['deleted']} 处，不在正文里，但会列在“原文说明”页；不愿公开的，先在 Word 里“接受所有修订”再收入"
        )
    if counts.get("自动编号"):
        made.append(f"自动编号 {counts['自动编号']} 处，已按 Word 的规则写出")
    if unknown := "、".join(sorted(unknown_numbers)):
        made.append(f"编号样式 {unknown} 不认识，写成了阿拉伯数字")
    if counts.get("文本框"):
        made.append(f"文本框 {counts['文本框']} 个，文字排在所在段落之后，请核对次序")
    if counts.get("脚注"):
        made.append(f"脚注 {counts['脚注']} 条，记作［n］，排在全文之后")
    if counts.get("上标"):
        made.append(f"上标 {counts['上标']} 处，注释的记号写作［n］，乘方写作 ² ³，请核对")
    if counts.get("表格"):
        made.append(f"表格 {counts['表格']} 个，每行一行，各格以制表符分开")
    made += [f"{kind} {counts[kind]} 处，里面的文字没有读" for kind in (*OUTSIDE.values(), "图形") if counts.get(kind)]
    if comments:
        made.append(f"批注 {comments} 条，没有读，也不会公开")
    return tuple(made)
