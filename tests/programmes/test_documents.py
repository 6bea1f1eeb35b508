"""Who took a programme's paper that is not public is written down."""

from flask import Flask
from sqlalchemy import select

from app.core.audit import AccessEntry
from app.core.clock import now
from app.core.db import db
from app.programmes import documents
from tests.exchanges import a_paper, a_programme
from tests.signing_in import Personas


def test_a_download_is_written_down_unless_everybody_may_read_it(app: Flask, personas: Personas) -> None:
    make, programme = personas.make, a_programme(personas.make, personas.host)
    by = make.user().id
    with app.app_context():
        files = [a_paper(), a_paper("告家长书.pdf")]
    kept, shown = (
        make.do(documents.add_to_programme, programme.id, file, is_public=is_public, by=by, at=now())
        for file, is_public in zip(files, (False, True), strict=True)
    )
    for one in (kept, shown):
        assert personas.staff.get(f"/desk/documents/{one.id}").status_code == 200
    assert personas.outsider.get(f"/desk/documents/{kept.id}").status_code == 404
    with app.app_context():
        (entry,) = db.session.scalars(select(AccessEntry).where(AccessEntry.record == "document"))
        assert (entry.action, entry.record_id) == ("file", kept.id)
