"""What a clinic sees across its domains: the day board, the day's numbers."""

from chairside.reports.queries import Board, Numbers, get_board, get_numbers
from chairside.reports.rows import DayVisit

__all__ = ["Board", "DayVisit", "Numbers", "get_board", "get_numbers"]
