"""The lists of a trip as tables: a head, and a row for each of those who travel."""

from collections import Counter
from collections.abc import Callable, Mapping, Sequence

from flask_babel import gettext as _

from app.people.needs import Diet
from app.people.words import DIET_WORDS, GENDER_WORDS, needs_in_words
from app.trips.papers.facts import TripFacts
from app.trips.papers.models import PaperKind
from app.trips.roster import Traveller
from app.trips.words import ROLE_WORDS

Row = tuple[str, list[str]]  # who, and the cells; "" is nobody in particular
Table = tuple[list[str], list[Row]]


def roster(facts: TripFacts) -> Table:
    """Everybody, and where they belong; a bus without its plate, which is on the list of those who ride."""
    head = [_("Name"), _("Gender"), _("Side"), _("School"), _("Class"), _("Group"), _("Bus"), _("Room"), _("Task")]
    return head, [
        (
            one.who,
            [
                one.name,
                _gender(one),
                one.side,
                one.school,
                one.class_name,
                facts.group_of(one),
                facts.bus_named(one),
                facts.room_of(one),
                duties(one),
            ],
        )
        for one in facts.roster.everybody
    ]


def insurance(facts: TripFacts) -> Table:
    """Everybody who is insured, and whether the document is there."""
    head = [_("Name"), _("Gender"), _("Side"), _("Task"), _("Document")]
    return head, [
        (one.who, [one.name, _gender(one), one.side, duties(one), _document(one, facts)])
        for one in facts.roster.everybody
    ]


def rides(facts: TripFacts) -> Table:
    """Who rides in which bus."""
    head = [_("Bus"), _("Name"), _("Group"), _("Side"), _("Task"), _("On the way out"), _("On the way back")]
    found = _sorted_by(facts.roster.everybody, lambda one: (one.bus_id is None, one.bus_id or 0, one.group_id or 0))
    return head, [
        (one.who, [facts.bus_of(one), one.name, facts.group_of(one), one.side, duties(one), "□", "□"]) for one in found
    ]


def rooms(facts: TripFacts) -> Table:
    """Who sleeps in which room."""
    head = [_("Room"), _("Name"), _("Gender"), _("Side"), _("Group"), _("Task")]
    found = _sorted_by(facts.roster.everybody, lambda one: (one.room_id is None, one.room_id or 0, 0))
    return head, [
        (one.who, [facts.room_of(one), one.name, _gender(one), one.side, facts.group_of(one), duties(one)])
        for one in found
    ]


def meals(facts: TripFacts) -> Table:
    """How many eat, and what: numbers alone."""
    everybody, needs = facts.roster.everybody, facts.needs.values()
    sides = Counter(one.side or str(_("without a side")) for one in everybody)
    groups = Counter(facts.group_of(one) or str(_("without a group")) for one in everybody)
    chosen = Counter(diet for one in needs for diet in one.diet)
    wrote = sum(bool(one.food) for one in needs)
    counted = [
        (_("In all"), len(everybody)),
        (_("Young people"), len(facts.roster.youths)),
        (_("Grown-ups"), len(facts.roster.adults)),
        *((_("Side: %(name)s", name=name), number) for name, number in sides.items()),
        *((_("Group: %(name)s", name=name), number) for name, number in sorted(groups.items())),
        *((_("Eats: %(what)s", what=DIET_WORDS[diet]), chosen[diet]) for diet in Diet if chosen[diet]),
        *([(_("Wrote something else about eating"), wrote)] if wrote else []),
    ]
    return [_("What is counted"), _("People")], [("", [str(words), str(number)]) for words, number in counted]


def emergency(facts: TripFacts) -> Table:
    """Whom to call about whom, and what to look after; at the end the grown-ups, each with the own number."""
    head = [_("Group"), _("Name"), _("Gender"), _("School"), _("Class"), _("Whom to call"), _("To look after")]
    found = _sorted_by(facts.roster.youths, lambda one: (one.group_id is None, one.group_id or 0, 0))
    return head, [
        (
            one.who,
            [
                facts.group_of(one),
                one.name,
                _gender(one),
                one.school,
                one.class_name,
                calls(one, facts),
                needs_line(one, facts),
            ],
        )
        for one in (*found, *facts.roster.adults)
    ]


def badges(facts: TripFacts) -> Table:
    """What stands on each badge besides the first name."""
    head = [_("Group"), _("Name"), _("Side"), _("Line at the foot")]
    found = _sorted_by(facts.roster.everybody, lambda one: (one.group_id is None, one.group_id or 0, 0))
    return head, [(one.who, [facts.group_of(one), one.name, one.side, badge_line(one, facts)]) for one in found]


TABLES: Mapping[PaperKind, Callable[[TripFacts], Table]] = {
    PaperKind.ROSTER: roster,
    PaperKind.INSURANCE: insurance,
    PaperKind.RIDES: rides,
    PaperKind.ROOMS: rooms,
    PaperKind.MEALS: meals,
    PaperKind.EMERGENCY: emergency,
    PaperKind.BADGES: badges,
}


def calls(one: Traveller, facts: TripFacts) -> str:
    """Return whom to call about somebody, in one line; of a grown-up the task and the own number."""
    if one.adult:
        return " ".join(filter(None, (duties(one), one.adult.phone)))
    known = facts.to_call.get(one.person.id, ()) if one.person else ()
    return "；".join(" ".join(filter(None, (call.relation, call.name, call.phone))) for call in known)


def needs_line(one: Traveller, facts: TripFacts) -> str:
    """Return what has to be looked after, in one line."""
    needs = facts.needs.get(one.person.id) if one.person else None
    if needs is None:
        return ""
    return "；".join(f"{label}：{' '.join(words.split())}" for label, words in needs_in_words(needs))


def badge_line(one: Traveller, facts: TripFacts) -> str:
    """Return the line at the foot of a badge: who leads the group; of a grown-up task and number."""
    if one.adult:
        return calls(one, facts)
    leader = next((adult for adult in facts.leaders_of(one.group_id) if adult.phone), None)
    return str(_("Leader: %(who)s", who=f"{leader.name} {leader.phone}")) if leader else ""


def duties(one: Traveller) -> str:
    """Return what a grown-up does on the trip, in one line; "" for everybody else."""
    return "、".join(str(ROLE_WORDS[role]) for role in one.adult.duties) if one.adult else ""


def _sorted_by(everybody: Sequence[Traveller], key: Callable[[Traveller], tuple[bool, int, int]]) -> list[Traveller]:
    return sorted(everybody, key=key)


def _gender(one: Traveller) -> str:
    return str(GENDER_WORDS[one.gender]) if one.gender else ""


def _document(one: Traveller, facts: TripFacts) -> str:
    if one.who in facts.filled:
        return str(_("document is there"))
    return str(_("to be entered by hand")) if one.adult and one.adult.user_id is None else str(_("document missing"))
