"""Clinics that have something of everything: for looking at every screen."""

import json
from base64 import b64encode
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import httpx

from tests.imaging.made import jpeg
from tests.journeys.clinic import PASSWORD, Clinic, Practice
from tests.journeys.factors import App, passkey, proved_long_ago, stays_proved
from tests.journeys.papers import signed
from tests.journeys.record import agreed, bring, radiograph
from tests.journeys.staff import Member
from tests.operations import started

PHONE = (
    "Mozilla/5.0 (iPhone; CPU iPhone OS 18_5 like Mac OS X) AppleWebKit/605.1.15 (KHTML, like Gecko) Version/18.5 Mobile/15E148 "
    "Safari/604.1"
)


def filled(origin: str, data: Path) -> tuple[Clinic, dict[str, str]]:
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
    twin = clinic.patient("Marie", contacts=[{**mobile, "value": "+1 415 555 0190"}], note="Latex allergy", middle_name="Ann")
    clinic.invoice(twin, 3_000)
    clinic.appointment(twin, practice.popa, practice.two, practice.check_up, "15:00", 7)
    practice.booked(clinic.patient("Mia"), "09:00", days=7)
    clinic.post(f"/patients/{others[3]['id']}/merges", duplicate_id=clinic.patient("Ada Maria", "Rus")["id"])
    visit = practice.booked(maria, "11:00", notes="Prefers the window seat")
    for clock, patient, step in zip(
        ("08:00", "08:30", "10:00", "12:00"), others, ("arrival", "no-show", "seating", "confirmation"), strict=True
    ):
        booked = practice.booked(patient, clock)
        clinic.ask("POST", f"/appointments/{booked['id']}/{step}")
    done = clinic.appointment(luca, practice.popa, practice.two, practice.check_up, "09:00")
    clinic.ask("POST", f"/appointments/{done['id']}/completion", json={"items": [{"service_id": practice.check_up["id"]}]})
    clinic.appointment(maria, practice.popa, practice.two, practice.check_up, "09:00", 7)
    repeated = _series(practice, maria)

    _away(practice)
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
    _calendar(practice)
    for number, name in enumerate(("Hygiene", "Front desk")):
        clinic.post("/schedule-views", name=name, view="week" if number else "day", by="provider", shared=not number)
    _recalls(practice, maria, *others)
    _proxies(clinic, maria)
    _history(clinic, maria)
    _mouth(clinic, maria)
    _perio(clinic, maria)
    _notes(clinic, maria)
    _orders(clinic, maria, visit)
    clinic.post("/procedures/starting-list")
    agreed(clinic, maria)
    bring(clinic, maria, radiograph(maria), taken_on="2026-05-01")
    bring(clinic, maria, jpeg(), "photo", taken_on="2026-05-01")
    _waiting(practice, visit, *others)
    _asked(practice)
    _offered(practice)
    _messages(clinic, maria)
    program = _programs(clinic)
    brought, checked = _brought(clinic, run=True), _brought(clinic, run=False)
    new, careful = Clinic(origin, "New Dental"), _with_factors(origin, "Careful Dental")
    locked = Clinic(origin, "Locked Dental")
    locked.ask("PUT", "/session/pin", whole=True, json={"pin": "482913"})
    shut, guarded = _with_factors(origin, "Shut Dental"), _with_factors(origin, "Guarded Dental")
    for one in (locked, shut):
        one.ask("POST", "/session/lock", whole=True)
    proved_long_ago(data, guarded)
    for one in (clinic, careful):
        stays_proved(data, one)
    announced = _announced(Clinic(origin, "Announced Dental"), data)
    roles = _roles(Clinic(origin, "Roles Dental"), data)
    kept, closed = _kept(Clinic(origin, "Kept Dental"), data)
    return clinic, {
        "slug": clinic.slug, "visit": visit["id"], "maria": maria["id"], "merged": others[3]["id"], "partly": partly["id"], "void": void["id"],
        "later": (clinic.today + timedelta(days=3)).isoformat(), "draft": draft["id"], "payment": paid["id"], "close": close["id"], "brought": brought, "checked": checked, "program": program, "new_slug": new.slug,
        "repeated": repeated,
        "new_owner": json.dumps(new.cookies()), "careful": careful.email,
        **_of("careful", careful), **_of("locked", locked), **_of("shut", shut), **_of("guarded", guarded),
        **_of("announced", announced), **_of("roles", roles), **_of("kept", kept), "kept_patient": closed,
    }  # fmt: skip


