"""A sealed value opens at its place, with its key, or not at all."""

import asyncio
import os
from dataclasses import replace
from uuid import UUID, uuid4

import pytest
from hypothesis import given as for_all
from hypothesis import strategies as st

from chairside.app import build
from chairside.kernel import envelope, keys, vault
from chairside.kernel.envelope import DoesNotOpen, Key, Place
from chairside.kernel.keys import KeysAway, Ring, keeping
from chairside.kernel.keys.keeping import Keeping
from chairside.kernel.op import begin
from chairside.kernel.settings import Settings
from tests.conftest import NOON

KEY = Key(7, bytes(range(32)))
PLACE = Place(UUID(int=5), "totp", "secret", "1")
SALT = bytes(range(100, 132))


class TestEnvelope:
    @for_all(st.binary(max_size=5000), st.none() | st.binary(min_size=32, max_size=32))
    def test_opens_as_it_was(self, value, salt):
        sealed = envelope.seal(KEY, PLACE, value, salt)
        assert envelope.open_(KEY, PLACE, sealed, salt) == value
        assert len(sealed) == len(value) + envelope.HEADER.size + envelope.TAG
        assert envelope.is_sealed(sealed)

    @for_all(st.data())
    def test_does_not_open_with_any_bit_changed(self, data):
        sealed = bytearray(envelope.seal(KEY, PLACE, b"canary-4711"))
        bit = data.draw(st.integers(0, len(sealed) * 8 - 1))
        sealed[bit // 8] ^= 1 << bit % 8
        with pytest.raises(DoesNotOpen):
            envelope.open_(KEY, PLACE, bytes(sealed))

    def test_does_not_open_cut_off_or_lengthened(self):
        sealed = envelope.seal(KEY, PLACE, b"canary-4711")
        for short in range(len(sealed)):
            with pytest.raises(DoesNotOpen):
                envelope.open_(KEY, PLACE, sealed[:short])
        with pytest.raises(DoesNotOpen):
            envelope.open_(KEY, PLACE, sealed + b"\0")

    @pytest.mark.parametrize(
        "elsewhere",
        [{"owner": UUID(int=6)}, {"table": "message"}, {"column": "body"}, {"row": "2"}, {"column": "secre", "row": "t1"},
         {"table": "tot", "column": "psecret"}],
    )  # fmt: skip
    def test_does_not_open_at_another_place(self, elsewhere):
        sealed = envelope.seal(KEY, PLACE, b"canary-4711")
        with pytest.raises(DoesNotOpen):
            envelope.open_(KEY, replace(PLACE, **elsewhere), sealed)

    def test_does_not_open_with_another_key_or_salt(self):
        mine, theirs = envelope.seal(KEY, PLACE, b"x"), envelope.seal(KEY, PLACE, b"x", SALT)
        for key, sealed, salt in (
            (Key(7, bytes(32)), mine, None), (Key(8, KEY.secret), mine, None), (KEY, mine, SALT), (KEY, theirs, None),
            (KEY, theirs, bytes(32)), (Key(7, bytes(32)), theirs, SALT),
        ):  # fmt: skip
            with pytest.raises(DoesNotOpen):
                envelope.open_(key, PLACE, sealed, salt)

    def test_shows_nothing_and_never_the_same_twice(self):
        sealed = [envelope.seal(KEY, PLACE, b"canary-4711") for _ in range(20_000)]
        assert len({one[6:18] for one in sealed}) == 20_000
        assert not any(b"canary" in one for one in sealed)

    def test_says_nothing_of_what_was_in_it(self):
        sealed = envelope.seal(KEY, PLACE, b"canary-4711")
        with pytest.raises(DoesNotOpen) as refused:
            envelope.open_(KEY, PLACE, sealed[:-1])
        assert "canary" not in str(refused.value) and refused.value.__cause__ is None
        assert str(KEY.secret) not in repr(KEY)

    @pytest.mark.parametrize("plain", [b"", b"{}", b'{"id": "x", "long": "' + b"y" * 100, b"null", b"1" * 60, "ä".encode() * 30])
    def test_is_not_mistaken_for_what_lay_there_before(self, plain):
        assert not envelope.is_sealed(plain)

    def test_finds_by_an_index_that_is_the_tables_columns_and_keys_own(self):
        index = envelope.index(KEY, "patient", "ssn", b"123")
        assert index == envelope.index(KEY, "patient", "ssn", b"123")
        others = [
            envelope.index(KEY, "patient", "ssn", b"124"), envelope.index(KEY, "patient", "ssn1", b"23"),
            envelope.index(KEY, "member", "ssn", b"123"), envelope.index(Key(7, bytes(32)), "patient", "ssn", b"123"),
        ]  # fmt: skip
        assert index not in others and len(index) == envelope.INDEX_BYTES


WHERE = {"table": "message", "column": "body", "row": "1"}


@pytest.fixture
def held(monkeypatch, settings):
    """A vault of this test's own, with nothing unwrapped yet."""
    held = Keeping(keys.chosen(settings))
    monkeypatch.setattr(vault, "_HELD", [held])
    return held


class TestSeal:
    async def test_opens_in_another_operation_and_another_process(self, north, held, monkeypatch):
        async with north.op() as op:
            sealed = await vault.seal(op, **WHERE, value=b"canary")
            assert await vault.open_(op, **WHERE, sealed=sealed) == b"canary"
        monkeypatch.setattr(vault, "_HELD", [Keeping(held.port)])
        async with north.op() as op:
            assert await vault.open_(op, **WHERE, sealed=sealed) == b"canary"

    async def test_goes_on_under_the_same_keys_when_another_app_is_put_together(self, north):
        """For its document, say: what that one would have sealed nobody could have opened."""
        before = vault.keeping()
        build(Settings())
        assert vault.keeping() is before

    async def test_is_refused_before_anybody_said_which_keys(self, north, monkeypatch):
        monkeypatch.setattr(vault, "_HELD", [])
        async with north.op() as op:
            with pytest.raises(LookupError):
                await vault.seal(op, **WHERE, value=b"x")

    async def test_does_not_open_in_another_clinic(self, north, south):
        async with north.op() as op:
            sealed = await vault.seal(op, **WHERE, value=b"canary")
        async with south.op() as op:
            await vault.seal(op, **WHERE, value=b"theirs")
            with pytest.raises(DoesNotOpen):
                await vault.open_(op, **WHERE, sealed=sealed)

    async def test_does_not_open_under_another_clinics_wrapped_key(self, north, south, root, held):
        """Who can write into the database cannot have one clinic read with another's key."""
        async with north.op() as op:
            await vault.key_of(op)
        async with south.op() as op:
            await vault.key_of(op)
        held.forget()
        root.execute(
            "update clinic_key set wrapped = (select wrapped from clinic_key where clinic_id = %s) where clinic_id = %s",
            [north.id, south.id],
        )
        root.commit()
        async with south.op() as op:
            with pytest.raises(DoesNotOpen):
                await vault.seal(op, **WHERE, value=b"x")

    async def test_opens_for_the_deployment_without_a_clinic_and_for_no_clinic(self, north, pool):
        async with begin(pool, NOON) as op:
            sealed = await vault.seal(op, **WHERE, value=b"secret", ours=True)
        async with north.op() as op:
            assert await vault.open_(op, **WHERE, sealed=sealed, ours=True) == b"secret"
            await vault.key_of(op)
            with pytest.raises(DoesNotOpen):
                await vault.open_(op, **WHERE, sealed=sealed)

    async def test_of_a_patient_is_gone_with_the_patients_key(self, north, given):
        patient, other = await given.patient(north), await given.patient(north)
        async with north.op() as op:
            sealed = await vault.seal(op, **WHERE, value=b"canary", patient_id=patient.id)
            await vault.seal(op, **WHERE, value=b"canary", patient_id=other.id)
            assert await vault.open_(op, **WHERE, sealed=sealed, patient_id=patient.id) == b"canary"
            for nobody in (None, other.id):
                with pytest.raises(DoesNotOpen):
                    await vault.open_(op, **WHERE, sealed=sealed, patient_id=nobody)
            await op.db.run("delete from patient_key where patient_id = %(id)s", id=patient.id)
            with pytest.raises(DoesNotOpen):
                await vault.open_(op, **WHERE, sealed=sealed, patient_id=patient.id)

    async def test_under_a_key_that_was_undone_is_not_done_by_others(self, north, held):
        """The first key of a clinic is made by whoever needs it; if that is undone, nobody may have used it meanwhile."""
        with pytest.raises(ZeroDivisionError):
            async with north.op() as op:
                await vault.seal(op, **WHERE, value=b"x")
                await vault.seal(op, **WHERE, value=b"y")
                raise ZeroDivisionError
        async with north.op() as op:
            sealed = await vault.seal(op, **WHERE, value=b"canary")
        held.forget()
        async with north.op() as op:
            assert await vault.open_(op, **WHERE, sealed=sealed) == b"canary"

    async def test_by_twenty_at_once_makes_one_key(self, north, held):
        async def one(number: int) -> bytes:
            async with north.op() as op:
                return await vault.seal(op, table="t", column="c", row=str(number), value=b"%d" % number)

        sealed = await asyncio.gather(*map(one, range(20)))
        async with north.op() as op:
            assert await op.db.value("select count(*) from clinic_key") == 1
            for number, value in enumerate(sealed):
                assert await vault.open_(op, table="t", column="c", row=str(number), sealed=value) == b"%d" % number

    async def test_asks_for_a_key_once_in_a_while(self, north, held, monkeypatch):
        async with north.op() as op:
            sealed = await vault.seal(op, **WHERE, value=b"x")
        held.forget()
        before = held.unwrapped
        for _ in range(5):
            async with north.op() as op:
                await vault.open_(op, **WHERE, sealed=sealed)
        assert held.unwrapped == before + 1
        monkeypatch.setattr(keeping, "LIFE_SECONDS", -1.0)
        held.forget()
        for _ in range(3):
            async with north.op() as op:
                await vault.open_(op, **WHERE, sealed=sealed)
        assert held.unwrapped == before + 4

    async def test_keeps_no_more_keys_than_it_may(self, north, south, held, monkeypatch):
        monkeypatch.setattr(keeping, "MOST", 1)
        for clinic in (north, south, north, south):
            async with clinic.op() as op:
                await vault.key_of(op)
        assert len(held._keys) == 1

    async def test_while_the_keys_are_away_is_refused_and_goes_on_by_itself(self, north, held, monkeypatch):
        async with north.op() as op:
            sealed = await vault.seal(op, **WHERE, value=b"canary")
        held.forget()

        class Away:
            async def unwrap(self, *_):
                raise KeysAway()

        port, held.port = held.port, Away()
        with pytest.raises(KeysAway):
            async with north.op() as op:
                await vault.open_(op, **WHERE, sealed=sealed)
        held.port = port
        async with north.op() as op:
            assert await vault.open_(op, **WHERE, sealed=sealed) == b"canary"

    async def test_does_not_open_with_another_keyring(self, north, held):
        async with north.op() as op:
            sealed = await vault.seal(op, **WHERE, value=b"canary")
        held.forget()
        held.port = Ring(None)
        async with north.op() as op:
            with pytest.raises(DoesNotOpen, match="which is not here"):
                await vault.open_(op, **WHERE, sealed=sealed)
            with pytest.raises(DoesNotOpen, match="which is not here"):
                await vault.seal(op, **WHERE, value=b"x")

    async def test_finds_by_index_what_any_key_in_use_wrote(self, north, south):
        wanted = {"table": "t", "column": "c", "value": b"123"}
        async with north.op() as op:
            first = await vault.index(op, **wanted)
            await vault.keeping().add(op, op.clinic.id, 2)
        vault.keeping().forget()
        async with north.op() as op:
            second = await vault.index(op, **wanted)
            assert first != second
            assert await vault.indexes(op, **wanted) == [second, first]
        async with south.op() as op:
            assert not {first, second} & set(await vault.indexes(op, **wanted))

    async def test_of_an_unknown_version_does_not_open(self, north):
        async with north.op() as op:
            sealed = envelope.seal(Key(99, os.urandom(32)), Place(north.id, "message", "body", "1"), b"x")
            with pytest.raises(DoesNotOpen):
                await vault.open_(op, **WHERE, sealed=sealed)
            with pytest.raises(DoesNotOpen):
                await vault.open_(op, table="message", column="body", row=uuid4(), sealed=b"plain text")
