"""Somebody who works in a clinic in another role than its owner's. There is no screen for inviting them yet, so they are written
into the database as an invitation will write them."""

import secrets
from pathlib import Path

import httpx
import psycopg
from psycopg.conninfo import make_conninfo

from tests.journeys.clinic import PASSWORD, Clinic

ACT = """
    select app.act(membership.clinic_id, membership.principal_id, null, null, 'a journey')
      from membership
      join clinic on clinic.id = membership.clinic_id
     where clinic.slug = %(slug)s
"""
JOIN = """
    with person as (
        insert into principal (email, name, password_hash)
        select %(email)s, %(name)s, owner.password_hash from principal as owner where owner.id = app.actor()
        returning id
    ), member as (
        insert into membership (principal_id, name, email) select person.id, %(name)s, %(email)s from person
        returning principal_id
    )
    insert into membership_role (principal_id, role_slug) select member.principal_id, %(role)s from member
"""


class Member(Clinic):
    """The same clinic, asked and looked at by somebody else, who has the owner's password."""

    def __init__(self, clinic: Clinic, role: str, data: Path) -> None:
        self.__dict__.update(vars(clinic))
        self.role, self.email = role, f"{role}-{secrets.token_hex(4)}@example.test"
        admin = make_conninfo(host=str(data), user="postgres", password=(data / "admin.password").read_text(), dbname="chairside")
        with psycopg.connect(admin) as db:
            db.execute(ACT, {"slug": clinic.slug})
            db.execute(JOIN, {"email": self.email, "name": f"Rada {role.title()}", "role": role})
        self.http = httpx.Client(base_url=f"{self.origin}/api/v1", headers={"origin": self.origin}, timeout=30)
        self.ask("POST", "/session", json={"email": self.email, "password": PASSWORD}, whole=True)
