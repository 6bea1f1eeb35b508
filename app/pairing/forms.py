"""Setting a pairing round up, and saying how it is paired."""

from typing import Any

from flask_babel import lazy_gettext as _l
from wtforms import BooleanField, RadioField, SelectField, ValidationError

from app.core.fields import LineField, SomeNumberField, WholeField, choice
from app.core.forms import Form, at_most, required
from app.pairing import words
from app.pairing.plans import Fairness, Preset
from app.pairing.rounds import Words
from app.pairing.scoring import Weights
from app.pairing.settings import DEFAULT_GROUP, Settings
from app.pairing.youths import Shape
from app.programmes.models import Programme

_HEAVIEST = 10


class RoundForm(Form):
    """What a round is called, and what it makes. Of a programme, its sides are the round's."""

    title = LineField(_l("Title of the round"), [required(), at_most(60)])
    host_id = SelectField(_l("Unit"), coerce=int)
    programme_id = SelectField(_l("Programme"), coerce=int, default=0)
    shape = RadioField(
        _l("What shall be made?"),
        choices=[choice(one.value, label) for one, (label, _) in words.SHAPES.items()],
        default=Shape.ONE_TO_ONE.value,
    )
    first_side = LineField(_l("First side"), [at_most(40)])
    second_side = LineField(_l("Second side"), [at_most(40)])

    def offer(self, hosts: list[Any], programmes: list[Programme]) -> None:
        """Let one's own units and their programmes be chosen."""
        self.host_id.choices = [choice(str(host.id), host.name) for host in hosts]
        none = choice("0", _l("None: I put people in by hand"))
        self.programme_id.choices = [none, *(choice(str(one.id), one.title) for one in programmes)]

    def words(self, programme: Programme | None) -> Words:
        """Return what was typed; sides without a name are called after the programme's."""
        shape = Shape(self.shape.data)
        named = [side.title for side in programme.sides] if programme else []
        usual = (*named, str(_l("Side A")), str(_l("Side B")))[:2]
        typed = (self.first_side.data, self.second_side.data)
        sides = [mine or theirs for mine, theirs in zip(typed, usual, strict=True)]
        return Words(
            self.title.data, shape, sides if shape.has_sides else sides[:1], programme.id if programme else None
        )


class ProgrammeRoundForm(Form):
    """A round of a programme: what it makes, and of which sides."""

    title = LineField(_l("Title of the round"), [required(), at_most(60)])
    shape = RadioField(
        _l("What shall be made?"),
        choices=[choice(one.value, label) for one, (label, _) in words.SHAPES.items()],
        default=Shape.ONE_TO_ONE.value,
    )
    first_id = SelectField(_l("First side"), coerce=int)
    second_id = SelectField(_l("Second side"), coerce=int, default=0)

    def offer(self, programme: Programme) -> None:
        """Let the programme's sides be chosen; the second may be all others together."""
        sides = [choice(str(side.id), side.title) for side in programme.sides]
        self.first_id.choices = sides
        self.second_id.choices = [choice("0", _l("all the others together")), *sides]

    def validate_second_id(self, field: SelectField) -> None:
        """Ask for two different ones where there are two sides."""
        if Shape(self.shape.data or Shape.POOL).has_sides and field.data == self.first_id.data:
            raise ValidationError(_l("Please choose another side than the first."))

    def words(self, programme: Programme) -> Words:
        """Return the round: two sides, or all sides of the programme in one pool."""
        shape, titles = Shape(self.shape.data), {side.id: side.title for side in programme.sides}
        if not shape.has_sides:
            return Words(self.title.data, shape, list(titles.values()), programme.id, [[one] for one in titles])
        first, second = self.first_id.data, self.second_id.data
        others = [second] if second else [one for one in titles if one != first]
        names = [titles[first], "、".join(titles[one] for one in others)[:60]]
        return Words(self.title.data, shape, names, programme.id, [[first], others])


class SettingsForm(Form):
    """A preset; under 高级 hard rules, weights, fairness and seed."""

    preset = RadioField(_l("By what?"), choices=[choice(one.value, label) for one, (label, _) in words.PRESETS.items()])
    years_apart = SomeNumberField(_l("At most so many years apart"), 0, 20)
    same_gender = BooleanField(_l("The same gender only"))
    common_language = BooleanField(_l("Only with a language in common"))
    other_side = BooleanField(_l("Only from another side"))
    fairness = RadioField(
        _l("What is best?"), choices=[choice(one.value, label) for one, label in words.FAIRNESS.items()]
    )
    interests = WholeField(_l("Interests"), 0, _HEAVIEST)
    grade = WholeField(_l("Grade"), 0, _HEAVIEST)
    age = WholeField(_l("Age"), 0, _HEAVIEST)
    languages = WholeField(_l("Languages"), 0, _HEAVIEST)
    wishes = WholeField(_l("Wishes of both"), 0, _HEAVIEST)
    continuity = WholeField(_l("Partners before"), 0, _HEAVIEST)
    chance = WholeField(_l("Lot"), 0, _HEAVIEST)
    seed = LineField(_l("Seed"), [required(), at_most(40)])
    group_size = WholeField(_l("People in a group"), 2, 20, default=DEFAULT_GROUP)

    WEIGHTS = ("interests", "grade", "age", "languages", "wishes", "continuity", "chance")

    @classmethod
    def of(cls, settings: Settings) -> "SettingsForm":
        """Return the form as a round is paired now."""
        same = ("years_apart", "same_gender", "common_language", "other_side", "seed", "group_size")
        weights = {name: getattr(settings.own, name) for name in cls.WEIGHTS}
        known = {name: getattr(settings, name) for name in same}
        return cls(data={"preset": settings.preset.value, "fairness": settings.fairness.value, **known, **weights})

    def settings(self) -> Settings:
        """Return what was chosen."""
        return Settings(
            preset=Preset(self.preset.data),
            own=Weights(**{name: self[name].data for name in self.WEIGHTS}),
            years_apart=self.years_apart.data,
            same_gender=self.same_gender.data,
            common_language=self.common_language.data,
            other_side=self.other_side.data,
            fairness=Fairness(self.fairness.data),
            seed=self.seed.data,
            group_size=self.group_size.data,
        )
