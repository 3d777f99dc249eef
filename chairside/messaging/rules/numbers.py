"""Phone numbers as networks write them (E.164)."""


def number_of(typed: str, region: str) -> str | None:
    """None for what is no number; `region` is the country that a number without one is of."""
    import phonenumbers

    try:
        number = phonenumbers.parse(typed, region)
    except phonenumbers.NumberParseException:
        return None
    if not phonenumbers.is_possible_number(number):
        return None
    return str(phonenumbers.format_number(number, phonenumbers.PhoneNumberFormat.E164))


def region_of(locale: str) -> str:
    """The country of a locale: US of en-US, and where it names none, the one in which most speak it."""
    from babel import Locale
    from babel.core import get_global

    language, _, rest = locale.partition("-")
    found = rest[-2:].upper() if rest else ""
    if found.isalpha() and len(found) == 2:
        return found
    likely = get_global("likely_subtags").get(Locale.parse(language).language, "")
    return likely.rpartition("_")[2] or "US"


def tail_of(number: str) -> str:
    """Digits by which the number is found, however it was typed."""
    return number.lstrip("+")[-8:]


STOP = frozenset({"stop", "stopall", "unsubscribe", "cancel", "end", "quit", "arret", "dezabonare", "إيقاف", "توقف", "قف"})
START = frozenset({"start", "unstop", "yes start", "abonare", "ابدأ", "اشتراك"})


def word_of(text: str) -> str | None:
    """`stop`, `start`, or neither. One word alone: "cancel my visit" is no STOP (CTIA's messaging principles)."""
    said = text.strip().strip(".!\u200f\u200e ").casefold()
    return "stop" if said in STOP else "start" if said in START else None
