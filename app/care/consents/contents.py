"""The pages of guardians and of signing up with them, and what they have done in the background."""

from app.care.consents import (
    call_desk,
    choosing,
    jobs,
    letter_desk,
    paper_desk,
    paper_prints,
    private_data,
    private_page,
    programme_pages,
    record_desk,
    routes,
    sign_up,
    travel_documents,
)
from app.care.pairs import letters as guardian_letters
from app.care.pairs import links as pair_links
from app.care.pairs import pages as guardian_pairs

ROUTES = (
    choosing,
    sign_up,
    routes,
    programme_pages,
    private_page,
    private_data,
    letter_desk,
    paper_desk,
    paper_prints,
    call_desk,
    record_desk,
    travel_documents,
    guardian_pairs,
    guardian_letters,
    pair_links,
)
JOBS = (jobs,)
