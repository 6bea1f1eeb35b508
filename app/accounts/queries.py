"""Accounts, looked up."""

from collections.abc import Iterable, Sequence

from sqlalchemy import Select, select, tuple_

from app.accounts.identifiers import Way, read_identifier
from app.accounts.models import Authenticator, OneTimeCode, User
from app.core.db import db
from app.core.search_keys import begins_with, written

PAGE = 50


def names_of(user_ids: Iterable[int | None]) -> dict[int | None, str]:
    """Return what some accounts go by."""
    ids = {one for one in user_ids if one is not None}
    found = db.session.execute(select(User.id, User.name).where(User.id.in_(ids))) if ids else ()
    return {row.id: row.name for row in found}


def confirmed_authenticator(user_id: int) -> Authenticator | None:
    """Return the app that an account proves itself with."""
    own = select(Authenticator).where(Authenticator.user_id == user_id)
    return db.session.scalar(own.where(Authenticator.confirmed_at.is_not(None)))


def new_authenticator(user_id: int) -> Authenticator | None:
    """Return the app that is being set up."""
    own = select(Authenticator).where(Authenticator.user_id == user_id)
    return db.session.scalar(own.where(Authenticator.confirmed_at.is_(None)))


def printed_codes(user_id: int) -> list[OneTimeCode]:
    """Return the codes of an account's sheet, used ones too, in order."""
    own = select(OneTimeCode).where(OneTimeCode.user_id == user_id)
    return list(db.session.scalars(own.order_by(OneTimeCode.number)))


def page_of_accounts(typed: str, after_id: int | None) -> tuple[Sequence[User], int | None]:
    """Return a page of accounts by name and, if there is more, the id of the one the next page starts after.

    ``typed`` is the beginning of a name, or a whole phone, e-mail or sign-in name.
    """
    identified = read_identifier(typed)
    exact = db.session.scalar(_by(*identified)) if identified else None
    if exact:
        return [exact], None
    key = written(typed)
    if typed and not key:
        return [], None
    statement = select(User).where(begins_with(key, User.name_key)).order_by(User.name_key, User.id)
    if last := db.session.get(User, after_id) if after_id else None:
        statement = statement.where(tuple_(User.name_key, User.id) > tuple_(last.name_key, last.id))
    found = db.session.scalars(statement.limit(PAGE + 1)).all()
    return found[:PAGE], found[PAGE - 1].id if len(found) > PAGE else None


def _by(way: Way, identifier: str) -> Select[User]:
    return select(User).where(getattr(User, way) == identifier)
