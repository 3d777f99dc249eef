"""The national provider identifier of the United States."""

PREFIX = 24  # what the issuer's prefix 80840 adds to the sum


def is_npi(text: str) -> bool:
    """Ten digits, the last a check digit by Luhn over the prefix 80840 and the other nine (45 CFR 162.406)."""
    if len(text) != 10 or not text.isascii() or not text.isdigit():
        return False
    digits = [int(digit) for digit in reversed(text)]
    doubled = (sum(divmod(digit * 2, 10)) for digit in digits[1::2])
    return (PREFIX + sum(digits[0::2]) + sum(doubled)) % 10 == 0
