"""A forgotten password and another address, with the letters in the development mailbox."""

import re
from collections.abc import Callable

from playwright.sync_api import expect

from tests.journeys.clinic import PASSWORD, Clinic, link_to
from tests.journeys.person import Person

Sit = Callable[..., Person]
NEW = "another passphrase, quite long"


def test_a_forgotten_password_is_replaced_by_the_link_of_a_letter(sit: Sit, clinic: Clinic) -> None:
    person = sit()
    person.expects(422)
    person.go(f"{clinic.origin}/login")
    person.click(person.page.get_by_role("link", name="Forgotten your password?"))
    person.sees(person.heading("Forgotten password"))
    person.page.get_by_label("Email").fill(clinic.email)
    person.press("Enter")
    person.sees(person.page.get_by_text(re.compile("a letter is on its way")))
    person.go(link_to(clinic, clinic.email, "password-reset"))
    person.page.get_by_label("New password").fill("Password2026!")
    person.press("Enter")
    person.sees(person.page.get_by_text(re.compile("too easy to guess")))
    person.page.get_by_label("New password").fill(NEW)
    person.press("Enter")
    expect(person.page).to_have_url(re.compile("/login"))
    person.page.get_by_label("Email").fill(clinic.email)
    person.field("Password").fill(NEW)
    person.press("Enter")
    expect(person.page).to_have_url(re.compile(f"/c/{clinic.slug}"))


def test_another_address_counts_once_its_letter_was_read(sit: Sit, clinic: Clinic) -> None:
    person, moved = sit(clinic), f"moved-{clinic.email}"
    person.go(f"{clinic.home}/account/security")
    person.page.get_by_label("New address").fill(moved)
    person.press("Enter")
    person.sees(person.page.get_by_text(re.compile(f"A letter went to {moved}")))
    person.go(link_to(clinic, moved, "email-change"))
    person.click(person.button("Use this address"))
    person.sees(person.page.get_by_text(f"You sign in with {moved} from now on."))
    signed_in = clinic.http.post("/session", json={"email": moved, "password": PASSWORD})
    assert signed_in.status_code == 201
