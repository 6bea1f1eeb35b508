"""How an event and its slots tell what happened to them."""

from flask_babel import LazyString
from flask_babel import lazy_gettext as _l

from app.core.changes import Vocabulary
from app.core.db import db
from app.events.models import BulkVerb, Registration, RegistrationState, Skill, SlotForm, Source, WayIn
from app.programmes.kinds import ProgrammeKind

FORM_WORDS = {SlotForm.SESSION: _l("Session"), SlotForm.SHIFT: _l("Volunteer shift")}
WAY_WORDS = {
    WayIn.OPEN: _l("First come, first served"),
    WayIn.APPROVAL: _l("By application: you decide on each"),
    WayIn.LOTTERY: _l("By lot"),
    WayIn.INVITATION: _l("By invitation link only"),
}
STATE_WORDS = {
    RegistrationState.CONFIRMED: _l("Signed up"),
    RegistrationState.HELD: _l("Held, waiting for a guardian"),
    RegistrationState.OFFERED: _l("Your turn, please answer"),
    RegistrationState.WAITING: _l("On the waiting list"),
    RegistrationState.APPLIED: _l("Waiting for a decision"),
    RegistrationState.CANCELLED: _l("Cancelled"),
    RegistrationState.REFUSED: _l("No place this time"),
    RegistrationState.LAPSED: _l("Not answered in time"),
}
PROOF_MISSING = _l("Held, waiting for the teacher's call")  # a guardian has agreed

VERB_WORDS = {
    BulkVerb.APPROVED: _l("approval"),
    BulkVerb.REFUSED: _l("refusal"),
    BulkVerb.MOVED: _l("move to another session"),
    BulkVerb.CANCELLED: _l("cancellation"),
    BulkVerb.ADMITTED: _l("places from the waiting list"),
}
SOURCE_WORDS = {
    Source.FORM: _l("Signed up oneself"),
    Source.STAFF: _l("Entered by staff"),
    Source.WALK_IN: _l("Walk-in"),
    Source.SUBSTITUTE: _l("Substitute"),
    Source.SERIES: _l("With the series"),
    Source.SWAP: _l("By a swap"),
}


def state_words(registration: Registration) -> LazyString:
    """Return what a place is worth just now."""
    if registration.slot.event.is_cancelled:
        return _l("Event cancelled")
    return PROOF_MISSING if registration.is_agreed else STATE_WORDS[registration.state]


def _kind(value: str) -> LazyString:
    return ProgrammeKind(value).words


def _verb(value: str) -> LazyString:
    return VERB_WORDS[BulkVerb(value)]


def _form(value: str) -> LazyString:
    return FORM_WORDS[SlotForm(value)]


def _way(value: str) -> LazyString:
    return WAY_WORDS[WayIn(value)]


def _skill(skill_id: str) -> str:
    skill = db.session.get(Skill, skill_id)
    return skill.name if skill else ""


EVENT = Vocabulary(
    happened={
        "created": _l("Set up as a draft"),
        "copied": _l("Copied from “%(title)s”"),
        "published": _l("Published"),
        "cancelled": _l("Cancelled: %(reason)s"),
        "put_into": _l("Put into the programme “%(title)s”"),
        "taken_out": _l("Taken out of its programme"),
        "resumed": _l("The cancellation was taken back"),
        "postponed": _l("Moved from %(before)s to %(after)s: %(reason)s"),
        "slot_postponed": _l("“%(title)s” was moved from %(before)s to %(after)s: %(reason)s"),
        "slot_added": _l("“%(title)s” was added"),
        "slot_deleted": _l("“%(title)s” was deleted"),
        "batch_added": _l("%(count)s dates of “%(title)s” were added"),
        "series_added": _l("“%(title)s” was added, a series of %(count)s dates"),
        "batch_undone": _l("%(count)s dates of “%(title)s” were taken away again"),
        "announced": _l("Notice on the page: %(text)s"),
        "announcement_ended": _l("The notice was taken away"),
        "told": _l("Announcement to %(people)s people: “%(subject)s”"),
        "told_undone": _l("The announcement “%(subject)s” was taken back before it left"),
        "rain_began": _l("The rain plan holds"),
        "rain_ended": _l("The rain plan was taken back"),
        "picture_changed": _l("The picture was changed"),
        "question_added": _l("Now asks: “%(text)s”"),
        "question_changed": _l("The question “%(text)s” was changed"),
        "question_removed": _l("No longer asks: “%(text)s”"),
        "answers_until": _l("Answers can be changed until: %(until)s"),
        "bulk_approved": _l("%(people)s people approved"),
        "bulk_refused": _l("%(people)s people refused"),
        "bulk_moved": _l("%(people)s people moved to “%(slot)s”"),
        "bulk_cancelled": _l("Sign-up of %(people)s people cancelled"),
        "bulk_admitted": _l("%(people)s people given a place from the waiting list"),
        "bulk_undone": _l("Taken back for %(people)s people: %(verb)s"),
    },
    fields={
        "title": _l("Title"),
        "kind": _l("Kind"),
        "summary": _l("What happens, what to bring"),
        "place": _l("Place"),
        "contact": _l("Contact for questions"),
        "rain_plan": _l("If it rains"),
        "leaves_county": _l("Leads out of the county"),
    },
    values={"kind": _kind, "verb": _verb},
)

