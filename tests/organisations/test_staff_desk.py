"""The pages on which a unit's staff is looked after."""

import pytest
from flask import Flask
from flask.testing import FlaskClient

from app.accounts.slips import code_of as slip_code
from app.accounts.slips import make_slip, open_slip
from app.core.clock import now
from app.organisations.invitations import code_of, invite, open_invitation
from app.organisations.models import MembershipRole, OrganisationKind
from app.organisations.operations import add_member, end_membership
from tests.factories import Factory
from tests.signing_in import Personas, signed_in


def may_use_the_desk(browser: FlaskClient) -> bool:
    """Return whether somebody gets to an organiser's desk."""
    return browser.get("/desk/events").status_code == 200


def hire(make: Factory, user_id: int, unit_id: int, role: MembershipRole = MembershipRole.STAFF) -> int:
    """Let an account work for a unit and return the membership's id."""
    return make.do(add_member, user_id, unit_id, role, at=now()).id


def test_who_leaves_is_a_stranger_at_the_next_request(app: Flask, personas: Personas, make: Factory) -> None:
    user = make.user("苏小禾")
    membership = hire(make, user.id, personas.host.id)
    browser = signed_in(app, user)
    assert may_use_the_desk(browser)
    for _twice in range(2):
        assert (
            personas.manager.post(f"/memberships/{membership}/end").location == f"/desk/staff?unit={personas.host.id}"
        )
    assert not may_use_the_desk(browser)


@pytest.mark.parametrize("role", [MembershipRole.MANAGER, MembershipRole.ADMINISTRATOR])
def test_who_leaves_takes_no_way_back_in_along(inside: Flask, make: Factory, role: MembershipRole) -> None:
    host, user, other = make.organisation(), make.user(), make.user()
    membership = make.do(add_member, user.id, host.id, role, at=now())
    make.member(host, MembershipRole.ADMINISTRATOR)
    link, kept = (make.do(invite, host.id, MembershipRole.STAFF, "苏", by=one.id, at=now()) for one in (user, other))
    slip = make.do(make_slip, make.user().id, by=user.id, at=now())
    make.do(end_membership, membership.id, at=now())
    assert open_invitation(code_of(link), at=now()) is None
    assert open_invitation(code_of(kept), at=now()) is not None
    assert open_slip(slip_code(slip), at=now()) is None


def test_the_last_administrator_reads_why_not(app: Flask, make: Factory) -> None:
    host, user = make.organisation(), make.user()
    membership = hire(make, user.id, host.id, MembershipRole.ADMINISTRATOR)
    browser = signed_in(app, user)
    answer = browser.post(f"/memberships/{membership}/end", follow_redirects=True)
    assert "banner--bad" in answer.text
    assert browser.get("/admin/organisations").status_code == 200


@pytest.mark.parametrize("role", [MembershipRole.AUDITOR, MembershipRole.ADMINISTRATOR])
def test_a_manager_ends_no_role_of_the_whole_system(personas: Personas, make: Factory, role: MembershipRole) -> None:
    membership = make.membership(personas.host, role)
    assert personas.manager.post(f"/memberships/{membership.id}/end").status_code == 404
    assert f"/memberships/{membership.id}/end" not in personas.manager.get("/desk/staff").text


def test_a_manager_looks_after_the_own_unit_only(personas: Personas, make: Factory) -> None:
    stranger = make.membership(personas.other_host)
    for address in (f"/memberships/{stranger.id}/end", f"/memberships/{stranger.id}/slip"):
        assert personas.manager.post(address).status_code == 404
    assert personas.manager.post(f"/organisations/{personas.other_host.id}/second-factor").status_code == 404
    assert personas.manager.get(f"/desk/staff?unit={personas.other_host.id}").status_code == 200
    assert personas.other_host.name not in personas.manager.get(f"/desk/staff?unit={personas.other_host.id}").text


