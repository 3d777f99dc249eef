"""Paper: facts in, a PDF out."""

from chairside.documents.drawing import render

__all__ = ["render"]
