"""The administrator's pages of units."""

from io import BytesIO
from typing import Any

import pytest
from flask import Flask
from werkzeug.test import TestResponse

from app.core.clock import now
from app.core.db import db
from app.organisations.models import Organisation, OrganisationKind
from app.organisations.operations import create_organisation
from tests.factories import Factory
from tests.photos import photo
from tests.signing_in import Personas

NEW = {"name": "文昌中学", "short_name": "文中", "kind": "school", "place": "文昌路 1 号", "phone": "0731-1234567"}


def found(app: Flask, name: str) -> Organisation | None:
    """Return the unit of a name."""
    with app.app_context():
        return db.session.query(Organisation).filter_by(name=name).one_or_none()


def edit(personas: Personas, unit: Organisation, **fields: Any) -> TestResponse:
    """Send the form of a unit."""
    data = {"name": unit.name, "contact": "苏老师", **fields}
    return personas.administrator.post(f"/admin/organisations/{unit.id}/edit", data=data)


def test_a_unit_is_entered_and_edited(app: Flask, personas: Personas) -> None:
    browser = personas.administrator
    answer = browser.post("/admin/organisations/new", data=NEW)
    assert answer.status_code == 303
    assert "文昌路 1 号" in browser.get(answer.location).text
    assert "文昌中学" in browser.get("/admin/organisations").text
    data = {"name": "文昌初中", "school_levels": ["middle", "primary"], "introduction": "山脚下的学校。"}
    assert browser.post(answer.location + "/edit", data=data).status_code == 303
    unit = found(app, "文昌初中")
    assert unit is not None
    assert (unit.kind, unit.levels) == (OrganisationKind.SCHOOL, " middle primary ")
    page = browser.get(answer.location).text
    assert "小学 · 初中" in page
    assert "单位名称：文昌中学 → 文昌初中" in page


@pytest.mark.parametrize("change", [{"name": ""}, {"name": " 　"}, {"name": "长" * 61}, {"kind": "bank"}, {"kind": ""}])
def test_what_cannot_be_entered_stays_in_the_form(app: Flask, personas: Personas, change: dict[str, str]) -> None:
    answer = personas.administrator.post("/admin/organisations/new", data=NEW | change)
    assert answer.status_code == 422
    assert "文昌路 1 号" in answer.text
    assert found(app, (NEW | change)["name"]) is None


def test_a_second_unit_of_one_name_is_refused_beside_the_name(personas: Personas) -> None:
    browser = personas.administrator
    browser.post("/admin/organisations/new", data=NEW)
    answer = browser.post("/admin/organisations/new", data=NEW)
    assert answer.status_code == 422
    assert 'id="name-errors"' in answer.text
    assert edit(personas, personas.host, name=NEW["name"]).status_code == 422


@pytest.mark.parametrize(
    ("kind", "asked", "not_asked"),
    [
        ("school", ["school_levels"], ["capacity", "origin"]),
        ("base", ["capacity", "offers"], ["school_levels", "origin"]),
        ("partner", ["origin"], ["capacity", "school_levels"]),
        ("host", ["seal_text"], ["capacity", "origin", "school_levels"]),
    ],
)
def test_a_unit_is_asked_what_its_kind_tells(
    personas: Personas, make: Factory, kind: str, asked: list[str], not_asked: list[str]
) -> None:
    unit = make.organisation(OrganisationKind(kind))
    form = personas.administrator.get(f"/admin/organisations/{unit.id}/edit").text
    assert [name for name in (*asked, *not_asked) if f'name="{name}"' in form] == asked
    assert edit(personas, unit, capacity="300", origin="浙江桐乡", offers="陶艺").status_code == 303


@pytest.mark.parametrize("capacity", ["many", "0", "-3", "9" * 30, "1.5"])
def test_a_number_that_is_none_is_refused_beside_it(personas: Personas, make: Factory, capacity: str) -> None:
    answer = edit(personas, make.organisation(OrganisationKind.BASE), capacity=capacity)
    assert answer.status_code == 422
    assert answer.text.count("请填 1 到 100000 之间的整数") == 2  # above the form, and beside the field
    assert "苏老师" in answer.text


def test_a_logo_is_shown_and_can_be_taken_away(app: Flask, personas: Personas) -> None:
    host = personas.host
    assert edit(personas, host, logo_digest=(BytesIO(photo()), "logo.png")).status_code == 303
    unit = found(app, host.name)
    assert unit is not None
    assert f"/pictures/{unit.logo_digest}" in personas.anonymous.get(f"/organisations/{host.id}").text
    assert f"/pictures/{unit.logo_digest}" in personas.administrator.get(f"/admin/organisations/{host.id}/edit").text
    edit(personas, host)
    assert (found(app, host.name) or unit).logo_digest == unit.logo_digest
    edit(personas, host, **{"logo_digest-remove": "y"})
    assert "/pictures/" not in personas.anonymous.get(f"/organisations/{host.id}").text
    assert personas.anonymous.get(f"/pictures/{unit.logo_digest}").status_code == 404


def test_a_file_that_is_no_picture_is_refused_beside_the_field(personas: Personas) -> None:
    answer = edit(personas, personas.host, logo_digest=(BytesIO(b"<svg/>"), "logo.jpg"))
    assert answer.status_code == 422
    assert 'id="logo_digest-errors"' in answer.text
    assert "苏老师" in answer.text


def test_a_picture_is_asked_for_again_when_something_else_was_wrong(personas: Personas) -> None:
    answer = edit(personas, personas.host, name="", logo_digest=(BytesIO(photo()), "logo.png"))
    assert answer.status_code == 422
    assert "请再选一次图片" in answer.text


def test_the_list_is_searched_and_filtered(personas: Personas, make: Factory) -> None:
    make.do(create_organisation, "清溪县第一中学", OrganisationKind.SCHOOL, at=now(), levels=" high ")
    make.school("滨江小学")
    look = personas.administrator.get
    assert "滨江小学" not in look("/admin/organisations?q=qxx").text
    assert "清溪县第一中学" in look("/admin/organisations?q=qxx&kind=school&level=high").text
    assert "没有找到单位" in look("/admin/organisations?q=qxx&kind=school&level=primary").text
    assert "没有找到单位" in look("/admin/organisations?kind=base").text
    for nonsense in ("kind=bank", "kind=school&level=x", "after=x", f"after={10**30}", "q=%00"):
        assert "清溪县第一中学" in look(f"/admin/organisations?{nonsense}").text


def test_a_units_own_words_are_never_markup(personas: Personas) -> None:
    edit(personas, personas.host, introduction="<script>alert(1)</script>", contact='"><b>')
    for page in (f"/admin/organisations/{personas.host.id}", f"/organisations/{personas.host.id}"):
        text = personas.administrator.get(page).text
        assert "<script>alert" not in text
        assert "<b>" not in text
