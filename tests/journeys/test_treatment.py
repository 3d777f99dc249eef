"""A dentist plans, the patient decides and signs, the desk books, and what is done is charged once."""

import re
from collections.abc import Callable
from typing import Any

from playwright.sync_api import expect

from tests.journeys.clinic import Clinic, Practice
from tests.journeys.person import Person
from tests.journeys.record import agreed

Sit = Callable[..., Person]
PLANNED: tuple[tuple[str, str, dict[str, Any]], ...] = (
    ("26", "restoration", {"surfaces": ["M", "O"], "material": "composite"}),
    ("16", "crown", {"material": "ceramic"}),
)


def planned(clinic: Clinic) -> Any:
    """A patient in whose chart a filling and a crown are planned already."""
    patient = clinic.patient()
    clinic.ask("PATCH", "", version=clinic.get("")["version"], json={"tooth_notation": "fdi"})
    clinic.post("/procedures/starting-list")
    for tooth, condition, more in PLANNED:
        path = f"/patients/{patient['id']}/tooth-chart/findings"
        clinic.post(path, teeth=[tooth], condition=condition, layer="planned", **more)
    return patient


def plans_of(clinic: Clinic, patient: Any) -> Any:
    return clinic.get(f"/patients/{patient['id']}/treatment-plans")["items"]


def draws(desk: Person) -> None:
    pad = desk.page.get_by_role("img", name="A field to sign in")
    pad.scroll_into_view_if_needed()
    box = pad.bounding_box()
    assert box
    mouse = desk.page.mouse
    mouse.move(box["x"] + 50, box["y"] + 30)
    mouse.down()
    for step in range(1, 11):
        mouse.move(box["x"] + 50 + step * 15, box["y"] + 30 + (step % 3) * 20)
    mouse.up()


class TestPlanning:
    def test_a_plan_of_two_phases_is_signed_with_eight_keys(self, clinic: Clinic, sit: Sit) -> None:
        patient = planned(clinic)
        desk = sit(clinic)
        desk.go(f"{clinic.home}/patients/{patient['id']}")
        desk.sees(desk.page.get_by_role("tab", name="Plan"))
        with desk.counting("a plan of two phases, shown, accepted and signed") as count:
            desk.press("6")
            desk.sees(desk.button(re.compile("Bring in what is planned")))
            desk.press("b")
            desk.is_told("2 items brought in")
            desk.is_at(desk.page.get_by_role("group", name="Ceramic crown 16"))
            desk.press("Shift+ArrowDown")
            desk.sees(desk.page.get_by_role("region", name="Phase 2"))
            desk.is_told("Item moved")
            desk.press("v")
            desk.sees(desk.dialog("Treatment plan"))
            desk.sees(desk.button(re.compile("^Accept all")))
            desk.press("a")
            draws(desk)
            desk.is_at(desk.button("Sign"))
            desk.press("Enter")
            desk.is_told("Signed")
        assert count.keys <= 8 and count.clicks == 0
        desk.sees(desk.page.get_by_role("img", name="Signature of Maria Okafor"))
        [plan] = plans_of(clinic, patient)
        assert [(one["tooth"], one["phase"], one["status"]) for one in plan["items"]] == [
            ("26", 1, "accepted"), ("16", 2, "accepted"),
        ]  # fmt: skip
        assert plan["versions"][0]["signed_at"]
        # What a browser does with a PDF is its own; that it is asked for the right one is ours.
        desk.page.evaluate("window.open = url => { window.asked = url }")
        desk.press("r")
        paper = desk.page.evaluate("window.asked")
        assert paper.endswith("/presentation/1/pdf")
        assert clinic.http.get(f"{clinic.origin}{paper}").content.startswith(b"%PDF")

    def test_the_same_takes_six_clicks(self, clinic: Clinic, sit: Sit) -> None:
        patient = planned(clinic)
        desk = sit(clinic)
        desk.go(f"{clinic.home}/patients/{patient['id']}")
        with desk.counting("by clicks") as count:
            desk.click(desk.page.get_by_role("tab", name="Plan"))
            desk.click(desk.button(re.compile("Bring in what is planned")))
            row = desk.page.get_by_role("group", name="Ceramic crown 16")
            desk.click(desk.button("Later", row))
            desk.is_told("Item moved")
            desk.click(desk.button(re.compile("Show to the patient")))
            desk.click(desk.button(re.compile("^Accept all")))
            draws(desk)
            desk.click(desk.button("Sign"))
            desk.is_told("Signed")
        assert count.clicks <= 6 and count.keys == 0

    def test_an_alternative_stands_beside_it_and_one_is_chosen(self, clinic: Clinic, sit: Sit) -> None:
        patient = planned(clinic)
        desk = sit(clinic)
        desk.go(f"{clinic.home}/patients/{patient['id']}?tab=plan")
        desk.click(desk.button(re.compile("Bring in what is planned")))
        row = desk.page.get_by_role("group", name="Ceramic crown 16")
        desk.click(desk.button(re.compile("More about"), row))
        desk.click(desk.page.get_by_role("menuitem", name="Alternative"))
        form = desk.dialog(re.compile("Instead of"))
        desk.field("Procedure", form).fill("FI-03")
        desk.press("Enter")
        desk.field("Surfaces", form).fill("mod")
        desk.click(desk.button("Add", form))
        desk.is_told("Procedure added")
        desk.sees(desk.page.get_by_text("One of these"))
        desk.press("v")
        desk.sees(desk.button(re.compile("^Accept all")))
        desk.press("a")
        shown = desk.dialog("Treatment plan")
        expect(shown.get_by_role("button", name="Accept", exact=True).and_(shown.locator("[aria-pressed=true]"))).to_have_count(2)
        desk.click(shown.get_by_role("button", name="Accept", exact=True).last)
        expect(shown.get_by_role("button", name="Decline", exact=True).and_(shown.locator("[aria-pressed=true]"))).to_have_count(
            1
        )

    def test_of_two_who_change_a_plan_the_later_sees_both(self, clinic: Clinic, sit: Sit) -> None:
        patient = planned(clinic)
        home = f"/patients/{patient['id']}/treatment-plans"
        plan = clinic.post(home, title="Restorations")
        plan = clinic.post(f"{home}/{plan['id']}/planned-findings")["plan"]
        desk = sit(clinic)
        desk.go(f"{clinic.home}/patients/{patient['id']}?tab=plan")
        row = desk.page.get_by_role("group", name="Ceramic crown 16")
        desk.sees(row)
        desk.page.route(re.compile("/stream"), lambda route: route.abort())
        desk.page.route(re.compile("/order$"), lambda route: _meanwhile(clinic, home, plan, route))
        desk.expects(412)
        desk.away = True
        row.focus()
        desk.press("Shift+ArrowDown")
        asked = desk.dialog("Somebody changed this plan meanwhile")
        desk.sees(asked.get_by_text("As it is now"))
        desk.sees(asked.get_by_text("As you wanted it"))
        desk.page.unroute(re.compile("/order$"))
        desk.click(desk.button(re.compile("Do it all the same"), asked))
        desk.is_told("Item moved")
        [now] = plans_of(clinic, patient)
        assert [(one["tooth"], one["phase"]) for one in now["items"]] == [("26", 1), ("17", 1), ("16", 2)]


