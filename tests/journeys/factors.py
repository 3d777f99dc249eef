"""What somebody proves with, beside a password: an authenticator app in their hand, a passkey in their browser."""

import base64
import time
from pathlib import Path

import psycopg
import pyotp
from cryptography.hazmat.primitives.serialization import Encoding, NoEncryption, PrivateFormat
from psycopg.conninfo import make_conninfo

from tests.identity.soft import Authenticator
from tests.journeys.clinic import Clinic
from tests.journeys.person import Person
from tests.journeys.staff import ACT

DEVICE = {
    "protocol": "ctap2", "transport": "internal", "hasResidentKey": True, "hasUserVerification": True, "isUserVerified": True,
    "automaticPresenceSimulation": True,
}  # fmt: skip
SECONDS = 30
OLD = """
    update session set step_up_at = now() - interval '1 hour'
      from principal
     where principal.id = session.principal_id and principal.email = %(email)s
"""
FRESH = """
    update session set step_up_at = now() + interval '1 hour'
      from principal
     where principal.id = session.principal_id and principal.email = %(email)s
"""


def proved_long_ago(data: Path, clinic: Clinic, *, email: str = "") -> None:
    """Every session of whoever is signed in, or has the address, began an hour ago."""
    with _database(data) as db:
        db.execute(OLD, {"email": email or clinic.email})


ENDING = """
    update session
       set idle_ends_at = clock_timestamp() + make_interval(secs => %(seconds)s)
     where session.principal_id = (select principal.id from principal where principal.email = %(email)s)
"""
ALSO = """
    with member as (
        insert into membership (principal_id, name, email)
        select principal.id, principal.name, principal.email from principal where principal.email = %(email)s
        returning principal_id
    )
    insert into membership_role (principal_id, role_slug) select member.principal_id, 'dentist' from member
"""


def stays_proved(data: Path, clinic: Clinic) -> None:
    """For an hour nothing asks whoever is signed in who they are: however many screens are looked at before."""
    with _database(data) as db:
        db.execute(FRESH, {"email": clinic.email})


def ends_in(data: Path, clinic: Clinic, *, seconds: int) -> None:
    """The session of whoever is signed in there, unless somebody acts."""
    with _database(data) as db:
        db.execute(ENDING, {"email": clinic.email, "seconds": seconds})


def works_also_in(data: Path, clinic: Clinic, other: Clinic) -> None:
    """The owner of the first is a dentist in the second."""
    with _database(data) as db:
        db.execute(ACT, {"slug": other.slug})
        db.execute(ALSO, {"email": clinic.email})


def _database(data: Path) -> psycopg.Connection:
    admin = make_conninfo(host=str(data), user="postgres", password=(data / "admin.password").read_text(), dbname="chairside")
    return psycopg.connect(admin)


class App:
    """Codes of one secret, each shown once: a step early at first, as a clock may be."""

    def __init__(self, secret: str) -> None:
        self.totp, self.shown = pyotp.TOTP(secret), 0

    def code(self) -> str:
        step = max(self.shown + 1, int(time.time()) // SECONDS - 1)
        while step > int(time.time()) // SECONDS + 1:
            time.sleep(0.5)
        self.shown = step
        return self.totp.at(step * SECONDS)

    @classmethod
    def of(cls, clinic: Clinic) -> "App":
        """Added to the account of whoever is signed in."""
        app = cls(clinic.ask("POST", "/person/authenticator", whole=True)["secret"])
        clinic.ask("POST", "/person/authenticator/confirmation", whole=True, json={"code": app.code()})
        return app


def passkey(clinic: Clinic, name: str = "Reception") -> tuple[Authenticator, str]:
    """Of whoever is signed in, made elsewhere; and whose it is, as a browser keeps it."""
    made = Authenticator(clinic.origin)
    asked = clinic.ask("POST", "/person/passkey-challenges", whole=True)
    given = {"challenge_id": asked["id"], "name": name, "credential": made.made(asked["options"])}
    clinic.ask("POST", "/person/passkeys", whole=True, json=given)
    return made, asked["options"]["user"]["id"].replace("-", "+").replace("_", "/") + "=="


class Device:
    """What the browser asks for a passkey; whoever sits here is recognised at once, unless they put it away."""

    def __init__(self, person: Person) -> None:
        self.line = person.page.context.new_cdp_session(person.page)
        self.line.send("WebAuthn.enable", {"enableUI": False})
        self.id = self.line.send("WebAuthn.addVirtualAuthenticator", {"options": DEVICE})["authenticatorId"]

    def passkeys(self) -> int:
        return len(self.line.send("WebAuthn.getCredentials", {"authenticatorId": self.id})["credentials"])

    def recognises(self, yes: bool) -> None:
        self.line.send("WebAuthn.setUserVerified", {"authenticatorId": self.id, "isUserVerified": yes})

    def holds(self, clinic: Clinic) -> None:
        """A passkey of whoever is signed in, made elsewhere."""
        made, owner = passkey(clinic)
        key = made.key.private_bytes(Encoding.DER, PrivateFormat.PKCS8, NoEncryption())
        self.line.send(
            "WebAuthn.addCredential",
            {
                "authenticatorId": self.id,
                "credential": {
                    "credentialId": base64.b64encode(made.id).decode(), "isResidentCredential": True, "rpId": made.host,
                    "privateKey": base64.b64encode(key).decode(), "signCount": 1,
                    "userHandle": owner,
                },
            },
        )  # fmt: skip
