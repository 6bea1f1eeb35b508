"""What events have done in the background."""

from datetime import time, timedelta

from flask_babel import lazy_gettext as _l

from app.core.clock import now
from app.core.job_words import Telling, tell
from app.core.jobs import job
from app.core.schedules import schedule
from app.core.working import Work
from app.events import needs, reminders
from app.events.dates import passing_on
from app.events.questions import answers
from app.events.registration import offers
from app.events.ways import allotments, lottery
from app.messages.models import MessageKind

REMIND = "events.remind"
NEXT_DATE = "events.next_date"
DRAW = "events.draw"
RELEASE = "events.release"
LAPSE = "events.lapse"
OLD_ANSWERS = "events.old_answers"
OLD_NEEDS = "events.old_needs"


@job(REMIND)
def remind(work: Work) -> None:
    """Remind whoever is to be reminded now."""
    for kind in (MessageKind.REMINDER, MessageKind.SOON):
        for slot_id in reminders.slots_to_remind_of(kind, now()):
            while work.write(reminders.remind, slot_id, kind, at=now()):
                pass


@job(NEXT_DATE)
def pass_on(work: Work) -> None:
    """Let the next date lead the series whose leading date has begun."""
    for slot_id in passing_on.leads_that_began(now()):
        work.write(passing_on.pass_on, slot_id, at=now())


@job(DRAW)
def draw_lots(work: Work) -> None:
    """Draw the lotteries whose moment has come."""
    for slot_id in lottery.slots_to_draw(now()):
        work.write(lottery.draw, slot_id, at=now())


@job(RELEASE)
def release_places(work: Work) -> None:
    """Let everybody have the places that were set aside until now."""
    for allotment_id in allotments.due(now()):
        work.write(allotments.release_in_time, allotment_id, at=now())


@job(OLD_ANSWERS)
def drop_old_answers(work: Work) -> None:
    """Delete the answers whose time is over."""
    while work.write(answers.drop_old_answers, at=now()):
        work.step(0, 0)  # a worker that is to stop stops here


@job(OLD_NEEDS)
def drop_old_needs(work: Work) -> None:
    """Delete what had to be looked after at events that are over."""
    while work.write(needs.drop_old_needs, at=now()):
        work.step(0, 0)  # a worker that is to stop stops here


@job(LAPSE)
def let_lapse(work: Work) -> None:
    """Pass on what was offered or held and not answered in time."""
    for offer_id in offers.due_offers(now()):
        work.write(offers.lapse, offer_id, at=now())
    for registration_id in offers.due_holds(now()):
        work.write(offers.lapse_hold, registration_id, at=now())


schedule(REMIND, every=timedelta(minutes=5))
tell(REMIND, Telling(_l("Reminders")))
schedule(NEXT_DATE, every=timedelta(minutes=5))
tell(NEXT_DATE, Telling(_l("The next date of a series")))
for kind, words in (
    (DRAW, _l("Drawing lots")),
    (RELEASE, _l("Releasing places set aside")),
    (LAPSE, _l("Offers nobody answered")),
):
    schedule(kind, every=timedelta(minutes=1))
    tell(kind, Telling(words))
schedule(OLD_ANSWERS, daily_at=time(3, 30))
tell(OLD_ANSWERS, Telling(_l("Deleting answers whose time is over")))
schedule(OLD_NEEDS, daily_at=time(3, 40))
tell(OLD_NEEDS, Telling(_l("Deleting what had to be looked after at past events")))
