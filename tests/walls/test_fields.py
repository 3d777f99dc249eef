"""docs/fields.md names every place in which a field depends on a permission, with the permission and a test that is there."""

import ast
import io
import re
from pathlib import Path

from pypdf import PdfReader

import chairside
from chairside import billing, reports
from chairside.kernel.money import Money
from tests.conftest import NOON

HOME = Path(chairside.__file__).parent
PAGE = (HOME.parent / "docs/fields.md").read_text()
ROWS = re.findall(r"^\| (.+?) \| (.+?) \| (.+?) \| (.+?) \| (.+?) \|$", PAGE, re.MULTILINE)


def asked() -> set[tuple[str, str]]:
    """(module, permission) of each `op.may("…")` below a door; the doors themselves have `@needs`."""
    found = set()
    for path in HOME.rglob("*.py"):
        for node in ast.walk(ast.parse(path.read_text())):
            match node:
                case ast.Call(func=ast.Attribute(attr="may"), args=[ast.Constant(value=str(permission))]):
                    found.add((path.relative_to(HOME).as_posix(), permission))
    return found


def test_every_question_after_a_permission_is_on_the_page():
    told = {
        (module, permission)
        for _, shown_to, _, decided, _ in ROWS
        for module in re.findall(r"`([\w/]+\.py)`", decided)
        for permission in re.findall(r"`([a-z_]+\.[a-z_]+)`", shown_to)
    }
    assert len(asked()) > 10
    assert asked() - told == set()


def test_what_is_named_is_there():
    for *_, decided, shown in ROWS[1:]:
        for path in re.findall(r"`([\w/]+\.py)`", decided):
            assert (HOME / path).exists(), path
        for path in re.findall(r"`(tests/[\w/.]+)`", shown):
            assert (HOME.parent / path).exists(), path


async def test_the_days_numbers_leave_money_out_for_those_who_may_not_see_it(north):
    for grants, shown in (({"scheduling.read"}, False), ({"scheduling.read", "reports.day", "billing.read"}, True)):
        async with north.op(grants=frozenset(grants)) as op:
            numbers = await reports.get_numbers(op, date=NOON.date())
        assert (numbers.produced is not None, numbers.collected is not None) == (shown, shown)


async def test_the_day_sheet_has_no_money_for_those_who_may_not_see_it(north, given):
    patient = await given.patient(north)
    await given.appointment(north, patient=patient, starts_at=NOON)
    async with north.op() as op:
        await billing.collect(op, patient_id=patient.id, amount=Money(12_345, "RON"), method="cash")
    seeing = {"scheduling.read", "patients.read", "clinic.read"}
    for grants, pages, balance in (
        (seeing, 1, False),
        (seeing | {"billing.read"}, 1, True),
        (seeing | {"billing.read", "reports.day"}, 2, True),
    ):
        async with north.op(grants=frozenset(grants)) as op:
            paper = await reports.draw_day_sheet(op, day=NOON.date())
        found = [page.extract_text() for page in PdfReader(io.BytesIO(paper.pdf)).pages]
        assert (len(found), "123,45" in found[0]) == (pages, balance)
