"""The pages about the installation itself, for `create_app`."""

from app.site import desk, routes

ROUTES = (routes, desk)
