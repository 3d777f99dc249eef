"""What there is to look at: every address of the app, and what is done there first."""

import re
from collections.abc import Callable

from playwright.sync_api import Page, expect

from tests.journeys.clinic import PASSWORD, Clinic
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

    def events(self) -> None:
        expect(self.page.get_by_role("main").get_by_role("listitem").first).to_be_visible()

    def dialog(self) -> None:
        expect(self.page.get_by_role("dialog")).to_be_visible()

    def form(self) -> None:
        expect(self.page.get_by_role("textbox").first).to_be_visible()

    def list(self) -> None:
        expect(self.page.get_by_role("main").get_by_role("listitem").first).to_be_visible()

    def security(self) -> None:
        expect(self.page.get_by_label("Present password")).to_be_visible()

    def tab(self) -> None:
        expect(self.page.get_by_role("tabpanel")).to_be_visible()

    def main(self) -> None:
        """Something is said that is no longer "loading"."""
        expect(self.page.get_by_role("main").get_by_role("heading").or_(self.page.get_by_role("paragraph")).first).to_be_visible()

    def panel(self) -> None:
        """The chosen visit: beside the grid, on a phone over it."""
        self.grid()
        expect(self.page.get_by_role("heading", name="Maria Okafor").first).to_be_visible()

    def sessions(self) -> None:
        """Ana at this screen, and wherever else she is."""
        expect(self.page.get_by_text("This one").first).to_be_visible()

    def records(self) -> None:
        expect(self.page.get_by_role("radio", name="The care team")).to_be_visible()

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


def finding(viewer: Viewer) -> None:
    then(Viewer.grid, "Shift+F")(viewer)
    expect(viewer.page.locator("[data-time]").first).to_be_visible()


def repeating(viewer: Viewer) -> None:
    """From a booking."""
    typed(Viewer.grid, "n", "ok")(viewer)
    viewer.keys("Enter")
    viewer.page.get_by_role("dialog").get_by_role("button", name="Repeat…").click()
    expect(viewer.page.get_by_role("dialog").get_by_role("listitem").first).to_be_visible()


def in_a_series(viewer: Viewer) -> None:
    viewer.panel()
    viewer.page.get_by_text("1 of 6").first.click()
    expect(viewer.page.get_by_text("This visit").first).to_be_visible()


def moving_a_series(viewer: Viewer) -> None:
    in_a_series(viewer)
    viewer.page.get_by_role("button", name="Move this and the following").first.click()
    viewer.dialog()


def why_not(viewer: Viewer) -> None:
    finding(viewer)
    viewer.page.get_by_role("dialog").locator("button").filter(has=viewer.page.locator("svg.lucide-circle-question-mark")).click()
    expect(viewer.page.get_by_role("dialog").locator("section li").first).to_be_visible()


def role_of_the_product(viewer: Viewer) -> None:
    viewer.rows()
    viewer.page.get_by_role("main").get_by_role("button", name="Dentist").first.click()
    expect(viewer.page.get_by_role("dialog").get_by_role("listitem").first).to_be_visible()


def pressed(ready: Prepare, name: str) -> Prepare:
    """A button on a screen that is ready, then the dialog that it opens, filled in."""

    def prepare(viewer: Viewer) -> None:
        ready(viewer)
        viewer.page.get_by_role("main").get_by_role("button", name=re.compile(f"^{name}")).first.click()
        expect(viewer.page.get_by_role("dialog").locator("input, textarea").first).to_be_visible()

    return prepare


def probed(viewer: Viewer) -> None:
    """An open exam, with everything that can be shown beside it."""
    viewer.tab()
    expect(viewer.page.get_by_role("gridcell")).to_have_count(192)
    for look in viewer.page.locator("fieldset input[type=checkbox]").all():
        look.check()
    viewer.page.locator("button[aria-expanded=false]").last.click()
    expect(viewer.page.get_by_text("10.1002/JPER.18-0006")).to_be_visible()
    viewer.page.get_by_role("grid").focus()
    viewer.page.locator("[role=tabpanel][data-state=active]").evaluate("one => one.scrollTo(0, 0)")


def compared(viewer: Viewer) -> None:
    viewer.tab()
    viewer.page.locator("button[aria-pressed=false]").first.click()
    expect(viewer.page.locator(".pe-compared").first).to_be_visible()


