"""Images on the screen: the last bitewings in three keys, brought from a file, windowed, measured, compared, put into a mount."""

import re
from collections.abc import Callable
from pathlib import Path
from typing import Any

from playwright.sync_api import Locator, expect

from tests.imaging import made
from tests.journeys.clinic import Clinic
from tests.journeys.person import Person
from tests.journeys.record import bring, radiograph

Sit = Callable[..., Person]


def canvas(desk: Person) -> Locator:
    return desk.page.get_by_test_id("stage").locator("canvas")


def window_of(desk: Person) -> str:
    return canvas(desk).get_attribute("data-window") or ""


class TestLastBitewings:
    def test_are_open_and_windowed_in_three_keys(self, clinic: Clinic, sit: Sit) -> None:
        patient = clinic.patient()
        bring(clinic, patient, made.jpeg(), "photo")
        bring(clinic, patient, radiograph(patient))
        desk = sit(clinic)
        desk.go(f"{clinic.home}/patients/{patient['id']}")
        desk.sees(desk.page.get_by_role("tab", name="Imaging"))
        with desk.counting("the last bitewings, windowed") as count:
            desk.press("9")
            expect(desk.page.locator("[data-kind=bitewing]")).to_be_focused()
            desk.press("Enter")
            expect(canvas(desk)).to_be_visible()
            desk.press("3")
            expect(canvas(desk)).to_have_attribute("data-window", re.compile(r"^\d+ \d+$"))
        assert count.keys <= 3
        hard = window_of(desk)
        desk.press("1")
        expect(canvas(desk)).not_to_have_attribute("data-window", hard)
        desk.sees(desk.page.get_by_role("dialog", name=f"{patient['first_name']} {patient['last_name']}"))
        desk.sees(desk.page.get_by_text("teeth 14", exact=False).first)
        desk.sees(desk.page.get_by_text("Not for diagnosis on an uncalibrated display."))


class TestBringing:
    def test_shows_what_was_checked_and_says_what_is_no_image(self, clinic: Clinic, sit: Sit, tmp_path: Path) -> None:
        patient = clinic.patient()
        photo, program = tmp_path / "smile.jpg", tmp_path / "x-ray.jpg"
        photo.write_bytes(made.jpeg(exif=True))
        program.write_bytes(b"MZ" + bytes(4000))
        desk = sit(clinic)
        desk.expects(415)
        desk.go(f"{clinic.home}/patients/{patient['id']}?tab=imaging")
        desk.sees(desk.page.get_by_text("No images here"))
        desk.page.locator("input[type=file]").set_input_files([photo, program])
        expect(desk.page.locator("[data-image] img")).to_be_visible(timeout=30_000)
        desk.sees(desk.page.get_by_text("This is something else, whatever its name says.", exact=False))
        assert len(clinic.get(f"/patients/{patient['id']}/images")["items"]) == 1

    def test_goes_on_after_the_line_was_lost(self, clinic: Clinic, sit: Sit, tmp_path: Path) -> None:
        patient = clinic.patient()
        photo = tmp_path / "large.jpg"
        photo.write_bytes(made.jpeg() + bytes(9 * 1024 * 1024))
        desk = sit(clinic)
        desk.go(f"{clinic.home}/patients/{patient['id']}?tab=imaging")
        lost: list[str] = []

        def lose(route: Any) -> None:
            if "offset=4194304" in route.request.url and len(lost) < 2:
                lost.append(route.request.url)
                route.abort()
            else:
                route.continue_()

        desk.away = True
        desk.page.route("**/api/v1/files/*", lose)
        desk.page.locator("input[type=file]").set_input_files(photo)
        expect(desk.page.locator("[data-image] img")).to_be_visible(timeout=40_000)
        assert len(lost) == 2
        [image] = clinic.get(f"/patients/{patient['id']}/images")["items"]
        assert (image["state"], image["size"]) == ("ready", photo.stat().st_size)


