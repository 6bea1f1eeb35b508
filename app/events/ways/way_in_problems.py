"""Why not: changing a way in, setting places aside, drawing lots."""

from flask_babel import lazy_gettext as _l

from app.core.problems import Problem


class WayInUse(Problem):
    """People wait for what the way in promised them: a decision, the draw, their turn."""

    code = "way_in_use"
    words = _l("%(people)d people have signed up by the way it is now and wait for their answer.")
    advice = _l("Decide on them first, or add another session beside it.")
    field = "way_in"


class LotteryDrawn(Problem):
    """What was drawn stays drawn."""

    code = "lottery_drawn"
    words = _l("The lots are drawn already; how and when they were drawn stays as it is.")
    field = "way_in"


class DrawnBeforeClosing(Problem):
    """Who takes part must be settled before it is drawn."""

    code = "drawn_before_closing"
    words = _l("Lots are drawn after sign-up has closed and before it begins.")
    field = "draws_at"


class WaitingListInUse(Problem):
    """A waiting list with people on it is not closed."""

    code = "waiting_list_in_use"
    words = _l("%(waiting)d are on the waiting list. Let them in or refuse them first.")
    field = "has_waiting_list"


class CountedOtherwise(Problem):
    """Places that were counted by people cannot be counted by groups from now on."""

    code = "counted_otherwise"
    words = _l("People have places already; they were counted as they are now.")
    field = "counts_groups"


class AllottedPlacesLeft(Problem):
    """A lottery has one pot."""

    code = "allotted_places_left"
    words = _l("Places are set aside for schools here.")
    advice = _l("Release them first, or add another session for the lottery.")
    field = "way_in"


class NothingSetAsideInLottery(Problem):
    """A lottery has one pot."""

    code = "nothing_set_aside_in_lottery"
    words = _l("This session is drawn by lot: all its places are in one pot.")
    advice = _l("Add another session for these schools.")


class AllotmentTooLarge(Problem):
    """More set aside than is free."""

    code = "allotment_too_large"
    words = _l("Only %(free)d places are free to set aside.")
    field = "places"


class AllotmentBelowUsed(Problem):
    """Places that pupils have cannot be taken out of their school's share."""

    code = "allotment_below_used"
    words = _l("%(used)d of these places are taken already; it cannot be fewer.")
    field = "places"


class SchoolAllotted(Problem):
    """Each school has at most one share of a slot."""

    code = "school_allotted"
    words = _l("%(schools)s already have places of their own here.")
    advice = _l("Change those places instead.")
    field = "school_ids"


class AllotmentReleased(Problem):
    """Places that are for all cannot be set aside again by an old line."""

    code = "allotment_released"
    words = _l("These places are released already.")


class AllotmentInUse(Problem):
    """Somebody signed up by it; it stays for the list."""

    code = "allotment_in_use"
    words = _l("Pupils have used these places. You can release the rest instead.")
