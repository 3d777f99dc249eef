"""Which values of a change a reader of the audit may see. Who may see that something happened may not always see what."""

from collections.abc import Callable, Mapping
from typing import Any, NamedTuple

from chairside.kernel.egress import may_leave

OF_PATIENTS = frozenset({"pii_basic", "clinical", "clinical_sensitive"})


class Changed(NamedTuple):
    """`hidden`: there are values, and they are not for this reader. `kept` is false once they were erased."""

    field: str
    before: Any
    after: Any
    hidden: bool
    kept: bool


def changes(
    fields: list[str] | None,
    before: Mapping[str, Any] | None,
    after: Mapping[str, Any] | None,
    *,
    kept: bool,
    class_of: Callable[[str], str | None],
    patients: bool,
) -> list[Changed]:
    """`patients`: the reader may know who patients are."""
    return [_one(field, before or {}, after or {}, kept, may_see(class_of(field), patients=patients)) for field in fields or ()]


def may_see(kind: str | None, *, patients: bool) -> bool:
    return kind is not None and may_leave(kind, "audit_view") and (patients or kind not in OF_PATIENTS)


def _one(field: str, before: Mapping[str, Any], after: Mapping[str, Any], kept: bool, visible: bool) -> Changed:
    if not kept or not visible:
        return Changed(field, None, None, not visible, kept)
    return Changed(field, before.get(field), after.get(field), False, True)
