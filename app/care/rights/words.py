"""What tables and fields are called for whoever takes the own data along."""

from collections.abc import Mapping
from typing import Any

from flask_babel import LazyString
from flask_babel import lazy_gettext as _l

_TABLES: dict[str, LazyString] = {
    "people": _l("Person"),
    "person_needs": _l("What has to be looked after"),
    "travel_documents": _l("Travel document (sealed: only that it is there)"),
    "guardians": _l("Guardians"),
    "guardian_contacts": _l("Guardians: name and phone"),
    "guardian_asks": _l("Links to guardians"),
    "paper_answers": _l("Answers on paper"),
    "collectors": _l("Who may fetch the child"),
    "data_corrections": _l("What was to be put right"),
    "collections": _l("Who fetched the child"),
    "consents": _l("Answers of guardians"),
    "consent_signers": _l("Names under these answers"),
    "consents_in_force": _l("Consent in force"),
    "claim_slips": _l("Printed slips"),
    "transfers": _l("Going to another school"),
    "not_doubles": _l("Looked at beside a namesake"),
    "roster_items": _l("Entered by the school's list"),
    "acts_for": _l("For whom the account acts"),
    "enrolments": _l("School and class"),
    "registrations": _l("Sign-ups"),
    "registration_comments": _l("Notes of staff"),
    "bulk_act_items": _l("What staff did to several at once"),
    "absences": _l("Leave and absences"),
    "pairing_members": _l("Pairing rounds"),
    "pair_answers": _l("Answers about a pair"),
    "pair_contacts": _l("What the partner's family may see (sealed)"),
    "left_pairs": _l("Pairs of before"),
    "shift_swaps": _l("Shifts offered to others"),
    "person_skills": _l("Skills and trainings"),
    "corrections": _l("Attendance put right"),
    "certificates": _l("Certificates"),
    "messages": _l("Messages"),
    "deliveries": _l("Messages by other ways"),
    "contacts": _l("Where messages go"),
    "answer_sheets": _l("Answered questions"),
    "answers": _l("Answers"),
    "changes": _l("What happened"),
    "access_entries": _l("Who read or took it"),
    "users": _l("Account"),
    "sessions": _l("Where one is signed in"),
    "invitations": _l("Invitations"),
}
_FIELDS: dict[str, LazyString] = {
    "name": _l("Name"),
    "person_name": _l("Name"),
    "born_on": _l("Date of birth"),
    "phone": _l("Phone number"),
    "email": _l("E-mail"),
    "login_name": _l("Sign-in name"),
    "class_name": _l("Class"),
    "reason": _l("Reason"),
    "state": _l("State"),
    "value": _l("Answer"),
    "words": _l("Words"),
    "note": _l("Note"),
    "purpose": _l("What for"),
    "action": _l("What"),
    "at": _l("When"),
    "address": _l("Address"),
    "event_title": _l("Event"),
    "host_name": _l("Host"),
    "number": _l("Certificate number"),  # nothing else that has a number is taken along
    "registered_at": _l("Signed up on"),
    "sent_at": _l("Sent"),
    "read_at": _l("Read"),
    "kind": _l("Kind"),
    "gender": _l("Gender"),
    "languages": _l("Languages"),
    "interests": _l("Interests"),
}


def table_words(table: str) -> str:
    """Return what a table is called; one that has no words yet says its own name."""
    return str(_TABLES.get(table, table))


def field_words(name: str) -> str:
    """Return what a field is called."""
    return str(_FIELDS.get(name, name.replace("_", " ")))


def value_words(value: Any) -> str:
    """Write a value, what is inside of one too."""
    if isinstance(value, Mapping):
        return "；".join(f"{field_words(str(name))}: {value_words(one)}" for name, one in value.items())
    return "、".join(value_words(one) for one in value) if isinstance(value, list) else str(value)
