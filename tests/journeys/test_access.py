"""Who is signed in, what is asked of those who sign in, and the programs that work in a clinic."""

import re
from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from typing import Any

import httpx
from playwright.sync_api import Locator, Route, expect

from tests.journeys.clinic import PASSWORD, Clinic
from tests.journeys.filled import PHONE
from tests.journeys.person import Person
from tests.journeys.staff import Member

Sit = Callable[..., Person]
Join = Callable[[Clinic, str], Member]


def of(person: Person, name: str) -> Locator:
    """Where somebody is signed in."""
    return person.page.get_by_role("region", name=name)


def as_program(clinic: Clinic, key: str, path: str = "/patients") -> httpx.Response:
    return httpx.get(
        f"{clinic.origin}/api/v1/clinics/{clinic.slug}{path}", headers={"authorization": f"Bearer {key}"}, timeout=30
    )


def answers(member: Clinic) -> int:
    return member.http.get("/session").status_code


def signed_in_with_a_phone(member: Member) -> httpx.Client:
    phone = httpx.Client(base_url=member.http.base_url, headers={"origin": member.origin, "user-agent": PHONE}, timeout=30)
    phone.post("/session", json={"email": member.email, "password": PASSWORD}).raise_for_status()
    return phone


class TestWhoIsSignedIn:
    def test_one_session_ends_and_then_all_of_a_person(self, clinic: Clinic, sit: Sit, join: Join) -> None:
        rada = join(clinic, "receptionist")
        phone = signed_in_with_a_phone(rada)
        owner = sit(clinic)
        owner.go(f"{clinic.home}/admin/security")
        theirs = of(owner, "Rada Receptionist")
        expect(theirs.get_by_role("listitem")).to_have_count(2)
        owner.sees(theirs.get_by_text("Safari on iPhone"))
        owner.sees(theirs.get_by_text("Password only"))
        owner.sees(theirs.get_by_text("127.0.0.1").or_(theirs.get_by_text("::1")))

        owner.click(owner.button("End Safari on iPhone of Rada Receptionist"))
        owner.sees(owner.dialog("End this session of Rada Receptionist?"))
        owner.press("Control+Enter")
        owner.is_told("Rada Receptionist is signed out of Safari on iPhone")
        expect(theirs.get_by_role("listitem")).to_have_count(1)
        assert phone.get("/session").status_code == 401
        assert answers(rada) == 200

        owner.click(owner.button("Sign Rada Receptionist out everywhere"))
        owner.click(owner.button("Back", within=owner.dialog()))
        assert answers(rada) == 200
        owner.click(owner.button("Sign Rada Receptionist out everywhere"))
        owner.click(owner.button(re.compile("^Sign out everywhere"), within=owner.dialog()))
        owner.is_told("Rada Receptionist has to sign in again everywhere")
        expect(theirs).to_have_count(0)
        assert answers(rada) == 401

    def test_ones_own_screen_is_marked_and_cannot_be_ended_from_itself(self, clinic: Clinic, sit: Sit) -> None:
        owner = sit(clinic)
        owner.go(f"{clinic.home}/admin/security")
        owner.sees(owner.page.get_by_text("Nobody but you is signed in, and you are in one place only."))
        mine = of(owner, "Ana Dinu (you)")
        owner.sees(mine.get_by_text("This one"))
        expect(mine.get_by_role("button")).to_have_count(0)

    def test_owners_answer_to_owners_and_whoever_only_looks_ends_nothing(self, clinic: Clinic, sit: Sit, join: Join) -> None:
        auditor, admin = join(clinic, "auditor"), join(clinic, "admin")
        person = sit(admin)
        person.go(f"{clinic.home}/admin/security")
        person.sees(of(person, "Ana Dinu").get_by_text("Only an owner ends an owner’s sessions."))
        expect(of(person, "Ana Dinu").get_by_role("button")).to_have_count(0)
        expect(of(person, "Rada Auditor").get_by_role("button")).to_have_count(2)
        person = sit(auditor)
        person.go(f"{clinic.home}/admin/security")
        person.sees(of(person, "Rada Auditor (you)"))
        expect(person.page.get_by_role("main").get_by_role("button", name=re.compile("End|Sign"))).to_have_count(0)

    def test_says_that_the_server_is_gone_and_tries_again(self, clinic: Clinic, sit: Sit) -> None:
        owner = sit(clinic)
        owner.go(f"{clinic.home}/admin/security?show=rules")
        owner.sees(owner.field("Minutes without use"))
        owner.away = True
        owner.page.route("**/sessions", lambda route: route.abort())
        owner.click(owner.page.get_by_role("radio", name="Who is signed in"))
        owner.sees(owner.page.get_by_role("alert").get_by_text("This could not be loaded"))
        owner.page.unroute("**/sessions")
        owner.click(owner.button("Try again"))
        owner.sees(of(owner, "Ana Dinu (you)"))


