"""Paper: facts in, a PDF out."""

from chairside.documents.drawing import render, words
from chairside.documents.formats import language_of, long_day, short_day, time_of, write_money
from chairside.documents.letterhead import address_lines, sender

__all__ = ["address_lines", "language_of", "long_day", "render", "sender", "short_day", "time_of", "words", "write_money"]
