"""Who may ask what: every route asked by every role, by somebody of another clinic and by nobody, and what each was told.

The table is routes_by_role.txt: `yes`, or the status of the refusal. It is the whole of what a role means over HTTP. Where a change
is meant, `CHAIRSIDE_GOLDEN=write pytest tests/walls/test_routes_by_role.py` writes it anew, to be read in the review.
"""

import os
from pathlib import Path
from typing import Any

import pytest

from chairside.kernel.op import Op
from tests.walls.requests import NEVER, REQUESTS, Request, booking
from tests.walls.test_routes import routes
from tests.walls.world import ROLES, World, versions

GOLDEN = Path(__file__).parent / "routes_by_role.txt"
ASKERS = (*ROLES, "stranger", "nobody")
WORDS = {"yes", "401", "403", "404"}
# Whoever may book or take along only their own: the same routes once more, on a visit with the one who asks.
OWN = {
    "book_appointment": Request(booking()), "hold_time": REQUESTS["hold_time"],
    "change_appointment": REQUESTS["change_appointment"],
    "reschedule_appointment": REQUESTS["reschedule_appointment"], "confirm_appointment": Request(),
    "complete_visit": REQUESTS["complete_visit"], "cancel_appointment": REQUESTS["cancel_appointment"],
    "make_calendar_feed": Request(), "book_series": REQUESTS["book_series"], "cancel_series": REQUESTS["cancel_series"],
    "undo_series_cancellation": Request(), "reschedule_series": REQUESTS["reschedule_series"],
    "add_outside_calendar": REQUESTS["add_outside_calendar"],
}  # fmt: skip
UNSEEN = {
    "list_letters": "the development mailbox is not there", "get_letter_html": "the development mailbox is not there",
    "get_letter_attachment": "the development mailbox is not there",
    "hear_notice": "no topic is named there",
    "list_texts": "the development phone is not there", "answer_text": "the development phone is not there",
}  # fmt: skip


# What wants something that an authenticator or a provider has signed (tests/identity), or a mail server: the answer, whichever.
CEREMONY = {
    "sign_in_by_passkey", "add_passkey", "rename_passkey", "remove_passkey", "confirm_authenticator", "make_recovery_codes",
    "ask_new_password", "go_outside", "go_outside_invited", "go_outside_to_prove", "come_back", "take_second_step", "link_outside_identity", "unlink_outside_identity",
    "show_unsubscription", "unsubscribe", "go_to_calendar", "come_back_from_calendar",
}  # fmt: skip


async def told(world: World, elsewhere: World, asker: str, route: Any, things: dict[str, str] | None = None) -> str:
    """In one word; what is no plain yes or no is told in full, and is in no golden table."""
    token = {**world.tokens, "stranger": elsewhere.tokens["owner"], "nobody": None}[asker]
    own = {**world.own, "stranger": elsewhere.own["owner"]}.get(asker, {})
    personal = {
        name: own.get(name, NEVER)
        for name in ("own_session", "own_hold", "own_view", "own_note", "own_waiting", "own_prescription")
    }
    # An address is of one session; whoever may have none tries the owner's.
    personal |= {name: own.get(name, world.things[name]) for name in ("own_file", "own_part")}
    answer = await world.ask(route, token=token, things=personal | (things or {}))
    if answer.status in (200, 201, 202, 204):
        return "yes"
    if (str(answer.status) in WORDS and answer.code in ("NotSignedIn", "NoSuchThing", "NotAllowed")) or answer.status == 403:
        return str(answer.status)
    if route.name in CEREMONY:
        return str(answer.status)
    return f"{answer.status} {answer.body.decode()[:300]}"


def line(name: str, cells: list[str]) -> str:
    return f"{name:32}" + " ".join(f"{cell:>{len(asker)}}" for asker, cell in zip(ASKERS, cells, strict=True)) + "\n"


async def drawn(world: World, elsewhere: World, asked: list[Any]) -> str:
    table = line("", list(ASKERS))
    for route in asked:
        table += line(route.name, [await told(world, elsewhere, asker, route) for asker in ASKERS])
        if route.name in OWN:
            cells = [await told(world, elsewhere, asker, route, world.own.get(asker)) for asker in ASKERS]
            table += line(f"{route.name}, own", cells)
    return table


def cells(table: str) -> dict[str, list[str]]:
    return {row[:32].strip(): row[32:].split() for row in table.splitlines()[1:]}


@pytest.fixture(scope="module")
async def table(worlds: tuple[World, World]) -> str:
    north, south = worlds
    return await drawn(north, south, routes())


async def test_is_the_one_we_agreed_to(table):
    if os.environ.get("CHAIRSIDE_GOLDEN") == "write":
        GOLDEN.write_text(table)
    agreed = cells(GOLDEN.read_text())
    found = cells(table)
    other = {name: (agreed.get(name), found.get(name)) for name in {*agreed, *found} if agreed.get(name) != found.get(name)}
    assert other == {}, "if this is meant, see the head of this file"


async def test_has_a_line_for_every_route_and_no_other(table):
    assert {name.partition(",")[0] for name in cells(GOLDEN.read_text())} == {route.name for route in routes()}


async def test_says_yes_or_no_and_why_of_everybody(table):
    """A request that fails for another reason proves nothing about roles: tests/walls/requests.py has a better one."""
    assert {name: row for name, row in cells(table).items() if name not in CEREMONY and not set(row) <= WORDS} == {}


async def test_has_somebody_who_may(table):
    assert {name for name, row in cells(table).items() if "yes" not in row} == {*UNSEEN, *CEREMONY}


async def test_lets_no_stranger_and_nobody_in(table):
    """What has a clinic in its address."""
    inside = {route.name for route in routes() if "{clinic}" in route.path}
    for name, row in cells(table).items():
        if name.partition(",")[0] in inside:
            assert row[-2:] == ["404", "401"], name


async def test_notices_a_role_that_may_more(worlds, monkeypatch, root):
    north, south = worlds
    [route] = [route for route in routes() if route.name == "refund_payment"]
    before = await told(north, south, "assistant", route)
    monkeypatch.setattr(Op, "require", lambda op, *permissions: None)
    assert (before, await told(north, south, "assistant", route)) == ("403", "yes")


async def test_leaves_everything_as_it_was(table, worlds, root):
    """Or the order of the routes would decide what the later ones are told."""
    for world in worlds:
        assert versions(root, world.clinic.id) == world.versions
