"""The whole record at once: everything of it, to whom it is open, and the audit's line."""

from uuid import uuid4

import pytest

from chairside import reports
from chairside.kernel.refusals import NotAllowed

READS = frozenset({
    "patients.read", "charting.read", "notes.read", "history.read", "treatment.read", "prescribing.read", "labs.track",
    "imaging.read",
})  # fmt: skip
PARTS = {
    "notes.read": "notes", "history.read": "history", "charting.read": "chart", "treatment.read": "plans",
    "prescribing.read": "prescriptions", "labs.track": "lab_cases", "imaging.read": "images",
}  # fmt: skip


async def ok(answer):
    answer = await answer
    assert answer.is_success, answer.text
    return answer.json()


async def written(north, given):
    """A patient of whom something is said in each part, and something is struck through in each."""
    patient = await given.patient(north)
    home = f"/patients/{patient.id}"
    await ok(
        north.ask("POST", f"{home}/medical-history/entries", json={"kind": "allergy", "name": "Latex", "severity": "severe"})
    )
    made = await ok(
        north.ask(
            "POST", f"{home}/tooth-chart/findings", json={"teeth": ["26"], "surfaces": ["M", "O"], "condition": "caries", "layer": "condition"}
        )
    )  # fmt: skip
    finding = made["findings"][0]
    await ok(
        north.ask(
            "POST",
            f"{home}/tooth-chart/findings/{finding['id']}/strike",
            json={"reason": "Other tooth"},
            version=finding["version"],
        )
    )
    exam = await ok(
        north.ask(
            "POST",
            f"{home}/perio-exams",
            json={"sites": [{"tooth": "16", "site": "MB", "probing_depth": 5, "gingival_margin": 1}]},
        )
    )
    sitting = str(uuid4())
    note = await ok(north.ask("POST", f"{home}/notes", json={"body": "Crown seated.", "editing_id": sitting}))
    await ok(north.ask("POST", f"{home}/notes/{note['id']}/signature", version=note["version"]))
    await ok(north.ask("POST", f"{home}/notes/{note['id']}/addenda", json={"body": "Bite adjusted."}))
    await ok(north.ask("POST", f"{home}/notes", json={"body": "Only begun", "editing_id": sitting}))
    await ok(north.ask("POST", f"{home}/treatment-plans", json={"title": "Restorations"}))
    provider = await given.provider(north)
    drug = {"provider_id": str(provider.id), "drug": "Paracetamol", "form": "tablet", "strength": "500 mg", "dose": "1 tablet"}
    await ok(north.ask("POST", f"{home}/prescriptions", json=drug | {"times_a_day": 3, "days": 3, "quantity": 9}))
    lab = await ok(north.ask("POST", "/labs", json={"name": "Ceramica Nord", "usual_days": 7}))
    case = {"laboratory_id": lab["id"], "provider_id": str(provider.id), "work": "crown", "teeth": ["26"]}
    await ok(north.ask("POST", f"{home}/lab-cases", json=case))
    file = await ok(north.ask("POST", "/files", json={"patient_id": str(patient.id), "name": "x.png", "size": 100}))
    await ok(north.ask("POST", f"{home}/images", json={"file_id": file["id"], "kind": "photo", "teeth": ["26"]}))
    return patient, exam


class TestTheWholeRecord:
    async def test_says_all_that_each_part_says(self, north, given):
        patient, exam = await written(north, given)
        home = f"/patients/{patient.id}"
        record = await ok(north.ask("GET", f"{home}/record"))
        assert record["patient_id"] == str(patient.id)
        assert record["medical_history"] == await ok(north.ask("GET", f"{home}/medical-history"))
        assert record["tooth_chart"] == await ok(north.ask("GET", f"{home}/tooth-chart"))
        assert record["tooth_chart"]["findings"][0]["strike_reason"] == "Other tooth"
        (sheet,) = record["perio_exams"]
        whole = await ok(north.ask("GET", f"{home}/perio-exams/{exam['id']}"))
        assert sheet == {name: whole[name] for name in sheet} and sheet["sites"][0]["clinical_attachment_loss"] == 6
        signed, draft = record["notes"]
        assert signed == await ok(north.ask("GET", f"{home}/notes/{signed['id']}"))
        assert signed["intact"] and signed["addenda"][0]["body"] == "Bite adjusted."
        assert (draft["status"], draft["body"]) == ("draft", "Only begun")
        for part, path in [("treatment_plans",) * 2, ("prescriptions",) * 2, ("lab_cases", "lab-cases")]:
            listed = (await ok(north.ask("GET", f"{home}/{path.replace('_', '-')}")))["items"]
            assert record[part] == listed[::-1] and len(listed) == 1, part
        (image,) = record["images"]
        assert (image["kind"], image["teeth"], image["state"]) == ("photo", ["26"], "uploading")

    async def test_of_somebody_of_whom_nothing_is_written_is_empty(self, north, given):
        patient = await given.patient(north)
        record = await ok(north.ask("GET", f"/patients/{patient.id}/record"))
        assert [record[part] for part in ("perio_exams", "notes", "treatment_plans", "prescriptions", "lab_cases", "images")] == [
            []
        ] * 6
        assert record["tooth_chart"]["findings"] == record["medical_history"]["entries"] == []

    async def test_leaves_out_what_is_not_for_whoever_asks(self, north, given):
        patient, _ = await written(north, given)
        for lacking, part in PARTS.items():
            async with north.op(grants=READS - {lacking}) as op:
                record = await reports.get_record(op, patient_id=patient.id)
            assert [name for name in PARTS.values() if getattr(record, name) is None] == [part]
            assert (record.exams is None) == (lacking == "charting.read")
        async with north.op(grants=READS - {"charting.read", "notes.read"}) as op:
            with pytest.raises(NotAllowed):
                await reports.get_record(op, patient_id=patient.id)

    async def test_stands_in_the_audit_as_what_left(self, north, given, root):
        patient, _ = await written(north, given)
        await ok(north.ask("GET", f"/patients/{patient.id}/record"))
        found = root.execute(
            "select action, entity from audit_event where clinic_id = %s and entity_id = %s and entity = 'record'",
            [north.id, patient.id],
        ).fetchall()
        assert found == [("export", "record")]

    async def test_of_nobody_is_not_found(self, north):
        assert (await north.ask("GET", f"/patients/{uuid4()}/record")).status_code == 404
