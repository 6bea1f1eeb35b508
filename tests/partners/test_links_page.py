"""The organiser's page of a partner's links, once whoever made one has left."""

from sqlalchemy import select

from app.core.clock import now
from app.core.db import db
from app.organisations.models import Membership
from app.organisations.operations import end_membership
from tests.exchanges import a_programme
from tests.partner_rows import a_link, a_side
from tests.signing_in import Personas

LEFT = "做这个链接的人已离开"


def test_a_link_of_somebody_who_left_says_so(personas: Personas) -> None:
    make = personas.make
    side = a_side(make, a_programme(make, personas.host))
    maker = make.member(personas.host)
    a_link(make, side, maker.id)
    page = f"/desk/sides/{side.id}/links"
    assert LEFT not in personas.staff.get(page).text
    with personas.app.app_context():
        number = db.session.scalars(select(Membership.id).where(Membership.user_id == maker.id)).one()
    make.do(end_membership, number, at=now())
    assert LEFT in personas.staff.get(page).text
