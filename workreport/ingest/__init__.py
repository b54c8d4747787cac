"""Knows how a file becomes the tree of a report: reading, repair, headings, outline with ids, guessed metadata.

Leaves figures and names to `analysis`, and writing files to `project`.
"""
