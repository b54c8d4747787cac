"""Knows how a file becomes the tree of a report: reads the text, repairs it, finds headings, gives ids, guesses metadata.

Leaves figures and names to `analysis`, and writing files to `project`.
"""