REGISTRATION = Vocabulary(
    happened={
        "approved": _l("Approved"),
        "admitted": _l("Given a place from the waiting list"),
        "refused": _l("Refused: %(reason)s"),
        "moved": _l("Moved to “%(slot)s”"),
        "cancelled": _l("Cancelled by staff: %(reason)s"),
        "undone": _l("The last decision was taken back"),
        "entered_staff": _l("Entered by staff"),
        "by_class_link": _l("A parent agreed by the class's link"),
        "entered_walk_in": _l("Entered at the door"),
        "replaced": _l("Another pupil of the school took the place over"),
        "substituted": _l("Took over the place of another pupil of the school"),
        "answered": _l("Answers entered by staff"),
        "comment_deleted": _l("A note was deleted"),
        "forgiven": _l("Missing it was forgiven: %(why)s"),
        "consent_given": _l("A guardian agreed"),
        "consent_withdrawn": _l("A guardian said no"),
        "guardian_told": _l("The guardian on the school's roster was told by text message"),
        "shift_offered": _l("Offered the shift to others"),
        "shift_kept": _l("Kept the shift after all"),
        "shift_given": _l("Somebody else took the shift over"),
        "shift_taken": _l("Took a shift over"),
        "collected": _l("Left the event"),
        "collection_undone": _l("Had not left after all"),
        "was_double": _l("The same person had signed up twice; this code leads to the other sign-up now"),
    },
)

SLOT = Vocabulary(
    happened={
        "insured": _l("Marked as insured: %(note)s"),
        "insurance_withdrawn": _l("No longer marked as insured"),
        "drawn": _l("Lots drawn: %(tickets)s applications, %(won)s with a place"),
        "allotted": _l("%(places)s places set aside for %(name)s"),
        "allotment_changed": _l("Places set aside for %(name)s: %(before)s → %(places)s"),
        "allotment_released": _l("%(places)s places of %(name)s released to all"),
        "allotment_removed": _l("No longer set aside for %(name)s"),
        "invitation_made": _l("Invitation link for %(uses)s people: %(note)s"),
        "invitation_closed": _l("Invitation link closed: %(note)s"),
        "swapped": _l("One volunteer handed the shift on to another"),
    },
    fields={
        "title": _l("Name of the session or shift"),
        "form": _l("Session or shift?"),
        "starts_at": _l("Begins"),
        "ends_at": _l("Ends"),
        "place": _l("Meeting point, if it differs"),
        "capacity": _l("Places"),
        "min_age": _l("From age"),
        "max_age": _l("To age"),
        "opens_at": _l("Sign-up opens"),
        "closes_at": _l("Sign-up closes"),
        "skill_id": _l("Needs a skill or training"),
        "teaches_skill_id": _l("Teaches a skill"),
        "is_risky": _l("Risky: nobody serves uninsured"),
        "allows_swaps": _l("Volunteers may hand a shift on to each other"),
        "way_in": _l("How do people get a place?"),
        "draws_at": _l("When lots are drawn"),
        "has_waiting_list": _l("Keep a waiting list"),
        "smaller_may_pass": _l("Smaller groups may pass larger ones that do not fit"),
        "counts_groups": _l("Count groups, not people"),
        "largest_party": _l("Most people who sign up together"),
        "most_companions": _l("Grown-ups who come along"),
        "offer_hours": _l("Hours to answer when a place becomes free"),
        "leave_hours": _l("Hours before the start until which one leaves without a reason"),
    },
    values={"form": _form, "way_in": _way, "skill_id": _skill, "teaches_skill_id": _skill},
)
