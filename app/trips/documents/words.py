"""What travel documents are called, and what they are for."""

from collections.abc import Mapping

from flask_babel import LazyString
from flask_babel import lazy_gettext as _l

from app.programmes.models import Programme
from app.trips.documents.numbers import DocumentKind

DOCUMENT_WORDS: Mapping[DocumentKind, LazyString] = {
    DocumentKind.IDENTITY_CARD: _l("Identity card (or the number in the household register)"),
    DocumentKind.PASSPORT: _l("Passport"),
    DocumentKind.HOME_RETURN: _l("Mainland travel permit for Hong Kong and Macao residents"),
    DocumentKind.TAIWAN: _l("Mainland travel permit for Taiwan residents"),
    DocumentKind.RESIDENCE: _l("Residence permit for Hong Kong, Macao and Taiwan residents"),
}
KIND_ON_LISTS: Mapping[DocumentKind, LazyString] = {
    **DOCUMENT_WORDS,
    DocumentKind.IDENTITY_CARD: _l("Identity card"),
}


def what_for(programme: Programme) -> list[LazyString]:
    """Return what a programme needs documents for."""
    marks = (
        (programme.needs_insurance, _l("insurance")),
        (programme.needs_tickets, _l("tickets")),
        (programme.needs_rooms, _l("rooms")),
    )
    return [words for is_needed, words in marks if is_needed]
