"""Somebody is invited, reads the letter, comes, works with their role, and is sent away again."""

import re
import secrets
from collections.abc import Callable

from playwright.sync_api import expect

from tests.journeys.clinic import PASSWORD, Clinic, Practice
from tests.journeys.person import Person

NEW = "a password that is long enough"


def letter_to(person: Person, email: str) -> None:
    """Opens the newest letter to this address."""
    person.go("/mailbox")
    item = person.page.get_by_role("listitem").filter(has_text=email)
    person.sees(item)
    button = item.first.get_by_role("button").first
    if button.get_attribute("aria-expanded") == "false":
        person.click(button)


def test_from_the_invitation_to_the_first_patient_and_out_again(clinic: Clinic, sit: Callable[..., Person]) -> None:
    email = f"o'brien-{secrets.token_hex(3)}@example.test"
    owner, page = sit(clinic), None
    page = owner.page
    owner.go(f"{clinic.home}/admin/staff")
    owner.sees(page.get_by_role("row").filter(has_text="Ana Dinu (you)"))

    # Nobody is invited as nothing.
    owner.press("n")
    owner.sees(owner.dialog("Invite somebody"))
    owner.field("Email").fill(email)
    owner.field("Name").fill("Sinéad O'Brien")
    owner.press("Control+Enter")
    owner.sees(owner.dialog().get_by_text("Choose at least one role."))
    owner.dialog().get_by_label(re.compile("^Receptionist")).check()
    owner.press("Control+Enter")
    owner.is_told(f"An invitation is on its way to {email}")
    item = page.get_by_role("listitem").filter(has_text=email)
    owner.sees(item.get_by_text("Email sent."))

    # Twice is once.
    owner.press("n")
    owner.expects(409)
    owner.field("Email").fill(email.upper())
    owner.dialog().get_by_label(re.compile("^Dentist")).check()
    owner.press("Control+Enter")
    owner.sees(owner.dialog().get_by_text("This address has an invitation that waits"))
    owner.press("Escape")

    # The letter, and the link in it.
    sinead = sit()
    letter_to(sinead, email)
    sinead.page.get_by_role("listitem").filter(has_text=email).first.get_by_role("link").first.click()
    sinead.sees(sinead.heading("Join North Dental"))
    assert "#" in sinead.page.url
    assert "?" not in sinead.page.url
    assert sinead.field("Your name").input_value() == "Sinéad O'Brien"
    sinead.field("Password").fill("too short")
    sinead.press("Enter")
    sinead.sees(sinead.page.get_by_text("Use at least 12 characters."))
    sinead.field("Password").fill(NEW)
    sinead.press("Enter")
    sinead.page.wait_for_url(re.compile("/schedule"))
    expect(sinead.page.get_by_role("link", name="Register a patient")).to_be_visible()
    expect(sinead.page.get_by_role("link", name="Staff")).to_have_count(0)

    # The owner sees them, makes them a dentist, takes it back, and gives them a column of their own.
    clinic.provider("Sinéad O'Brien")
    page.reload()
    expect(page.get_by_text("Email sent.")).to_have_count(0)
    owner.click(owner.button("Sinéad O'Brien"))
    owner.dialog().get_by_label(re.compile("^Dentist")).check()
    owner.field("Treats patients as").select_option(label="Sinéad O'Brien")
    owner.press("Control+Enter")
    owner.is_told("Sinéad O'Brien is now: Dentist, Receptionist")
    owner.is_told("Sinéad O'Brien treats as Sinéad O'Brien")
    owner.press("z")
    owner.is_told("Undone")
    owner.sees(page.get_by_role("row").filter(has_text="Sinéad O'Brien").get_by_role("cell", name="Receptionist", exact=True))
    provider = next(one for one in clinic.get("/providers")["items"] if one["name"] == "Sinéad O'Brien")
    assert provider["member_id"]

    # Out, on the next act; the open page hears of it, too.
    sinead.expects(403)
    owner.click(owner.button("Sinéad O'Brien"))
    owner.click(owner.dialog().get_by_role("button", name="Suspend"))
    owner.is_told("Sinéad O'Brien can no longer come in")
    sinead.press("g", "p")  # unless the page has noticed by itself
    sinead.sees(sinead.dialog("Your access is suspended"))
    sinead.go(f"{clinic.home}/patients")
    sinead.sees(sinead.heading("Your access is suspended"))
    owner.press("z")
    owner.sees(owner.page.get_by_role("group", name="Undone").get_by_text("can no longer come in"))
    assert all(one["status"] == "active" for one in clinic.get("/members")["items"])

    # The link is used up.
    again = sit()
    again.expects(404)
    letter_to(again, email)
    again.page.get_by_role("listitem").filter(has_text=email).first.get_by_role("link").first.click()
    again.sees(
        again.page.get_by_text(
            "This link is not good, or not any more: ask for a new one, or sign in if you have used it already."
        )
    )


