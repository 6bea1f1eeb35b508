"""Entering an agreement and what it promises."""

from collections.abc import Sequence
from typing import Any

from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from wtforms import SelectField, validators

from app.core.fields import LineField, SomeNumberField, TextField, choice
from app.core.forms import Form, at_most, required
from app.organisations.models import Organisation
from app.programmes.agreements.operations import AgreementWords, PromiseWords, words_of
from app.programmes.forms import PlanDayField, number_or_none
from app.programmes.kinds import ProgrammeKind
from app.programmes.models import Agreement, Measure
from app.programmes.words import MEASURE_WORDS

MOST_PROMISES = 6


class AgreementForm(Form):
    """With whom, from when until when, and what is promised; an empty line of the promises is none."""

    title = LineField(_l("Name of the agreement"), [required(), at_most(80)])
    partner_id = SelectField(_l("The other party"), coerce=number_or_none, choices=[])
    partner_name = LineField(_l("Or its name, if it is not on the list"), [validators.Optional(), at_most(80)])
    starts_on = PlanDayField(_l("First day"), [required()], render_kw={"placeholder": "20260901"})
    ends_on = PlanDayField(_l("Last day"), [required()], render_kw={"placeholder": "20290831"})
    remarks = TextField(_l("Remarks"), [validators.Optional(), at_most(1000)], rows=3)

    def __init__(self, units: Sequence[Organisation] = (), **options: Any) -> None:
        super().__init__(**options)
        self.partner_id.choices = [
            choice("0", _("none, see below")),
            *(choice(str(one.id), one.name) for one in units),
        ]

    def validate_ends_on(self, field: PlanDayField) -> None:
        """Refuse an end before the beginning."""
        if field.data and self.starts_on.data and field.data < self.starts_on.data:
            raise validators.ValidationError(_("It must not end before it begins."))

    @property
    def promise_rows(self) -> list[dict[str, Any]]:
        """The fields of the promises, line by line."""
        names = ("words", "measure", "per_year", "kind")
        return [{name: self[f"{name}_{line}"] for name in names} for line in range(MOST_PROMISES)]

    def validate(self, extra_validators: Any = None) -> bool:
        """Ask for words where a number stands, and for a number where something is counted."""
        super().validate(extra_validators)
        for row in self.promise_rows:
            is_counted = row["measure"].data != Measure.WORDS
            if not row["words"].data and row["per_year"].data:
                row["words"].errors = [_("Say what is promised, in words.")]
            elif row["words"].data and is_counted and not row["per_year"].data and not row["per_year"].errors:
                row["per_year"].errors = [_("How many a year?")]
        return not self.errors

    def words(self) -> AgreementWords:
        """Return what was typed; a partner of the list needs no name."""
        return AgreementWords(
            title=self.title.data,
            partner_id=self.partner_id.data,
            partner_name="" if self.partner_id.data else self.partner_name.data,
            starts_on=self.starts_on.data,
            ends_on=self.ends_on.data,
            remarks=self.remarks.data,
            promises=tuple(_promise(row) for row in self.promise_rows if row["words"].data),
        )


def agreement_form(units: Sequence[Organisation], agreement: Agreement | None = None) -> AgreementForm:
    """Return the form with a line for each promise."""
    fields: dict[str, Any] = {}
    for line in range(MOST_PROMISES):
        fields[f"words_{line}"] = LineField(_l("What is promised for each year"), [at_most(200)])
        fields[f"measure_{line}"] = SelectField(
            _l("Counted in"), choices=lambda: [choice(one.value, MEASURE_WORDS[one]) for one in Measure]
        )
        fields[f"per_year_{line}"] = SomeNumberField(_l("A year"), 1, 100_000)
        fields[f"kind_{line}"] = SelectField(
            _l("Of which kind"),
            choices=lambda: [
                choice("", _("any kind")),
                *(choice(one.value, one.words) for one in ProgrammeKind),
            ],
        )
    made: AgreementForm = type("PromisesForm", (AgreementForm,), fields)(units, data=_values(agreement))
    return made


def _values(agreement: Agreement | None) -> dict[str, Any]:
    if agreement is None:
        return {}
    words = words_of(agreement)
    same = ("title", "partner_id", "partner_name", "starts_on", "ends_on", "remarks")
    values: dict[str, Any] = {name: getattr(words, name) for name in same}
    for line, one in enumerate(words.promises):
        values |= {f"words_{line}": one.words, f"measure_{line}": one.measure.value}
        values |= {f"per_year_{line}": one.per_year, f"kind_{line}": one.kind.value if one.kind else ""}
    return values


def _promise(row: dict[str, Any]) -> PromiseWords:
    measure = Measure(row["measure"].data)
    if measure is Measure.WORDS:
        return PromiseWords(row["words"].data)
    kind = ProgrammeKind(row["kind"].data) if row["kind"].data else None
    return PromiseWords(row["words"].data, measure, row["per_year"].data, kind)
