"""What must hold for every front door, whoever builds it."""

import importlib
import inspect
from pathlib import Path

import chairside
from chairside.app import ROUTERS
from chairside.kernel.http import Route
from chairside.tenancy.permissions import CATALOGUE, TEMPLATES
from chairside.tenancy.rules.giving import COVERS

HOME = Path(chairside.__file__).parent
OUTSIDE = {"kernel": "knows no domain", "cli": "a composition root", "demo": "a composition root"}
DOMAINS = sorted(p.parent.name for p in HOME.glob("*/__init__.py") if p.parent.name not in OUTSIDE)
AGREED = Path(__file__).parent / "permissions.txt"


def doors():
    for domain in DOMAINS:
        package = importlib.import_module(f"chairside.{domain}")
        for name in getattr(package, "__all__", ()):
            door = getattr(package, name)
            if inspect.iscoroutinefunction(door) or inspect.isasyncgenfunction(door):
                yield f"{domain}.{name}", door


def unguarded(doors):
    return [name for name, door in doors if not hasattr(door, "needs")]


def misshapen(doors):
    for name, door in doors:
        first, *rest = inspect.signature(door).parameters.values()
        if first.name != "op" or any(p.kind not in (p.KEYWORD_ONLY, p.VAR_KEYWORD) for p in rest):
            yield name


def test_every_door_names_the_permission_it_needs():
    assert unguarded(doors()) == []


def test_every_door_takes_the_operation_first_and_the_rest_by_name():
    assert list(misshapen(doors())) == []


def test_a_careless_door_is_noticed():
    async def careless(patient_id): ...

    assert unguarded([("x.careless", careless)]) == list(misshapen([("x.careless", careless)])) == ["x.careless"]


def test_the_permission_table_is_the_one_we_agreed_to():
    table = "".join(f"{name:40} {door.needs}\n" for name, door in doors())
    assert table == AGREED.read_text(), f"if this is meant, write it to {AGREED.name}:\n{table}"


def test_every_permission_has_its_sentence_and_somebody_who_holds_it():
    named = {one for _, door in doors() if not door.needs.startswith("nobody") for one in door.needs.split(" | ")}
    held = {grant for _, grants in TEMPLATES.values() for grant in grants}
    assert named - set(CATALOGUE) == set()
    assert held == set(CATALOGUE)


def test_what_a_permission_covers_needs_no_permission_of_its_own():
    """A clinic may put into a role what its maker's own permissions cover: that must not be more than they hold."""
    needed = [door.needs.split(" | ") for _, door in doors()]
    assert [one for more, less in COVERS.items() for one in needed if less in one and more not in one] == []


ROLES = Path(__file__).parent / "roles.txt"


def test_the_roles_permit_what_we_agreed_to():
    table = "".join(
        f"{permission:24} {' '.join(slug for slug, (_, grants) in TEMPLATES.items() if permission in grants)}\n"
        for permission in CATALOGUE
    )
    assert table == ROLES.read_text(), f"if this is meant, write it to {ROLES.name}:\n{table}"


def test_every_route_is_one_operation():
    assert [r.path for router in ROUTERS for r in router.routes if not isinstance(r, Route)] == []