def test_somebody_who_has_an_account_joins_with_it(clinic: Clinic, origin: str, sit: Callable[..., Person]) -> None:
    other = Clinic(origin, "South Dental")
    clinic.post("/invitations", email=other.email, roles=["dentist"])
    guest = sit()
    letter_to(guest, other.email)
    guest.page.get_by_role("listitem").filter(has_text=other.email).first.get_by_role("link").first.click()
    guest.sees(guest.page.get_by_text("You have an account with this address"))
    guest.expects(401)
    guest.field("Password").fill("not my password at all")
    guest.press("Enter")
    guest.sees(guest.page.get_by_text("The password of your account is not right."))
    guest.field("Password").fill(PASSWORD)
    guest.press("Enter")
    guest.page.wait_for_url(re.compile(f"/c/{clinic.slug}/schedule"))


def test_whoever_is_signed_in_already_joins_with_one_click(clinic: Clinic, origin: str, sit: Callable[..., Person]) -> None:
    other = Clinic(origin, "South Dental")
    clinic.post("/invitations", email=other.email, roles=["dentist"])
    guest = sit(other)
    letter_to(guest, other.email)
    guest.page.get_by_role("listitem").filter(has_text=other.email).first.get_by_role("link").first.click()
    guest.sees(guest.page.get_by_text("You are signed in as Ana Dinu."))
    guest.click(guest.button("Join"))
    guest.page.wait_for_url(re.compile(f"/c/{clinic.slug}/schedule"))


def test_a_person_changes_their_name_and_their_password(clinic: Clinic, sit: Callable[..., Person]) -> None:
    owner = sit(clinic)
    owner.go(f"{clinic.home}/account")
    owner.field("Your name").fill("Ana Dinu-Pop")
    owner.press("Enter")
    owner.is_told("Your name is saved")
    owner.sees(owner.page.get_by_role("button", name=re.compile("Ana Dinu-Pop")))
    owner.click(owner.page.get_by_role("main").get_by_role("link", name="Security"))
    owner.expects(409)
    owner.field("Present password").fill("this is not it")
    owner.field("New password").fill(NEW)
    owner.press("Enter")
    owner.sees(owner.page.get_by_text("That is not your present password."))
    owner.field("Present password").fill(PASSWORD)
    owner.field("New password").fill(NEW)
    owner.press("Enter")
    owner.is_told("Your password is changed")
    assert clinic.http.post("/session", json={"email": clinic.email, "password": NEW}).status_code == 201


def test_a_provider_signs_in_as_one_member_and_no_two_as_the_same(practice: Practice, sit: Callable[..., Person]) -> None:
    clinic = practice.clinic
    owner = sit(clinic)
    owner.go(f"{clinic.home}/admin/providers")
    owner.click(owner.button("Dr. Ioana Marin"))
    owner.field("Signs in as").select_option(label=f"Ana Dinu · {clinic.email}")
    owner.press("Control+Enter")
    owner.is_told("Saved: Dr. Ioana Marin")
    marin, popa = sorted(clinic.get("/providers")["items"], key=lambda one: str(one["name"]))
    assert marin["member_id"]
    assert popa["member_id"] is None
    owner.expects(409)
    owner.click(owner.button("Dr. Radu Popa"))
    owner.field("Signs in as").select_option(label=f"Ana Dinu · {clinic.email}")
    owner.press("Control+Enter")
    owner.sees(owner.dialog().get_by_text("This person is another provider already."))
    # Where they are seen from the other side.
    owner.press("Escape")
    owner.go(f"{clinic.home}/admin/staff")
    owner.click(owner.button("Ana Dinu (you)"))
    expect(owner.field("Treats patients as").locator("option:checked")).to_have_text("Dr. Ioana Marin")
