"""What pairing calls its things on pages."""

from flask_babel import LazyString, ngettext
from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l

from app.pairing.leftovers import Freeing, LeftWhy
from app.pairing.plans import Fairness, Preset
from app.pairing.rules import Rule
from app.pairing.scoring import Part
from app.pairing.states import Missing, PairAnswer, PairState, Way
from app.pairing.youths import Shape

SHAPES = {
    Shape.ONE_TO_ONE: (_l("One to one, across two sides"), _l("Each gets one partner from the other side.")),
    Shape.ONE_TO_MANY: (
        _l("One to several, across two sides"),
        _l("Where one side has more people, they are spread evenly over the other."),
    ),
    Shape.POOL: (_l("Pairs within one pool"), _l("Everybody may be with everybody; an odd one makes a trio.")),
    Shape.GROUPS: (_l("Small groups"), _l("Groups of the size you choose, as even as can be.")),
}
PRESETS = {
    Preset.INTERESTS: (_l("Alike interests"), _l("Interests first, then grade, age and language.")),
    Preset.GRADE: (_l("The same grade"), _l("Grade first, then age.")),
    Preset.CHANCE: (_l("At random"), _l("Drawn by the computer; the same seed draws the same.")),
    Preset.OWN: (_l("My own mixture"), _l("As set under “Fine tuning”.")),
}
FAIRNESS = {
    Fairness.SUM: _l("Best for all together: the sum of all pairs is as high as can be"),
    Fairness.WORST_FIRST: _l("Nobody far behind: the pair that suits least comes first, then the sum"),
}
PARTS: dict[Part, LazyString] = {
    Part.INTERESTS: _l("Interests"),
    Part.GRADE: _l("Grade"),
    Part.AGE: _l("Age"),
    Part.LANGUAGES: _l("Languages"),
    Part.WISHES: _l("Wishes"),
    Part.CONTINUITY: _l("Partners before"),
    Part.OTHER_SIDE: _l("Two sides"),
    Part.CHANCE: _l("Lot"),
}
RULES: dict[Rule, LazyString] = {
    Rule.AGE_GAP: _l("the age gap"),
    Rule.SAME_GENDER: _l("the same gender only"),
    Rule.COMMON_LANGUAGE: _l("a common language"),
    Rule.OTHER_SIDE: _l("another side only"),
    Rule.APART: _l("you said: not together"),
}
GRADES: dict[int, LazyString] = dict(
    enumerate(
        (
            _l("Grade 1"),
            _l("Grade 2"),
            _l("Grade 3"),
            _l("Grade 4"),
            _l("Grade 5"),
            _l("Grade 6"),
            _l("Grade 7"),
            _l("Grade 8"),
            _l("Grade 9"),
            _l("Grade 10"),
            _l("Grade 11"),
            _l("Grade 12"),
        ),
        start=1,
    )
)
WAYS: dict[Way, tuple[LazyString, LazyString]] = {
    Way.PERSON: (
        _l("Person by person"),
        _l("Each family sees who it would be, and says yes or asks for somebody else. For one-to-one partnerships."),
    ),
    Way.CLASS: (
        _l("By class or school"),
        _l("It rests on the consent to pairing that guardians gave for the programme; families have 7 days to object."),
    ),
}
STATES: dict[PairState, tuple[LazyString, str]] = {
    PairState.PROPOSED: (_l("Waits for answers"), "gold"),
    PairState.FORMED: (_l("Paired up"), "pine"),
    PairState.ASKED: (_l("Wants another"), "bad"),
    PairState.OBJECTED: (_l("Objection"), "bad"),
    PairState.ENDED: (_l("Ended"), "plain"),
}
_UNKNOWN = {"born_on": _l("date of birth"), "gender": _l("gender"), "languages": _l("languages")}


FAMILY_STATES: dict[PairState, tuple[LazyString, str]] = {
    PairState.PROPOSED: (_l("Please have a look"), "gold"),
    PairState.FORMED: (_l("Paired up"), "pine"),
    PairState.ASKED: (_l("The teacher arranges it anew"), "gold"),
    PairState.OBJECTED: (_l("The teacher arranges it anew"), "gold"),
}
SAID: dict[PairAnswer, LazyString] = {
    PairAnswer.ACCEPTED: _l("Accepts"),
    PairAnswer.ANOTHER: _l("Would like another"),
    PairAnswer.OBJECTED: _l("Does not agree"),
}
MISSING: dict[Missing, LazyString] = {
    Missing.YOUTH: _l("the young person"),
    Missing.GUARDIAN: _l("a guardian"),
    Missing.PROOF: _l("a call to the guardian"),
}


def way_told(stored: str) -> LazyString:
    """Say what a way is called that the change log has."""
    return WAYS[Way(stored)][0]


def why_left_told(why: LeftWhy) -> list[str]:
    """Say why somebody is left, and what would free them, a sentence each."""
    told = []
    if not why.others:
        told.append(str(_("There is nobody on the other side.")))
    if why.unknown:
        what = "、".join(str(_UNKNOWN[one]) for one in why.unknown)
        told.append(str(_("Nobody has said: %(what)s. Write it down, then pair again.", what=what)))
    if why.suitable:
        words = ngettext(
            "%(num)d would suit but has a partner already: let two change places, or unlock.",
            "%(num)d would suit but have partners already: let two change places, or unlock.",
            why.suitable,
        )
        told.append(str(words))
    told += [_freeing_told(one) for one in why.freeing]
    if why.others and not (told or why.freeing):
        told.append(str(_("Several rules at once keep everybody away.")))
    return told


def _freeing_told(one: Freeing) -> str:
    if one.rule is Rule.AGE_GAP and one.months:
        years = -(-one.months // 12)
        return str(_("%(count)s more with an age gap of up to %(years)s years.", count=one.count, years=years))
    return str(_("%(count)s more without the rule “%(rule)s”.", count=one.count, rule=RULES[one.rule]))
