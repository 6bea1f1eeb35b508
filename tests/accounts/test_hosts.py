"""Whatever host a request claims to be for, no link, redirect or slip ever names it."""

import pytest
from flask import Flask
from flask.testing import FlaskClient

from app.accounts import slips
from app.core.clock import now
from app.organisations.models import MembershipRole
from tests.factories import PASSWORD, Factory
from tests.signing_in import signed_in

EVIL = "evil.example"
FORGED = {"Host": EVIL, "X-Forwarded-Host": EVIL, "X-Forwarded-Proto": "gopher", "Forwarded": f"host={EVIL}"}

pytestmark = pytest.mark.parametrize("engine", ["sqlite"])


def told(client: FlaskClient, path: str, **typed: str) -> str:
    """Return everything an answer says to a request with a forged host, its headers too."""
    client.set_cookie("x", "x", domain=EVIL)
    answer = client.post(path, data=typed, headers=FORGED) if typed else client.get(path, headers=FORGED)
    assert answer.status_code in {200, 302, 303, 422}, answer.status_code
    return f"{answer.headers}{answer.text}"


@pytest.mark.parametrize("path", ["/", "/sign-in", "/reset", "/mine", "/desk/events", "/I/x", "/second-factor"])
def test_no_public_page_and_no_redirect_names_it(client: FlaskClient, path: str) -> None:
    answer = client.get(path, headers=FORGED)
    assert EVIL not in f"{answer.headers}{answer.text}"


def test_no_sign_in_names_it(client: FlaskClient, make: Factory) -> None:
    user = make.user()
    assert EVIL not in told(client, "/sign-in", identifier=str(user.phone), password=PASSWORD)
    assert EVIL not in told(client, "/sign-in", identifier=str(user.phone), password="wrong")


def test_no_invitation_and_no_slip_names_it(app: Flask, make: Factory) -> None:
    manager = make.member(make.organisation(), MembershipRole.MANAGER)
    slip = make.do(slips.make_slip, make.user().id, by=manager.id, at=now())
    browser = signed_in(app, manager)
    browser.post("/desk/staff", data={"name": "苏小禾", "role": "staff"})
    with browser.session_transaction() as session:
        kept = dict(session)
    for path in ("/desk/staff", f"/slips/{slip.id}", "/account"):
        forger = app.test_client()
        with forger.session_transaction(base_url=f"http://{EVIL}") as session:
            session.update(kept)
        answer = forger.get(path, base_url=f"http://{EVIL}")
        assert answer.status_code == 200
        assert EVIL not in f"{answer.headers}{answer.text}"
    assert "http://tongxing.test/I/" in browser.get("/desk/staff").text
