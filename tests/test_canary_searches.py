"""Looking for somebody on each page where that can be done: what was typed is in no line of the log, in no address."""

from collections.abc import Iterator

import pytest
from flask import Flask
from flask.testing import FlaskClient

from app.accounts import queries as accounts
from app.core.clock import now
from app.events.leave import absence_desk
from app.events.models import Registration
from app.events.registration.operations import register
from app.organisations.models import MembershipRole
from app.pages import registration_search
from app.programmes.applications import queries as applications
from tests import canaries
from tests.exchanges import a_programme, entered
from tests.factories import Factory
from tests.page_forms import PageForm, forms_of
from tests.pairing_rows import pairing_rows
from tests.signing_in import Personas
from tests.test_canary_names import NAMES, PHONES, led_to

SPELT = ("Qzcanary A", "Qzcanary B")  # their reading is their name
TYPED = (NAMES[0], NAMES[0][:2], PHONES[0], PHONES[0][:8], "qzcanary")


def pupil_who_leaves(make: Factory, personas: Personas) -> Registration:
    """Give a pupil a place that another one of the school can take."""
    user = make.user()
    person = make.person(user, name="王芳", age=18)
    make.enrolment(person, personas.school)
    return make.do(register, person.id, make.event(personas.host).slots[0].id, by=user.id, at=now())


def pages(make: Factory, personas: Personas) -> list[tuple[FlaskClient, str]]:
    """Return each page from which people are looked for, and who does it."""
    event = make.going_on(personas.host)
    for name, phone in zip([*NAMES[:3], *SPELT], PHONES, strict=False):
        make.registration(event.slots[0], name=name)
        make.user(name, phone=phone)
    leaving = pupil_who_leaves(make, personas)
    pairing = pairing_rows(make, personas.host, make.member(personas.host, MembershipRole.STAFF).id)
    programme = a_programme(make, personas.host)
    for name in [*NAMES[:3], *SPELT]:
        entered(make, programme, name=name)
    return [
        (personas.staff, f"/desk/events/{event.id}/registrations"),
        (personas.staff, f"/desk/events/{event.id}/registrations?view=everyone&order=time"),
        (personas.staff, "/desk/absences?view=leave"),
        (personas.staff, f"/desk/pairing/members/{pairing['member']}/exchange"),
        (personas.staff, f"/desk/pairing/{pairing['round']}"),
        (personas.staff, f"/desk/pairing/{pairing['round']}/people"),
        (personas.staff, f"/desk/programmes/{programme.id}/applications"),
        (personas.school_office, f"/school/registrations/{leaving.id}/substitution"),
        (personas.administrator, "/admin/accounts"),
        (personas.auditor, "/audit"),
        (personas.auditor, "/audit/search"),
    ]


def search_on(page: str, path: str) -> PageForm:
    """Return the form of a page with which people are looked for."""
    (found,) = (form for form in forms_of(page, path) if "q" in form.values)
    return found


def followed(browser: FlaskClient, path: str, typed: str) -> Iterator[str]:
    """Type something into a page's search, turn the pages of what is found, and yield where all of it leads."""
    form = search_on(browser.get(path).text, path)
    filters = {name: values[0] for name, values in form.values.items() if name in {"to", "view", "order"}}
    assert (form.method, form.action) == ("POST", "/search")
    answer = browser.post(form.action, data=filters | {"q": typed})
    yield from led_to(answer)
    following = answer.location
    for _turned in range(3):
        shown = browser.get(following)
        assert f'value="{typed}"' in shown.text, following
        yield from led_to(shown)
        _, _, rest = shown.text.partition('rel="next" href="')
        following = rest.split('"', 1)[0].replace("&amp;", "&") or following


@pytest.fixture
def _one_on_a_page(monkeypatch: pytest.MonkeyPatch) -> None:
    for module in (registration_search, accounts, absence_desk, applications):
        monkeypatch.setattr(module, "PAGE", 1)


@pytest.mark.usefixtures("_one_on_a_page")
def test_what_is_typed_into_a_search_for_people_is_in_no_address_and_in_no_line_of_the_log(
    make: Factory, personas: Personas
) -> None:
    there, addresses = pages(make, personas), list[str]()
    with canaries.logged() as lines:
        for browser, path in there:
            for typed in TYPED:
                addresses += followed(browser, path, typed)
    assert sum("q=" in one for one in addresses) > len(there) * len(TYPED)
    assert sum("after=" in one for one in addresses) > len(TYPED)
    assert [one for one in addresses if canaries.seen(one)] == []
    assert lines.getvalue().count("request") > len(there) * len(TYPED)
    assert canaries.seen(lines.getvalue()) == set()


def test_the_door_asks_for_a_name_in_the_body_of_what_it_sends(app: Flask, make: Factory, personas: Personas) -> None:
    event = make.going_on(personas.host)
    make.registration(event.slots[0], name=NAMES[0])
    _device, token = make.device(event)
    path, headers = f"/api/v1/events/{event.id}/registrations/search", {"Authorization": f"Bearer {token}"}
    with canaries.logged() as lines:
        (found,) = app.test_client().post(path, json={"q": NAMES[0]}, headers=headers).get_json()["registrations"]
        assert app.test_client().get(path, query_string={"q": NAMES[0]}, headers=headers).status_code == 405
    assert found["name"] == NAMES[0]
    assert canaries.seen(lines.getvalue()) == set()
