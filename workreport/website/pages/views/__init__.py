"""Knows what each page of a report shows: one frozen view for each kind of page, a file each.

Leaves the text to `passage`, the figures to `cards`, the editor's notes to `notes`, and markup to the templates.
"""
