"""Each request is one transaction: who asks, the work, its record in the audit, and the answer where a key asks for it."""

import base64
from datetime import timedelta
from typing import Any
from uuid import UUID

import orjson
from app import answers
from app.models import Appointment, AppointmentItem, AuditEvent, Claim, Event, Operatory, Patient, Provider, Service
from app.sessions import Who
from app.shapes import AppointmentShape, NewAppointment, PatientShape
from django.db import IntegrityError, connection, transaction
from django.db.models.expressions import RawSQL
from django.http import Http404, HttpResponse
from django.utils import timezone
from psycopg.types.range import TimestamptzRange
from rest_framework.exceptions import APIException, ValidationError
from rest_framework.response import Response
from rest_framework.views import APIView

PAGE = 50
QUEUE = """
    select pg_advisory_xact_lock(place)
      from (select distinct hashtextextended(%s || resource::text, 0) as place from unnest(%s::uuid[]) as resource order by place)
           as queue
"""


class TimeTaken(APIException):
    status_code = 409
    default_detail = "That time is taken."


class View(APIView):
    needs: frozenset[str] = frozenset()

    asked: answers.Question | None = None

    def dispatch(self, request: Any, *args: Any, **kwargs: Any) -> Any:
        """Rendered within the transaction, so that an answer is kept with the work; a refusal leaves nothing behind."""
        with transaction.atomic():
            response = super().dispatch(request, *args, **kwargs)
            if isinstance(response, Response):
                response.render()
            response["Content-Length"] = len(response.content)
            if response.status_code >= 400:
                transaction.set_rollback(True)
            elif self.asked:
                answers.keep(self.request.user, self.asked, response.status_code, response.content)
            return response


def read(who: Who, **about: Any) -> None:
    AuditEvent.objects.create(
        clinic_id=who.clinic_id, actor_id=who.id, session_id=who.session_id, request_id=who.request_id, ip=who.ip, action="read",
        **about,
    )  # fmt: skip


class OnePatient(View):
    needs = frozenset({"patients.read"})

    def get(self, request: Any, clinic: str, patient_id: UUID) -> Response:
        who = request.user
        try:
            patient = Patient.objects.get(clinic_id=who.clinic_id, deleted_at=None, id=patient_id)
        except Patient.DoesNotExist as error:
            raise Http404 from error
        read(who, entity="patient", entity_id=patient.id, patient_id=patient.id)
        return Response(PatientShape(patient).data)


class Patients(View):
    needs = frozenset({"patients.read"})

    def get(self, request: Any, clinic: str) -> Response:
        who = request.user
        patients = Patient.objects.filter(clinic_id=who.clinic_id, deleted_at=None, archived_at=None)
        if cursor := request.GET.get("cursor"):
            key, id = orjson.loads(base64.urlsafe_b64decode(cursor))
            patients = patients.annotate(later=RawSQL("(sort_key, id) > (%s, %s)", [key, id])).filter(later=True)
        patients = patients.order_by("sort_key", "id")[:PAGE]
        if "plain" in request.GET:  # what is left when the rows go past the model and its serializer
            rows = list(patients.values("sort_key", *PatientShape.Meta.fields))
            places = [(row.pop("sort_key"), row["id"]) for row in rows]
        else:
            page = list(patients)
            rows = PatientShape(page, many=True).data
            places = [(patient.sort_key, patient.id) for patient in page]
        read(who, entity="patient", patient_ids=[id for _, id in places])
        more = base64.urlsafe_b64encode(orjson.dumps(places[-1])).decode() if len(places) == PAGE else None
        return Response({"items": rows, "next_cursor": more})


class Appointments(View):
    needs = frozenset({"scheduling.book"})

    def post(self, request: Any, clinic: str) -> Any:
        who = request.user
        self.asked = answers.question(request)
        if self.asked and (given := answers.find(who, self.asked)):
            self.asked = None
            return HttpResponse(given.body, status=given.status, content_type="application/json")
        new = NewAppointment(data=request.data)
        new.is_valid(raise_exception=True)
        return Response(AppointmentShape(book(who, **new.validated_data)).data, status=201)


def book(
    who: Who, *, patient_id: UUID, provider_id: UUID, operatory_id: UUID | None, service_id: UUID | None, items: list[dict],
    starts_at: Any, duration_minutes: int | None, notes: str | None,
) -> Appointment:  # fmt: skip
    own = {"clinic_id": who.clinic_id}
    if not Patient.objects.filter(**own, id=patient_id, deleted_at=None, archived_at=None).exists():
        raise ValidationError({"patient_id": "There is no such patient in this clinic."})
    if not Provider.objects.filter(**own, id=provider_id, active=True).exists():
        raise ValidationError({"provider_id": "There is no such provider in this clinic."})
    if operatory_id and not Operatory.objects.filter(**own, id=operatory_id, active=True).exists():
        raise ValidationError({"operatory_id": "There is no such operatory in this clinic."})
    services = {service.id: service for service in Service.objects.filter(
        **own, id__in={item["service_id"] for item in items}, active=True)}  # fmt: skip
    if any(item["service_id"] not in services for item in items):
        raise ValidationError({"items": "There is no such service in this clinic."})
    planned = [services[item["service_id"]] for item in items]
    minutes = duration_minutes or sum(s.duration_minutes * i["quantity"] for s, i in zip(planned, items, strict=True))
    before = max((service.buffer_before_minutes for service in planned), default=0)
    after = max((service.buffer_after_minutes for service in planned), default=0)
    ends_at = starts_at + timedelta(minutes=minutes)

    resources = [id for id in (provider_id, operatory_id, patient_id) if id]
    with connection.cursor() as cursor:
        cursor.execute(QUEUE, [str(who.clinic_id), resources])
    Claim.objects.filter(**own, resource_id__in=resources, active=True, expires_at__lte=timezone.now()).delete()
    written = {**own, "created_by": who.id}
    visit = Appointment.objects.create(
        **written, updated_by=who.id, patient_id=patient_id, provider_id=provider_id, operatory_id=operatory_id,
        service_id=service_id or (planned[0].id if planned else None), starts_at=starts_at, ends_at=ends_at,
        buffer_before_minutes=before, buffer_after_minutes=after, notes=notes,
    )  # fmt: skip
    wide = TimestamptzRange(starts_at - timedelta(minutes=before), ends_at + timedelta(minutes=after))
    narrow = TimestamptzRange(starts_at, ends_at)
    try:
        Claim.objects.bulk_create(
            Claim(**written, resource_id=id, appointment_id=visit.id, during=narrow if id == patient_id else wide)
            for id in resources
        )
    except IntegrityError as error:
        if error.__cause__.diag.constraint_name == "claim_resource_is_free":
            raise TimeTaken() from error
        raise
    visit.planned = AppointmentItem.objects.bulk_create(
        AppointmentItem(**written, appointment_id=visit.id, patient_id=patient_id, position=place, **item)
        for place, item in enumerate(items, 1)
    )
    Event.objects.create(**own, actor_id=who.id, name="scheduling.appointment_booked", facts={"appointment_id": str(visit.id)})
    return visit
