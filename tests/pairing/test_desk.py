"""The organiser's pages of pairing rounds."""

import re
from dataclasses import replace
from datetime import date

import pytest

from app.core.clock import now
from app.core.db import db
from app.pairing import members
from app.pairing.models import Pair, PairingMember, PairingRound
from app.pairing.settings import Settings
from tests.factories import Factory
from tests.pairing_rows import a_round, entries, member_named, paired, pairs_by_name
from tests.signing_in import Personas

NEW = {
    "title": "秋季书信",
    "programme_id": "0",
    "shape": "one_to_one",
    "first_side": "清溪一中",
    "second_side": "云岭中学",
}
CHOSEN = {
    "preset": "interests",
    "years_apart": "",
    "fairness": "sum",
    "seed": "1",
    "group_size": "4",
    **dict.fromkeys(("interests", "grade", "age", "languages", "wishes", "continuity", "chance"), "1"),
}
LIST = "姓名\t出生日期\t性别\t班级\t兴趣\n王芳\t20120518\t女\t七年级（2）班\t画画、篮球\n李雷\t20120102\t男\n"


@pytest.fixture
def made(personas: Personas, make: Factory) -> PairingRound:
    """A round of the staff's own host, four and four, not paired yet."""
    return a_round(make, personas.host, make.member(personas.host).id)


def address(made: PairingRound, end: str = "") -> str:
    """Return the address of a round's page."""
    return f"/desk/pairing/{made.id}{end}"


def pairs(personas: Personas, made: PairingRound) -> set[frozenset[str]]:
    """Return who is paired with whom."""
    with personas.app.app_context():
        return pairs_by_name(made)


def test_a_round_is_set_up_filled_from_lists_and_paired_with_reasons(personas: Personas) -> None:
    data = NEW | {"host_id": str(personas.host.id)}
    there = personas.staff.post("/desk/pairing/new", data=data).location
    assert personas.staff.post(there, data={"side": "0", "people": LIST}).status_code == 303
    theirs = "韩梅，20120601，女，七年级1班，画画\n赵敏，20121111，女，七年级1班，篮球"
    assert personas.staff.post(there, data={"side": "1", "people": theirs}).status_code == 303
    page = there.removesuffix("/people")
    assert personas.staff.post(page, data=CHOSEN).status_code == 303
    text = personas.staff.get(page).text
    assert "都喜欢" in text
    assert "自动结对" in text
    assert "秋季书信" in personas.staff.get("/desk/pairing").text


def test_a_line_that_cannot_be_read_is_named_and_nothing_typed_is_lost(personas: Personas, made: PairingRound) -> None:
    answer = personas.staff.post(address(made, "/people"), data={"side": "0", "people": LIST + "小明，去年\n"})
    assert answer.status_code == 422
    assert "第4行" in answer.text
    assert "小明，去年" in answer.text


def test_what_a_rule_would_do_is_shown_and_nothing_changed(personas: Personas, made: PairingRound) -> None:
    answer = personas.staff.post(address(made), data=CHOSEN | {"years_apart": "0", "same_gender": "y", "preview": "1"})
    assert answer.status_code == 200
    assert "会是这样" in answer.text
    assert pairs(personas, made) == set()


@pytest.mark.parametrize("wrong", [{"preset": "magic"}, {"seed": ""}, {"years_apart": "many"}, {"grade": "11"}])
def test_what_cannot_be_chosen_is_refused(personas: Personas, made: PairingRound, wrong: dict[str, str]) -> None:
    assert personas.staff.post(address(made), data=CHOSEN | wrong).status_code == 422
    assert pairs(personas, made) == set()


def test_whom_a_rule_leaves_reads_why_and_what_would_help(
    personas: Personas, made: PairingRound, make: Factory
) -> None:
    by = make.member(personas.host).id
    older = replace(entries(("贾老大",), 1)[0], born_on=date(2006, 1, 1))
    make.do(members.enter, made.id, 0, [older], by=by, at=now())
    make.do(members.enter, made.id, 1, entries(("易小妹",), 1), by=by, at=now())
    paired(make, made, by, Settings(years_apart=1))
    text = personas.staff.get(address(made)).text
    assert "年龄差放宽到6岁" in text


def test_somebody_is_swapped_without_scripts(personas: Personas, made: PairingRound, make: Factory) -> None:
    paired(make, made, make.member(personas.host).id)
    before = pairs(personas, made)
    with personas.app.app_context():
        one, other = member_named(made, "王芳").id, member_named(made, "李雷").id
    there = f"/desk/pairing/members/{one}/exchange"
    assert "李雷" in personas.staff.get(there).text
    answer = personas.staff.post(there, data={"other": str(other)})
    assert re.search(r"#pair-\d$", answer.location)
    assert len(pairs(personas, made) - before) == 2
    assert personas.staff.post(there, data={"other": str(other)}).status_code == 422  # locked by now
    assert personas.staff.post(there, data={}).status_code == 422


