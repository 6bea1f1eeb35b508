"""Why somebody cannot sign up, and what to do instead. One place: page, API and message say the same."""

from flask_babel import lazy_gettext as _l

from app.core.problems import Problem


class EventCancelled(Problem):
    """The host called it off."""

    code = "event_cancelled"
    words = _l("This event has been cancelled.")
    advice = _l("Have a look at the other events.")


class NotPublished(Problem):
    """A draft takes no registrations."""

    code = "not_published"
    words = _l("This event is not published yet.")
    advice = _l("Publish it on its page, then people can sign up.")


class NotOpenYet(Problem):
    """Before the sign-up window."""

    code = "not_open_yet"
    words = _l("Sign-up opens on %(opens)s.")
    advice = _l("Please come back then.")


class SignUpClosed(Problem):
    """After the sign-up window."""

    code = "sign_up_closed"
    words = _l("Sign-up closed on %(closed)s.")
    advice = _l("Ask the host whether you can still come.")


class SlotOver(Problem):
    """The slot has ended."""

    code = "slot_over"
    words = _l("This one is already over.")
    advice = _l("Have a look at the other events.")


class SlotFull(Problem):
    """No place is left, and nobody can wait for one."""

    code = "slot_full"
    words = _l("All places are taken.")
    advice = _l("Check back later: a place may become free.")


class TooFewPlaces(SlotFull):
    """Some places are left, but fewer than come together."""

    code = "too_few_places"
    words = _l("Only %(left)d places are left, and you need %(needed)d.")
    advice = _l("Choose fewer people: all get a place, or nobody does.")


class InvitationNeeded(Problem):
    """The slot is for people with an invitation link."""

    code = "invitation_needed"
    words = _l("This one is by invitation.")
    advice = _l("Open the invitation link that the host sent you, and sign up there.")


class PartOfSeries(Problem):
    """A date of a series that another date leads."""

    code = "part_of_series"
    words = _l("This date belongs to a series.")
    advice = _l("Sign up for the whole series at its next date.")


class PartyTooLarge(Problem):
    """More people at once than the host takes together."""

    code = "party_too_large"
    words = _l("At most %(most)d people can sign up together here.")
    advice = _l("Please sign up the others separately.")
    field = "person_id"


class TooManyCompanions(Problem):
    """More grown-ups come along than the host has room for."""

    code = "too_many_companions"
    words = _l("At most %(most)d grown-ups can come along.")
    advice = _l("Please choose fewer.")
    field = "companions"


class OfferOver(Problem):
    """An offer that was not answered in time."""

    code = "offer_over"
    words = _l("The time to answer is over, and the place went to the next in line.")
    advice = _l("You can sign up again while sign-up is open.")


class NothingOffered(Problem):
    """Accepting or declining what nobody offers."""

    code = "nothing_offered"
    words = _l("There is no place to accept or decline just now.")


class TooYoung(Problem):
    """Below the slot's youngest age."""

    code = "too_young"
    words = _l("This is for people aged %(youngest)d and over.")
    advice = _l("Have a look at the other events.")
    field = "born_on"


class TooOld(Problem):
    """Above the slot's oldest age."""

    code = "too_old"
    words = _l("This is for people up to the age of %(oldest)d.")
    advice = _l("Have a look at the other events.")
    field = "born_on"


class NeedsAdult(Problem):
    """教思政〔2015〕1号 3: under 14 only together with an adult."""

    code = "needs_adult"
    words = _l("Under 14, volunteering needs an adult who comes along.")
    advice = _l("Sign up together with a grown-up.")
    field = "born_on"


class TooLateToCancel(Problem):
    """Once it has begun, staff correct the attendance instead."""

    code = "too_late_to_cancel"
    words = _l("It has already begun. Please tell the host if you cannot come.")


class LeaveNeedsReason(Problem):
    """Too close to the start to leave without a word: the page for leave (请假) asks for one."""

    code = "leave_needs_reason"
    words = _l("It begins soon. Please say why you cannot come, so that the host knows.")


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
    words = _l("%(taken)d places are already taken or set aside; it cannot be fewer.")
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


class InvitationExpired(Problem):
    """A link after its moment, or one that the host closed."""

    code = "invitation_expired"
    words = _l("This invitation is no longer open.")
    advice = _l("Please ask whoever sent it to you for a new one.")


class InvitationUsedUp(Problem):
    """A link that as many people have used as it was made for."""

    code = "invitation_used_up"
    words = _l("All places of this invitation are used.")
    advice = _l("Please ask whoever sent it to you for another one.")


class AnswersClosed(Problem):
    """What was answered is being worked with."""

    code = "answers_closed"
    words = _l("Answers can no longer be changed here. Please tell the host what is different.")


class NoPlaceToAnswerFor(Problem):
    """Only whoever may come is asked."""

    code = "no_place_to_answer_for"
    words = _l("This registration is over, so there is nothing to answer any more.")
