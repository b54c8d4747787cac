"""Knows a project's folder on disk: paths, settings, digests, the writer, caches, fonts.

Leaves what the files mean to the wings above.
"""
