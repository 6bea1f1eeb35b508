"""The access log in words."""

import re

from flask_babel import LazyString
from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l

from app.core.access import Role
from app.core.audit import AccessEntry

ACTIONS: dict[str, LazyString] = {
    "read": _l("Read"),
    "search": _l("Searched"),
    "unmask": _l("Saw it whole"),
    "phones": _l("Saw phone numbers"),
    "file": _l("Took a file"),
    "download": _l("Downloaded"),
    "full download": _l("Downloaded with phone numbers"),
    "print": _l("Printed"),
    "documents": _l("Downloaded with the numbers of documents"),
}
_ITS_NUMBER = re.compile(r"_\d+$")  # of the class or the school that is part of what was read
TAKEN = ("file", "download", "full download", "print", "documents")  # the rest is reading
_RECORDS: dict[str, LazyString] = {
    "registration": _l("somebody's registration"),
    "phone": _l("somebody's phone number"),
    "application": _l("somebody's application for a programme"),
    "trip": _l("the own group of a trip"),
    "answers": _l("somebody's answers"),
    "skills": _l("somebody's skills"),
    "certificate": _l("somebody's certificate"),
    "person_export": _l("one's own data"),
    "event_registrations": _l("an event's list of participants"),
    "school_registrations": _l("a school's list of participants"),
    "event_certificates": _l("an event's certificates"),
    "absences": _l("leave and absences"),
    "collecting": _l("which children are fetched"),
    "paper": _l("the photo of a signed paper"),
    "consent_forms": _l("forms for guardians"),
    "pupils": _l("a school's pupils"),
    "door": _l("the list at the door"),
    "undelivered": _l("what did not arrive"),
    "unseen": _l("who has not read an urgent message"),
    "unseen_pupils": _l("who has not read an urgent message"),
    "access_log": _l("the access log"),
    "accounts": _l("the accounts"),
    "class": _l("a class"),
    "class_replies": _l("what the parents of a class answered"),
    "claim_slips": _l("a class's claim slips"),
    "guardian_call": _l("whom to call about somebody"),
    "consent_record": _l("what somebody's guardians answered"),
    "corrections": _l("what guardians want put right"),
    "partner_link": _l("a partner's people, by its link"),
    "partner_pairs": _l("a partner's pairs, by its link"),
    "partner_papers": _l("parents' papers of a partner"),
    "programme_applications": _l("a programme's list of applications"),
    "programme_ranking": _l("a programme's ranking by readers"),
    "needs": _l("what somebody has to be looked after with"),
    "person": _l("somebody who was entered twice"),
    "trip_roster": _l("a trip's list of names"),
    "trip_insurance": _l("a trip's list for the insurance"),
    "trip_rides": _l("who rides where on a trip"),
    "trip_rooms": _l("who sleeps where on a trip"),
    "trip_meals": _l("a trip's numbers for meals"),
    "trip_emergency": _l("a trip's emergency cards"),
    "trip_badges": _l("a trip's badges"),
    "trip_card": _l("a leader's emergency card"),
    "document": _l("a programme's document"),
    "host_family": _l("a host family"),
    "open_letter": _l("an open letter"),
    "pairing_pairs": _l("a round's pairs"),
    "pairing_people": _l("the people of a round"),
    "pairing_member": _l("somebody of a pairing"),
}
_PURPOSES: dict[str, LazyString] = {
    "": _l("part of the work on this page"),
    "check": _l("Checking who takes part"),
    "contact": _l("Telling families"),
    "door": _l("At the door, on paper"),
    "archive": _l("For the archive"),
    "pair_letters": _l("Letters of the pairs"),
    "pair_meeting": _l("A meeting or visit of the pairs"),
    "other": _l("Something else"),
    "emergency": _l("An emergency"),
    "print": _l("For printing"),
    "own": _l("One's own request"),
    "trip": _l("For the trip"),
}
_PAGES: dict[str, LazyString] = {
    "application_desk.show": _l("page of an application"),
    "application_desk.index": _l("list of applications"),
    "pairing_desk.show": _l("page of a pairing round"),
    "pairing_people.index": _l("page of a pairing round"),
    "pairing_acceptance.index": _l("page of what families say"),
    "programme_reading.score": _l("page of a reader"),
    "programme_reading.ranking": _l("page of the ranking"),
    "partner_pages.index": _l("page of a partner's link"),
    "partner_papers.index": _l("page of a partner's link"),
    "partner_papers.sheet": _l("page of a partner's link"),
    "partner_papers.show_pairs": _l("page of a partner's link"),
    "partner_desk.papers": _l("page of signed papers"),
    "application_guardians.call": _l("page of a call to a guardian"),
    "auditing.search": _l("page of the auditor"),
    "checkin.person": _l("page of a registration"),
    "confirming.one": _l("page of somebody's skills"),
    "event_answers.show": _l("page of somebody's answers"),
    "event_answers.unmask": _l("page of somebody's answers"),
    "event_answers.file": _l("page of somebody's answers"),
    "event_pages.registrations": _l("an event's list"),
    "event_pages.download": _l("an event's list"),
    "event_pages.note_printing": _l("an event's sign-in sheet"),
    "schooldesk.download": _l("the school's list"),
    "substitution.choose": _l("page of a substitution"),
    "absence_desk.index": _l("page of leave and absences"),
    "unmasking.phone": _l("page of a phone number"),
    "jobs.result": _l("page of a job"),
    "collecting.index": _l("page of who is fetched"),
    "paper_desk.photo": _l("page of signed papers"),
    "paper_prints.one": _l("page of guardians to call"),
    "paper_prints.event": _l("page of guardians to call"),
    "paper_prints.school": _l("page of guardians to call"),
    "api.look_up": _l("the scanner"),
    "account_desk.index": _l("list of accounts"),
    "certificates.show": _l("page of a certificate"),
    "certificates.pdf": _l("page of a certificate"),
    "certificates.png": _l("page of a certificate"),
    "class_pages.show": _l("page of a class"),
    "class_events.show": _l("page of a class and an event"),
    "claim_desk.show": _l("page of claim slips"),
    "claim_desk.sheet": _l("page of claim slips"),
    "event_needs.show": _l("page of what to look after"),
    "event_needs.unmask": _l("page of what to look after"),
    "guardian_calls.call": _l("page of a call to a guardian"),
    "correction_desk.index": _l("page of what is to be put right"),
    "consent_records.of_place": _l("page of a consent record"),
    "consent_records.of_application": _l("page of a consent record"),
    "merging.show": _l("page of two records of one person"),
    "trip_papers.make": _l("lists of a trip"),
    "trip_papers.make_with_numbers": _l("lists of a trip"),
    "trip_cards.show": _l("page of a leader"),
    "trip_leader.show": _l("page of a leader"),
    "programme_parts.paper": _l("documents of a programme"),
    "answer_desk.write": _l("page of somebody's answers"),
    "application_guardians.add_guardian": _l("page of a call to a guardian"),
    "guardian_calls.add_guardian": _l("page of a call to a guardian"),
    "guardian_calls.show_phones": _l("page of a call to a guardian"),
    "host_families.edit": _l("page of a host family"),
    "host_families.show": _l("page of a host family"),
    "letter_teacher.show": _l("page of an open letter"),
    "letter_teacher.worry": _l("page of an open letter"),
    "pairing_members.call": _l("page of a call to a guardian"),
    "partner_papers.send_sheet": _l("page of a partner's link"),
    "undelivered.show_phones": _l("page of messages that did not arrive"),
}
_FILTERS: dict[str, LazyString] = {
    "name": _l("by name"),
    "q": _l("by name"),
    "view": _l("by state"),
    "state": _l("by state"),
    "side": _l("by side"),
    "slot": _l("by session"),
    "school": _l("by school"),
    "source": _l("by way of sign-up"),
    "party": _l("by party"),
}
ROLES: dict[str, LazyString] = {
    Role.STAFF: _l("Organiser"),
    Role.SCHOOL: _l("School"),
    Role.GATE: _l("Device at the door"),
    Role.PARTNER: _l("Partner district"),
    Role.ADMINISTRATOR: _l("Administrator"),
    Role.AUDITOR: _l("Auditor"),
    Role.SIGNED_IN: _l("Family"),
    "": _l("Not written down"),
}


def page_words(entry: AccessEntry) -> str:
    """Write from which page, and by what its list was narrowed; "" for what no page did."""
    filters = [str(_FILTERS.get(name, name)) for name in entry.filters.split()]
    return " · ".join([str(_PAGES.get(entry.page, entry.page)), *filters] if entry.page else filters)


def what_words(entry: AccessEntry) -> str:
    """Write what somebody did with which kind of record."""
    record = _ITS_NUMBER.sub("", entry.record)
    return f"{ACTIONS.get(entry.action, entry.action)} · {_RECORDS.get(record, record)}"


def purpose_words(purpose: str) -> str:
    """Write what for: a known purpose in the reader's language, a typed one as it was typed."""
    return str(_PURPOSES.get(purpose, purpose))


def role_words(role: str) -> str:
    """Write in which capacity."""
    return str(ROLES.get(role, role))


def whose_words(entry: AccessEntry) -> str:
    """Write how many people it was, and how many minors among them."""
    if not entry.under_14 and not entry.under_18:
        return str(_("%(num)d people", num=entry.people))
    minors = {"children": entry.under_14, "youths": entry.under_18}
    return str(_("%(num)d people (under 14: %(children)d, 14 to 17: %(youths)d)", num=entry.people, **minors))
