"""Who runs this site, as every page's footer says it."""

from dataclasses import dataclass, fields
from time import monotonic
from weakref import WeakKeyDictionary

from sqlalchemy import Engine, select
from sqlalchemy.exc import SQLAlchemyError

from app.core.db import db
from app.site.models import SiteOperator

# Every page has a footer, and a crowd's page may cost one statement in all: so the answer is kept in the process for
# so many seconds. A change shows in each of a server's processes within them.
_KEPT_FOR = 30
_kept: WeakKeyDictionary[Engine, tuple[float, "Operator"]] = WeakKeyDictionary()


@dataclass(frozen=True)
class Operator:
    """What the operator says of itself; "" for what has not been entered."""

    name: str = ""
    contact: str = ""
    icp_number: str = ""
    police_number: str = ""

    @property
    def police_code(self) -> str:
        """The digits by which the police's registry finds the number."""
        return "".join(sign for sign in self.police_number if sign.isdecimal())


def current_operator() -> Operator:
    """Return who runs this site, at most half a minute old."""
    until, operator = _kept.get(db.engine, (0.0, Operator()))
    if monotonic() < until:
        return operator
    try:
        operator = read_operator()
    except SQLAlchemyError:
        return operator  # the page that says what broke has a footer too
    _kept[db.engine] = (monotonic() + _KEPT_FOR, operator)
    return operator


def read_operator() -> Operator:
    """Return who runs this site, as it is written now."""
    columns = [getattr(SiteOperator, field.name) for field in fields(Operator)]
    row = db.session.execute(select(*columns)).one_or_none()
    return Operator(*row) if row else Operator()


def forget_operator() -> None:
    """Ask again at the next page: whoever changed it wants to see it."""
    _kept.clear()
