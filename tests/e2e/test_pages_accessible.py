"""Every page, in both languages: for everyone's eyes and fingers, on the narrowest phone, and from us alone.

`tests/test_pages_listed.py` finds a page that is missing here.
"""

from string import Template

import pytest

from tests.browser import accessibility_faults, overhang
from tests.e2e.conftest import Visit
from tests.e2e.looking import too_small, unseen
from tests.e2e.town import Town

NARROW = {"width": 360, "height": 780}
PAGES = {
    "anyone": [
        "/",
        "/?q=x&when=weekend",
        "/events/$event",
        "/slots/$slot/registration",
        "/slots/$slot/registration/self",
        "/slots/$slot/registration/child",
        "/slots/$lot/lottery",
        "/slots/$lot/lottery?number=x",
        "/i/$guest_code",
        "/sign-in",
        "/reset",
        "/R/$slip_code",
        "/R/0000000000000000",
        "/claim",
        "/L/$claim_code",
        "/K/$school_class/$event/$class_code",
        "/I/$invitation",
        "/I/0000000000000000",
        "/G/$guardian_link",
        "/G/$guardian_page",
        "/G/$guardian_page/withdrawal",
        "/G/$opened_page",
        "/G/$opened_page/reads",
        "/G/$opened_page/erasure",
        "/G/0000000000000000",
        "/shifts",
        "/shifts?q=x",
        "/skills/$skill",
        "/swaps/$swap_code",
        "/verify",
        "/organisations/$host",
        "/privacy",
        "/terms",
        "/notice",
        "/about",
        "/V/$proof",
        "/V/0000000000000000",
        "/P/$code",
        "/offline",
        "/styleguide",
        "/nothing-here",
    ],
    "young": [
        "/slots/$slot/registration",
        "/slots/$slot/registration/friend",
        "/registrations/$registration",
        "/registrations/$held/guardian",
        "/registrations/$offered_place",
        "/registrations/$waiting_place",
        "/registrations/$registration/answers",
        "/registrations/$shift_place/swap",
        "/mine",
        "/mine/codes",
        "/mine/persons/$person/data",
        "/mine/absences",
        "/registrations/$series_place/leave",
        "/mine/certificates",
        "/mine/persons/$person",
        "/mine/persons/$person/needs",
        "/messages",
        "/messages?view=unread&before=1",
        "/messages/$message",
        "/certificates/$certificate",
        "/account/contacts",
        "/account/contacts/sms/address",
        "/account/contacts/sms/code",
    ],
    "guarded": [
        "/account",
        "/account/password",
        "/account/sign-in-names",
        "/account/second-factor",
        "/account/second-factor/app",
        "/account/second-factor/codes",
        "/second-factor",
        "/I/$invitation",
    ],
    "staff": [
        "/desk/events",
        "/desk/events?view=over",
        "/desk/events?view=drafts&q=x",
        "/desk/shifts",
        "/desk/rules",
        "/desk/skills",
        "/desk/skills/$skill",
        "/desk/registrations/$registration/skills",
        "/desk/registrations/$registration/phone",
        "/desk/slots/$taught/training",
        "/desk/slots/$risky/insurance",
        "/desk/events/new",
        "/desk/events/$event",
        "/desk/events/$event/edit",
        "/desk/events/$event/slots/new",
        "/desk/events/$event/slots/batch",
        "/desk/absences",
        "/desk/absences?view=leave&q=x",
        "/desk/events/$event/cancellation",
        "/desk/events/$event/copy",
        "/desk/events/$event/notice",
        "/desk/events/$event/postponement",
        "/desk/events/$event/poster",
        "/desk/slots/$slot/postponement",
        "/desk/slots/$slot/edit",
        "/desk/slots/$invited_slot/invitations",
        "/desk/slots/$invited_slot/allotments",
        "/desk/allotments/$allotment",
        "/desk/events/$event/questions",
        "/desk/events/$event/questions/new?preset=diet",
        "/desk/events/$event/questions/$question",
        "/desk/events/$event/questions/preview",
        "/desk/events/$event/answers",
        "/desk/registrations/$registration/answers",
        "/desk/registrations/$registration/answers/form",
        "/desk/events/$event/needs",
        "/desk/registrations/$registration/needs",
        "/desk/events/$event/registrations",
        "/desk/events/$event/registrations?view=held&order=time",
        "/desk/events/$event/registrations?view=everyone",
        "/desk/events/$event/registrations?view=waiting",
        "/desk/events/$event/registrations/new",
        "/desk/events/$event/walk-in",
        "/desk/registrations/$registration/substitution",
        "/desk/events/$event/sheet",
        "/desk/events/$event/scanner",
        "/K/$school_class/$event/$class_code/door",
        "/desk/events/$event/certificates",
        "/jobs",
        "/jobs/$job",
        "/desk/events/$event/announcements",
        "/desk/events/$event/announcements/new?presence=missing",
        "/desk/announcements/$announcement",
        "/desk/announcements/$waiting",
        "/desk/events/$event/guardians",
        "/registrations/$held/guardian/paper",
        "/papers",
        "/papers/$paper/rejection",
        "/desk/letter",
        "/desk/letter/versions/$version",
        "/desk/events/$event/collecting",
        "/registrations/$held/guardian/call",
        "/desk/events/$event/unseen",
        "/desk/events/$event/unseen?view=all",
        "/desk/events/$event/undelivered",
        "/desk/registrations/$registration",
        "/desk/certificates/$certificate/revocation",
        "/desk/messages",
        "/desk/messages/words/registered",
        "/desk/messages/plan",
    ],
    "manager": [
        "/desk/messages/words/changed",
        "/desk/messages/plan",
        "/desk/rules",
        "/desk/unit",
        "/desk/staff",
        "/slips/$slip",
    ],
    "office": [
        "/school/registrations",
        "/school/registrations/$registration/substitution",
        "/school/guardians",
        "/papers",
        "/registrations/$held/guardian/paper",
        "/school/unseen",
        "/school/events/$event/unseen",
        "/doubles",
        "/school/pupils",
        "/school/pupils?view=confirmed",
        "/school/classes",
        "/school/classes/paste",
        "/school/classes/$school_class",
        "/school/classes/$school_class/pupils",
        "/school/classes/$school_class/roster",
        "/school/classes/$school_class/events",
        "/school/classes/$school_class/events/$event",
        "/school/year",
        "/school/transfers",
        "/school/classes/$school_class/slips",
    ],
    "auditor": [
        "/audit",
        "/audit?month=2026-01",
        "/audit/search?q=x",
        "/audit/summary",
    ],
    "administrator": [
        "/doubles",
        "/doubles/$person/$double",
        "/admin/organisations",
        "/admin/organisations/new",
        "/admin/organisations/$host",
        "/admin/organisations/$host/edit",
        "/admin/organisations/$host/staff",
        "/admin/organisations/$host/staff/known",
        "/admin/erasures",
        "/admin/erasures/$erasure/refusal",
        "/admin/retention",
        "/admin/accounts",
        "/admin/accounts?q=x",
        "/admin/jobs",
        "/admin/jobs?state=failed",
        "/admin/jobs/$job",
        "/admin/deliveries",
        "/admin/site",
        "/admin/site/operator",
        "/admin/site/texts/privacy/zh_Hans_CN",
        "/admin/site/files",
    ],
}
EVERY_PAGE = [(who, path) for who, paths in PAGES.items() for path in paths]


