"""What two of the demo county's events ask of whoever signs up, and what most of them answered."""

from collections.abc import Sequence
from datetime import datetime, timedelta
from random import Random

from sqlalchemy import select

from app.core.crypto import seal
from app.core.db import db
from app.demo.events import Idea
from app.events.models import PLACED, Event, Registration, Slot
from app.events.questions import asking
from app.people.models import ActsFor
from app.questions.models import AGREED, SEALED_FOR, Answer, AnswerSheet, Question, QuestionKind
from app.questions.rules import QuestionWords

_SIZES = "130\n140\n150\nS\nM\nL\nXL"
_WAYS = "家长接送\n自己来\n坐学校的大巴"
_STOPS = "县一中门口\n实验中学门口\n民族中学门口"
_AVOIDED = ("花生过敏", "不吃牛羊肉", "海鲜过敏", "牛奶喝了不舒服")
_QUESTIONS = {
    "清溪—阿克苏手拉手见面会": [
        QuestionWords(QuestionKind.CHOICE, "文化衫要多大的？", choices=_SIZES, is_required=True),
        QuestionWords(QuestionKind.CHOICE, "怎么来会场？", choices=_WAYS, is_required=True, keep_days=7),
        QuestionWords(QuestionKind.TEXT, "想带什么小礼物给对方？", hint="自己做的最好，不用花钱。"),
    ],
    "青绿山水研学营": [
        QuestionWords(QuestionKind.TEXT, "紧急情况联系谁？", hint="姓名、关系、手机号", is_required=True, keep_days=7),
        QuestionWords(QuestionKind.CHOICE, "在哪儿上车？", choices=_STOPS, is_required=True, keep_days=7),
        QuestionWords(QuestionKind.SEVERAL, "想参加哪些小组？", choices="水质检测\n植物图鉴\n写生\n夜观星空"),
        QuestionWords(QuestionKind.TEXT, "有没有忌口或过敏？", is_sensitive=True, reason="安排用餐", keep_days=7),
        QuestionWords(QuestionKind.AGREEMENT, "我会听领队安排，不单独下水", is_required=True),
    ],
}


def ask(random: Random, idea: Idea, event: Event, always: set[int], *, by: int, at: datetime) -> None:
    """Let an event ask what it has to ask; most people answered, those in ``always`` did not yet."""
    moment = (event.published_at or at) - timedelta(hours=2)
    for words in _QUESTIONS.get(idea.title, ()):
        asking.add_question(event.id, words, by=by, at=moment)
    if event.question_set is None:
        return
    questions = event.question_set.asked
    for registration, answered_by in _coming(event).values():
        if registration.person_id not in always and random.random() < 0.7:
            _answer(random, questions, registration, answered_by)


def _coming(event: Event) -> dict[int, tuple[Registration, int]]:
    """Return a registration of everybody who comes, and an account that answers, by person."""
    found = (
        select(Registration, ActsFor.user_id)
        .join(Registration.slot)
        .join(ActsFor, ActsFor.person_id == Registration.person_id)
        .where(Slot.event_id == event.id, Registration.state.in_(PLACED))
        .order_by(Registration.id)
    )
    return {one.person_id: (one, user_id) for one, user_id in db.session.execute(found)}


def _answer(random: Random, questions: Sequence[Question], registration: Registration, by: int) -> None:
    sheet = AnswerSheet(
        set_id=questions[0].set_id,
        person_id=registration.person_id,
        answered_by_id=by,
        answered_at=registration.registered_at + timedelta(minutes=random.randint(1, 40)),
    )
    values = [(question, _value(random, question)) for question in questions]
    sheet.answers = [Answer(question=question, value=value) for question, value in values if value]
    db.session.add(sheet)


def _value(random: Random, question: Question) -> str:
    if question.kind is QuestionKind.AGREEMENT:
        return AGREED
    if question.is_sensitive:
        return seal(SEALED_FOR, random.choice(_AVOIDED)) if random.random() < 0.3 else ""
    if question.kind is QuestionKind.SEVERAL:
        return "\n".join(one for one in question.offered if random.random() < 0.5)
    if question.offered:
        return random.choice(question.offered)
    if question.is_required:
        return f"{random.choice('王李张刘陈')}{random.choice('建国丽华志远')}，{random.choice(('妈妈', '爸爸'))}"
    return random.choice(("一幅剪纸", "自己写的书签", "家乡的明信片", ""))
