"""What the change log says, in the language of whoever reads it."""

from datetime import UTC, datetime

from flask import Flask
from flask_babel import lazy_gettext as _l
from flask_babel import refresh

from app.core.changes import Vocabulary, changes_of, note_change, note_edit, told
from app.core.clock import now
from app.programmes.kinds import ProgrammeKind
from tests.factories import Factory

VOCABULARY = Vocabulary(
    happened={"moved": _l("%(taken)s of %(capacity)s taken")},
    fields={"place": _l("Place"), "kind": _l("Kind")},
    values={"kind": lambda value: ProgrammeKind(value).words},
)


def sentences(make: Factory, record_id: int = 7) -> list[list[str]]:
    return [told(change, VOCABULARY) for change in changes_of("event", [record_id])]


def test_what_happened_is_told_with_its_facts_the_latest_first(inside: Flask, make: Factory) -> None:
    for taken in (1, 2):
        make.do(note_change, "event", 7, "moved", by=None, at=now(), taken=taken, capacity=9)
    assert sentences(make) == [["已报 2 / 9"], ["已报 1 / 9"]]
    with inside.test_request_context(headers={"Accept-Language": "en"}):
        refresh()
        assert sentences(make)[0] == ["2 of 9 taken"]


def test_an_edit_tells_only_the_fields_that_changed(inside: Flask, make: Factory) -> None:
    before = {"place": "东门", "kind": ProgrammeKind.THEME, "title": "植树"}
    after = {"place": "西门", "kind": ProgrammeKind.VISIT, "title": "植树"}
    make.do(note_edit, "event", 7, before, after, by=make.user().id, at=now())
    assert sentences(make) == [["地点：东门 → 西门", "类型：主题交流 → 互访交流"]]


def test_an_edit_that_changed_nothing_is_not_written_down(inside: Flask, make: Factory) -> None:
    make.do(note_edit, "event", 7, {"place": "东门"}, {"place": "东门"}, by=None, at=now())
    assert sentences(make) == []


def test_moments_are_told_in_shanghai_and_long_texts_not_at_all(inside: Flask, make: Factory) -> None:
    begins = datetime(2027, 5, 18, 1, 0, tzinfo=UTC)
    before = {"starts_at": begins, "summary": "字" * 100}
    after = {"starts_at": begins.replace(hour=2), "summary": "短"}
    make.do(note_edit, "event", 7, before, after, by=None, at=now())
    (lines,) = sentences(make)
    assert "09:00" in lines[0] and "10:00" in lines[0]
    assert "字" not in lines[1]


def test_another_record_keeps_its_own(inside: Flask, make: Factory) -> None:
    make.do(note_change, "event", 8, "moved", by=None, at=now(), taken=1, capacity=2)
    assert sentences(make) == []
