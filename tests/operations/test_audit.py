"""What an operator does with the audit from the command line, while Chairside runs."""

import json

import httpx
import psycopg
import pytest
from psycopg.conninfo import make_conninfo

from chairside.kernel import embedded
from tests.operations.started import command, refusal, until

SIGNED = """
    select count(*)
      from audit_checkpoint k
      join clinic c on c.id = k.clinic_id and c.slug = 'sealed'
     where k.seq = (select max(s.seq) from audit_seal s where s.clinic_id = k.clinic_id)
"""
NEWEST = """
    select k.clinic_id, k.seq, encode(k.hash, 'hex') from audit_checkpoint k join clinic c on c.id = k.clinic_id
     where c.slug = 'sealed' order by k.number desc limit 1
"""
THIRD = """
    select s.seq, s.audit_id from audit_seal s join clinic c on c.id = s.clinic_id
     where c.slug = 'sealed' order by s.seq offset 2 limit 1
"""


@pytest.fixture(scope="class")
def running(start):
    """With a clinic whose audit is sealed and signed."""
    running = start(CHAIRSIDE_AUDIT_SEAL_SECONDS="0.2", CHAIRSIDE_AUDIT_CHECKPOINT_SECONDS="0.3").await_ready()
    owner = {"name": "Ana Dinu", "email": "ana@sealed.test", "password": "correct horse battery"}
    words = {"name": "Sealed", "slug": "sealed", "timezone": "UTC", "locale": "en", "currency": "EUR", "owner": owner}
    answer = httpx.post(f"http://127.0.0.1:{running.port}/api/v1/clinics", json=words)
    assert answer.status_code == 201, answer.text
    with admin(running) as db:
        until(lambda: db.execute(SIGNED).fetchone()[0] >= 1, 20, what=running.told)
    return running


def admin(running):
    return psycopg.connect(make_conninfo(embedded.admin(running.data), dbname="chairside"), autocommit=True)


class TestAudit:
    def test_finds_all_well_in_what_the_worker_sealed(self, running):
        done = command("audit", "verify", f"--data={running.data}")
        assert done.returncode == 0, done.stdout + done.stderr
        assert "sealed: verified up to" in done.stdout and "all is well" in done.stdout
        assert (running.data / "audit.key").stat().st_mode & 0o777 == 0o600

    def test_names_the_first_bad_row_and_fails(self, running):
        with admin(running) as db:
            seq, id = db.execute(THIRD).fetchone()
            change = "update audit_event set actor_type = %s where id = %s returning actor_type"
            db.execute(change, ["nobody", id])
            try:
                done = command("audit", "verify", f"--data={running.data}", "--clinic=sealed")
            finally:
                db.execute(change, ["human", id])
        assert done.returncode == 1
        assert f"row {seq} ({id}): the row is not what was sealed" in done.stdout
        assert command("audit", "verify", f"--data={running.data}").returncode == 0

    def test_needs_the_key_that_signed(self, running, tmp_path):
        assert command("audit", "key", str(tmp_path / "other")).returncode == 0
        done = command("audit", "verify", f"--data={running.data}", f"--key={tmp_path / 'other'}")
        assert done.returncode == 1 and "is not signed by a key of ours" in done.stdout

    def test_says_what_is_missing_in_a_sentence(self, running, tmp_path):
        (tmp_path / "empty").write_text("")
        words = ("audit", "verify", f"--data={running.data}")
        assert "no clinic nowhere" in refusal(command(*words, "--clinic=nowhere"))
        assert "has no key" in refusal(command(*words, f"--key={tmp_path / 'empty'}"))
        assert "is there already" in refusal(command("audit", "key", str(tmp_path / "empty")))

    def test_says_how_far_sealing_is_to_whoever_watches(self, running):
        text = httpx.get(f"http://127.0.0.1:{running.port}/metrics").text
        found = dict(line.rsplit(" ", 1) for line in text.splitlines() if line.startswith("chairside_audit_"))
        assert set(found) == {f"chairside_audit_{name}" for name in ("unsealed", "lag_seconds", "broken", "looked_seconds")}
        assert float(found["chairside_audit_lag_seconds"]) < 60

    def test_what_a_backup_took_away_is_missing_until_it_is_said(self, running):
        words = ("verify", f"--data={running.data}")
        with admin(running) as db:
            clinic, seq, hash_ = db.execute(NEWEST).fetchone()
            [file] = (running.data / "audit" / str(clinic)).glob("*.jsonl")
            newest = json.loads(file.read_text().splitlines()[-1])
            assert (newest["seq"], newest["hash"]) == (seq, hash_)
            # The database as it was some rows ago.
            gone = f"clinic_id = '{clinic}' and seq > {seq - 3}"
            db.execute(f"delete from audit_checkpoint where {gone}")
            db.execute(f"delete from audit_event where id in (select audit_id from audit_seal where {gone})")
            db.execute(f"delete from audit_seal where {gone}")
        done = command("audit", *words)
        assert done.returncode == 1 and "rows were signed for" in done.stdout
        said = command("audit", "restored", f"--data={running.data}")
        assert said.returncode == 0 and "checkpoints are void" in said.stdout, said.stderr
        done = command("audit", *words)
        assert done.returncode == 0 and "void since a backup was restored; all is well" in done.stdout, done.stdout
        assert "nothing is missing" in command("audit", "restored", f"--data={running.data}").stdout

    def test_says_so_when_no_month_is_old_enough(self, running):
        done = command("audit", "archive", f"--data={running.data}")
        assert (done.returncode, done.stdout) == (0, "No month is older than 6 years.\n"), done.stderr