def _meanwhile(clinic: Clinic, home: str, plan: Any, route: Any) -> None:
    """Somebody else adds a crown in the moment in which the order is sent."""
    procedure = next(one for one in clinic.get("/procedures", limit=200)["items"] if one["code"] == "CR-01")
    clinic.post(f"{home}/{plan['id']}/items", items=[{"procedure_id": procedure["id"], "tooth": "17"}])
    route.continue_()


class TestDoing:
    def test_what_was_accepted_is_booked_with_a_key_and_charged_when_it_is_done(self, practice: Practice, sit: Sit) -> None:
        clinic = practice.clinic
        patient = planned(clinic)
        agreed(clinic, patient)
        desk = sit(clinic)
        desk.go(f"{clinic.home}/unscheduled")
        desk.sees(desk.page.get_by_text("Ceramic crown 16"))
        with desk.counting("a visit for what is worth most") as count:
            desk.press("b")
            asked = desk.dialog("Book a visit")
            first = asked.get_by_role("list", name="Free times").get_by_role("button").first
            desk.is_at(first)
            desk.press("Enter")
            desk.is_told(re.compile("Booked for"))
        assert count.keys <= 2
        expect(desk.page.get_by_text("Ceramic crown 16")).to_have_count(0)
        desk.sees(desk.page.get_by_text("26 MO"))
        [plan] = plans_of(clinic, patient)
        [visit] = plan["items"][1]["bookings"] or plan["items"][0]["bookings"]
        clinic.post(f"/appointments/{visit['appointment_id']}/completion", items=[])
        ledger = clinic.get(f"/patients/{patient['id']}/ledger")
        assert ledger["balance"]["amount"] == 75_000

    def test_done_without_a_visit_is_undone_with_z(self, clinic: Clinic, sit: Sit) -> None:
        patient = planned(clinic)
        agreed(clinic, patient)
        desk = sit(clinic)
        desk.go(f"{clinic.home}/patients/{patient['id']}?tab=plan")
        row = desk.page.get_by_role("group", name="Ceramic crown 16")
        row.focus()
        desk.press("Shift+D")
        desk.is_told("Done and charged")
        assert clinic.get(f"/patients/{patient['id']}/ledger")["balance"]["amount"] == 75_000
        desk.press("z")
        desk.is_told("Undone")
        assert clinic.get(f"/patients/{patient['id']}/ledger")["balance"]["amount"] == 0
