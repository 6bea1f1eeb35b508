"""What the words of a message may leave open, and how a message's facts fill it: known names, nothing is evaluated.

A placeholder is written `{姓名}` or `{name}`; both names count in both languages.
"""

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from flask_babel import LazyString
from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l

from app.core.filters import day, moment, span
from app.messages.models import MessageKind
from app.messages.series_words import series_words

Facts = Mapping[str, Any]
_WRITTEN = re.compile(r"\{([^{}\n]{1,30})\}")
_LABEL = re.compile(r"^[^:：]{0,24}[:：]")
_WORD = re.compile(r"\w")


@dataclass(frozen=True)
class Placeholder:
    """One thing that the words leave open: its two names, what people call it, and how the facts say it."""

    name: str
    chinese: str
    label: LazyString
    say: Callable[[Facts], str]


def names_in(text: str) -> list[str]:
    """Return the names of all placeholders that are written in a text, known or not, in their order."""
    return _WRITTEN.findall(text)


def find(name: str) -> Placeholder | None:
    """Return the placeholder with this name in either language."""
    return _BY_NAME.get(name.strip())


def filled(text: str, facts: Facts) -> str:
    """Return a text with the facts in their places.

    What is missing is left out, and with it a line that says nothing else than what it would have been about.
    """
    lines = (_line(line, facts) for line in text.splitlines())
    return "\n".join(line for line in lines if line is not None).strip()


def filled_line(line: str, facts: Facts) -> str:
    """Return one line with the facts in their places, and no sign at its end that leads to nothing."""
    return " ".join(_WRITTEN.sub(lambda found: _say(found[1], facts), line).split()).rstrip("：: ")


def _line(line: str, facts: Facts) -> str | None:
    said = [_say(name, facts) for name in names_in(line)]
    if said and not any(said):
        rest = _WRITTEN.sub("", line)
        if not _WORD.search(_LABEL.sub("", rest)):
            return None
    return _WRITTEN.sub(lambda found: _say(found[1], facts), line).rstrip()


def _say(name: str, facts: Facts) -> str:
    placeholder = find(name)
    return placeholder.say(facts) if placeholder else f"{{{name}}}"


def _fact(name: str) -> Callable[[Facts], str]:
    return lambda facts: str(facts.get(name) or "")


def _when(start: str, end: str) -> Callable[[Facts], str]:
    def say(facts: Facts) -> str:
        begins, ends = _moment_in(facts, start), _moment_in(facts, end)
        if begins and ends:
            return span(begins, ends)
        return moment(begins) if begins else ""

    return say


def _when_or_dates(facts: Facts) -> str:
    """Say when it takes place; of a class series all of its dates."""
    begins, ends = [datetime.fromisoformat(one) for one in facts.get("dates", ())], _moment_in(facts, "ends_at")
    return series_words(begins, ends) if len(begins) > 1 and ends else _when("starts_at", "ends_at")(facts)


def _old_when(facts: Facts) -> str:
    """Say when it was to be before; of beginning and end, the one that did not change is what it is."""
    if "old_starts_at" not in facts and "old_ends_at" not in facts:
        return ""
    return _when("old_starts_at", "old_ends_at")({f"old_{name}": value for name, value in facts.items()} | dict(facts))


def _arrival(facts: Facts) -> str:
    if "arrived_at" not in facts:
        return ""
    arrived_at = _moment_in(facts, "arrived_at")
    return str(_("Arrived %(when)s", when=moment(arrived_at)) if arrived_at else _("Was not there"))


def _arrangement(facts: Facts) -> str:
    if "rain_plan" not in facts:
        return ""
    return str(facts["rain_plan"] or _("The rain plan is off: everything is as planned again."))


def _days(facts: Facts) -> str:
    """Say from which day until which."""
    if "first_day" not in facts:
        return ""
    first, last = (date.fromisoformat(facts[name]) for name in ("first_day", "last_day"))
    return day(first) if first == last else f"{day(first)} – {day(last)}"


def _standing(facts: Facts) -> str:
    return str(_STANDINGS[facts["standing"]]) if facts.get("standing") in _STANDINGS else ""


def _task(facts: Facts) -> str:
    return str(facts.get("task_title") or _TASKS.get(str(facts.get("task_kind")), ""))


def _due(facts: Facts) -> str:
    return day(date.fromisoformat(facts["due_on"])) if facts.get("due_on") else ""


def _corrected(facts: Facts) -> str:
    return str(_(", ")).join(str(_CORRECTED[one]) for one in facts.get("corrected", ()) if one in _CORRECTED)


def _moment_in(facts: Facts, name: str) -> datetime | None:
    return datetime.fromisoformat(facts[name]) if facts.get(name) else None


