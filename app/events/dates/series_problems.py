"""Why slots cannot be set up together, or signed up for one by one."""

from flask_babel import lazy_gettext as _l

from app.core.problems import Problem


class TooManySlots(Problem):
    """Nobody reads a page with more of them."""

    code = "too_many_slots"
    words = _l("Choose from 1 to %(most)d days.")
    field = "last_day"


class OneDateOfSeries(Problem):
    """A date of a series is not given back: one asks for leave, or leaves the series."""

    code = "one_date_of_series"
    words = _l("This is one date of a series. Ask for leave for this date, or leave the whole series.")
