"""By which way pairs come about once they are published, and how far a pair is."""

from enum import StrEnum


class Way(StrEnum):
    """逐人确认: both youths and their guardians say yes. 按班级: the consent says yes, and families may object."""

    PERSON = "person"
    CLASS = "class"


class PairState(StrEnum):
    """What a pair is. Before its round is published, and until families see it, it is proposed."""

    PROPOSED = "proposed"  # families answer, or may object
    FORMED = "formed"  # 已结成
    ASKED = "asked"  # somebody wants another partner: the organiser's turn
    OBJECTED = "objected"  # a family took its child out: the organiser's turn
    ENDED = "ended"


WITH_ORGANISER = (PairState.ASKED, PairState.OBJECTED)
OPEN = (PairState.PROPOSED, *WITH_ORGANISER)


class Missing(StrEnum):
    """What is missing before somebody's side of a pair says yes."""

    YOUTH = "youth"
    GUARDIAN = "guardian"
    PROOF = "proof"  # a guardian's yes is there, and nobody can say yet that it was the guardian's


class PairAnswer(StrEnum):
    """What was said about a pair."""

    ACCEPTED = "accepted"
    ANOTHER = "another"  # 想换一位
    OBJECTED = "objected"
