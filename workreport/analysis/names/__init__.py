"""Finds the names (专名) and subjects (主题) of a report.

Chinese has no spaces between words. A name is therefore text that is no common word of `vocabulary/names`, and that ends
with a class word (广场), stands in quotation marks, or occurs in several sections. Leaves links between sections to `links`.
"""

from workreport.analysis.names.name_rules import AddedName, JoinedName, NameRules
from workreport.analysis.names.terms import find, reading

__all__ = ["AddedName", "JoinedName", "NameRules", "find", "reading"]
