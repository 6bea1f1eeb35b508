"""Looking for somebody's pair among what families say."""

from html import unescape
from urllib.parse import quote

import pytest

from app.core.audit import SEARCHED, AccessEntry
from app.core.clock import now
from app.core.db import db
from app.pairing.accepting import work
from app.pairing.accepting.answering import Signer, object_to
from app.pairing.models import PairingRound
from app.pairing.states import Way
from app.people.models import Person
from tests.accepting_rows import member_of, pair_of, published, say_yes
from tests.counting import statements
from tests.exchanges import a_programme
from tests.factories import Factory
from tests.page_forms import forms_of
from tests.pairing_rows import a_round
from tests.searches import search, searched, turned
from tests.signing_in import Personas


@pytest.fixture
def people(personas: Personas, make: Factory) -> list[Person]:
    """Six of age without accounts."""
    return [make.person(age=19, name=name) for name in ("王芳", "韩梅", "李雷", "王晓明", "赵敏", "孙强")]


@pytest.fixture
def made(personas: Personas, make: Factory, people: list[Person]) -> PairingRound:
    """Their round of the staff's own host, published; the first of the three pairs has come about."""
    one = published(make, personas.host, people[:2], people[2:4], people[4:])
    for person in people[:2]:
        say_yes(make, one, person, by=make.user().id)
    return one


def address(made: PairingRound) -> str:
    """Return where it is read what families say."""
    return f"/desk/pairing/{made.id}/acceptance"


def names_on(text: str) -> set[str]:
    """Return who is in the pairs that a page shows."""
    return {part.partition("<")[0] for part in text.split('<span class="pairing__name">')[1:]}


@pytest.mark.parametrize("typed", ["王芳", "wangf", "hm", " 韩梅 "])
def test_a_pair_is_found_by_either_of_its_members(personas: Personas, made: PairingRound, typed: str) -> None:
    text = searched(personas.staff, address(made), typed).text
    assert names_on(text) == {"王芳", "韩梅"}
    assert "已结成 1<" in text  # of those that are found
    assert "等接受 0<" in text


def test_what_is_found_is_narrowed_by_state_and_stays_so_when_another_name_is_typed(
    personas: Personas, made: PairingRound
) -> None:
    there = search(personas.staff, address(made), "王", state="proposed")
    text = personas.staff.get(there).text
    assert names_on(text) == {"李雷", "王晓明"}
    (form,) = (form for form in forms_of(text, there) if form.action == "/search")
    assert form.values["state"] == ["proposed"]
    assert names_on(personas.staff.get(search(personas.staff, address(made), "王")).text) > names_on(text)


def test_whoever_has_objected_and_left_is_found_with_the_pair(personas: Personas, make: Factory) -> None:
    programme = a_programme(make, personas.host)
    two = [make.person(age=19, name=name) for name in ("林小满", "赵敏")]
    made = published(make, personas.host, two, way=Way.CLASS, programme_id=programme.id)
    ids = make.do(lambda: (pair_of(made, two[0]).id, member_of(made, two[0]).id))
    make.do(object_to, *ids, Signer(by=make.user().id), "怕生", at=now())
    text = searched(personas.staff, address(made), "lxm").text
    assert "怕生" in text
    assert names_on(text) == {"赵敏"}


def test_a_search_shows_pairs_alone_and_nothing_that_is_for_all_of_them(personas: Personas, made: PairingRound) -> None:
    assert "/reminders" in personas.staff.get(address(made)).text
    assert "/reminders" not in searched(personas.staff, address(made), "李雷").text


def test_whom_nobody_is_called_leads_back_to_all(personas: Personas, made: PairingRound) -> None:
    answer = searched(personas.staff, address(made), "张三")
    assert answer.status_code == 200
    assert "没有找到" in answer.text
    assert f'href="{address(made)}">全部' in answer.text
    assert 'value="张三"' in answer.text


def test_who_is_in_a_pair_of_another_state_is_looked_for_among_all(personas: Personas, made: PairingRound) -> None:
    text = searched(personas.staff, address(made), "王芳", state="asked").text
    assert "没有找到" in text
    whole = unescape(text.partition('<div class="empty">')[2].partition('href="')[2].partition('"')[0])
    assert names_on(personas.staff.get(whole).text) == {"王芳", "韩梅"}


def test_what_is_found_is_turned_and_names_nobody_in_an_address(
    personas: Personas, made: PairingRound, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(work, "PAGE", 1)
    there = search(personas.staff, address(made), "王")
    first = personas.staff.get(there).text
    following = turned(first, "next")
    second = personas.staff.get(following).text
    assert (names_on(first), names_on(second)) == ({"王芳", "韩梅"}, {"李雷", "王晓明"})
    assert 'rel="next"' not in second
    back = turned(second, "prev")
    assert names_on(personas.staff.get(back).text) == {"王芳", "韩梅"}
    assert not [one for one in (there, following, back) if "王" in one or quote("王") in one]


@pytest.mark.parametrize("after", ["9" * 30, "-1", "x"])
def test_a_page_that_cannot_be_is_the_first_one(personas: Personas, made: PairingRound, after: str) -> None:
    assert "王芳" in personas.staff.get(f"{address(made)}?after={after}").text


def test_a_search_is_written_down_without_the_word(personas: Personas, made: PairingRound) -> None:
    personas.staff.get(address(made))
    searched(personas.staff, address(made), "王", state="formed")
    with personas.app.app_context():
        (entry,) = db.session.query(AccessEntry).filter_by(action=SEARCHED).all()
        assert (entry.record, entry.record_id, entry.people) == ("pairing_pairs", made.id, 2)
        assert entry.filters == "name state"


def test_a_search_asks_the_database_as_often_for_many_as_for_one(personas: Personas, made: PairingRound) -> None:
    counts = []
    for typed in ("王芳", "王"):
        there = search(personas.staff, address(made), typed)
        personas.staff.get(there)
        with statements(personas.app) as asked:
            personas.staff.get(there)
        counts.append(len(asked))
    assert counts[0] == counts[1]


def test_before_the_round_is_published_there_is_nothing_to_look_for(personas: Personas, make: Factory) -> None:
    draft = a_round(make, personas.host, make.member(personas.host).id)
    assert 'role="search"' not in personas.staff.get(address(draft)).text


def test_of_another_host_nothing_is_found(personas: Personas, made: PairingRound) -> None:
    assert searched(personas.outsider, address(made), "王").status_code == 404
