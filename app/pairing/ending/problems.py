"""Why a pair cannot end, or somebody cannot be put in."""

from flask_babel import lazy_gettext as _l

from app.core.problems import Problem


class PairNotFormed(Problem):
    """What never came about does not end in its time."""

    code = "pair_not_formed"
    words = _l("This pair has not come about, or it has ended already.")


class NotFree(Problem):
    """Only whoever has no partner is put in for somebody."""

    code = "not_free"
    words = _l("This person has a partner already, or is on the other side.")
    field = "substitute_id"


class NotAgreedAtHome(Problem):
    """By class nobody is shown to the other side whose guardians have not agreed to pairing."""

    code = "not_agreed_at_home"
    words = _l("No guardian of %(name)s has agreed to pairing yet.")
    advice = _l("Ask for the consent first; then %(name)s can come.")
    field = "substitute_id"


class DayOutside(Problem):
    """A pair ends after it began, and not in the future."""

    code = "day_outside"
    words = _l("This day is not in the time since the pairs were published.")
    field = "ended_on"


class ReasonMissing(Problem):
    """Whoever parts two children says why."""

    code = "reason_missing"
    words = _l("Please say why; only your unit reads it.")
    field = "reason"
