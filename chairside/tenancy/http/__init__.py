from chairside.tenancy.http.access import router as access
from chairside.tenancy.http.clinics import polled, router
from chairside.tenancy.http.factors import router as factors
from chairside.tenancy.http.invitations import router as invitations
from chairside.tenancy.http.members import router as members
from chairside.tenancy.http.outside import invited as invited_outside
from chairside.tenancy.http.outside import own as own_outside
from chairside.tenancy.http.outside import proving as proving_outside
from chairside.tenancy.http.outside import router as outside
from chairside.tenancy.http.person_links import own as own_letters
from chairside.tenancy.http.person_links import router as account_letters
from chairside.tenancy.http.persons import router as persons
from chairside.tenancy.http.roles import router as roles
from chairside.tenancy.http.signing_in import own as own_session
from chairside.tenancy.http.signing_in import polled as session_polled
from chairside.tenancy.http.signing_in import router as session

ROUTERS = (
    router, polled, session, own_session, session_polled, members, roles, invitations, persons, factors, access,
    account_letters, own_letters, outside, own_outside, invited_outside, proving_outside,
)  # fmt: skip
