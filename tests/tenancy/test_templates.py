"""The product's own roles say what the table of the design says, and every clinic's rows of them follow."""

import secrets
from concurrent.futures import ThreadPoolExecutor

import psycopg
import pytest
from psycopg.conninfo import make_conninfo

from chairside.cli.schema import follow_templates
from chairside.tenancy.permissions import CATALOGUE, TEMPLATES, group_of

ROLES = ("owner", "admin", "manager", "dentist", "hygienist", "assistant", "receptionist", "accountant", "auditor")
# The rows of the table whose domains exist, as it writes them; "own" is one's own column of the schedule. Of
# treatment plans only planning in the chart exists.
TABLE = {
    "clinic settings":      ("CRUD", "CRUD", "CRUD", "R", "R", "R", "R", "R", "-"),
    "members, roles":       ("CRUD", "CRUD", "R", "-", "-", "-", "-", "-", "R"),
    "patient demographics": ("CRUD", "CRUD", "CRUD", "RU", "RU", "R", "CRUD", "R", "-"),
    "schedule":             ("CRUD", "CRUD", "CRUD", "R own", "R own", "R", "CRUD", "R", "-"),
    "medical history":      ("CRUD", "R", "R", "CRUD", "CRUD", "CRU", "R", "-", "-"),
    "recalls":              ("CRUD", "CRUD", "CRUD", "CRU", "CRU", "R", "CRUD", "R", "-"),
    "ledger":               ("CRUD", "CRUD", "CRUD", "R", "-", "-", "CRU", "CRUD", "-"),
    "tooth chart":          ("CRUD", "R", "-", "CRUD", "CRUD", "R scribe", "-", "-", "-"),
    "images, clinical documents": ("CRUD", "R", "-", "CRUD", "CRUD", "CRU", "-", "-", "-"),
    "treatment plans":      ("CRUD", "R", "R", "CRUD", "R", "R", "R", "R", "-"),
    "reports":              ("R", "R", "R", "-", "-", "-", "R day", "R", "-"),
    "programs":             ("CRUD", "CRUD", "-", "-", "-", "-", "-", "-", "R"),
    "audit":                ("R export", "R export", "-", "-", "-", "-", "-", "-", "R"),
}  # fmt: skip
# What a letter of a cell is called here. A dentist's own and clinical reports do not exist yet; of a ledger D is what takes a
# sum away again: refunds, write-offs and voids.
READING = {
    "clinic settings": {"R": ["clinic.read"], "U": ["clinic.write"]},
    "members, roles": {"R": ["members.read"], "U": ["members.write", "roles.write"]},
    "patient demographics": {
        "R": ["patients.read"], "C": ["patients.register"], "U": ["patients.write"], "D": ["patients.archive"],
    },
    "schedule": {"R": ["scheduling.read"], "C": ["scheduling.book"], "own": ["scheduling.book_own"]},
    "medical history": {"R": ["history.read"], "U": ["history.write"], "D": ["history.strike"]},
    "recalls": {"R": ["recalls.read"], "U": ["recalls.write"]},
    "ledger": {
        "R": ["billing.read"], "C": ["billing.charge", "billing.invoice", "billing.collect"], "U": ["billing.close_day"],
        "D": ["billing.adjust", "billing.refund", "billing.void"],
    },
    "tooth chart": {"R": ["charting.read"], "U": ["charting.write"], "scribe": ["charting.scribe"]},
    "progress notes": {
        "R": ["notes.read"], "own": ["notes.write"], "sign": ["notes.sign"], "drafts": ["notes.write"],
    },
    "images, clinical documents": {"R": ["imaging.read"], "U": ["imaging.write"], "D": ["imaging.strike"]},
    "treatment plans": {"R": ["treatment.read"], "U": ["treatment.write"]},
    "reports": {"R": ["reports.read", "reports.day"], "day": ["reports.day"]},
    "programs": {"R": ["service_accounts.read"], "U": ["service_accounts.write"]},
    "audit": {"R": ["audit.read"], "export": ["audit.export"]},
}  # fmt: skip

# Of care teams the table does not speak: whoever runs the practice, its desk and its money sees every record; the desk and dentists
# say who treats whom. Nor of merging: it moves money from one to another, so it is for those who may give money back as well.
BESIDE = {
    "patients.merge": {"owner", "admin", "manager"},
    "notes.cosign": {"owner", "dentist"},
    "notes.oversee": {"owner", "admin"},
    "notes.templates": {"owner", "admin", "dentist"},
    "prescribing.read": {"owner", "admin", "dentist", "hygienist", "assistant"},
    "prescribing.write": {"owner", "dentist"},
    "labs.track": {"owner", "dentist", "hygienist", "assistant", "receptionist"},
    "labs.read": {"owner", "dentist", "hygienist", "assistant"},
    "labs.write": {"owner", "dentist", "hygienist", "assistant"},
    "patients.every": {"owner", "admin", "manager", "receptionist", "accountant"},
    "patients.assign": {"owner", "admin", "manager", "dentist", "receptionist"},
}


