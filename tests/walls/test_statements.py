"""Every SQL statement is a named constant, is valid against the migrated schema, and is permitted to the app."""

import ast
import importlib
from pathlib import Path

import psycopg
import pytest

import chairside
from chairside.kernel.wire import numbered

HOME = Path(chairside.__file__).parent
RUNNERS = {"one": 1, "all": 1, "value": 0, "run": 0, "ahead": 1, "with_next": 0}


def calls(source: str):
    """(line, name of the statement or None) for each op.db.one(Row, SQL, …), .all, .ahead, .value, .run, .with_next."""
    for node in ast.walk(ast.parse(source)):
        match node:
            case ast.Call(func=ast.Attribute(value=ast.Attribute(attr="db"), attr=runner)) if runner in RUNNERS:
                query = node.args[RUNNERS[runner]]
                match query:
                    case ast.Name(id=name) | ast.Attribute(attr=name) if name.isupper():
                        yield node.lineno, name
                    case _:
                        yield node.lineno, None


def statements():
    for path in sorted(HOME.rglob("*.py")):
        module = ".".join(["chairside", *path.relative_to(HOME).with_suffix("").parts])
        for line, name in calls(path.read_text()):
            yield pytest.param(module, name, id=f"{module.removeprefix('chairside.')}:{name or line}")


def check(db: psycopg.Connection, query: str) -> None:
    """EXPLAIN of a generic plan parses, resolves every name and checks the role's rights, without running it."""
    db.execute(f"explain (generic_plan) {numbered(query)[0].decode()}")


@pytest.fixture(scope="module")
def app_role(conninfo):
    # What several modules use alike would be prepared the sixth time, and have no values.
    with psycopg.connect(conninfo, autocommit=True, prepare_threshold=None) as db:
        yield db


@pytest.mark.parametrize("module, name", list(statements()))
def test_is_valid_and_permitted(app_role, module, name):
    assert name, "name the statement: SQL that is built on the way cannot be checked"
    check(app_role, getattr(importlib.import_module(module), name))


@pytest.mark.parametrize(
    "query, complaint",
    [
        ("select patient.surname from patient where patient.id = %(id)s", psycopg.errors.UndefinedColumn),
        ("select principal.email from principal", psycopg.errors.InsufficientPrivilege),
        ("delete from patient where patient.id = %(id)s", psycopg.errors.InsufficientPrivilege),
    ],
)
def test_a_wrong_or_forbidden_statement_is_noticed(app_role, query, complaint):
    with pytest.raises(complaint):
        check(app_role, query)


def test_an_inline_statement_is_noticed():
    assert list(calls('await op.db.one(Row, f"select {x}", a=1)')) == [(1, None)]