def test_a_pair_is_locked_parted_and_let_be_again(personas: Personas, made: PairingRound, make: Factory) -> None:
    paired(make, made, make.member(personas.host).id)
    with personas.app.app_context():
        first = db.session.query(Pair.id).order_by(Pair.number).first()[0]
    for _twice in range(2):
        assert personas.staff.post(f"/desk/pairing/pairs/{first}/lock").status_code == 303
    personas.staff.post(f"/desk/pairing/pairs/{first}/parting")
    assert "请先解锁" in personas.staff.get(address(made)).text
    personas.staff.post(f"/desk/pairing/pairs/{first}/unlocking")
    personas.staff.post(f"/desk/pairing/pairs/{first}/parting")
    text = personas.staff.get(address(made)).text
    assert len(pairs(personas, made)) == 3
    bond = re.search(r"/desk/pairing/bonds/(\d+)/removal", text)
    assert bond is not None
    assert personas.staff.post(bond[0]).status_code == 303
    assert "/bonds/" not in personas.staff.get(address(made)).text


def test_one_pairs_another_checks_then_it_is_published(personas: Personas, made: PairingRound) -> None:
    personas.staff.post(address(made), data=CHOSEN)
    personas.staff.post(address(made, "/check"))
    assert "请另一位同事来核对" in personas.staff.get(address(made)).text
    personas.manager.post(address(made, "/check"))
    assert "已核对" in personas.staff.get(address(made)).text
    personas.staff.post(address(made, "/publication"))
    text = personas.staff.get(address(made)).text
    assert "自动结对" not in text
    assert personas.staff.post(address(made), data=CHOSEN).status_code == 422
    assert personas.staff.post(address(made, "/people"), data={"side": "0", "people": LIST}).status_code == 422


def test_a_large_round_is_a_matter_for_the_worker(
    personas: Personas, made: PairingRound, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("app.pairing.desk.is_for_the_worker", lambda _draft: True)
    answer = personas.staff.post(address(made), data=CHOSEN)
    assert answer.location.startswith("/jobs/")
    assert "正在后台结对" in personas.staff.get(address(made)).text
    assert pairs(personas, made) == set()


def test_of_another_host_there_is_nothing(personas: Personas, made: PairingRound, make: Factory) -> None:
    paired(make, made, make.member(personas.host).id)
    with personas.app.app_context():
        member, pair = db.session.query(PairingMember.id).first()[0], db.session.query(Pair.id).first()[0]
    outsider = personas.outsider
    addresses = [address(made), address(made, "/people"), f"/desk/pairing/members/{member}/exchange"]
    assert {outsider.get(one).status_code for one in addresses} == {404}
    acts = [address(made, "/check"), f"/desk/pairing/pairs/{pair}/lock", f"/desk/pairing/members/{member}/removal"]
    assert {outsider.post(one).status_code for one in acts} == {404}
    assert "秋季书信" not in outsider.get("/desk/pairing").text
    assert {personas.young().get(one).status_code for one in addresses} == {403}


def test_somebody_is_taken_out(personas: Personas, made: PairingRound) -> None:
    with personas.app.app_context():
        one = member_named(made, "李雷").id
    assert "李雷" in personas.staff.get(address(made, "/people")).text
    assert personas.staff.post(f"/desk/pairing/members/{one}/removal").status_code == 303
    assert personas.staff.post(f"/desk/pairing/members/{one}/removal").status_code == 404
    assert "李雷" not in personas.staff.get(address(made, "/people")).text


def test_two_are_always_together_or_never_by_name(personas: Personas, made: PairingRound) -> None:
    there = address(made, "/people/bonds")
    assert personas.staff.post(there, data={"first": "王芳", "second": "周舟", "kind": "always"}).status_code == 303
    personas.staff.post(address(made), data=CHOSEN)
    assert frozenset({"王芳", "周舟"}) in pairs(personas, made)
    assert "必须在一起" in personas.staff.get(address(made)).text
    personas.staff.post(there, data={"first": "王芳", "second": "周舟", "kind": "never"})
    personas.staff.post(address(made), data=CHOSEN)
    assert frozenset({"王芳", "周舟"}) not in pairs(personas, made)


@pytest.mark.parametrize("names", [("王芳", "王芳"), ("王芳", "没有这个人"), ("", "王芳")])
def test_of_two_who_are_not_clear_nothing_is_noted(
    personas: Personas, made: PairingRound, names: tuple[str, str]
) -> None:
    data = {"first": names[0], "second": names[1], "kind": "never"}
    answer = personas.staff.post(address(made, "/people/bonds"), data=data)
    assert answer.status_code == 422
    assert f'value="{names[1]}"' in answer.text
