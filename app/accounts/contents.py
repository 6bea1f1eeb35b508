"""The pages of accounts, for `create_app`."""

from app.accounts import account, resets, routes, second_factor

ROUTES = (routes, account, second_factor, resets)
