"""What there is to look at: every address of the app, what is done there first, and a clinic that has something of everything."""

import json
import re
from collections.abc import Callable

from playwright.sync_api import Page, expect

from tests.journeys.clinic import Clinic, Practice
from tests.journeys.person import Person

Prepare = Callable[["Viewer"], None]


class Viewer:
    """Looks at one clinic in one language."""

    def __init__(self, page: Page, clinic: Clinic, given: dict[str, str]) -> None:
        self.page, self.clinic, self.given = page, clinic, given
        self.person = Person(page, clinic.origin)

    def grid(self) -> None:
        expect(self.page.get_by_role("application").get_by_role("button").first).to_be_visible()

    def rows(self) -> None:
        expect(self.page.get_by_role("row").nth(1)).to_be_visible()

    def dialog(self) -> None:
        expect(self.page.get_by_role("dialog")).to_be_visible()

    def form(self) -> None:
        expect(self.page.get_by_role("textbox").first).to_be_visible()

    def tab(self) -> None:
        expect(self.page.get_by_role("tabpanel")).to_be_visible()

    def main(self) -> None:
        """Something is said that is no longer "loading"."""
        expect(self.page.get_by_role("main").get_by_role("heading").or_(self.page.get_by_role("paragraph")).first).to_be_visible()

    def panel(self) -> None:
        """The chosen visit: beside the grid, on a phone over it."""
        self.grid()
        expect(self.page.get_by_role("heading", name="Maria Okafor").first).to_be_visible()

    def keys(self, *strokes: str) -> None:
        for stroke in strokes:
            self.page.keyboard.press(stroke)


def then(ready: Prepare, *strokes: str) -> Prepare:
    """Strokes on a screen that is ready, then the dialog that they open."""

    def prepare(viewer: Viewer) -> None:
        ready(viewer)
        viewer.keys(*strokes)
        viewer.dialog()

    return prepare


def typed(ready: Prepare, stroke: str, words: str) -> Prepare:
    def prepare(viewer: Viewer) -> None:
        then(ready, stroke)(viewer)
        viewer.page.keyboard.type(words)
        expect(viewer.page.get_by_role("option").first).to_be_visible()

    return prepare


def pressed(ready: Prepare, name: str) -> Prepare:
    """A button on a screen that is ready, then the dialog that it opens, filled in."""

    def prepare(viewer: Viewer) -> None:
        ready(viewer)
        viewer.page.get_by_role("main").get_by_role("button", name=re.compile(f"^{name}")).first.click()
        expect(viewer.page.get_by_role("dialog").locator("input, textarea").first).to_be_visible()

    return prepare


def wrong(viewer: Viewer) -> None:
    viewer.form()
    viewer.page.get_by_role("textbox").first.focus()
    viewer.keys("Control+Enter")
    expect(viewer.page.get_by_role("alert").first).to_be_visible()


def moving(viewer: Viewer) -> None:
    viewer.panel()
    viewer.keys("m", "ArrowDown", "ArrowRight")