def perio_signing(viewer: Viewer) -> None:
    viewer.tab()
    viewer.page.get_by_role("button", name="Sign", exact=True).click()
    expect(viewer.page.get_by_role("dialog")).to_be_visible()


def typed_code(viewer: Viewer) -> None:
    """A note that is being written, with what a code would bring."""
    viewer.list()
    viewer.page.get_by_role("textbox", name="Note", exact=True).press("Control+End")
    viewer.page.keyboard.type("\n/")
    expect(viewer.page.locator("#note-codes")).to_be_visible()


def signed_note(viewer: Viewer) -> None:
    """All of it, with who signed and what was added."""
    viewer.list()
    viewer.page.get_by_role("list", name="Notes").get_by_role("button", name=re.compile("^Filling Signed")).click()
    expect(viewer.page.get_by_text(re.compile("^Signed by"))).to_be_visible()


def note_versions(viewer: Viewer) -> None:
    signed_note(viewer)
    asked(Viewer.list, "Versions")(viewer)
    expect(viewer.page.get_by_role("dialog").get_by_role("insertion")).to_be_visible()


def prescribed(viewer: Viewer) -> None:
    """A prescription against which something speaks."""
    viewer.list()
    box = viewer.page.get_by_role("combobox", name="Prescribe")
    box.fill("ibu")
    box.press("Enter")
    expect(viewer.page.get_by_role("form")).to_be_visible()


def struck_note(viewer: Viewer) -> None:
    signed_note(viewer)
    asked(Viewer.list, "Strike through")(viewer)


def opened(viewer: Viewer) -> None:
    """The first event of the record, with what changed."""
    viewer.events()
    viewer.page.get_by_role("main").get_by_role("listitem").first.get_by_role("button").click()
    viewer.rows()


def viewed(viewer: Viewer) -> None:
    viewer.page.locator("[data-kind=bitewing]").first.click()
    expect(viewer.page.get_by_test_id("stage").locator("canvas")).to_be_visible()


def presented(viewer: Viewer) -> None:
    viewer.page.get_by_role("button", name=re.compile("^Show to the patient")).click()
    viewer.dialog()


def asked(ready: Prepare, name: str) -> Prepare:
    """A button on a screen that is ready, then what it asks."""

    def prepare(viewer: Viewer) -> None:
        ready(viewer)
        viewer.page.get_by_role("main").get_by_role("button", name=name).click()
        viewer.dialog()

    return prepare


def picking_a_duplicate(viewer: Viewer) -> None:
    viewer.tab()
    viewer.page.get_by_role("button", name="More").click()
    viewer.page.get_by_role("menuitem", name=re.compile("^Merge with")).click()
    expect(viewer.page.get_by_role("dialog").get_by_role("listitem").first).to_be_visible()


def two_compared(viewer: Viewer, name: str = "Marie Okafor") -> None:
    picking_a_duplicate(viewer)
    viewer.page.get_by_role("dialog").get_by_role("button", name=re.compile(name)).click()
    expect(viewer.page.get_by_role("dialog").get_by_role("radio").first).to_be_visible()


def in_the_way(viewer: Viewer) -> None:
    two_compared(viewer, "Mia Okafor")
    expect(viewer.page.get_by_role("dialog").get_by_role("link").first).to_be_visible()


def taking_apart(viewer: Viewer) -> None:
    asked(Viewer.tab, "Take apart")(viewer)


def codes(viewer: Viewer) -> None:
    asked(Viewer.security, "Make recovery codes")(viewer)
    viewer.page.get_by_role("dialog").get_by_role("button", name="Make recovery codes").click()
    expect(viewer.page.get_by_role("dialog").get_by_role("listitem")).to_have_count(10)


def own_role(viewer: Viewer) -> None:
    """The clinic's own, in its editor."""
    viewer.rows()
    viewer.page.get_by_role("main").get_by_role("button", name="Front desk lead").first.click()
    expect(viewer.page.get_by_role("dialog").get_by_role("checkbox").first).to_be_visible()


def whom_it_changes(viewer: Viewer) -> None:
    own_role(viewer)
    for sentence in ("Archive patients", "Refund payments"):
        viewer.page.get_by_role("dialog").get_by_label(re.compile(f"^{sentence}")).press("Space")
    viewer.keys("Control+Enter")
    expect(viewer.page.get_by_role("dialog").get_by_text("What changes for whom")).to_be_visible()


