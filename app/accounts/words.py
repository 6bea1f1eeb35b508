"""How an account tells what happened to it."""

from flask_babel import lazy_gettext as _l

from app.core.changes import Vocabulary

ACCOUNT_VOCABULARY = Vocabulary(
    happened={
        "password_changed": _l("The password was changed. All other devices were signed out."),
        "password_replaced": _l("Whoever runs the program set a new password and took the second factor away."),
        "password_reset": _l("A new password was set with a slip. All devices were signed out."),
        "slip_made": _l("A slip for setting a new password was made."),
        "authenticator_set": _l("An app was set up as the second factor."),
        "codes_printed": _l("Ten one-time codes were printed."),
        "second_factor_off": _l("The second factor was taken away."),
        "signed_out_elsewhere": _l("All other devices were signed out."),
        "phone_set": _l("The phone number to sign in with was changed."),
        "email_set": _l("The e-mail address to sign in with was changed."),
        "login_name_set": _l("The name to sign in with was changed."),
        "phone_dropped": _l("The phone number no longer signs in."),
        "email_dropped": _l("The e-mail address no longer signs in."),
        "login_name_dropped": _l("The name no longer signs in."),
    },
    fields={"name": _l("Name")},
)