SCREENS: dict[str, tuple[str, Prepare]] = {
    "login": ("/login", Viewer.form),
    "sign-up": ("/signup", Viewer.form),
    "sign-up-wrong": ("/signup", wrong),
    "invitation-unknown": ("/invitation#nobody", Viewer.main),
    "confirmation-unknown": ("/confirmation#nobody", Viewer.main),
    "mailbox": ("/mailbox", Viewer.main),
    "start": ("/c/{new}/start", Viewer.form),
    "schedule": ("/c/{slug}/schedule?visit={visit}", Viewer.panel),
    "schedule-by-provider": ("/c/{slug}/schedule?by=provider", Viewer.grid),
    "schedule-week": ("/c/{slug}/schedule?view=week", Viewer.grid),
    "schedule-week-of-all": ("/c/{slug}/schedule?view=week&of=all", Viewer.grid),
    "schedule-agenda": ("/c/{slug}/schedule?view=agenda", Viewer.rows),
    "schedule-empty": ("/c/{slug}/schedule?date=2031-01-06", Viewer.main),
    "moving": ("/c/{slug}/schedule?visit={visit}", moving),
    "booking": ("/c/{slug}/schedule", typed(Viewer.grid, "n", "ok")),
    "cancelling": ("/c/{slug}/schedule?visit={visit}", then(Viewer.panel, "x")),
    "going-to-a-date": ("/c/{slug}/schedule", then(Viewer.grid, "g", "d")),
    "completing": ("/c/{slug}/schedule?visit={visit}", then(Viewer.panel, "d")),
    "palette": ("/c/{slug}/patients", typed(Viewer.rows, "Control+k", "ok")),
    "shortcuts": ("/c/{slug}/patients", then(Viewer.rows, "?")),
    "patients": ("/c/{slug}/patients", Viewer.rows),
    "patients-none": ("/c/{slug}/patients?q=zzzz", Viewer.main),
    "register": ("/c/{slug}/patients/new", Viewer.form),
    "register-wrong": ("/c/{slug}/patients/new", wrong),
    "patient": ("/c/{slug}/patients/{maria}", Viewer.tab),
    "patient-visits": ("/c/{slug}/patients/{maria}?tab=appointments", Viewer.tab),
    "patient-details": ("/c/{slug}/patients/{maria}?tab=details", Viewer.form),
    "ledger": ("/c/{slug}/patients/{maria}?tab=ledger", Viewer.rows),
    "payment": ("/c/{slug}/patients/{maria}?tab=ledger", then(Viewer.rows, "p")),
    "new-invoice": ("/c/{slug}/patients/{maria}?tab=ledger", then(Viewer.rows, "i")),
    "charge": ("/c/{slug}/patients/{maria}?tab=ledger", then(Viewer.rows, "+")),
    "adjustment": ("/c/{slug}/patients/{maria}?tab=ledger", then(Viewer.rows, "-")),
    "draft": ("/c/{slug}/patients/{maria}/invoices/{draft}", Viewer.main),
    "invoice": ("/c/{slug}/patients/{maria}/invoices/{partly}", Viewer.main),
    "letter": ("/c/{slug}/patients/{maria}/invoices/{partly}", pressed(Viewer.main, "Email")),
    "invoice-void": ("/c/{slug}/patients/{maria}/invoices/{void}", Viewer.main),
    "billing": ("/c/{slug}/billing", Viewer.rows),
    "payments": ("/c/{slug}/billing?show=payments", Viewer.rows),
    "one-payment": ("/c/{slug}/billing?show=payments&payment={payment}", Viewer.dialog),
    "the-day": ("/c/{slug}/day", Viewer.rows),
    "the-day-empty": ("/c/{slug}/day?date=2031-01-06", Viewer.main),
    "closing-the-day": ("/c/{slug}/billing/day-close", Viewer.rows),
    "one-close": ("/c/{slug}/billing/day-close?close={close}", Viewer.dialog),
    "imports": ("/c/{slug}/import", Viewer.rows),
    "import-check": ("/c/{slug}/import/{checked}", Viewer.rows),
    "import-done": ("/c/{slug}/import/{brought}", Viewer.main),
    "clinic": ("/c/{slug}/admin/clinic", Viewer.form),
    "hours": ("/c/{slug}/admin/hours", Viewer.main),
    "providers": ("/c/{slug}/admin/providers", Viewer.rows),
    "provider": ("/c/{slug}/admin/providers", then(Viewer.rows, "n")),
    "operatories": ("/c/{slug}/admin/operatories", Viewer.rows),
    "services": ("/c/{slug}/admin/services", Viewer.rows),
    "service": ("/c/{slug}/admin/services", then(Viewer.rows, "n")),
    "staff": ("/c/{slug}/admin/staff", Viewer.rows),
    "invite": ("/c/{slug}/admin/staff", pressed(Viewer.rows, "Invite somebody")),
    "member": ("/c/{slug}/admin/staff", pressed(Viewer.rows, "Ana Dinu")),
    "account": ("/c/{slug}/account", Viewer.form),
    "preferences": ("/c/{slug}/preferences", Viewer.main),
    "nothing-here": ("/c/{slug}/patients/00000000-0000-4000-8000-000000000000", Viewer.main),
}
REFUSED_ON_PURPOSE = {"nothing-here": 404}


