"""Each role at the screen: what it may not do is not offered, what it may not see says so in a sentence, and nothing that is
asked in the background is refused."""

import re
from collections.abc import Callable
from dataclasses import dataclass, replace
from typing import Any

import pytest
from playwright.sync_api import Locator, Response, expect

from tests.journeys.clinic import Clinic, Practice
from tests.journeys.person import Person
from tests.journeys.staff import Member

NOT_YOURS = "Your role does not include this."
LOOKED_AFTER = ["Clinic", "Hours", "Providers", "Staff", "Roles", "Security", "Operatories", "Services"]
ORDERS = "Rx and lab"
EVERY_TAB = ["Summary", "Medical", "Plan", "Visits", "Details", "Messages", "Ledger"]
CLINICAL = ["Summary", "Medical", "Chart", "Perio", "Notes", "Plan", ORDERS, "Imaging", "Visits", "Details", "Messages"]
COME_IN = ["Requests", "Texts", "Accepted, not booked"]
NOTES = ["Unsigned notes", "Note templates"]
SET_UP = ["Calendars", "Types of recall", "Booking page", "Reminders"]
PRACTICE = [*LOOKED_AFTER, *SET_UP, "Bring patients in"]
EVERY_MONEY = ["Take payment", "New invoice", "Add charge", "Adjust", "Refund", "Void"]


@dataclass
class Role:
    """What it is offered. `money`: on the ledger, in a payment and on an invoice."""

    screens: list[str]
    tabs: list[str]
    books: bool = False
    registers: bool = False
    archives: bool = False
    writes: bool = False
    closes: bool = False
    manages: bool = False
    invites: bool = False
    money: tuple[str, ...] = ()


FRONT = ["Schedule", "Patients"]
FRONT_AND_DAY = ["Schedule", "The day", "Patients"]
DESK = Role(
    [*FRONT_AND_DAY, "Register a patient", "Lab cases", *COME_IN, "Billing"], [*EVERY_TAB[:3], ORDERS, *EVERY_TAB[3:]], books=True, registers=True, archives=True, writes=True, closes=True,
    money=("Take payment", "New invoice", "Add charge"),
)  # fmt: skip
MANAGER = replace(
    DESK,
    tabs=EVERY_TAB,
    screens=[*(one for one in DESK.screens if one != "Lab cases"), *PRACTICE],
    manages=True,
    money=tuple(EVERY_MONEY),
)
ANSWERS = replace(MANAGER, screens=[*MANAGER.screens, "Audit", *NOTES], tabs=[*CLINICAL, "Ledger", "Who opened it"], invites=True)
ROLES = {
    "owner": replace(ANSWERS, screens=[*ANSWERS.screens, "Lab cases"]),
    "admin": ANSWERS,
    "manager": MANAGER,
    "receptionist": DESK,
    "dentist": Role([*FRONT, *COME_IN, "Billing", "Lab cases", *NOTES], [*CLINICAL, "Ledger"], books=True, writes=True),
    "hygienist": Role([*FRONT, *COME_IN, "Lab cases", *NOTES], CLINICAL, books=True, writes=True),
    "assistant": Role([*FRONT, *COME_IN, "Lab cases", *NOTES], CLINICAL),
    "accountant": Role(
        [*FRONT_AND_DAY, *COME_IN, "Billing"],
        [tab for tab in EVERY_TAB if tab != "Medical"],
        closes=True,
        money=tuple(EVERY_MONEY),
    ),
    "auditor": Role(["Staff", "Roles", "Security", "Audit"], []),
}


