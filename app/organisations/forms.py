"""Entering units and their staff."""

from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from wtforms import BooleanField, Field, SelectField, StringField, ValidationError, validators

from app.accounts.identifiers import Way, read_identifier
from app.core.fields import LineField, choice
from app.core.forms import Form, at_most, required
from app.organisations.models import MembershipRole, Organisation, OrganisationKind
from app.organisations.words import KIND_WORDS, ROLE_WORDS


class OrganisationForm(Form):
    """A unit's name, place and number."""

    name = LineField(_l("Name of the unit"), [required(), at_most(60)])
    place = LineField(_l("Place"), [at_most(120)])
    phone = LineField(_l("Phone number"), [at_most(40)], render_kw={"inputmode": "tel"})


class NewOrganisationForm(OrganisationForm):
    """A new unit; what kind it is cannot be changed later."""

    kind = SelectField(_l("Kind"), choices=lambda: [choice(kind.value, KIND_WORDS[kind]) for kind in OrganisationKind])


class MemberForm(Form):
    """A new staff account: the password is told to the person, who signs in with it."""

    name = LineField(_l("Name"), [required(), at_most(60)])
    identifier = LineField(
        _l("Phone, e-mail or name to sign in with"),
        [required(), at_most(120)],
        render_kw={"autocomplete": "off"},
    )
    role = SelectField(_l("Role"))
    password = StringField(
        _l("First password"),
        [required(), validators.Length(min=8, max=200, message=_l("At least 8 characters."))],
        render_kw={"autocomplete": "off"},  # in plain sight: it is typed once and told to somebody
    )
    existing = BooleanField(_l("The account is there already: give it this role, and leave name and password alone"))

    identified: tuple[Way, str] | None = None

    def offer_roles(self, organisation: Organisation) -> None:
        """Let the administrator choose among the roles; those of a unit first."""
        roles = [choice(role.value, ROLE_WORDS[role]) for role in MembershipRole]
        self.role.choices = roles if organisation.kind is OrganisationKind.HOST else roles[:2]

    def validate_identifier(self, field: Field) -> None:
        """Refuse what nobody could sign in with."""
        self.identified = read_identifier(field.data)
        if self.identified is None:
            raise ValidationError(_("Please enter a phone number, an e-mail address, or a name without spaces."))