def _away(practice: Practice) -> None:
    """Licences of which one runs out and one has, a vacation, days in another zone; the owner's own calendar has an address."""
    clinic, marin = practice.clinic, f"/providers/{practice.marin['id']}"
    for authority, days in (("Oregon Board of Dentistry", 20), ("Idaho", -12), ("Washington", 400)):
        until = (clinic.today + timedelta(days)).isoformat()
        clinic.post(f"{marin}/licences", authority=authority, number=f"D-{1000 + days}", expires_on=until)
    clinic.ask("PATCH", marin, version=practice.marin["version"], json={"npi": "1234567893", "dea": "AP5836727"})
    days = [(clinic.today + timedelta(n)).isoformat() for n in (30, 40, 50)]
    clinic.post(f"{marin}/vacations", first_on=days[0], last_on=days[1], reason="Skiing with the children")
    clinic.post(f"{marin}/travels", first_on=days[1], last_on=days[2], timezone="Europe/Lisbon")
    clinic.provider_is(practice.popa, clinic.email)
    clinic.post(f"/providers/{practice.popa['id']}/calendar-feeds")
    clinic.ask("PUT", f"{marin}/signature", json={"picture": b64encode(signed()).decode()})
    for whose in (practice.marin, practice.popa):  # nobody is there, and the screen says so
        address = "https://calendar.invalid/private/8f3a/basic.ics"
        clinic.post(f"/providers/{whose['id']}/outside-calendars", name="Private", address=address)


def _of(name: str, clinic: Clinic) -> dict[str, str]:
    """Another clinic to look at, and who looks."""
    return {f"{name}_slug": clinic.slug, f"{name}_owner": json.dumps(clinic.cookies())}


def _with_factors(origin: str, name: str) -> Clinic:
    clinic = Clinic(origin, name)
    App.of(clinic)
    passkey(clinic, "Reception")
    return clinic


def _announced(clinic: Clinic, data: Path) -> Member:
    """Somebody without a second factor where one will be needed in a month."""
    App.of(clinic)
    rules = {"mfa_grace_days": 0, "mfa_from": (datetime.now(UTC) + timedelta(days=30)).isoformat()}
    clinic.ask("PATCH", "/sign-in-rules", version=clinic.get("/sign-in-rules")["version"], json=rules)
    return Member(clinic, "receptionist", data)


def _roles(clinic: Clinic, data: Path) -> Clinic:
    """One from the product's, which some have, and one of the clinic's own making."""
    Practice(clinic)
    desk = next(one for one in clinic.get("/roles")["items"] if one["slug"] == "receptionist")
    lead = clinic.post(
        "/roles", name="Front desk lead", description="Opens in the morning, closes the drawer",
        permissions=[*desk["permissions"], "billing.close_day"], copied_from="receptionist",
    )  # fmt: skip
    clinic.post("/roles", name="Sterilization", description=None, permissions=["scheduling.read"], copied_from=None)
    for name in ("Website", "Recall robot at Dialtone"):
        clinic.post("/service-accounts", name=name, permissions=["scheduling.read", "scheduling.book"])
    for _ in range(2):
        Member(clinic, lead["slug"], data)
    Member(clinic, "dentist", data)
    return clinic


def _kept(clinic: Clinic, data: Path) -> tuple[Member, str]:
    """Somebody on no care team, where records are kept to them; and a patient."""
    patient = clinic.patient(note="For the team only")
    rules = clinic.get("/record-rules")
    clinic.ask("PATCH", "/record-rules", version=rules["version"], json={"care_teams": True})
    return Member(clinic, "assistant", data), patient["id"]


