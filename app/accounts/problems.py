"""Why somebody cannot sign in, open an account or prove who it is."""

from flask_babel import lazy_gettext as _l

from app.core.problems import Problem


class WrongPassword(Problem):
    """No such account, or not its password; which of the two is not said."""

    code = "wrong_password"
    words = _l("The account or the password is not right.")
    field = "password"


class TriedTooOften(Problem):
    """Too many wrong ones in a row; counted by whose secret it is, never by address: a school is one address."""

    code = "tried_too_often"
    words = _l("Too many wrong tries. Please try again in %(minutes)d minutes.")


class AccountLocked(TriedTooOften):
    """Too many wrong passwords. A browser in which the account was signed in before may still try."""

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


class WrongCode(Problem):
    """Not a code of this account, or one that was used before."""

    code = "wrong_code"
    words = _l("This code is not right. Take the one that is shown now, or the next one on your sheet.")
    field = "code"


class WrongOwnPassword(Problem):
    """Asked again before something that hurts, so that an open browser alone is not enough."""

    code = "wrong_own_password"
    words = _l("The password is not right.")
    field = "password"


class SlipOver(Problem):
    """No such slip, or used, too old, or replaced by a later one; which of them is not said."""

    code = "slip_over"
    words = _l("This slip does not count any more, or the code is mistyped. Ask for a new slip.")
    field = "code"


class NeedsAWay(Problem):
    """An account that nobody can sign in to would be lost."""

    code = "needs_a_way"
    words = _l("Please keep at least one way to sign in.")
