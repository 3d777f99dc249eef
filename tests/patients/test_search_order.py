"""Whatever way a search is answered, by walking or by trigrams, the same people come in the same order."""

import pytest

from chairside.patients import rules

FIRST = ("Maria", "Ana", "Mariana", "Zoë", "Иван", "Ștefan", "\u0641\u0627\u0637\u0645\u0629", "Ion")
LAST = ("Popescu", "Mar", "Osmar", "Ionescu-Popescu", "Иванов", "Al Masri", "Zot", "Maria")
TERMS = (
    "mar", "maria", "ma", "m", "popescu", "pop", "pesc", "maria popescu", "popescu mar", "al masri", "masri", "an", "zo", "ван", "иван",
    "ио", "\u0641\u0627\u0637", "\u0637\u0645\u0629", "stef", "ion pop", "popescu ionescu", "xyz", "escu zoe",
)  # fmt: skip


def expected(people: dict[str, bool], term: str) -> list[str]:
    """By reading everybody; names to whether they are archived."""
    wanted = rules.understand(term)
    words = wanted.start.split()
    beginnings = dict.fromkeys([wanted.start, ", ".join([words[0], " ".join(words[1:])]), f"{words[-1]}, {' '.join(words[:-1])}"])
    beginnings = list(beginnings) if len(words) > 1 else [wanted.start]

    def place(name: str) -> tuple[int, int, str] | None:
        first, last = name.split("|")
        key = rules.sort_key(last, first)
        text = " " + rules.fold(f"{last} {first}")
        begins = [n for n, beginning in enumerate(beginnings) if key.startswith(beginning)]
        held = all((word if len(word) > 2 else f" {word}") in text for word in words)
        if not begins and not held:
            return None
        if people[name]:
            return 3, 0, key
        return (0, begins[0], key) if begins else (1, 0, key) if f" {wanted.start}" in text else (2, 0, key)

    found = [(where, name) for name in people if (where := place(name))]
    return [name for _, name in sorted(found)]


@pytest.fixture
async def people(north, given):
    """Every first name with every last; one in nine is archived."""
    made = {}
    for number, (first, last) in enumerate((first, last) for last in LAST for first in FIRST):
        patient = await given.patient(north, first, last)
        made[f"{first}|{last}"] = number % 9 == 4
        if number % 9 == 4:
            await north.ask("POST", f"/patients/{patient.id}/archival", version=1)
    return made


async def test_finds_whom_reading_everybody_finds(north, people):
    for term in TERMS:
        items = (await north.ask("POST", "/patients/searches", json={"q": term, "limit": 50})).json()["items"]
        assert [f"{one['first_name']}|{one['last_name']}" for one in items] == expected(people, term)[:50], term


async def test_does_not_confuse_letters_with_the_digits_that_spell_them(north, given):
    await given.patient(north, "Иван", "Иванов")
    for term in ("430", "432", "EDC", "edc", "dlm"):
        assert (await north.ask("POST", "/patients/searches", json={"q": term})).json()["items"] == []


async def test_numbers_of_the_state_do_not_slow_the_next_number(north, given, root):
    await north.ask(
        "POST", "/patients", json={"first_name": "A", "last_name": "B", "birth_date": "1990-01-01", "register_number": "41"}
    )
    for number in range(3):
        await north.ask("POST", "/patients", json={
            "first_name": "A", "last_name": "B", "birth_date": "1990-01-01", "register_number": f"198001010000{number}",
        })  # fmt: skip
    answer = await north.ask("POST", "/patients", json={"first_name": "A", "last_name": "C", "birth_date": "1990-01-01"})
    assert answer.json()["register_number"] == "42"
