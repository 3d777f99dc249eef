"""What a record has of pictures and plans, made as a program would."""

import time
from base64 import b64encode
from typing import Any

from tests.imaging import made
from tests.journeys.clinic import Clinic
from tests.treatment.drawn import png


def bring(clinic: Clinic, patient: Any, content: bytes, kind: str = "bitewing", **said: Any) -> Any:
    """As a program would, and looked at by the worker."""
    file = clinic.post("/files", patient_id=patient["id"], name="x.dcm", size=len(content))
    clinic.ask("PUT", file["upload"].removeprefix("/api/v1"), whole=True, params={"offset": 0}, content=content)
    home = f"/patients/{patient['id']}/images"
    image = clinic.post(home, file_id=file["id"], kind=kind, teeth=["26"], **said)
    for _ in range(120):
        image = clinic.get(f"{home}/{image['id']}")
        if image["state"] not in ("uploading", "quarantined"):
            return image
        time.sleep(0.25)
    raise AssertionError("nobody looked at it")


def radiograph(patient: Any, name: str = "CT_small.dcm") -> bytes:
    return made.dicom_of(patient["first_name"], patient["last_name"], None, name)


def agreed(clinic: Clinic, patient: Any) -> Any:
    """A plan of what the chart plans, accepted and signed."""
    home = f"/patients/{patient['id']}/treatment-plans"
    plan = clinic.post(home, title="Restorations")
    plan = clinic.post(f"{home}/{plan['id']}/planned-findings")["plan"]
    shown = clinic.post(f"{home}/{plan['id']}/presentation")
    decisions = [{"item_id": one["id"], "accepted": True} for one in shown["items"]]
    clinic.post(
        f"{home}/{plan['id']}/acceptance",
        number=1,
        decisions=decisions,
        signer_name="Maria Okafor",
        picture=b64encode(png()).decode(),
    )
    return plan
