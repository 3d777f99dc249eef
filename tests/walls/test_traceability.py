"""docs/clinical-traceability.md names tests that are there, and every route of the clinical record."""

import ast
import re
from pathlib import Path

from chairside.charting.http import charts, perio
from chairside.history.http import router as history
from chairside.imaging.http import ROUTERS as imaging
from chairside.labs.http import of_clinic as clinic_labs
from chairside.labs.http import of_patient as patient_labs
from chairside.notes.http import of_clinic as clinic_notes
from chairside.notes.http import of_patient as patient_notes
from chairside.prescribing.http import of_clinic as favourites
from chairside.prescribing.http import of_patient as prescriptions
from chairside.treatment.http import of_clinic as unscheduled
from chairside.treatment.http import of_patient as plans

ROOT = Path(__file__).parents[2]
PAGE = (ROOT / "docs/clinical-traceability.md").read_text()
ROWS = re.findall(r"^\| (.+?) \| (.+?) \| (.+?) \| `(tests/[^`]+)` \| (.*?) ?\|$", PAGE, re.MULTILINE)


def is_there(name: str) -> bool:
    path, *names = name.split("::")
    if not (ROOT / path).exists():
        return False
    body: list[ast.stmt] = ast.parse((ROOT / path).read_text()).body
    for part in names:
        found = next((one for one in body if getattr(one, "name", None) == part), None)
        if found is None:
            return False
        body = getattr(found, "body", [])
    return True


def test_every_test_that_is_named_is_there():
    assert len(ROWS) > 10
    assert [test for *_, test, _ in ROWS if not is_there(test)] == []
    assert not is_there("tests/charting/test_findings.py::TestRecord::test_of_nothing")


def test_every_clinical_route_has_a_line():
    named = {name for *_, routes in ROWS for name in re.findall(r"`(\w+)`", routes)}
    routers = (
        charts, perio, history, *imaging, patient_notes, clinic_notes, prescriptions, favourites, patient_labs, clinic_labs, plans,
        unscheduled,
    )  # fmt: skip
    routes = {route.name for router in routers for route in router.routes}
    assert named == routes
