"""The one question before anything leaves: may this class go out for this purpose, about this person, given their consent?

The answers stand in `docs/data-classification.toml`. Doors whose answer leaves as a file or a letter say so with `@way_out`, and
name the columns it is made of; the audit viewer asks `masked`.
"""

import tomllib
from collections.abc import Callable, Coroutine, Iterable, Mapping
from functools import lru_cache, wraps
from pathlib import Path
from typing import Any, Concatenate, NamedTuple, ParamSpec, TypeVar
from uuid import UUID

from chairside.kernel.op import Op
from chairside.kernel.refusals import Forbidden
from chairside.kernel.shipped import shipped

P = ParamSpec("P")
R = TypeVar("R")
HIDDEN = "•••"
OWN_COPY = "own_copy"
"""What a person asks for about themselves."""
NEVER = "auth_secret"


class MayNotLeave(Forbidden):
    """Some of this may not leave the clinic for this purpose."""


class Register(NamedTuple):
    """The classification: each column's class, and the purposes each class may leave for, always or given consent."""

    classes: Mapping[str, str]
    ways_out: Mapping[str, frozenset[str]]
    with_consent: Mapping[str, frozenset[str]]


@lru_cache(1)
def register() -> Register:
    read = tomllib.loads((Path(shipped("docs", "docs")) / "data-classification.toml").read_text())
    classes = {f"{table}.{column}": kind for table, columns in read["tables"].items() for column, kind in columns.items()}
    ways, consented = ({kind: frozenset(ways) for kind, ways in read[name].items()} for name in ("ways_out", "with_consent"))
    return Register(classes, ways, consented)


def class_of(table: str, column: str) -> str | None:
    """None of what is no column of ours."""
    return register().classes.get(f"{table}.{column}")


def may_leave(what: str, purpose: str, *, person: UUID | None = None, reader: UUID | None = None, consent: bool = False) -> bool:
    """`what`: a class, or table.column, of which an unknown one never leaves. `person`: whom it is about; `reader`: who gets it;
    `consent`: the person's, to this purpose, as it stands now."""
    known = register()
    kind = known.classes.get(what, "") if "." in what else what
    if kind not in known.ways_out or kind == NEVER:
        return False
    if purpose == OWN_COPY:
        return person is not None and person == reader
    return purpose in known.ways_out[kind] or (consent and purpose in known.with_consent.get(kind, ()))


def check(
    columns: Iterable[str], purpose: str, *, person: UUID | None = None, reader: UUID | None = None, consent: bool = False
) -> None:
    """Refuses MayNotLeave, and names the column that may not."""
    for column in columns:
        if not may_leave(column, purpose, person=person, reader=reader, consent=consent):
            raise MayNotLeave(purpose=purpose, what=column)


def masked(table: str, row: Mapping[str, Any], purpose: str) -> dict[str, Any]:
    """The row as it may be shown for this purpose: what may not, and what nobody classified, is covered; null stays null."""
    return {
        column: value if value is None or may_leave(f"{table}.{column}", purpose) else HIDDEN for column, value in row.items()
    }


Door = Callable[Concatenate[Op, P], Coroutine[Any, Any, R]]


def way_out(purpose: str, *columns: str) -> Callable[[Door[P, R]], Door[P, R]]:
    """Beneath `@needs`: what this door gives leaves the clinic for this purpose, made of these columns. Refuses MayNotLeave."""

    def marked(door: Door[P, R]) -> Door[P, R]:
        @wraps(door)
        async def leave(op: Op, /, *args: P.args, **named: P.kwargs) -> R:
            check(columns, purpose)
            return await door(op, *args, **named)

        leave.way_out = purpose, columns  # type: ignore[attr-defined]
        return leave

    return marked
