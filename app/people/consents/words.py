"""What guardians, purposes and proofs are called."""

from flask_babel import lazy_gettext as _l

from app.people.consents.models import GuardianRelation, Purpose, Strength

RELATIONS = {
    GuardianRelation.MOTHER: _l("mother"),
    GuardianRelation.FATHER: _l("father"),
    GuardianRelation.GUARDIAN: _l("other legal guardian"),
    GuardianRelation.CARER: _l("carer by mandate (can be called, cannot agree)"),
}
PURPOSES = {
    Purpose.TAKING_PART: _l("Taking part"),
    Purpose.HEALTH: _l("Notes on diet, health and mobility may be kept for those who look after the child"),
    Purpose.PHOTOS: _l("The child may be on photos of the event"),
    Purpose.SHARING: _l("Name and class may be shared with the other side"),
    Purpose.PAIRING: _l("The child may be paired with somebody of the other side"),
}
STRENGTHS = {
    Strength.ROSTER_PHONE: _l("proven by the phone number the school knows"),
    Strength.CALLED: _l("proven by a teacher's call"),
    Strength.PAPER: _l("proven on paper, by a second person"),
    Strength.UNVERIFIED: _l("answered, not proven yet"),
}
