"""What trips have done in the background."""

from datetime import time

from flask_babel import lazy_gettext as _l

from app.core.clock import now
from app.core.job_words import Telling, tell
from app.core.jobs import job
from app.core.schedules import schedule
from app.core.working import Work
from app.trips.tasks.reminding import due_tasks, remind

TASKS = "trips.tasks"


@job(TASKS)
def remind_of_tasks(work: Work) -> None:
    """Remind whoever sees to something before a trip."""
    for task_id in due_tasks(now()):
        work.write(remind, task_id, at=now())


schedule(TASKS, daily_at=time(9))
tell(TASKS, Telling(_l("Things to see to before a trip")))
