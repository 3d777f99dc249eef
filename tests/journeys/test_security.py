"""Signing in with more than a password, looking after it, and confirming that one is still there."""

import re
from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from pathlib import Path

from playwright.sync_api import Route, expect

from tests.journeys.clinic import PASSWORD, Clinic
from tests.journeys.factors import App, Device, proved_long_ago
from tests.journeys.person import Person
from tests.journeys.staff import Member

Sit = Callable[..., Person]
Join = Callable[[Clinic, str], Member]


def gives_password(person: Person, clinic: Clinic, password: str = PASSWORD) -> None:
    person.field("Email").fill(clinic.email)
    person.field("Password").fill(password)
    person.press("Enter")


class TestSigningIn:
    def test_takes_a_second_step_with_a_code(self, clinic: Clinic, sit: Sit) -> None:
        app = App.of(clinic)
        person = sit()
        person.expects(401)
        person.go("/login")
        gives_password(person, clinic)
        person.sees(person.heading("One more step"))
        person.is_at(person.field("Six-digit code"))
        person.type("000000")
        person.press("Enter")
        person.sees(person.page.get_by_text("This code is not right"))
        person.is_at(person.field("Six-digit code"))
        person.field("Six-digit code").fill(app.code())
        person.press("Enter")
        person.page.wait_for_url(re.compile("/schedule"))

    def test_takes_a_recovery_code_once(self, clinic: Clinic, sit: Sit) -> None:
        App.of(clinic)
        code, *_ = clinic.ask("POST", "/person/recovery-codes", whole=True)["codes"]
        for seen in ("Schedule", "This code is not right"):
            person = sit()
            person.expects(401)
            person.go("/login")
            gives_password(person, clinic)
            person.click(person.button("Use a recovery code instead"))
            person.is_at(person.field("Recovery code"))
            person.type(code.upper())
            person.press("Enter")
            person.sees(person.page.get_by_text(seen))

    def test_by_a_passkey_needs_no_password(self, clinic: Clinic, sit: Sit) -> None:
        person = sit()
        device = Device(person)
        device.holds(clinic)
        device.recognises(False)
        person.go("/login")
        person.click(person.button("Sign in with a passkey"))
        person.sees(person.heading("Sign in"))
        device.recognises(True)
        person.click(person.button("Sign in with a passkey"))
        person.page.wait_for_url(re.compile("/schedule"))

    def test_is_offered_a_passkey_in_the_list_under_the_address(self, clinic: Clinic, sit: Sit) -> None:
        person = sit()
        Device(person).holds(clinic)
        person.go("/login")
        person.page.wait_for_url(re.compile("/schedule"))

    def test_waits_after_too_many_guesses_but_not_for_a_passkey(self, clinic: Clinic, sit: Sit) -> None:
        person = sit()
        device = Device(person)
        device.recognises(False)
        device.holds(clinic)
        for _ in range(10):
            clinic.http.post("/session", json={"email": clinic.email, "password": "not this one, surely"})
        person.expects(401, 429)
        person.go("/login")
        gives_password(person, clinic)
        person.sees(person.page.get_by_text("Too many tries"))
        person.sees(person.page.get_by_role("timer"))
        assert person.button("Sign in").is_disabled()
        person.click(person.button("Sign in with a passkey"))
        person.sees(person.page.get_by_role("timer"))
        device.recognises(True)
        person.click(person.button("Sign in with a passkey"))
        person.page.wait_for_url(re.compile("/schedule"))


class TestAnInvitation:
    def test_of_somebody_with_a_second_factor_asks_for_it(self, clinic: Clinic, origin: str, sit: Sit) -> None:
        other = Clinic(origin, "South Dental")
        app = App.of(other)
        link = clinic.post("/invitations", email=other.email, roles=["dentist"])
        assert link
        guest = sit()
        guest.expects(401)
        guest.go("/mailbox")
        item = guest.page.get_by_role("listitem").filter(has_text=other.email).first
        if item.get_by_role("button").first.get_attribute("aria-expanded") == "false":
            guest.click(item.get_by_role("button").first)
        guest.click(item.get_by_role("link").first)
        guest.field("Password").fill(PASSWORD)
        guest.press("Enter")
        guest.is_at(guest.field("Six-digit code"))
        guest.type(app.code())
        guest.press("Enter")
        guest.page.wait_for_url(re.compile(f"/c/{clinic.slug}/schedule"))


