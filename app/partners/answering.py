"""What a partner answers for its people: they come, they do not, and what their parents have signed on paper.

The signed papers stay with the partner. What it writes down of them counts once somebody else has compared it with the
summary that the partner has stamped: until then it is unproven, and confirms no child under 14.
"""

from collections.abc import Collection, Mapping
from dataclasses import dataclass, replace
from datetime import datetime

from sqlalchemy import select

from app.care.consents import proving
from app.care.consents.models import PaperAnswer
from app.core.changes import note_change
from app.core.db import db
from app.partners.links import still_open
from app.partners.models import PartnerLink
from app.partners.problems import NobodyTicked, ParentUnknown, SheetMissing
from app.partners.queries import ChildPapers, minors_of, people_sent
from app.people.consents import guardians
from app.people.consents.guardians import GuardianWords
from app.people.consents.models import Purpose
from app.people.consents.scopes import programme_scope
from app.programmes import documents
from app.programmes.applications import answering, applying
from app.programmes.models import Application, ApplicationState, Document
from app.questions.files import FileToKeep


@dataclass(frozen=True)
class Signed:
    """What a paper says: who signed it, and yes or no to each purpose."""

    who: GuardianWords
    answers: Mapping[Purpose, bool]


def say_yes(link_id: int, application_ids: Collection[int], *, at: datetime) -> list[Application]:
    """Say of people who were chosen that they come; of whoever has said so already nothing changes. Returns for whom
    something did. Raises `NobodyTicked`, `PartnerLinkOver`."""
    link = still_open(link_id, at=at)
    chosen = (Application.id.in_(application_ids), Application.state == ApplicationState.ACCEPTED)
    found = db.session.scalars(people_sent(link.side_id).where(*chosen)).all()
    if not found:
        raise NobodyTicked
    return [answering.say_yes(one.id, by=link.made_by_id, at=at) for one in sorted(found, key=lambda one: one.id)]


def take_back(link_id: int, application_id: int, words: str, *, at: datetime) -> Application:
    """Let somebody not come, and say why; the next of the reserve moves up. A second time changes nothing. Raises
    `NothingToAnswer` once the programme is over, `PartnerLinkOver`."""
    link = still_open(link_id, at=at)
    return answering.take_back(application_id, words, by=link.made_by_id, at=at)


def write_paper_down(link_id: int, application_id: int, signed: Signed, *, at: datetime) -> PaperAnswer:
    """Write down what a parent has signed; a no counts at once. What was written down for the same child and not
    compared yet is replaced. Raises `CarerCannotConsent`, `PartnerLinkOver`."""
    link = still_open(link_id, at=at)
    one = db.session.get_one(Application, application_id)
    return _write_down(link, one, signed, at)


def write_papers_down(link_id: int, application_ids: Collection[int], *, at: datetime) -> list[PaperAnswer]:
    """Write down that the named parents of some children have agreed to all that is asked; whose paper waits or counts
    already is passed over. Raises `NobodyTicked`, `ParentUnknown`, `PartnerLinkOver`."""
    link = still_open(link_id, at=at)
    chosen = [one for one in minors_of(link.side) if one.application.id in application_ids and one.is_missing]
    if not chosen:
        raise NobodyTicked
    everything = dict.fromkeys(link.side.programme.purposes, True)
    return [_write_down(link, one.application, Signed(_parent_of(one), everything), at) for one in chosen]


def send_sheet(link_id: int, file: FileToKeep, *, at: datetime) -> Document:
    """Keep the stamped summary among the programme's papers; a later one takes the place of an earlier one."""
    link = still_open(link_id, at=at)
    named = replace(file, name=f"{link.side.title} · {file.name}")
    its = link.side.programme_id
    document = documents.add_to_programme(its, named, is_public=False, by=link.made_by_id, at=at)
    link.sheet_id = document.id
    return document


def confirm_paper(side_id: int, paper_id: int, *, by: int, at: datetime) -> PaperAnswer:
    """Say as a second person that the stamped summary says what was written down of a paper; a second time changes
    nothing. Raises `SheetMissing`, `SamePerson`, and what an answer raises."""
    stamped = select(PartnerLink.id).where(PartnerLink.side_id == side_id, PartnerLink.sheet_id.is_not(None))
    if db.session.scalar(stamped.limit(1)) is None:
        raise SheetMissing
    return proving.confirm_paper(paper_id, by=by, at=at)


def _write_down(link: PartnerLink, one: Application, signed: Signed, at: datetime) -> PaperAnswer:
    by, scope = link.made_by_id, programme_scope(one.programme_id)
    guardian = guardians.typed(one.person_id, signed.who, by=by, at=at)
    note_change(applying.RECORD, one.id, "paper_vouched", by=by, at=at, label=link.label)
    return proving.enter_paper(one.person_id, scope, guardian.id, signed.answers, by=by, at=at)


def _parent_of(child: ChildPapers) -> GuardianWords:
    parent = child.parent
    if parent is None or parent.contact is None:
        raise ParentUnknown(name=child.application.person.name)
    return GuardianWords(parent.contact.name, parent.relation, parent.contact.phone)
