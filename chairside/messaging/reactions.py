"""Whoever is invited or asks to open a clinic gets a letter; what was queued is sent by a job. Whatever happens to a visit, its
reminders are planned anew in the same commit."""

from typing import Any

from chairside import booking, scheduling, tenancy
from chairside.kernel.events import later, on
from chairside.kernel.op import Op
from chairside.messaging.actions.booking_texts import text_answer, text_code, text_request
from chairside.messaging.actions.delivery import deliver
from chairside.messaging.actions.planning import plan
from chairside.messaging.actions.queueing import queue_account_letter, queue_invitation, queue_sign_up
from chairside.messaging.events import MessageQueued


@on(tenancy.MemberInvited)
async def write_to_the_invited(op: Op, event: tenancy.MemberInvited) -> None:
    await queue_invitation(op, invitation_id=event.invitation_id)


@on(tenancy.SignUpAsked)
async def write_to_the_newcomer(op: Op, event: tenancy.SignUpAsked) -> None:
    await queue_sign_up(op, sign_up_id=event.sign_up_id)


@on(tenancy.PasswordResetAsked)
async def write_the_link_for_a_password(op: Op, event: tenancy.PasswordResetAsked) -> None:
    await queue_account_letter(op, kind="password_reset", link_id=event.link_id)


@on(tenancy.PasswordReset)
async def tell_of_the_new_password(op: Op, event: tenancy.PasswordReset) -> None:
    await queue_account_letter(op, kind="password_changed", link_id=event.link_id)


@on(tenancy.EmailChangeAsked)
async def write_to_the_new_address(op: Op, event: tenancy.EmailChangeAsked) -> None:
    await queue_account_letter(op, kind="email_change", link_id=event.link_id)


@on(tenancy.EmailChanged)
async def tell_the_former_address(op: Op, event: tenancy.EmailChanged) -> None:
    await queue_account_letter(op, kind="email_changed", link_id=event.link_id)


@on(booking.CodeWanted)
async def text_the_code(op: Op, event: booking.CodeWanted) -> None:
    await text_code(op, code_id=event.code_id)


@on(booking.VisitRequested)
async def text_the_link_of_a_request(op: Op, event: booking.VisitRequested) -> None:
    await text_request(op, booking_id=event.booking_id)


@on(booking.RequestAnswered)
async def text_that_a_request_is_answered(op: Op, event: booking.RequestAnswered) -> None:
    await text_answer(op, booking_id=event.booking_id)


@later(MessageQueued)
async def send_the_letter(op: Op, event: MessageQueued) -> None:
    await deliver(op, message_id=event.message_id)


OF_A_VISIT: tuple[type[Any], ...] = (
    scheduling.AppointmentBooked, scheduling.AppointmentMoved, scheduling.VisitCancelled, scheduling.CancellationUndone,
    scheduling.VisitMissed, scheduling.NoShowUndone,
)  # fmt: skip


async def plan_reminders(op: Op, event: Any) -> None:
    plan(op, event.appointment_id)


for kind in OF_A_VISIT:
    on(kind)(plan_reminders)
