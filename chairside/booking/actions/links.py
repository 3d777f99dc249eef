"""Links for patients: made for one purpose, used once, and only by asking for it."""

from datetime import datetime
from typing import Any, Literal, NamedTuple
from uuid import UUID, uuid4

from chairside import scheduling
from chairside.booking.queries.links import A_MINUTE, LinkedState, enter_link, state_of, times_within
from chairside.booking.rules import PATIENCE, by_link
from chairside.kernel import links
from chairside.kernel.guard import needs, open_to_all
from chairside.kernel.op import Op
from chairside.kernel.refusals import Conflict, NoSuchThing

MAKE = """
    insert into patient_link (id, appointment_id, purpose, salt, token_hash, expires_at)
    select %(link_id)s, appointment.id, %(purpose)s, %(salt)s, %(token_hash)s, appointment.starts_at
      from appointment
     where appointment.id = %(appointment_id)s
    returning patient_link.expires_at
"""
USE = """
    update patient_link
       set used_at = %(now)s, used_for = %(act)s
     where patient_link.id = %(link_id)s
"""
Purpose = Literal["confirm", "move", "cancel", "manage"]
ALLOWED = {"confirm": ("confirm", "manage"), "move": ("move", "manage"), "cancel": ("cancel", "manage")}


class LinkUsed(Conflict):
    """This link was used already; the clinic can tell you more."""


class TooLateToChange(Conflict):
    """It is too late to change this visit here; please call the clinic."""


class NewLink(NamedTuple):
    """`path` on this deployment's own origin."""

    token: str
    path: str
    expires_at: datetime


@needs("scheduling.read")
async def link_for(op: Op, *, appointment_id: UUID, purpose: Purpose) -> NewLink:
    """For a letter to its patient: `manage` does each of the three. Good until the visit begins. Refuses NoSuchAppointment."""
    link_id, salt = uuid4(), links.new_salt()
    token = links.token(f"patient link {purpose}", link_id, salt)
    expires_at = await op.db.value(
        MAKE, link_id=link_id, appointment_id=appointment_id, purpose=purpose, salt=salt, token_hash=links.hashed(token)
    )  # fmt: skip
    if expires_at is None:
        raise scheduling.NoSuchAppointment()
    return NewLink(token, f"/link/{token}", expires_at)


@open_to_all("the token is the proof; it confirms one visit")
async def confirm_by_link(op: Op, *, token: str) -> LinkedState:
    """They will come. Sent again, it is told again. Refuses NoSuchLink, NoSuchThing, LinkUsed, TooLateToChange."""
    state = await _begin(op, token, "confirm")
    if state.link.used_at is None:
        await scheduling.confirm(op, appointment_id=state.visit.id, reason=by_link(op.clinic.locale))
        state = await _finish(op, state, "confirm")
    return state


@open_to_all("the token is the proof; it cancels one visit")
async def cancel_by_link(op: Op, *, token: str) -> LinkedState:
    """They will not. Refuses NoSuchLink, NoSuchThing, LinkUsed, TooLateToChange."""
    state = await _begin(op, token, "cancel")
    if state.link.used_at is None:
        await scheduling.cancel(op, appointment_id=state.visit.id, reason=by_link(op.clinic.locale))
        state = await _finish(op, state, "cancel")
    return state


@open_to_all("the token is the proof; it moves one visit to a time that is offered")
async def move_by_link(op: Op, *, token: str, starts_at: datetime) -> LinkedState:
    """To one of the times of `list_times_for_link`. Refuses NoSuchLink, NoSuchThing, LinkUsed, TooLateToChange, TimeTaken."""
    state = await _begin(op, token, "move")
    if state.link.used_at is None:
        found = await times_within(op, state.visit, starts_at, starts_at + A_MINUTE, PATIENCE)
        opening = next((one for one in found.slots if one.starts_at == starts_at), None)
        if opening is None:
            raise scheduling.TimeTaken()
        await _move(op, state, opening)
        state = await _finish(op, state, "move")
    return state


async def _move(op: Op, state: LinkedState, opening: scheduling.Opening) -> None:
    changes: dict[str, Any] = {"starts_at": opening.starts_at, "provider_id": opening.provider_id}
    if state.visit.group_session_id is None:
        changes["operatory_id"] = opening.operatory_id
    try:
        await scheduling.reschedule(op, appointment_id=state.visit.id, changes=changes)
    except (scheduling.NobodyIsFree, scheduling.SessionIsFull) as error:
        raise scheduling.TimeTaken() from error


async def _begin(op: Op, token: str, act: str) -> LinkedState:
    """Whoever sends it twice is told what came of the first."""
    link = await enter_link(op, token, held=True)
    if link.purpose not in ALLOWED[act]:
        raise NoSuchThing()
    state = await state_of(op, link)
    if link.used_at:
        if link.used_for != act:
            raise LinkUsed()
        return state
    if act not in state.acts:
        raise TooLateToChange()
    return state


async def _finish(op: Op, state: LinkedState, act: str) -> LinkedState:
    """A link that does everything gives way to another, as long as there is something left to do."""
    await op.db.run(USE, link_id=state.link.id, act=act, now=op.now)
    used = await state_of(op, state.link._replace(used_at=op.now, used_for=act))
    if state.link.purpose != "manage" or act == "cancel":
        return used
    again = await link_for(op, appointment_id=state.visit.id, purpose="manage")
    return used._replace(again=again.token)
