"""Why a device cannot work at the door."""

from flask_babel import lazy_gettext as _l

from app.core.problems import Problem


class EventOver(Problem):
    """Devices are opened from the day before an event to the day after it."""

    code = "event_over"
    words = _l("The scanner can be opened from a day before the event until a day after it.")


class NotThisDay(Problem):
    """Nobody arrives before the day."""

    code = "not_this_day"
    words = _l("This code is for %(day)s")


class NotTakingPlace(Problem):
    """Nobody arrives who has given the place back."""

    code = "not_taking_place"
    words = _l("This registration was cancelled")


class NoCodeNeeded(Problem):
    """Only whoever may come gets a code to come with."""

    code = "no_code_needed"
    words = _l("There is no entry code to send: the place is not confirmed, or it is over.")


class NotArrived(Problem):
    """Whoever is not here cannot leave."""

    code = "not_arrived"
    words = _l("This child has not been checked in. Please check it in first.")


class MayNotFetch(Problem):
    """A guardian says beforehand who may fetch a child, and whether it may leave alone."""

    code = "may_not_fetch"
    words = _l("No guardian has entered that. Please call the guardian before you let the child go.")