def _history(clinic: Clinic, maria: Any) -> None:
    """Of every kind something, an end, a strike, what there is none of; looked through in between."""
    path = f"/patients/{maria['id']}/medical-history"
    clinic.post(f"{path}/entries", kind="allergy", name="Penicillin", severity="life_threatening", reaction="Anaphylaxis in 2014")
    clinic.post(f"{path}/entries", kind="allergy", name="Latex", severity="mild", reaction="Itching", since="2019-05")
    pill = {"kind": "medication", "name": "Warfarin", "dose": "5 mg in the evening", "anticoagulant": True, "since": "2021"}
    clinic.post(f"{path}/entries", **pill, code_system="RxNorm", code="11289", note="INR 2.4 on the last visit")
    over = clinic.post(f"{path}/entries", kind="medication", name="Ibuprofen", dose="400 mg")
    clinic.post(f"{path}/entries/{over['id']}/end", until="2026-02", reason="Stomach pain")
    clinic.post(f"{path}/reviews")
    why = {"name": "Amoxicillin", "dose": "2 g, one hour before", "reason": "Artificial heart valve"}
    clinic.post(f"{path}/entries", kind="premedication", **why)
    wrong = clinic.post(f"{path}/entries", kind="condition", name="Diabetes, type 2", controlled=False)
    clinic.post(f"{path}/entries/{wrong['id']}/strike", reason="Belongs to her sister's record")
    clinic.ask("PUT", f"{path}/none/pregnancy")


def _perio(clinic: Clinic, maria: Any) -> None:
    """Two signed exams and one that is open, each a little other than the one before."""
    home = f"/patients/{maria['id']}/perio-exams"
    teeth = [f"{quadrant}{place}" for quadrant in "1234" for place in "1234567"]
    for days, worse in ((400, 0), (200, 1), (0, 2)):
        sites = [
            {
                "tooth": tooth, "site": site, "bleeding": True if (at + worse) % 5 == 0 else None,
                "probing_depth": (2 if len(site) == 1 else 3) + (worse * 2 if tooth in ("16", "26", "46") else 0) + at % 2,
                "gingival_margin": 2 if tooth in ("31", "41") else 0, "plaque": True if at % 7 == worse else None,
                "suppuration": True if tooth == "26" and site == "DB" and worse else None,
                "calculus": True if tooth in ("31", "41") and site == "L" else None,
            }
            for tooth in (teeth if days else teeth[:16])
            for at, site in enumerate(("MB", "B", "DB", "ML", "L", "DL"))
        ]  # fmt: skip
        on = (clinic.today - timedelta(days=days)).isoformat()
        moves = [{"tooth": "26", "mobility": worse, "furcations": {"B": 1 + worse}}]
        exam = clinic.post(home, examined_on=on, sites=sites, teeth=moves, skip_missing=True)
        if days:
            clinic.post(f"{home}/{exam['id']}/signature")


def _notes(clinic: Clinic, maria: Any) -> None:
    """A draft that is being written, a signed note with an addendum, one that was wrong; what notes begin with."""
    path, sitting = f"/patients/{maria['id']}/notes", "01a1fd99-0000-7000-8000-000000000001"
    body = "{{patient.first_name}}, {{visit.date}}: composite at [[tooth]], shade [[shade]].\nLocal anaesthesia [[what]].\n{{chart.today}}"
    clinic.post("/note-templates", code="fi", name="Filling", kind="progress", body=body)
    clinic.post("/note-templates", code="ex", name="Extraction", kind="progress", body="Tooth [[tooth]] extracted. Haemostasis.")
    clinic.post("/note-snippets", code="la", body="Articaine 4 % with epinephrine, 1.7 ml", of_clinic=True)
    clinic.post("/note-snippets", code="ok", body="Patient comfortable on leaving.")
    said = "Caries at 26 MO removed under rubber dam.\nComposite, shade A2, occlusion checked.\nPatient comfortable on leaving."
    for title, text in (("Filling", said), ("Recall", "Scaling and polishing. Home care shown."), (None, "Belongs to another")):
        note = clinic.post(path, title=title, body=text, editing_id=sitting)
        if title:
            clinic.post(f"{path}/{note['id']}/signature")
        else:
            clinic.post(f"{path}/{note['id']}/strike", reason="Entered by mistake")
        if title == "Filling":
            clinic.post(f"{path}/{note['id']}/addenda", body="Called in the evening: no pain.")
    draft = clinic.post(
        path, title="Emergency", body="Pain at 47 on biting since Friday.\nPercussion [[positive or not]].", editing_id=sitting
    )
    changed = {
        "body": "Pain at 47 on biting since Saturday.\nPercussion [[positive or not]].",
        "editing_id": sitting,
        "keep": True,
    }
    clinic.ask("PATCH", f"{path}/{draft['id']}", version=draft["version"], json=changed)


