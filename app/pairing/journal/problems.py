"""Why something cannot be noted in the journal."""

from flask_babel import lazy_gettext as _l

from app.core.problems import Problem


class NotPublishedYet(Problem):
    """Before pairs are published they do nothing together."""

    code = "not_published_yet"
    words = _l("The pairs of this round are not published yet.")


class AlreadyNoted(Problem):
    """Two people of one office have the same parcel of letters on their desk."""

    code = "already_noted"
    words = _l("Exactly this is in the journal already.")
    advice = _l("If it happened a second time, tick the box below and note it again.")
    field = "happened_on"


class NotToday(Problem):
    """What is noted has happened."""

    code = "not_happened"
    words = _l("This day is not in the time since the pairs were published.")
    field = "happened_on"


class PairIsOver(Problem):
    """Who is no pair does nothing as one."""

    code = "pair_is_over"
    words = _l("These two are not a pair, or not any more.")
