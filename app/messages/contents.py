"""The pages of messages and what they have done in the background, for `create_app`."""

from app.messages import contact_desk, delivery_desk, desk, jobs, routes

ROUTES = (contact_desk, delivery_desk, routes, desk)
JOBS = (jobs,)
