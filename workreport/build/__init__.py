"""Knows the order of a build (read the reports, compose pages, make site and archive), adding a report, and the preview.

Leaves the work of each stage to `ingest`, `analysis`, `website` and `archive`, and versions in a served folder to `publish`.
"""