def filled(origin: str) -> tuple[Clinic, dict[str, str]]:
    """A day with every status, money in every state, a file that waits to be checked and one that is in."""
    clinic = Clinic(origin)
    practice = Practice(clinic)
    mobile = {"type": "mobile", "value": "+1 415 555 0132", "is_primary": True, "safe_for_voicemail": True}
    home = {"line1": "12 Long Street", "city": "Portland", "region": "OR", "postal_code": "97201"}
    maria = clinic.patient(contacts=[mobile], address=home, note="Call the daughter first", preferred_name="Mimi")
    luca = clinic.patient("Luca", "Okafor", "2016-03-04", guarantor_id=maria["id"])
    others = [
        clinic.patient(*name)
        for name in [("Ștefan", "Țurcanu"), ("ליאת", "כהן"), ("Ion", "Blaga-Constantinescu"), ("Ada", "Rus")]
    ]
    visit = practice.booked(maria, "11:00", notes="Prefers the window seat")
    for clock, patient, step in zip(
        ("08:00", "08:30", "10:00", "12:00"), others, ("arrival", "no-show", "seating", "confirmation"), strict=True
    ):
        booked = practice.booked(patient, clock)
        clinic.ask("POST", f"/appointments/{booked['id']}/{step}")
    done = clinic.appointment(luca, practice.popa, practice.two, practice.check_up, "09:00")
    clinic.ask("POST", f"/appointments/{done['id']}/completion", json={"items": [{"service_id": practice.check_up["id"]}]})
    clinic.appointment(maria, practice.popa, practice.two, practice.check_up, "09:00", 7)

    partly, void = clinic.invoice(maria, 10_000, 2_550), clinic.invoice(maria, 4_000)
    part = [{"invoice_id": partly["id"], "amount": clinic.money(5_000)}]
    paid = clinic.post("/payments", patient_id=maria["id"], amount=clinic.money(6_000), method="card", allocations=part)
    clinic.ask("POST", f"/invoices/{void['id']}/void", version=void["version"], json={"reason": "Wrong address"})
    draft = clinic.post("/invoices", patient_id=maria["id"], charge_ids=[clinic.charge(maria, 1_500)["id"]])
    drawer = clinic.get("/drawer")
    seen = {name: drawer[name] for name in ("date", "through", "expected")}
    clinic.ask("PUT", "/drawer", json={"float": clinic.money(20_000)})
    close = clinic.post(
        "/day-closes", **seen, follows_id=None, cash=clinic.money(19_950), card=drawer["expected"]["card"], note="Half a dollar fell",
    )  # fmt: skip
    clinic.post("/payments", patient_id=maria["id"], amount=clinic.money(700), method="check", reference="1042")
    brought, checked = _brought(clinic, run=True), _brought(clinic, run=False)
    new = Clinic(origin, "New Dental")
    return clinic, {
        "slug": clinic.slug, "visit": visit["id"], "maria": maria["id"], "partly": partly["id"], "void": void["id"],
        "draft": draft["id"], "payment": paid["id"], "close": close["id"], "brought": brought, "checked": checked, "new": new.slug,
        "newcomer": json.dumps(new.cookies()),
    }  # fmt: skip


def _brought(clinic: Clinic, *, run: bool) -> str:
    rows = "N,First name,Last name,Born,Gender,Balance\n%s,Dan,Rus,1980-02-03,1,12.50\n%s,Ada,Stan,not known,F,\n%s,Eva,,1990-01-01,F,x\n"
    content = (rows % (("501", "502", "503") if run else ("601", "602", "603"))).encode()
    one = clinic.post("/imports", kind="patients", filename="patients.csv", size=len(content))
    headers = {"content-type": "text/csv"}
    clinic.http.put(clinic.origin + one["upload_url"], content=content, headers=headers).raise_for_status()
    if run:
        clinic.ask("POST", f"/imports/{one['id']}/run")
        for _ in range(200):
            if clinic.get(f"/imports/{one['id']}")["status"] == "done":
                break
    return str(one["id"])
