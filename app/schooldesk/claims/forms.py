"""Whoever has a slip says the pupil's birth date, and what to sign in with from now on."""

from flask_babel import lazy_gettext as _l
from wtforms import Field, RadioField, ValidationError

from app.accounts.forms import new_password
from app.accounts.identifiers import Way, read_identifier
from app.core.fields import DayField, LineField, PhoneField, choice
from app.core.forms import Form, at_most, required
from app.people.forms import NameField
from app.schooldesk.claims.claiming import Holder

SAME, OTHER = "same", "other"


class ClaimCodeForm(Form):
    """The code that is printed on a claim slip."""

    code = LineField(
        _l("Code on the claim slip"),
        [required(), at_most(60)],
        render_kw={"autocomplete": "off", "autocapitalize": "characters", "spellcheck": "false"},
    )


class BirthDateForm(Form):
    """Somebody signed in takes a pupil over: only whoever knows the birth date may. Whether it is the same child that
    the account has entered itself is asked only where there is one."""

    born_on = DayField(_l("The pupil's date of birth"), [required()], render_kw={"autocomplete": "off"})
    same_child = RadioField(
        _l("Is it the same child?"),
        choices=[
            choice(SAME, _l("Yes, the same: put both together")),
            choice(OTHER, _l("No, another child of the same name")),
        ],
        validate_choice=False,
    )

    def is_same(self) -> bool | None:
        """Return what was said about that, None if nothing was."""
        return self.same_child.data == SAME if self.same_child.data in (SAME, OTHER) else None


class PupilForm(BirthDateForm):
    """A pupil from 14 on opens an account: with a phone number, or a name where there is no phone."""

    born_on = DayField(_l("Your date of birth"), [required()], render_kw={"autocomplete": "bday"})
    identifier = LineField(
        _l("Phone number, or a name to sign in with"),
        [required(), at_most(120)],
        render_kw={"autocomplete": "username"},
    )
    password = new_password(_l("Password"))

    def validate_identifier(self, field: Field) -> None:
        """Refuse what could be taken for a mistyped number."""
        if read_identifier(field.data) is None:
            raise ValidationError(_l("Your phone number, or 2 to 40 letters without spaces; digits alone are no name."))

    def holder(self, name: str) -> Holder:
        """Return whose account it is to be."""
        way, identifier = read_identifier(self.identifier.data) or (Way.PHONE, "")
        return Holder(name, way, identifier, self.password.data)


class GuardianForm(BirthDateForm):
    """A parent of a child under 14 takes the child over; the child gets no password."""

    born_on = DayField(_l("The child's date of birth"), [required()], render_kw={"autocomplete": "off"})
    holder_name = NameField(_l("Your own name (parent)"), render_kw={"autocomplete": "name"})
    phone = PhoneField(
        _l("Your phone number"), [required()], render_kw={"autocomplete": "tel-national", "inputmode": "tel"}
    )
    password = new_password(_l("Password"))

    def holder(self, _name: str) -> Holder:
        """Return whose account it is to be."""
        return Holder(self.holder_name.data, Way.PHONE, self.phone.data, self.password.data)
