"""An address for messages, and the code that was sent there."""

from email_validator import EmailNotValidError, validate_email
from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from wtforms import Field, ValidationError

from app.core.fields import LineField
from app.core.forms import Form, at_most, required
from app.core.typed import half_width, read_phone
from app.messages.models import Channel


class EmailAddressForm(Form):
    """Where mail goes."""

    address = LineField(
        _l("E-mail address"), [required(), at_most(120)], render_kw={"autocomplete": "email", "inputmode": "email"}
    )

    def validate_address(self, field: Field) -> None:
        """Keep the address as mail servers write it."""
        try:
            field.data = validate_email(half_width(field.data), check_deliverability=False).normalized
        except EmailNotValidError:
            raise ValidationError(_("An e-mail address looks like name@example.cn.")) from None


class PhoneForm(Form):
    """Where text messages go."""

    address = LineField(
        _l("Mobile number"), [required(), at_most(40)], render_kw={"autocomplete": "tel", "inputmode": "tel"}
    )

    def validate_address(self, field: Field) -> None:
        """Keep the number as we store it."""
        number = read_phone(half_width(field.data))
        if number is None:
            raise ValidationError(_("A phone number has 11 digits, such as 13800138000."))
        field.data = number


class ContactCodeForm(Form):
    """The six digits that came."""

    code = LineField(
        _l("Code"),
        [required(), at_most(20)],
        render_kw={"autocomplete": "one-time-code", "inputmode": "numeric", "spellcheck": "false"},
    )

    @property
    def digits(self) -> str:
        """What was typed, without spaces and in plain digits."""
        return "".join(sign for sign in half_width(self.code.data) if sign.isdecimal() and sign.isascii())


ADDRESS_FORMS: dict[Channel, type[EmailAddressForm] | type[PhoneForm]] = {
    Channel.EMAIL: EmailAddressForm,
    Channel.SMS: PhoneForm,
}
