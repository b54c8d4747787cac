"""Runs the stages in order: reads reports, composes pages, makes site and archive; adds a report; live preview.

Leaves each stage to its own wing, and versions in a served folder to `publish`.
"""
