"""What became of last summer's pairs in the demo county: families said yes, some shared how to be reached; most write
and call, one is silent, one ended, one asks for somebody else."""

from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from sqlalchemy import select

from app.core.clock import local_day
from app.core.db import db
from app.demo.exchange_desk import DAY, ExchangeDesk
from app.pairing.accepting import answering, contacts
from app.pairing.accepting.answering import Signer
from app.pairing.accepting.contacts import Reachable
from app.pairing.accepting.needed import is_minor
from app.pairing.ending.operations import Why, end_early
from app.pairing.journal.models import EntryKind, Way
from app.pairing.journal.operations import Group, What, note_group, note_pair
from app.pairing.models import Pair, PairingMember, PairingRound
from app.people.consents.models import Guardian, Strength
from app.people.models import ActsFor, Relation

_HOUR = timedelta(hours=1)
_LETTER = EntryKind.LETTER
_CALLS = (
    "视频通话，说了说期中考试。",
    "两个班一起视频，唱了校歌。",
    "看了对方家的院子。",
    "约好寒假见面。",
    "打电话问候了爷爷。",
)


@dataclass(frozen=True)
class _Line:
    """Something to note: how many days ago it happened, and what."""

    days: int
    whose: Group | Pair
    kind: EntryKind
    way: Way | None
    count: int
    by: int
    words: str = ""


def pairs_of(made: PairingRound) -> list[Pair]:
    """Return a round's pairs by number."""
    return list(db.session.scalars(select(Pair).where(Pair.round_id == made.id).order_by(Pair.number)))


def of_school(desk: ExchangeDesk, pairs: Sequence[Pair], key: str) -> list[Pair]:
    """Return those of them whose first is a pupil of a school."""
    name = desk.units[key].organisation.name
    return [pair for pair in pairs if pair.members and pair.members[0].school == name]


def accept_all(desk: ExchangeDesk, made: PairingRound, at: datetime) -> None:
    """Let everybody and their guardians say yes to their partners, one pair an hour."""
    for later, pair in enumerate(pairs_of(made)):
        for member in list(pair.members):
            for signer in _signers(desk, member, at):
                answering.accept(pair.id, member.id, signer, at=at + later * _HOUR)


def share_ways(desk: ExchangeDesk, pairs: Sequence[Pair], at: datetime) -> None:
    """Let the guardians of all of these pairs agree that the other family may reach them; of the last only one."""
    for pair in pairs:
        for member in pair.members[: 1 if pair is pairs[-1] else None]:
            reachable = Reachable(phone=f"1370000{member.id:04}", wechat=f"demo-{member.id}")
            contacts.share(pair.id, member.id, _signers(desk, member, at)[-1], reachable, at=at)


def keep_journal(desk: ExchangeDesk, made: PairingRound, calling: Sequence[Pair], at: datetime) -> None:
    """Note what schools and classes sent and received, and what single pairs did: ``calling``, of the first school."""
    pairs = of_school(desk, pairs_of(made), "experimental")
    lines = [*_letters(desk, {pair.members[0].class_name for pair in pairs}), *_visits(desk, calling)]
    for line in sorted(lines, key=lambda one: -one.days):
        moment = at - line.days * DAY
        what = What(line.kind, line.way, line.count, local_day(moment), line.words)
        if isinstance(line.whose, Group):
            note_group(made.id, line.whose, what, by=line.by, at=moment)
        else:
            note_pair(line.whose.id, 0, what, by=line.by, at=moment)


def _letters(desk: ExchangeDesk, classes: Collection[str]) -> Iterator[_Line]:
    for key in ("first", "experimental"):
        school, by = desk.units[key].organisation.name, desk.working[key]
        yield _Line(92, Group(0, school), _LETTER, Way.SENT, 6, by)
        yield _Line(80, Group(0, school), _LETTER, Way.RECEIVED, 6, by)
        if key == "experimental":
            for class_name in sorted(classes):
                yield _Line(20, Group(0, school, class_name), _LETTER, Way.SENT, 2, by, "班主任一起寄的。")
            yield _Line(8, Group(0, school), _LETTER, Way.RECEIVED, 5, by)


def _visits(desk: ExchangeDesk, calling: Sequence[Pair]) -> Iterator[_Line]:
    for number, (pair, words) in enumerate(zip(calling, _CALLS, strict=False)):
        yield _Line(30 - 4 * number, pair, EntryKind.CALL, None, 1, desk.working["first"], words)
    yield _Line(16, calling[0], EntryKind.VISIT, None, 1, desk.by, "一家人去阿克苏，两个孩子一起摘了苹果。")


def part_some(desk: ExchangeDesk, pairs: Sequence[Pair], at: datetime) -> None:
    """Let the first of some pairs end early, and let somebody of the second ask for another partner."""
    ended, asked = pairs[:2]
    why = Why(local_day(at - 40 * DAY), "对方全家搬到外省，暂时没有办法通信。")
    end_early(ended.id, why, by=desk.by, at=at - 39 * DAY)
    member = asked.members[1]
    signer = _signers(desk, member, at)[-1]
    answering.ask_another(asked.id, member.id, signer, "写了两封信都没有回音，想换一位。", at=at - 2 * DAY)


def account_of(member: PairingMember) -> int | None:
    """Return the own account of somebody, if there is one."""
    theirs = (ActsFor.person_id == member.person_id, ActsFor.relation == Relation.ONESELF)
    return db.session.scalar(select(ActsFor.user_id).where(*theirs))


def _signers(desk: ExchangeDesk, member: PairingMember, at: datetime) -> list[Signer]:
    """Return who says yes for somebody: the own account, and of a minor the guardian, whom somebody called."""
    own = account_of(member)
    signers = [Signer(by=own)] if own else []
    if not is_minor(member, at=at):
        return signers or [Signer(strength=Strength.CALLED, by=desk.by)]
    guardian_id = db.session.scalars(select(Guardian.id).where(Guardian.person_id == member.person_id)).first()
    return [*signers, Signer(guardian_id, Strength.CALLED, by=desk.by)]