def test_a_schools_manager_has_a_page_of_the_own(app: Flask, make: Factory) -> None:
    school = make.school("文昌中学")
    browser = signed_in(app, make.member(school, MembershipRole.MANAGER))
    assert "文昌中学" in browser.get("/school/staff").text
    assert 'href="/school/staff"' in browser.get("/school/registrations").text
    assert browser.get("/desk/staff").status_code == 404


@pytest.mark.parametrize("kind", [OrganisationKind.SCHOOL, OrganisationKind.HOST])
def test_only_an_administrator_at_a_host_gives_the_roles_of_the_whole_system(
    personas: Personas, make: Factory, kind: OrganisationKind
) -> None:
    address = f"/admin/organisations/{make.organisation(kind).id}/staff"
    offered = personas.administrator.get(address).text
    assert ('value="administrator"' in offered) is (kind is OrganisationKind.HOST)
    answer = personas.administrator.post(address, data={"name": "苏小禾", "role": "auditor"})
    assert answer.status_code == (303 if kind is OrganisationKind.HOST else 422)
    assert 'value="administrator"' not in personas.manager.get("/desk/staff").text
    assert personas.manager.post("/desk/staff", data={"name": "苏小禾", "role": "auditor"}).status_code == 422


def test_an_account_that_is_there_already_can_be_given_the_role(app: Flask, personas: Personas, make: Factory) -> None:
    teacher = make.user("周建国")
    address, typed = f"/admin/organisations/{personas.host.id}/staff/known", {"role": "staff"}
    for _twice in range(2):
        answer = personas.administrator.post(address, data=typed | {"identifier": str(teacher.phone)})
        assert answer.status_code == 303
    assert may_use_the_desk(signed_in(app, teacher))
    assert "周建国" in personas.manager.get("/desk/staff").text


@pytest.mark.parametrize(
    ("typed", "words"),
    [
        ({"identifier": "13900139000", "role": "staff"}, "还没有用这个手机号"),
        ({"identifier": "two words", "role": "staff"}, "请填手机号"),
        ({"identifier": "", "role": "staff"}, "identifier-errors"),
        ({"identifier": "13900139000", "role": "king"}, "role-errors"),
    ],
)
def test_nobody_gets_a_role_who_has_no_account(personas: Personas, typed: dict[str, str], words: str) -> None:
    answer = personas.administrator.post(f"/admin/organisations/{personas.host.id}/staff/known", data=typed)
    assert answer.status_code == 422
    assert words in answer.text
    assert f'value="{typed["identifier"]}"' in answer.text


def test_a_unit_that_asks_for_a_second_factor_lets_nobody_in_without(
    app: Flask, personas: Personas, make: Factory
) -> None:
    staff = signed_in(app, make.member(personas.host), is_proven=False)
    assert may_use_the_desk(staff)
    address = f"/organisations/{personas.host.id}/second-factor"
    assert personas.manager.post(address, data={"required": "yes"}).status_code == 303
    sent = staff.get("/desk/events?view=over")
    assert (sent.status_code, sent.location) == (302, "/second-factor?next=/desk/events?view%3Dover")
    assert may_use_the_desk(personas.manager)
    personas.manager.post(address, data={"required": "no"})
    assert may_use_the_desk(staff)


def test_what_happened_to_the_staff_is_told_in_words(personas: Personas, make: Factory) -> None:
    user = make.user("欧阳若溪")
    membership = hire(make, user.id, personas.host.id)
    personas.manager.post(f"/memberships/{membership}/end")
    page = personas.manager.get("/desk/staff").text
    assert "欧阳若溪不再在这里工作：工作人员" in page


def test_a_unit_that_is_not_there_is_not_found(personas: Personas) -> None:
    for number in (999_999, 10**30):
        assert personas.administrator.get(f"/admin/organisations/{number}/staff").status_code == 404
        assert personas.administrator.get(f"/admin/organisations/{number}/staff/known").status_code == 404
        assert personas.administrator.post(f"/memberships/{number}/end").status_code == 404
        assert personas.administrator.post(f"/invitations/{number}/revocation").status_code == 404
