"""Finds what a report explains itself: the entries of its glossary (名词解释), its notes ［n］, and where the text uses them.

Leaves names that the report does not explain to `names`, and showing an explanation to `website`.
"""

from workreport.analysis.glossary.glosses import find

__all__ = ["find"]
