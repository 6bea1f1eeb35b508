"""What a message says: its facts in the words of its template, or in those that come with the program."""

import tomllib
from collections.abc import Mapping
from functools import cache
from pathlib import Path
from typing import Any, NamedTuple

from flask_babel import force_locale
from flask_babel import gettext as _

from app.core.languages import CHINESE, ENGLISH
from app.core.links import public_url
from app.messages.models import Message, MessageKind, MessageTemplate
from app.messages.placeholders import filled, filled_line

_FOLDER = Path(__file__).with_name("defaults")
_CODE = frozenset({MessageKind.REGISTERED, MessageKind.CHANGED, MessageKind.RAIN_PLAN, MessageKind.RESUMED}) | {
    MessageKind.REMINDER,
    MessageKind.SOON,
    MessageKind.CODE,
    MessageKind.CONSENT_ASKED,
    MessageKind.CONSENT_GIVEN,
    MessageKind.DISPUTE_ANSWERED,
}
_APPLICATIONS = frozenset({MessageKind.APPLICATION_IN, MessageKind.CHOSEN, MessageKind.CHOSEN_HELD}) | {
    MessageKind.RESERVED,
    MessageKind.NOT_CHOSEN,
    MessageKind.TAKES_PART,
    MessageKind.PLACE_GONE,
    MessageKind.PROGRAMME_OFF,
}
_PAIRS = frozenset({MessageKind.PAIR_PROPOSED, MessageKind.PAIR_TOLD, MessageKind.PAIR_REMINDER}) | {
    MessageKind.PAIR_FORMED
}
_AFTER_PAIRING = (  # which fact leads where
    ("worry", "letter_teacher.worry", "worry_id"),
    ("round", "silence_desk.index", "round_id"),
    ("shared_round", "school_journal.show", "shared_round_id"),
    ("pair", "pair_letters.index", "own_pair_id"),
)
_LETTERS = frozenset({MessageKind.LETTER_HERE, MessageKind.LETTER_BACK, MessageKind.LETTER_WORRY}) | {
    MessageKind.LETTER_OPENED,
    MessageKind.PAIRS_SILENT,
}
_OF_A_PERSON = frozenset({MessageKind.DATA_CORRECTED, MessageKind.DATA_KEPT})
_CERTIFICATES = frozenset({MessageKind.CERTIFICATE, MessageKind.CERTIFICATE_VOID})


class Words(NamedTuple):
    """A subject of one line, and a body of plain lines."""

    subject: str
    body: str


def worded(message: Message, language: str) -> Words:
    """Return what a message says in a language (`CHINESE`, or `ENGLISH`; anything else is Chinese).

    Plain text: whoever puts it into HTML escapes it, and makes links of `PUBLIC_URL` only.
    """
    if message.kind is MessageKind.ANNOUNCEMENT:
        with force_locale(_known(language)):
            return _announced(message.facts)
    pattern = template_words(message.template, language) if message.template else built_in(message.kind, language)
    return said(pattern, facts_of(message), language)


def _announced(facts: Mapping[str, Any]) -> Words:
    """Return what an organiser wrote, and of which event: "the morning shift" alone says nothing to a family."""
    lines = [str(facts.get("body", ""))]
    if facts.get("event"):
        lines.append(_("Event: %(event)s", event=facts["event"]))
    return Words(" ".join(str(facts.get("subject", "")).split()), "\n\n".join(lines))


def said(pattern: Words, facts: Mapping[str, Any], language: str) -> Words:
    """Return words with facts in their places, days and times as the language writes them."""
    with force_locale(_known(language)):
        return Words(filled_line(pattern.subject, facts), filled(pattern.body, facts))


def template_words(template: MessageTemplate, language: str) -> Words:
    """Return a unit's own words in a language; English that it left out is that of the program."""
    if _known(language) != ENGLISH:
        return Words(template.subject_zh, template.body_zh)
    english = built_in(template.kind, ENGLISH)
    return Words(template.subject_en or english.subject, template.body_en or english.body)


def built_in(kind: MessageKind, language: str) -> Words:
    """Return the words that come with the program."""
    words = _defaults(_known(language))[kind]
    return Words(words["subject"], words["body"].strip())


def facts_of(message: Message) -> dict[str, Any]:
    """Return a message's frozen facts, and whom it is about, who tells, and where to go on."""
    own = {"name": message.person.name, "host": message.organisation.name, "link": link_of(message) or ""}
    return {**own, **message.facts}


def link_of(message: Message) -> str | None:
    """Return the full address of the page that goes on from a message, if there is one."""
    target = onwards(message)
    return public_url(target[0], **target[1]) if target else None


def onwards(message: Message) -> tuple[str, dict[str, Any]] | None:
    """Return the page that goes on from a message: the entry code, the event, or one's certificates."""
    if message.kind in _CERTIFICATES:
        return "certificates.mine", {}
    if message.kind in _CODE and message.registration_id:
        return "events.show_code", {"registration_id": message.registration_id}
    if message.kind in _OF_A_PERSON:
        return "persons.edit", {"person_id": message.person_id}
    if message.event_id:
        return "events.show", {"event_id": message.event_id}
    return _of_programme(message) or _of_letters(message)


def _of_programme(message: Message) -> tuple[str, dict[str, Any]] | None:
    if message.kind in _APPLICATIONS and "application" in message.facts:
        return "applications.show", {"application_id": message.facts["application"]}
    if message.kind in _PAIRS and "pair" in message.facts:
        return "pairs.show", {"own_pair_id": message.facts["pair"]}
    if message.kind is MessageKind.DOCUMENT_ASKED and "application" in message.facts:
        return "travel_documents.fill_in", {"application_id": message.facts["application"]}
    if message.kind is MessageKind.AGREEMENT_ENDS and "agreement" in message.facts:
        return "agreement_desk.show", {"agreement_id": message.facts["agreement"]}
    if message.kind is MessageKind.TRIP_TASK and "programme" in message.facts:
        return "trip_desk.show", {"programme_id": message.facts["programme"]}
    return None


def _of_letters(message: Message) -> tuple[str, dict[str, Any]] | None:
    if message.kind is MessageKind.LETTER_WAITS:
        return "letter_teacher.index", {}
    facts = message.facts if message.kind in _LETTERS else {}
    return next(((page, {place: facts[fact]}) for fact, page, place in _AFTER_PAIRING if fact in facts), None)


@cache
def _defaults(language: str) -> dict[str, dict[str, str]]:
    return tomllib.loads((_FOLDER / f"{language}.toml").read_text("utf-8"))


def _known(language: str) -> str:
    return ENGLISH if language == ENGLISH else CHINESE
