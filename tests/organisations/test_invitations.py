"""A link by which somebody takes a role in a unit: once, in time, unless it is taken back."""

from datetime import timedelta
from threading import Barrier, Thread

import pytest
from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy import func, select, update

from app.accounts.identifiers import Way
from app.accounts.models import User
from app.core.clock import now
from app.core.db import db, transact
from app.organisations import invitations
from app.organisations.models import Invitation, Membership, MembershipRole, Organisation
from app.organisations.problems import InvitationOver
from tests.factories import PASSWORD, Factory
from tests.signing_in import Personas, signed_in

JOIN = {"name": "苏小禾", "identifier": "suxiaohe", "password": PASSWORD}


def link_for(app: Flask, make: Factory, unit: Organisation, role: MembershipRole = MembershipRole.STAFF) -> str:
    """Invite somebody and return the path of the link."""
    invitation = make.do(invitations.invite, unit.id, role, "苏小禾", by=make.user("陈志远").id, at=now())
    with app.app_context():
        return f"/I/{invitations.code_of(invitation)}"


def works(browser: FlaskClient) -> bool:
    """Return whether somebody gets to an organiser's desk."""
    return browser.get("/desk/events").status_code == 200


def members(app: Flask) -> int:
    """Return how many memberships there are."""
    with app.app_context():
        return db.session.scalar(select(func.count()).select_from(Membership)) or 0


def test_a_manager_copies_a_link_that_somebody_without_an_account_opens(app: Flask, personas: Personas) -> None:
    assert personas.manager.post("/desk/staff", data={"name": "苏小禾", "role": "staff"}).status_code == 303
    page = personas.manager.get("/desk/staff").text
    link = page.split("http://tongxing.test", 1)[1].split("<", 1)[0]
    guest = app.test_client()
    assert personas.host.name in guest.get(link).text
    assert guest.post(link, data=JOIN).status_code == 303
    assert works(guest)
    assert link not in personas.manager.get("/desk/staff").text


def test_whoever_has_an_account_signs_in_on_the_way(app: Flask, make: Factory, client: FlaskClient) -> None:
    user = make.user("周建国")
    link = link_for(app, make, make.organisation())
    assert f'href="/sign-in?next={link}"' in client.get(link).text
    typed = {"identifier": str(user.phone), "password": PASSWORD, "next": link}
    assert client.post("/sign-in", data=typed).location == link
    assert "周建国" in client.get(link).text
    assert client.post(f"{link}/acceptance").status_code == 303
    assert works(client)


@pytest.mark.parametrize(
    "change", [{"name": ""}, {"identifier": ""}, {"identifier": "two words"}, {"password": "short"}, {"password": ""}]
)
def test_what_cannot_be_opened_stays_in_the_form(
    app: Flask, make: Factory, client: FlaskClient, change: dict[str, str]
) -> None:
    link = link_for(app, make, make.organisation())
    answer = client.post(link, data=JOIN | change)
    assert answer.status_code == 422
    assert f'value="{(JOIN | change)["identifier"]}"' in answer.text
    assert PASSWORD not in answer.text
    assert client.post(link, data=JOIN).status_code == 303


def test_a_taken_name_is_refused_beside_it_and_the_link_still_counts(
    app: Flask, make: Factory, client: FlaskClient
) -> None:
    user = make.user()
    link = link_for(app, make, make.organisation())
    answer = client.post(link, data=JOIN | {"identifier": str(user.phone)})
    assert answer.status_code == 422
    assert 'id="identifier-errors"' in answer.text
    assert client.post(link, data=JOIN).status_code == 303


def test_a_link_is_good_once(app: Flask, make: Factory) -> None:
    link = link_for(app, make, make.organisation())
    first, second = signed_in(app, make.user()), signed_in(app, make.user())
    assert first.post(f"{link}/acceptance").status_code == 303
    assert second.post(f"{link}/acceptance").status_code == 404
    assert second.get(link).status_code == 404
    assert app.test_client().post(link, data=JOIN).status_code == 404
    assert not works(second)


