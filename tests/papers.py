"""Signed forms and children who are fetched, for tests."""

from app.care.consents.answering import Said
from app.care.consents.asking import ask_about
from app.care.consents.guardian_page import Signed, answer_link
from app.care.consents.models import GuardianLink, PaperAnswer
from app.care.consents.opening import open_for
from app.care.consents.paper_photos import sealed_photo
from app.care.consents.proving import SentPaper, enter_paper
from app.checkin.collecting import collect
from app.checkin.collecting_models import CollectedBy, Collection
from app.core.clock import now
from app.core.db import db
from app.core.pictures import prepare
from app.events.models import Event, Registration
from app.people.consents.collectors import Collector, let_fetch
from app.people.consents.models import GuardianRelation
from tests.consents import YES, agreed, code_of_link, guardian, scope_in
from tests.factories import Factory
from tests.photos import photo


def signed_paper(make: Factory, one: Registration, by: int) -> PaperAnswer:
    """Type the signed form of a child's place in, with a photo."""
    who = guardian(make, one.person_id)
    with make.app.app_context():
        sent, scope = SentPaper(one.id, sealed_photo(prepare(photo(), 200))), scope_in(one)
    return make.do(enter_paper, one.person_id, scope, who.id, YES, sent, by=by, at=now())


def child_here(make: Factory, event: Event, name: str = "何小苗") -> Registration:
    """Return a child under 14 whose guardian agreed, and who has been checked in."""
    child = make.registration(event.slots[0], name=name, age=9)
    with make.app.app_context():
        agreed(make, child)
    make.arrival(child)
    return child


def fetcher(make: Factory, child: Registration, name: str = "王奶奶") -> Collector:
    """Return somebody who may fetch a child."""
    found = make.do(let_fetch, child.person_id, guardian(make, child.person_id).id, name, "1234", at=now())
    assert found
    return found


def fetched(make: Factory, child: Registration, by: int) -> Collection:
    """Let a child leave with a guardian."""
    return make.do(collect, child.id, CollectedBy.GUARDIAN, by=by, at=now())


def paper_places(make: Factory, event: Event, held_id: int, by: int) -> dict[str, str]:
    """A paper that waits for a second person, and a child who was fetched."""
    with make.app.app_context():
        held = db.session.get_one(Registration, held_id)
        paper = signed_paper(make, held, by)
    collection = fetched(make, child_here(make, event), by)
    return {"paper": str(paper.id), "collection": str(collection.id), "version": "1"}


def opened_page(make: Factory, event: Event) -> str:
    """Return the code of a private page of which it is proven whose it is, with people who may fetch the child."""
    child = make.registration(event.slots[0], name="何小月", age=9)
    fetcher(make, child)
    link = make.do(ask_about, child.id, by=child.registered_by_id, at=now())
    return code_of_link(make, make.do(_answer_and_open, link.id))


def collecting_rows(make: Factory) -> None:
    """At least one row of who may fetch a child, and of who did."""
    child = child_here(make, make.going_on())
    fetcher(make, child)
    fetched(make, child, child.registered_by_id)


def _answer_and_open(link_id: int) -> GuardianLink:
    link = db.session.get_one(GuardianLink, link_id)
    said = [Said(one.person_id, one.scope, YES) for one in link.asks]
    page = answer_link(link_id, said, Signed("林建国", GuardianRelation.FATHER), at=now())
    open_for(page.asks[0], at=now())
    return page
