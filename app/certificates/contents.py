"""The pages of certificates and what they have done in the background, for `create_app`."""

from app.certificates import jobs, routes

ROUTES = (routes,)
JOBS = (jobs,)
