"""The order in which a school counts its classes, for lists that the database sorts."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from sqlalchemy import ColumnElement, Select, case, literal
from sqlalchemy.orm import InstrumentedAttribute

from app.core.db import db
from app.people.class_names import school_order


@dataclass(frozen=True)
class ClassOrder:
    """Where each class name of a list comes; a school has few of them, however many pupils."""

    places: Mapping[str, int]

    @classmethod
    def of(cls, names: Iterable[str]) -> "ClassOrder":
        """Return the order of some names."""
        return cls({name: place for place, name in enumerate(sorted(names, key=school_order))})

    def place(self, name: str) -> int:
        """Return where a class comes; one that was entered only just now comes last."""
        return self.places.get(name, len(self.places))

    def column(self, names: InstrumentedAttribute[str]) -> ColumnElement[int]:
        """Return the same for a column of names, to sort and to page by."""
        last = literal(len(self.places))
        return case(self.places, value=names, else_=last) if self.places else last


def order_in(named: Select[str]) -> ClassOrder:
    """Return the order of the classes that a statement finds."""
    return ClassOrder.of(db.session.scalars(named.distinct()))
