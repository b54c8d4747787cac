"""Knows what each page shows: one frozen dataclass (a view) for each kind of page, in a module of its own.

Leaves the text to `sentences`, figures to `cards`, editorial remarks to `remarks`, and markup to the templates.
"""
