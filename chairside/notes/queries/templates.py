from datetime import datetime, time, timedelta
from typing import NamedTuple
from uuid import UUID

from chairside import documents, patients, scheduling
from chairside.kernel.audit import opened, shown
from chairside.kernel.guard import needs
from chairside.kernel.op import Op
from chairside.kernel.refusals import Missing
from chairside.notes import rules
from chairside.notes.rows import SNIPPET, TEMPLATE, Found, NoteSnippet, NoteTemplate, Visit

TEMPLATES = f"select {TEMPLATE} from note_template as template order by template.code"
GET_TEMPLATE = f"select {TEMPLATE} from note_template as template where template.id = %(template_id)s"
SNIPPETS = f"""
    select {SNIPPET}
      from note_snippet as snippet
     where snippet.owner_id is null
        or snippet.owner_id = app.actor()
     order by snippet.code, snippet.owner_id nulls last
"""
GET_SNIPPET = f"""
    select {SNIPPET}
      from note_snippet as snippet
     where snippet.id = %(snippet_id)s
       and (snippet.owner_id is null or snippet.owner_id = app.actor())
"""
# The visit that is named; or of those on that day, neither cancelled nor missed, the one that is going on or was last.
VISIT = opened(
    """
    select patient.id, patient.first_name, patient.last_name, patient.birth_date, visit.id as appointment_id, visit.starts_at,
           coalesce(provider.name, writer.name, member.name) as provider_name,
           coalesce((select jsonb_agg(jsonb_build_object('name', service.name, 'quantity', item.quantity, 'tooth', item.tooth,
                                                         'surfaces', item.surfaces) order by item.position)
                       from appointment_item as item
                       join service on service.id = item.service_id
                      where item.appointment_id = visit.id), '[]') as services
      from patient
      left join lateral (select appointment.id, appointment.starts_at, appointment.provider_id
                           from appointment
                          where appointment.patient_id = patient.id
                            and (appointment.id = %(appointment_id)s::uuid
                                 or (%(appointment_id)s::uuid is null
                                     and appointment.starts_at >= %(since)s
                                     and appointment.starts_at < %(until)s
                                     and appointment.status not in ('cancelled', 'no_show')))
                          order by appointment.starts_at > %(now)s, abs(extract(epoch from appointment.starts_at - %(now)s))
                          limit 1) as visit on true
      left join provider on provider.id = visit.provider_id
      left join provider as writer on writer.member_id = app.actor()
      left join membership as member on member.principal_id = app.actor()
     where patient.id = %(patient_id)s
       and patient.deleted_at is null
"""
)
FOUND = shown(
    """
    select finding.patient_id, finding.teeth, finding.surfaces, finding.condition, finding.layer, finding.material
      from finding
     where finding.patient_id = %(patient_id)s
       and finding.noted_on = %(day)s
       and finding.struck_at is null
     order by finding.id
""",
    entity="tooth_chart",
    patient="patient_id",
    columns=", ".join(Found._fields),
)


class NoSuchNoteTemplate(Missing):
    """There is no such template."""


class NoSuchSnippet(Missing):
    """There is no such snippet."""


class Filled(NamedTuple):
    """A template as it begins a note. `{{chart.today}}` stays: `found` is for the screen to say in the reader's words."""

    kind: str
    title: str
    body: str
    appointment_id: UUID | None
    found: list[Found]


@needs("notes.read", "notes.templates")
async def list_templates(op: Op) -> list[NoteTemplate]:
    """By their codes."""
    return await op.db.all(NoteTemplate, TEMPLATES)


@needs("notes.read", "notes.templates")
async def get_template(op: Op, *, template_id: UUID) -> NoteTemplate:
    """Refuses NoSuchNoteTemplate."""
    template = await op.db.one(NoteTemplate, GET_TEMPLATE, template_id=template_id)
    if template is None:
        raise NoSuchNoteTemplate()
    return template


@needs("notes.read", "notes.templates")
async def list_snippets(op: Op) -> list[NoteSnippet]:
    """The clinic's and one's own, by their codes; of two with one code one's own comes first."""
    return await op.db.all(NoteSnippet, SNIPPETS)


@needs("notes.read", "notes.templates")
async def get_snippet(op: Op, *, snippet_id: UUID) -> NoteSnippet:
    """Refuses NoSuchSnippet, somebody else's too."""
    snippet = await op.db.one(NoteSnippet, GET_SNIPPET, snippet_id=snippet_id)
    if snippet is None:
        raise NoSuchSnippet()
    return snippet


@needs("notes.write")
async def fill_template(op: Op, *, patient_id: UUID, template_id: UUID, appointment_id: UUID | None = None) -> Filled:
    """With what the visit, the patient and the chart say; nothing is written. Without a visit named, it is today's.
    Refuses NoSuchPatient, NotOnCareTeam, NoSuchNoteTemplate, NoSuchAppointment."""
    await patients.check_record(op, patient_id=patient_id)
    template = await get_template(op, template_id=template_id)
    begins = datetime.combine(op.today, time(), op.clinic.zone)
    visit = await op.db.one(
        Visit, VISIT, patient_id=patient_id, appointment_id=appointment_id, since=begins, until=begins + timedelta(days=1),
        now=op.now,
    )  # fmt: skip
    if visit is None:
        raise patients.NoSuchPatient()
    if appointment_id and visit.appointment_id is None:
        raise scheduling.NoSuchAppointment()
    found: list[Found] = []
    if "chart.today" in template.body and op.may("charting.read"):
        found = await op.db.all(Found, FOUND, patient_id=patient_id, day=op.today)
    locale = op.clinic.locale
    on = visit.starts_at.astimezone(op.clinic.zone).date() if visit.starts_at else op.today
    values: dict[str, str | None] = {
        "visit.date": documents.short_day(on, locale), "visit.services": rules.services_said(visit.services),
        "patient.first_name": visit.first_name, "patient.last_name": visit.last_name,
        "patient.birth_date": documents.short_day(visit.birth_date, locale) if visit.birth_date else None,
        "provider.name": visit.provider_name,
    }  # fmt: skip
    return Filled(template.kind, template.name, rules.fill(template.body, values), visit.appointment_id, found)
