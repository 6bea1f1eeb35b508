"""The organiser's pages of a published pair."""

from datetime import timedelta

import pytest
from sqlalchemy import select

from app.core.clock import local_day, now
from app.core.db import db
from app.pairing.ending import late, operations
from app.pairing.ending.models import PairEnding
from app.pairing.ending.operations import Why
from app.pairing.members import Entry
from app.pairing.models import Pair, PairingMember
from tests.after_rows import formed, members_of
from tests.factories import Factory
from tests.signing_in import Personas, signed_in


@pytest.fixture
def pair(personas: Personas, make: Factory) -> Pair:
    """A pair of the staff's host that has come about."""
    return formed(make, personas.host)


def form(**changes: str) -> dict[str, str]:
    """Return an end as somebody types it."""
    return {"how": "in_time", "ended_on": f"{local_day(now()):%Y%m%d}", "reason": "学期结束"} | changes


def test_a_pair_ends_and_goes_on_after_all(personas: Personas, pair: Pair) -> None:
    staff, there = personas.staff, f"/desk/pairing/pairs/{pair.id}"
    assert staff.post(f"{there}/ending", data=form()).status_code == 303
    assert "按期结束" in staff.get(there).text
    assert "学期结束" in staff.get(f"/desk/pairing/{pair.round_id}/history").text
    assert staff.post(f"{there}/ending", data=form()).status_code == 422
    with personas.app.app_context():
        ending = db.session.scalars(select(PairEnding.id)).one()
    for _twice in range(2):
        assert staff.post(f"/desk/pairing/endings/{ending}/undoing").status_code == 303
    assert "已结成" in staff.get(there).text


@pytest.mark.parametrize(
    "wrong", [{"how": "early", "reason": ""}, {"ended_on": "20200101"}, {"how": ""}, {"ended_on": "gestern"}]
)
def test_what_cannot_be_is_refused(personas: Personas, pair: Pair, wrong: dict[str, str]) -> None:
    answer = personas.staff.post(f"/desk/pairing/pairs/{pair.id}/ending", data=form(**wrong))
    assert answer.status_code == 422
    assert personas.staff.get(f"/desk/pairing/pairs/{pair.id}").text.count("提前解除") == 0


def test_somebody_is_let_in_and_put_in(personas: Personas, pair: Pair, make: Factory) -> None:
    staff, late = personas.staff, f"/desk/pairing/{pair.round_id}/latecomers"
    assert staff.post(late, data={"side": "0", "people": "孙强，去年"}).status_code == 422
    assert staff.post(late, data={"side": "0", "people": "孙强，20120301"}).status_code == 303
    leaving, _staying = members_of(make, pair.id)
    there = f"/desk/pairing/members/{leaving}/substitution"
    assert "孙强" in staff.get(there).text
    assert staff.post(there, data=form(substitute_id="999999")).status_code == 422
    assert staff.post(there, data=form(substitute_id="0", reason="")).status_code == 422
    assert staff.post(there, data=form(substitute_id="0")).status_code == 303
    assert "没有搭档" in staff.get(there).text


def test_into_a_group_somebody_comes_and_it_stays_the_same(personas: Personas, pair: Pair, make: Factory) -> None:
    staff, late = personas.staff, f"/desk/pairing/{pair.round_id}/latecomers"
    assert staff.post(late, data={"side": "1", "people": "孙强，20050301"}).status_code == 303
    make.do(lambda: setattr(_free_one(), "pair_id", pair.id))
    assert staff.post(late, data={"side": "1", "people": "何晨，20050401"}).status_code == 303
    with personas.app.app_context():
        coming = _free_one().id
    there = f"/desk/pairing/members/{members_of_three(make, pair.id)[1]}/substitution"
    page = staff.get(there).text
    assert "这是一个小组" in page
    assert "何晨" in page
    changed = staff.post(there, data=form(substitute_id=str(coming)))
    assert changed.location.endswith(f"/desk/pairing/pairs/{pair.id}")
    assert "何晨" in staff.get(changed.location).text
    reader = signed_in(personas.app, personas.make.member(personas.host), "en")
    for told in (changed.location, f"/desk/pairing/{pair.round_id}/history"):
        assert "何晨 came for 吴越 on" in reader.get(told).text


def test_who_came_for_one_of_two_and_who_came_for_nobody_is_told(personas: Personas, pair: Pair, make: Factory) -> None:
    leaving, staying = members_of(make, pair.id)
    entries = [Entry("何晨", local_day(now()) - timedelta(days=19 * 366))]
    make.do(late.let_in, pair.round_id, 0, entries, by=make.user().id, at=now())
    coming = make.do(lambda: _free_one().id)
    why = Why(local_day(now()), "搬家了")
    new = make.do(operations.substitute, leaving, coming, why, by=make.user().id, at=now()).new_pair_id
    make.do(operations.leave_pair, staying, why, by=make.user().id, at=now())
    reader = signed_in(personas.app, personas.make.member(personas.host), "en")
    first, second = (reader.get(f"/desk/pairing/pairs/{number}").text for number in (pair.id, new))
    assert "何晨 came for 周舟 on" in first
    assert f"/desk/pairing/pairs/{new}" in first
    assert "吴越 left on" in second
    assert "came for" not in second


def _free_one() -> PairingMember:
    return db.session.scalars(select(PairingMember).where(PairingMember.pair_id.is_(None))).one()


def members_of_three(make: Factory, pair_id: int) -> list[int]:
    """Return the members of a group, the first side's first."""
    return make.do(lambda: [one.id for one in db.session.get_one(Pair, pair_id).members])


def test_something_is_noted_of_one_pair_alone(personas: Personas, pair: Pair) -> None:
    there = f"/desk/pairing/pairs/{pair.id}"
    visit = {"side": "1", "what": "visit", "count": "2", "happened_on": form()["ended_on"], "words": "周末互访"}
    assert personas.staff.post(there, data=visit).status_code == 303
    assert "周末互访" in personas.staff.get(there).text
    assert personas.staff.post(there, data=visit | {"count": "0"}).status_code == 422


def test_all_pairs_end_at_once(personas: Personas, pair: Pair) -> None:
    there = f"/desk/pairing/{pair.round_id}/history"
    assert personas.staff.post(there, data=form(ended_on="")).status_code == 422
    assert personas.staff.post(there, data=form()).status_code == 303
    assert "按期结束" in personas.staff.get(there).text


def test_of_another_host_there_is_nothing(personas: Personas, pair: Pair, make: Factory) -> None:
    leaving, _staying = members_of(make, pair.id)
    pages = (f"pairs/{pair.id}", f"pairs/{pair.id}/ending", f"{pair.round_id}/history", f"{pair.round_id}/latecomers")
    for page in (*pages, f"members/{leaving}/substitution"):
        assert personas.outsider.get(f"/desk/pairing/{page}").status_code == 404
        assert personas.young().get(f"/desk/pairing/{page}").status_code == 403
