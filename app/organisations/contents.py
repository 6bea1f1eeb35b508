"""The pages of units and those who work for them, for `create_app`."""

from app.organisations import account_desk, desk, joining, routes, staff_desk

ROUTES = (routes, desk, staff_desk, joining, account_desk)
