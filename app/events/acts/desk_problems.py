"""Why something cannot be done at the organiser's desk, and what to do instead."""

from flask_babel import lazy_gettext as _l

from app.core.problems import Problem


class TooLateToUndo(Problem):
    """People have read what they were told, and have planned by it."""

    code = "too_late_to_undo"
    words = _l("It cannot be taken back any more: ten minutes have passed. Please put it right one by one.")


class PersonKnown(Problem):
    """Somebody of this name and birth date is here already; staff says whether it is the same person."""

    code = "person_known"
    words = _l("Somebody of this name and date of birth is here already. Is it the same person?")
    field = "known"


class NoPlaceLeft(Problem):
    """Capacity is never exceeded, not even by hand."""

    code = "no_place_left"
    words = _l("All places are taken. Give it more places first, or choose another session.")
    field = "slot_id"


class LineIsThere(Problem):
    """The same where people can wait."""

    code = "line_is_there"
    words = _l("No place is free, or others wait for one. Tick “Put on the waiting list” to let this person wait too.")
    field = "may_wait"


class OtherSchool(Problem):
    """A substitute takes a place of the school, so it is a pupil of that school."""

    code = "other_school"
    words = _l("A substitute has to be a pupil whom the same school has confirmed.")
    field = "name"


class HasSignUp(Problem):
    """Nobody has two places in one slot."""

    code = "has_sign_up"
    words = _l("%(name)s has signed up for it already.")
    field = "name"


class TooLateToSubstitute(Problem):
    """After departure the list is what it is."""

    code = "too_late_to_substitute"
    words = _l("It has already begun, nobody can be replaced any more. Add the new person as a walk-in.")


class NobodyToReplace(Problem):
    """Only a place that somebody has can be handed on, and only within a school."""

    code = "nobody_to_replace"
    words = _l("This sign-up has no place of a school that somebody else could take.")


class NobodyTicked(Problem):
    """An act needs people."""

    code = "nobody_ticked"
    words = _l("Please tick at least one person.")
