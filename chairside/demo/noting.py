"""What was written of the practice's last visits: most of it signed, some of it still to be; and what its notes begin with."""

from datetime import timedelta
from random import Random
from uuid import uuid4

from chairside import notes
from chairside.demo.days import Life

NOTED = 40
FILLING = """{{visit.date}}. Caries at [[tooth]] removed under rubber dam.
Composite, shade [[shade]], occlusion checked.
{{chart.today}}"""
EXTRACTION = """{{visit.date}}. Tooth [[tooth]] extracted under local anaesthesia.
Haemostasis. Told what to heed at home."""
RECALL = """{{visit.date}}: {{visit.services}}.
Soft tissues: [[soft tissues]]. Home care: [[home care]]."""
TEMPLATES = (("fi", "Filling", FILLING), ("ex", "Extraction", EXTRACTION), ("re", "Recall", RECALL))
SNIPPETS = (("la", "Articaine 4 % with epinephrine, 1.7 ml"), ("ok", "Patient comfortable on leaving."))
SAID = (
    ("Filling", "Caries removed under rubber dam. Composite, shade A2, occlusion checked.\nPatient comfortable on leaving."),
    ("Recall", "Scaling and polishing. No new caries. Home care shown; interdental brushes in two sizes."),
    ("Emergency", "Pain on biting since Friday. Percussion positive, cold test prolonged. Root canal treatment discussed."),
    ("Crown", "Preparation, impression, temporary crown. Shade A3 chosen by daylight."),
    (None, "Called: swelling gone, no pain."),
)


async def write_down(life: Life) -> None:
    """By a chance of their own, so that the days stay what they are."""
    op, chance = life.op, Random(f"notes {life.practice.setting.name}")
    op.now = life.at
    for code, name, body in TEMPLATES:
        await notes.add_template(op, code=code, name=name, kind="progress", body=body)
    for code, body in SNIPPETS:
        await notes.add_snippet(op, code=code, body=body, of_clinic=True)
    for patient_id in [patient for patient in life.everyone if patient not in life.gone][:NOTED]:
        for title, body in chance.sample(SAID, chance.choice((1, 2, 3))):
            kind = "progress" if title else "phone"
            op.now = life.at - timedelta(days=chance.randrange(1, 400))
            note = (await notes.write(op, patient_id=patient_id, kind=kind, title=title, body=body, editing_id=uuid4())).note
            if chance.random() < 0.85:
                await notes.sign(op, patient_id=patient_id, note_id=note.id)
    op.now = life.at
