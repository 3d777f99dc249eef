"""Paper: facts in, a PDF out."""

from chairside.documents.drawing import render, words
from chairside.documents.formats import language_of, long_day, time_of, write_money

__all__ = ["language_of", "long_day", "render", "time_of", "words", "write_money"]
