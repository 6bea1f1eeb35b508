"""Signing in."""

from flask_babel import lazy_gettext as _l
from wtforms import HiddenField

from app.core.fields import LineField, SecretField
from app.core.forms import Form, at_most, required


class SignInForm(Form):
    """One field for phone, e-mail or name, and the password."""

    identifier = LineField(
        _l("Phone, e-mail or name"), [required(), at_most(120)], render_kw={"autocomplete": "username"}
    )
    password = SecretField(_l("Password"), [required(), at_most(200)], render_kw={"autocomplete": "current-password"})
    next = HiddenField()
