"""Certificates in a browser: issue them at the desk, fetch one's own, verify anyone's."""

import re
from urllib.parse import quote

import pytest
from flask import Flask
from sqlalchemy import func, select

from app.certificates import queries, rendering
from app.certificates.models import Certificate
from app.certificates.operations import issue
from app.checkin.operations import correct
from app.core.clock import now
from app.core.db import db
from app.events.announcing import cancel_event
from app.events.models import Event
from tests.factories import Factory
from tests.signing_in import Personas


@pytest.fixture
def event(personas: Personas, make: Factory) -> Event:
    """An event of the host that is going on."""
    return make.going_on(personas.host)


@pytest.fixture
def certificate(personas: Personas, make: Factory) -> Certificate:
    """A certificate of the host."""
    return make.certificate(personas.host, name="欧阳娜娜")


def how_many(app: Flask) -> int:
    """Return how many certificates there are."""
    with app.app_context():
        return db.session.scalar(select(func.count(Certificate.id))) or 0


def void(personas: Personas, certificate: Certificate, reason: str = "名字写错了") -> str:
    """Declare it void at the desk and return the page that follows."""
    address = f"/desk/certificates/{certificate.id}/revocation"
    return personas.staff.post(address, data={"reason": reason}, follow_redirects=True).text


def test_staff_issue_to_everybody_who_was_there_once(
    personas: Personas, event: Event, make: Factory, app: Flask
) -> None:
    make.arrival(make.registration(event.slots[0]))
    address = f"/desk/events/{event.id}/certificates"
    assert "已发放 1 张证书。" in personas.staff.post(address, follow_redirects=True).text
    assert "已发放 0 张证书。" in personas.staff.post(address, follow_redirects=True).text
    assert how_many(app) == 1


def test_its_number_is_no_numeral(personas: Personas, certificate: Certificate) -> None:
    desk, public = f"/desk/events/{certificate.event_id}/certificates", f"/V/{certificate.code}"
    for page in (personas.staff.get(desk), personas.anonymous.get(public)):
        assert certificate.number in page.text
        assert "数字" not in page.text  # what Chinese says of a question that is answered by a number


def test_names_that_no_font_can_write_are_named_and_left_out(
    personas: Personas, event: Event, make: Factory, app: Flask
) -> None:
    unwritable = "王\U000e0100\u1b05"  # Balinese: nobody installs that font for certificates
    make.arrival(make.registration(event.slots[0], name=unwritable))
    make.arrival(make.registration(event.slots[0], name="王芳"))
    address = f"/desk/events/{event.id}/certificates"
    assert unwritable in personas.staff.get(address).text
    personas.staff.post(address)
    assert how_many(app) == 1
    assert "王芳" in personas.staff.get(address).text


def test_staff_of_another_host_can_neither_issue_nor_revoke(
    personas: Personas, certificate: Certificate, app: Flask
) -> None:
    assert personas.outsider.post(f"/desk/events/{certificate.event_id}/certificates").status_code == 404
    assert personas.outsider.post(f"/desk/certificates/{certificate.id}/revocation").status_code == 404


def test_a_void_one_needs_a_reason_and_shows_it_to_everybody(personas: Personas, certificate: Certificate) -> None:
    refused = personas.staff.post(f"/desk/certificates/{certificate.id}/revocation", data={"reason": " "})
    assert refused.status_code == 422
    assert "banner--pine" in verified(personas, certificate.code)
    void(personas, certificate)
    page = verified(personas, certificate.code)
    assert "已作废" in page
    assert "名字写错了" in page
    assert "banner--pine" not in page


def verified(personas: Personas, code: str) -> str:
    """Return what anybody reads who scans it."""
    return personas.anonymous.get(f"/V/{code}").text


def test_whoever_verifies_sees_part_of_the_name(personas: Personas, certificate: Certificate) -> None:
    page = verified(personas, certificate.code)
    assert "欧**" in page
    assert "欧阳" not in page
    assert certificate.number in page
    assert certificate.host_name in page


def test_a_code_that_was_never_issued_is_not_found_and_said_so(personas: Personas) -> None:
    answer = personas.anonymous.get("/V/0000000000000000")
    assert answer.status_code == 404
    assert "banner--bad" in answer.text
    assert "banner--pine" not in answer.text


