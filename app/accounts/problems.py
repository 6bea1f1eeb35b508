"""Why somebody cannot sign in or open an account."""

from flask_babel import lazy_gettext as _l

from app.core.problems import Problem


class WrongPassword(Problem):
    """No such account, or not its password; which of the two is not said."""

    code = "wrong_password"
    words = _l("The account or the password is not right.")
    field = "password"


class AccountLocked(Problem):
    """Too many wrong passwords; counted by account, never by address: a school is one address."""

    code = "account_locked"
    words = _l("Too many wrong passwords. Please try again in %(minutes)d minutes.")
    field = "password"


class PhoneTaken(Problem):
    """The phone already has an account, and the password typed is not that account's."""

    code = "phone_taken"
    words = _l("This phone number already has an account. Please type the password of that account.")
    field = "password"


class IdentifierTaken(Problem):
    """Phone, e-mail or name belongs to another account."""

    code = "identifier_taken"
    words = _l("There is already an account with this phone, e-mail or name.")
    field = "identifier"
