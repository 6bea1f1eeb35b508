"""Looking for somebody among the people of a round, before it is published and after."""

from urllib.parse import quote

import pytest

from app.core.audit import SEARCHED, AccessEntry
from app.core.clock import now
from app.core.db import db
from app.pairing import members, people_desk, queries
from app.pairing.models import PairingRound
from tests.accepting_rows import published
from tests.counting import statements
from tests.factories import Factory
from tests.page_forms import forms_of
from tests.pairing_rows import OURS, THEIRS, a_round, entries, paired
from tests.searches import search, searched, turned
from tests.signing_in import Personas


@pytest.fixture
def made(personas: Personas, make: Factory) -> PairingRound:
    """A round of the staff's own host, four and four."""
    return a_round(make, personas.host, make.member(personas.host).id)


def address(made: PairingRound) -> str:
    """Return the address of the people of a round."""
    return f"/desk/pairing/{made.id}/people"


def names_on(text: str) -> set[str]:
    """Return who is on the list that a page shows."""
    return {part.partition("<")[0] for part in text.split('<th scope="row">')[1:]}


@pytest.mark.parametrize("typed", ["王芳", "wangf", "wf", " 王芳 "])
def test_somebody_is_found_by_name_pinyin_and_initials(personas: Personas, made: PairingRound, typed: str) -> None:
    assert names_on(personas.staff.get(address(made)).text) == {*OURS, *THEIRS}
    found = searched(personas.staff, address(made), typed).text
    assert names_on(found) == {"王芳"}
    assert f'href="{address(made)}"' in found


def test_whoever_is_found_can_be_taken_out_while_the_round_is_a_draft(personas: Personas, made: PairingRound) -> None:
    there = search(personas.staff, address(made), "王芳")
    (removal,) = (form for form in forms_of(personas.staff.get(there).text, there) if "removal" in form.action)
    assert personas.staff.post(removal.action).status_code == 303
    assert names_on(personas.staff.get(there).text) == set()


def test_where_people_are_looked_for_nothing_is_entered(personas: Personas, made: PairingRound) -> None:
    there = search(personas.staff, address(made), "王")
    assert "textarea" not in personas.staff.get(there).text
    refused = personas.staff.post(there, data={"side": "0", "people": "小明，去年"})
    assert refused.status_code == 422
    assert "小明，去年" in refused.text


def test_whom_nobody_is_called_leads_back_to_everybody(personas: Personas, made: PairingRound) -> None:
    answer = searched(personas.staff, address(made), "张三")
    assert answer.status_code == 200
    assert "没有找到" in answer.text
    assert "这里只查本批次的人" in answer.text
    assert f'href="{address(made)}">所有人' in answer.text
    assert 'value="张三"' in answer.text


def test_in_a_published_round_people_are_found_and_nothing_is_to_be_paired_any_more(
    personas: Personas, make: Factory
) -> None:
    done = published(make, personas.host, [make.person(age=19, name=name) for name in ("王芳", "韩梅")])
    assert "下一步" not in personas.staff.get(address(done)).text
    found = searched(personas.staff, address(done), "hm").text
    assert names_on(found) == {"韩梅"}
    assert "removal" not in found


def test_a_round_without_people_has_nobody_to_look_for(personas: Personas, make: Factory) -> None:
    empty = a_round(make, personas.host, make.member(personas.host).id, each=0)
    assert 'role="search"' not in personas.staff.get(address(empty)).text


def test_what_is_found_is_turned_and_names_nobody_in_an_address(
    personas: Personas, made: PairingRound, make: Factory, monkeypatch: pytest.MonkeyPatch
) -> None:
    make.do(members.enter, made.id, 1, entries(("王晓明", "吴霞"), 2), by=make.member(personas.host).id, at=now())
    for module in (queries, people_desk):
        monkeypatch.setattr(module, "PAIRS_SHOWN", 1, raising=False)
    there = search(personas.staff, address(made), "王")
    first = personas.staff.get(there).text
    following = turned(first, "next")
    second = personas.staff.get(following).text
    assert (names_on(first), names_on(second)) == ({"王芳"}, {"王晓明"})
    assert 'rel="next"' not in second
    back = turned(second, "prev")
    assert names_on(personas.staff.get(back).text) == {"王芳"}
    assert not [one for one in (there, following, back) if "王" in one or quote("王") in one]


@pytest.mark.parametrize("after", ["9" * 30, "-1", "x"])
def test_a_page_that_cannot_be_is_the_first_one(personas: Personas, made: PairingRound, after: str) -> None:
    assert "王芳" in personas.staff.get(f"{address(made)}?after={after}").text


def test_a_search_is_written_down_without_the_word(personas: Personas, made: PairingRound) -> None:
    personas.staff.get(address(made))
    searched(personas.staff, address(made), "王")
    with personas.app.app_context():
        (entry,) = db.session.query(AccessEntry).filter_by(action=SEARCHED).all()
        assert (entry.record, entry.record_id, entry.people) == ("pairing_people", made.id, 1)
        assert entry.filters == "name"


def test_a_search_asks_the_database_as_often_for_many_as_for_one(
    personas: Personas, made: PairingRound, make: Factory
) -> None:
    by = make.member(personas.host).id
    paired(make, made, by)
    there = search(personas.staff, address(made), "wang")
    counts = []
    for _twice in range(2):
        personas.staff.get(there)
        with statements(personas.app) as asked:
            personas.staff.get(there)
        counts.append(len(asked))
        make.do(members.enter, made.id, 0, entries(("王一一", "王二二", "王三三"), 3), by=by, at=now())
    assert counts[0] == counts[1]


def test_of_another_host_nothing_is_found(personas: Personas, made: PairingRound) -> None:
    assert searched(personas.outsider, address(made), "王").status_code == 404
