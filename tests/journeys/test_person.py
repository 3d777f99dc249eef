"""Controls: a journey really fails when the browser complains."""

from collections.abc import Callable, Iterator

import pytest

from tests.journeys.person import Person

INLINE = "document.body.append(Object.assign(document.createElement('script'), { textContent: 'globalThis.ran = true' }))"
STYLE = "document.body.append(Object.assign(document.createElement('style'), { textContent: 'body { display: none }' }))"


@pytest.fixture
def watched(sit: Callable[..., Person]) -> Iterator[Person]:
    person = sit()
    person.go("/login")
    person.sees(person.heading("Sign in"))
    assert person.complaints == []
    yield person
    person.complaints.clear()


@pytest.mark.parametrize(
    "provoke, words",
    [
        (INLINE, "Content Security Policy"),
        (STYLE, "Content Security Policy"),
        ("setTimeout(() => { throw new Error('on purpose') })", "on purpose"),
        ("console.error('said on purpose')", "said on purpose"),
        ("fetch('/api/v1/clinics/nobody-here')", "401"),
    ],
    ids=["inline script", "inline style", "error on the page", "error on the console", "refusal nobody expected"],
)
def test_a_complaint_is_kept(watched: Person, provoke: str, words: str) -> None:
    watched.page.evaluate(f"() => {{ {provoke} }}")
    for _ in range(40):
        if watched.complaints:
            break
        watched.page.wait_for_timeout(50)
    (complaint, *_) = watched.complaints
    assert words in complaint
    assert watched.page.evaluate("globalThis.ran") is None