def filled_in(path: str, town: Town) -> str:
    """Return a path with the town's own numbers and codes in it."""
    return Template(path).substitute(
        town.shifts,
        event=town.event.id,
        slot=town.slot_id,
        registration=town.registration.id,
        person=town.registration.person_id,
        code=town.registration.code,
        certificate=town.certificate.id,
        proof=town.certificate.code,
        host=town.host.id,
        message=town.message,
        announcement=town.announcement,
        series_place=town.series_place,
        waiting=town.waiting,
        invitation=town.invitation,
        slip=town.slip[0],
        slip_code=town.slip[1],
        school_class=town.school_class.id,
        job=town.job,
        erasure=town.erasure,
        **town.ways,
        **town.lines,
        question=town.question,
    )


@pytest.mark.parametrize("language", ["zh_Hans_CN", "en"])
@pytest.mark.parametrize(("who", "path"), EVERY_PAGE, ids=lambda part: part)
def test_a_page_is_readable_by_everyone_and_asks_nobody_else(
    who: str, path: str, language: str, visit: Visit, town: Town
) -> None:
    """No fault that axe can find in daylight and at night, no scrolling sideways, nothing too small for a finger or
    without a ring where the keyboard is; `visit` hears the rest."""
    user = None if who == "anyone" else getattr(town, who)
    visitor = visit(user, language, viewport=NARROW)
    page = visitor.open(filled_in(path, town))
    assert page.get_attribute("html", "lang") == {"zh_Hans_CN": "zh-CN", "en": "en"}[language]
    assert overhang(page) == 0
    assert too_small(page) == []
    assert unseen(page) == []
    for scheme in ("light", "dark"):
        page.emulate_media(color_scheme=scheme)
        assert accessibility_faults(page) == [], scheme


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_a_form_that_was_refused_is_readable_by_everyone(scheme: str, visit: Visit, town: Town) -> None:
    page = visit(viewport=NARROW, color_scheme=scheme).open(f"/slots/{town.slot_id}/registration/child")
    page.click(".actionbar [type=submit]")
    page.wait_for_selector("[aria-invalid=true]")
    assert overhang(page) == 0
    assert accessibility_faults(page) == []