def seen_as_another(viewer: Viewer) -> None:
    own_role(viewer)
    viewer.page.get_by_role("dialog").get_by_role("button", name="See as this role").click()
    expect(viewer.page.get_by_role("status").filter(has_text="Front desk lead")).to_be_visible()
    viewer.grid()


def announced(viewer: Viewer) -> None:
    viewer.main()
    expect(viewer.page.get_by_text(re.compile("you need a second factor to work here"))).to_be_visible()


def confirmed(viewer: Viewer) -> None:
    """What asks for fresh proof of somebody who signed in long ago."""
    viewer.security()
    viewer.page.get_by_role("main").get_by_role("button", name="Make recovery codes").click()
    viewer.page.get_by_role("dialog").get_by_role("button", name="Make recovery codes").click()
    asked = viewer.page.get_by_role("dialog", name="Confirm that it is you")
    expect(asked.get_by_role("textbox").first).to_be_visible()


def wrong(viewer: Viewer) -> None:
    viewer.form()
    viewer.page.get_by_role("textbox").first.focus()
    viewer.keys("Control+Enter")
    expect(viewer.page.get_by_role("alert").first).to_be_visible()


def second_step(viewer: Viewer) -> None:
    """Of somebody who has an authenticator app and a passkey."""
    viewer.form()
    viewer.page.get_by_label("Email").fill(viewer.given["careful"])
    viewer.page.get_by_label("Password").fill(PASSWORD)
    viewer.keys("Enter")
    expect(viewer.page.get_by_label("Six-digit code")).to_be_visible()


def moving(viewer: Viewer) -> None:
    viewer.panel()
    viewer.keys("m", "ArrowDown", "ArrowRight")


def asked_from_a_day(viewer: Viewer) -> None:
    """Everything that the rules can ask for is in sight."""
    viewer.page.get_by_role("radio", name="From a day on").click()
    expect(viewer.page.get_by_text(re.compile("ha(s|ve) no second factor"))).to_be_visible()


def key_shown(viewer: Viewer) -> None:
    pressed(Viewer.rows, "Add a program")(viewer)
    viewer.page.get_by_role("textbox", name=re.compile("^Program")).fill("Accounting")
    viewer.page.get_by_role("checkbox", name="See ledgers, invoices and payments.").check()
    viewer.keys("Control+Enter")
    expect(viewer.page.get_by_role("dialog", name="Key of Accounting")).to_be_visible()


def whole_provider(viewer: Viewer) -> None:
    """With everything that a provider can have."""
    pressed(Viewer.rows, "Dr. Ioana Marin")(viewer)
    expect(viewer.page.get_by_role("dialog").get_by_text("Skiing with the children")).to_be_visible()
    expect(viewer.page.get_by_role("dialog").get_by_text("Oregon Board of Dentistry")).to_be_visible()


def elsewhere(viewer: Viewer) -> None:
    """Calendars that a provider keeps elsewhere: nobody answers at this one's address."""
    whole_provider(viewer)
    section = (
        viewer.page.get_by_role("dialog")
        .locator("section")
        .filter(has=viewer.page.get_by_role("heading", name="Outside calendars"))
    )
    expect(section.get_by_text(re.compile("Not reached since"))).to_be_visible(timeout=20_000)
    section.get_by_role("button", name="Connect").scroll_into_view_if_needed()


def signing(viewer: Viewer) -> None:
    whole_provider(viewer)
    sheet = viewer.page.get_by_role("dialog")
    sheet.get_by_role("button", name="Sign here").click()
    expect(sheet.get_by_role("img", name="A line to sign on")).to_be_visible()
    sheet.get_by_role("heading", name="Signature").scroll_into_view_if_needed()


def away_soon(viewer: Viewer) -> None:
    """A vacation is typed into the sheet, and those whom it would leave waiting are named."""
    whole_provider(viewer)
    sheet = viewer.page.get_by_role("dialog")
    vacation = sheet.locator("section").filter(has=viewer.page.get_by_role("heading", name="Vacations"))
    vacation.get_by_label("First day").fill(viewer.clinic.today.isoformat())
    expect(vacation.get_by_text(re.compile("booked then"))).to_be_visible()
    vacation.get_by_text(re.compile("booked then")).scroll_into_view_if_needed()


