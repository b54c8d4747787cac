"""Knows the public names of the reading of ranks. Leaves the reading itself to its modules."""

from workreport.analysis.indicators.ranks.first_of_kind import firsts
from workreport.analysis.indicators.ranks.rank_owners import RankSpan, read_ranks
from workreport.analysis.indicators.ranks.rank_places import placed
from workreport.analysis.indicators.ranks.standing import TRIGGER, Standing

__all__ = ["TRIGGER", "RankSpan", "Standing", "firsts", "placed", "read_ranks"]
