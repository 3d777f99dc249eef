"""What the classification calls secret lies encrypted, and nothing else does. Looked at in the bytes that were really stored."""

import secrets
import tomllib
from pathlib import Path
from uuid import UUID, uuid4

import pytest

from chairside import messaging, worker
from chairside.kernel import frames, vault
from chairside.kernel.resealing import COLUMNS
from tests.exchange.brought import rows, uploaded
from tests.treatment.conftest import Plans, starting_list
from tests.treatment.test_plans import crown
from tests.walls.requests import SIGNATURE
from tests.walls.test_classification import classified

ROOT = Path(__file__).parents[2]
ANA = {"first_name": "Ana", "last_name": "Pop", "birth_date": "1980-05-01", "sex": "female"}
ENCRYPTED = {"pii_regulated", "auth_secret"}
assert worker.SEALED
BYTES = """
    select c.relname, a.attname from pg_class c join pg_attribute a on a.attrelid = c.oid
     where c.relnamespace = 'public'::regnamespace and c.relkind in ('r', 'p') and not c.relispartition
       and a.attnum > 0 and not a.attisdropped and a.atttypid = 'bytea'::regtype
"""
TABLES = """
    select c.relname from pg_class c
     where c.relnamespace = 'public'::regnamespace and c.relkind in ('r', 'p') and not c.relispartition
"""


def not_encrypted() -> dict[str, str]:
    return tomllib.loads((ROOT / "docs/data-classification.toml").read_text())["not_encrypted"]


def wanted() -> set[str]:
    """What must lie encrypted."""
    return {column for column, kind in classified().items() if kind in ENCRYPTED} - set(not_encrypted())


def looks_sealed(value: bytes) -> bool:
    """Digests and salts have 32 bytes, fewer than anything sealed; of very many wrapped keys, which begin with random bytes, one
    begins like something sealed, but not with the low number of a key that a clinic has."""
    return len(value) > 32 and (vault.is_sealed(value) or frames.is_file(value)) and int.from_bytes(value[2:6]) < 1000


def mismatches(db) -> set[str]:
    """Columns whose stored bytes are not what their class asks for, one way or the other."""
    wrong, encrypted = set(), wanted()
    for table, column in db.execute(BYTES).fetchall():
        name = f"{table}.{column}"
        order = "where number = 0" if table == "import_chunk" else ""
        for (value,) in db.execute(f"select {column} from {table} {order}").fetchall():
            if value is not None and looks_sealed(bytes(value)) != (name in encrypted):
                wrong.add(name)
    return wrong


