"""What a clinic sees across its domains: the day board, the day's numbers, the day on paper."""

from chairside.reports.queries.board import Board, Numbers, get_board, get_numbers, list_changed
from chairside.reports.queries.day import DayReport, export_day, get_day, list_day_lines
from chairside.reports.queries.record import WholeRecord, get_record
from chairside.reports.queries.sheet import draw_day_sheet
from chairside.reports.queries.slips import draw_route_slips
from chairside.reports.queries.week import Week, WeekDay, get_week
from chairside.reports.rows import DayVisit, Figure, Line, Taken

__all__ = [
    "Board", "DayReport", "DayVisit", "Figure", "Line", "Numbers", "Taken", "Week", "WeekDay", "WholeRecord", "draw_day_sheet",
    "draw_route_slips", "export_day", "get_board", "get_day", "get_numbers", "get_record", "get_week", "list_changed",
    "list_day_lines",
]  # fmt: skip
