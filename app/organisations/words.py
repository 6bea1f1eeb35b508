"""What kinds of units and roles are called."""

from flask_babel import lazy_gettext as _l

from app.organisations.models import MembershipRole, OrganisationKind

KIND_WORDS = {
    OrganisationKind.HOST: _l("Host"),
    OrganisationKind.SCHOOL: _l("School"),
    OrganisationKind.PARTNER: _l("Partner district or school"),
    OrganisationKind.BASE: _l("Base or venue"),
}

ROLE_WORDS = {
    MembershipRole.STAFF: _l("Staff"),
    MembershipRole.MANAGER: _l("Manager"),
    MembershipRole.AUDITOR: _l("Auditor"),
    MembershipRole.ADMINISTRATOR: _l("Administrator"),
}
