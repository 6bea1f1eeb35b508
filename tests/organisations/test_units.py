"""What can happen to units, and how they are found again."""

import pytest
from flask import Flask
from sqlalchemy import func, select

from app.core.changes import changes_of, told
from app.core.clock import now
from app.core.db import db
from app.core.pictures import Picture, PictureChange, prepare
from app.organisations import operations, queries
from app.organisations.models import Organisation, OrganisationKind, SchoolLevel
from app.organisations.problems import NameTaken
from app.organisations.words import VOCABULARY
from tests.factories import Factory
from tests.photos import photo

HOST, SCHOOL = OrganisationKind.HOST, OrganisationKind.SCHOOL


def edit(make: Factory, unit: Organisation, name: str | None = None, logo: bytes | None = None) -> Organisation:
    """Edit a unit as an administrator does."""
    change = PictureChange(prepare(logo, 480) if logo else None)
    by = make.user().id
    return make.do(
        operations.edit_organisation, unit.id, name or unit.name, "文昌", change, by=by, at=now(), place="文昌路 1 号"
    )


def names(kind: OrganisationKind | None = None, level: SchoolLevel | None = None, typed: str = "") -> list[str]:
    """Return the names on the first page of units."""
    return [unit.name for unit in queries.page_of_units(kind, level, typed, None)[0]]


def history(unit: Organisation) -> list[str]:
    """Return everything the unit's page tells of it, the latest first."""
    return [line for change in changes_of(operations.RECORD, [unit.id]) for line in told(change, VOCABULARY)]


def test_two_units_never_have_one_name(inside: Flask, make: Factory) -> None:
    make.organisation(name="文昌中学")
    with pytest.raises(NameTaken):
        make.school("文昌中学")
    assert db.session.scalar(select(func.count()).select_from(Organisation)) == 1


def test_a_unit_keeps_its_kind_when_it_is_edited(inside: Flask, make: Factory) -> None:
    edited = edit(make, make.school("文昌中学"), "文昌初级中学")
    assert (edited.name, edited.short_name, edited.place) == ("文昌初级中学", "文昌", "文昌路 1 号")
    assert edited.kind is SCHOOL


def test_a_unit_may_be_saved_under_its_own_name_but_not_under_anothers(inside: Flask, make: Factory) -> None:
    school = make.school("文昌中学")
    make.school("城关小学")
    assert edit(make, school).name == "文昌中学"
    with pytest.raises(NameTaken):
        edit(make, school, "城关小学")


def test_what_was_changed_is_told_in_words(inside: Flask, make: Factory) -> None:
    school = make.school("文昌中学")
    by = make.user().id
    make.do(operations.edit_profile, school.id, PictureChange(), by=by, at=now(), levels=" primary middle ")
    edit(make, school, logo=photo())
    assert history(school) == [
        "简称：– → 文昌",
        "地址：– → 文昌路 1 号",
        "标志：已重写",
        "学段：– → 小学 · 初中",
        "新增",
    ]


def test_a_logo_that_was_replaced_is_gone_unless_another_unit_shows_it(inside: Flask, make: Factory) -> None:
    school, host = make.school(), make.organisation()
    for unit in (school, host):
        edit(make, unit, logo=photo())
    red = school.logo_digest
    edit(make, school, logo=photo(colour="#1f5b4c"))
    digests = set(db.session.scalars(select(Picture.digest)))
    assert digests == {red, db.session.get_one(Organisation, school.id).logo_digest}
    edit(make, host, logo=photo(colour="#1f5b4c"))
    assert set(db.session.scalars(select(Picture.digest))) == digests - {red}


def test_certificates_name_what_is_on_the_seal_or_else_the_unit() -> None:
    assert Organisation(name="清溪县青少年宫").issuer == "清溪县青少年宫"
    assert Organisation(name="清溪县青少年宫", seal_text="共青团清溪县委员会").issuer == "共青团清溪县委员会"


@pytest.mark.parametrize("typed", ["清溪县第", "qingxixiandi", "qxxd", "一中", "yizh", "YZ", " 清溪县 第一", "ＹＺ"])
def test_a_unit_is_found_by_how_its_name_begins(inside: Flask, make: Factory, typed: str) -> None:
    make.do(operations.create_organisation, "清溪县第一中学", SCHOOL, short_name="一中", at=now())
    make.school("滨江小学")
    assert names(typed=typed) == ["清溪县第一中学"]


@pytest.mark.parametrize("typed", ["第一中学", "%", "_", "zhongxue", "\0", "x" * 500])
def test_what_no_name_begins_with_finds_nothing_or_says_nothing(inside: Flask, make: Factory, typed: str) -> None:
    make.school("清溪县第一中学")
    assert names(typed=typed) == ([] if typed.strip("%_\0") else ["清溪县第一中学"])


def test_units_are_listed_by_kind_and_schools_by_level(inside: Flask, make: Factory) -> None:
    make.organisation(name="团县委")
    make.do(operations.create_organisation, "实验学校", SCHOOL, at=now(), levels=" primary middle ")
    make.do(operations.create_organisation, "滨江小学", SCHOOL, at=now(), levels=" primary ")
    assert names() == ["滨江小学", "实验学校", "团县委"]
    assert names(HOST) == ["团县委"]
    assert names(SCHOOL, SchoolLevel.MIDDLE) == ["实验学校"]
    assert names(SCHOOL, SchoolLevel.HIGH) == []
    assert [school.name for school in queries.schools()] == ["实验学校", "滨江小学"]


def test_the_pages_of_a_long_list_hold_every_unit_once(
    inside: Flask, make: Factory, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(queries, "PAGE", 2)
    for name in ("文昌中学", "文昌小学", "滨江小学", "安宁小学", "Riverside"):
        make.school(name)
    found: list[str] = []
    after: int | None = None
    while len(found) < 5:
        page, after = queries.page_of_units(None, None, "", after)
        found += [unit.name for unit in page]
    assert found == ["安宁小学", "滨江小学", "Riverside", "文昌小学", "文昌中学"]
    assert after is None
