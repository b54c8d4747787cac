"""Knows how a finished site is published: as one more version in a folder that a web server serves, shown to readers.

Leaves building the site to `build` and checking it to `verify`.
"""

from workreport.publish.current_site import make_current
from workreport.publish.differences import SentenceChange, word_diff
from workreport.publish.earlier_site import known_versions, restored
from workreport.publish.publish_job import CURRENT_LINK, LINKS, POINTER, POINTER_FILE, PublishError
from workreport.publish.publish_result import PublishResult
from workreport.publish.publishing import day_of_publication, publish
from workreport.publish.site_changes import PlannedVersion, planned_version

__all__ = [
    "CURRENT_LINK",
    "LINKS",
    "POINTER",
    "POINTER_FILE",
    "PlannedVersion",
    "PublishError",
    "PublishResult",
    "SentenceChange",
    "day_of_publication",
    "known_versions",
    "make_current",
    "planned_version",
    "publish",
    "restored",
    "word_diff",
]
