"""Turns a file into outlined text: formats, repair, headings, blocks, outline, ids, metadata. Leaves figures to `analysis`."""