class TestSecurity:
    def test_a_passkey_is_added_named_and_signs_in(self, clinic: Clinic, sit: Sit) -> None:
        person = sit(clinic)
        device = Device(person)
        person.go(f"{clinic.home}/account/security")
        person.sees(person.page.get_by_text("Only your password protects your account"))
        person.click(person.button("Add a passkey"))
        assert " on " in person.field("Name").input_value()
        person.field("Name").fill("Desk at the door")
        person.press("Enter")
        person.is_told("The passkey “Desk at the door” is added")
        assert device.passkeys() == 1
        # Codes for the day on which it is lost are offered at once.
        person.click(person.button("Make recovery codes", person.dialog()))
        codes = person.dialog("Keep these codes").get_by_role("listitem")
        expect(codes).to_have_count(10)
        kept = codes.first.inner_text()
        with person.page.expect_download() as download:
            person.click(person.dialog().get_by_role("link", name="Download"))
        assert kept in Path(download.value.path()).read_text()
        person.press("Escape")
        expect(codes).to_have_count(10)
        person.click(person.button("I have kept them"))
        person.sees(person.page.get_by_text("10 left"))

        line = person.page.get_by_role("listitem").filter(has_text="Desk at the door")
        person.sees(line.get_by_text("not used yet"))
        person.click(line.get_by_role("button", name=re.compile("^Rename")))
        person.field("Name").fill("Reception")
        person.press("Enter")
        person.is_told("The passkey is called “Reception” now")
        person.press("z")
        person.sees(line)

        person.click(person.page.get_by_role("button", name=re.compile("Ana Dinu")))
        person.click(person.page.get_by_role("menuitem", name="Sign out"))
        person.page.wait_for_url(re.compile("/login"))
        # Offered under the address, and recognised at once.
        person.page.wait_for_url(re.compile("/schedule"))
        person.go(f"{clinic.home}/account/security")
        person.sees(line.get_by_text(re.compile("last used today")))

        person.click(line.get_by_role("button", name=re.compile("^Remove")))
        person.sees(person.dialog().get_by_text("It is your last second factor"))
        person.click(person.button("Remove", person.dialog()))
        person.is_told("The passkey “Desk at the door” is removed")
        expect(line).to_have_count(0)

    def test_an_authenticator_app_is_set_up_from_its_picture(self, clinic: Clinic, sit: Sit) -> None:
        person = sit(clinic)
        person.go(f"{clinic.home}/account/security")
        person.click(person.button("Set up an app"))
        person.sees(person.page.get_by_role("img", name="QR code for the authenticator app"))
        secret = person.page.get_by_role("group", name="Secret").locator("code").inner_text().replace(" ", "")
        app = App(secret)
        person.expects(422)
        person.field("Six-digit code").fill("000000")
        person.press("Enter")
        person.sees(person.dialog().get_by_text(re.compile("This code is not right")))
        person.field("Six-digit code").fill(app.code())
        person.press("Enter")
        person.is_told("The authenticator app is set up")
        person.click(person.button("Not now"))
        person.sees(person.page.get_by_text("You have no recovery codes"))

        other = sit()
        other.expects(401)
        other.go("/login")
        gives_password(other, clinic)
        other.field("Six-digit code").fill(app.code())
        other.press("Enter")
        other.page.wait_for_url(re.compile("/schedule"))

        person.click(person.button("Remove Authenticator app"))
        person.click(person.button("Remove", person.dialog()))
        person.is_told("The authenticator app is removed")
        person.sees(person.button("Set up an app"))


class TestConfirming:
    def test_goes_on_with_what_was_asked(self, clinic: Clinic, data: Path, sit: Sit) -> None:
        App.of(clinic)
        code, *_ = clinic.ask("POST", "/person/recovery-codes", whole=True)["codes"]
        person = sit(clinic)
        device = Device(person)
        proved_long_ago(data, clinic)
        person.expects(401, 403)
        person.go(f"{clinic.home}/account/security")
        person.click(person.button("Add a passkey"))
        person.field("Name").fill("Desk")
        person.press("Enter")
        asked = person.dialog("Confirm that it is you")
        person.sees(asked)
        expect(asked.get_by_label("Password")).to_have_count(0)
        person.field("Six-digit code", asked).fill("000000")
        person.press("Enter")
        person.sees(asked.get_by_text("This code is not right"))
        person.click(asked.get_by_role("button", name="Use a recovery code instead"))
        person.field("Recovery code", asked).fill(code)
        person.press("Enter")
        person.is_told("The passkey “Desk” is added")
        assert device.passkeys() == 1

    def test_put_away_leaves_everything_as_it_was(self, clinic: Clinic, data: Path, sit: Sit) -> None:
        person = sit(clinic)
        person.go(f"{clinic.home}/account/security")
        proved_long_ago(data, clinic)
        person.expects(403)
        person.click(person.button("Add a passkey"))
        person.press("Enter")
        person.sees(person.dialog("Confirm that it is you"))
        person.is_at(person.field("Password", person.dialog("Confirm that it is you")))
        person.press("Escape")
        person.sees(person.dialog("Add a passkey").get_by_text("Please confirm that it is you."))
        assert clinic.ask("GET", "/person/security", whole=True)["passkeys"] == []

    def test_signs_nobody_out_whose_reads_are_on_their_way(self, clinic: Clinic, data: Path, sit: Sit) -> None:
        """The cookie is another after it; what left with the old one is asked again."""
        clinic.patient("Maria", "Okafor")
        clinic.patient("Zoe", "Lind")
        person = sit(clinic)
        other = person.page.context.new_page()
        other.goto(f"{clinic.home}/patients")
        expect(other.get_by_role("heading", name="Patients", exact=True)).to_be_visible()
        person.go(f"{clinic.home}/account/security")
        proved_long_ago(data, clinic)
        person.expects(401, 403)
        before = "; ".join(f"{one['name']}={one['value']}" for one in person.page.context.cookies())
        answers: list[int] = []

        def late(route: Route) -> None:
            answer = route.fetch(headers={**route.request.headers, "cookie": before})
            answers.append(answer.status)
            route.fulfill(response=answer)

        person.click(person.button("Set up an app"))
        person.field("Password", person.dialog("Confirm that it is you")).fill(PASSWORD)
        person.press("Enter")
        person.sees(person.page.get_by_role("img", name="QR code for the authenticator app"))
        other.route("**/patients?*", late, times=1)
        expect(other.get_by_role("link", name="Maria Okafor")).to_be_visible()
        other.get_by_role("searchbox").first.fill("zoe")
        expect(other.get_by_role("link", name="Maria Okafor")).to_have_count(0)
        expect(other.get_by_role("link", name="Zoe Lind")).to_be_visible()
        expect(other.get_by_role("dialog", name="Please sign in again")).to_have_count(0)
        assert answers == [401]


