"""Every answer that names a patient leaves a read that names them: in the clinic's audit, with who asked."""

from collections.abc import AsyncIterator
from dataclasses import replace

import psycopg
import pytest
from psycopg.conninfo import make_conninfo

from chairside.app import build, enveloped
from chairside.kernel.pool import Pool
from chairside.kernel.settings import Settings
from tests.conftest import DATABASE
from tests.walls.requests import NEVER
from tests.walls.test_routes import routes
from tests.walls.world import World

NAMED = """
    select patient_id::text, patient_ids::text[] from audit_event
     where clinic_id = %s and actor_id = %s and action in ('read', 'export') and at >= %s
"""
PAYERS = "select guarantor_id::text from patient where clinic_id = %s and guarantor_id is not null"
BY_ID_ALONE = {
    "get_patient": "who pays for them, of whom nothing else is told",
    "preview_merge": "who pays for them, of whom nothing else is told",
    "get_hold": "for whom one keeps a time oneself, as one said",
}
"""What names somebody by their id and tells nothing of them."""


@pytest.fixture(scope="module")
async def kept(worlds: tuple[World, World], settings: Settings, pool: Pool) -> AsyncIterator[World]:
    """The same clinic; what is asked of it here is not undone."""
    app = build(settings)
    app.state.pool = pool
    yield replace(worlds[0], app=enveloped(app))
    app.state.live.close()  # a stream was asked for, too


async def test_leave_a_record_of_whoever_an_answer_names(kept: World, admin: str) -> None:
    with psycopg.connect(make_conninfo(admin, dbname=DATABASE), autocommit=True) as db:
        of_patients = "select id::text from patient where clinic_id = %s"
        theirs = {id for (id,) in db.execute(of_patients, [kept.clinic.id])}
        payers = {id for (id,) in db.execute(PAYERS, [kept.clinic.id])}
        silent, asked = [], 0
        for route in routes():
            if "{clinic}" not in route.path or "GET" not in route.methods:
                continue
            [(since,)] = db.execute("select clock_timestamp()").fetchall()
            answer = await kept.ask(route, token=kept.tokens["owner"], things=own_of(kept))
            named = {id for id in theirs if id.encode() in answer.body}
            if "patient_id" in route.param_convertors and answer.status == 200:
                named.add(kept.things["patient_id"])
            if not named or answer.status != 200:
                continue
            asked += 1
            noted: set[str] = set()
            for one, several in db.execute(NAMED, [kept.clinic.id, kept.people["owner"], since]):
                noted |= {one, *(several or [])} - {None}
            missing = named - noted
            if route.name in BY_ID_ALONE:
                missing = set() if route.name == "get_hold" else missing - payers
            if missing:
                silent.append(f"{route.name} names {len(missing)} of {len(named)} without a record")
    assert silent == []
    assert asked >= 60


def own_of(world: World) -> dict[str, str]:
    own = world.own.get("owner", {})
    return {name: own.get(name, world.things.get(name, NEVER)) for name in ("own_view", "own_note", "own_file", "own_part")}
