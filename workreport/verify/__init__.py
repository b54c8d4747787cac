"""Proves that a finished site, or a single file of an archive, is whole and unchanged.

Leaves making and mending to the other wings: it shares no parser with the code that wrote the files.
"""
