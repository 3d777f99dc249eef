"""The edge: from a request to an operation, from a refusal to an answer."""

from chairside.kernel.http.envelope import Envelope
from chairside.kernel.http.headers import InOp, SeenVersion, Version
from chairside.kernel.http.problems import answer_refusals
from chairside.kernel.http.route import Personal, Polled, Route, Upload
from chairside.kernel.http.shapes import MoneyShape, Page, Strict, View

__all__ = [
    "Envelope", "InOp", "MoneyShape", "Page", "Personal", "Polled", "Route", "SeenVersion", "Strict", "Upload", "Version", "View",
    "answer_refusals",
]  # fmt: skip
