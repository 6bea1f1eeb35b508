"""The pages of programmes and what they have done in the background, for `create_app`."""

from app.programmes import desk, jobs, parts_desk, question_desk, routes
from app.programmes.agreements import desk as agreement_desk
from app.programmes.applications import desk as application_desk
from app.programmes.applications import pages as applications
from app.programmes.applications import school_desk as nominations
from app.programmes.choices import desk as choice_desk
from app.programmes.choices import pages as choices
from app.programmes.host_families import desk as host_families
from app.programmes.host_families import jobs as host_family_jobs
from app.programmes.reading import desk as programme_reading

ROUTES = (
    routes,
    desk,
    parts_desk,
    question_desk,
    agreement_desk,
    application_desk,
    applications,
    nominations,
    programme_reading,
    choice_desk,
    choices,
    host_families,
)
JOBS = (jobs, host_family_jobs)
