"""The pages of schools and what they have done in the background, for `create_app`."""

from app.schooldesk import class_page, classes, jobs, resets, routes, substitution, unseen
from app.schooldesk.claims import desk as claim_desk
from app.schooldesk.claims import pages as claims
from app.schooldesk.class_events import codes as class_codes
from app.schooldesk.class_events import pages as class_events
from app.schooldesk.class_events import reply_page as class_links
from app.schooldesk.rosters import pages as rosters
from app.schooldesk.transfers import pages as transfers
from app.schooldesk.years import pages as school_years

ROUTES = (
    routes,
    classes,
    class_page,
    rosters,
    claim_desk,
    claims,
    class_events,
    class_codes,
    class_links,
    school_years,
    transfers,
    resets,
    unseen,
    substitution,
)
JOBS = (jobs,)
