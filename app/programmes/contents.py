"""The pages of programmes, for `create_app`."""

from app.programmes import desk, parts_desk, question_desk, routes
from app.programmes.agreements import desk as agreement_desk
from app.programmes.applications import desk as application_desk
from app.programmes.applications import pages as applications
from app.programmes.applications import school_desk as nominations

PROGRAMME_ROUTES = (
    routes,
    desk,
    parts_desk,
    question_desk,
    agreement_desk,
    application_desk,
    applications,
    nominations,
)
