"""Bringing a file in: upload, analysis, run, undoing."""