class TestViewer:
    def test_turns_inverts_measures_and_is_calibrated_with_undo(self, clinic: Clinic, sit: Sit) -> None:
        patient = clinic.patient()
        image = bring(clinic, patient, radiograph(patient, "JPEG2000.dcm"))
        desk = sit(clinic)
        desk.go(f"{clinic.home}/patients/{patient['id']}?tab=imaging")
        desk.page.locator("[data-image]").click()
        expect(canvas(desk)).to_be_visible()
        lies = canvas(desk).locator("..")
        before = lies.get_attribute("style")
        desk.press("r")
        expect(lies).not_to_have_attribute("style", before or "")
        desk.press("l", "i")
        expect(desk.page.get_by_role("button", name="Invert")).to_have_attribute("aria-pressed", "true")
        desk.press("m")
        box = desk.page.get_by_test_id("stage").bounding_box()
        assert box
        x, y = box["x"] + box["width"] / 2, box["y"] + box["height"] / 2
        desk.page.mouse.move(x - 40, y)
        desk.page.mouse.down()
        desk.page.mouse.move(x + 40, y, steps=4)
        desk.page.mouse.up()
        expect(desk.page.locator("[data-mark=length]")).to_have_count(1)
        expect(desk.page.locator("[data-mark=length] text")).to_contain_text("mm")
        desk.page.get_by_label("How long the last line is, in mm").fill("12.5")
        desk.page.get_by_role("button", name="Calibrate").click()
        expect(desk.page.locator("[data-mark=length] text")).to_have_text("12.5 mm")
        home = f"/patients/{patient['id']}/images/{image['id']}"
        assert clinic.get(home)["measured_by"] == "hand"
        desk.page.get_by_role("group", name="Scale set").get_by_role("button", name="Undo").click()
        expect(desk.page.locator("[data-mark=length] text")).not_to_have_text("12.5 mm")

    def test_is_dark_and_never_mirrored_in_arabic(self, clinic: Clinic, sit: Sit) -> None:
        patient = clinic.patient()
        bring(clinic, patient, radiograph(patient))
        desk = sit(clinic, locale="ar")
        desk.go(f"{clinic.home}/patients/{patient['id']}?tab=imaging")
        desk.page.locator("[data-image]").click()
        expect(canvas(desk)).to_be_visible()
        style = canvas(desk).locator("..").get_attribute("style") or ""
        scale = float(re.search(r"matrix\(([-0-9.e]+)", style).group(1))  # type: ignore[union-attr]
        assert scale > 0
        ground = desk.page.get_by_role("dialog").evaluate("one => getComputedStyle(one).backgroundColor")
        assert ground == "rgb(0, 0, 0)"

    def test_compares_two_by_a_number(self, clinic: Clinic, sit: Sit) -> None:
        patient = clinic.patient()
        for name in ("CT_small.dcm", "MR_small.dcm"):
            bring(clinic, patient, radiograph(patient, name))
        desk = sit(clinic)
        desk.go(f"{clinic.home}/patients/{patient['id']}?tab=imaging")
        expect(desk.page.get_by_label("Choose", exact=True)).to_have_count(2)
        for box in desk.page.get_by_label("Choose", exact=True).all():
            box.check()
        desk.click(desk.button("Compare two"))
        desk.page.get_by_label("Where the line is, in percent").fill("30")
        expect(desk.page.get_by_label("Where the line is", exact=True)).to_have_value("30")


class TestMounts:
    def test_take_the_last_bitewings_and_one_more_by_keys(self, clinic: Clinic, sit: Sit) -> None:
        patient = clinic.patient()
        for _ in range(2):
            bring(clinic, patient, radiograph(patient))
        desk = sit(clinic)
        desk.go(f"{clinic.home}/patients/{patient['id']}?tab=imaging")
        desk.click(desk.button("Mounts"))
        desk.click(desk.button("New mount"))
        expect(desk.page.get_by_role("button", name=re.compile("open its image"))).to_have_count(2)
        free = desk.page.get_by_role("button", name="Place 3: choose an image")
        free.focus()
        desk.press("Enter")
        desk.page.get_by_role("dialog").get_by_role("button").first.press("Enter")
        expect(desk.page.get_by_role("button", name=re.compile("open its image"))).to_have_count(3)
        [mount] = clinic.get(f"/patients/{patient['id']}/image-mounts")["items"]
        assert len(mount["places"]) == 3


class TestSomebodyElse:
    def test_is_asked_about_and_confirmed_with_a_reason(self, clinic: Clinic, sit: Sit) -> None:
        patient = clinic.patient()
        bring(clinic, patient, made.dicom())
        desk = sit(clinic)
        desk.go(f"{clinic.home}/patients/{patient['id']}?tab=imaging")
        desk.click(desk.button("Look whose it is"))
        desk.sees(desk.page.get_by_text("CompressedSamples CT1", exact=False))
        desk.field("Why").fill("Test card of the sensor")
        desk.press("Enter")
        expect(desk.page.locator("[data-image] img")).to_be_visible()
