"""Finds the words that a report itself explains: its glossary (名词解释), its notes ［1］, and where the text uses the words.

Leaves names that the report does not explain to `names`, and showing an explanation to `website`.
"""

from workreport.analysis.glossary.glosses import find

__all__ = ["find"]
