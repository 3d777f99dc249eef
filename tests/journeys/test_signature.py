"""A dentist signs on their own page; whoever runs the practice sees it, brings another, writes out a name, and takes it back."""

from base64 import b64decode
from collections.abc import Callable
from pathlib import Path

from playwright.sync_api import expect

from tests.journeys.clinic import Clinic, Practice
from tests.journeys.papers import signed
from tests.journeys.person import Person
from tests.journeys.staff import Member

Sit = Callable[..., Person]
INK = """async picture => {
    const image = new Image()
    image.src = picture
    await image.decode()
    const canvas = Object.assign(document.createElement('canvas'), { width: image.width, height: image.height })
    const on = canvas.getContext('2d')
    on.drawImage(image, 0, 0)
    const { data } = on.getImageData(0, 0, image.width, image.height)
    return { width: image.width, height: image.height, inked: data.filter((value, index) => index % 4 === 3 && value > 128).length }
}"""


def test_is_drawn_on_ones_own_page(practice: Practice, join: Callable[[Clinic, str], Member], sit: Sit) -> None:
    clinic = practice.clinic
    dentist = join(clinic, "dentist")
    clinic.provider_is(practice.marin, dentist.email)
    marin = sit(dentist)
    marin.go(f"{clinic.home}/account")
    marin.sees(marin.heading("Signature"))
    marin.click(marin.button("Sign here"))
    pad = marin.page.get_by_role("img", name="A line to sign on")
    pad.scroll_into_view_if_needed()
    expect(marin.button("Keep it")).to_be_disabled()
    box = pad.bounding_box()
    assert box
    mouse = marin.page.mouse
    mouse.move(box["x"] + 50, box["y"] + 30)
    mouse.down()
    for step in range(1, 11):
        mouse.move(box["x"] + 50 + step * 15, box["y"] + 30 + (step % 3) * 20)
    mouse.up()
    marin.click(marin.button("Keep it"))
    marin.is_told("The signature is kept")
    shown = marin.page.get_by_role("img", name="Signature of Dr. Ioana Marin")
    marin.sees(shown)
    kept = dentist.get(f"/providers/{practice.marin['id']}/signature")["picture"]
    seen = marin.page.evaluate(INK, f"data:image/png;base64,{kept}")
    # Cut to what was written: as wide as the line and its edges, on a paper of 900.
    line = 150 / box["width"] * 900
    assert line <= seen["width"] <= line + 60
    assert seen["inked"] > 1000
    marin.press("z")
    marin.is_told("Undone")
    expect(shown).to_have_count(0)


def test_is_brought_written_out_and_taken_back(practice: Practice, sit: Sit, tmp_path: Path) -> None:
    clinic = practice.clinic
    file = tmp_path / "signature.png"
    file.write_bytes(signed())
    words = tmp_path / "words.png"
    words.write_text("no picture at all")
    desk = sit(clinic)
    desk.go(f"{clinic.home}/admin/providers")
    desk.click(desk.button("Dr. Ioana Marin"))
    sheet = desk.dialog()
    section = sheet.get_by_role("region", name="Signature")
    input_ = section.locator("input[type=file]")
    input_.set_input_files(words)
    desk.sees(section.get_by_text("This file cannot be shown as a picture."))
    input_.set_input_files(file)
    desk.is_told("The signature is kept")
    shown = section.get_by_role("img", name="Signature of Dr. Ioana Marin")
    desk.sees(shown)
    first = clinic.get(f"/providers/{practice.marin['id']}/signature")["picture"]
    seen = desk.page.evaluate(INK, f"data:image/png;base64,{first}")
    assert (seen["width"], seen["height"]) == (420, 120)

    # By keyboard alone, without leaving the sheet.
    section.get_by_role("button", name="Write the name").focus()
    desk.press("Enter")
    desk.is_at(desk.field("Name as it is signed", section))
    desk.press("Control+a")
    desk.type("I. Marin")
    desk.press("Enter")
    expect(section.get_by_label("Name as it is signed")).to_have_count(0)
    desk.sees(sheet)
    second = clinic.get(f"/providers/{practice.marin['id']}/signature")["picture"]
    assert second != first and b64decode(second).startswith(b"\x89PNG")
    section.get_by_role("button", name="Remove").click()
    desk.is_told("The signature is removed")
    expect(shown).to_have_count(0)
    desk.page.get_by_role("group", name="The signature is removed").get_by_role("button", name="Undo").click()
    desk.sees(shown)
    assert clinic.get(f"/providers/{practice.marin['id']}/signature")["picture"] == second
