"""For whom a room is, in words."""

from flask_babel import lazy_gettext as _l

from app.people.models import Gender

FOR_WHOM = {
    (Gender.FEMALE, True): _l("girls under 18"),
    (Gender.MALE, True): _l("boys under 18"),
    (Gender.FEMALE, False): _l("women"),
    (Gender.MALE, False): _l("men"),
}


def room_is_for(gender: Gender, is_for_minors: bool) -> str:
    """Return for whom a room is."""
    return str(FOR_WHOM[gender, is_for_minors])