_STANDINGS = {  # the states of a registration that it can be put back to
    "confirmed": _l("Signed up"),
    "held": _l("Held, waiting for a guardian"),
    "offered": _l("Your turn, please answer"),
    "waiting": _l("On the waiting list"),
    "applied": _l("Waiting for a decision"),
    "cancelled": _l("Cancelled"),
}
_CORRECTED = {  # what a guardian may say is wrong
    "name": _l("the name"),
    "born_on": _l("the date of birth"),
    "words": _l("what was described"),
}
_TASKS = {  # the usual things to see to before a trip
    "plan": _l("Plan of the activity"),
    "emergency_plan": _l("Emergency plan"),
    "filing": _l("Filing with the authority"),
    "transport": _l("Buses and tickets"),
    "insurance": _l("Insurance"),
    "duties": _l("Who does what"),
}
PLACEHOLDERS = (
    Placeholder("name", "姓名", _l("Name"), _fact("name")),
    Placeholder("event", "活动", _l("Event"), _fact("event")),
    Placeholder("slot", "场次", _l("Session or shift"), _fact("slot")),
    Placeholder("when", "时间", _l("Time"), _when_or_dates),
    Placeholder("place", "地点", _l("Place"), _fact("place")),
    Placeholder("host", "主办单位", _l("Host"), _fact("host")),
    Placeholder("contact", "联系方式", _l("Whom to ask"), _fact("contact")),
    Placeholder("reason", "原因", _l("Reason"), _fact("reason")),
    Placeholder("old_when", "原时间", _l("Time before"), _old_when),
    Placeholder("old_slot", "原场次", _l("Session or shift before"), _fact("old_slot")),
    Placeholder("old_place", "原地点", _l("Place before"), _fact("old_place")),
    Placeholder("arrangement", "雨天安排", _l("What holds in the rain"), _arrangement),
    Placeholder("link", "链接", _l("Link to the page"), _fact("link")),
    Placeholder("number", "证书编号", _l("Number of the certificate"), _fact("number")),
    Placeholder("arrival", "到场记录", _l("Attendance"), _arrival),
    Placeholder("deadline", "截止时间", _l("Until when"), _when("until", "")),
    Placeholder("days", "日期", _l("Days of the programme"), _days),
    Placeholder("task", "事项", _l("What is to be seen to"), _task),
    Placeholder("due", "到期日", _l("Due on"), _due),
    Placeholder("count", "数量", _l("How many"), _fact("count")),
    Placeholder("silent_days", "天数", _l("For how many days"), _fact("silent_days")),
    Placeholder("corrected", "更正内容", _l("What a guardian said is wrong"), _corrected),
    Placeholder("standing", "报名情况", _l("What the sign-up is now"), _standing),
)
_BY_NAME = {name: one for one in PLACEHOLDERS for name in (one.name, one.chinese)}
_ALWAYS = ("name", "event", "host", "contact", "link")
_WHERE = ("slot", "when", "place")
_OF_A_KIND: Mapping[MessageKind, tuple[str, ...]] = {
    MessageKind.REGISTERED: _WHERE,
    MessageKind.APPLIED: _WHERE,
    MessageKind.WAITING: _WHERE,
    MessageKind.OFFER: (*_WHERE, "deadline"),
    MessageKind.CONSENT_ASKED: _WHERE,
    MessageKind.CONSENT_GIVEN: _WHERE,
    MessageKind.CONSENT_WITHDRAWN: _WHERE,
    MessageKind.REFUSED: (*_WHERE, "reason"),
    MessageKind.PLACE_CANCELLED: (*_WHERE, "reason"),
    MessageKind.PUT_RIGHT: (*_WHERE, "standing"),
    MessageKind.CHANGED: (*_WHERE, "old_slot", "old_when", "old_place", "reason"),
    MessageKind.RAIN_PLAN: (*_WHERE, "arrangement"),
    MessageKind.CANCELLED: (*_WHERE, "reason"),
    MessageKind.RESUMED: _WHERE,
    MessageKind.SHIFT_TAKEN: _WHERE,
    MessageKind.REMINDER: _WHERE,
    MessageKind.SOON: _WHERE,
    MessageKind.CODE: _WHERE,
    MessageKind.THANKS: ("slot",),
    MessageKind.CERTIFICATE: ("number",),
    MessageKind.CERTIFICATE_VOID: ("number", "reason"),
    MessageKind.NO_SHOW: _WHERE,
    MessageKind.DISPUTE_ANSWERED: (*_WHERE, "arrival", "reason"),
    MessageKind.APPLICATION_IN: ("days", "place"),
    MessageKind.CHOSEN: ("days", "place", "deadline"),
    MessageKind.CHOSEN_HELD: ("days", "place", "deadline"),
    MessageKind.RESERVED: ("days", "place"),
    MessageKind.NOT_CHOSEN: ("days", "reason"),
    MessageKind.TAKES_PART: ("days", "place"),
    MessageKind.PLACE_GONE: ("days", "reason"),
    MessageKind.PROGRAMME_OFF: ("days", "reason"),
    MessageKind.DOCUMENT_ASKED: ("days", "deadline"),
    MessageKind.AGREEMENT_ENDS: ("days",),
    MessageKind.PAIRS_SILENT: ("count", "silent_days"),
    MessageKind.DATA_CORRECTED: ("corrected",),
    MessageKind.DATA_KEPT: ("corrected", "reason"),
    MessageKind.TRIP_TASK: ("days", "task", "due"),
    **dict.fromkeys((MessageKind.PAIR_PROPOSED, MessageKind.PAIR_TOLD, MessageKind.PAIR_REMINDER), ("deadline",)),
}


def of_kind(kind: MessageKind) -> list[Placeholder]:
    """Return what the words of one kind of message may leave open."""
    names = {*_ALWAYS, *_OF_A_KIND.get(kind, ())}
    return [one for one in PLACEHOLDERS if one.name in names]
