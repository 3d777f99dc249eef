"""A time that is free: who could come, of all who wait and of all who are due."""

from chairside.filling.queries.candidates import NoTimeAtAll, list_candidates
from chairside.filling.rows import Candidate
from chairside.filling.rules import Ranked

__all__ = ["Candidate", "NoTimeAtAll", "Ranked", "list_candidates"]
