"""Where alone it is safe to write to somebody. Who named one address is written to nowhere else, not even by another channel."""

from chairside.messaging.rows import ContactPreference
from chairside.messaging.rules.numbers import number_of


def is_safe_email(wish: ContactPreference, address: str) -> bool:
    if wish.only_email:
        return wish.only_email.casefold() == address.casefold()
    return not wish.only_phone


def is_safe_number(wish: ContactPreference, number: str, region: str) -> bool:
    """`number` as it is dialled from anywhere (+40…); `region` is where the clinic is."""
    if wish.only_phone:
        return number_of(wish.only_phone, region) == number
    return not wish.only_email
