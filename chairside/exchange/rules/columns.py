"""Which column is which: by its name, else by what it holds; a person's correction comes before both."""

import re
from collections.abc import Callable, Mapping, Sequence
from typing import NamedTuple

from chairside.exchange.rules import dates, emails, headers, phones, targets
from chairside.exchange.rules.confidence import Confidence
from chairside.exchange.rules.refusals import ColumnNamedTwice, NoHeader, TargetTwice, UnknownColumn, UnknownTarget
from chairside.exchange.rules.text import one_line, shorten

# A name of column that says who or what else it is about, so that its other words are not to be trusted.
_SOMEONE_ELSE = re.compile(
    r"insur|carrier|employ|subscri|emerg|spouse|doctor|provider|referr|guarantorname|guarname|respname|visit|recall|appt|asigur"
)


class Guess(NamedTuple):
    target: str
    confidence: Confidence


def names(cells: Sequence[str]) -> tuple[str, ...]:
    """The columns' names, trimmed; a nameless one is called by its place. Refuses ColumnNamedTwice, NoHeader."""
    found = tuple(one_line(cell) or f"Column {place}" for place, cell in enumerate(cells, 1))
    places: dict[str, int] = {}
    for place, name in enumerate(found, 1):
        if (first := places.setdefault(name.casefold(), place)) != place:
            raise ColumnNamedTwice(name=shorten(name), first=first, second=place)
    _check_header(found)
    return found


def _check_header(found: tuple[str, ...]) -> None:
    # One known name may be a value: a row of data can well hold "Patient" or "Home".
    if sum(map(_known, found)) > 1:
        return
    for name in found:
        if emails.is_address(name) or dates.resembles(name) or (name.isdecimal() and len(name) > 3):
            raise NoHeader(value=shorten(name))


def _known(name: str) -> bool:
    folded = headers.key_of(name)
    return folded in headers.KNOWN or folded in headers.NAMES or folded in headers.PHONES


def guess(header: Sequence[str], sample: Sequence[Sequence[str]]) -> list[Guess]:
    """One guess for each column, from its name and, where the name says nothing, from the first few hundred records."""
    guesses: dict[int, Guess] = {}
    taken: set[str] = set()

    def take(place: int, target: str, confidence: Confidence) -> None:
        if place not in guesses and (target not in taken or target in targets.REPEATABLE):
            guesses[place] = Guess(target, confidence)
            taken.add(target)

    folded = [headers.key_of(name) for name in header]
    exact = [(*headers.KNOWN[name][::-1], place) for place, name in enumerate(folded) if name in headers.KNOWN]
    for _, target, place in sorted(exact):
        take(place, target, "certain")
    for place, name in enumerate(folded):
        if name in headers.NAMES:
            take(place, _name_beside(taken), "likely")
        elif name in headers.PHONES:
            for target in targets.PHONES:
                take(place, target, "likely")
    for place, name in enumerate(folded):
        if part := _by_part(name):
            take(place, part, "likely")
    for place, name in enumerate(folded):
        if place in guesses or name in headers.OTHERS or _SOMEONE_ELSE.search(name):
            continue
        if kind := _by_content([row[place] for row in sample if row[place].strip()]):
            take(place, kind, "unsure")
    return [guesses.get(place, Guess(targets.IGNORE, "likely")) for place in range(len(header))]


def _name_beside(taken: set[str]) -> str:
    if "first_name" in taken:
        return "last_name"
    return "first_name" if "last_name" in taken else "full_name"


# Looked for inside a name that is not known as a whole ("Patient's legal last name").
_PARTS = (
    ("last_name", re.compile(r"lastname|surname|familyname|numedefamilie|apellido|nachname")),
    ("first_name", re.compile(r"firstname|givenname|forename|prenume|prenom|vorname")),
    ("birth_date", re.compile(r"birthdate|dateofbirth|dob$|birthday|datanasterii|nacimiento|naissance|geburts")),
    ("email", re.compile(r"email|correo|courriel")),
    ("phone_mobile", re.compile(r"mobile|cellphone|cellular|wireless|telefonmobil|celular|handy")),
    ("phone_home", re.compile(r"homephone|phonehome|telefonfix|telefonacasa|festnetz")),
    ("phone_work", re.compile(r"workphone|phonework|businessphone|officephone|telefonserviciu")),
    ("postal_code", re.compile(r"zipcode|postalcode|postcode|codpostal|codigopostal|codepostal")),
    ("balance", re.compile(r"balance|saldo|soldcurent")),
    ("note", re.compile(r"notes?$|comments?$|observatii")),
)


def _by_part(name: str) -> str | None:
    if _SOMEONE_ELSE.search(name) or name in headers.OTHERS:
        return None
    return next((target for target, part in _PARTS if part.search(name)), None)


def _by_content(values: list[str]) -> str | None:
    """What nearly all of a few values or more look like, where looks do not deceive."""
    if len(values) < 5:
        return None
    if _share(values, emails.is_address) > 0.8:
        return "email"
    if _share(values, dates.resembles) > 0.8 and len(set(values)) > len(values) / 3:
        return "birth_date"
    if _share(values, phones.has_shape) > 0.8:
        return "phone_mobile"
    if {value.strip().casefold() for value in values} <= {"f", "m", "u", "female", "male", "unknown"}:
        return "sex"
    return None


def _share(values: list[str], test: Callable[[str], bool]) -> float:
    return sum(1 for value in values if test(value.strip())) / len(values)


def correct(header: Sequence[str], guesses: list[Guess], chosen: Mapping[str, str]) -> list[Guess]:
    """The guesses with a person's choices (column's name → target) over them; a guess gives way to a choice of its target.

    Refuses UnknownColumn, UnknownTarget, TargetTwice."""
    places = {name.casefold(): place for place, name in enumerate(header)}
    result = list(guesses)
    decided: dict[str, int] = {}
    for column, target in chosen.items():
        place = places.get(one_line(column).casefold())
        if place is None:
            raise UnknownColumn(column=shorten(column))
        if target != targets.IGNORE and target not in targets.LABELS:
            raise UnknownTarget(target=shorten(target))
        if target not in targets.REPEATABLE and decided.setdefault(target, place) != place:
            label = targets.LABELS[target]
            raise TargetTwice(target=label, first=shorten(header[decided[target]]), second=shorten(header[place]))
        result[place] = Guess(target, "chosen")
    for place, found in enumerate(result):
        if found.confidence != "chosen" and found.target in decided:
            result[place] = Guess(targets.IGNORE, "likely")
    return result
