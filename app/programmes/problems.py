"""Why something cannot be done to a programme, its sides, or an application, and what to do instead."""

from flask_babel import lazy_gettext as _l

from app.core.problems import Problem


class ProgrammeCancelled(Problem):
    """The host called it off."""

    code = "programme_cancelled"
    words = _l("This programme has been cancelled.")


class NoSides(Problem):
    """Nobody could take part."""

    code = "no_sides"
    words = _l("A programme needs a side with places before it is published.")
    advice = _l("Add the districts or schools that take part.")


class SideTwice(Problem):
    """A unit takes part once."""

    code = "side_twice"
    words = _l("This side takes part already.")
    field = "organisation_id"


class SideInUse(Problem):
    """People asked for its places."""

    code = "side_in_use"
    words = _l("People have applied on this side; it stays.")


class FewerPlacesThanGiven(Problem):
    """Places were given already."""

    code = "fewer_places_than_given"
    words = _l("%(accepted)s people have been given a place. There must be at least as many places.")
    field = "places"


class QuotaBelowUsed(Problem):
    """The school has recommended more pupils."""

    code = "quota_below_used"
    words = _l("%(school)s has recommended %(used)s pupils already; its quota cannot be smaller.")


class ProgrammeInUse(Problem):
    """People have applied."""

    code = "programme_in_use"
    words = _l("People have applied for this programme.")
    advice = _l("Cancel it instead; everybody is told.")


class DayOutside(Problem):
    """An item of the itinerary on another day."""

    code = "day_outside"
    words = _l("This day is not within the programme.")
    field = "on"


class NotOpen(Problem):
    """Outside of the side's window, or a draft."""

    code = "side_not_open"
    words = _l("Applications for %(side)s are not open now.")
    advice = _l("Ask the host.")


class QuotaUsed(Problem):
    """All of a school's recommendations are made."""

    code = "quota_used"
    words = _l("Your school can recommend %(places)s pupils here, and %(used)s are recommended already.")
    advice = _l("Take one back first, or ask the host for more.")


class WrongAge(Problem):
    """Too young or too old on the day of applying."""

    code = "wrong_age"
    words = _l("%(name)s is %(age)s. This programme is for ages %(least)s to %(most)s.")


class AppliedAlready(Problem):
    """Once a person and programme."""

    code = "applied_already"
    words = _l("%(name)s has applied for this programme already.")


class SchoolsRecommend(Problem):
    """Families cannot apply themselves."""

    code = "schools_recommend"
    words = _l("For this programme schools recommend their pupils.")
    advice = _l("Ask the form teacher.")


class TooFewPlaces(Problem):
    """More were to be accepted than there are places."""

    code = "too_few_places"
    words = _l("%(side)s has %(free)s places left, and you chose %(wanted)s people.")
    advice = _l("Choose fewer, and put the others on the reserve list.")


class WithoutReason(Problem):
    """Whoever is refused is told why."""

    code = "without_reason"
    words = _l("Please choose a reason; the family reads it.")
    field = "reason"


class NobodyChosen(Problem):
    """Nothing was ticked."""

    code = "nobody_chosen"
    words = _l("Please choose somebody in the list first.")


class NothingToAnswer(Problem):
    """There is no place to say yes to."""

    code = "nothing_to_answer"
    words = _l("There is no place to answer any more.")
    advice = _l("Ask the host.")


class SamePartner(Problem):
    """One cannot agree with oneself."""

    code = "same_partner"
    words = _l("An agreement needs another party than yourselves.")
    field = "partner_id"


class PartnerMissing(Problem):
    """Neither chosen nor typed."""

    code = "partner_missing"
    words = _l("Choose the other party from the list, or type its name.")
    field = "partner_name"
