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


class OtherBirthDate(Problem):
    """A child of this name is known with another birth date: retyping it must not make a child older."""

    code = "other_birth_date"
    words = _l(
        "%(name)s is already in this account with another date of birth. If that one is wrong, correct it under “Mine”."
    )
    field = "born_on"


class TooManyPersons(Problem):
    """An account is a family's, not a way to fill an event with names."""

    code = "too_many_persons"
    words = _l("An account can sign up at most %(most)d people. A class is signed up by its school.")


class ClassKnown(Problem):
    """The school has this class already, perhaps written in another way."""

    code = "class_known"
    words = _l("You already have this class: %(name)s.")
    field = "name"
