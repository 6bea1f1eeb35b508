"""Why somebody cannot take a shift, and what to do instead; why a shift cannot change hands."""

from flask_babel import lazy_gettext as _l

from app.core.problems import Problem


class TooYoungToVolunteer(Problem):
    """Below the youngest age at which a unit takes volunteers, see `app.events.rules`."""

    code = "too_young_to_volunteer"
    words = _l("Volunteers of this host are at least %(youngest)d years old.")
    advice = _l("Have a look at its other activities.")
    field = "born_on"


class NotInsured(Problem):
    """A risky shift before staff marked it insured."""

    code = "not_insured"
    words = _l("The host is still insuring the volunteers of this shift.")
    advice = _l("It opens as soon as that is done.")


class SkillMissing(Problem):
    """The unit's staff has not confirmed the skill that a shift needs, or it runs out before."""

    code = "skill_missing"
    words = _l("This shift needs “%(skill)s”, confirmed by the host.")
    advice = _l("%(where)s")


class TooLateForMinors(Problem):
    """Ends later than minors may serve."""

    code = "too_late_for_minors"
    words = _l("Under 18, one volunteers until %(hour)d:00 at the latest.")
    advice = _l("Please choose an earlier shift.")


class TooManyHours(Problem):
    """More hours than a minor may serve on one day."""

    code = "too_many_hours"
    words = _l(
        "Under 18, one volunteers at most %(most)d hours a day; with this shift it would be %(hours)s on %(day)s."
    )
    advice = _l("Please choose a shorter one, or another day.")


class ShiftsOverlap(Problem):
    """Another place of the same person is at the same time."""

    code = "shifts_overlap"
    words = _l("“%(other)s” (%(when)s) is at the same time.")
    advice = _l("Cancel it first, or choose another shift.")


class TooFarApart(Problem):
    """Between two places there is less time than the way takes."""

    code = "too_far_apart"
    words = _l(
        "“%(other)s” (%(when)s) is somewhere else, and there are only %(minutes)d minutes between the two; the host "
        "counts %(travel)d for the way."
    )
    advice = _l("Please choose another shift.")


class RiskyButNotInsured(Problem):
    """What staff are told when they publish."""

    code = "risky_but_not_insured"
    words = _l("“%(title)s” is marked as risky.")
    advice = _l("Mark it as insured first, then publish.")


class NotRisky(Problem):
    """There is nothing to insure."""

    code = "not_risky"
    words = _l("This shift is not marked as risky, so there is nothing to mark as insured.")


class SkillKnown(Problem):
    """A unit has each skill once."""

    code = "skill_known"
    words = _l("There is already one with this name.")
    field = "name"


class SkillInUse(Problem):
    """Shifts to come need it."""

    code = "skill_in_use"
    words = _l("Shifts to come still need it or teach it.")
    advice = _l("Change them first.")


class NoSwaps(Problem):
    """The host does not want it, chose people itself, or the place belongs to a party."""

    code = "no_swaps"
    words = _l("This shift cannot be handed on.")
    advice = _l("If you cannot come, please cancel in time or tell the host.")


class SwapOver(Problem):
    """Taken, withdrawn, given back, or begun."""

    code = "swap_over"
    words = _l("This shift is no longer on offer.")


class OwnSwap(Problem):
    """Nobody takes over from oneself."""

    code = "own_swap"
    words = _l("This is the shift of the very same person.")
    advice = _l("Please choose somebody else.")
    field = "person_id"


class HasPlaceAlready(Problem):
    """Whoever takes over must not be in the shift already."""

    code = "has_place_already"
    words = _l("This person has signed up for this shift already.")
    field = "person_id"


class NoRoomForSwap(Problem):
    """The place was set aside for a school that the other person is not of."""

    code = "no_room_for_swap"
    words = _l("This place is set aside for certain schools.")
    advice = _l("Please ask the host.")
