"""Files of DICOM devices: whose they are, what is seen of them, and that they go out as they came."""

from datetime import date

import numpy as np
import pytest

from chairside.imaging.rules import dicom
from tests.imaging import made
from tests.tenancy.test_invitations import code


class TestImport:
    async def test_of_this_patient_is_shown_with_its_own_window_day_and_scale(self, images):
        who = images.patient
        content = made.dicom_of(who.first_name, who.last_name, who.birth_date)
        image = await images.brought(content, "IM000001")
        assert (image["state"], image["content"], image["picture"]) == ("ready", "application/dicom", "gray16")
        assert (image["width"], image["height"], image["taken_on"]) == (128, 128, "1997-04-30")
        assert (image["mm_per_pixel"], image["measured_by"]) == (0.661468, "file")
        view = (await images.read(image, "view")).content
        assert len(view) == 128 * 128 * 2
        greys = np.frombuffer(view, "<u2")
        assert greys.min() == 0 and greys.max() > 255  # more than a picture of eight bits would have kept

    async def test_goes_out_byte_by_byte_as_it_came(self, images):
        who = images.patient
        for name in ("CT_small.dcm", "MR_small_RLE.dcm", "JPEG2000.dcm", "SC_rgb_rle.dcm", "MR_small_bigendian.dcm"):
            content = made.dicom_of(who.first_name, who.last_name, None, name)
            image = await images.brought(content, name)
            assert image["state"] == "ready", name
            assert (await images.read(image, "original")).content == content, name

    async def test_of_somebody_else_is_held_until_it_is_confirmed_with_a_reason(self, images):
        image = await images.brought(made.dicom())
        assert (image["state"], image["said"]["name"], image["said"]["differs"]) == ("held", "CompressedSamples CT1", ["name"])
        assert (image["links"]["view"], image["links"]["thumb"]) == (None, None)
        empty = await images.ask("POST", f"/{image['id']}/confirmation", json={"reason": " "})
        assert empty.status_code == 422
        shown = await images.done("POST", f"/{image['id']}/confirmation", json={"reason": "married name"})
        assert (shown["state"], shown["confirmed"], shown["said"]) == ("ready", "married name", None)
        assert (await images.read(shown, "view")).status_code == 200
        again = await images.ask("POST", f"/{image['id']}/confirmation", json={"reason": "x"})
        assert await code(again) == (409, "ImageIsNotHeld")

    async def test_of_another_birth_date_is_held_too(self, images):
        who = images.patient
        image = await images.brought(made.dicom_of(who.first_name, who.last_name, date(1901, 2, 3)))
        assert (image["state"], image["said"]["differs"]) == ("held", ["birth_date"])

    async def test_that_names_nobody_is_asked_about(self, images):
        image = await images.brought(made.dicom("image_dfl.dcm"))
        assert (image["state"], image["said"]["differs"]) == ("held", ["nobody"])


class TestSaid:
    @pytest.mark.parametrize(
        ("name", "first", "last", "same"),
        [
            ("Pop^Ion", "Ion", "Pop", True), ("POP^ION^MIHAI", "Ion", "Pop", True), ("Ștefan^Ana", "Ana", "Stefan", True),
            ("Pop^Ion", "Ion", "Popa", False), ("Pop^Ana", "Ion", "Pop", False), ("pop ion", "Ion", "Pop", True),
            ("Müller-Lüdenscheidt^Änne", "Anne", "Muller Ludenscheidt", True),
        ],
    )  # fmt: skip
    def test_is_the_same_person_where_the_names_are(self, name, first, last, same):
        said = dicom.Said(name=name.replace("^", " "))
        found = dicom.differs(said, first_name=first, last_name=last, birth_date=None)
        assert (found == []) is same


class TestWindow:
    def test_is_the_files_own_in_the_greys_of_the_picture(self):
        found = dicom.read(made.dicom("MR_small.dcm"))
        shown = dicom.shown(found)
        low = int(found.pixel_array.min())
        assert (shown.window_centre, shown.window_width) == (float(found.WindowCenter) - low, float(found.WindowWidth))

    def test_of_monochrome1_is_said_to_be_inverted(self):
        found = dicom.read(made.dicom("MR_small.dcm"))
        found.PhotometricInterpretation = "MONOCHROME1"
        assert dicom.shown(found).inverted
