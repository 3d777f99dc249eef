"""Amounts: integers in minor units, with their currency."""

from typing import NamedTuple

EXPONENTS = {
    "BHD": 3, "BIF": 0, "CLP": 0, "DJF": 0, "GNF": 0, "IQD": 3, "ISK": 0, "JOD": 3, "JPY": 0, "KMF": 0, "KRW": 0, "KWD": 3,
    "LYD": 3, "OMR": 3, "PYG": 0, "RWF": 0, "TND": 3, "UGX": 0, "UYI": 0, "VND": 0, "VUV": 0, "XAF": 0, "XOF": 0, "XPF": 0,
}  # fmt: skip
"""ISO 4217: how many digits stand after the decimal mark, where that is not two."""

MOST = 10**12
"""The largest amount that is accepted anywhere: far above any invoice, far below what a bigint or a double can hold."""


class Money(NamedTuple):
    amount: int
    currency: str


def exponent(currency: str) -> int:
    return EXPONENTS.get(currency, 2)
