"""Looking for somebody among a round's pairs."""

from urllib.parse import quote

import pytest

from app.core.audit import SEARCHED, AccessEntry
from app.core.clock import now
from app.core.db import db
from app.pairing import members, queries, showing
from app.pairing.models import Pair, PairingRound
from tests.factories import Factory
from tests.pairing_rows import THEIRS, a_round, entries, paired, pairs_by_name
from tests.searches import search, searched, turned
from tests.signing_in import Personas


@pytest.fixture
def made(personas: Personas, make: Factory) -> PairingRound:
    """A round of the staff's own host, four and four, paired."""
    by = make.member(personas.host).id
    one = a_round(make, personas.host, by)
    paired(make, one, by)
    return one


def address(made: PairingRound) -> str:
    """Return the address of a round's page."""
    return f"/desk/pairing/{made.id}"


def names_on(text: str) -> set[str]:
    """Return who is in the pairs that a page shows."""
    return {part.partition("<")[0] for part in text.split('<span class="pairing__name">')[1:]}


@pytest.mark.parametrize("typed", ["王芳", "wangf", "wf"])
def test_a_pair_is_found_by_either_of_its_members(personas: Personas, made: PairingRound, typed: str) -> None:
    assert 'action="/search"' in personas.staff.get(address(made)).text
    found = names_on(searched(personas.staff, address(made), typed).text)
    with personas.app.app_context():
        assert found in pairs_by_name(made)
    assert "王芳" in found
    (partner,) = found & set(THEIRS)
    assert names_on(searched(personas.staff, address(made), partner).text) == found


def test_whom_nobody_is_called_leads_back_to_all_pairs(personas: Personas, made: PairingRound) -> None:
    answer = searched(personas.staff, address(made), "张三")
    assert answer.status_code == 200
    assert "没有找到" in answer.text
    assert f'href="{address(made)}">全部结对' in answer.text
    assert 'value="张三"' in answer.text


def test_whoever_has_no_partner_is_found_with_why(personas: Personas, made: PairingRound, make: Factory) -> None:
    by = make.member(personas.host).id
    make.do(members.enter, made.id, 0, entries(("张三丰", "赵四海"), 2), by=by, at=now())
    text = searched(personas.staff, address(made), "zsf").text
    assert "张三丰" in text
    assert "赵四海" not in text
    assert "没有找到" not in text
    assert names_on(text) == set()


def test_what_is_found_is_turned_and_names_nobody_in_an_address(
    personas: Personas, made: PairingRound, make: Factory, monkeypatch: pytest.MonkeyPatch
) -> None:
    by = make.member(personas.host).id
    make.do(members.enter, made.id, 0, entries(("王晓明",), 1), by=by, at=now())
    make.do(members.enter, made.id, 1, entries(("吴霞",), 1), by=by, at=now())
    paired(make, made, by)
    for module in (queries, showing):
        monkeypatch.setattr(module, "PAIRS_SHOWN", 1)
    there = search(personas.staff, address(made), "王")
    first = personas.staff.get(there).text
    following = turned(first, "next")
    second = personas.staff.get(following).text
    assert {"王芳", "王晓明"} <= names_on(first) | names_on(second)
    assert (len(names_on(first)), len(names_on(second))) == (2, 2)
    assert 'rel="next"' not in second
    assert not [one for one in (there, following) if "王" in one or quote("王") in one]


def test_from_changing_places_one_goes_back_to_the_page_the_pair_is_on(
    personas: Personas, made: PairingRound, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(queries, "PAIRS_SHOWN", 1)
    with personas.app.app_context():
        second = db.session.query(Pair).filter_by(round_id=made.id, number=2).one().members[0].id
    text = personas.staff.get(f"/desk/pairing/members/{second}/exchange").text
    assert f'href="{address(made)}?after=1#pair-2"' in text


def test_a_search_is_written_down_without_the_word(personas: Personas, made: PairingRound) -> None:
    searched(personas.staff, address(made), "王芳")
    with personas.app.app_context():
        (entry,) = db.session.query(AccessEntry).filter_by(action=SEARCHED).all()
        assert (entry.record, entry.record_id, entry.people) == ("pairing_pairs", made.id, 2)


def test_of_another_host_nothing_is_found(personas: Personas, made: PairingRound) -> None:
    assert searched(personas.outsider, address(made), "王").status_code == 404
