from app import views
from django.urls import path

urlpatterns = [
    path("api/v1/clinics/<slug:clinic>/patients", views.Patients.as_view()),
    path("api/v1/clinics/<slug:clinic>/patients/<uuid:patient_id>", views.OnePatient.as_view()),
    path("api/v1/clinics/<slug:clinic>/appointments", views.Appointments.as_view()),
]
