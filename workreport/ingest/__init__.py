"""Turns a file into outlined text: formats, repair, headings, blocks, outline, ids, metadata.

Leaves figures and names to `analysis`, and writing files to `project`.
"""
