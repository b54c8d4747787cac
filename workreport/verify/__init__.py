"""Checks that a finished website, or a single archive file, is complete and unchanged.

Leaves making and repairing files to the other packages, and uses parsers of its own for zip, XML, PDF and links.
"""
