"""Setting up many slots at once: on which weekdays, from when to when, at what time."""

from dataclasses import dataclass, replace
from datetime import UTC, date, datetime, timedelta
from typing import Any

from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from wtforms import BooleanField, SelectMultipleField, StringField, validators, widgets

from app.core.clock import SHANGHAI, local, local_day
from app.core.fields import EARLIEST_YEAR, LATEST_YEAR, DayField, LineField, MomentField, WholeField, choice
from app.core.forms import Form, at_most, required
from app.core.typed import half_width, read_moment, squeezed
from app.events.dates.calendars import LONGEST, CalendarDay, DayKind, calendar_day, days_between
from app.events.dates.slot_batches import MOST
from app.events.models import Slot
from app.events.plans import SlotPlan, plan_of

_WEEKDAYS = (
    _l("Monday"),
    _l("Tuesday"),
    _l("Wednesday"),
    _l("Thursday"),
    _l("Friday"),
    _l("Saturday"),
    _l("Sunday"),
)
_HOUR = timedelta(hours=1)


class ClockField(StringField):
    """A time of day, typed as people write one: 9:00, 14点30, 下午2点."""

    data: Any

    def __init__(self, label: Any = None, checks: list[Any] | None = None, **options: Any) -> None:
        super().__init__(label, checks, render_kw={"placeholder": "09:00", "autocomplete": "off"}, **options)

    def _value(self) -> str:
        return self.raw_data[0] if self.raw_data else (f"{self.data:%H:%M}" if self.data else "")

    def process_formdata(self, valuelist: list[str]) -> None:
        """Read the wall clock."""
        typed = squeezed(half_width(valuelist[0])) if valuelist else ""
        moment = read_moment(f"2000-01-01 {typed}") if typed else None
        self.data = moment.time() if moment else None
        if typed and moment is None:
            raise ValueError(_("Please type the time of day, such as 09:00."))


class BatchForm(Form):
    """Slots on many days, alike but for the day."""

    slot_title = LineField(_l("Name of each session or shift"), [required(), at_most(60)])
    weekdays = SelectMultipleField(
        _l("On which weekdays?"),
        [required(_l("Please tick at least one day of the week."))],
        choices=lambda: [choice(str(number), name) for number, name in enumerate(_WEEKDAYS, 1)],
        coerce=int,
        option_widget=widgets.CheckboxInput(),
    )
    first_day = DayField(_l("First day"), [required()], render_kw={"placeholder": "20260905"})
    last_day = DayField(_l("Last day"), [required()], render_kw={"placeholder": "20270116"})
    begins = ClockField(_l("Begins at"), [required()])
    ends = ClockField(_l("Ends at"), [required()])
    slot_place = LineField(_l("Meeting point, if it differs"), [at_most(120)])
    capacity = WholeField(_l("Places"), 1, 100_000)
    min_age = WholeField(_l("From age"), 0, 110)
    max_age = WholeField(_l("To age"), 0, 110)
    opens_at = MomentField(_l("Sign-up opens"), [required()])
    closes_hours = WholeField(_l("Sign-up closes so many hours before it begins"), 0, 720)
    is_series = BooleanField(_l("A series: one sign-up for all dates"))

    def validate_first_day(self, field: DayField) -> None:
        """Refuse a year in which nobody plans anything."""
        if field.data and not EARLIEST_YEAR <= field.data.year <= LATEST_YEAR:
            raise validators.ValidationError(_("Please check the year."))

    def validate_last_day(self, field: DayField) -> None:
        """Refuse days the wrong way round, and more than a school year."""
        first = self.first_day.data
        if first and field.data and field.data < first:
            raise validators.ValidationError(_("The last day must not lie before the first."))
        if first and field.data and field.data - first > LONGEST:
            raise validators.ValidationError(_("Please plan at most a year at a time."))

    def validate_ends(self, field: ClockField) -> None:
        """Refuse times the wrong way round."""
        if self.begins.data and field.data and field.data <= self.begins.data:
            raise validators.ValidationError(_("It must end after it begins."))

    def validate_max_age(self, field: WholeField) -> None:
        """Refuse ages the wrong way round."""
        if self.min_age.data is not None and field.data is not None and field.data < self.min_age.data:
            raise validators.ValidationError(_("This is younger than the youngest age."))

    def days(self) -> list[CalendarDay]:
        """Return the days that were asked for."""
        return days_between(self.weekdays.data or [], self.first_day.data, self.last_day.data)

    def plan(self, day: date, like: Slot) -> SlotPlan:
        """Return the slot of one day; what the form does not ask is as in another slot."""
        starts_at = _moment(day, self.begins.data)
        return replace(
            plan_of(like),
            title=self.slot_title.data,
            starts_at=starts_at,
            ends_at=_moment(day, self.ends.data),
            place=self.slot_place.data,
            capacity=self.capacity.data,
            min_age=self.min_age.data,
            max_age=self.max_age.data,
            opens_at=self.opens_at.data,
            closes_at=starts_at - self.closes_hours.data * _HOUR,
        )


@dataclass(frozen=True)
class Line:
    """One day of the preview: whether it is ticked, and what speaks against it."""

    on: CalendarDay
    is_chosen: bool
    is_over: bool = False
    is_there: bool = False  # the event has something at that time already
    opens_too_late: bool = False

    @property
    def is_possible(self) -> bool:
        """Whether there can be a slot at all."""
        return not (self.is_over or self.opens_too_late)

    @property
    def is_unknown(self) -> bool:
        """Whether the holidays of its year are not known yet."""
        return self.on.kind is DayKind.UNKNOWN


def lines(form: BatchForm, slots: list[Slot], ticked: set[date] | None, *, at: datetime) -> list[Line]:
    """Return the days of a preview; ``ticked`` are those that somebody chose, None before anybody did."""
    asked = {one.day: one for one in form.days()}
    asked |= {day: calendar_day(day) for day in ticked or () if day not in asked}
    there = {slot.starts_at for slot in slots}
    return [_line(form, asked[day], ticked, there, at, slots[-1]) for day in sorted(asked)[: MOST * 3]]


def batch_values(slot: Slot, today: date) -> dict[str, Any]:
    """Return what a batch most likely looks like, from the event's last slot."""
    same = ("capacity", "min_age", "max_age", "opens_at")
    begins = local(slot.starts_at)
    first = max(local_day(slot.starts_at) + timedelta(days=7), today)
    return {name: getattr(slot, name) for name in same} | {
        "slot_title": slot.title,
        "slot_place": slot.place,
        "weekdays": [begins.isoweekday()],
        "first_day": first,
        "last_day": first + timedelta(weeks=15),
        "begins": begins.time(),
        "ends": local(slot.ends_at).time(),
        "closes_hours": min(max(int((slot.starts_at - slot.closes_at) / _HOUR), 0), 720),
    }


def _line(
    form: BatchForm, on: CalendarDay, ticked: set[date] | None, there: set[datetime], at: datetime, like: Slot
) -> Line:
    plan = form.plan(on.day, like)
    is_over, is_there = plan.starts_at <= at, plan.starts_at in there
    opens_too_late = plan.closes_at <= plan.opens_at
    usual = on.is_free and not is_there if ticked is None else on.day in ticked
    return Line(on, usual and not is_over and not opens_too_late, is_over, is_there, opens_too_late)


def _moment(day: date, clock: Any) -> datetime:
    return datetime.combine(day, clock, SHANGHAI).astimezone(UTC)
