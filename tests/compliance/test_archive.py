"""A month that is old enough lies in a file, its tables are gone, and the chain still holds."""

import gzip
import json
from datetime import UTC, date, datetime

import psycopg
import pytest
from psycopg.conninfo import make_conninfo

from chairside.cli import audit_archive
from chairside.compliance.actions.archiving import DROP, KEEP, archive_month, archive_old
from chairside.compliance.rules import facts
from chairside.kernel import clock
from chairside.kernel.settings import Settings, SettingsRefused
from chairside.kernel.stop import Stop
from chairside.worker import working

MONTH = date(2020, 2, 1)
OLD = """
    insert into audit_event (clinic_id, at, actor_id, actor_type, action, entity, entity_id, values_digest)
    select %(clinic)s, timestamptz '2020-02-03 10:00:00Z' + n * interval '1 hour', %(actor)s, 'human', 'update', 'location',
           uuidv7(), sha256('x')
      from generate_series(1, 30) n
"""


@pytest.fixture
def url(admin, conninfo) -> str:
    return make_conninfo(admin, dbname="chairside")


@pytest.fixture
def month(url, north):
    """A month of six years ago, with thirty changes of the clinic."""
    with psycopg.connect(url, autocommit=True) as db:
        for parent in ("audit_event", "audit_value"):
            db.execute(f"create table {parent}_2020_02 partition of {parent} for values from ('2020-02-01Z') to ('2020-03-01Z')")
            db.execute(f"alter table {parent}_2020_02 owner to chairside_owner")  # as app.make_months makes them
        db.execute(OLD, {"clinic": north.id, "actor": north.owner_id})
        yield MONTH
        for parent in ("audit_event", "audit_value"):
            db.execute(f"drop table if exists {parent}_2020_02")


async def archive(sealed):
    return await archive_month(sealed.owner, month=MONTH, place=sealed.place, ring=sealed.ring, now=clock.now())


def there(url) -> bool:
    with psycopg.connect(url) as db:
        return db.execute("select to_regclass('audit_event_2020_02') is not null").fetchone() == (True,)


class TestArchiveMonth:
    async def test_puts_every_event_into_a_file_and_the_chain_still_holds(self, sealed, north, month, url):
        await sealed.seal()
        await sealed.sign()
        before = await sealed.look(north)
        [one] = await archive(sealed)
        with sealed.place.fetch(one.name) as file, gzip.open(file) as unpacked:
            lines = [json.loads(line) for line in unpacked]
        assert len(lines) == one.events == 30 and lines[-1]["seq"] == one.last_seq
        chained = facts.digest([lines[0]["fact"][name] for name in facts.COLUMNS])
        with psycopg.connect(url) as db:
            query = "select digest from audit_seal where clinic_id = %s and seq = %s"
            assert db.execute(query, [north.id, lines[0]["seq"]]).fetchone() == (chained,), "the file is verified by the seals"
        audit_archive.drop(url, MONTH)
        assert not there(url)
        after = await sealed.look(north)
        assert (after.finding, after.seq) == (None, before.seq)

    async def test_is_found_out_when_its_file_is_changed_or_gone(self, sealed, north, month, url):
        await sealed.seal()
        await sealed.sign()
        [one] = await archive(sealed)
        audit_archive.drop(url, MONTH)
        path = sealed.place.folder / one.name
        whole = path.read_bytes()
        path.write_bytes(whole[:-1] + bytes([whole[-1] ^ 1]))
        assert (await sealed.look(north)).finding.problem == "archive_changed"
        path.unlink()
        assert (await sealed.look(north)).finding.problem == "archive_changed"

    @pytest.mark.parametrize(
        ("change", "problem"),
        [("delete from audit_archive where clinic_id = %s", "missing"),
         ("update audit_archive set events = 29 where clinic_id = %s", "archive_forged")],
    )  # fmt: skip
    async def test_a_month_that_only_says_it_was_archived_is_found(self, sealed, north, month, url, change, problem):
        await sealed.seal()
        await sealed.sign()
        await archive(sealed)
        audit_archive.drop(url, MONTH)
        with psycopg.connect(url, autocommit=True) as db:
            db.execute(change, [north.id])
        assert (await sealed.look(north)).finding.problem == problem

    async def test_refuses_what_is_not_sealed_or_not_signed_for(self, sealed, north, month, url):
        with pytest.raises(Stop, match="not sealed"):
            await archive(sealed)
        await sealed.seal()
        with pytest.raises(Stop, match="closes"):
            await archive(sealed)
        with pytest.raises(Stop, match="in no archive"):
            audit_archive.drop(url, MONTH)
        assert there(url)

    async def test_refuses_a_chain_that_is_not_what_was_sealed(self, sealed, north, month, url):
        await sealed.seal()
        await sealed.sign()
        with psycopg.connect(url, autocommit=True) as db:
            db.execute("update audit_event set outcome = 'refused' where clinic_id = %s and at < '2021-01-01'", [north.id])
        with pytest.raises(Stop, match="not what was sealed"):
            await archive(sealed)

    async def test_does_not_drop_what_came_to_the_month_afterwards(self, sealed, north, south, month, url):
        await sealed.seal()
        await sealed.sign()
        await archive(sealed)
        with psycopg.connect(url, autocommit=True) as db:
            db.execute(OLD, {"clinic": south.id, "actor": south.owner_id})
        with pytest.raises(Stop, match="30 events are in no archive"):
            audit_archive.drop(url, MONTH)