class TestSignInRules:
    def test_a_second_factor_is_asked_for_from_a_day_on_and_it_is_undone(self, clinic: Clinic, sit: Sit, join: Join) -> None:
        join(clinic, "receptionist")
        owner = sit(clinic)
        page = owner.page
        owner.go(f"{clinic.home}/admin/security?show=rules")
        owner.sees(page.get_by_text("2 of 2 have no second factor"))
        owner.sees(page.get_by_text("Ana Dinu (you) · Rada Receptionist"))
        assert owner.field("Minutes without use").get_attribute("placeholder") == "60"

        owner.click(page.get_by_role("radio", name="From a day on"))
        owner.press("Control+Enter")
        owner.sees(page.get_by_text("One field needs another look"))
        day = clinic.today + timedelta(days=20)
        owner.field("From").fill(day.isoformat())
        owner.field("Minutes without use").fill("12")
        owner.press("Control+Enter")
        owner.is_told("The sign-in rules are saved")
        kept = clinic.get("/sign-in-rules")
        assert (kept["mfa_from"], kept["idle_minutes"]) == (_midnight(clinic, 20), 12)

        owner.press("z")
        owner.is_told("Undone")
        back = clinic.get("/sign-in-rules")
        assert (back["mfa_from"], back["idle_minutes"]) == (None, None)
        expect(page.get_by_role("radio", name="Not asked for")).to_be_checked()

    def test_from_today_is_from_now_on(self, clinic: Clinic, sit: Sit) -> None:
        owner = sit(clinic)
        owner.go(f"{clinic.home}/admin/security?show=rules")
        owner.click(owner.page.get_by_role("radio", name="From today"))
        owner.field("Days for newcomers").fill("30")
        owner.press("Control+Enter")
        owner.is_told("The sign-in rules are saved")
        kept = clinic.get("/sign-in-rules")
        assert (kept["mfa_from"], kept["mfa_grace_days"]) == (_midnight(clinic, 0), 30)
        owner.sees(owner.page.get_by_role("radio", name=re.compile("^Since ")))

    def test_what_somebody_else_changed_meanwhile_is_kept_or_told(self, clinic: Clinic, sit: Sit) -> None:
        owner = sit(clinic)
        owner.go(f"{clinic.home}/admin/security?show=rules")
        owner.field("Minutes without use").fill("12")
        seen = clinic.get("/sign-in-rules")
        clinic.ask("PATCH", "/sign-in-rules", version=seen["version"], json={"session_hours": 9})
        owner.expects(412)
        owner.press("Control+Enter")
        owner.is_told("The sign-in rules are saved")
        seen = clinic.get("/sign-in-rules")
        assert (seen["idle_minutes"], seen["session_hours"]) == (12, 9)

        owner.field("Minutes without use").fill("15")
        clinic.ask("PATCH", "/sign-in-rules", version=seen["version"], json={"idle_minutes": 20})
        owner.press("Control+Enter")
        owner.sees(owner.page.get_by_text("It says now: Minutes without use: 20."))
        # What was told before may stand there still.
        with owner.page.expect_response(lambda answer: answer.request.method == "PATCH" and answer.ok):
            owner.press("Control+Enter")
        owner.is_told("The sign-in rules are saved")
        assert clinic.get("/sign-in-rules")["idle_minutes"] == 15

    def test_bounds_are_said_at_the_field(self, clinic: Clinic, sit: Sit) -> None:
        owner = sit(clinic)
        owner.go(f"{clinic.home}/admin/security?show=rules")
        owner.field("Hours after signing in").fill("900")
        owner.expects(422)
        owner.press("Control+Enter")
        owner.sees(owner.page.get_by_text("One field needs another look"))
        owner.is_at(owner.field("Hours after signing in"))

    def test_whoever_may_not_set_them_reads_them(self, clinic: Clinic, sit: Sit, join: Join) -> None:
        manager = sit(join(clinic, "manager"))
        manager.go(f"{clinic.home}/admin/security?show=rules")
        manager.sees(manager.page.get_by_text("Your role lets you read these rules"))
        expect(manager.field("Minutes without use")).to_be_disabled()
        expect(manager.button(re.compile("^Save"))).to_have_count(0)


