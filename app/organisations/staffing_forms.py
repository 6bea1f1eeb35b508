"""Letting somebody work for a unit."""

from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from wtforms import Field, SelectField, ValidationError

from app.accounts.forms import new_password
from app.accounts.identifiers import Way, read_identifier
from app.core.access import Principal, Role
from app.core.fields import LineField, choice
from app.core.forms import Form, at_most, required
from app.organisations.models import MembershipRole, Organisation, OrganisationKind
from app.organisations.staffing import MANAGED_ROLES
from app.organisations.words import ROLE_WORDS


class _RoleForm(Form):
    role = SelectField(_l("Role"))

    def offer_roles(self, organisation: Organisation, principal: Principal) -> None:
        """Let a manager give a unit's own roles, and an administrator at a host those of the whole system too."""
        is_everything = principal.has(Role.ADMINISTRATOR) and organisation.kind is OrganisationKind.HOST
        roles = tuple(MembershipRole) if is_everything else MANAGED_ROLES
        self.role.choices = [choice(role.value, ROLE_WORDS[role]) for role in roles]


class InviteForm(_RoleForm):
    """For whom a link is, and for what."""

    name = LineField(_l("Name"), [required(), at_most(60)], render_kw={"autocomplete": "off"})


class _IdentifiedForm(Form):
    identified: tuple[Way, str] | None = None

    def validate_identifier(self, field: Field) -> None:
        """Refuse what nobody could sign in with."""
        self.identified = read_identifier(field.data)
        if self.identified is None:
            raise ValidationError(_("Please enter a phone number, an e-mail address, or a name without spaces."))


class EmployForm(_RoleForm, _IdentifiedForm):
    """An account that is there already gets a role; its name and password stay its own."""

    identifier = LineField(
        _l("Phone, e-mail or name to sign in with"), [required(), at_most(120)], render_kw={"autocomplete": "off"}
    )


class JoinForm(_IdentifiedForm):
    """Whoever was invited and has no account opens one."""

    name = LineField(_l("Your name"), [required(), at_most(60)], render_kw={"autocomplete": "name"})
    identifier = LineField(
        _l("Phone, e-mail or name to sign in with"), [required(), at_most(120)], render_kw={"autocomplete": "username"}
    )
    password = new_password(_l("Password"))
