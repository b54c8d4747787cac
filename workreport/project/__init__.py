"""Knows a project's folder on disk and how it is written: paths, settings, digests, the writer, caches; and the fonts.

Leaves the content of the files to the packages that import this one.
"""
