"""How soon something begins, in words."""

from datetime import datetime

from flask_babel import gettext as _
from flask_babel import ngettext

from app.core.clock import local_day
from app.core.filters import clock


def countdown(starts_at: datetime, ends_at: datetime, at: datetime) -> str:
    """Return how soon something begins: now, today at nine, tomorrow at nine, in three days."""
    if starts_at <= at < ends_at:
        return str(_("Going on now"))
    days = (local_day(starts_at) - local_day(at)).days
    if days == 0:
        return str(_("Today at %(time)s", time=clock(starts_at)))
    if days == 1:
        return str(_("Tomorrow at %(time)s", time=clock(starts_at)))
    return str(ngettext("In %(num)d day", "In %(num)d days", days))
