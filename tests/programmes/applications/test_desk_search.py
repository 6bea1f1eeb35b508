"""Looking for somebody in the organiser's list of applications."""

from urllib.parse import parse_qs, quote, urlsplit

import pytest

from app.core.audit import SEARCHED, AccessEntry
from app.core.clock import now
from app.core.db import db
from app.programmes import sides
from app.programmes.applications import applying, queries
from app.programmes.models import Programme
from tests.exchanges import a_programme, entered, side_words
from tests.page_forms import forms_of
from tests.searches import search, searched, turned
from tests.signing_in import Personas


@pytest.fixture
def made(personas: Personas) -> Programme:
    """A programme of the staff's own host, for which four have applied."""
    programme = a_programme(personas.make, personas.host, places=4)
    for name in ("王芳", "王小雨", "李雷", "阿依古丽·买买提"):
        entered(personas.make, programme, name=name)
    return programme


def address(made: Programme) -> str:
    """Return the address of a programme's list."""
    return f"/desk/programmes/{made.id}/applications"


@pytest.mark.parametrize("typed", ["王芳", "wangf", "wf", " 王芳 "])
def test_somebody_is_found_by_name_pinyin_and_initials(personas: Personas, made: Programme, typed: str) -> None:
    text = searched(personas.staff, address(made), typed).text
    assert "王芳" in text
    assert "王小雨" not in text
    assert "等主办方确认 1<" in text  # of those who are found


def test_what_is_found_is_narrowed_by_side_and_state(personas: Personas, made: Programme) -> None:
    make, by = personas.make, personas.make.user().id
    other = make.do(sides.add_side, made.id, side_words(None, "湾里区"), by=by, at=now())
    make.do(applying.enter, other.id, make.person(name="王五一").id, by=by, at=now())
    there = search(personas.staff, address(made), "王", side=str(other.id))
    text = personas.staff.get(there).text
    assert "王五一" in text
    assert "王芳" not in text
    (form,) = (form for form in forms_of(text, there) if form.action == "/search")
    assert form.values["side"] == [str(other.id)]
    none = searched(personas.staff, address(made), "王", state="refused")
    assert "看看全部申请" in none.text
    assert "这次没安排上 0" in none.text  # the filter that is on


def test_whom_nobody_is_called_leads_back_to_the_whole_list(personas: Personas, made: Programme) -> None:
    answer = searched(personas.staff, address(made), "张三")
    assert answer.status_code == 200
    assert "没有找到" in answer.text
    assert "没有申请的人不在这份名单里" in answer.text
    assert f'href="{address(made)}">全部名单' in answer.text
    assert 'value="张三"' in answer.text


def test_a_search_is_turned_decided_in_and_names_nobody_in_an_address(
    personas: Personas, made: Programme, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(queries, "PAGE", 1)
    there = search(personas.staff, address(made), "王")
    first = personas.staff.get(there).text
    following = turned(first, "next")
    second = personas.staff.get(following).text
    assert ("王芳" in first, "王小雨" in first) == (True, False)
    assert ("王芳" in second, "王小雨" in second) == (False, True)
    (form,) = (form for form in forms_of(second, following) if "verdict" in form.values)
    decided = personas.staff.post(following, data={"ids": form.values["ids"], "verdict": "accept", "reason": ""})
    assert {"q", "after"} <= set(parse_qs(urlsplit(decided.location).query))
    assert "王小雨" in personas.staff.get(decided.location).text
    assert not [one for one in (there, following, decided.location) if "王" in one or quote("王") in one]


def test_a_search_is_written_down_without_the_word(personas: Personas, made: Programme) -> None:
    searched(personas.staff, address(made), "王", state="applied")
    with personas.app.app_context():
        (entry,) = db.session.query(AccessEntry).filter_by(action=SEARCHED).all()
        assert (entry.record, entry.record_id, entry.people) == ("programme_applications", made.id, 2)
        assert entry.filters == "name state"


def test_of_another_host_nothing_is_found(personas: Personas, made: Programme) -> None:
    assert searched(personas.outsider, address(made), "王").status_code == 404
