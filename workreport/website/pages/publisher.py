"""Knows which of the publisher's settings the pages need, and how the site is named.

Leaves reading `site.toml` to `project.settings`, whose `Settings` has every property named here.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Protocol

from workreport.model import Meta


class Reports(Protocol):
    """The reports of a site: the title that the publisher gave it, "" for none, and what is known of each as a whole."""

    @property
    def title(self) -> str: ...
    @property
    def metas(self) -> Sequence[Meta]: ...


class FooterFacts(Protocol):
    """The registration numbers that Chinese law requires in a footer; "" for one that the publisher did not give."""

    @property
    def icp(self) -> str: ...
    @property
    def police(self) -> str: ...
    @property
    def site_code(self) -> str: ...
    @property
    def accessibility(self) -> str: ...


class LabelFacts(Protocol):
    """What the publisher says for the page labels of government sites; "" or () for what he did not say."""

    @property
    def site_name(self) -> str: ...
    @property
    def column(self) -> str: ...
    @property
    def column_description(self) -> str: ...
    @property
    def column_keywords(self) -> tuple[str, ...]: ...
    @property
    def column_type(self) -> str: ...
    @property
    def source(self) -> str: ...


class SiteFacts(Protocol):
    """The settings that pages print or depend on; a text is "" if the publisher did not give it.

    `zipped`: offer the offline site. `verdicts`: say in a word what came of a promise.
    """

    @property
    def title(self) -> str: ...
    @property
    def address(self) -> str: ...
    @property
    def publisher(self) -> str: ...
    @property
    def contact(self) -> str: ...
    @property
    def licence(self) -> str: ...
    @property
    def licence_address(self) -> str: ...
    @property
    def colour(self) -> str: ...
    @property
    def footer(self) -> FooterFacts: ...
    @property
    def labels(self) -> LabelFacts: ...
    @property
    def zipped(self) -> bool: ...
    @property
    def verdicts(self) -> bool: ...


def site_description(title: str) -> str:
    """Return what a site with this name holds, in one sentence.

    >>> site_description("青山镇政府工作报告")
    '青山镇政府工作报告：全文、指标、名称索引与原文说明'
    """
    return f"{title}：全文、指标、名称索引与原文说明"


def site_title(reports: Reports, site: SiteFacts) -> str:
    """Return the site's name: the title in the settings or of the publication, else the name of its only report, else
    政府工作报告.
    """
    if site.title or reports.title:
        return site.title or reports.title
    return reports.metas[0].name if len(reports.metas) == 1 else "政府工作报告"
