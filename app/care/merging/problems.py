"""Why two records cannot become one."""

from flask_babel import lazy_gettext as _l

from app.core.problems import Problem


class OtherBirthDay(Problem):
    """The birth date decides who has to agree: merging must not make a child older."""

    code = "merging_other_birth_day"
    words = _l("The two dates of birth differ.")
    advice = _l("Find out which is right, have the other one corrected, and come back.")


class BothCame(Problem):
    """Two people arrived, or somebody was checked in twice: only those who were there can say."""

    code = "merging_both_came"
    words = _l("Both were checked in at “%(slot)s”: these may be two people.")
    advice = _l("If it is one person after all, mark one of the two as not here first.")


class GuardiansDisagree(Problem):
    """A guardian's no wins, and must not be outweighed by a yes to the other record."""

    code = "merging_guardians_disagree"
    words = _l("For the same event a guardian agreed for one of the two and said no for the other.")
    advice = _l("Ask the family, and let them answer once more for one of them.")


class AskedToErase(Problem):
    """What somebody wants erased is not passed on to another record first."""

    code = "merging_asked_to_erase"
    words = _l("The family has asked to have one of the two erased.")
    advice = _l("Decide on that first.")


class NotTicked(Problem):
    """It cannot be undone, so it is asked for twice."""

    code = "merging_not_ticked"
    words = _l("Please tick that they are one person.")
    field = "is_one_person"


class AlreadyOne(Problem):
    """Somebody else was quicker."""

    code = "merging_already_one"
    words = _l("These two were merged already, or one of them has been erased.")
