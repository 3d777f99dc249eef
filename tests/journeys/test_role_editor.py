"""A role of the clinic's own: copied, changed with a look at whom it changes, seen from inside, removed. By keyboard alone where a
keyboard can do it."""

import re
from collections.abc import Callable

from playwright.sync_api import expect

from tests.journeys.clinic import Clinic, Practice
from tests.journeys.person import Person
from tests.journeys.staff import Member


def tab_to(person: Person, name: str) -> None:
    """Presses Tab until it is there."""
    for _ in range(80):
        person.press("Tab")
        if person.page.evaluate("() => document.activeElement.textContent.trim()").startswith(name):
            return
    raise AssertionError(f"Tab never came to {name}")


def test_a_role_is_copied_changed_and_removed_by_keyboard(
    clinic: Clinic, sit: Callable[..., Person], join: Callable[[Clinic, str], Member]
) -> None:
    owner = sit(clinic)
    page = owner.page
    owner.go(f"{clinic.home}/admin/roles")
    owner.sees(page.get_by_role("row").filter(has_text="Receptionist"))

    # Copied.
    tab_to(owner, "Receptionist")
    owner.press("Enter")
    owner.sees(owner.dialog("Receptionist").get_by_text("Take payments and apply credit."))
    tab_to(owner, "Copy")
    owner.press("Enter")
    owner.is_at(owner.field("Name", owner.dialog("New role")))
    owner.press("Control+a")
    owner.type("L'échelle de Maëlle")
    owner.press("Control+Enter")
    owner.is_told("L'échelle de Maëlle can be given now")
    row = page.get_by_role("row").filter(has_text="L'échelle de Maëlle").filter(has_text="Your clinic, from Receptionist")
    owner.sees(row)

    # Somebody has it; what a change means for them is said before it is made.
    [role] = [one for one in clinic.get("/roles")["items"] if one["name"].startswith("L'")]
    rada = join(clinic, role["slug"])
    page.reload()
    owner.sees(row.filter(has_text="1 person"))
    owner.button("L'échelle de Maëlle", row).press("Enter")
    refund = owner.dialog().get_by_label(re.compile("^Refund payments"))
    refund.press("Space")
    owner.dialog().get_by_label(re.compile("^Archive patients")).press("Space")
    owner.press("Control+Enter")
    changes = owner.dialog().get_by_role("region").or_(owner.dialog().locator("section")).filter(has_text="What changes for whom")
    owner.sees(changes.get_by_text("1 person gains: Refund payments."))
    owner.sees(changes.get_by_text("1 person loses: Archive patients and restore them."))
    owner.sees(changes.get_by_text("Rada"))
    owner.press("Control+Enter")
    owner.is_told("L'échelle de Maëlle was changed")
    assert "billing.refund" in rada.get("")["permissions"]

    # Removed: only with another for whoever has it.
    owner.button("L'échelle de Maëlle", row).press("Enter")
    owner.button("Remove", owner.dialog()).press("Enter")
    removing = owner.dialog(re.compile("^Remove the role"))
    owner.press("Control+Enter")
    owner.sees(removing.get_by_text("Choose the role that its people get."))
    owner.field("Who has it, or is invited as it, gets", removing).select_option(label="Assistant")
    owner.sees(removing.get_by_text("1 person loses: Refund payments."))
    owner.press("Control+Enter")
    owner.is_told("L'échelle de Maëlle was removed")
    expect(row).to_have_count(0)
    assert "billing.refund" not in rada.get("")["permissions"]


def test_a_name_that_is_taken_and_an_editor_who_was_slower_are_told_so(clinic: Clinic, sit: Callable[..., Person]) -> None:
    made = clinic.post("/roles", name="Desk", permissions=["clinic.read"])
    owner = sit(clinic)
    owner.expects(409, 412)
    owner.go(f"{clinic.home}/admin/roles")
    owner.click(owner.button("New role"))
    owner.field("Name", owner.dialog()).fill("desk")
    owner.press("Control+Enter")
    owner.sees(owner.dialog().get_by_text("Another role here is called so already."))
    owner.press("Escape")
    owner.click(owner.button("Desk").first)
    owner.sees(owner.dialog("Desk"))
    clinic.ask("PATCH", f"/roles/{made['slug']}", json={"name": "Front"}, version=1)
    owner.field("What it is for", owner.dialog()).fill("The first to be seen")
    owner.press("Control+Enter")
    owner.sees(owner.dialog().get_by_text("Somebody changed this role meanwhile"))


def test_the_product_is_seen_as_another_role_and_left_with_one_press(practice: Practice, sit: Callable[..., Person]) -> None:
    clinic = practice.clinic
    practice.booked(clinic.patient(), "15:00")
    owner = sit(clinic)
    page = owner.page
    owner.go(f"{clinic.home}/admin/roles")
    owner.click(owner.button("Hygienist").first)
    owner.click(owner.button("See as this role", owner.dialog()))
    bar = page.get_by_role("status").filter(has_text="You see Chairside as Hygienist")
    owner.sees(bar)
    main = page.get_by_role("navigation", name="Main")
    owner.sees(main.get_by_role("link", name="Schedule"))
    expect(main.get_by_role("link", name="Billing")).to_have_count(0)
    expect(main.get_by_role("link", name="Roles")).to_have_count(0)
    owner.go(f"{clinic.home}/billing")
    owner.sees(page.get_by_text("Your role does not include this."))
    owner.sees(bar)

    # Nothing can be changed.
    owner.expects(403)
    owner.go(f"{clinic.home}/patients")
    owner.click(page.get_by_role("link", name="Maria Okafor").first)
    owner.sees(owner.heading("Maria Okafor"))
    owner.press("d")
    owner.field("First name").fill("Mimi")
    owner.press("Control+Enter")
    owner.sees(page.get_by_text("You are looking at Chairside as another role"))

    owner.click(owner.button("End", bar))
    owner.sees(owner.heading("Roles"))
    expect(bar).to_have_count(0)
    owner.sees(main.get_by_role("link", name="Billing"))


def test_a_role_that_is_gone_meanwhile_ends_the_looking(clinic: Clinic, sit: Callable[..., Person]) -> None:
    made = clinic.post("/roles", name="Desk", permissions=["clinic.read"])
    owner = sit(clinic)
    owner.go(f"{clinic.home}/admin/roles")
    owner.click(owner.button("Desk").first)
    owner.click(owner.button("See as this role", owner.dialog()))
    bar = owner.page.get_by_role("status").filter(has_text="You see Chairside as Desk")
    owner.sees(bar)
    clinic.ask("DELETE", f"/roles/{made['slug']}", version=1)
    owner.expects(404)
    owner.page.reload()
    owner.sees(owner.page.get_by_role("navigation", name="Main").get_by_role("link", name="Billing"))
    expect(bar).to_have_count(0)
