"""What a helper at the door does with the scanner page, and what the page then says."""

from playwright.sync_api import Page

from app.checkin.models import Scan
from app.core.db import db
from app.events.models import Event, Registration
from tests.browser import Visitor
from tests.factories import Factory

VERDICT = "document.querySelector('.scanner__verdict').dataset.verdict"
WAITING = "Number(document.querySelector('.scanner__queue').dataset.waiting)"
ARRIVED = "document.querySelector('[data-count=arrived]').textContent"
PROBLEM = "document.querySelector('.scanner__problem').textContent"


def opened(helper: Visitor, event: Event) -> Page:
    """Open the scanner."""
    return helper.open(f"/desk/events/{event.id}/scanner")


def type_in(page: Page, code: str) -> None:
    """Type a code and press Enter."""
    page.fill("[name=code]", code)
    page.press("[name=code]", "Enter")


def scans_of(rows: Factory, registration: Registration) -> int:
    """Return how many scans of somebody the server has."""
    with rows.app.app_context():
        return db.session.query(Scan).filter_by(registration_id=registration.id).count()
