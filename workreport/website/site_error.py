"""Knows the error for a site that cannot be made. Leaves raising it to `rendering` and `finishing`."""


class SiteError(Exception):
    """The site could not be made; the message names the page or file and the problem."""
