"""Why something cannot be said or done about a published pair."""

from flask_babel import lazy_gettext as _l

from app.core.problems import Problem


class PairOver(Problem):
    """What is over is not answered any more."""

    code = "pair_over"
    words = _l("This pair is no longer as it was: please load the page again.")


class NeedsProgramme(Problem):
    """The consent to pairing is given for a programme."""

    code = "needs_programme"
    words = _l("By class needs a programme: the guardians' consent to pairing was given for it.")
    advice = _l("Choose “person by person”, or set the round up for a programme.")
    field = "way"


class NotForYou(Problem):
    """A minor's guardian answers for a guardian, and nobody else does."""

    code = "not_for_you"
    words = _l("That is for a guardian to say.")


class NobodyLeft(Problem):
    """One alone is no pair."""

    code = "nobody_left"
    words = _l("Nobody is left whom this pair could go on with.")
    advice = _l("Find another partner, or end it.")


class NothingToShare(Problem):
    """A way to be reached has to be typed."""

    code = "nothing_to_share"
    words = _l("Please type a phone number or a WeChat name.")
    field = "phone"
