"""The pages of announcements and what they have done in the background, for `create_app`."""

from app.announcements import jobs, routes, unseen_desk

ROUTES = (routes, unseen_desk)
JOBS = (jobs,)
