"""Why a person cannot be entered."""

from flask_babel import lazy_gettext as _l

from app.core.problems import Problem


class AlreadyOneself(Problem):
    """An account acts for oneself once; everybody else is a child or has an own account."""

    code = "already_oneself"
    words = _l("This account already stands for %(name)s. For somebody else, choose “Sign up my child”.")
    field = "name"


class NotYourPerson(Problem):
    """The account does not act for that person."""

    code = "not_your_person"
    words = _l("You can only sign up yourself and your own children.")
