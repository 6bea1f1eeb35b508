"""The pages and the background work of trips, for `create_app`."""

from types import ModuleType

from app.trips import jobs, leader_pages
from app.trips.adults import desk as adults_desk
from app.trips.documents import desk as documents_desk
from app.trips.documents import jobs as document_jobs
from app.trips.documents import pages as document_pages
from app.trips.papers import card_page
from app.trips.papers import desk as papers_desk
from app.trips.placing import desk as places_desk
from app.trips.tasks import desk as tasks_desk

ROUTES: tuple[ModuleType, ...] = (
    tasks_desk,
    adults_desk,
    places_desk,
    leader_pages,
    papers_desk,
    documents_desk,
    card_page,
    document_pages,
)
JOBS: tuple[ModuleType, ...] = (jobs, document_jobs)
