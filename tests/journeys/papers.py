"""What the browser is given to print."""

import re
from collections.abc import Callable
from io import BytesIO

from pypdf import PdfReader

from tests.journeys.person import Person

PAPER = re.compile(r"/(pdf|receipt|deposit-slip|day-sheet\?.*)$")


def printed(person: Person, ask: Callable[[], None]) -> str:
    """The words of the PDF that opens in a tab of its own when somebody asks for it."""
    context = person.page.context
    with context.expect_event("request", lambda request: PAPER.search(request.url)) as asked:
        ask()
    answer = context.request.get(asked.value.url)
    assert answer.headers["content-type"] == "application/pdf"
    for page in context.pages:
        if page is not person.page:
            page.close()
    return "\n".join(page.extract_text() for page in PdfReader(BytesIO(answer.body())).pages)
