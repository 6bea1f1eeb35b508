"""The second factor: six digits from an app (RFC 6238), or a printed code that is good once."""

from datetime import datetime, timedelta
from hmac import compare_digest

from pyotp import TOTP, random_base32
from sqlalchemy import delete, select, update

from app.accounts import staying, tries
from app.accounts.models import Authenticator, Browser, OneTimeCode, Session, User
from app.accounts.problems import WrongCode
from app.core.changes import note_change
from app.core.codes import read_signs
from app.core.crypto import derived_code, keyed_hash, new_nonce, seal, unseal
from app.core.db import db, transact

ACCOUNT = "account"
HOW_MANY = 10
PRINTABLE_FOR = timedelta(minutes=15)
SIGNS = 8  # of a printed code: 40 random bits, each good once, ten tries a quarter of an hour
_STEP = 30  # seconds a code of the app is shown for
_AUTHENTICATOR, _PRINTED = "authenticator", "one-time code"  # what the keys are derived for


def begin_authenticator(user_id: int, *, at: datetime) -> None:
    """Make the secret that an app is to learn; it counts once a code of it was typed."""
    db.session.execute(
        delete(Authenticator).where(Authenticator.user_id == user_id, Authenticator.confirmed_at.is_(None))
    )
    db.session.add(Authenticator(user_id=user_id, secret=seal(_AUTHENTICATOR, random_base32()), made_at=at))


def confirm_authenticator(user_id: int, session_id: int, typed: str, new_token: str, *, at: datetime) -> None:
    """Let the app count from now on, in place of one before. Raises `WrongCode`."""
    asked = select(Authenticator).where(Authenticator.user_id == user_id, Authenticator.confirmed_at.is_(None))
    fresh = db.session.scalar(asked.with_for_update())
    step = _step_of(fresh, typed, at) if fresh else None
    if fresh is None or step is None:
        raise WrongCode
    is_old = Authenticator.confirmed_at.is_not(None)
    db.session.execute(delete(Authenticator).where(Authenticator.user_id == user_id, is_old))
    fresh.confirmed_at, fresh.last_step = at, step
    note_change(ACCOUNT, user_id, "authenticator_set", by=user_id, at=at)
    _switch_on(user_id, session_id, new_token, at)


def print_codes(user_id: int, session_id: int, new_token: str, *, at: datetime) -> None:
    """Make ten codes for a sheet of paper; those of the sheet before are worth nothing."""
    nonce = new_nonce()
    db.session.execute(delete(OneTimeCode).where(OneTimeCode.user_id == user_id))
    for number in range(1, HOW_MANY + 1):
        code_hash = keyed_hash(_PRINTED, _code(nonce, number))
        one = OneTimeCode(user_id=user_id, number=number, nonce=nonce, code_hash=code_hash, made_at=at)
        db.session.add(one)
    note_change(ACCOUNT, user_id, "codes_printed", by=user_id, at=at)
    _switch_on(user_id, session_id, new_token, at)


def pass_second_factor(
    user_id: int, session_id: int, typed: str, new_token: str, *, remember: bool, at: datetime
) -> None:
    """Check what somebody typed, in one transaction, after it was counted in another.

    Raises `WrongCode`, and `TriedTooOften` after ten wrong ones.
    """
    with tries.counted(f"second-factor:{user_id}", at=at):
        transact(_prove, user_id, session_id, typed, new_token, remember, at)


def switch_off(user_id: int, *, by: int, at: datetime) -> None:
    """Let the password alone be enough again; no session is proven and no browser remembered any more."""
    forget_second_factor(user_id)
    note_change(ACCOUNT, user_id, "second_factor_off", by=by, at=at)


def forget_second_factor(user_id: int) -> None:
    """Take away everything that a second factor was proven with."""
    for rows in (Authenticator, OneTimeCode):
        db.session.execute(delete(rows).where(rows.user_id == user_id))
    db.session.execute(update(User).where(User.id == user_id).values(second_factor_at=None))
    db.session.execute(update(Session).where(Session.user_id == user_id).values(proven_at=None))
    db.session.execute(update(Browser).where(Browser.user_id == user_id).values(remembered_until=None))


def secret_of(authenticator: Authenticator) -> str:
    """Return the secret that an app learns, in base 32; "" if it was sealed with another key."""
    return unseal(_AUTHENTICATOR, authenticator.secret) or ""


def printed(codes: list[OneTimeCode]) -> list[str]:
    """Return the codes of a sheet as they are printed."""
    return [_code(one.nonce, one.number) for one in codes]


def _prove(user_id: int, session_id: int, typed: str, new_token: str, remember: bool, at: datetime) -> None:
    if not (_use_app(user_id, typed, at) or _use_printed(user_id, typed, at)):
        raise WrongCode
    staying.prove(session_id, new_token, user_id=user_id, at=at)
    if remember:
        staying.remember_browser(session_id, user_id=user_id, at=at)


def _use_app(user_id: int, typed: str, at: datetime) -> bool:
    asked = select(Authenticator).where(Authenticator.user_id == user_id, Authenticator.confirmed_at.is_not(None))
    authenticator = db.session.scalar(asked.with_for_update())
    step = _step_of(authenticator, typed, at) if authenticator else None
    if authenticator is None or step is None:
        return False
    authenticator.last_step = step
    return True


def _step_of(authenticator: Authenticator, typed: str, at: datetime) -> int | None:
    """Return the half minute whose code was typed, one early or late included, if it is later than the last one's."""
    secret, now = secret_of(authenticator), int(at.timestamp()) // _STEP
    digits = "".join(sign for sign in typed if sign.isdecimal())
    if not secret or not digits.isascii():
        return None
    fitting = (step for step in (now - 1, now, now + 1) if compare_digest(TOTP(secret).generate_otp(step), digits))
    return next((step for step in fitting if step > authenticator.last_step), None)


def _use_printed(user_id: int, typed: str, at: datetime) -> bool:
    code = read_signs(typed, SIGNS)
    if code is None:
        return False
    asked = select(OneTimeCode).where(OneTimeCode.user_id == user_id, OneTimeCode.used_at.is_(None))
    fitting = asked.where(OneTimeCode.code_hash == keyed_hash(_PRINTED, code)).with_for_update()
    one = db.session.scalar(fitting)
    if one is None:
        return False
    one.used_at = at
    return True


def _switch_on(user_id: int, session_id: int, new_token: str, at: datetime) -> None:
    """Ask for it from now on: whoever is signed in elsewhere without it has to sign in again."""
    user = db.session.get_one(User, user_id, with_for_update=True)
    user.second_factor_at = user.second_factor_at or at
    staying.prove(session_id, new_token, user_id=user_id, at=at)
    unproven = Session.proven_at.is_(None)
    db.session.execute(delete(Session).where(Session.user_id == user_id, unproven))


def _code(nonce: str, number: int) -> str:
    return derived_code(_PRINTED, f"{nonce}:{number}", SIGNS)
