"""Knows what the pages need of the publisher's settings, and the name of the site.

Leaves reading `site.toml` to `project.settings`, whose Settings has every field named here.
"""

from __future__ import annotations

from typing import Protocol

from workreport.model import Publication


class FooterFacts(Protocol):
    """The registration numbers that Chinese law wants in a footer; "" where the publisher gave none."""

    @property
    def icp(self) -> str: ...
    @property
    def police(self) -> str: ...
    @property
    def site_code(self) -> str: ...


class SiteFacts(Protocol):
    """The settings that pages print or depend on; "" where the publisher gave none."""

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
    def colour(self) -> str: ...
    @property
    def footer(self) -> FooterFacts: ...
    @property
    def zipped(self) -> bool: ...


def site_title(publication: Publication, site: SiteFacts) -> str:
    """The site's name: the publisher's, else the only report's, else 政府工作报告."""
    if site.title or publication.title:
        return site.title or publication.title
    return publication.readings[0].meta.name if len(publication.readings) == 1 else "政府工作报告"
