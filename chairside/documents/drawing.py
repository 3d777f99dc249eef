"""From facts to a PDF, in this process, with our own fonts."""

import json
from collections.abc import Mapping
from datetime import datetime
from functools import cache
from pathlib import Path
from typing import Any, Literal

import typst

from chairside.documents import formats

HOME = Path(__file__).parent
SPOKEN = ("en", "ro", "ar", "he")
STANDARDS: list[Any] = ["a-2a", "ua-1"]
Template = Literal[
    "invoice", "receipt", "deposit-slip", "day-sheet", "route-slip", "prescription", "lab-slip", "treatment-plan"
]  # fmt: skip


def render(template: Template, facts: Mapping[str, Any], *, locale: str, dated: datetime) -> bytes:
    """A PDF of the template. Amounts (`Money`) and days (`date`) among the facts are written as the locale does; text stays
    as it was typed. The same facts give the same bytes: `dated` is the date that the file bears.
    About 30 ms of processor time: call it in a thread, and hold no connection meanwhile.

    PDF/A for the archive and PDF/UA for screen readers. Both forbid a letter that our fonts lack; such a name is printed
    with whatever fonts the machine has, or boxes, in a plain PDF."""
    inputs = _inputs(facts, locale)
    try:
        return _compile(template, inputs, dated, STANDARDS, _fonts())
    except typst.TypstError:
        return _compile(template, inputs, dated, [], _fonts(of_the_machine=True))


def _inputs(facts: Mapping[str, Any], locale: str) -> dict[str, str]:
    found = formats.locale_of(locale)
    return {
        "facts": json.dumps(formats.written(dict(facts), found), ensure_ascii=False),
        "words": json.dumps(words(found.language), ensure_ascii=False),
        "lang": found.language,
        "region": found.territory or "",
        "paper": formats.paper_of(found),
    }


def _compile(template: Template, inputs: dict[str, str], dated: datetime, standards: list[Any], fonts: typst.Fonts) -> bytes:
    compiler = typst.Compiler(HOME / f"templates/{template}.typ", root=HOME / "templates", font_paths=fonts, sys_inputs=inputs)
    drawn = compiler.compile(format="pdf", pdf_standards=standards, timestamp=int(dated.timestamp()))
    assert isinstance(drawn, bytes)
    return drawn


@cache
def _fonts(*, of_the_machine: bool = False) -> typst.Fonts:
    return typst.Fonts(include_system_fonts=of_the_machine, include_embedded_fonts=False, font_paths=[HOME / "fonts"])


@cache
def words(language: str) -> dict[str, str]:
    """The catalog of the language, English where there is none."""
    known = language if language in SPOKEN else "en"
    found: dict[str, str] = json.loads((HOME / f"words/{known}.json").read_text())
    return found
