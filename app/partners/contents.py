"""The pages of partners without accounts, for `create_app`."""

from app.partners import desk, pages, paper_pages

ROUTES = (desk, pages, paper_pages)