def permitted(row: str, cell: str) -> set[str]:
    said = READING[row]
    if cell == "R day":
        return set(said["day"])
    letters = [*cell.split(" ")[0], *cell.split(" ")[1:]]
    return {name for letter in letters for name in said.get(letter, [])}


class TestTheProductsRoles:
    @pytest.mark.parametrize("row", TABLE)
    def test_permit_what_the_table_says(self, row):
        names = {name for those in READING[row].values() for name in those}
        found = {slug: names & set(TEMPLATES[slug][1]) for slug in ROLES}
        assert found == {slug: permitted(row, cell) for slug, cell in zip(ROLES, TABLE[row], strict=True)}

    def test_permit_nothing_that_the_table_does_not_speak_of(self):
        spoken = {name for those in READING.values() for names in those.values() for name in names} | set(BESIDE)
        begun = {name.partition(".")[0] for name in spoken}
        assert {name for name in CATALOGUE if name.partition(".")[0] in begun} <= spoken
        assert tuple(TEMPLATES) == ROLES
        for name, slugs in BESIDE.items():
            assert {slug for slug in ROLES if name in TEMPLATES[slug][1]} == slugs
        # Many patients and their balances at once: for whoever has every letter of both.
        assert {slug for slug in ROLES if "imports.run" in TEMPLATES[slug][1]} == {"owner", "admin", "manager"}

    def test_are_called_by_words_without_a_hyphen(self):
        assert [slug for slug in TEMPLATES if "-" in slug] == []

    def test_are_made_of_permissions_that_belong_somewhere(self):
        assert all(group_of(name) for name in CATALOGUE)


@pytest.fixture
def owner(admin, conninfo):
    """As an administrator, for what only a release does."""
    return make_conninfo(admin, dbname="chairside")


@pytest.fixture
def older(owner):
    """A clinic's roles as another release left them."""

    def older_(clinic, change):
        with psycopg.connect(owner) as db:
            db.execute("select app.act(%s, %s, null, 'human', 'a test')", [clinic.id, clinic.owner_id])
            db.execute("set local role chairside_app")
            db.execute(change)

    return older_


def grants_of(db, clinic, slug):
    return db.execute("select grants, version from role where clinic_id = %s and slug = %s", [clinic.id, slug]).fetchone()


class TestAClinicsRows:
    async def test_follow_the_release_and_only_where_they_differ(self, north, south, owner, older, root):
        follow_templates(owner)
        await north.ask("POST", "/roles", json={"name": "Front lead", "permissions": ["clinic.read"]})
        older(north, "update role set grants = 'clinic.read audit.read' where slug = 'dentist'")
        older(north, "delete from role where slug = 'auditor'")
        before = root.execute("select slug, version from role where clinic_id = %s", [south.id]).fetchall()
        own = root.execute("select grants, version from role where clinic_id = %s and template is null", [north.id]).fetchall()
        assert follow_templates(owner) == 1
        root.rollback()
        assert grants_of(root, north, "dentist") == (" ".join(TEMPLATES["dentist"][1]), 2)
        assert grants_of(root, north, "auditor") == (" ".join(TEMPLATES["auditor"][1]), 1)
        assert grants_of(root, north, "owner")[1] == 1
        assert root.execute("select slug, version from role where clinic_id = %s", [south.id]).fetchall() == before
        kept = root.execute("select grants, version from role where clinic_id = %s and template is null", [north.id]).fetchall()
        assert kept == own
        assert follow_templates(owner) == 0

    async def test_say_on_record_that_a_release_changed_them(self, north, owner, older, root):
        older(north, "update role set grants = '' where slug = 'assistant'")
        follow_templates(owner)
        record = """
            select actor_type, request_id, changed_fields from audit_event
             where clinic_id = %s and entity = 'role' and action = 'update' and actor_type = 'system'
        """
        assert root.execute(record, [north.id]).fetchall() == [("system", "a release", ["grants"])]

    async def test_keep_a_permission_that_only_a_newer_release_knows_until_this_one_is_brought(self, north, owner, older):
        """An app of the release before goes on while roles are already the next one's: an unknown name is no trouble to it."""
        older(north, "update role set grants = grants || ' moon.walk' where slug = 'owner'")
        answer = await north.ask("GET", "/roles/owner")
        assert (answer.status_code, "moon.walk" in answer.json()["permissions"]) == (200, True)
        assert (await north.ask("POST", "/roles", json={"name": secrets.token_hex(4), "permissions": []})).status_code == 201
        follow_templates(owner)
        assert "moon.walk" not in (await north.ask("GET", "/roles/owner")).json()["permissions"]

    async def test_follow_also_when_two_bring_the_release_at_once(self, north, owner, older):
        older(north, "update role set grants = ''")
        with ThreadPoolExecutor(4) as four:
            list(four.map(follow_templates, [owner] * 4))
        with psycopg.connect(owner) as db:
            assert {grants_of(db, north, slug)[0] for slug in ROLES} == {" ".join(grants) for _, grants in TEMPLATES.values()}
