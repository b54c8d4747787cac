"""Proves a finished site, and single files of an archive. Shares no parser with what wrote them."""
