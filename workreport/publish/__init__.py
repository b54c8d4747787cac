"""Knows how a finished site is published: as one more version in a folder that a web server serves, shown to readers.

Leaves building the site to `build` and checking it to `verify`.
"""

from workreport.publish.publish_job import CURRENT_LINK, LINKS, POINTER, POINTER_FILE, PublishError
from workreport.publish.publish_result import PublishResult
from workreport.publish.publishing import publish

__all__ = ["CURRENT_LINK", "LINKS", "POINTER", "POINTER_FILE", "PublishError", "PublishResult", "publish"]
