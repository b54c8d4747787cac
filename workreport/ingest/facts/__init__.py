"""Knows what a report states about itself: place, date, meeting, speaker and office, title.

Leaves choosing among the statements to `ingest.metadata`.
"""