def test_a_link_that_was_taken_back_is_over(app: Flask, make: Factory, personas: Personas) -> None:
    link = link_for(app, make, personas.host)
    page = personas.manager.get("/desk/staff").text
    action = page.split('/revocation"', 1)[0].rsplit('"', 1)[1] + "/revocation"
    assert personas.outsider.post(action).status_code == 403
    for _twice in range(2):
        assert personas.manager.post(action).status_code == 303
    assert app.test_client().get(link).status_code == 404
    assert signed_in(app, make.user()).post(f"{link}/acceptance").status_code == 404


def test_a_link_lasts_a_week(inside: Flask, make: Factory) -> None:
    made_at = now()
    invitation = make.do(
        invitations.invite, make.organisation().id, MembershipRole.STAFF, "苏", by=make.user().id, at=made_at
    )
    code, user = invitations.code_of(invitation), make.user()
    with pytest.raises(InvitationOver):
        make.do(invitations.accept, code, user.id, at=made_at + timedelta(days=7))
    almost = made_at + timedelta(days=7) - timedelta(seconds=1)
    assert make.do(invitations.accept, code, user.id, at=almost).user_id == user.id


def test_one_that_came_too_late_leaves_no_account_behind(inside: Flask, make: Factory) -> None:
    invitation = make.do(
        invitations.invite, make.organisation().id, MembershipRole.STAFF, "苏", by=make.user().id, at=now()
    )
    code = invitations.code_of(invitation)
    make.do(invitations.revoke, invitation.id, by=make.user().id, at=now())
    before = db.session.scalar(select(func.count()).select_from(User))
    with pytest.raises(InvitationOver):
        make.do(invitations.accept_with_account, code, "苏", Way.LOGIN_NAME, "su", "-", at=now())
    assert db.session.scalar(select(func.count()).select_from(User)) == before


@pytest.mark.parametrize("role", [MembershipRole.AUDITOR, MembershipRole.ADMINISTRATOR])
def test_a_manager_neither_reads_nor_takes_back_a_link_to_a_role_of_the_whole_system(
    app: Flask, personas: Personas, make: Factory, role: MembershipRole
) -> None:
    link = link_for(app, make, personas.host, role)
    with app.app_context():
        invitation = db.session.scalars(select(Invitation.id)).one()
    revocation = f"/invitations/{invitation}/revocation"
    assert link not in personas.manager.get("/desk/staff").text
    assert personas.manager.post(revocation).status_code == 404
    assert link in personas.administrator.get(f"/admin/organisations/{personas.host.id}/staff").text
    assert personas.administrator.post(revocation).status_code == 303


@pytest.mark.parametrize("code", ["0000000000000000", "x", "I" * 40, "%00"])
def test_what_nobody_made_is_no_invitation(client: FlaskClient, code: str) -> None:
    assert client.get(f"/I/{code}").status_code == 404
    assert client.post(f"/I/{code}", data=JOIN).status_code == 404


def test_eight_who_accept_at_once_are_one(app: Flask, make: Factory) -> None:
    link = link_for(app, make, make.organisation())
    users, ready, told = [make.user().id for _ in range(8)], Barrier(8), []

    def accept(user_id: int) -> None:
        with app.app_context():
            ready.wait(30)
            try:
                transact(invitations.accept, link.removeprefix("/I/"), user_id, at=now())
                told.append("yes")
            except InvitationOver:
                told.append("no")

    threads = [Thread(target=accept, args=(user,)) for user in users]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert sorted(told) == ["no"] * 7 + ["yes"]
    assert members(app) == 1


def test_the_code_is_not_in_the_database_and_the_hash_alone_opens_nothing(app: Flask, make: Factory) -> None:
    link = link_for(app, make, make.organisation())
    with app.app_context():
        row = db.session.scalars(select(Invitation)).one()
        assert link.removeprefix("/I/") not in str(vars(row))
        with db.engine.begin() as connection:
            connection.execute(update(Invitation).values(nonce="another"))
        assert invitations.open_invitation(link.removeprefix("/I/"), at=now()) is not None
        assert invitations.open_invitation(row.code_hash, at=now()) is None
