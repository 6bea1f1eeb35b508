"""A row of everything that belongs to an account, for tests that look at all tables and all pages."""

from app.accounts import proving, slips, staying, tries
from app.accounts.models import User
from app.core.clock import now
from app.organisations.invitations import code_of, invite
from app.organisations.models import MembershipRole, Organisation
from tests.factories import Factory


def account_rows(make: Factory, user_id: int, unit_id: int) -> None:
    """Sign in, mistype, print a slip and codes, begin to set up an app, invite somebody."""
    arrival = staying.Arrival(staying.new_token(), staying.new_token(), "android wechat")
    session = make.do(staying.begin, user_id, arrival, instead_of=None, at=now())
    make.do(tries.count_try, f"password:{user_id}", at=now())
    make.do(slips.make_slip, user_id, by=make.user().id, at=now())
    make.do(proving.begin_authenticator, user_id, at=now())
    make.do(proving.print_codes, user_id, session.id, staying.new_token(), at=now())
    make.do(invite, unit_id, MembershipRole.STAFF, "苏小禾", by=user_id, at=now())


def guarded(make: Factory) -> User:
    """Make somebody with printed codes, who is just setting up an app."""
    user = make.user("周建国")
    arrival = staying.Arrival(staying.new_token(), staying.new_token(), "android wechat")
    session = make.do(staying.begin, user.id, arrival, instead_of=None, at=now())
    make.do(proving.print_codes, user.id, session.id, staying.new_token(), at=now())
    make.do(proving.begin_authenticator, user.id, at=now())
    return user


def invited(make: Factory, unit: Organisation, by: User) -> str:
    """Invite somebody and return the code of the link."""
    invitation = make.do(invite, unit.id, MembershipRole.STAFF, "苏小禾", by=by.id, at=now())
    with make.app.app_context():
        return code_of(invitation)


def slip(make: Factory, by: User) -> tuple[int, str]:
    """Print a slip for somebody and return its id and code."""
    made = make.do(slips.make_slip, make.user("林晓雨").id, by=by.id, at=now())
    with make.app.app_context():
        return made.id, slips.code_of(made)
