"""Why a slip does not hand a pupil over."""

from flask_babel import lazy_gettext as _l

from app.core.problems import Problem


class WrongBirthDate(Problem):
    """Whoever found the slip does not know it, or it is mistyped."""

    code = "wrong_birth_date"
    words = _l("This is not the date of birth that the school has. Is it mistyped? Otherwise ask the form teacher.")
    field = "born_on"


class AccountActsForOthers(Problem):
    """Somebody else's account, mostly a parent's, is signed in where a pupil stands."""

    code = "account_acts_for_others"
    words = _l("This account belongs to somebody else. Sign out first, then open the slip again.")


class MayBeSameChild(Problem):
    """The account acts already for somebody of this name and birth date: most often the same child."""

    code = "may_be_same_child"
    words = _l("You have entered a %(name)s with this date of birth yourself.")
    field = "same_child"


class ClaimedAlready(Problem):
    """A pupil has one account; a forgotten password is another slip's business."""

    code = "claimed_already"
    words = _l("This pupil has an account already. Password forgotten? The school prints a slip for a new one.")