def _orders(clinic: Clinic, maria: Any, visit: Any) -> None:
    """Prescriptions in every state, one against a warning; lab cases that are planned, out, back; favourites."""
    people = {one["id"] for one in clinic.get("/colleagues")["items"]}
    provider = next(one for one in clinic.get("/providers")["items"] if one["member_id"] in people)
    clinic.post("/prescription-favourites/starting-list")
    path, body = (
        f"/patients/{maria['id']}/prescriptions",
        {"provider_id": provider["id"], "form": "tablet", "dose": "1 tablet", "quantity": 9},
    )
    for drug, status in (
        ("Paracetamol", "issued"),
        ("Ibuprofen", "issued"),
        ("Metronidazole", "cancelled"),
        ("Nystatin", "draft"),
    ):
        one = clinic.post(path, **body, drug=drug, strength="400 mg", times_a_day=3, days=3, directions="With a meal.")
        if status != "draft":
            clinic.post(f"{path}/{one['id']}/issue", override_reason="Short course; tolerated before")
        if status == "cancelled":
            clinic.post(f"{path}/{one['id']}/cancellation", reason="Written for another patient")
    lab = clinic.post("/labs", name="Ceramica Nord", usual_days=7, phone="+40 256 555 010", email="nord@lab.test")
    clinic.post("/labs", name="Orthodontic Works", usual_days=14)
    home = f"/patients/{maria['id']}/lab-cases"
    for work, teeth, steps in (
        ("crown", ["26"], ["sent"]),
        ("night_guard", [], []),
        ("bridge", ["34", "35", "36"], ["sent", "received"]),
    ):
        case = clinic.post(
            home, laboratory_id=lab["id"], provider_id=provider["id"], work=work, teeth=teeth, shade="A2", material="Zirconia",
            instructions="Margins as marked; contact light.", appointment_id=visit["id"] if work == "crown" else None,
        )  # fmt: skip
        for step in steps:
            clinic.post(f"{home}/{case['id']}/steps", step=step)


def _mouth(clinic: Clinic, maria: Any) -> None:
    """Of every layer something, over several teeth, and one that was wrong."""
    path = f"/patients/{maria['id']}/tooth-chart/findings"
    old = (clinic.today - timedelta(days=900)).isoformat()
    for teeth, condition, more in (
        ("18 28 38", "missing", {}),
        ("48", "impacted", {}),
        ("16", "restoration", {"surfaces": ["M", "O", "D"], "layer": "existing", "material": "amalgam", "noted_on": old}),
        ("15", "root_canal", {"layer": "existing", "noted_on": old}),
        ("15", "crown", {"layer": "existing_other", "material": "zirconia"}),
        (
            "26",
            "caries",
            {"surfaces": ["M", "O"], "detail": "dentine", "plan": {"condition": "restoration", "material": "composite"}},
        ),
        ("35 36 37", "bridge", {"layer": "existing", "material": "metal_ceramic", "pontics": ["36"]}),
        ("46", "implant", {"layer": "done"}),
        ("11", "veneer", {"layer": "planned", "material": "ceramic"}),
        ("21", "fracture", {"surfaces": ["M", "I"], "note": "Fell from a bicycle"}),
        ("47", "sealant", {"surfaces": ["O"], "layer": "referred"}),
        ("44", "extraction", {"layer": "planned"}),
        ("45", "periapical", {}),
    ):
        clinic.post(path, teeth=teeth.split(), condition=condition, **more)
    clinic.post(path, teeth=["11+1"], condition="impacted")
    wrong = clinic.post(path, teeth=["27"], condition="caries", surfaces=["O"])["findings"][0]
    clinic.post(f"{path}/{wrong['id']}/strike", reason="Other tooth")


def _proxies(clinic: Clinic, maria: Any) -> None:
    """In force with an end, taken back; and somebody whom the patient acts for herself."""
    path = f"/patients/{maria['id']}/proxies"
    scopes = ["schedule", "message", "view_billing"]
    clinic.post(
        path, name="Nelu O'Hara", phone="+40 722 333 444", email="nelu@example.test", relationship="caregiver", scopes=scopes,
        ends_on=(clinic.today + timedelta(days=200)).isoformat(), proof="Power of attorney 214 of the notary",
    )  # fmt: skip
    gone = clinic.post(path, name="Dana Ilie", relationship="relative", scopes=["manage"])
    clinic.post(f"{path}/{gone['id']}/revocation")
    luca = clinic.patient("Luca", "Okafor", f"{clinic.today.year - 6}-03-02")
    child = {"holder_id": maria["id"], "relationship": "parent", "scopes": scopes, "ends_at_majority": True}
    clinic.post(f"/patients/{luca['id']}/proxies", **child)


