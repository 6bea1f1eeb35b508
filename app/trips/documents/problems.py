"""Why a travel document cannot be kept, and what to look at."""

from flask_babel import lazy_gettext as _l

from app.core.problems import Problem


class WrongNumber(Problem):
    """What was typed is no number of such a document."""

    code = "wrong_document_number"
    field = "number"


class WrongLength(WrongNumber):
    """Not 17 digits and a check sign."""

    words = _l("This number has 18 signs: 17 digits, and a digit or X at the end. You typed %(count)s.")


class NoSuchBirthday(WrongNumber):
    """The digits from the seventh on are no day."""

    words = _l("The date of birth inside the number does not exist. Please compare digits 7 to 14 with the document.")


class WrongCheckSign(WrongNumber):
    """A digit was mistyped, or two exchanged."""

    words = _l("The last sign does not fit the others: one of them is mistyped. Please compare with the document.")


class WrongRegion(WrongNumber):
    """It begins with no region of the mainland."""

    words = _l("An identity card's number does not begin like this. Please compare with the document.")


class WrongResidence(WrongNumber):
    """It belongs to another document."""

    words = _l("The number of a residence permit begins with 81, 82 or 83. Please choose the right document.")


class WrongPassport(WrongNumber):
    """Not letters and digits of that length."""

    words = _l("A passport number has 5 to 12 letters and digits, such as E12345678.")


class WrongPermit(WrongNumber):
    """Not H or M and digits."""

    words = _l("The number of this permit is H or M and 8 digits, such as H12345678.")


class WrongTaiwanPermit(WrongNumber):
    """Not eight digits."""

    words = _l("The number of this permit has 8 digits.")


class OtherBirthday(Problem):
    """The number says another date of birth than the one that is known: a brother's or sister's, mostly."""

    code = "other_birthday"
    field = "number"
    words = _l("This number belongs to somebody born on another day than %(name)s.")
    advice = _l("Is it the right child's? If it is, tick the box below, and save once more.")


class NothingToFillIn(Problem):
    """No document is asked for, or not any more."""

    code = "no_document_asked"
    words = _l("No document is needed here any more.")


class GuardianFillsIn(Problem):
    """Somebody under 18 tried it alone."""

    code = "guardian_fills_in"
    words = _l("A guardian fills this in.")


class NotOfTheHost(Problem):
    """Whoever takes numbers out works for the host."""

    code = "not_of_the_host"
    words = _l("Please choose two different people who work for you.")
    field = "first"
