"""What kinds of units and roles are called."""

from flask_babel import lazy_gettext as _l

from app.core.changes import Vocabulary
from app.organisations.models import MembershipRole, OrganisationKind, SchoolLevel

KIND_WORDS = {
    OrganisationKind.HOST: _l("Host"),
    OrganisationKind.SCHOOL: _l("School"),
    OrganisationKind.PARTNER: _l("Partner district or school"),
    OrganisationKind.BASE: _l("Base or venue"),
}

LEVEL_WORDS = {
    SchoolLevel.PRIMARY: _l("Primary school"),
    SchoolLevel.MIDDLE: _l("Middle school"),
    SchoolLevel.HIGH: _l("High school"),
    SchoolLevel.VOCATIONAL: _l("Vocational school"),
}

ROLE_WORDS = {
    MembershipRole.STAFF: _l("Staff"),
    MembershipRole.MANAGER: _l("Manager"),
    MembershipRole.AUDITOR: _l("Auditor"),
    MembershipRole.ADMINISTRATOR: _l("Administrator"),
}


def levels_in_words(levels: str) -> str:
    """Return the levels a school teaches, as its history and its page say them."""
    return " · ".join(str(LEVEL_WORDS[SchoolLevel(level)]) for level in levels.split())


VOCABULARY = Vocabulary(
    happened={"entered": _l("Entered")},
    fields={
        "name": _l("Name of the unit"),
        "short_name": _l("Short name"),
        "place": _l("Address"),
        "phone": _l("Phone number"),
        "contact": _l("Contact person"),
        "introduction": _l("Introduction"),
        "logo_digest": _l("Logo"),
        "seal_keeper": _l("Who keeps the seal"),
        "seal_text": _l("Name on the seal"),
        "capacity": _l("How many people it takes"),
        "offers": _l("What one can do there"),
        "origin": _l("Province and county"),
        "levels": _l("Levels"),
    },
    values={"levels": levels_in_words},
)
