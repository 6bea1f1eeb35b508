"""The demo county's units."""

import tomllib
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from random import Random
from typing import Any

from app.core import pictures
from app.core.clock import local_day
from app.core.db import db
from app.core.pictures import Prepared
from app.demo.schooling import class_name, entered_year
from app.organisations.models import Organisation, OrganisationKind
from app.organisations.operations import Profile, create_organisation
from app.people.models import SchoolClass

_FILE = Path(__file__).with_name("county.toml")


@dataclass(frozen=True)
class Unit:
    """An organisation and what the demo knows of it beside."""

    key: str
    organisation: Organisation
    contact: str
    grades: range
    classes: int

    @property
    def is_school(self) -> bool:
        """Whether pupils of the county go there."""
        return self.organisation.kind is OrganisationKind.SCHOOL

    def some_class(self, random: Random, grade: int) -> str:
        """Return one of the school's classes in a grade."""
        return class_name(grade, random.randint(1, self.classes))


def enter_units(logos: Mapping[str, Prepared], at: datetime) -> dict[str, Unit]:
    """Enter all units and return them by their keys; ``logos`` are drawn before, by the name of the emblem."""
    written = tomllib.loads(_FILE.read_text("utf-8"))["unit"]
    return {one["key"]: _enter(one, logos, at) for one in written}


def _enter(one: dict[str, Any], logos: Mapping[str, Prepared], at: datetime) -> Unit:
    told = {name: one[name] for name in Profile.__annotations__ if name in one}
    told["levels"] = "".join(f" {level}" for level in one["levels"]) + " " if "levels" in one else ""
    organisation = create_organisation(
        one["name"], OrganisationKind(one["kind"]), short_name=one.get("short_name", ""), at=at, **told
    )
    if "emblem" in one:
        organisation.logo_digest = pictures.keep(logos[one["emblem"]], at).digest
    first, last = one.get("grades", (1, 0))
    unit = Unit(one["key"], organisation, one.get("contact", ""), range(first, last + 1), one.get("classes", 0))
    db.session.add_all(_classes(unit, at))
    return unit


def _classes(unit: Unit, at: datetime) -> Iterator[SchoolClass]:
    for grade in unit.grades:
        for number in range(1, unit.classes + 1):
            yield SchoolClass(
                school_id=unit.organisation.id,
                name=class_name(grade, number),
                entered_year=entered_year(grade, unit.grades, local_day(at)),
                created_at=at,
            )
