"""Which passwords are too common to be one's own."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from chairside.identity.common import _ranks, is_common
from tests.identity.conftest import said

COMMON = [
    "123456789012", "qwertyuiopas", "aaaaaaaaaaaa", "password1234", "Password2026!", "passwordpassword", "Pa$$w0rd12345",
    "iloveyou2024", "qwerty123456", "1q2w3e4r5t6y", "letmeinletmein", "football-1990", "dragonmaster", "abcabcabcabc",
    "zxcvbnm12345", "sunshine.2025", "Welcome12345", "motherfucker", "abcdefghijkl", "0987654321098", "princess12345!",
]  # fmt: skip
FINE = [
    "correct horse battery staple", "a password that is long enough", "wrong horse battery staple", "cinci pisici pe acoperiș",
    "حصان صحيح بطارية دباسة", "kV9#tuL2mQ8x", "three blue otters sing", "xkcd936-is-not-enough", "7068cb272749",
]  # fmt: skip


class TestCommon:
    @pytest.mark.parametrize("password", COMMON)
    def test_is_what_is_tried_first(self, password):
        assert is_common(password)

    @pytest.mark.parametrize("password", FINE)
    def test_is_not_what_somebody_thought_of(self, password):
        assert not is_common(password)

    @pytest.mark.parametrize("password", ["ana.dinu.2026", "NorthDental1!", "dinu-north-dental", "anadinu12345"])
    def test_is_little_more_than_who_one_is(self, password):
        assert is_common(password, about=("ana.dinu@example.test", "Ana Dinu", "North Dental", "anadinu"))
        assert not is_common("three blue otters sing", about=("otters@example.test", "Ana Dinu"))

    @given(st.sampled_from(sorted(_ranks())), st.text("0123456789!?.", max_size=6))
    def test_is_everything_in_the_list_with_a_number_behind_it(self, word, behind):
        assert is_common(word + behind)

    @given(st.text(max_size=300))
    def test_answers_whatever_is_asked(self, password):
        assert is_common(password) in (True, False)


class TestANewPassword:
    async def test_that_is_common_is_refused_at_its_field(self, http, ana):
        owner = {"name": "Ana", "email": "a@common.test", "password": "Password2026!"}
        clinic = {"name": "x", "slug": "common-one", "timezone": "Europe/Bucharest"}
        refused = await http.post("/clinics", json=clinic | {"owner": owner})
        assert said(refused) == (422, "Malformed")
        assert [(one["pointer"], one["code"]) for one in refused.json()["errors"]] == [("/owner/password", "too_common")]
        changed = await ana.ask("PUT", "/person/password", json={"old": "correct horse battery staple", "new": "iloveyou2024"})
        assert [one["pointer"] for one in changed.json()["errors"]] == ["/new"]
        own = await ana.ask("PUT", "/person/password", json={"old": "correct horse battery staple", "new": "Ana Dinu 2026"})
        assert said(own) == (422, "Malformed")
