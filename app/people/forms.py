"""Typing a person in."""

from datetime import date
from typing import Any

from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from wtforms import Field, SelectField, StringField, ValidationError, validators

from app.core.clock import local_day, now
from app.core.fields import DayField, LineField, PhoneField, SecretField, choice
from app.core.forms import Form, at_most, required
from app.people.models import Relation
from app.people.names import is_name, tidy_name
from app.people.operations import Details, Newcomer

_OLDEST = 110


class NameField(StringField):
    """A person's name in any script, in its stored form."""

    data: Any

    def __init__(self, label: Any = None, checks: Any = (), **options: Any) -> None:
        super().__init__(label, [required(), *checks, _name], filters=[lambda text: tidy_name(text or "")], **options)


def _name(_form: Form, field: Field) -> None:
    if not is_name(field.data):
        raise ValidationError(_("Only the name, 2 to 60 letters: no digits, brackets or class."))


def born(_form: Form, field: Field) -> None:
    """Check that somebody alive can have been born on that day."""
    today = local_day(now())
    if field.data and not date(today.year - _OLDEST, 1, 1) <= field.data <= today:
        raise ValidationError(_("Please check the year."))


NO_SCHOOL = "none"


class PersonForm(Form):
    """Who somebody is: name, birth date, school and class."""

    name = NameField(_l("Name"), render_kw={"autocomplete": "name"})
    born_on = DayField(_l("Date of birth"), [required(), born], render_kw={"autocomplete": "bday"})
    school_id = SelectField(
        _l("School"),
        [required(_l("Please choose a school, or that there is none."))],
        render_kw={"data-class-names": "/schools/{school}/classes"},
    )
    class_name = LineField(_l("Class"), [at_most(40)], render_kw={"data-suggest-classes": True, "autocomplete": "off"})

    def offer_schools(self, schools: list[tuple[int, str]]) -> None:
        """Let the person choose one of the schools, or say that there is none; nothing is chosen beforehand."""
        self.school_id.choices = [
            choice("", _("Choose a school")),
            *(choice(str(number), name) for number, name in schools),
            choice(NO_SCHOOL, _("Not at a school here")),
        ]

    def details(self) -> Details:
        """Return what was typed."""
        school_id = None if self.school_id.data == NO_SCHOOL else int(self.school_id.data)
        class_name = self.class_name.data if school_id else ""
        return Details(self.name.data, self.born_on.data, school_id, class_name)


class NewcomerForm(PersonForm):
    """Somebody signed in enters a person: oneself or a child."""

    relation = Relation.ONESELF
    contact: str | None = None

    def newcomer(self) -> Newcomer:
        """Return what was typed, and for whom and with which phone."""
        return Newcomer(details=self.details(), relation=self.relation, phone=self.contact)


class ChildForm(NewcomerForm):
    """A parent who is signed in enters a child."""

    name = NameField(_l("Child's name"), render_kw={"autocomplete": "off"})
    born_on = DayField(_l("Child's date of birth"), [required(), born], render_kw={"autocomplete": "off"})

    relation = Relation.CHILD


class FriendForm(NewcomerForm):
    """Somebody signed in enters a friend who comes along."""

    name = NameField(_l("Friend's name"), render_kw={"autocomplete": "off"})
    born_on = DayField(_l("Friend's date of birth"), [required(), born], render_kw={"autocomplete": "off"})

    relation = Relation.FRIEND


def _new_password() -> SecretField:
    checks = [required(), validators.Length(min=8, max=200, message=_l("At least 8 characters."))]
    return SecretField(_l("Password"), checks, render_kw={"autocomplete": "new-password"})


class FirstTimeForm(NewcomerForm):
    """Somebody without an account signs up; phone and password become the account, or open the one there is."""

    phone = PhoneField(_l("Phone number"), [required()], render_kw={"autocomplete": "tel-national", "inputmode": "tel"})
    password = _new_password()

    @property
    def holder(self) -> str:
        """The name the account goes by."""
        return str(self.name.data)


class FirstTimeParentForm(ChildForm):
    """A parent without an account signs a child up."""

    holder_name = NameField(_l("Your own name (parent)"), render_kw={"autocomplete": "name"})
    phone = PhoneField(
        _l("Your phone number"), [required()], render_kw={"autocomplete": "tel-national", "inputmode": "tel"}
    )
    password = _new_password()

    @property
    def holder(self) -> str:
        """The name the account goes by."""
        return str(self.holder_name.data)
