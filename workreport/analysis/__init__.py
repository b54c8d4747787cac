"""Turns text into findings: figures, indicators, names, glossary, faults, links. Leaves files to `ingest` and pages to `website`."""
