"""The pages at the door and what is done in the background, for `create_app`; what devices ask is in `api`."""

from app.checkin import collecting_desk, jobs, routes

ROUTES = (routes, collecting_desk)
JOBS = (jobs,)
