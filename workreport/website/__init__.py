"""Knows how analysed reports become a website: addresses, pages, search index, data files, charts, the MkDocs run.

Leaves the archive formats (EPUB, PDF, single HTML file …) to `archive`, and the order of a build to `build`.
"""
