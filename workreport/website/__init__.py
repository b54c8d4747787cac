"""Turns findings into a site: addresses, pages, search, data files, charts, the MkDocs run. Leaves files to hand over to `archive`."""