class TestPrograms:
    def test_one_is_let_in_and_its_key_is_shown_this_once(self, clinic: Clinic, sit: Sit) -> None:
        owner = sit(clinic, permissions=["clipboard-read", "clipboard-write"])
        page = owner.page
        owner.go(f"{clinic.home}/admin/security?show=programs")
        owner.sees(owner.heading("No programs"))
        owner.press("n")
        owner.sees(owner.dialog("Add a program"))
        owner.field("Program").fill("Recall robot")
        owner.press("Control+Enter")
        owner.sees(owner.dialog().get_by_text("Choose at least one."))
        owner.dialog().get_by_label("Find patients and see who they are").check()
        owner.field("The key is good for").select_option(label="30 days")
        owner.press("Control+Enter")

        shown = owner.dialog("Key of Recall robot")
        owner.sees(shown)
        key = owner.field("Key", within=shown).input_value()
        owner.click(owner.button("Copy", within=shown))
        owner.is_told("The key is copied")
        assert page.evaluate("() => navigator.clipboard.readText()") == key
        owner.press("Escape")
        owner.sees(shown)
        expect(owner.button("Done", within=shown)).to_be_disabled()
        shown.get_by_label("I have put the key where the program keeps it").check()
        owner.click(owner.button("Done", within=shown))
        expect(owner.dialog()).to_have_count(0)

        assert as_program(clinic, key).status_code == 200
        assert as_program(clinic, key, "/members").status_code == 403
        row = page.get_by_role("row").filter(has_text="Recall robot")
        owner.sees(row.get_by_text("Find patients and see who they are and how to reach them."))
        [made] = clinic.get("/service-accounts")["items"]
        days = datetime.fromisoformat(made["keys"][0]["expires_at"]) - datetime.now(UTC)
        assert timedelta(days=29, hours=23) < days <= timedelta(days=30)
        assert key not in page.content()

    def test_keys_are_changed_without_a_pause_and_the_old_one_is_revoked(self, clinic: Clinic, sit: Sit) -> None:
        soon = (datetime.now(UTC) + timedelta(days=5, hours=1)).isoformat()
        made = clinic.post("/service-accounts", name="Website", permissions=["patients.read"], expires_at=soon)
        owner = sit(clinic)
        page = owner.page
        owner.go(f"{clinic.home}/admin/security?show=programs")
        row = page.get_by_role("row").filter(has_text="Website")
        owner.sees(row.get_by_text("Runs out in 5 days"))
        owner.click(owner.button("Website"))
        sheet = owner.dialog("Website")
        owner.sees(sheet.get_by_text("never used"))
        owner.click(owner.button("Add a key", within=sheet))
        owner.press("Control+Enter")
        shown = owner.dialog("Key of Website")
        second = owner.field("Key", within=shown).input_value()
        shown.get_by_label("I have put the key where").check()
        owner.click(owner.button("Done", within=shown))
        expect(sheet.get_by_role("listitem").filter(has_text="…")).to_have_count(2)
        assert [as_program(clinic, key).status_code for key in (made["key"], second)] == [200, 200]

        owner.click(owner.button(f"Revoke the key ending in {made['key'][-4:]}", within=sheet))
        owner.press("Control+Enter")
        owner.is_told(f"The key ending in {made['key'][-4:]} is revoked")
        assert [as_program(clinic, key).status_code for key in (made["key"], second)] == [401, 200]
        owner.press("Escape")
        owner.sees(row.get_by_text("1 key"))

    def test_what_it_may_is_changed_and_undone(self, clinic: Clinic, sit: Sit) -> None:
        made = clinic.post("/service-accounts", name="Website", permissions=["patients.read"])
        owner = sit(clinic)
        owner.go(f"{clinic.home}/admin/security?show=programs&program={made['id']}")
        owner.dialog().get_by_label("See the schedule.").check()
        owner.field("Program").fill("Website and calendar")
        owner.press("Control+Enter")
        owner.is_told("Website and calendar is saved")
        assert set(_only(clinic)["permissions"]) == {"patients.read", "scheduling.read"}
        owner.press("z")
        owner.is_told("Undone")
        assert (_only(clinic)["name"], _only(clinic)["permissions"]) == ("Website", ["patients.read"])

    def test_somebody_elses_change_is_not_overwritten(self, clinic: Clinic, sit: Sit) -> None:
        made = clinic.post("/service-accounts", name="Website", permissions=["patients.read"])
        owner = sit(clinic)
        owner.go(f"{clinic.home}/admin/security?show=programs&program={made['id']}")
        owner.field("Program").fill("Mine")
        clinic.ask("PATCH", f"/service-accounts/{made['id']}", version=1, json={"name": "Theirs"})
        owner.expects(412)
        owner.press("Control+Enter")
        owner.sees(owner.dialog().get_by_text("Somebody else changed this program meanwhile."))
        assert _only(clinic)["name"] == "Theirs"

    def test_one_is_shut_out_and_stays_to_be_seen(self, clinic: Clinic, sit: Sit) -> None:
        made = clinic.post("/service-accounts", name="Website", permissions=["patients.read"])
        owner = sit(clinic)
        owner.go(f"{clinic.home}/admin/security?show=programs&program={made['id']}")
        owner.click(owner.button("Shut out…"))
        owner.press("Control+Enter")
        owner.is_told("Website is shut out")
        assert as_program(clinic, made["key"]).status_code == 401
        expect(owner.dialog()).to_have_count(0)
        owner.click(owner.button("Website"))
        owner.sees(owner.dialog().get_by_text("Its keys are worthless"))
        expect(owner.dialog().get_by_role("textbox")).to_have_count(0)

    def test_without_an_answer_nobody_is_told_that_it_was_added_and_it_is_asked_once(self, clinic: Clinic, sit: Sit) -> None:
        owner = sit(clinic)
        asked: list[str] = []

        def lose(route: Route) -> None:
            if route.request.method != "POST":
                return route.fallback()
            asked.append(route.request.url)
            route.fetch()
            return route.abort()

        owner.page.route("**/service-accounts", lose)
        owner.go(f"{clinic.home}/admin/security?show=programs")
        owner.sees(owner.heading("No programs"))
        owner.press("n")
        owner.field("Program").fill("Website")
        owner.dialog().get_by_label("See the schedule.").check()
        owner.away = True
        owner.press("Control+Enter")
        owner.sees(owner.dialog().get_by_text("No answer came."))
        assert len(asked) == 1
        assert _only(clinic)["name"] == "Website"
        owner.press("Escape")
        owner.sees(owner.page.get_by_role("row").filter(has_text="Website"))

    def test_whoever_only_looks_reads_and_whoever_may_not_is_offered_nothing(self, clinic: Clinic, sit: Sit, join: Join) -> None:
        made = clinic.post("/service-accounts", name="Website", permissions=["patients.read"])
        auditor = sit(join(clinic, "auditor"))
        auditor.go(f"{clinic.home}/admin/security?show=programs&program={made['id']}")
        auditor.sees(auditor.dialog("Website").get_by_text("Find patients and see who they are"))
        expect(auditor.dialog().get_by_role("button")).to_have_count(1)
        auditor.press("Escape")
        expect(auditor.button(re.compile("^Add a program"))).to_have_count(0)
        manager = sit(join(clinic, "manager"))
        manager.go(f"{clinic.home}/admin/security")
        manager.sees(manager.page.get_by_role("radio", name="Sign-in rules"))
        expect(manager.page.get_by_role("radio", name="Programs")).to_have_count(0)
        manager.expects(403)
        manager.go(f"{clinic.home}/admin/security?show=programs")
        manager.sees(manager.page.get_by_text("Your role does not include this."))


class TestStaff:
    def test_says_who_has_a_second_factor(self, clinic: Clinic, sit: Sit) -> None:
        owner = sit(clinic)
        owner.go(f"{clinic.home}/admin/staff")
        owner.sees(owner.page.get_by_role("columnheader", name="Second factor"))
        owner.sees(owner.page.get_by_role("row").filter(has_text="Ana Dinu").get_by_role("cell", name="None"))


def _only(clinic: Clinic) -> Any:
    [program] = clinic.get("/service-accounts")["items"]
    return program


def _midnight(clinic: Clinic, days: int) -> str:
    """As the server writes the beginning of a day of the clinic."""
    return datetime.fromisoformat(clinic.at("00:00", days)).astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%SZ")
