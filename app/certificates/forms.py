"""Looking a certificate up, and declaring one void."""

from flask_babel import lazy_gettext as _l

from app.core.fields import LineField
from app.core.forms import Form, at_most, required


class VerifyForm(Form):
    """The sixteen signs beside the QR code."""

    code = LineField(_l("Code on the certificate"), [required(), at_most(40)], render_kw={"autocomplete": "off"})


class RevokeForm(Form):
    """Why it no longer stands."""

    reason = LineField(_l("Reason, shown to whoever verifies it"), [required(), at_most(200)])