def test_a_typed_code_leads_to_the_answer(personas: Personas, certificate: Certificate) -> None:
    typed = f" {certificate.code[:8].lower()} {certificate.code[8:]}"
    answer = personas.anonymous.post("/verify", data={"code": typed})
    assert (answer.status_code, answer.location) == (303, f"/V/{certificate.code}")


def test_a_code_that_cannot_be_one_is_shown_again(personas: Personas) -> None:
    answer = personas.anonymous.post("/verify", data={"code": "ABC-1"})
    assert answer.status_code == 422
    assert 'value="ABC-1"' in answer.text


def test_the_family_fetches_picture_and_paper_and_nobody_else_does(
    personas: Personas, event: Event, make: Factory
) -> None:
    owner = make.user()
    make.arrival(make.registration(event.slots[0], user=owner))
    (certificate,) = make.do(issue, event.id, by=make.user().id, at=now())
    family = personas.young(owner)
    paper = family.get(f"/certificates/{certificate.id}.pdf")
    assert (paper.content_type, paper.data[:5]) == ("application/pdf", b"%PDF-")
    assert quote("古镇文化交流日-林晓雨.pdf") in paper.headers["Content-Disposition"]
    assert paper.headers["Cache-Control"] == "private, no-cache"
    picture = family.get(f"/certificates/{certificate.id}.png")
    assert (picture.content_type, picture.data[1:4]) == ("image/png", b"PNG")
    assert certificate.number in family.get("/mine/certificates").text
    for ending in ("", ".pdf", ".png"):
        assert personas.young().get(f"/certificates/{certificate.id}{ending}").status_code == 404
        assert personas.outsider.get(f"/certificates/{certificate.id}{ending}").status_code == 404
    assert certificate.number not in personas.young().get("/mine/certificates").text


def test_without_fonts_the_paper_waits_and_says_what_is_missing(
    personas: Personas, certificate: Certificate, monkeypatch: pytest.MonkeyPatch
) -> None:
    def unavailable(*_: object) -> bytes:
        raise rendering.RenderingUnavailable(["fonts-lxgw-wenkai"])

    monkeypatch.setattr(rendering, "draw_pdf", unavailable)
    answer = personas.staff.get(f"/certificates/{certificate.id}.pdf")
    assert answer.status_code == 503
    assert "fonts-lxgw-wenkai" in answer.text


def test_a_void_one_is_not_handed_out_any_more(personas: Personas, certificate: Certificate) -> None:
    void(personas, certificate)
    for ending in ("pdf", "png"):
        answer = personas.staff.get(f"/certificates/{certificate.id}.{ending}")
        assert answer.status_code == 422
        assert "名字写错了" in answer.text
    assert f"/certificates/{certificate.id}.png" not in personas.staff.get(f"/certificates/{certificate.id}").text


def test_the_pages_of_a_long_list_hold_everybody_once(
    personas: Personas, event: Event, make: Factory, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(queries, "PAGE", 2)
    for name in ("王芳", "李娜", "张伟"):
        make.arrival(make.registration(event.slots[0], name=name))
    address = f"/desk/events/{event.id}/certificates"
    first = personas.staff.post(address, follow_redirects=True).text
    (number,) = re.findall(rf"{address}\?after=([\w-]+)", first)
    second = personas.staff.get(f"{address}?after={number}").text
    numbers = [re.findall(r"TX\d+-\d{4}-\d{5}(?=</td>)", page) for page in (first, second)]
    assert [len(found) for found in numbers] == [2, 1]
    assert len(set(numbers[0] + numbers[1])) == 3


def test_the_desk_names_those_who_were_not_there_after_all(
    personas: Personas, certificate: Certificate, make: Factory
) -> None:
    make.do(correct, certificate.registration_id, None, "认错人了", by=make.user().id, at=now())
    page = personas.staff.get(f"/desk/events/{certificate.event_id}/certificates").text
    assert "后来更正为没有到场" in page
    assert "欧阳娜娜" in page.split("后来更正为没有到场")[1]


def test_a_cancelled_event_gives_no_certificates(personas: Personas, event: Event, make: Factory, app: Flask) -> None:
    make.arrival(make.registration(event.slots[0]))
    make.do(cancel_event, event.id, "台风", by=event.created_by_id, at=now())
    personas.staff.post(f"/desk/events/{event.id}/certificates")
    assert how_many(app) == 0
