"""Every permission has its sentence on the screen of the roles, in every language that there is."""

import json
from pathlib import Path

import pytest

from chairside.tenancy.permissions import CATALOGUE, GROUPS, group_of

MESSAGES = Path(__file__).parents[2] / "web/packages/i18n/messages"


def words(locale):
    return json.loads((MESSAGES / locale / "roles.json").read_text())


@pytest.mark.parametrize("locale", ["en", "ro", "ar"])
def test_every_permission_is_said_and_nothing_else(locale):
    said = words(locale)
    assert set(said["permissions"]) == {name.replace(".", "_") for name in CATALOGUE}
    assert set(said["groups"]) == set(GROUPS)


def test_english_says_what_the_catalogue_says():
    said = words("en")["permissions"]
    assert {name: said[name.replace(".", "_")] for name in CATALOGUE} == CATALOGUE


def test_every_permission_belongs_to_a_group():
    assert {group_of(name) for name in CATALOGUE} <= set(GROUPS)
