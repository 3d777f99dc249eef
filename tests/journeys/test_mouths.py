"""Four mouths, drawn: healthy, of mixed dentition, heavily restored, and without teeth on implants. In both directions, light and
dark, at two widths: the patient's right is always on the left. Pictures under test-output/mouths, to be looked at."""

import re
from collections.abc import Callable
from typing import Any

import pytest
from playwright.sync_api import Locator

from tests.journeys.clinic import Clinic
from tests.journeys.conftest import PICTURES
from tests.journeys.person import Person
from tests.journeys.test_every_screen import PREFER, WIDER

Sit = Callable[..., Person]

UPPER = [f"1{n}" for n in range(8, 0, -1)] + [f"2{n}" for n in range(1, 9)]
LOWER = [f"4{n}" for n in range(8, 0, -1)] + [f"3{n}" for n in range(1, 9)]


def done(condition: str, *teeth: str, **more: Any) -> dict[str, Any]:
    return {"teeth": list(teeth), "condition": condition, "layer": "existing", **more}


def seen(condition: str, *teeth: str, **more: Any) -> dict[str, Any]:
    return {"teeth": list(teeth), "condition": condition, **more}


MOUTHS: dict[str, tuple[str, list[dict[str, Any]]]] = {
    "healthy": ("1994-05-01", []),
    "mixed": (
        "2018-05-01",
        [
            seen("erupted", "16", "26", "36", "46", "11", "21", "31", "41", "32", "42"),
            seen("missing", "51", "61", "71", "81", "72", "82"),
            done("restoration", "75", surfaces=["M", "O"], material="glass_ionomer"),
            seen("caries", "54", surfaces=["D", "O"], detail="dentine"),
            done("sealant", "16", "26", "36", "46", surfaces=["O"]),
        ],
    ),
    "restored": (
        "1961-05-01",
        [
            seen("missing", "18", "28", "48", "25", "46"),
            done("root_canal", "16", "36"),
            done("post", "36"),
            done("crown", "16", "36", "11", material="metal_ceramic"),
            done("bridge", "24", "25", "26", pontics=["25"], material="zirconia"),
            done("implant", "46"),
            done("crown", "46", material="ceramic"),
            done("restoration", "17", surfaces=["M", "O", "D"], material="amalgam"),
            done("restoration", "37", "47", surfaces=["O"], material="amalgam"),
            done("restoration", "13", surfaces=["M", "F"], material="composite"),
            done("inlay", "45", surfaces=["D", "O"], material="gold"),
            done("veneer", "21", "22", material="ceramic"),
            seen("caries", "27", surfaces=["M"], detail="dentine"),
            seen("fracture", "14", surfaces=["B"], detail="crown"),
            seen("periapical", "35"),
            seen("wear", "31", "32", "41", "42", surfaces=["I"], detail="attrition"),
            seen("impacted", "38"),
            {"teeth": ["27"], "condition": "restoration", "layer": "planned", "surfaces": ["M", "O"], "material": "composite"},
        ],
    ),
    "implants": (
        "1944-05-01",
        [
            seen("missing", *UPPER, *LOWER),
            done("denture", *UPPER, detail="full"),
            done("implant", "36", "33", "43", "46"),
            done("bridge", *[f"4{n}" for n in range(6, 0, -1)], *[f"3{n}" for n in range(1, 7)], material="zirconia",
                 pontics=["45", "44", "42", "41", "31", "32", "34", "35"]),
        ],
    ),
}  # fmt: skip
BESIDE = {"healthy": ("18", "28"), "mixed": ("16", "26"), "restored": ("17", "27"), "implants": ("18", "28")}


def mouth(clinic: Clinic, name: str) -> Any:
    born, findings = MOUTHS[name]
    patient = clinic.patient("Maria", name.capitalize(), born)
    for one in findings:
        clinic.post(f"/patients/{patient['id']}/tooth-chart/findings", **one, even_if_absent=True)
    return patient


def cell(desk: Person, number: str) -> Locator:
    return desk.page.get_by_role("gridcell", name=re.compile(rf"^{number}\b"))


@pytest.mark.parametrize("name", MOUTHS)
def test_a_mouth_is_drawn_and_never_mirrored(clinic: Clinic, sit: Sit, name: str) -> None:
    clinic.ask("PATCH", "", version=clinic.get("")["version"], json={"tooth_notation": "fdi"})
    patient = mouth(clinic, name)
    desk = sit(clinic)
    desk.go(f"{clinic.home}/patients/{patient['id']}?tab=chart")
    desk.sees(desk.page.get_by_role("grid", name="Tooth chart"))
    (PICTURES / "mouths").mkdir(parents=True, exist_ok=True)
    right, left = BESIDE[name]
    for locale in ("en", "ar"):
        for theme in ("light", "dark"):
            desk.page.evaluate(PREFER, {"locale": locale, "theme": theme})
            for width, height in ((1280, 800), (1920, 1080)):
                desk.page.set_viewport_size({"width": width, "height": height})
                desk.page.wait_for_timeout(50)
                assert desk.page.evaluate(WIDER) <= 0
                a, b = (cell(desk, one).bounding_box() for one in (right, left))
                assert a and b and a["x"] < b["x"] and abs(a["y"] - b["y"]) < 1
                desk.page.screenshot(path=PICTURES / "mouths" / f"{name}.{locale}.{theme}.{width}.jpg", type="jpeg", quality=80)
