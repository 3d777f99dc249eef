"""The newest checkpoint in the clinic's own mailbox."""

from email import policy
from email.parser import BytesParser

import pytest

from chairside.cli.audit_verify import holds
from chairside.compliance.actions.mailing import mail_checkpoint, mail_checkpoints
from chairside.compliance.rules.checkpoints import Checkpoint, Ring, new_key
from chairside.kernel import clock
from chairside.messaging.posts import Mailbox


@pytest.fixture
def box(tmp_path):
    return Mailbox(str(tmp_path / "box"))


async def letter(box, sealed, clinic) -> Checkpoint:
    """The line out of the letter, as a person would keep it."""
    async with clinic.op() as op:
        await op.db.run("update clinic set email = 'north@example.test' where id = %(id)s", id=clinic.id)
    await sealed.seal()
    await sealed.sign()
    assert await mail_checkpoint(sealed.pool, clinic_id=clinic.id, post=box, now=clock.now())
    [file] = (box.folder / "new").iterdir()
    message = BytesParser(policy=policy.default).parsebytes(file.read_bytes())
    assert message["To"] == "north@example.test"
    [line] = [line for line in message.get_body(("plain",)).get_content().splitlines() if line.startswith("{")]
    return Checkpoint.read(line)


class TestMailCheckpoint:
    async def test_brings_a_signed_line_that_holds(self, box, sealed, north):
        line = await letter(box, sealed, north)
        assert sealed.ring.knows(line) and line.clinic_id == north.id
        async with sealed.tampering() as db:
            assert await holds(db, line, sealed.ring)

    async def test_finds_out_whoever_rewrote_database_and_second_place(self, box, sealed, north, capsys):
        line = await letter(box, sealed, north)
        async with sealed.tampering() as db:
            await db.run("update audit_seal set hash = sha256(hash) where clinic_id = %(clinic)s", clinic=north.id)
            assert not await holds(db, line, sealed.ring)
            assert not await holds(db, line, Ring.read(new_key()))
        assert "says otherwise" in capsys.readouterr().out

    async def test_goes_to_nobody_without_an_address_or_a_post(self, box, sealed, north):
        await sealed.seal()
        await sealed.sign()
        assert not await mail_checkpoint(sealed.pool, clinic_id=north.id, post=box, now=clock.now())
        assert await mail_checkpoints(sealed.pool, post=None, now=clock.now()) == 0
