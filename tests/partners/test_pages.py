"""The partner's pages by link, and the organiser's page of the links."""

import re
from io import BytesIO

import pytest
from flask import Flask
from sqlalchemy import select

from app.care.consents.models import PaperAnswer
from app.core.access import Role
from app.core.audit import AccessEntry
from app.core.clock import now
from app.core.db import db
from app.core.sheets import xlsx
from app.partners import answering
from app.partners.models import PartnerLink
from app.programmes.applications.deciding import Verdict
from app.programmes.models import Application, Programme, Side
from tests.exchanges import a_paper, a_programme, decide, fresh
from tests.factories import born
from tests.partner_rows import a_link, a_side, sent, signed
from tests.signing_in import Personas, signed_in

LIST = f"姓名\t出生日期\t性别\t班级\n阿娜尔\t{born(12)}\t女\t七年级2班\n韩梅\t{born(13)}\t女\t八年级1班\n"


@pytest.fixture
def programme(personas: Personas) -> Programme:
    """A programme of the staff's host that leads out of the county."""
    return a_programme(personas.make, personas.host, reach="provinces")


@pytest.fixture
def side(personas: Personas, programme: Programme) -> Side:
    """The partner's side."""
    return a_side(personas.make, programme)


@pytest.fixture
def link(personas: Personas, side: Side) -> tuple[PartnerLink, str]:
    """A link that a colleague of the staff has made, and its address."""
    made, code = a_link(personas.make, side, personas.make.member(personas.host).id)
    return made, f"/D/{code}"


def people(app: Flask) -> dict[str, str]:
    """Return the states of all applications by name."""
    with app.app_context():
        return {one.person.name: str(one.state) for one in db.session.scalars(select(Application))}


def carried(page: str) -> dict[str, list[str]]:
    """Return what the preview's form sends back."""
    found: dict[str, list[str]] = {}
    for tag in re.findall(r"<input[^>]*>", page):
        name, value = re.search(r'name="([^"]+)"', tag), re.search(r'value="([^"]*)"', tag)
        if name and name[1] not in {"csrf_token", "file"}:
            found.setdefault(name[1], []).append(value[1] if value else "")
    return found


def test_staff_makes_a_link_shows_it_as_words_and_code_and_closes_it(personas: Personas, side: Side) -> None:
    page, data = f"/desk/sides/{side.id}/links", {"label": "湾里区陈老师", "ends_on": "20991231"}
    assert personas.staff.post(page, data=data).status_code == 422
    with personas.app.app_context():
        day = db.session.get_one(Programme, side.programme_id).ends_on
    made = personas.staff.post(page, data=data | {"ends_on": f"{day:%Y%m%d}"})
    assert made.status_code == 303
    text = personas.staff.get(page).text
    (address,) = set(re.findall(r"http://[^\s<]+(/D/[0-9A-Z]+)", text))
    assert personas.anonymous.get(address).status_code == 200
    with personas.app.app_context():
        number = db.session.scalars(select(PartnerLink.id)).one()
    image = personas.staff.get(f"/desk/partner-links/{number}/code.png")
    assert image.data.startswith(b"\x89PNG")
    for _twice in range(2):
        assert personas.staff.post(f"/desk/partner-links/{number}/closing").status_code == 303
    assert personas.anonymous.get(address).status_code == 404


def test_another_host_finds_nothing(personas: Personas, side: Side, link: tuple[PartnerLink, str]) -> None:
    ways = (
        f"/desk/sides/{side.id}/links",
        f"/desk/sides/{side.id}/papers",
        f"/desk/partner-links/{link[0].id}/code.png",
    )
    assert {personas.outsider.get(way).status_code for way in ways} == {404}


def test_a_pasted_list_is_looked_at_line_by_line_and_then_saved(
    personas: Personas, link: tuple[PartnerLink, str]
) -> None:
    there, browser = link[1] + "/list", personas.anonymous
    shown = browser.post(there, data={"lines": LIST + "小明3\t20130231\n"})
    assert shown.status_code == 422
    assert people(personas.app) == {}
    back = carried(shown.text)
    assert back["name"] == ["阿娜尔", "韩梅", "小明3"]
    assert browser.post(there, data=back | {"choice": ["", "", ""], "save": "y"}).status_code == 422
    mended = back | {
        "name": ["阿娜尔", "韩梅", "小明"],
        "born": [*back["born"][:2], str(born(12))],
        "choice": ["", "skip", ""],
    }
    assert browser.post(there, data=mended).status_code == 200
    for _twice in range(2):
        assert browser.post(there, data=mended | {"save": "y"}).status_code == 303
    assert set(people(personas.app)) == {"阿娜尔", "小明"}
    assert "阿娜尔" in browser.get(link[1]).text


def test_the_host_reads_that_a_partner_sent_them(personas: Personas, link: tuple[PartnerLink, str]) -> None:
    first, _second = sent(personas.make, link[0])
    reader = signed_in(personas.app, personas.make.member(personas.host), "en")
    for page in (f"/desk/programmes/{first.programme_id}/applications", f"/desk/applications/{first.id}"):
        text = reader.get(page).text
        assert "On the partner's list" in text
        assert "Entered by the host" not in text


