"""Finds the names (专名) and subjects (主题) of a report.

Chinese sets no spaces between words, so a name is recognised by what it is not: no word of `vocabulary/names`, and closed
by a class word (广场), by quotation marks or by standing in several sections. Leaves the links to `links`.
"""

from workreport.analysis.names.name_rules import AddedName, JoinedName, NameRules
from workreport.analysis.names.terms import find, reading

__all__ = ["AddedName", "JoinedName", "NameRules", "find", "reading"]