CLINICAL = {"patient", "appointment"}
UNTRACED = {
    "chairside.filling.actions.freed:LEFT": "the place that a visit gave up, for the worker: names nobody",
    "chairside.treatment.actions.doing:COMING": "counts the visits that are booked for an item and names nobody",
    "chairside.treatment.reactions:OF_VISIT": "names items of a visit that is being completed, each of which is then changed",
    "chairside.imaging.actions.checking:WHOSE": "held against what a file says, by the worker; shown to nobody",
    "chairside.reports.queries.board:COUNTS": "counts visits and names nobody",
    "chairside.reports.queries.day:FIGURED": "counts and sums, and names nobody",
    "chairside.reports.queries.board:KEPT": "says when a provider or an operatory is taken and names nobody",
    "chairside.reports.queries.week:TAKEN": "says when a provider or an operatory is taken and names nobody",
    "chairside.scheduling.queries.candidates:CANDIDATES": "says whose turn it is by the id of a visit, and names no patient",
    "chairside.scheduling.queries.candidates:COUNTED": "says when somebody is taken and which visits count, and names nobody",
    "chairside.scheduling.queries.explanations:IN_THE_WAY": "says when somebody is taken and names no patient",
    "chairside.reports.queries.board:SESSIONS": "counts the seats that are taken and names nobody",
    "chairside.scheduling.queries.sessions:GET": "counts the seats that are taken and names nobody",
    "chairside.scheduling.queries.sessions:LIST": "counts the seats that are taken and names nobody",
    "chairside.scheduling.queries.sessions:AT": "counts the seats that are taken and names nobody",
    "chairside.scheduling.actions.holding:QUEUE_OF_SEAT": "waits for one's turn, for the visit that is opened next",
    "chairside.scheduling.actions.session_acts:SEAT_IDS": "names visits by their ids, each of which is then opened",
    "chairside.scheduling.actions.session_acts:SEATS_OF_THE_ACT": "names visits by their ids, each of which is then opened",
    "chairside.scheduling.queries.feeds:VISITS": "says when a provider is taken and where, and names nobody",
    "chairside.compliance.queries.events:IS_THERE": "answers yes or no, for the question that is audited",
    "chairside.patients.queries.records:GLIMPSE": "finds the name for a refusal, which is recorded with the patient",
    "chairside.patients.actions.numbers:HIGHEST": "counts register numbers and names nobody",
    "chairside.patients.actions.register:GUARANTORS": "answers two yes-or-no questions about a family for the change that is audited",
    "chairside.filling.queries.waiting:WAITING": "decides who is asked, for offers that are audited",
    "chairside.filling.queries.waiting:ONE": "looks once more at what an offer is for, for the visit that is audited",
    "chairside.messaging.actions.offering:RECIPIENT": "decides whether something is sent, for the message that is audited",
    "chairside.messaging.actions.reminding:DUE": "decides whether something is sent, for the message that is audited",
    "chairside.messaging.actions.queueing:PAYER_AT": "decides whether something is sent, for the message that is audited",
    "chairside.messaging.actions.texts:WRITTEN_TO": "finds whose a text is, which is then theirs",
    "chairside.messaging.actions.wanting:SPOKEN": "looks once more at the visit of a message that is audited",
    "chairside.messaging.actions.stopping:OF": "belongs to how a patient wants to be reached, which is opened with it",
    "chairside.history.actions.stock:HOLD": "locks a medical history, for the change that is audited",
    "chairside.merging.queries:COUNTS": "counts what would go along, for the preview that opens both records",
    "chairside.merging.queries:TIES": "answers two yes-or-no questions about a family, for the preview that opens both records",
    "chairside.merging.actions:FAMILIES_BROKEN": "answers yes or no, for the taking apart that is audited",
    "chairside.scheduling.actions.series:FOLLOWING": "names visits by their ids, each of which is then opened",
    "chairside.scheduling.actions.series:OF_THE_ACT": "names visits by their ids, each of which is then opened",
    "chairside.scheduling.queries.series:WHOSE": "finds whose record it is, for a refusal, which is recorded with the patient",
    "chairside.scheduling.actions.merges:HOLD_VISITS": "locks visits, for the merge that is audited",
    "chairside.billing.queries.families:FAMILY_OF": "finds who answers for the bills, for the payment or draft that is audited",
    "chairside.billing.actions.locks:BILLS": "locks invoices, with the family of each, for the payment that is audited",
    "chairside.billing.actions.locks:OPEN_BILLS": "locks invoices, with the family of each, for the payment that is audited",
    "chairside.billing.actions.locks:FAMILY_CREDITS": "locks a family's credits for the allocation that is audited",
}


def untraced(db: psycopg.Connection, query: str) -> bool:
    """Reads a clinical table without writing a thing: neither a read record, nor a change that the trigger records."""
    [[plan]] = db.execute(f"explain (generic_plan, format json) {numbered(query)[0].decode()}").fetchone() or [[{}]]
    nodes = list(walk(plan["Plan"]))
    return any(n.get("Relation Name") in CLINICAL for n in nodes) and not any(n["Node Type"] == "ModifyTable" for n in nodes)


def walk(node: dict):
    yield node
    for child in node.get("Plans", ()):
        yield from walk(child)


@pytest.mark.parametrize("module, name", list(statements()))
def test_a_read_of_clinical_data_leaves_a_trace(app_role, module, name):
    query = getattr(importlib.import_module(module), name)
    assert untraced(app_role, query) == (f"{module}:{name}" in UNTRACED)


def test_a_read_without_a_trace_is_noticed(app_role):
    assert untraced(app_role, "select patient.note from patient where patient.id = %(id)s")
