"""Turns findings into a site: addresses, pages, search, data files, charts, the MkDocs run.

Leaves the files to hand over to `archive` and the order of a build to `build`.
"""