class Shift:
    """Somebody of one role at work in a practice that has a visit, an invoice and a payment."""

    def __init__(self, person: Person, practice: Practice) -> None:
        self.person, self.page, self.home = person, person.page, practice.clinic.home
        clinic = practice.clinic
        maria = clinic.patient()
        self.visit: Any = practice.booked(maria, "15:00")
        self.colleagues: Any = clinic.appointment(maria, practice.popa, practice.two, practice.check_up, "16:00")
        self.invoice: Any = clinic.invoice(maria, 10_000)
        clinic.charge(maria, 500)
        clinic.post("/payments", patient_id=maria["id"], amount=clinic.money(1_000), method="cash", allocations=[])
        self.patient = f"{self.home}/patients/{maria['id']}"
        self.main = self.page.get_by_role("main")
        self.refused: list[str] = []
        self.page.on("response", self._answered)

    def _answered(self, response: Response) -> None:
        if response.status >= 400 and not response.url.endswith("/api/v1/session"):
            self.refused.append(f"{response.status} {response.request.method} {response.url}")

    def at(self, path: str, *, shows: Locator) -> None:
        self.person.go(path if path.startswith("http") else self.home + path)
        self.person.sees(shows)

    def may_not_see(self, *paths: str) -> None:
        for path in paths:
            self.at(path, shows=self.page.get_by_text(NOT_YOURS))

    def offers(self, *names: str, within: Locator | None = None) -> list[str]:
        """Which of these can be pressed or followed."""
        where = within or self.main
        return [
            name
            for name in names
            if where.get_by_role("button", name=re.compile(f"^{name}"), disabled=False)
            .or_(where.get_by_role("link", name=re.compile(f"^{name}")))
            .count()
        ]

    def commands(self, *names: str) -> list[str]:
        """Which of these the palette has."""
        self.person.press("Control+k")
        palette = self.person.dialog("Command palette")
        self.person.sees(palette.get_by_role("option").first)
        found = [name for name in names if palette.get_by_role("option", name=re.compile(f"^{name}")).count()]
        self.person.press("Escape")
        expect(palette).to_have_count(0)
        return found

    def who_works_here(self, role: Role) -> None:
        if "Staff" not in role.screens:
            return self.may_not_see("/admin/staff", "/admin/roles")
        self.at("/admin/staff", shows=self.page.get_by_role("row").filter(has_text="Ana Dinu"))
        assert bool(self.offers("Invite somebody")) == role.invites
        assert bool(self.offers("Ana Dinu")) == role.invites
        assert bool(self.commands("Invite somebody")) == role.invites
        self.at("/admin/roles", shows=self.page.get_by_role("row").filter(has_text="Comes with Chairside"))
        assert bool(self.offers("New role")) == role.invites
        return None


OWN = ("dentist", "hygienist")
"""They book with themselves alone: here they are Dr. Marin."""


@pytest.fixture(params=ROLES)
def name(request: pytest.FixtureRequest) -> str:
    return str(request.param)


@pytest.fixture
def shift(name: str, sit: Callable[..., Person], join: Callable[[Clinic, str], Member], practice: Practice) -> Shift:
    if name == "owner":
        return Shift(sit(practice.clinic), practice)
    member = join(practice.clinic, name)
    if name in OWN:
        practice.marin = practice.clinic.provider_is(practice.marin, member.email)
    return Shift(sit(member), practice)