@pytest.fixture
async def filled(north, given):
    """Every encrypted column holds something; what it holds, in plain."""
    canaries = [f"canary{secrets.token_hex(8)}" for _ in range(4)]
    tax, body, cell, secret = canaries
    done = await north.ask("PATCH", "", version=1, json={"tax_id": tax})
    assert done.status_code == 200 and done.json()["tax_id"] == tax
    invoice = await given.invoice(north, await given.patient(north), 100)
    await north.ask("PATCH", "", version=2, json={"tax_id": tax + "-2"})
    async with north.op() as op:
        await messaging.send_invoice(op, invoice_id=invoice.id, recipient="a@b.test", subject="x", body=body)
        sealed = await vault.seal(op, table="totp", column="secret", row=(id := uuid4()), value=secret.encode(), ours=True)
        said = f"canary{secrets.token_hex(8)}"
        await messaging.receive(op, number="+40722000000", body=said, provider_message_id=secrets.token_hex(8))
        await op.db.run("select app.begin_totp(%(id)s, %(who)s, %(s)s)", id=id, who=north.owner_id, s=sealed)
    added = await north.ask("POST", "/providers", json={"name": "Dr. Marin", "dea": "AP5836727"})
    number = f"canary{secrets.token_hex(8)}"
    licence = {"authority": "Oregon", "number": number}
    assert (await north.ask("POST", f"/providers/{added.json()['id']}/licences", json=licence)).status_code == 201
    secret_path = f"canary{secrets.token_hex(8)}"
    calendar = {"name": "Private", "address": f"https://calendar.example/{secret_path}/basic.ics"}
    path = f"/providers/{added.json()['id']}/outside-calendars"
    assert (await north.ask("POST", path, json=calendar)).status_code == 201
    signature = await north.ask("PUT", f"/providers/{added.json()['id']}/signature", json={"picture": SIGNATURE})
    assert signature.status_code == 200
    acting = {"name": "Nelu", "relationship": "parent", "scopes": ["message"]}
    minor = (await given.patient(north, first_name="Luca")).id
    proxy = (await north.ask("POST", f"/patients/{minor}/proxies", json=acting)).json()["id"]
    proof = f"canary{secrets.token_hex(8)}"
    path = f"/patients/{minor}/proxies/{proxy}/proof-file"
    kept = await north.ask("PUT", path, params={"name": "x.pdf"}, content=f"%PDF-1.7 {proof}".encode())
    assert kept.status_code == 200
    plans = Plans(north, await given.patient(north))
    plan = await plans.added(await plans.begin(), crown(await starting_list(north)))
    assert (await plans.sign(plan, await plans.present(plan))).status_code == 201
    file = await north.ask("POST", "/files", json={"patient_id": str(minor), "name": "x.png", "size": 10})
    assert file.status_code == 201
    lines = rows(*[f"{n},Pop,Ana,1980-05-01,1.00,{n}" for n in range(100)], f"101,Pop,Ana,1980-05-01,1.00,101,{cell}")
    await uploaded(north, lines)
    assert (await north.ask("POST", "/patients", json=ANA)).status_code == 201
    return [body, cell, secret, said, number, secret_path, proof, "AP5836727", tax + "-2"]


def test_what_is_not_encrypted_is_of_those_classes_and_has_a_reason():
    assert {column for column in not_encrypted() if classified().get(column) not in ENCRYPTED} == set()
    assert all(len(reason) >= 7 for reason in not_encrypted().values())


def test_every_encrypted_column_goes_along_when_its_key_is_followed_by_another():
    assert {f"{table}.{column}" for table, column in COLUMNS} == wanted()


async def test_every_encrypted_column_holds_sealed_bytes_and_no_other_does(root, filled):
    for name in wanted():
        table, column = name.split(".")
        assert root.execute(f"select count(*) from {table} where {column} is not null").fetchone() > (0,), name
    assert mismatches(root) == set()


async def test_a_plain_value_in_an_encrypted_column_is_noticed(root, filled):
    root.execute("update totp set secret = 'JBSWY3DPEHPK3PXP'")
    assert mismatches(root) == {"totp.secret"}


async def test_an_encrypted_value_in_another_column_is_noticed(root, filled):
    root.execute("update invitation set salt = salt")
    root.execute("insert into import_chunk (clinic_id, import_id, number, bytes) select clinic_id, import_id, 0, sealed "
                 "from import_chunk where number = 0 limit 1 on conflict (clinic_id, import_id, number) do update set bytes = excluded.bytes")  # fmt: skip
    assert mismatches(root) == {"import_chunk.bytes"}


async def test_nothing_of_it_is_in_the_tables_as_they_lie(root, filled):
    """As a backup or a stolen disk has them: the audit and the queue, too."""
    found = []
    for (table,) in root.execute(TABLES).fetchall():
        with root.cursor().copy(f"copy (select * from {table}) to stdout") as copy:
            lying = b"".join(bytes(part) for part in copy)
        found += [(table, canary) for canary in filled if canary.encode() in lying or canary.encode().hex().encode() in lying]
        if table == "answer":
            assert b'"first_name"'.hex().encode() not in lying and b'"first_name"' not in lying
    assert found == []


async def test_it_opens_for_those_who_may_see_it(north, filled):
    assert (await north.ask("GET", "")).json()["tax_id"] == filled[-1]


async def test_a_repeated_request_is_answered_as_before(north):
    more = {"json": ANA, "headers": {"idempotency-key": "once"}}
    first, second = [await north.ask("POST", "/patients", **more) for _ in range(2)]
    assert first.status_code == second.status_code == 201
    assert first.json() == second.json() and UUID(second.json()["id"])
