"""The file of those who may vouch for people, read at the start; what is wrong with it is said in a sentence."""

import pytest

from chairside.kernel.providers import ProvidersRefused, providers
from chairside.kernel.settings import Settings, SettingsRefused

GOOD = 'name = "Google"\nissuer = "https://accounts.google.com"\nclient_id = "x.apps"\n'


@pytest.fixture
def written(tmp_path):
    def write(words: str) -> str:
        path = tmp_path / f"{abs(hash(words))}.toml"
        path.write_text(words)
        return str(path)

    return write


def test_a_file_names_any_number_in_their_order(written, tmp_path):
    (tmp_path / "secret").write_text("s3cret\n")
    more = (
        'client_secret_file = "secret"\nscopes = "openid email"\nparams = {prompt = "select_account"}\nsecond_factor = ["mfa"]\n'
    )
    google, entra = providers(written(f"[google]\n{GOOD}{more}[entra]\n{GOOD}"))
    assert (google.key, google.client_secret, google.scopes) == ("google", "s3cret", "openid email")
    assert (google.params, google.second_factor, google.local) == ((("prompt", "select_account"),), {"mfa"}, False)
    assert (entra.key, entra.client_secret, entra.scopes) == ("entra", "", "openid email profile")
    assert "s3cret" not in repr(google)


def test_without_a_file_there_is_nobody():
    assert providers("") == ()


@pytest.mark.parametrize(
    "words, sentence",
    [
        ("x", "is no TOML"), ("x = 1", "each provider is a table"), ("[Google]", "each provider is a table"),
        ("[password]", "each provider is a table"), ("[g]", r"\[g\] needs name"), (f"[g]\n{GOOD}colour = 1", "does not know colour"),
        ('[g]\nname = "x"\nissuer = ""', "needs issuer"), (f"[g]\n{GOOD}".replace("https", "http"), "issuer of .g. begins with https"),
        (f"[g]\n{GOOD}".replace("com", "com?x"), "issuer of .g. begins with https"), (f'[g]\n{GOOD}scopes = "email"', "openid among"),
        (f"[g]\n{GOOD}".replace("com", "com:x"), "issuer of .g. begins with https"), (f"[g]\n{GOOD}local = 1", "local is true or false"),
        (f'[g]\n{GOOD}client_secret_file = "nowhere"', "cannot be read"), (f'[g]\n{GOOD}ca = "nowhere"', "is not there"),
        (f'[g]\n{GOOD}client_secret_file = "x"\nclient_secret = "y"', "not both"), (f'[g]\n{GOOD}params = {{state = "x"}}', "params of"),
        (f"[g]\n{GOOD}params = {{prompt = 1}}", "params of"), (f"[g]\n{GOOD}second_factor = 1", "second_factor of"),
    ],
)  # fmt: skip
def test_what_is_wrong_is_said(written, words, sentence):
    with pytest.raises(ProvidersRefused, match=sentence):
        providers(written(words))


def test_a_file_that_is_not_there_is_said():
    with pytest.raises(ProvidersRefused, match="cannot be read: No such file"):
        providers("/nowhere/at/all.toml")


def test_production_needs_to_know_where_people_are_sent_back(written):
    given = {"CHAIRSIDE_ENVIRONMENT": "production", "CHAIRSIDE_SECRET": "x" * 32, "CHAIRSIDE_OIDC": written(f"[g]\n{GOOD}")}
    with pytest.raises(SettingsRefused, match="CHAIRSIDE_ORIGIN must be set with CHAIRSIDE_OIDC"):
        Settings.from_environment(given)
    assert Settings.from_environment(given | {"CHAIRSIDE_ORIGIN": "https://chairside.example"}).oidc
