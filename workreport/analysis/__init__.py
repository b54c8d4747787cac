"""Turns outlined text into findings: figures, indicators, names, glossary, faults, links.

Leaves reading files to `ingest` and showing the findings to `website`.
"""
