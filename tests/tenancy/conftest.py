from uuid import UUID

import pytest

from chairside import tenancy
from chairside.kernel import links
from tests.identity.conftest import ana, nobody  # noqa: F401

NEW = "a password that is long enough"


@pytest.fixture
def token(root):
    """What the letter's link ends in."""

    def token_(invitation):
        root.rollback()
        [salt] = root.execute("select salt from invitation where id = %s", [invitation["id"]]).fetchone()
        return links.token(tenancy.INVITING, UUID(invitation["id"]), salt)

    return token_


@pytest.fixture
def accept(http):
    async def accept_(token, **more):
        http.cookies.clear()
        answer = await http.post("/invitations/acceptance", json={"token": token, "name": "Ion Șerban", "password": NEW, **more})
        http.cookies.clear()
        return answer

    return accept_
