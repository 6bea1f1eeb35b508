"""The pages of events and what they have done in the background, for `create_app`."""

from app.events import desk, jobs, plan_changes, routes, rules_desk
from app.events.dates import batch_desk
from app.events.leave import absence_desk, leave_pages
from app.events.questions import answer_desk, answering, question_desk
from app.events.registration import offering
from app.events.shifts import confirming, shift_pages, shifts_desk, skills_desk, swapping
from app.events.ways import allotment_desk, invitation_pages, lottery_pages

ROUTES = (
    routes,
    offering,
    desk,
    lottery_pages,
    invitation_pages,
    allotment_desk,
    absence_desk,
    leave_pages,
    batch_desk,
    plan_changes,
    question_desk,
    answering,
    answer_desk,
    rules_desk,
    skills_desk,
    confirming,
    shifts_desk,
    shift_pages,
    swapping,
)
JOBS = (jobs,)