def _offered(practice: Practice) -> None:
    """Three days from now, a time of each provider to those who can be reached and one who cannot."""
    clinic, day = practice.clinic, (practice.clinic.today + timedelta(days=3)).isoformat()
    for name, number in (("Nia", "+1 415 555 0161"), ("Oana-Maria", "+1 415 555 0162"), ("Per", "")):
        contacts = [{"type": "mobile", "value": number}] if number else []
        patient = clinic.patient(name, "Constantinescu", contacts=contacts)
        clinic.post("/waitlist", patient_id=patient["id"], service_id=practice.check_up["id"], from_on=day, until_on=day)
    for provider, room in ((practice.marin, practice.one), (practice.popa, practice.two)):
        time = {"starts_at": clinic.at("08:00", 3), "ends_at": clinic.at("12:00", 3), "wave_size": 1}
        clinic.post("/opening-fills", provider_id=provider["id"], operatory_id=room["id"], **time)


def _calendar(practice: Practice) -> None:
    """With a chair and somebody who helps for the first minutes."""
    practice.clinic.post(
        "/calendars", name="Check-ups", service_ids=[practice.check_up["id"]],
        providers=[{"provider_id": practice.marin["id"], "priority": 1}], strategy="priority", public=True,
        requires=[{"any_of": [practice.one["id"], practice.two["id"]]}, {"any_of": [practice.popa["id"]], "to": 10}],
    )  # fmt: skip


def _recalls(practice: Practice, maria: Any, *others: Any) -> None:
    """Long due and just due, tried and not; snoozed, booked and closed."""
    clinic = practice.clinic
    check, hygiene, _ = (
        clinic.post("/recall-types", name=name, interval={"every": every, "unit": unit}, service_ids=services)
        for name, every, unit, services in (
            ("Check-up recall", 6, "months", [practice.check_up["id"]]),
            ("Hygiene recall", 16, "weeks", []),
            ("Braces", 6, "weeks", []),
        )
    )

    def due(patient: Any, type: Any, days: int, **more: Any) -> Any:
        day = (clinic.today + timedelta(days=days)).isoformat()
        return clinic.post("/recalls", patient_id=patient["id"], type_id=type["id"], due_on=day, **more)

    long_due = due(maria, hygiene, -41, note="After four, because of school")
    for outcome, note in (("no_answer", None), ("left_message", "With her daughter, who will tell her this evening")):
        clinic.post(f"/recalls/{long_due['id']}/attempts", kind="call", outcome=outcome, note=note)
    due(maria, check, 9)
    for patient, days in zip(others, (-12, 0, 3, 20), strict=True):
        made = due(patient, hygiene, days)
        if days == 3:
            clinic.post(f"/recalls/{made['id']}/snooze", until=(clinic.today + timedelta(days=30)).isoformat())
        if days == 20:
            clinic.post(f"/recalls/{made['id']}/closure", reason="Goes to another clinic")


def _series(practice: Practice, patient: Any) -> str:
    """Six visits from today on, of which the last two are cancelled; the second of them."""
    clinic = practice.clinic
    repeat = {"unit": "week", "starts_on": str(clinic.today), "time": "17:00", "times": 6}
    place = {"provider_id": practice.popa["id"], "operatory_id": practice.two["id"], "service_id": practice.check_up["id"]}
    series = clinic.post("/series", patient_id=patient["id"], repeat=repeat, **place)["series"]
    clinic.post(f"/series/{series['id']}/cancellations", number=5, reason="Moves away")
    first: str = series["visits"][0]["id"]
    return first


def _waiting(practice: Practice, visit: Any, *others: Any) -> None:
    """Somebody who would like their visit earlier, one with many wishes, one with none."""
    wishes: list[dict[str, Any]] = [
        {"patient_id": visit["patient_id"], "appointment_id": visit["id"], "urgent": True, "notice_hours": 2, "note": "In pain at night"},
        {
            "patient_id": others[0]["id"], "provider_ids": [practice.marin["id"], practice.popa["id"]], "weekdays": [2, 4, 5],
            "parts": ["morning", "evening"], "notice_hours": 48, "until_on": (practice.clinic.today + timedelta(days=60)).isoformat(),
        },
        {"patient_id": others[1]["id"]},
    ]  # fmt: skip
    for wish in wishes:
        practice.clinic.post("/waitlist", service_id=practice.check_up["id"], **wish)


