"""Whether somebody who has a private page is the guardian: what of it shows more than the own answer needs that.

That an answer is proven does not say who holds the page: whoever was forwarded the first link, a classmate or the
child, may have typed a parent's name, and the parent may have said yes on the phone all the same. So a page opens by a
code to the number of the school's roster, or by six digits that staff reads out to the guardian whom they called, or
who handed the paper in: good for that day and the next.
"""

from datetime import datetime, timedelta
from hmac import compare_digest

from sqlalchemy import select

from app.accounts import tries
from app.care.consents.models import GuardianAsk, GuardianLink
from app.care.consents.problems import NotOpened, WrongDigits
from app.core.changes import note_change
from app.core.clock import local_day
from app.core.crypto import keyed_hash
from app.core.db import db, transact
from app.pairing.accepting.models import GivenAnswer
from app.pairing.states import PairAnswer
from app.people.consents.models import Answer, Consent, Purpose, Strength

_DIGITS = 6
_DAY = timedelta(days=1)


def digits_for(guardian_id: int, *, at: datetime) -> str:
    """Return the digits that staff reads out to a guardian today."""
    number = int(keyed_hash("guardian page", f"{guardian_id}:{local_day(at).isoformat()}"), 16)
    return f"{number % 10**_DIGITS:0{_DIGITS}}"


def is_proven(guardian_id: int) -> bool:
    """Return whether something this guardian agreed to was proven by a code, a call or on paper (DOMAIN rule 2)."""
    said = select(Consent.id).where(
        Consent.guardian_id == guardian_id,
        Consent.purpose == Purpose.TAKING_PART,
        Consent.answer == Answer.YES,
        Consent.strength != Strength.UNVERIFIED,
    )
    accepted = select(GivenAnswer.id).where(
        GivenAnswer.guardian_id == guardian_id,
        GivenAnswer.answer == PairAnswer.ACCEPTED,
        GivenAnswer.strength != Strength.UNVERIFIED,
    )
    return any(db.session.scalar(one.limit(1)) is not None for one in (said, accepted))


def open_page(page_id: int, ask_id: int, digits: str, *, at: datetime) -> None:
    """Open what a page shows of one child by the digits that staff read out. Raises `WrongDigits`."""
    ask = shown_ask(page_id, ask_id)
    guardian_id = ask.guardian_id if ask else None
    valid = [digits_for(guardian_id, at=moment) for moment in (at, at - _DAY)] if guardian_id else []
    if ask is None or guardian_id is None or not is_proven(guardian_id) or not _is_one_of(digits.strip(), valid):
        raise WrongDigits
    open_for(ask, at=at)


def open_counted(page_id: int, ask_id: int, digits: str, *, at: datetime) -> None:
    """The same with the try counted before, in transactions of their own: six digits can be guessed."""
    with tries.counted(f"guardian-page:{ask_id}", at=at):
        transact(open_page, page_id, ask_id, digits, at=at)


def open_for(ask: GuardianAsk, *, at: datetime) -> None:
    """Remember that the guardian of a page is the one who has it; for all that it shows of the same child."""
    for one in ask.link.asks:
        if (one.person_id, one.guardian_id) == (ask.person_id, ask.guardian_id):
            one.opened_at = one.opened_at or at
    if ask.guardian_id:
        note_change("guardian", ask.guardian_id, "page_opened", by=None, at=at)


def shown_ask(page_id: int, ask_id: int) -> GuardianAsk | None:
    """Return what a private page shows under a number, None if it is no such page or shows no such thing."""
    link = db.session.get_one(GuardianLink, page_id)
    shown = (one for one in link.asks if one.id == ask_id and one.guardian_id)
    return next(shown, None) if link.is_page else None


def opened_ask(page_id: int, ask_id: int) -> GuardianAsk:
    """Return the same where it is proven whose page it is. Raises `NotOpened`."""
    ask = shown_ask(page_id, ask_id)
    if ask is None or ask.opened_at is None:
        raise NotOpened
    return ask


def _is_one_of(digits: str, valid: list[str]) -> bool:
    return any(compare_digest(digits.encode(), one.encode()) for one in valid)