def test_a_file_is_read_as_well(personas: Personas, link: tuple[PartnerLink, str]) -> None:
    book = xlsx("名单", ["姓名", "出生日期", "身份证号"], [["韩梅", str(born(13)), "650102201305180021"]])
    shown = personas.anonymous.post(link[1] + "/list", data={"file": (BytesIO(book), "名单.xlsx"), "lines": ""})
    assert shown.status_code == 200
    assert "韩梅" in shown.text
    assert "650102201305180021" not in shown.text
    assert personas.anonymous.post(link[1] + "/list", data={"lines": ""}).status_code == 422


def test_the_partner_says_who_comes_and_who_does_not(personas: Personas, link: tuple[PartnerLink, str]) -> None:
    first, second = sent(personas.make, link[0])
    decide(personas.make, Verdict.ACCEPT, first, second)
    browser, there = personas.anonymous, f"{link[1]}/people/{second.id}/withdrawal"
    assert browser.post(link[1] + "/answers", data={"ids": [str(first.id)]}).status_code == 303
    assert browser.post(there, data={"words": ""}).status_code == 422
    assert browser.post(there, data={"words": "生病了"}).status_code == 303
    assert sorted(people(personas.app).values()) == ["cancelled", "held"]


def test_another_sides_people_are_not_to_be_had(personas: Personas, link: tuple[PartnerLink, str]) -> None:
    other = sent(
        personas.make, a_link(personas.make, a_side(personas.make, a_programme(personas.make)), link[0].made_by_id)[0]
    )
    for end in ("people/{}/withdrawal", "papers/{}"):
        assert personas.anonymous.get(f"{link[1]}/{end.format(other[0].id)}").status_code == 404


def test_a_paper_is_written_down_stamped_compared_and_counts(
    personas: Personas, side: Side, link: tuple[PartnerLink, str]
) -> None:
    child, _other = sent(personas.make, link[0])
    decide(personas.make, Verdict.ACCEPT, child)
    browser, there = personas.anonymous, f"{link[1]}/papers/{child.id}"
    assert browser.post(there, data={"name": "巴合提", "relation": "father"}).status_code == 422
    data = {"name": "巴合提", "relation": "father", "takes_part": "yes", "sharing": "y"}
    assert browser.post(there, data=data).status_code == 303
    assert "巴合提" in browser.get(link[1] + "/papers/sheet").text
    pdf = {"file": (BytesIO(b"%PDF-1.7 stamped"), "汇总.pdf")}
    assert browser.post(link[1] + "/papers/sheet", data={}).status_code == 422
    assert browser.post(link[1] + "/papers/sheet", data=pdf).status_code == 303
    compare = f"/desk/sides/{side.id}/papers"
    text = personas.staff.get(compare).text
    assert child.person.name in text
    (paper,) = re.findall(r'name="paper" value="(\d+)"', text)
    for _twice in range(2):
        assert personas.staff.post(compare, data={"paper": paper}).status_code == 303
    with personas.app.app_context():
        assert str(fresh(child).state) == "confirmed"


def test_a_paper_that_is_sent_back_says_why(personas: Personas, side: Side, link: tuple[PartnerLink, str]) -> None:
    child, _other = sent(personas.make, link[0])
    with personas.app.app_context():
        personas.make.do(answering.send_sheet, link[0].id, a_paper("汇总.pdf"), at=now())
    paper = personas.make.do(answering.write_paper_down, link[0].id, child.id, signed(), at=now())
    there = f"/desk/partner-papers/{paper.id}/rejection"
    assert personas.outsider.get(there).status_code == 404
    assert personas.staff.post(there, data={"why": ""}).status_code == 422
    assert personas.staff.post(there, data={"why": "名字不一样"}).status_code == 303
    assert "名字不一样" in personas.anonymous.get(link[1] + "/papers").text
    with personas.app.app_context():
        assert db.session.get_one(PaperAnswer, paper.id).dropped_at


def test_every_look_is_in_the_access_log_as_the_partners_whoever_is_signed_in(
    personas: Personas, link: tuple[PartnerLink, str]
) -> None:
    sent(personas.make, link[0])
    for browser in (personas.anonymous, personas.anonymous, personas.staff):
        browser.get(link[1])
    with personas.app.app_context():
        (entry,) = db.session.scalars(select(AccessEntry)).all()
        assert (entry.record, entry.record_id, entry.people) == ("partner_link", link[0].id, 2)
        assert (entry.user_id, entry.role, entry.unit_id) == (link[0].made_by_id, Role.PARTNER, None)
    assert "结对地区" in personas.auditor.get("/audit", headers={"Accept-Language": "zh-CN"}).text


def test_the_partners_pages_have_no_tabs_of_anybodys_own(personas: Personas, link: tuple[PartnerLink, str]) -> None:
    (first, *_others) = sent(personas.make, link[0])
    ends = ("", "/list", "/papers", f"/papers/{first.id}", f"/people/{first.id}/withdrawal", "/pairs")
    addresses = ["/", *(link[1] + end for end in ends)]
    with_tabs = [way for way in addresses if 'class="tabbar"' in personas.staff.get(way).text]
    assert with_tabs == ["/"]