def _asked(practice: Practice) -> None:
    """Two who ask for a time on the booking page, and one whose record it made."""
    clinic, service = practice.clinic, practice.check_up["id"]
    page = {
        "open": True, "needs_confirmation": True, "services": [{"service_id": service, "provider_ids": [practice.marin["id"]]}],
        "policy_url": "https://example.com/privacy", "embedders": ["https://www.example.com"],
    }  # fmt: skip
    clinic.ask("PUT", "/booking-page", json=page)
    public = f"/public/clinics/{clinic.slug}"
    for days, first_name in ((20, "Beatrice"), (21, "Ștefan"), (22, "Elena")):
        day = (clinic.today + timedelta(days)).isoformat()
        slots = clinic.ask("GET", f"{public}/openings?service_id={service}&from={day}&days=7", whole=True)["slots"]
        slot = {"service_id": service, "starts_at": slots[-1]["starts_at"]}
        hold = clinic.ask("POST", f"{public}/holds", whole=True, json=slot)["token"]
        who = {"first_name": first_name, "last_name": "Montgomery-Ionescu", "mobile": f"07221234{days}", "consent": True}
        asked = {"hold": hold, **who, "note": "Upper left, since Sunday"}
        clinic.ask("POST", f"{public}/bookings", whole=True, json=asked)
    [first, *_] = clinic.get("/booking-requests")["items"]
    clinic.ask("POST", f"/booking-requests/{first['id']}/acceptance", json={})


def _messages(clinic: Clinic, maria: Any) -> None:
    """A cascade, words of the clinic's own, a text there and back, and a visit of which Maria will be reminded."""
    steps = [("email", 7, "days", False), ("sms", 2, "days", False), ("sms", 2, "hours", True)]
    rules = [dict(zip(("channel", "before", "unit", "until_confirmed"), step, strict=True)) for step in steps]
    quiet = {"undo_minutes": 10, "quiet_from": "20:00", "quiet_until": "08:00", "tell_changes": True}
    clinic.ask("PUT", "/reminder-settings", json={**quiet, "rules": rules})
    clinic.ask("PUT", "/message-templates/moved/sms/en", json={"body": "{clinic}: now on {day} at {time}."})
    clinic.post(f"/patients/{maria['id']}/texts", text="Your new night guard is here; come by when it suits you.")

    def there() -> list[str]:
        return [
            one["id"]
            for one in clinic.ask("GET", "/phone", whole=True)["items"]
            if one["body"].startswith("Your new night guard")
        ]

    started.until(lambda: bool(there()), 30)
    clinic.ask("POST", f"/phone/{there()[0]}/answer", whole=True, json={"text": "Thank you, I come on Friday."})


def _programs(clinic: Clinic) -> str:
    """One with a key that runs out, one that is good, one that was shut out; and the owner at their phone."""
    soon = (datetime.now(UTC) + timedelta(days=5, hours=1)).isoformat()
    may = ["patients.read", "scheduling.read", "scheduling.book", "billing.read"]
    robot = clinic.post("/service-accounts", name="Recall robot at Dialtone", permissions=may, expires_at=soon)
    clinic.http.get(f"/clinics/{clinic.slug}/patients", headers={"authorization": f"Bearer {robot['key']}", "cookie": ""})
    clinic.post("/service-accounts", name="Website", permissions=["scheduling.read"])
    old = clinic.post("/service-accounts", name="Old accounting", permissions=["billing.read"])
    clinic.ask("POST", f"/service-accounts/{old['id']}/revocation")
    at_phone = httpx.Client(base_url=clinic.http.base_url, headers={"origin": clinic.origin, "user-agent": PHONE})
    at_phone.post("/session", json={"email": clinic.email, "password": PASSWORD}).raise_for_status()
    return str(robot["id"])


def _brought(clinic: Clinic, *, run: bool) -> str:
    rows = "N,First name,Last name,Born,Gender,Balance\n%s,Dan,Rus,1980-02-03,1,12.50\n%s,Ada,Stan,some day,F,\n%s,Eva,,1990-01-01,F,x\n"
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
