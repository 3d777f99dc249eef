"""The same tables as the product's, as Django has them: one key each, the clinic a column that every query names."""

from django.contrib.postgres.constraints import ExclusionConstraint
from django.contrib.postgres.fields import ArrayField, DateTimeRangeField, RangeOperators
from django.contrib.postgres.functions import TransactionNow
from django.contrib.postgres.indexes import GinIndex
from django.db import models
from django.db.models import F, Func, Index, Q, UniqueConstraint


class Key(Func):
    function = "uuidv7"
    output_field = models.UUIDField()


class Row(models.Model):
    id = models.UUIDField(primary_key=True, db_default=Key())

    class Meta:
        abstract = True


class Clinic(Row):
    slug = models.TextField(unique=True)
    name = models.TextField()
    timezone = models.TextField()
    locale = models.TextField()
    currency = models.TextField()


class Person(Row):
    email = models.TextField(unique=True)
    suspended_at = models.DateTimeField(null=True)


class Session(Row):
    person = models.ForeignKey(Person, models.PROTECT)
    token_hash = models.BinaryField(unique=True)
    idle_minutes = models.IntegerField()
    idle_ends_at = models.DateTimeField()
    ends_at = models.DateTimeField()
    revoked_at = models.DateTimeField(null=True)


class OfClinic(Row):
    """`db_index=False`: every index below begins with the clinic."""

    clinic = models.ForeignKey(Clinic, models.PROTECT, db_index=False, related_name="+")

    class Meta:
        abstract = True


class Written(OfClinic):
    created_at = models.DateTimeField(db_default=TransactionNow())
    created_by = models.UUIDField()
    updated_at = models.DateTimeField(db_default=TransactionNow())
    updated_by = models.UUIDField()
    version = models.IntegerField(default=1)

    class Meta:
        abstract = True


class Role(OfClinic):
    slug = models.TextField()
    grants = models.TextField()

    class Meta:
        constraints = (UniqueConstraint("clinic", "slug", name="role_is_one"),)


class Membership(OfClinic):
    person = models.ForeignKey(Person, models.PROTECT)
    suspended_at = models.DateTimeField(null=True)
    roles = models.ManyToManyField(Role)

    class Meta:
        constraints = (UniqueConstraint("clinic", "person", name="membership_is_one"),)


class Patient(Written):
    register_number = models.TextField()
    first_name = models.TextField()
    middle_name = models.TextField(null=True)
    last_name = models.TextField()
    preferred_name = models.TextField(null=True)
    birth_date = models.DateField(null=True)
    sex = models.TextField()
    address = models.JSONField(null=True)
    note = models.TextField(null=True)
    contacts = models.JSONField()
    guarantor = models.ForeignKey("self", models.PROTECT, null=True, db_index=False)
    archived_at = models.DateTimeField(null=True)
    deleted_at = models.DateTimeField(null=True)
    search = models.TextField()
    sort_key = models.TextField(db_collation="C")

    class Meta:
        constraints = (
            UniqueConstraint("clinic", "register_number", name="register_number_is_free", condition=Q(deleted_at=None)),
        )
        indexes = (
            Index("clinic", "id", name="patient_by_clinic"),
            Index("clinic", "sort_key", "id", name="patient_by_name"),
            Index("clinic", "birth_date", name="patient_by_birth_date"),
            Index("clinic", "guarantor", name="patient_by_guarantor", condition=Q(guarantor__isnull=False)),
            GinIndex(fields=("clinic", "search"), opclasses=("uuid_ops", "gin_trgm_ops"), name="patient_by_trigram"),
        )


class Provider(Written):
    name = models.TextField()
    active = models.BooleanField(default=True)


class Operatory(Written):
    name = models.TextField()
    active = models.BooleanField(default=True)


class Service(Written):
    name = models.TextField()
    duration_minutes = models.IntegerField()
    buffer_before_minutes = models.IntegerField(default=0)
    buffer_after_minutes = models.IntegerField(default=0)
    active = models.BooleanField(default=True)


