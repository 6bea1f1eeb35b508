"""Signing in, one's account, the second factor, a reset slip."""

from typing import Any

from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from wtforms import BooleanField, Field, HiddenField, RadioField, ValidationError, validators

from app.accounts.identifiers import Way, read_identifier
from app.core.fields import LineField, SecretField, choice
from app.core.forms import Form, at_most, required
from app.core.languages import LANGUAGES

_SHORTEST = 8


def new_password(label: Any = None) -> SecretField:
    """Return the field for a password that is being chosen."""
    length = validators.Length(min=_SHORTEST, max=200, message=_l("At least 8 characters."))
    return SecretField(label or _l("New password"), [required(), length], render_kw={"autocomplete": "new-password"})


def own_password(label: Any = None) -> SecretField:
    """Return the field for the password that the account has."""
    words = label or _l("Your password")
    return SecretField(words, [required(), at_most(200)], render_kw={"autocomplete": "current-password"})


class SignInForm(Form):
    """One field for phone, e-mail or name, and the password."""

    identifier = LineField(
        _l("Phone, e-mail or name"), [required(), at_most(120)], render_kw={"autocomplete": "username"}
    )
    password = own_password(_l("Password"))
    next = HiddenField()


class AccountForm(Form):
    """What the account goes by and which language it reads."""

    name = LineField(_l("Name"), [required(), at_most(60)], render_kw={"autocomplete": "name"})
    language = RadioField(_l("Language"), choices=[choice(*one) for one in LANGUAGES.items()])


class ChangePasswordForm(Form):
    """The old password first: an open browser alone is not enough."""

    password = own_password(_l("Your password until now"))
    new_password = new_password()


class SignInNamesForm(Form):
    """With what one signs in; what is left empty no longer works."""

    phone = LineField(_l("Phone number"), [at_most(120)], render_kw={"autocomplete": "tel", "inputmode": "tel"})
    email = LineField(_l("E-mail"), [at_most(120)], render_kw={"autocomplete": "email", "inputmode": "email"})
    login_name = LineField(_l("A name to sign in with"), [at_most(120)], render_kw={"autocomplete": "off"})
    password = own_password()

    def wanted(self) -> dict[Way, str | None]:
        """Return what was typed, as it is stored; None for what was left empty."""
        typed = {way: read_identifier(self[way.value].data) for way in Way}
        return {way: identified[1] if identified else None for way, identified in typed.items()}

    def validate_phone(self, field: Field) -> None:
        """Refuse what is no phone number."""
        _check(field, Way.PHONE, _("A phone number has 11 digits, such as 13800138000."))

    def validate_email(self, field: Field) -> None:
        """Refuse what is no e-mail address."""
        _check(field, Way.EMAIL, _("An e-mail address looks like name@example.cn."))

    def validate_login_name(self, field: Field) -> None:
        """Refuse what could be taken for a number or an address."""
        _check(field, Way.LOGIN_NAME, _("2 to 40 letters, without spaces; digits alone are no name."))


class SecondFactorForm(Form):
    """The password again, before anything about the second factor changes."""

    password = own_password()
    next = HiddenField()


class CodeForm(Form):
    """A code of the app or of the printed sheet."""

    code = LineField(
        _l("Code"),
        [required(), at_most(40)],
        render_kw={"autocomplete": "one-time-code", "autocapitalize": "characters", "spellcheck": "false"},
    )
    next = HiddenField()


class ProofForm(CodeForm):
    """A code, and whether this computer is to be asked again."""

    remember = BooleanField(_l("Remember this computer for 30 days"))


class SlipCodeForm(Form):
    """The code that is printed on a slip."""

    code = LineField(
        _l("Code on the slip"),
        [required(), at_most(60)],
        render_kw={"autocomplete": "off", "autocapitalize": "characters", "spellcheck": "false"},
    )


class NewPasswordForm(Form):
    """A new password, with a slip in hand."""

    password = new_password()


def _check(field: Field, way: Way, words: str) -> None:
    if not field.data:
        return
    identified = read_identifier(field.data)
    if identified is None or identified[0] is not way:
        raise ValidationError(words)
