from chairside.tenancy.http.clinics import polled, router
from chairside.tenancy.http.invitations import router as invitations
from chairside.tenancy.http.members import router as members
from chairside.tenancy.http.persons import router as persons

ROUTERS = (router, polled, members, invitations, persons)
