from app.models import Appointment, AppointmentItem, Patient
from rest_framework import serializers


class PatientShape(serializers.ModelSerializer):
    guarantor_id = serializers.UUIDField(read_only=True)

    class Meta:
        model = Patient
        fields = (
            "id", "register_number", "first_name", "middle_name", "last_name", "preferred_name", "birth_date", "sex", "address",
            "note", "contacts", "guarantor_id", "archived_at", "created_at", "version",
        )  # fmt: skip
        read_only_fields = fields


class NewItem(serializers.Serializer):
    service_id = serializers.UUIDField()
    quantity = serializers.IntegerField(min_value=1, max_value=100, default=1)
    tooth = serializers.IntegerField(min_value=11, max_value=85, default=None, allow_null=True)
    surfaces = serializers.RegexField(r"^[MDLOBIFVP5 ]+$", max_length=12, default=None, allow_null=True)


class NewAppointment(serializers.Serializer):
    patient_id = serializers.UUIDField()
    provider_id = serializers.UUIDField()
    operatory_id = serializers.UUIDField(default=None, allow_null=True)
    service_id = serializers.UUIDField(default=None, allow_null=True)
    items = NewItem(many=True, default=list)
    starts_at = serializers.DateTimeField()
    duration_minutes = serializers.IntegerField(min_value=5, max_value=720, default=None, allow_null=True)
    notes = serializers.CharField(max_length=10_000, default=None, allow_null=True)

    def validate(self, given: dict) -> dict:
        if given["service_id"] and not given["items"]:
            given["items"] = [{"service_id": given["service_id"], "quantity": 1, "tooth": None, "surfaces": None}]
        if not given["items"] and not given["duration_minutes"]:
            raise serializers.ValidationError("Say how long the visit takes, or for which service it is.")
        return given


class ItemShape(serializers.ModelSerializer):
    service_id = serializers.UUIDField(read_only=True)

    class Meta:
        model = AppointmentItem
        fields = ("service_id", "quantity", "tooth", "surfaces")
        read_only_fields = fields


class AppointmentShape(serializers.ModelSerializer):
    patient_id = serializers.UUIDField(read_only=True)
    provider_id = serializers.UUIDField(read_only=True)
    operatory_id = serializers.UUIDField(read_only=True)
    service_id = serializers.UUIDField(read_only=True)
    duration_minutes = serializers.SerializerMethodField()
    last_step = serializers.ReadOnlyField(default=None)
    items = ItemShape(many=True, source="planned", read_only=True)

    class Meta:
        model = Appointment
        fields = (
            "id", "patient_id", "provider_id", "operatory_id", "service_id", "items", "starts_at", "ends_at", "duration_minutes",
            "status", "overbooking_reason", "notes", "last_step", "version",
        )  # fmt: skip
        read_only_fields = fields

    def get_duration_minutes(self, visit: Appointment) -> int:
        return int((visit.ends_at - visit.starts_at).total_seconds()) // 60
