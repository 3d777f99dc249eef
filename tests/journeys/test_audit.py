"""Who saw and changed what, looked at by those who may: an owner, and an auditor who may not know who patients are."""

import re
from collections.abc import Callable

from playwright.sync_api import expect

from tests.journeys.clinic import Clinic
from tests.journeys.person import Person
from tests.journeys.staff import Member


def test_an_owner_reads_who_did_what_and_takes_it_away(clinic: Clinic, sit: Callable[..., Person]) -> None:
    maria = clinic.patient("Maria", "Okafor")
    clinic.get(f"/patients/{maria['id']}")
    clinic.ask("PATCH", f"/patients/{maria['id']}", version=maria["version"], json={"last_name": "Okafor-Reyes"})
    owner = sit(clinic)
    page, main = owner.page, owner.page.get_by_role("main")
    owner.go(f"{clinic.home}/schedule")
    page.get_by_role("link", name="Audit").click()
    owner.sees(main.get_by_role("button", name=re.compile("Ana Dinu.* opened the record of .*Maria Okafor-Reyes")).first)

    # What is looked for stands in the address.
    main.get_by_label("Did").select_option("Changed")
    main.get_by_label("What", exact=True).select_option("patients")
    expect(page).to_have_url(re.compile("did=update&what=patient"))
    event = main.get_by_role("listitem").filter(has_text="changed the record of")
    expect(event).to_have_count(1)
    event.get_by_role("button").click()
    row = event.get_by_role("row").filter(has_text="last name")
    expect(row).to_contain_text("Okafor-Reyes")
    expect(row.get_by_role("cell").first).to_have_text("Okafor")

    with page.expect_download() as started:
        owner.click(main.get_by_role("button", name="Save as a file"))
    text = started.value.path().read_text(encoding="utf-8-sig")
    assert text.splitlines()[0].startswith("at,who,kind") and "Maria Okafor-Reyes" in text
    owner.is_told("The file is saved")

    owner.click(main.get_by_role("button", name="Look for everything"))
    owner.sees(main.get_by_role("button", name="took the audit away as a file"))


def test_a_patients_page_says_who_opened_it(clinic: Clinic, sit: Callable[..., Person]) -> None:
    maria = clinic.patient("Maria", "Okafor")
    owner = sit(clinic)
    owner.go(f"{clinic.home}/patients/{maria['id']}")
    owner.click(owner.page.get_by_role("tab", name="Who opened it"))
    row = owner.page.get_by_role("row").filter(has_text="Opened")
    owner.sees(row.first)
    expect(row.first).to_contain_text("Owner")
    owner.click(owner.page.get_by_role("link", name="Every event"))
    expect(owner.page).to_have_url(re.compile(f"patient={maria['id']}"))


def test_an_auditor_sees_what_happened_and_not_to_whom(
    clinic: Clinic, join: Callable[[Clinic, str], Member], sit: Callable[..., Person]
) -> None:
    maria = clinic.patient("Maria", "Okafor")
    clinic.get(f"/patients/{maria['id']}")
    auditor = sit(join(clinic, "auditor"))
    main = auditor.page.get_by_role("main")
    auditor.go(f"{clinic.home}/admin/audit")
    auditor.sees(main.get_by_role("button", name="opened the record of a patient").first)
    expect(main.get_by_text("Okafor")).to_have_count(0)
    expect(main.get_by_role("button", name="Save as a file")).to_have_count(0)


def test_a_receptionist_is_told_that_it_is_not_theirs(
    clinic: Clinic, join: Callable[[Clinic, str], Member], sit: Callable[..., Person]
) -> None:
    desk = sit(join(clinic, "receptionist"))
    desk.go(f"{clinic.home}/admin/audit")
    desk.sees(desk.page.get_by_text("See who saw and changed what"))
    expect(desk.page.get_by_role("link", name="Audit")).to_have_count(0)
