"""Why somebody cannot sign up, and what to do instead. One place: page, API and message say the same."""

from flask_babel import lazy_gettext as _l

from app.core.problems import Problem


class EventCancelled(Problem):
    """The host called it off."""

    code = "event_cancelled"
    words = _l("This event has been cancelled.")


class NotPublished(Problem):
    """A draft takes no registrations."""

    code = "not_published"
    words = _l("This event is not published yet.")


class NotOpenYet(Problem):
    """Before the sign-up window."""

    code = "not_open_yet"
    words = _l("Sign-up opens on %(opens)s.")


class SignUpClosed(Problem):
    """After the sign-up window."""

    code = "sign_up_closed"
    words = _l("Sign-up closed on %(closed)s.")


class SlotOver(Problem):
    """The slot has ended."""

    code = "slot_over"
    words = _l("This one is already over.")


class SlotFull(Problem):
    """No place is left."""

    code = "slot_full"
    words = _l("All places are taken. Check back later: a place may become free.")


class TooYoung(Problem):
    """Below the slot's youngest age."""

    code = "too_young"
    words = _l("This is for people aged %(youngest)d and over.")
    field = "born_on"


class TooOld(Problem):
    """Above the slot's oldest age."""

    code = "too_old"
    words = _l("This is for people up to the age of %(oldest)d.")
    field = "born_on"


class NeedsAdult(Problem):
    """教思政〔2015〕1号 3: under 14 only together with an adult."""

    code = "needs_adult"
    words = _l("Under 14, volunteering needs an adult who comes along. Please ask the host.")
    field = "born_on"


class TooLateToCancel(Problem):
    """Once it has begun, staff correct the attendance instead."""

    code = "too_late_to_cancel"
    words = _l("It has already begun. Please tell the host if you cannot come.")


class BirthDateInUse(Problem):
    """Places were given or held by the age that was typed."""

    code = "birth_date_in_use"
    words = _l(
        "There are sign-ups by this date of birth. Cancel them first, then correct it and sign up again; "
        "ask the host if they are over."
    )
    field = "born_on"


class CapacityBelowTaken(Problem):
    """Places that people have cannot be taken away by a number."""

    code = "capacity_below_taken"
    words = _l("%(taken)d places are already taken; it cannot be fewer.")
    field = "capacity"


class ChildrenInSlot(Problem):
    """A session with children in it cannot become a shift."""

    code = "children_in_slot"
    words = _l("Children under 14 have signed up for it as a session; add a shift beside it instead.")
    field = "form"


class SlotInUse(Problem):
    """People signed up for it once; it stays for their history."""

    code = "slot_in_use"
    words = _l("People have signed up for it. You can cancel the event, but not delete this session or shift.")


class LastSlot(Problem):
    """An event without any slot has no time."""

    code = "last_slot"
    words = _l("An event needs at least one session or shift.")


class EventInUse(Problem):
    """What others have seen or signed up for is called off, not deleted."""

    code = "event_in_use"
    words = _l("Only a draft that nobody has signed up for can be deleted. You can cancel this event instead.")


class BeginsInThePast(Problem):
    """A new time that is over already."""

    code = "begins_in_the_past"
    words = _l("That is already over. Please choose a later time.")
    field = "starts_at"


class AlreadyBegun(Problem):
    """People may have been checked in: what was is not moved."""

    code = "already_begun"
    words = _l("It has already begun, so it cannot be moved any more. Cancel it, and copy it to another day.")
    field = "starts_at"


class NoRainPlan(Problem):
    """There is nothing to switch to."""

    code = "no_rain_plan"
    words = _l("There is no rain plan yet. Write one with the title and text first.")
