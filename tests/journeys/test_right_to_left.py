"""Words of another direction stand where the reader begins, not at the far end of their row."""

import json
from collections.abc import Callable
from datetime import timedelta

import pytest
from playwright.sync_api import Locator

from tests.journeys.clinic import Practice
from tests.journeys.person import Person

PREFER = "preferences => localStorage.setItem('chairside.preferences', JSON.stringify(preferences))"


@pytest.fixture
def reader(sit: Callable[..., Person], practice: Practice) -> Person:
    """Somebody who reads Arabic, in a clinic whose names are Latin."""
    reader = sit(practice.clinic)
    reader.page.context.add_init_script(f"({PREFER})({json.dumps({'locale': 'ar'})})")
    return reader


def begins(what: Locator) -> float:
    box = what.bounding_box()
    assert box
    return box["x"] + box["width"]


def test_a_latin_name_in_a_row(reader: Person, practice: Practice) -> None:
    clinic, page = practice.clinic, reader.page
    clinic.post("/holidays", date=(clinic.today + timedelta(10)).isoformat(), name="Harvest")
    reader.go(f"{clinic.home}/admin/hours")
    row = page.get_by_role("listitem").filter(has_text="Harvest")
    reader.sees(row)
    day, name = row.locator("bdi").first, row.get_by_text("Harvest")
    assert begins(name) < begins(day), "the name follows the day"
    remove = row.get_by_role("button").bounding_box()
    assert remove and begins(name) - remove["x"] > 200, "and is far from the button at the end"

    maria = clinic.patient()
    reader.go(f"{clinic.home}/patients/{maria['id']}?tab=ledger")
    reader.sees(reader.heading("Maria Okafor"))
    reader.press("+")
    reader.is_at(reader.dialog().get_by_role("combobox"))
    reader.press("ArrowDown")
    option = page.get_by_role("option").filter(has_text="Check-up")
    reader.sees(option)
    assert begins(option) - begins(option.get_by_text("Check-up", exact=True)) < 20