class TestOld:
    async def test_is_what_lies_behind_so_many_years(self, month, url):
        assert audit_archive.old(url, audit_archive.until(date(2026, 3, 15), 6)) == [MONTH]
        assert audit_archive.old(url, audit_archive.until(date(2026, 2, 28), 6)) == []

    def test_needs_no_year_that_is_there(self):
        assert audit_archive.until(datetime(2028, 2, 29, tzinfo=UTC).date(), 6) == date(2022, 2, 1)


class TestArchiveOld:
    """As the worker does it, with the app's own role."""

    async def archive(self, sealed, years=6):
        return await archive_old(sealed.pool, years=years, place=sealed.place, ring=sealed.ring, now=clock.now())

    async def test_puts_a_closed_month_away_and_the_chain_still_holds(self, sealed, north, month, url, capfd):
        await sealed.seal()
        await sealed.sign()
        before = await sealed.look(north)
        assert await self.archive(sealed) == [MONTH]
        assert not there(url) and "audit month archived" in "".join(capfd.readouterr())
        assert list((sealed.place.folder).rglob("*2020-02*"))
        after = await sealed.look(north)
        assert (after.finding, after.seq) == (None, before.seq)
        assert await self.archive(sealed) == []

    async def test_leaves_a_month_that_no_checkpoint_closes_and_goes_on_another_night(self, sealed, north, month, url, capfd):
        assert await self.archive(sealed) == [] and there(url)
        await sealed.seal()
        assert await self.archive(sealed) == [] and there(url)
        assert "audit month stays" in "".join(capfd.readouterr())
        await sealed.sign()
        assert await self.archive(sealed) == [MONTH] and not there(url)

    async def test_leaves_a_chain_that_is_not_what_was_sealed(self, sealed, north, month, url):
        await sealed.seal()
        await sealed.sign()
        with psycopg.connect(url, autocommit=True) as db:
            db.execute("update audit_event set outcome = 'refused' where clinic_id = %s and at < '2021-01-01'", [north.id])
        assert await self.archive(sealed) == [] and there(url)

    async def test_leaves_what_came_to_the_month_afterwards(self, sealed, north, south, month, url):
        await sealed.seal()
        await sealed.sign()
        with psycopg.connect(url, autocommit=True) as db:
            db.execute(OLD, {"clinic": south.id, "actor": south.owner_id})
        assert await self.archive(sealed) == [] and there(url)

    async def test_keeps_what_is_younger(self, sealed, north, month, url):
        await sealed.seal()
        await sealed.sign()
        assert await self.archive(sealed, years=7) == [] and there(url)

    async def test_the_apps_role_drops_nothing_that_is_younger_or_in_no_file(self, conninfo, sealed, north, month, url):
        await sealed.seal()
        await sealed.sign()
        with psycopg.connect(conninfo, autocommit=True) as db:
            for young in (clock.now().date().replace(day=1), date(2020, 2, 2)):
                with pytest.raises(psycopg.errors.CheckViolation):
                    db.execute(DROP, {"month": young})
            assert db.execute(DROP, {"month": MONTH}).fetchone() == (30,)
            note = {
                "clinic": north.id,
                "month": MONTH,
                "last_seq": 10**6,
                "digest": b"x" * 32,
                "at": clock.now(),
                "key_id": "k",
                "signature": b"s",
            }
            for wrong in ({"events": 30}, {"events": 29}, {"events": 0, "month": date(2019, 1, 1)}):
                assert db.execute(KEEP, {**note, **wrong}).fetchone() == (False,)
        assert there(url)


class TestTheJob:
    async def test_is_there_only_where_the_operator_says_so(self, conninfo, pool):
        async def nothing() -> None: ...

        async with working(conninfo, pool) as jobs:
            assert "compliance.archive" not in jobs.tasks
        async with working(conninfo, pool, archive=nothing) as jobs:
            assert "compliance.archive" in jobs.tasks
            await jobs.tasks["compliance.archive"](timestamp=0)

    def test_keeps_six_years_at_least(self):
        assert not Settings.from_environment({}).audit_archive
        assert Settings.from_environment({"CHAIRSIDE_AUDIT_ARCHIVE": "true"}).audit_years == 6
        with pytest.raises(SettingsRefused, match="six years"):
            Settings.from_environment({"CHAIRSIDE_AUDIT_ARCHIVE": "true", "CHAIRSIDE_AUDIT_YEARS": "5"})