class Appointment(Written):
    patient = models.ForeignKey(Patient, models.PROTECT, db_index=False)
    provider = models.ForeignKey(Provider, models.PROTECT, db_index=False)
    operatory = models.ForeignKey(Operatory, models.PROTECT, null=True, db_index=False)
    service = models.ForeignKey(Service, models.PROTECT, null=True, db_index=False)
    starts_at = models.DateTimeField()
    ends_at = models.DateTimeField()
    buffer_before_minutes = models.IntegerField(default=0)
    buffer_after_minutes = models.IntegerField(default=0)
    status = models.TextField(default="scheduled")
    overbooking_reason = models.TextField(null=True)
    notes = models.TextField(null=True)

    class Meta:
        constraints = (models.CheckConstraint(condition=Q(starts_at__lt=F("ends_at")), name="appointment_runs_forward"),)
        indexes = (
            Index("clinic", "starts_at", "id", name="appointment_by_start"),
            Index("clinic", "patient", "starts_at", "id", name="appointment_by_patient"),
            Index("clinic", "provider", "starts_at", "id", name="appointment_by_provider"),
        )


class AppointmentItem(OfClinic):
    appointment = models.ForeignKey(Appointment, models.PROTECT, db_index=False, related_name="items")
    patient = models.ForeignKey(Patient, models.PROTECT, db_index=False)
    position = models.IntegerField()
    service = models.ForeignKey(Service, models.PROTECT, db_index=False)
    quantity = models.IntegerField(default=1)
    tooth = models.IntegerField(null=True)
    surfaces = models.TextField(null=True)
    created_at = models.DateTimeField(db_default=TransactionNow())
    created_by = models.UUIDField()

    class Meta:
        indexes = (Index("clinic", "appointment", "position", name="item_by_appointment"),)


class Claim(OfClinic):
    resource_id = models.UUIDField()
    appointment = models.ForeignKey(Appointment, models.PROTECT, null=True, db_index=False)
    during = DateTimeRangeField()
    active = models.BooleanField(default=True)
    expires_at = models.DateTimeField(null=True)
    created_at = models.DateTimeField(db_default=TransactionNow())
    created_by = models.UUIDField()

    class Meta:
        constraints = (
            ExclusionConstraint(
                name="claim_resource_is_free",
                expressions=(
                    ("clinic", RangeOperators.EQUAL), ("resource_id", RangeOperators.EQUAL), ("during", RangeOperators.OVERLAPS),
                ),
                condition=Q(active=True),
            ),
            UniqueConstraint("clinic", "appointment", "resource_id", name="claim_is_one", condition=Q(appointment__isnull=False)),
        )  # fmt: skip
        indexes = (
            Index("clinic", "resource_id", Func("during", function="lower", output_field=models.DateTimeField()),
                  name="claim_by_start"),
            Index("clinic", "resource_id", "expires_at", name="claim_expiring", condition=Q(active=True, expires_at__isnull=False)),
        )  # fmt: skip


class AuditEvent(OfClinic):
    at = models.DateTimeField(db_default=TransactionNow())
    actor_id = models.UUIDField()
    session_id = models.UUIDField(null=True)
    request_id = models.TextField(null=True)
    ip = models.GenericIPAddressField(null=True)
    action = models.TextField()
    entity = models.TextField()
    entity_id = models.UUIDField(null=True)
    patient_id = models.UUIDField(null=True)
    patient_ids = ArrayField(models.UUIDField(), null=True)
    changed_fields = ArrayField(models.TextField(), null=True)
    values_digest = models.BinaryField(null=True)

    class Meta:
        indexes = (
            Index("clinic", "at", "id", name="audit_by_time"),
            Index("clinic", "patient_id", "at", name="audit_by_patient", condition=Q(patient_id__isnull=False)),
        )


class AuditValue(OfClinic):
    audit_id = models.UUIDField()
    at = models.DateTimeField(db_default=TransactionNow())
    salt = models.BinaryField()
    old = models.JSONField(null=True)
    new = models.JSONField(null=True)

    class Meta:
        indexes = (Index("clinic", "at", "audit_id", name="audit_value_by_time"),)


class Event(OfClinic):
    at = models.DateTimeField(db_default=TransactionNow())
    actor_id = models.UUIDField()
    name = models.TextField()
    facts = models.JSONField()


class Answer(OfClinic):
    actor_id = models.UUIDField()
    route = models.TextField()
    key = models.TextField()
    asked = models.BinaryField()
    status = models.IntegerField()
    body = models.BinaryField()
    at = models.DateTimeField(db_default=TransactionNow(), db_index=True)

    class Meta:
        constraints = (UniqueConstraint("clinic", "actor_id", "route", "key", name="answer_is_one"),)
