"""Why something cannot be done with a pairing round."""

from flask_babel import lazy_gettext as _l

from app.core.problems import Problem


class RoundPublished(Problem):
    """What is published stands."""

    code = "round_published"
    words = _l("This round is published and stands as it is.")


class RoundChanged(Problem):
    """Somebody changed the round while its pairs were being worked out."""

    code = "round_changed"
    words = _l("Somebody has just changed this round.")
    advice = _l("Please look at it and pair once more.")


class NobodyToPair(Problem):
    """There are not even two."""

    code = "nobody_to_pair"
    words = _l("There is nobody to pair yet.")
    advice = _l("Put at least one on each side in, or two in one pool.")


class NothingPaired(Problem):
    """A round without a pair is not checked."""

    code = "nothing_paired"
    words = _l("Nobody is paired yet.")


class SecondPerson(Problem):
    """Whoever changed a round last does not check it."""

    code = "second_person"
    words = _l("You changed this round last, so a colleague has to check it.")
    advice = _l("Any other person who works for your unit can do it.")


class NotChecked(Problem):
    """Nothing is published that only one person has seen."""

    code = "not_checked"
    words = _l("A second person has to check this round first.")


class PairLocked(Problem):
    """What is locked is not moved."""

    code = "pair_locked"
    words = _l("Pair %(number)s is locked.")
    advice = _l("Unlock it first.")


class AgainstRule(Problem):
    """Also by hand a hard rule is not broken."""

    code = "against_rule"
    words = _l("%(first)s and %(second)s cannot be partners: %(rule)s.")
    advice = _l("Change the rule if it should not hold.")


class SameSide(Problem):
    """Two who change places, or become partners, stand where that means something."""

    code = "same_side"
    words = _l("These two cannot change places.")


class AlreadyPaired(Problem):
    """Only who is free becomes somebody's partner by hand."""

    code = "already_paired"
    words = _l("Somebody has a partner already.")
    advice = _l("Let the two change places.")
