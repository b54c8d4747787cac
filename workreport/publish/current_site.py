"""Knows when a site may be published as it stands, when it is built again first, and when publishing it is refused.

Leaves building to `build.outputs`, and publishing to `publishing`.
"""

from __future__ import annotations

import os
from collections.abc import Callable, Collection, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING

from workreport.publish.publish_job import PublishError, Say

if TYPE_CHECKING:
    from datetime import date

    from workreport.project.progress import Stage


def make_current(
    root: Path,
    stage: Stage,
    say: Say,
    missing_tool: Say,
    notice: Say,
    *,
    partial: bool = False,
    drop: Collection[str] = (),
    epoch: date | None = None,
) -> None:
    """Build the project again if anything changed since the last build.

    Raises `PublishError` if that was no whole site: pages alone, one report alone, or without a report whose own files are
    broken. With `partial` such a site is accepted, as is one of which it is not known how it was built; a report whose slug
    is in `drop` need not be there. `epoch` is the date of pages without one; None for that of SOURCE_DATE_EPOCH. `stage`, `say`, `missing_tool` and `notice` report the build (see `outputs.build`).
    """
    from workreport.build import outputs, plan

    epoch = epoch or plan.fallback_date(os.environ)
    last = plan.last_build(root, epoch)
    if last is None and partial:
        return
    if last and last.partial and not partial:
        made = f"只有报告 {last.order.report}" if last.order.report else "只有页面，没有数据文件、图片和离线包"
        raise PublishError(
            f"site/ 不完整：{made}。没有发布。请先运行 build.py 全部制作；确要这样发布，请加上 --partial。"
        )
    if last and last.current:
        return
    why = "报告、设置或网站在上次制作之后改过，先重新制作。" if last else "不知道 site/ 是怎样做成的，先重新制作。"
    order = last.order if last else plan.BuildOrder(root, fallback_date=epoch)
    built = outputs.build(order, _told_after_the_first(stage, say, why), say, missing_tool, notice)
    lacking = [report.slug for report in built.broken if report.slug not in drop]
    if lacking and not partial:
        raise PublishError(
            f"site/ 不完整：没有做成的报告：{'、'.join(lacking)}，原因见上。没有发布。请改正后再发布；"
            "确要发布没有它们的网站，请加上 --partial。"
        )


def _told_after_the_first(report: Stage, say: Callable[[str], None], why: str) -> Stage:
    """Return a `Stage` that reports as `report` does, and says `why` once the first stage is done.

    Before it, this Python may turn out to lack a library, and another one run the whole command again.
    """
    told: list[str] = []

    @contextmanager
    def stage(name: str, detail: str = "") -> Iterator[None]:
        with report(name, detail):
            yield
            if not told:
                told.append(why)
                say(why)

    return stage
