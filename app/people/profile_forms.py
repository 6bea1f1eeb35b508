"""Seeing and correcting what is known about oneself or a child."""

import re
from typing import Any

from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from wtforms import Field, RadioField, SelectField, SelectMultipleField, ValidationError
from wtforms.validators import Optional
from wtforms.widgets import CheckboxInput

from app.core.fields import LineField, PhoneField, TextField, choice
from app.core.forms import Form, at_most
from app.core.typed import half_width
from app.people.forms import PersonForm
from app.people.models import Gender, PersonKind
from app.people.needs import Diet, Needs
from app.people.profile import Profile
from app.people.words import DIET_WORDS, GENDER_WORDS, KIND_WORDS

_NUMBER = re.compile(r"[0-9A-Za-z][0-9A-Za-z /-]*")
_OF_IDENTITY_CARD = re.compile(r"[GL]?[0-9]{17}[0-9X]", re.IGNORECASE)  # 学籍号 is one with a G before it


class NumberOnPaperField(LineField):
    """A number that somebody was given: letters and digits, never that of the identity card."""

    def __init__(self, label: Any = None, **options: Any) -> None:
        keyboard = {"autocomplete": "off", "autocapitalize": "characters"}
        super().__init__(label, [at_most(30), _is_number], render_kw=keyboard, **options)

    def process_formdata(self, valuelist: list[str]) -> None:
        """Read full-width signs too."""
        super().process_formdata([half_width(typed) for typed in valuelist])


def _is_number(_form: Form, field: Field) -> None:
    if _OF_IDENTITY_CARD.fullmatch("".join(field.data.split())):
        field.data = ""  # not even shown again
        raise ValidationError(_("This looks like the number of an identity card. We never ask for that one."))
    if field.data and not _NUMBER.fullmatch(field.data):
        raise ValidationError(_("Letters and digits only, please."))


class ProfileForm(PersonForm):
    """Who somebody is, and what may be said besides."""

    student_no = NumberOnPaperField(_l("Student number"))
    phone = PhoneField(_l("Phone number"), [Optional()], render_kw={"autocomplete": "off", "inputmode": "tel"})
    gender = RadioField(
        _l("Gender"),
        choices=[*(choice(one.value, words) for one, words in GENDER_WORDS.items()), choice("", _l("Rather not say"))],
        default="",
    )
    kind = SelectField(
        _l("Takes part as"),
        choices=[choice("", _l("Not said")), *(choice(one.value, words) for one, words in KIND_WORDS.items())],
        default="",
    )
    languages = LineField(_l("Languages spoken"), [at_most(100)])
    interests = LineField(_l("Interests"), [at_most(200)])
    volunteer_no = NumberOnPaperField(_l("Volunteer number"))

    def profile(self) -> Profile:
        """Return what was typed besides who it is."""
        return Profile(
            gender=Gender(self.gender.data) if self.gender.data else None,
            kind=PersonKind(self.kind.data) if self.kind.data else None,
            phone=self.phone.data,
            student_no=self.student_no.data,
            languages=self.languages.data,
            interests=self.interests.data,
            volunteer_no=self.volunteer_no.data,
        )


class DietField(SelectMultipleField):
    """Any of what a kitchen has to know."""

    data: Any
    option_widget = CheckboxInput()

    def __init__(self, label: Any = None, **options: Any) -> None:
        offered = [choice(one.value, words) for one, words in DIET_WORDS.items()]
        super().__init__(label, choices=offered, default=[], **options)


class NeedsForm(Form):
    """What has to be looked after; all of it may be left empty."""

    diet = DietField(_l("Eating"))
    food = LineField(_l("Anything else about eating"), [at_most(200)])
    health = TextField(_l("Health: what to watch, what to do"), [at_most(500)])
    mobility = TextField(_l("Getting about: stairs, wheelchair, seeing, hearing"), [at_most(500)], rows=2)

    def needs(self) -> Needs:
        """Return what was typed."""
        diet = tuple(one for one in Diet if one.value in self.diet.data)
        return Needs(diet, self.food.data, self.health.data, self.mobility.data)
