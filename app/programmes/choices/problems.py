"""Why something cannot be ranked, or decided."""

from flask_babel import lazy_gettext as _l

from app.core.problems import Problem


class TwoProgrammes(Problem):
    """One alone is no choice."""

    code = "two_programmes"
    words = _l("Please tick at least two programmes.")
    field = "programmes"


class InAnotherRound(Problem):
    """A programme is filled once."""

    code = "in_another_round"
    words = _l("“%(title)s” is in another round already.")
    field = "programmes"


class ChoicesClosed(Problem):
    """Too late, or decided."""

    code = "choices_closed"
    words = _l("Choices cannot be changed any more.")


class SameChoiceTwice(Problem):
    """Each choice is another programme."""

    code = "same_choice_twice"
    words = _l("Each choice has to be another programme.")


class StillOpen(Problem):
    """Families may still change their minds."""

    code = "choices_still_open"
    words = _l("Families can still choose until %(until)s.")


class AssignmentChanged(Problem):
    """What was looked at is not what would be done now."""

    code = "assignment_changed"
    words = _l("Something has changed since you opened this page.")
    advice = _l("Please look at the assignment once more.")
