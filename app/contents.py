"""Which pages there are, and which work is done in the background: what each package says of itself, in their order."""

from app.accounts import contents as accounts
from app.announcements import contents as announcements
from app.backups import jobs as backup_jobs
from app.care import contents as care
from app.certificates import contents as certificates
from app.checkin import contents as checkin
from app.core import health, pictures, searching, tidying
from app.events import contents as events
from app.messages import contents as messages
from app.organisations import contents as organisations
from app.pages import contents as pages
from app.pairing import contents as pairing
from app.partners import contents as partners
from app.programmes import contents as programmes
from app.schooldesk import contents as schooldesk
from app.site import contents as site
from app.trips import contents as trips

ROUTES = (
    health,
    pictures,
    searching,
    *accounts.ROUTES,
    *organisations.ROUTES,
    *site.ROUTES,
    *messages.ROUTES,
    *events.ROUTES,
    *checkin.ROUTES,
    *certificates.ROUTES,
    *announcements.ROUTES,
    *programmes.ROUTES,
    *pairing.ROUTES,
    *trips.ROUTES,
    *care.ROUTES,
    *schooldesk.ROUTES,
    *partners.ROUTES,
    *pages.ROUTES,
)

# to have been read is enough: they say by themselves what they do
JOBS = (
    tidying,
    backup_jobs,
    *events.JOBS,
    *programmes.JOBS,
    *pairing.JOBS,
    *checkin.JOBS,
    *certificates.JOBS,
    *announcements.JOBS,
    *messages.JOBS,
    *care.JOBS,
    *schooldesk.JOBS,
    *trips.JOBS,
)
