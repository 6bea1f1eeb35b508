"""The one-time code to the phone that the school's roster has: it proves whose answer it was."""

from datetime import datetime, timedelta
from hmac import compare_digest

from sqlalchemy import select

from app.accounts import tries
from app.care.consents.answering import Said, answer
from app.care.consents.models import GuardianAsk, GuardianCode, GuardianLink
from app.care.consents.opening import open_for
from app.care.consents.problems import CodeOnItsWay, NoRosterPhone, NothingAnswered, WrongGuardianCode
from app.care.consents.proving import last_yes
from app.care.pairs.operations import prove_pair
from app.core.crypto import keyed_hash, new_nonce
from app.core.db import db, transact
from app.core.jobs import Urgency, enqueue
from app.messages.channels.switchboard import channels_on
from app.messages.models import Channel
from app.people.consents.guardians import is_on_roster
from app.people.consents.models import Guardian, Strength
from app.people.consents.recording import Proof

SEND_CODE = "care.guardian_code"
LASTS = timedelta(minutes=10)
_PAUSE = timedelta(minutes=1)
_DIGITS = 6


def can_prove(ask: GuardianAsk) -> bool:
    """Return whether the guardian of a private page is one whose number the school knows, and text messages go out."""
    return Channel.SMS in channels_on() and ask.guardian is not None and is_on_roster(ask.guardian)


def send_code(page_id: int, ask_id: int, *, at: datetime) -> GuardianCode:
    """Have a code sent to the number on the roster, one a minute. Raises `NoRosterPhone`, `CodeOnItsWay`."""
    guardian = _guardian(page_id, ask_id)
    db.session.get_one(Guardian, guardian.id, with_for_update={"key_share": True, "of": Guardian})
    known = latest_code(guardian.id, at=at)
    if known and at < known.made_at + _PAUSE:
        raise CodeOnItsWay
    code = GuardianCode(
        guardian_id=guardian.id, link_id=page_id, nonce=new_nonce(), code_hash="", made_at=at, ends_at=at + LASTS
    )
    code.code_hash = _hash_of(guardian.id, digits_of(code))
    db.session.add(code)
    db.session.flush()
    enqueue(SEND_CODE, {"code": code.id}, at=at, urgency=Urgency.NOW)
    return code


def prove_by_code(page_id: int, ask_id: int, digits: str, *, at: datetime) -> None:
    """Let the answer of a private page count as proven. Raises `NoRosterPhone`, `WrongGuardianCode`, `NothingAnswered`,
    and what `answer` raises."""
    guardian = _guardian(page_id, ask_id)
    code = latest_code(guardian.id, at=at)
    if code is None or not compare_digest(code.code_hash, _hash_of(guardian.id, digits)):
        raise WrongGuardianCode
    ask = db.session.get_one(GuardianAsk, ask_id)
    said, is_pair = last_yes(ask.person_id, ask.scope, guardian.id), prove_pair(ask, guardian, at=at)
    if said is None and not is_pair:
        raise NothingAnswered
    code.used_at = at
    open_for(ask, at=at)
    if said is None:
        return
    answer(Said(ask.person_id, ask.scope, said), guardian, Proof(Strength.ROSTER_PHONE, at=at), at=at)


def prove_counted(page_id: int, ask_id: int, digits: str, *, at: datetime) -> None:
    """The same with the try counted before, in transactions of their own: six digits can be guessed."""
    with tries.counted(f"guardian:{ask_id}", at=at):
        transact(prove_by_code, page_id, ask_id, digits, at=at)


def latest_code(guardian_id: int, *, at: datetime) -> GuardianCode | None:
    """Return the code that was sent last, while it counts."""
    open_ones = (GuardianCode.guardian_id == guardian_id, GuardianCode.used_at.is_(None), GuardianCode.ends_at > at)
    return db.session.scalar(select(GuardianCode).where(*open_ones).order_by(GuardianCode.id.desc()).limit(1))


def digits_of(code: GuardianCode) -> str:
    """Return the digits; the database has only their hash."""
    number = int(keyed_hash("guardian code", f"{code.guardian_id}:{code.nonce}"), 16)
    return f"{number % 10**_DIGITS:0{_DIGITS}}"


def _hash_of(guardian_id: int, digits: str) -> str:
    return keyed_hash("guardian proof", f"{guardian_id}:{digits.strip()}")


def _guardian(page_id: int, ask_id: int) -> Guardian:
    link = db.session.get_one(GuardianLink, page_id)
    shown = next((one for one in link.asks if one.id == ask_id), None)
    if not link.is_page or shown is None or not can_prove(shown) or shown.guardian is None:
        raise NoRosterPhone
    return shown.guardian
