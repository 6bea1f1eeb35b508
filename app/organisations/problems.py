"""Why a unit or a place in it cannot be set up."""

from flask_babel import lazy_gettext as _l

from app.core.problems import Problem


class NameTaken(Problem):
    """Two units of one name would be taken for each other."""

    code = "name_taken"
    words = _l("There is already a unit of this name.")
    field = "name"


class LastAdministrator(Problem):
    """Somebody must be left who can let others in."""

    code = "last_administrator"
    words = _l("This is the last administrator. Name another one first.")


class NoSuchAccount(Problem):
    """Nobody signs in with that."""

    code = "no_such_account"
    words = _l("There is no account with this phone, e-mail or name yet.")
    field = "identifier"


class InvitationOver(Problem):
    """No such invitation, or accepted, taken back or too old; which of them is not said."""

    code = "invitation_over"
    words = _l("This invitation does not count any more. Ask for a new link.")
