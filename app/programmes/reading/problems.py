"""Why something cannot be read, scored, or set up for readers."""

from flask_babel import lazy_gettext as _l

from app.core.problems import Problem


class SameReader(Problem):
    """Two readers are two people."""

    code = "same_reader"
    words = _l("Please name different people.")
    field = "second_id"


class NotOfTheHost(Problem):
    """Readers are accounts of the host's staff."""

    code = "not_of_the_host"
    words = _l("Only somebody of your own staff can read.")
    field = "first_id"


class ReadingBegun(Problem):
    """What somebody scored by must not change under them."""

    code = "reading_begun"
    words = _l("Somebody has scored already: readers and criteria stay as they are.")


class NoCriteria(Problem):
    """Nothing to score by."""

    code = "no_criteria"
    words = _l("Please name at least one criterion.")


class NotYourTurn(Problem):
    """Not a reader of this application, or nothing is left to say."""

    code = "not_your_turn"
    words = _l("There is nothing to score here for you.")


class ScoreFixed(Problem):
    """The other's score may be seen by now."""

    code = "score_fixed"
    words = _l("Both have scored: yours stays as it is.")


class MarksMissing(Problem):
    """Every criterion gets a mark."""

    code = "marks_missing"
    words = _l("Please give each criterion a mark from 0 to 10.")
