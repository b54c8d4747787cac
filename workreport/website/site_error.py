"""Knows the error of a site that cannot be finished. Leaves raising it to `rendering` and `finishing`."""


class SiteError(Exception):
    """The pages could not be made; the message names the page or setting and what to do."""