def test_is_offered_what_it_may_do_and_nothing_else(name: str, shift: Shift) -> None:
    role, page, person = ROLES[name], shift.page, shift.person
    every = [
        "Schedule",
        "The day",
        "Patients",
        "Register a patient",
        "Lab cases",
        *COME_IN,
        "Billing",
        *PRACTICE,
        "Audit",
        *NOTES,
    ]
    screens = sorted(role.screens, key=every.index)
    seen = "Schedule" in screens

    # The day.
    grid = page.get_by_role("application")
    shift.at("/schedule", shows=grid if seen else page.get_by_text(NOT_YOURS))
    assert shift.offers(*every, within=page.get_by_role("navigation", name="Main")) == screens
    assert shift.commands(*every, "Close the day") == [*screens, *(["Close the day"] if role.closes else [])]
    if not seen:
        shift.may_not_see("/patients", "/patients/new", shift.patient, "/billing", "/admin/clinic", "/admin/hours")
        shift.may_not_see("/admin/providers", "/admin/services", "/import", "/start", "/day", "/billing/day-close")
        shift.who_works_here(role)
        assert shift.refused == []
        return
    assert bool(shift.offers("Book")) == role.books
    expect(page.get_by_text("or a free time to book")).to_have_count(1 if role.books else 0)
    person.press("n")
    if role.books:
        person.sees(person.dialog("Book a visit"))
        person.type("Nobody Atall")
        new = person.dialog().get_by_role("option", name=re.compile("^Register"))
        if role.registers:
            person.sees(new)
        else:
            person.sees(person.dialog().get_by_text("No patient matches"))
            expect(new).to_have_count(0)
        person.press("Escape")
    expect(person.dialog()).to_have_count(0)
    shift.at(f"/schedule?visit={shift.visit['id']}", shows=page.get_by_role("heading", name=re.compile("Maria Okafor")))
    verbs = ["Arrived", "Move", "Complete", "Cancel visit", "Add a note"]
    assert shift.offers(*verbs) == (verbs if role.books else [])
    person.press("x")
    expect(person.dialog()).to_have_count(1 if role.books else 0)
    shift.at(f"/schedule?visit={shift.colleagues['id']}", shows=page.get_by_role("heading", name=re.compile("Maria Okafor")))
    assert shift.offers(*verbs) == (verbs if role.books and name not in OWN else [])

    # A patient.
    shift.at("/patients", shows=page.get_by_role("link", name="Maria Okafor"))
    assert bool(shift.offers("Register")) == role.registers
    shift.at("/patients?q=zzzz", shows=page.get_by_text("No patient matches"))
    assert bool(shift.offers("Register a patient")) == role.registers
    shift.at(shift.patient, shows=page.get_by_role("heading", name="Maria Okafor"))
    person.sees(page.get_by_role("heading", name="Contact"))
    tabs = [tab.split("\n")[0] for tab in page.get_by_role("tab").all_inner_texts()]
    assert tabs == role.tabs
    assert bool(shift.offers("Book a visit")) == role.books
    assert bool(shift.offers("More")) == (role.archives or "Chart" in tabs)  # to archive, or to print the record
    assert bool(shift.offers("Edit")) == role.writes
    expect(shift.main.get_by_role("heading", name="Balance")).to_have_count(1 if "Ledger" in tabs else 0)
    shift.at(f"{shift.patient}?tab=details", shows=page.get_by_label(re.compile("^First name")))
    assert bool(shift.offers("Save changes")) == role.writes
    assert page.get_by_label(re.compile("^First name")).is_editable() == role.writes

    # Money.
    if "Ledger" not in tabs:
        shift.may_not_see(f"{shift.patient}?tab=ledger", f"{shift.patient}/invoices/{shift.invoice['id']}", "/billing")
        shift.at(shift.patient, shows=page.get_by_role("heading", name="Maria Okafor"))
        person.press("7", "l")
        expect(page.get_by_role("tab", name=re.compile("^Summary"))).to_have_attribute("aria-selected", "true")
    else:
        shift.at(f"{shift.patient}?tab=ledger", shows=page.get_by_role("button", name="Payment · Cash"))
        offered = shift.offers("Take payment", "New invoice", "Add charge")
        more = shift.main.get_by_role("tabpanel").get_by_role("button", name="More")
        if more.count():
            more.first.click()
            offered += ["Adjust"] if page.get_by_role("menuitem", name=re.compile("^Adjust")).count() else []
            person.press("Escape")
        page.get_by_role("button", name="Payment · Cash").click()
        person.sees(person.dialog().get_by_role("link", name="Receipt"))
        assert bool(shift.offers("Email", within=person.dialog())) == bool(role.money)
        offered += shift.offers("Refund", within=person.dialog())
        person.press("Escape")
        shift.at(f"{shift.patient}/invoices/{shift.invoice['id']}", shows=page.get_by_role("heading", name=re.compile("Invoice")))
        person.sees(page.get_by_text("No payments yet"))
        assert bool(shift.offers("Email")) == bool(role.money)
        offered += shift.offers("Void")
        assert tuple(offered) == role.money
        shift.at("/billing", shows=page.get_by_role("link", name=shift.invoice["number"]))

    # The end of the day.
    if "The day" in role.screens:
        shift.at("/day", shows=page.get_by_role("row").nth(1))
        assert bool(shift.offers("Close the day")) == role.closes
    else:
        shift.may_not_see("/day")
    if role.closes:
        shift.at("/billing/day-close", shows=page.get_by_role("heading", name="Close the day"))
        person.sees(person.field("What the terminal says"))
        assert bool(shift.offers("Drawer")) == role.manages
    else:
        shift.may_not_see("/billing/day-close")

    # The practice.
    shift.who_works_here(role)
    for path, adds, one in [
        ("providers", "Add a provider", "Dr. Radu Popa"),
        ("operatories", "Add an operatory", "Room 2"),
        ("services", "Add a service", "Check-up"),
    ]:
        shift.at(f"/admin/{path}", shows=page.get_by_role("row").filter(has_text=one))
        assert shift.offers(adds, one) == ([adds, one] if role.manages else [])
    shift.at("/admin/clinic", shows=person.field("Clinic name"))
    assert person.field("Clinic name").is_editable() == role.manages
    shift.at("/admin/hours", shows=page.get_by_role("heading", name="Days closed"))
    assert bool(shift.offers("Add the day")) == role.manages
    if not role.manages:
        shift.may_not_see("/import", "/start")
    if not role.registers:
        shift.may_not_see("/patients/new")
    assert shift.refused == []


@pytest.mark.parametrize(
    ("permissions", "screen", "sees"),
    [
        (["service_accounts.read", "service_accounts.write"], "Security", "No programs"),
        (["security.write"], "Security", "Second factor"),
        (["members.read"], "Security", "people are signed in"),
        (["reports.read"], "The day", "Visits"),
    ],
    ids=lambda one: one[0] if isinstance(one, list) else "",
)
def test_a_screen_that_needs_any_of_several_opens_with_each(
    permissions: list[str],
    screen: str,
    sees: str,
    practice: Practice,
    sit: Callable[..., Person],
    join: Callable[[Clinic, str], Member],
) -> None:
    role = practice.clinic.post(
        "/roles", name="One thing", description=None, permissions=["clinic.read", *permissions], copied_from=None
    )
    person = sit(join(practice.clinic, role["slug"]))
    person.go(f"{practice.clinic.home}/preferences")
    person.click(person.page.get_by_role("link", name=re.compile(f"^{screen}")))
    person.sees(person.page.get_by_role("main").get_by_text(sees))
    expect(person.page.get_by_text(NOT_YOURS)).to_have_count(0)