class TestSessions:
    def test_are_known_by_their_browser_and_ended(self, clinic: Clinic, sit: Sit) -> None:
        person, other = sit(clinic), sit(user_agent=FIREFOX)
        other.expects(401)
        other.go("/login")
        gives_password(other, clinic)
        other.page.wait_for_url(re.compile("/schedule"))
        person.go(f"{clinic.home}/account/sessions")
        page = person.page
        items = page.get_by_role("list", name="Where you are signed in").get_by_role("listitem")
        expect(items).to_have_count(2)
        person.sees(items.first.get_by_text("This browser"))
        line = items.filter(has_text="Firefox on Windows")
        person.sees(line.get_by_text("With the password"))
        person.click(line.get_by_role("button", name="End the session of Firefox on Windows"))
        person.click(person.button("End", person.dialog()))
        person.is_told("The session of Firefox on Windows is ended")
        expect(items).to_have_count(1)
        person.sees(page.get_by_text("You are signed in nowhere else."))
        other.press("g", "p")
        other.sees(other.dialog("Please sign in again"))

        for _ in range(2):
            clinic.http.post("/session", json={"email": clinic.email, "password": PASSWORD})
        page.reload()
        expect(items).to_have_count(3)
        person.click(person.button("Sign out everywhere else"))
        person.click(person.button("End them", person.dialog()))
        person.is_told("You are signed out everywhere else")
        expect(items).to_have_count(1)
        assert clinic.http.get("/person/sessions").status_code == 401


FIREFOX = "Mozilla/5.0 (Windows NT 10.0; Win64; x64; rv:143.0) Gecko/20100101 Firefox/143.0"


class TestASecondFactorDemanded:
    def test_is_announced_and_then_asked_for_before_work_goes_on(self, clinic: Clinic, join: Join, sit: Sit) -> None:
        App.of(clinic)
        rada = join(clinic, "receptionist")
        rules = {"mfa_grace_days": 0, "mfa_from": (datetime.now(UTC) + timedelta(days=30)).isoformat()}
        version = clinic.get("/sign-in-rules")["version"]
        clinic.ask("PATCH", "/sign-in-rules", version=version, json=rules)
        person = sit(rada)
        Device(person)
        person.go(f"{clinic.home}/patients")
        person.sees(person.page.get_by_text(re.compile(r"^From .+ you need a second factor to work here\.$")))

        rules["mfa_from"] = datetime.now(UTC).isoformat()
        clinic.ask("PATCH", "/sign-in-rules", version=clinic.get("/sign-in-rules")["version"], json=rules)
        person.expects(403)
        person.press("g", "n")  # unless the page has noticed by itself
        person.sees(person.heading("A second factor, please"))
        person.sees(person.page.get_by_text("North Dental asks everybody"))
        person.page.reload()
        person.click(person.button("Add a passkey"))
        person.press("Enter")
        person.sees(person.page.get_by_text("Done: your account has a second factor."))
        person.click(person.button("Go on"))
        person.sees(person.heading(re.compile("^(No patients yet|Register a patient)$")))
        expect(person.page.get_by_text("you need a second factor")).to_have_count(0)

    def test_is_shown_by_whoever_has_one_already(self, clinic: Clinic, join: Join, sit: Sit) -> None:
        """A session that began with the password alone, before there was one."""
        App.of(clinic)
        rada = join(clinic, "receptionist")
        person = sit(rada)
        rada.ask("POST", "/session", whole=True, json={"email": rada.email, "password": PASSWORD})
        app = App.of(rada)
        rules = {"mfa_grace_days": 0, "mfa_from": datetime.now(UTC).isoformat()}
        clinic.ask("PATCH", "/sign-in-rules", version=clinic.get("/sign-in-rules")["version"], json=rules)
        person.expects(403)
        person.go(f"{clinic.home}/patients")
        person.sees(person.heading("A second factor, please"))
        person.field("Six-digit code").fill(app.code())
        person.press("Enter")
        person.click(person.button("Go on"))
        person.sees(person.page.get_by_role("heading", name="Patients", exact=True))