def holidays_offered(viewer: Viewer) -> None:
    viewer.main()
    viewer.page.get_by_role("main").get_by_role("button", name="Public holidays").click()
    dialog = viewer.page.get_by_role("dialog")
    dialog.get_by_label("Year").select_option(index=1)
    expect(dialog.get_by_role("checkbox").first).to_be_visible()


def address_shown(viewer: Viewer) -> None:
    """Of a calendar, this once."""
    [marin] = [one for one in viewer.clinic.get("/providers")["items"] if one["name"] == "Dr. Ioana Marin"]
    for feed in viewer.clinic.get("/calendar-feeds", provider_id=marin["id"])["items"]:
        viewer.clinic.ask("DELETE", f"/calendar-feeds/{feed['id']}")
    whole_provider(viewer)
    viewer.page.get_by_role("dialog").get_by_role("button", name="Make an address").click()
    expect(viewer.page.get_by_role("dialog", name="The address of the calendar")).to_be_visible()


SCREENS: dict[str, tuple[str, Prepare]] = {
    "login": ("/login", Viewer.form),
    "login-second-step": ("/login", second_step),
    "sign-up": ("/signup", Viewer.form),
    "sign-up-wrong": ("/signup", wrong),
    "forgotten-password": ("/forgotten-password", Viewer.form),
    "password-reset": ("/password-reset#nothing", Viewer.form),
    "email-change": ("/email-change#nothing", Viewer.main),
    "invitation-unknown": ("/invitation#nobody", Viewer.main),
    "confirmation-unknown": ("/confirmation#nobody", Viewer.main),
    "mailbox": ("/mailbox", Viewer.main),
    "phone": ("/phone", Viewer.main),
    "unsubscribe": ("/unsubscribe#nothing", Viewer.main),
    "start": ("/c/{new_slug}/start", Viewer.form),
    "schedule": ("/c/{slug}/schedule?visit={visit}", Viewer.panel),
    "schedule-by-provider": ("/c/{slug}/schedule?by=provider", Viewer.grid),
    "schedule-week": ("/c/{slug}/schedule?view=week", Viewer.grid),
    "schedule-week-of-all": ("/c/{slug}/schedule?view=week&of=all", Viewer.grid),
    "schedule-agenda": ("/c/{slug}/schedule?view=agenda", Viewer.rows),
    "schedule-agenda-week": ("/c/{slug}/schedule?view=agenda&span=week&of=all", Viewer.rows),
    "schedule-views": ("/c/{slug}/schedule", then(Viewer.grid, "Shift+V")),
    "schedule-empty": ("/c/{slug}/schedule?date=2031-01-06", Viewer.main),
    "moving": ("/c/{slug}/schedule?visit={visit}", moving),
    "booking": ("/c/{slug}/schedule", typed(Viewer.grid, "n", "ok")),
    "cancelling": ("/c/{slug}/schedule?visit={visit}", then(Viewer.panel, "x")),
    "going-to-a-date": ("/c/{slug}/schedule", then(Viewer.grid, "g", "d")),
    "blocking-time": ("/c/{slug}/schedule", then(Viewer.grid, "Shift+B")),
    "filling-a-time": ("/c/{slug}/schedule", then(Viewer.grid, "Shift+W")),
    "offering-a-time": ("/c/{slug}/schedule?date={later}", then(Viewer.grid, "Shift+W")),
    "repeating-a-visit": ("/c/{slug}/schedule", repeating),
    "schedule-of-a-series": ("/c/{slug}/schedule?visit={repeated}", in_a_series),
    "moving-a-series": ("/c/{slug}/schedule?visit={repeated}", moving_a_series),
    "finding-a-time": ("/c/{slug}/schedule", finding),
    "finding-a-time-why": ("/c/{slug}/schedule", why_not),
    "completing": ("/c/{slug}/schedule?visit={visit}", then(Viewer.panel, "d")),
    "palette": ("/c/{slug}/patients", typed(Viewer.rows, "Control+k", "ok")),
    "shortcuts": ("/c/{slug}/patients", then(Viewer.rows, "?")),
    "patients": ("/c/{slug}/patients", Viewer.rows),
    "patients-none": ("/c/{slug}/patients?q=zzzz", Viewer.main),
    "patients-closed": ("/c/{kept_slug}/patients", Viewer.rows),
    "patient-closed": ("/c/{kept_slug}/patients/{kept_patient}", Viewer.main),
    "register": ("/c/{slug}/patients/new", Viewer.form),
    "register-wrong": ("/c/{slug}/patients/new", wrong),
    "patient": ("/c/{slug}/patients/{maria}", Viewer.tab),
    "patient-merged": ("/c/{slug}/patients/{merged}", Viewer.tab),
    "merging-pick": ("/c/{slug}/patients/{maria}", picking_a_duplicate),
    "merging": ("/c/{slug}/patients/{maria}", two_compared),
    "merging-in-the-way": ("/c/{slug}/patients/{maria}", in_the_way),
    "merge-apart": ("/c/{slug}/patients/{merged}", taking_apart),
    "patient-visits": ("/c/{slug}/patients/{maria}?tab=appointments", Viewer.tab),
    "patient-details": ("/c/{slug}/patients/{maria}?tab=details", Viewer.form),
    "ledger": ("/c/{slug}/patients/{maria}?tab=ledger", Viewer.rows),
    "payment": ("/c/{slug}/patients/{maria}?tab=ledger", then(Viewer.rows, "p")),
    "new-invoice": ("/c/{slug}/patients/{maria}?tab=ledger", then(Viewer.rows, "i")),
    "charge": ("/c/{slug}/patients/{maria}?tab=ledger", then(Viewer.rows, "+")),
    "adjustment": ("/c/{slug}/patients/{maria}?tab=ledger", then(Viewer.rows, "-")),
    "patient-messages": ("/c/{slug}/patients/{maria}?tab=messages", Viewer.form),
    "inbox": ("/c/{slug}/inbox", Viewer.main),
    "reminders": ("/c/{slug}/admin/reminders", Viewer.rows),
    "reminder-template": ("/c/{slug}/admin/reminders", pressed(Viewer.rows, "Reminder")),
    "patient-access": ("/c/{slug}/patients/{maria}?tab=access", Viewer.rows),
    "draft": ("/c/{slug}/patients/{maria}/invoices/{draft}", Viewer.main),
    "invoice": ("/c/{slug}/patients/{maria}/invoices/{partly}", Viewer.main),
    "letter": ("/c/{slug}/patients/{maria}/invoices/{partly}", pressed(Viewer.main, "Email")),
    "invoice-void": ("/c/{slug}/patients/{maria}/invoices/{void}", Viewer.main),
    "recalls": ("/c/{slug}/recalls", Viewer.rows),
    "recalls-closed": ("/c/{slug}/recalls?status=closed", Viewer.main),
    "recalls-not-set-up": ("/c/{new_slug}/recalls", Viewer.main),
    "recall-attempt": ("/c/{slug}/recalls", then(Viewer.rows, "a")),
    "recall-snooze": ("/c/{slug}/recalls", then(Viewer.rows, "s")),
    "recall-close": ("/c/{slug}/recalls", then(Viewer.rows, "x")),
    "patient-medical": ("/c/{slug}/patients/{maria}?tab=medical", Viewer.tab),
    "patient-chart": ("/c/{slug}/patients/{maria}?tab=chart", Viewer.tab),
    "perio": ("/c/{slug}/patients/{maria}?tab=perio", probed),
    "perio-compare": ("/c/{slug}/patients/{maria}?tab=perio", compared),
    "perio-sign": ("/c/{slug}/patients/{maria}?tab=perio", perio_signing),
    "record": ("/c/{slug}/patients/{maria}/record", Viewer.main),
    "chart-strike": ("/c/{slug}/patients/{maria}?tab=chart", pressed(Viewer.tab, "Strike through: 8 Veneer")),
    "notes": ("/c/{slug}/patients/{maria}?tab=notes", Viewer.list),
    "note-draft": ("/c/{slug}/patients/{maria}?tab=notes", typed_code),
    "note-signed": ("/c/{slug}/patients/{maria}?tab=notes", signed_note),
    "note-versions": ("/c/{slug}/patients/{maria}?tab=notes", note_versions),
    "note-strike": ("/c/{slug}/patients/{maria}?tab=notes", struck_note),
    "orders": ("/c/{slug}/patients/{maria}?tab=orders", Viewer.list),
    "prescribing": ("/c/{slug}/patients/{maria}?tab=orders", prescribed),
    "lab-case-new": ("/c/{slug}/patients/{maria}?tab=orders", asked(Viewer.list, "New lab case")),
    "lab-cases": ("/c/{slug}/lab-cases", Viewer.main),
    "lab-cases-none": ("/c/{new_slug}/lab-cases", Viewer.main),
    "laboratories": ("/c/{slug}/lab-cases", asked(Viewer.main, "Laboratories")),
    "imaging": ("/c/{slug}/patients/{maria}?tab=imaging", Viewer.main),
    "image": ("/c/{slug}/patients/{maria}?tab=imaging", viewed),
    "plan": ("/c/{slug}/patients/{maria}?tab=plan", Viewer.main),
    "plan-shown": ("/c/{slug}/patients/{maria}?tab=plan", presented),
    "unscheduled": ("/c/{slug}/unscheduled", Viewer.main),
    "unscheduled-none": ("/c/{new_slug}/unscheduled", Viewer.main),
    "notes-unsigned": ("/c/{slug}/unsigned-notes", Viewer.list),
    "notes-unsigned-none": ("/c/{new_slug}/unsigned-notes", Viewer.main),
    "note-templates": ("/c/{slug}/admin/note-templates", Viewer.rows),
    "note-templates-none": ("/c/{new_slug}/admin/note-templates", Viewer.main),
    "note-template": ("/c/{slug}/admin/note-templates", then(Viewer.rows, "n")),
    "history-entry": ("/c/{slug}/patients/{maria}?tab=medical", pressed(Viewer.tab, "Change Warfarin")),
    "history-versions": ("/c/{slug}/patients/{maria}?tab=medical", asked(Viewer.tab, "Versions")),
    "allergy-new": ("/c/{slug}/patients/{maria}", then(Viewer.tab, "Shift+A")),
    "proxy-new": ("/c/{slug}/patients/{maria}", pressed(Viewer.tab, "Add somebody")),
    "proxy-change": ("/c/{slug}/patients/{maria}", pressed(Viewer.tab, "Change Nelu O'Hara")),
    "recall-new": ("/c/{slug}/patients/{maria}", pressed(Viewer.tab, "Add a recall")),
    "recall-change": ("/c/{slug}/patients/{maria}", pressed(Viewer.tab, "Change: Check-up recall")),
    "coming-of-age": ("/c/{slug}/coming-of-age", Viewer.main),
    "waitlist": ("/c/{slug}/waitlist", Viewer.rows),
    "waitlist-none": ("/c/{slug}/waitlist?status=closed", Viewer.main),
    "waiting-change": ("/c/{slug}/waitlist", then(Viewer.rows, "e")),
    "waiting-close": ("/c/{slug}/waitlist", then(Viewer.rows, "x")),
    "waiting-new": ("/c/{slug}/patients/{maria}", pressed(Viewer.tab, "Put on the waiting list")),
    "requests": ("/c/{slug}/requests", Viewer.list),
    "requests-none": ("/c/{new_slug}/requests", Viewer.main),
    "request-decline": ("/c/{slug}/requests", pressed(Viewer.list, "Decline")),
    "booking-page": ("/c/{slug}/admin/booking", Viewer.form),
    "booking-page-closed": ("/c/{new_slug}/admin/booking", Viewer.form),
    "calendars": ("/c/{slug}/admin/calendars", Viewer.rows),
    "calendar": ("/c/{slug}/admin/calendars", pressed(Viewer.rows, "Check-ups")),
    "calendar-new": ("/c/{slug}/admin/calendars", then(Viewer.rows, "n")),
    "calendars-none": ("/c/{new_slug}/admin/calendars", Viewer.main),
    "recall-types": ("/c/{slug}/admin/recalls", Viewer.rows),
    "recall-type": ("/c/{slug}/admin/recalls", then(Viewer.rows, "n")),
    "recall-types-none": ("/c/{new_slug}/admin/recalls", Viewer.main),
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
    "provider-whole": ("/c/{slug}/admin/providers", whole_provider),
    "provider-elsewhere": ("/c/{slug}/admin/providers", elsewhere),
    "provider-signing": ("/c/{slug}/admin/providers", signing),
    "provider-away": ("/c/{slug}/admin/providers", away_soon),
    "holidays-offered": ("/c/{slug}/admin/hours", holidays_offered),
    "calendar-address": ("/c/{slug}/admin/providers", address_shown),
    "operatories": ("/c/{slug}/admin/operatories", Viewer.rows),
    "procedures": ("/c/{slug}/admin/procedures", Viewer.rows),
    "procedures-none": ("/c/{new_slug}/admin/procedures", Viewer.main),
    "procedure": ("/c/{slug}/admin/procedures", then(Viewer.rows, "n")),
    "procedures-import": ("/c/{slug}/admin/procedures", pressed(Viewer.rows, "Bring a list in")),
    "services": ("/c/{slug}/admin/services", Viewer.rows),
    "service": ("/c/{slug}/admin/services", then(Viewer.rows, "n")),
    "staff": ("/c/{slug}/admin/staff", Viewer.rows),
    "invite": ("/c/{slug}/admin/staff", pressed(Viewer.rows, "Invite somebody")),
    "roles": ("/c/{slug}/admin/roles", Viewer.rows),
    "role": ("/c/{slug}/admin/roles", role_of_the_product),
    "role-new": ("/c/{slug}/admin/roles", pressed(Viewer.rows, "New role")),
    "roles-own": ("/c/{roles_slug}/admin/roles", Viewer.rows),
    "role-own": ("/c/{roles_slug}/admin/roles", own_role),
    "role-difference": ("/c/{roles_slug}/admin/roles", whom_it_changes),
    "seen-as-another": ("/c/{roles_slug}/admin/roles", seen_as_another),
    "member": ("/c/{slug}/admin/staff", pressed(Viewer.rows, "Ana Dinu")),
    "audit": ("/c/{slug}/admin/audit", Viewer.events),
    "audit-event": ("/c/{slug}/admin/audit?did=insert&what=patient", opened),
    "audit-none": ("/c/{slug}/admin/audit?to=2020-01-01", Viewer.main),
    "who-is-signed-in": ("/c/{slug}/admin/security", Viewer.sessions),
    "sign-in-rules": ("/c/{slug}/admin/security?show=rules", asked_from_a_day),
    "record-rules": ("/c/{slug}/admin/security?show=records", Viewer.records),
    "programs": ("/c/{slug}/admin/security?show=programs", Viewer.rows),
    "programs-none": ("/c/{new_slug}/admin/security?show=programs", Viewer.main),
    "program": ("/c/{slug}/admin/security?show=programs&program={program}", Viewer.dialog),
    "program-new": ("/c/{slug}/admin/security?show=programs", pressed(Viewer.rows, "Add a program")),
    "program-key": ("/c/{slug}/admin/security?show=programs", key_shown),
    "account": ("/c/{slug}/account", Viewer.form),
    "security": ("/c/{slug}/account/security", Viewer.security),
    "security-of-the-careful": ("/c/{careful_slug}/account/security", Viewer.security),
    "adding-a-passkey": ("/c/{slug}/account/security", pressed(Viewer.security, "Add a passkey")),
    "setting-up-an-app": ("/c/{slug}/account/security", pressed(Viewer.security, "Set up an app")),
    "recovery-codes": ("/c/{careful_slug}/account/security", codes),
    "removing-a-passkey": ("/c/{careful_slug}/account/security", asked(Viewer.security, "Remove “Reception”")),
    "choosing-a-pin": ("/c/{slug}/account/security", pressed(Viewer.security, "Choose a PIN")),
    "second-factor": ("/second-factor?next=/c/{slug}/schedule", Viewer.main),
    "locked": ("/c/{locked_slug}/patients", Viewer.dialog),
    "locked-without-pin": ("/c/{shut_slug}/patients", Viewer.dialog),
    "step-up": ("/c/{guarded_slug}/account/security", confirmed),
    "factor-announced": ("/c/{announced_slug}/patients", announced),
    "sessions": ("/c/{slug}/account/sessions", Viewer.list),
    "preferences": ("/c/{slug}/preferences", Viewer.main),
    "nothing-here": ("/c/{slug}/patients/00000000-0000-4000-8000-000000000000", Viewer.main),
}
