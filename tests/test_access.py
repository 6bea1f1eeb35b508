"""Who may ask for what. One line for each address and method, one column for each kind of person.

ok        is let in: sees the page, or is told what is still missing in the form
sign-in   is sent to the sign-in page
401       has no token that is valid (only phones at the door, which have no sign-in page)
403       is known, but this is not open to that role
404       is told there is nothing: it belongs to another family, another host or another school
"""

from collections.abc import Iterable, Iterator

import pytest
from flask import Flask
from werkzeug.test import TestResponse

from app import create_app
from app.core.access import public
from tests import databases
from tests.factories import Factory
from tests.world import PERSONAS, World, build, plain

TABLE = """
                                                  anonymous  young     stranger  gate      school    staff     manager   outsider  auditor   admin
Anyone
GET   /                                           ok         ok        ok        ok        ok        ok        ok        ok        ok        ok
GET   /events/<event>                             ok         ok        ok        ok        ok        ok        ok        ok        ok        ok
GET   /events/<draft>                             404        404       404       404       404       ok        ok        404       404       404
GET   /events/<event>/picture.png                 ok        ok        ok        ok        ok        ok        ok        ok        ok        ok
GET   /events/<draft>/picture.png                 404       404       404       404       404       ok        ok        404       404       404
GET   /slots/<slot>/registration                  ok         ok        ok        ok        ok        ok        ok        ok        ok        ok
POST  /slots/<slot>/registration                  ok         ok        ok        ok        ok        ok        ok        ok        ok        ok
GET   /slots/<slot>/registration/<who>            ok         ok        ok        ok        ok        ok        ok        ok        ok        ok
POST  /slots/<slot>/registration/<who>            ok         ok        ok        ok        ok        ok        ok        ok        ok        ok
GET   /slots/<slot>/registration/<friend>         sign-in    ok        ok        sign-in   ok        ok        ok        ok        ok        ok
POST  /slots/<slot>/registration/<friend>         sign-in    ok        ok        sign-in   ok        ok        ok        ok        ok        ok
GET   /slots/<draft_slot>/registration            404        404       404       404       404       ok        ok        404       404       404
POST  /slots/<draft_slot>/registration/<who>      404        404       404       404       404       ok        ok        404       404       404
GET   /shifts                                     ok        ok        ok        ok        ok        ok        ok        ok        ok        ok
GET   /skills/<skill>                             ok        ok        ok        ok        ok        ok        ok        ok        ok        ok
GET   /swaps/<swap_code>                          ok        ok        ok        ok        ok        ok        ok        ok        ok        ok
GET   /P/<pass_code>                              ok         ok        ok        ok        ok        ok        ok        ok        ok        ok
GET   /slots/<lot>/lottery                        ok        ok        ok        ok        ok        ok        ok        ok        ok        ok
GET   /slots/<lot>/lottery.json                   ok        ok        ok        ok        ok        ok        ok        ok        ok        ok
GET   /slots/<lot>/lottery.csv                    ok        ok        ok        ok        ok        ok        ok        ok        ok        ok
GET   /lottery/check.py                           ok        ok        ok        ok        ok        ok        ok        ok        ok        ok
GET   /i/<guest_code>                             ok        ok        ok        ok        ok        ok        ok        ok        ok        ok
GET   /verify                                     ok         ok        ok        ok        ok        ok        ok        ok        ok        ok
GET   /pictures/<picture>                         ok         ok        ok        ok        ok        ok        ok        ok        ok        ok
GET   /organisations/<organisation>               ok         ok        ok        ok        ok        ok        ok        ok        ok        ok
GET   /<key>                                      ok        ok        ok        ok        ok        ok        ok        ok        ok        ok
GET   /<file_name>                                ok        ok        ok        ok        ok        ok        ok        ok        ok        ok
GET   /schools/<school>/classes                   ok        ok        ok        ok        ok        ok        ok        ok        ok        ok
POST  /verify                                     ok         ok        ok        ok        ok        ok        ok        ok        ok        ok
GET   /V/<paper_code>                             ok         ok        ok        ok        ok        ok        ok        ok        ok        ok
GET   /sign-in                                    ok         ok        ok        ok        ok        ok        ok        ok        ok        ok
POST  /sign-in                                    ok         ok        ok        ok        ok        ok        ok        ok        ok        ok
GET   /reset                                            ok        ok        ok        ok        ok        ok        ok        ok        ok        ok
POST  /reset                                            ok        ok        ok        ok        ok        ok        ok        ok        ok        ok
GET   /R/<slip_code>                                    ok        ok        ok        ok        ok        ok        ok        ok        ok        ok
POST  /R/<slip_code>                                    ok        ok        ok        ok        ok        ok        ok        ok        ok        ok
GET   /claim                                      ok        ok        ok        ok        ok        ok        ok        ok        ok        ok
POST  /claim                                      ok        ok        ok        ok        ok        ok        ok        ok        ok        ok
GET   /L/<claim_code>                             ok        ok        ok        ok        ok        ok        ok        ok        ok        ok
POST  /L/<claim_code>                             ok        ok        ok        ok        ok        ok        ok        ok        ok        ok
GET   /I/<invitation_code>                              ok        ok        ok        ok        ok        ok        ok        ok        ok        ok
POST  /I/<invitation_code>                              ok        ok        ok        ok        ok        ok        ok        ok        ok        ok
GET   /G/<guardian_link>                          ok        ok        ok        ok        ok        ok        ok        ok        ok        ok
POST  /G/<guardian_link>                          ok        ok        ok        ok        ok        ok        ok        ok        ok        ok
POST  /G/<guardian_page>/withdrawal               ok        ok        ok        ok        ok        ok        ok        ok        ok        ok
GET   /G/<guardian_page>/withdrawal                 ok        ok        ok        ok        ok        ok        ok        ok        ok        ok
POST  /G/<guardian_page>/purposes                   ok        ok        ok        ok        ok        ok        ok        ok        ok        ok
POST  /G/<guardian_page>/opening                    ok        ok        ok        ok        ok        ok        ok        ok        ok        ok
GET   /G/<guardian_page>/reads                      ok        ok        ok        ok        ok        ok        ok        ok        ok        ok
POST  /G/<guardian_page>/export                     ok        ok        ok        ok        ok        ok        ok        ok        ok        ok
GET   /G/<guardian_page>/erasure                    ok        ok        ok        ok        ok        ok        ok        ok        ok        ok
POST  /G/<guardian_page>/erasure                    ok        ok        ok        ok        ok        ok        ok        ok        ok        ok
POST  /G/<guardian_page>/erasure/withdrawal         ok        ok        ok        ok        ok        ok        ok        ok        ok        ok
POST  /G/<guardian_page>/collectors                 ok        ok        ok        ok        ok        ok        ok        ok        ok        ok
POST  /G/<guardian_page>/collectors/alone           ok        ok        ok        ok        ok        ok        ok        ok        ok        ok
POST  /G/<guardian_page>/collectors/removal         ok        ok        ok        ok        ok        ok        ok        ok        ok        ok
GET   /G/<guardian_page>/travel-document            ok        ok        ok        ok        ok        ok        ok        ok        ok        ok
POST  /G/<guardian_page>/travel-document            ok        ok        ok        ok        ok        ok        ok        ok        ok        ok
POST  /G/<guardian_page>/travel-document/removal    ok        ok        ok        ok        ok        ok        ok        ok        ok        ok
GET   /G/<guardian_page>/correction                 ok        ok        ok        ok        ok        ok        ok        ok        ok        ok
POST  /G/<guardian_page>/correction                 ok        ok        ok        ok        ok        ok        ok        ok        ok        ok
POST  /G/<guardian_page>/correction/request         ok        ok        ok        ok        ok        ok        ok        ok        ok        ok
GET   /G/<guardian_page>/pair                           ok        ok        ok        ok        ok        ok        ok        ok        ok        ok
POST  /G/<guardian_page>/pair                           ok        ok        ok        ok        ok        ok        ok        ok        ok        ok
POST  /G/<guardian_page>/pair/acceptance                ok        ok        ok        ok        ok        ok        ok        ok        ok        ok
GET   /G/<guardian_page>/pair/another                   ok        ok        ok        ok        ok        ok        ok        ok        ok        ok
POST  /G/<guardian_page>/pair/another                   ok        ok        ok        ok        ok        ok        ok        ok        ok        ok
GET   /G/<guardian_page>/pair/objection                 ok        ok        ok        ok        ok        ok        ok        ok        ok        ok
POST  /G/<guardian_page>/pair/objection                 ok        ok        ok        ok        ok        ok        ok        ok        ok        ok
POST  /G/<guardian_page>/pair/contact                   ok        ok        ok        ok        ok        ok        ok        ok        ok        ok
POST  /G/<guardian_page>/pair/contact/removal           ok        ok        ok        ok        ok        ok        ok        ok        ok        ok
GET   /G/<guardian_page>/pair/letters                   ok        ok        ok        ok        ok        ok        ok        ok        ok        ok
POST  /G/<guardian_page>/code                     ok        ok        ok        ok        ok        ok        ok        ok        ok        ok
POST  /G/<guardian_page>/proof                    ok        ok        ok        ok        ok        ok        ok        ok        ok        ok
GET   /language/<language>                         ok         ok         ok         ok         ok         ok         ok         ok         ok         ok
GET   /offline                                    ok        ok        ok        ok        ok        ok        ok        ok        ok        ok
GET   /styleguide                                 ok        ok        ok        ok        ok        ok        ok        ok        ok        ok
GET   /sw.js                                      ok        ok        ok        ok        ok        ok        ok        ok        ok        ok
GET   /healthz                                    ok         ok        ok        ok        ok        ok        ok        ok        ok        ok
GET   /readyz                                     ok         ok        ok        ok        ok        ok        ok        ok        ok        ok

Whoever is signed in
GET   /start                                      sign-in    ok        ok        sign-in   ok        ok        ok        ok        ok        ok
GET   /mine                                       sign-in    ok        ok        sign-in   ok        ok        ok        ok        ok        ok
GET   /mine/codes                                 sign-in    ok        ok        sign-in   ok        ok        ok        ok        ok        ok
GET   /jobs                                       sign-in    ok        ok        sign-in   ok        ok        ok        ok        ok        ok
GET   /mine/certificates                          sign-in    ok        ok        sign-in   ok        ok        ok        ok        ok        ok
GET   /mine/persons/<person>                       sign-in   ok        404       sign-in   404       404       404       404       404       404
POST  /mine/persons/<person>                      sign-in   ok        404       sign-in   404       404       404       404       404       404
GET   /mine/persons/<person>/needs                sign-in   ok        404       sign-in   404       404       404       404       404       404
POST  /mine/persons/<person>/needs                sign-in   ok        404       sign-in   404       404       404       404       404       404
GET   /mine/persons/<person>/data                         sign-in   ok        404       sign-in   404       404       404       404       404       404
POST  /mine/persons/<person>/data/export                  sign-in   ok        404       sign-in   404       404       404       404       404       404
POST  /mine/persons/<person>/data/erasure                 sign-in   ok        404       sign-in   404       404       404       404       404       404
POST  /mine/persons/<person>/data/erasure/withdrawal      sign-in   ok        404       sign-in   404       404       404       404       404       404
GET   /messages                                   sign-in    ok        ok        sign-in   ok        ok        ok        ok        ok        ok
POST  /messages/reading                           sign-in    ok        ok        sign-in   ok        ok        ok        ok        ok        ok
GET   /account/contacts                           sign-in   ok        ok        sign-in   ok        ok        ok        ok        ok        ok
GET   /account/contacts/<channel>/address         sign-in   404       404       sign-in   404       404       404       404       404       404
POST  /account/contacts/<channel>/address         sign-in   404       404       sign-in   404       404       404       404       404       404
GET   /account/contacts/<channel>/code            sign-in   404       404       sign-in   404       404       404       404       404       404
POST  /account/contacts/<channel>/code            sign-in   404       404       sign-in   404       404       404       404       404       404
POST  /account/contacts/<channel>/code/again      sign-in   404       404       sign-in   404       404       404       404       404       404
POST  /account/contacts/<channel>/on              sign-in   404       404       sign-in   404       404       404       404       404       404
POST  /account/contacts/<channel>/off             sign-in   404       404       sign-in   404       404       404       404       404       404
POST  /account/contacts/<channel>/removal         sign-in   404       404       sign-in   404       404       404       404       404       404
POST  /sign-out                                   sign-in    ok        ok        sign-in   ok        ok        ok        ok        ok        ok
POST  /I/<invitation_code>/acceptance                   sign-in   ok        ok        sign-in   ok        ok        ok        ok        ok        ok
GET   /second-factor                                    sign-in   ok        ok        sign-in   ok        ok        ok        ok        ok        ok
POST  /second-factor                                    sign-in   ok        ok        sign-in   ok        ok        ok        ok        ok        ok
GET   /account                                          sign-in   ok        ok        sign-in   ok        ok        ok        ok        ok        ok
POST  /account                                          sign-in   ok        ok        sign-in   ok        ok        ok        ok        ok        ok
GET   /account/password                                 sign-in   ok        ok        sign-in   ok        ok        ok        ok        ok        ok
POST  /account/password                                 sign-in   ok        ok        sign-in   ok        ok        ok        ok        ok        ok
GET   /account/sign-in-names                            sign-in   ok        ok        sign-in   ok        ok        ok        ok        ok        ok
POST  /account/sign-in-names                            sign-in   ok        ok        sign-in   ok        ok        ok        ok        ok        ok
POST  /account/sessions/<session>/end                   sign-in   ok        ok        sign-in   ok        ok        ok        ok        ok        ok
POST  /account/sessions/end                             sign-in   ok        ok        sign-in   ok        ok        ok        ok        ok        ok
GET   /account/second-factor                            sign-in   ok        ok        sign-in   ok        ok        ok        ok        ok        ok
POST  /account/second-factor                            sign-in   ok        ok        sign-in   ok        ok        ok        ok        ok        ok
GET   /account/second-factor/app                        sign-in   ok        ok        sign-in   ok        ok        ok        ok        ok        ok
POST  /account/second-factor/app                        sign-in   ok        ok        sign-in   ok        ok        ok        ok        ok        ok
GET   /account/second-factor/codes                      sign-in   ok        ok        sign-in   ok        ok        ok        ok        ok        ok
POST  /view                                             sign-in   ok        ok        sign-in   ok        ok        ok        ok        ok        ok
POST  /search                                           sign-in   403       403       sign-in   ok        ok        ok        ok        ok        ok
GET   /slips/<slip>                                     sign-in   404       404       sign-in   404       404       404       404       404       ok

The family whose place it is
GET   /registrations/<registration>               sign-in    ok        404       sign-in   404       404       404       404       404       404
GET   /registrations/<registration>/code.png      sign-in    ok        404       sign-in   404       404       404       404       404       404
GET   /registrations/<registration>/pass.png      sign-in    ok        404       sign-in   404       404       404       404       404       404
GET   /registrations/<registration>/calendar.ics  sign-in    ok        404       sign-in   404       404       404       404       404       404
GET   /registrations/<shift_place>/swap           sign-in   ok        404       sign-in   404       404       404       404       404       404
POST  /registrations/<shift_place>/swap           sign-in   ok        404       sign-in   404       404       404       404       404       404
POST  /registrations/<shift_place>/swap/withdrawal sign-in   ok        404       sign-in   404       404       404       404       404       404
POST  /swaps/<swap_code>                          sign-in   ok        ok        sign-in   ok        ok        ok        ok        ok        ok
GET   /mine/absences                              sign-in   ok        ok        sign-in   ok        ok        ok        ok        ok        ok
GET   /registrations/<series_place>/leave         sign-in   ok        404       sign-in   404       404       404       404       404       404
POST  /registrations/<series_place>/leave         sign-in   ok        404       sign-in   404       404       404       404       404       404
POST  /registrations/<series_place>/return        sign-in   ok        404       sign-in   404       404       404       404       404       404
POST  /registrations/<missed_place>/explanation   sign-in   ok        404       sign-in   404       404       404       404       404       404
GET   /registrations/<offered_place>                   sign-in   ok        404       sign-in   404       404       404       404       404       404
GET   /registrations/<waiting_place>                   sign-in   ok        404       sign-in   404       404       404       404       404       404
POST  /registrations/<offered_place>/acceptance        sign-in   ok        404       sign-in   404       404       404       404       404       404
POST  /registrations/<offered_place>/declination       sign-in   ok        404       sign-in   404       404       404       404       404       404
POST  /registrations/<waiting_place>/party/cancellation sign-in   ok        404       sign-in   404       404       404       404       404       404
POST  /registrations/<registration>/cancellation  sign-in    ok        404       sign-in   404       404       404       404       404       404
GET   /registrations/<held>/guardian              sign-in   ok        404       sign-in   404       404       404       404       404       404
POST  /registrations/<held>/guardian              sign-in   ok        404       sign-in   404       404       404       404       404       404
GET   /messages/<message>                         sign-in    ok        404       sign-in   404       404       404       404       404       404
GET   /registrations/<registration>/answers              sign-in    ok        404       sign-in   404       404       404       404       404       404
POST  /registrations/<registration>/answers              sign-in    ok        404       sign-in   404       404       404       404       404       404
GET   /registrations/<registration>/answers/<question>/file sign-in    ok        404       sign-in   404       404       404       404       404       404

The family whose certificate it is, and the host that issued it
GET   /certificates/<certificate>                 sign-in    ok        404       sign-in   404       ok        ok        404       404       404
GET   /certificates/<certificate>.pdf             sign-in    ok        404       sign-in   404       ok        ok        404       404       404
GET   /certificates/<certificate>.png             sign-in    ok        404       sign-in   404       ok        ok        404       404       404

The host
GET   /desk/events                                sign-in    403       403       sign-in   403       ok        ok        ok        403       403
GET   /desk/events/new                            sign-in    403       403       sign-in   403       ok        ok        ok        403       403
POST  /desk/events/new                            sign-in    403       403       sign-in   403       ok        ok        ok        403       403
GET   /desk/events/<event>                        sign-in    403       403       sign-in   403       ok        ok        404       403       403
GET   /desk/events/<event>/edit                   sign-in    403       403       sign-in   403       ok        ok        404       403       403
POST  /desk/events/<event>/edit                   sign-in    403       403       sign-in   403       ok        ok        404       403       403
GET   /desk/events/<event>/slots/new              sign-in    403       403       sign-in   403       ok        ok        404       403       403
POST  /desk/events/<event>/slots/new              sign-in    403       403       sign-in   403       ok        ok        404       403       403
GET   /desk/events/<event>/slots/batch            sign-in    403       403       sign-in   403       ok        ok        404       403       403
POST  /desk/events/<event>/slots/batch            sign-in    403       403       sign-in   403       ok        ok        404       403       403
POST  /desk/batches/<batch>/undoing               sign-in    403       403       sign-in   403       ok        ok        404       403       403
GET   /desk/absences                              sign-in    403       403       sign-in   403       ok        ok        ok        403       403
POST  /desk/registrations/<missed_place>/forgiveness sign-in 403       403       sign-in   403       ok        ok        404       403       403
GET   /desk/slots/<slot>/edit                     sign-in    403       403       sign-in   403       ok        ok        404       403       403
POST  /desk/slots/<slot>/edit                     sign-in    403       403       sign-in   403       ok        ok        404       403       403
POST  /desk/slots/<spare>/deletion                sign-in    403       403       sign-in   403       ok        ok        404       403       403
POST  /desk/events/<event>/publication            sign-in    403       403       sign-in   403       ok        ok        404       403       403
GET   /desk/events/<event>/cancellation           sign-in    403       403       sign-in   403       ok        ok        404       403       403
POST  /desk/events/<event>/cancellation           sign-in    403       403       sign-in   403       ok        ok        404       403       403
POST  /desk/events/<event>/resumption             sign-in    403       403       sign-in   403       ok        ok        404       403       403
GET   /desk/events/<event>/copy                   sign-in   403       403       sign-in   403       ok        ok        404       403       403
POST  /desk/events/<event>/copy                   sign-in   403       403       sign-in   403       ok        ok        404       403       403
POST  /desk/events/<event>/deletion               sign-in   403       403       sign-in   403       ok        ok        404       403       403
GET   /desk/events/<event>/notice                 sign-in   403       403       sign-in   403       ok        ok        404       403       403
POST  /desk/events/<event>/notice                 sign-in   403       403       sign-in   403       ok        ok        404       403       403
POST  /desk/events/<event>/rain                   sign-in   403       403       sign-in   403       ok        ok        404       403       403
POST  /desk/events/<event>/rain/end               sign-in   403       403       sign-in   403       ok        ok        404       403       403
GET   /desk/events/<event>/postponement           sign-in   403       403       sign-in   403       ok        ok        404       403       403
POST  /desk/events/<event>/postponement           sign-in   403       403       sign-in   403       ok        ok        404       403       403
GET   /desk/slots/<invited_slot>/invitations      sign-in   403       403       sign-in   403       ok        ok        404       403       403
POST  /desk/slots/<invited_slot>/invitations      sign-in   403       403       sign-in   403       ok        ok        404       403       403
GET   /desk/invitations/<link>/code.png           sign-in   403       403       sign-in   403       ok        ok        404       403       403
POST  /desk/invitations/<link>/closing            sign-in   403       403       sign-in   403       ok        ok        404       403       403
GET   /desk/slots/<invited_slot>/allotments       sign-in   403       403       sign-in   403       ok        ok        404       403       403
POST  /desk/slots/<invited_slot>/allotments       sign-in   403       403       sign-in   403       ok        ok        404       403       403
GET   /desk/allotments/<allotment>                sign-in   403       403       sign-in   403       ok        ok        404       403       403
POST  /desk/allotments/<allotment>                sign-in   403       403       sign-in   403       ok        ok        404       403       403
POST  /desk/allotments/<allotment>/release        sign-in   403       403       sign-in   403       ok        ok        404       403       403
POST  /desk/allotments/<spare_allotment>/removal  sign-in   403       403       sign-in   403       ok        ok        404       403       403
GET   /desk/slots/<slot>/postponement             sign-in   403       403       sign-in   403       ok        ok        404       403       403
POST  /desk/slots/<slot>/postponement             sign-in   403       403       sign-in   403       ok        ok        404       403       403
GET   /desk/events/<event>/poster                 sign-in   403       403       sign-in   403       ok        ok        404       403       403
GET   /desk/events/<event>/registrations          sign-in    403       403       sign-in   403       ok        ok        404       403       403
POST  /desk/events/<event>/registrations/download sign-in    403       403       sign-in   403       ok        ok        404       403       403
GET   /desk/events/<event>/announcements          sign-in    403       403       sign-in   403       ok        ok        404       403       403
GET   /desk/events/<event>/announcements/new      sign-in    403       403       sign-in   403       ok        ok        404       403       403
POST  /desk/events/<event>/announcements/new      sign-in    403       403       sign-in   403       ok        ok        404       403       403
GET   /desk/events/<event>/announcements/count    sign-in    403       403       sign-in   403       ok        ok        404       403       403
GET   /desk/announcements/<announcement>          sign-in    403       403       sign-in   403       ok        ok        404       403       403
GET   /desk/announcements/<waiting>               sign-in    403       403       sign-in   403       ok        ok        404       403       403
POST  /desk/announcements/<waiting>/withdrawal    sign-in    403       403       sign-in   403       ok        ok        404       403       403
GET   /desk/events/<event>/guardians              sign-in   403       403       sign-in   403       ok        ok        404       403       403
GET   /registrations/<held>/guardian/call         sign-in   403       403       sign-in   ok        ok        ok        404       403       403
POST  /registrations/<held>/guardian/call         sign-in   403       403       sign-in   ok        ok        ok        404       403       403
POST  /registrations/<held>/guardian/phones       sign-in   403       403       sign-in   ok        ok        ok        404       403       403
POST  /registrations/<held>/guardian/person       sign-in   403       403       sign-in   ok        ok        ok        404       403       403
GET   /registrations/<held>/guardian/record         sign-in   403       403       sign-in   ok        ok        ok        404       403       403
GET   /registrations/<held>/guardian/paper          sign-in   403       403       sign-in   ok        ok        ok        404       403       403
POST  /registrations/<held>/guardian/paper          sign-in   403       403       sign-in   ok        ok        ok        404       403       403
GET   /registrations/<held>/guardian/paper.pdf      sign-in   403       403       sign-in   ok        ok        ok        404       403       403
GET   /desk/events/<event>/guardians/papers.pdf     sign-in   403       403       sign-in   403       ok        ok        404       403       403
GET   /papers                                       sign-in   403       403       sign-in   ok        ok        ok        ok        403       403
POST  /papers/confirmation                          sign-in   403       403       sign-in   ok        ok        ok        ok        403       403
GET   /papers/<paper>/rejection                     sign-in   403       403       sign-in   ok        ok        ok        404       403       403
POST  /papers/<paper>/rejection                     sign-in   403       403       sign-in   ok        ok        ok        404       403       403
GET   /papers/<paper>/photo                         sign-in   403       403       sign-in   ok        ok        ok        404       403       403
GET   /desk/letter                                  sign-in   403       403       sign-in   403       ok        ok        ok        403       403
POST  /desk/letter                                  sign-in   403       403       sign-in   403       403       ok        403       403       403
POST  /desk/letter/default                          sign-in   403       403       sign-in   403       403       ok        403       403       403
GET   /desk/letter/versions/<version>               sign-in   403       403       sign-in   403       ok        ok        404       403       403
GET   /desk/events/<event>/collecting               sign-in   403       403       sign-in   403       ok        ok        404       403       403
POST  /desk/registrations/<registration>/collection sign-in   403       403       sign-in   403       ok        ok        404       403       403
POST  /desk/collections/<collection>/withdrawal     sign-in   403       403       sign-in   403       ok        ok        404       403       403
GET   /desk/events/<event>/unseen                 sign-in    403       403       sign-in   403       ok        ok        404       403       403
POST  /desk/events/<event>/unseen/phones          sign-in    403       403       sign-in   403       ok        ok        404       403       403
POST  /desk/messages/<urgent>/told                sign-in    403       403       sign-in   403       ok        ok        404       403       403
POST  /desk/messages/<urgent>/told/end            sign-in    403       403       sign-in   403       ok        ok        404       403       403
GET   /desk/events/<event>/undelivered            sign-in   403       403       sign-in   403       ok        ok        404       403       403
POST  /desk/events/<event>/undelivered/phones     sign-in   403       403       sign-in   403       ok        ok        404       403       403
POST  /desk/deliveries/<delivery>/again           sign-in   403       403       sign-in   403       ok        ok        404       403       403
GET   /desk/shifts                                sign-in   403       403       sign-in   403       ok        ok        ok        403       403
GET   /desk/rules                                 sign-in   403       403       sign-in   403       ok        ok        ok        403       403
POST  /desk/rules                                 sign-in   403       403       sign-in   403       403       ok        403       403       403
GET   /desk/skills                                sign-in   403       403       sign-in   403       ok        ok        ok        403       403
POST  /desk/skills                                sign-in   403       403       sign-in   403       ok        ok        ok        403       403
GET   /desk/skills/<skill>                        sign-in   403       403       sign-in   403       ok        ok        404       403       403
POST  /desk/skills/<skill>                        sign-in   403       403       sign-in   403       ok        ok        404       403       403
POST  /desk/skills/<skill>/retirement             sign-in   403       403       sign-in   403       ok        ok        404       403       403
POST  /desk/skills/<skill>/restoration            sign-in   403       403       sign-in   403       ok        ok        404       403       403
GET   /desk/pairing                               sign-in   403       403       sign-in   403       ok        ok        ok        403       403
GET   /desk/pairing/new                           sign-in   403       403       sign-in   403       ok        ok        ok        403       403
POST  /desk/pairing/new                           sign-in   403       403       sign-in   403       ok        ok        ok        403       403
GET   /desk/pairing/<round>                       sign-in   403       403       sign-in   403       ok        ok        404       403       403
POST  /desk/pairing/<round>                       sign-in   403       403       sign-in   403       ok        ok        404       403       403
POST  /desk/pairing/<round>/check                 sign-in   403       403       sign-in   403       ok        ok        404       403       403
POST  /desk/pairing/<round>/publication           sign-in   403       403       sign-in   403       ok        ok        404       403       403
POST  /desk/pairing/<round>/locks                 sign-in   403       403       sign-in   403       ok        ok        404       403       403
POST  /desk/pairing/<round>/unlocking             sign-in   403       403       sign-in   403       ok        ok        404       403       403
GET   /desk/pairing/<round>/people                sign-in   403       403       sign-in   403       ok        ok        404       403       403
POST  /desk/pairing/<round>/people                sign-in   403       403       sign-in   403       ok        ok        404       403       403
POST  /desk/pairing/<round>/people/programme      sign-in   403       403       sign-in   403       ok        ok        404       403       403
POST  /desk/pairing/<round>/people/bonds          sign-in   403       403       sign-in   403       ok        ok        404       403       403
POST  /desk/pairing/members/<member>/removal      sign-in   403       403       sign-in   403       ok        ok        404       403       403
GET   /desk/pairing/members/<member>/exchange     sign-in   403       403       sign-in   403       ok        ok        404       403       403
POST  /desk/pairing/members/<member>/exchange     sign-in   403       403       sign-in   403       ok        ok        404       403       403
POST  /desk/pairing/pairs/<pair>/lock             sign-in   403       403       sign-in   403       ok        ok        404       403       403
POST  /desk/pairing/pairs/<pair>/unlocking        sign-in   403       403       sign-in   403       ok        ok        404       403       403
POST  /desk/pairing/pairs/<pair>/parting          sign-in   403       403       sign-in   403       ok        ok        404       403       403
GET   /desk/pairing/<round>/acceptance                  sign-in   403       403       sign-in   403       ok        ok        404       403       403
GET   /desk/pairing/<round>/way                         sign-in   403       403       sign-in   403       ok        ok        404       403       403
POST  /desk/pairing/<round>/way                         sign-in   403       403       sign-in   403       ok        ok        404       403       403
POST  /desk/pairing/<round>/reminders                   sign-in   403       403       sign-in   403       ok        ok        404       403       403
POST  /desk/pairing/<round>/showing                     sign-in   403       403       sign-in   403       ok        ok        404       403       403
POST  /desk/pairing/pairs/<pair>/stay                   sign-in   403       403       sign-in   403       ok        ok        404       403       403
POST  /desk/pairing/pairs/<pair>/dissolution            sign-in   403       403       sign-in   403       ok        ok        404       403       403
GET   /desk/pairing/members/<member>/partner            sign-in   403       403       sign-in   403       ok        ok        404       403       403
POST  /desk/pairing/members/<member>/partner            sign-in   403       403       sign-in   403       ok        ok        404       403       403
GET   /desk/pairing/members/<member>/call               sign-in   403       403       sign-in   403       ok        ok        404       403       403
POST  /desk/pairing/members/<member>/call               sign-in   403       403       sign-in   403       ok        ok        404       403       403
GET   /desk/pairing/members/<shown_member>/guardian       sign-in   403       403       sign-in   403       ok        ok        404       403       403
POST  /desk/pairing/members/<shown_member>/guardian       sign-in   403       403       sign-in   403       ok        ok        404       403       403
POST  /desk/pairing/bonds/<bond>/removal          sign-in   403       403       sign-in   403       ok        ok        404       403       403
POST  /desk/held-skills/<person_skill>/end        sign-in   403       403       sign-in   403       ok        ok        404       403       403
GET   /desk/registrations/<registration>/skills   sign-in   403       403       sign-in   403       ok        ok        404       403       403
POST  /desk/registrations/<registration>/skills   sign-in   403       403       sign-in   403       ok        ok        404       403       403
GET   /desk/slots/<taught>/training               sign-in   403       403       sign-in   403       ok        ok        404       403       403
POST  /desk/slots/<taught>/training               sign-in   403       403       sign-in   403       ok        ok        404       403       403
GET   /desk/slots/<risky>/insurance               sign-in   403       403       sign-in   403       ok        ok        404       403       403
POST  /desk/slots/<risky>/insurance               sign-in   403       403       sign-in   403       ok        ok        404       403       403
POST  /desk/slots/<risky>/insurance/withdrawal    sign-in   403       403       sign-in   403       ok        ok        404       403       403
POST  /desk/events/<event>/sheet/prints           sign-in    403       403       sign-in   403       ok        ok        404       403       403
POST  /desk/events/<event>/registrations/acts     sign-in    403       403       sign-in   403       ok        ok        404       403       403
POST  /desk/acts/<act>/withdrawal                 sign-in    403       403       sign-in   403       ok        ok        404       403       403
GET   /desk/events/<event>/registrations/new      sign-in    403       403       sign-in   403       ok        ok        404       403       403
POST  /desk/events/<event>/registrations/new      sign-in    403       403       sign-in   403       ok        ok        404       403       403
GET   /desk/events/<event>/walk-in                sign-in    403       403       sign-in   403       ok        ok        404       403       403
POST  /desk/events/<event>/walk-in                sign-in    403       403       sign-in   403       ok        ok        404       403       403
POST  /desk/registrations/<registration>/comments sign-in    403       403       sign-in   403       ok        ok        404       403       403
POST  /desk/comments/<comment>/deletion           sign-in    403       403       sign-in   403       ok        ok        404       403       403
GET   /desk/registrations/<registration>/substitution sign-in 403      403       sign-in   403       ok        ok        404       403       403
POST  /desk/registrations/<registration>/substitution sign-in 403      403       sign-in   403       ok        ok        404       403       403
GET   /desk/events/<event>/sheet                  sign-in    403       403       sign-in   403       ok        ok        404       403       403
GET   /desk/events/<event>/scanner                sign-in    403       403       sign-in   403       ok        ok        404       403       403
POST  /desk/events/<event>/devices                sign-in    403       403       sign-in   403       ok        ok        404       403       403
GET   /desk/events/<event>/certificates           sign-in    403       403       sign-in   403       ok        ok        404       403       403
POST  /desk/events/<event>/certificates           sign-in    403       403       sign-in   403       ok        ok        404       403       403
GET   /desk/registrations/<registration>          sign-in    403       403       sign-in   403       ok        ok        404       403       403
GET   /desk/registrations/<registration>/phone            sign-in   403       403       sign-in   403       ok        ok        404       403       403
POST  /desk/registrations/<registration>/phone            sign-in   403       403       sign-in   403       ok        ok        404       403       403
POST  /desk/events/<event>/codes                  sign-in    403       403       sign-in   403       ok        ok        404       403       403
POST  /desk/devices/<device>/closing                sign-in    403       403       sign-in   403       ok        ok        404       403       403
POST  /desk/registrations/<registration>/arrival  sign-in    403       403       sign-in   403       ok        ok        404       403       403
POST  /desk/registrations/<registration>/code     sign-in    403       403       sign-in   403       ok        ok        404       403       403
POST  /desk/registrations/<registration>/correction  sign-in 403       403       sign-in   403       ok        ok        404       403       403
POST  /desk/events/<event>/certificates/collection sign-in   403       403       sign-in   403       ok        ok        404       403       403
GET   /jobs/<job>                                 sign-in    404       404       sign-in   404       ok        404       404       404       404
POST  /jobs/<job>/cancellation                    sign-in    404       404       sign-in   404       ok        404       404       404       404
POST  /jobs/<job>/repetition                      sign-in    404       404       sign-in   404       ok        404       404       404       404
GET   /jobs/<job>/result                          sign-in    404       404       sign-in   404       404       404       404       404       404
GET   /desk/certificates/<certificate>/revocation sign-in    403       403       sign-in   403       ok        ok        404       403       403
POST  /desk/certificates/<certificate>/revocation sign-in    403       403       sign-in   403       ok        ok        404       403       403
GET   /desk/events/<event>/questions                     sign-in    403       403       sign-in   403       ok        ok        404       403       403
GET   /desk/events/<event>/questions/new                 sign-in    403       403       sign-in   403       ok        ok        404       403       403
POST  /desk/events/<event>/questions/new                 sign-in    403       403       sign-in   403       ok        ok        404       403       403
GET   /desk/events/<event>/questions/preview             sign-in    403       403       sign-in   403       ok        ok        404       403       403
POST  /desk/events/<event>/questions/deadline            sign-in    403       403       sign-in   403       ok        ok        404       403       403
GET   /desk/events/<event>/questions/<question>          sign-in    403       403       sign-in   403       ok        ok        404       403       403
POST  /desk/events/<event>/questions/<question>          sign-in    403       403       sign-in   403       ok        ok        404       403       403
POST  /desk/events/<event>/questions/<question>/up       sign-in    403       403       sign-in   403       ok        ok        404       403       403
POST  /desk/events/<event>/questions/<question>/down     sign-in    403       403       sign-in   403       ok        ok        404       403       403
POST  /desk/events/<event>/questions/<question>/removal  sign-in    403       403       sign-in   403       ok        ok        404       403       403
POST  /desk/events/<event>/questions/<question>/return   sign-in    403       403       sign-in   403       ok        ok        404       403       403
GET   /desk/events/<event>/answers                       sign-in    403       403       sign-in   403       ok        ok        404       403       403
GET   /desk/events/<event>/needs                         sign-in    403       403       sign-in   403       ok        ok        404       403       403
GET   /desk/registrations/<registration>/needs           sign-in    403       403       sign-in   403       ok        ok        404       403       403
POST  /desk/registrations/<registration>/needs/unmasking sign-in    403       403       sign-in   403       ok        ok        404       403       403
GET   /desk/registrations/<registration>/answers         sign-in    403       403       sign-in   403       ok        ok        404       403       403
GET   /desk/registrations/<registration>/answers/form    sign-in    403       403       sign-in   403       ok        ok        404       403       403
POST  /desk/registrations/<registration>/answers/form    sign-in    403       403       sign-in   403       ok        ok        404       403       403
POST  /desk/registrations/<registration>/answers/<question>/file sign-in    403       403       sign-in   403       ok        ok        404       403       403
GET   /desk/messages                              sign-in    403       403       sign-in   403       ok        ok        ok        403       403
GET   /desk/messages/words/<kind>                 sign-in    403       403       sign-in   403       ok        ok        ok        403       403
GET   /desk/messages/plan                         sign-in    403       403       sign-in   403       ok        ok        ok        403       403

Who manages a unit
POST  /desk/registrations/<registration>/answers/unmasking sign-in    403       403       sign-in   403       403       ok        403       403       403
POST  /desk/messages/words/<kind>                 sign-in    403       403       sign-in   403       403       ok        403       403       403
POST  /desk/messages/words/<kind>/restoration     sign-in    403       403       sign-in   403       403       ok        403       403       403
POST  /desk/messages/plan                         sign-in    403       403       sign-in   403       403       ok        403       403       403
GET   /desk/unit                                  sign-in    403       403       sign-in   403       403       ok        403       403       403
POST  /desk/unit                                  sign-in    403       403       sign-in   403       403       ok        403       403       403
GET   /school/unit                                sign-in    403       403       sign-in   403       403       404       403       403       403
POST  /school/unit                                sign-in    403       403       sign-in   403       403       404       403       403       403

The phone at the door: by its token alone
POST  /api/v1/events/<event>/scans                401        401       401       ok        401       401       401       401       401       401
POST  /api/v1/events/<draft>/scans                401        401       401       404       401       401       401       401       401       401
POST  /api/v1/events/<event>/registrations/search 401        401       401       ok        401       401       401       401       401       401
POST  /api/v1/events/<draft>/registrations/search 401        401       401       404       401       401       401       401       401       401

The school's office
GET   /school/registrations                       sign-in    403       403       sign-in   ok        403       403       403       403       403
POST  /school/registrations/download              sign-in    403       403       sign-in   ok        403       403       403       403       403
GET   /school/registrations/<registration>/substitution sign-in 403    403       sign-in   404       403       403       403       403       403
POST  /school/registrations/<registration>/substitution sign-in 403    403       sign-in   404       403       403       403       403       403
GET   /school/guardians/papers.pdf                  sign-in   403       403       sign-in   ok        403       403       403       403       403
GET   /school/guardians                           sign-in   403       403       sign-in   ok        403       403       403       403       403
GET   /school/unseen                              sign-in    403       403       sign-in   ok        403       403       403       403       403
GET   /school/events/<event>/unseen               sign-in    403       403       sign-in   ok        403       403       403       403       403
POST  /school/events/<event>/unseen/phones        sign-in    403       403       sign-in   ok        403       403       403       403       403
POST  /school/messages/<urgent>/told              sign-in    403       403       sign-in   ok        403       403       403       403       403
POST  /school/messages/<urgent>/told/end          sign-in    403       403       sign-in   ok        403       403       403       403       403
GET   /school/classes                             sign-in   403       403       sign-in   ok        403       403       403       403       403
POST  /school/classes                             sign-in   403       403       sign-in   ok        403       403       403       403       403
GET   /school/classes/paste                       sign-in   403       403       sign-in   ok        403       403       403       403       403
POST  /school/classes/paste                       sign-in   403       403       sign-in   ok        403       403       403       403       403
GET   /school/classes/<class>                     sign-in   403       403       sign-in   ok        403       403       403       403       403
POST  /school/classes/<class>                     sign-in   403       403       sign-in   ok        403       403       403       403       403
POST  /school/classes/<class>/archiving           sign-in   403       403       sign-in   ok        403       403       403       403       403
POST  /school/classes/<class>/return              sign-in   403       403       sign-in   ok        403       403       403       403       403
GET   /school/classes/<class>/pupils              sign-in   403       403       sign-in   ok        403       403       403       403       403
GET   /school/classes/<class>/roster              sign-in   403       403       sign-in   ok        403       403       403       403       403
POST  /school/classes/<class>/roster              sign-in   403       403       sign-in   ok        403       403       403       403       403
GET   /school/classes/<class>/slips               sign-in   403       403       sign-in   ok        403       403       403       403       403
POST  /school/classes/<class>/slips               sign-in   403       403       sign-in   ok        403       403       403       403       403
GET   /school/classes/<class>/slips.pdf           sign-in   403       403       sign-in   ok        403       403       403       403       403
POST  /school/classes/<class>/slips/sheets        sign-in   403       403       sign-in   ok        403       403       403       403       403
GET   /school/classes/<class>/events              sign-in   403       403       sign-in   ok        403       403       403       403       403
GET   /school/classes/<class>/events/<event>      sign-in   403       403       sign-in   ok        403       403       403       403       403
POST  /school/classes/<class>/events/<event>      sign-in   403       403       sign-in   ok        403       403       403       403       403
POST  /school/classes/<class>/events/<event>/phones sign-in   403       403       sign-in   ok        403       403       403       403       403
POST  /school/classes/<class>/events/<event>/replies sign-in   403       403       sign-in   ok        403       403       403       403       403
POST  /school/classes/<class>/events/<event>/reminder sign-in   403       403       sign-in   ok        403       403       403       403       403
GET   /school/classes/<class>/events/<event>/code.png sign-in   403       403       sign-in   ok        403       403       403       403       403
GET   /school/year                                sign-in   403       403       sign-in   ok        403       403       403       403       403
POST  /school/year                                sign-in   403       403       sign-in   ok        403       403       403       403       403
POST  /school/year/<roll_over>/undoing            sign-in   403       403       sign-in   ok        403       403       403       403       403
GET   /school/transfers                           sign-in   403       403       sign-in   ok        403       403       403       403       403
POST  /school/transfers                           sign-in   403       403       sign-in   ok        403       403       403       403       403
POST  /school/transfers/<transfer>/confirmation   sign-in   403       403       sign-in   ok        403       403       403       403       403
POST  /school/transfers/<transfer>/refusal        sign-in   403       403       sign-in   ok        403       403       403       403       403
POST  /school/transfers/<wish>/withdrawal         sign-in   403       403       sign-in   ok        403       403       403       403       403
POST  /school/classes/<class>/events/<event>/calls sign-in   403       403       sign-in   404       403       403       403       403       403
POST  /K/<class>/<event>/<class_code>              ok        ok        ok        ok        ok        ok        ok        ok        ok        ok
GET   /K/<class>/<event>/<class_code>             ok        ok        ok        ok        ok        ok        ok        ok        ok        ok
GET   /K/<class>/<event>/<class_code>/door        sign-in   403       403       sign-in   403       ok        ok        404       403       403
POST  /K/<class>/<event>/<class_code>/door        sign-in   403       403       sign-in   403       ok        ok        404       403       403
POST  /school/rosters/<import>/undoing            sign-in   403       403       sign-in   ok        403       403       403       403       403
POST  /school/accounts/<user>/slip                      sign-in   403       403       sign-in   ok        403       403       403       403       403
GET   /school/pupils                              sign-in    403       403       sign-in   ok        403       403       403       403       403
GET   /corrections                                sign-in    403       403       sign-in   ok        403       403       403       403       ok
POST  /corrections/<correction>/done              sign-in    403       403       sign-in   ok        403       403       403       403       404
GET   /corrections/<correction>/refusal           sign-in    403       403       sign-in   ok        403       403       403       403       404
POST  /corrections/<correction>/refusal           sign-in    403       403       sign-in   ok        403       403       403       403       404
GET   /doubles                                    sign-in    403       403       sign-in   ok        403       403       403       403       ok
GET   /doubles/<person>/<double>                  sign-in    403       403       sign-in   404       403       403       403       403       ok
POST  /doubles/<person>/<double>                  sign-in    403       403       sign-in   404       403       403       403       403       ok
POST  /doubles/<person>/<double>/two              sign-in    403       403       sign-in   404       403       403       403       403       ok
POST  /school/pupils/confirmation                 sign-in    403       403       sign-in   ok        403       403       403       403       403
POST  /school/pupils/refusal                      sign-in    403       403       sign-in   ok        403       403       403       403       403
POST  /school/pupils/<enrolment>/reopening        sign-in    403       403       sign-in   ok        403       403       403       403       403

Who looks after a unit's staff
GET   /desk/staff                                       sign-in   403       403       sign-in   403       403       ok        403       403       403
POST  /desk/staff                                       sign-in   403       403       sign-in   403       403       ok        403       403       403
GET   /school/staff                                     sign-in   403       403       sign-in   403       403       404       403       403       403
POST  /school/staff                                     sign-in   403       403       sign-in   403       403       404       403       403       403
POST  /organisations/<organisation>/second-factor       sign-in   403       403       sign-in   403       403       ok        403       403       ok
POST  /memberships/<membership>/slip                    sign-in   403       403       sign-in   403       403       ok        403       403       ok
POST  /memberships/<membership>/end                     sign-in   403       403       sign-in   403       403       ok        403       403       ok
POST  /invitations/<invitation>/revocation              sign-in   403       403       sign-in   403       403       ok        403       403       ok

The administrator
GET   /admin/organisations                        sign-in    403       403       sign-in   403       403       403       403       403       ok
GET   /admin/site                                 sign-in   403       403       sign-in   403       403       403       403       403       ok
GET   /admin/site/operator                        sign-in   403       403       sign-in   403       403       403       403       403       ok
POST  /admin/site/operator                        sign-in   403       403       sign-in   403       403       403       403       403       ok
GET   /admin/site/texts/<key>/<language>          sign-in   403       403       sign-in   403       403       403       403       403       ok
POST  /admin/site/texts/<key>/<language>          sign-in   403       403       sign-in   403       403       403       403       403       ok
POST  /admin/site/texts/<key>/<language>/review   sign-in   403       403       sign-in   403       403       403       403       403       ok
POST  /admin/site/texts/<key>/<language>/restoration sign-in   403       403       sign-in   403       403       403       403       403       ok
GET   /admin/site/files                           sign-in   403       403       sign-in   403       403       403       403       403       ok
POST  /admin/site/files                           sign-in   403       403       sign-in   403       403       403       403       403       ok
POST  /admin/site/files/<file>/deletion           sign-in   403       403       sign-in   403       403       403       403       403       ok
GET   /admin/organisations/new                    sign-in    403       403       sign-in   403       403       403       403       403       ok
POST  /admin/organisations/new                    sign-in    403       403       sign-in   403       403       403       403       403       ok
GET   /admin/organisations/<organisation>         sign-in    403       403       sign-in   403       403       403       403       403       ok
GET   /admin/organisations/<organisation>/edit    sign-in    403       403       sign-in   403       403       403       403       403       ok
POST  /admin/organisations/<organisation>/edit    sign-in    403       403       sign-in   403       403       403       403       403       ok
GET   /admin/organisations/<organisation>/staff         sign-in   403       403       sign-in   403       403       403       403       403       ok
POST  /admin/organisations/<organisation>/staff         sign-in   403       403       sign-in   403       403       403       403       403       ok
GET   /admin/organisations/<organisation>/staff/known   sign-in   403       403       sign-in   403       403       403       403       403       ok
POST  /admin/organisations/<organisation>/staff/known   sign-in   403       403       sign-in   403       403       403       403       403       ok
GET   /admin/jobs                                       sign-in   403       403       sign-in   403       403       403       403       403       ok
POST  /admin/jobs/backup                                sign-in   403       403       sign-in   403       403       403       403       403       ok
GET   /admin/jobs/<job>                                 sign-in   403       403       sign-in   403       403       403       403       403       ok
POST  /admin/jobs/<job>/cancellation                    sign-in   403       403       sign-in   403       403       403       403       403       ok
POST  /admin/jobs/<job>/repetition                      sign-in   403       403       sign-in   403       403       403       403       403       ok
POST  /admin/jobs/<job>/rest                            sign-in   403       403       sign-in   403       403       403       403       403       ok
GET   /admin/deliveries                           sign-in   403       403       sign-in   403       403       403       403       403       ok
POST  /admin/deliveries/<doubtful>/sent           sign-in   403       403       sign-in   403       403       403       403       403       ok
POST  /admin/deliveries/<delivery>/again          sign-in   403       403       sign-in   403       403       403       403       403       ok
GET   /admin/accounts                                   sign-in   403       403       sign-in   403       403       403       403       403       ok
POST  /admin/accounts/<user>/slip                       sign-in   403       403       sign-in   403       403       403       403       403       ok
POST  /admin/accounts/<user>/second-factor/removal      sign-in   403       403       sign-in   403       403       403       403       403       ok
GET   /admin/erasures                                     sign-in   403       403       sign-in   403       403       403       403       403       ok
POST  /admin/erasures/<erasure>/grant                     sign-in   403       403       sign-in   403       403       403       403       403       ok
GET   /admin/erasures/<erasure>/refusal                   sign-in   403       403       sign-in   403       403       403       403       403       ok
POST  /admin/erasures/<erasure>/refusal                   sign-in   403       403       sign-in   403       403       403       403       403       ok
GET   /admin/retention                                    sign-in   403       403       sign-in   403       403       403       403       403       ok
POST  /admin/retention                                    sign-in   403       403       sign-in   403       403       403       403       403       ok

Auditors
GET   /audit                                              sign-in   403       403       sign-in   403       403       403       403       ok        403
GET   /audit/search                                       sign-in   403       403       sign-in   403       403       403       403       ok        403
GET   /audit/summary                                      sign-in   403       403       sign-in   403       403       403       403       ok        403
POST  /audit/summary                                      sign-in   403       403       sign-in   403       403       403       403       ok        403

Programmes: anyone, families, the host, the school
GET   /programmes                                                ok        ok        ok        ok        ok        ok        ok        ok        ok        ok
GET   /programmes/<programme>                                    ok        ok        ok        ok        ok        ok        ok        ok        ok        ok
GET   /programmes/<draft_programme>                              404       404       404       404       404       ok        ok        404       404       404
GET   /programmes/<programme>/picture.png                        ok        ok        ok        ok        ok        ok        ok        ok        ok        ok
GET   /papers/<public_document>                                  ok        ok        ok        ok        ok        ok        ok        ok        ok        ok
GET   /programmes/<programme>/application                        sign-in   ok        ok        sign-in   ok        ok        ok        ok        ok        ok
POST  /programmes/<programme>/application                        sign-in   ok        ok        sign-in   ok        ok        ok        ok        ok        ok
GET   /pairs/<own_pair>                                          sign-in   ok        404       sign-in   404       404       404       404       404       404
POST  /pairs/<own_pair>/acceptance                               sign-in   ok        404       sign-in   404       404       404       404       404       404
GET   /pairs/<own_pair>/another                                  sign-in   ok        404       sign-in   404       404       404       404       404       404
POST  /pairs/<own_pair>/another                                  sign-in   ok        404       sign-in   404       404       404       404       404       404
GET   /pairs/<own_pair>/objection                                sign-in   ok        404       sign-in   404       404       404       404       404       404
POST  /pairs/<own_pair>/objection                                sign-in   ok        404       sign-in   404       404       404       404       404       404
POST  /pairs/<own_pair>/contact                                  sign-in   ok        404       sign-in   404       404       404       404       404       404
POST  /pairs/<own_pair>/contact/removal                          sign-in   ok        404       sign-in   404       404       404       404       404       404
GET   /pairs/<own_pair>/guardian                                 sign-in   ok        404       sign-in   404       404       404       404       404       404
POST  /pairs/<own_pair>/guardian                                 sign-in   ok        404       sign-in   404       404       404       404       404       404
GET   /applications/<application>                                sign-in   ok        404       sign-in   404       404       404       404       404       404
POST  /applications/<application>/acceptance                     sign-in   ok        404       sign-in   404       404       404       404       404       404
POST  /applications/<application>/decline                        sign-in   ok        404       sign-in   404       404       404       404       404       404
GET   /applications/<application>/guardian                       sign-in   ok        404       sign-in   404       404       404       404       404       404
POST  /applications/<application>/guardian/link                  sign-in   ok        404       sign-in   404       404       404       404       404       404
GET   /desk/programmes                                           sign-in   403       403       sign-in   403       ok        ok        ok        403       403
GET   /desk/programmes/new                                       sign-in   403       403       sign-in   403       ok        ok        ok        403       403
POST  /desk/programmes/new                                       sign-in   403       403       sign-in   403       ok        ok        ok        403       403
GET   /desk/programmes/<programme>                               sign-in   403       403       sign-in   403       ok        ok        404       403       403
GET   /desk/programmes/<programme>/edit                          sign-in   403       403       sign-in   403       ok        ok        404       403       403
POST  /desk/programmes/<programme>/edit                          sign-in   403       403       sign-in   403       ok        ok        404       403       403
POST  /desk/programmes/<programme>/publication                   sign-in   403       403       sign-in   403       ok        ok        404       403       403
GET   /desk/programmes/<programme>/cancellation                  sign-in   403       403       sign-in   403       ok        ok        404       403       403
POST  /desk/programmes/<programme>/cancellation                  sign-in   403       403       sign-in   403       ok        ok        404       403       403
POST  /desk/programmes/<programme>/resumption                    sign-in   403       403       sign-in   403       ok        ok        404       403       403
GET   /desk/programmes/<programme>/copy                          sign-in   403       403       sign-in   403       ok        ok        404       403       403
POST  /desk/programmes/<programme>/copy                          sign-in   403       403       sign-in   403       ok        ok        404       403       403
POST  /desk/programmes/<programme>/events/<inside>/removal       sign-in   403       403       sign-in   403       ok        ok        404       403       403
GET   /desk/programmes/<programme>/sides/new                     sign-in   403       403       sign-in   403       ok        ok        404       403       403
POST  /desk/programmes/<programme>/sides/new                     sign-in   403       403       sign-in   403       ok        ok        404       403       403
GET   /desk/programmes/<programme>/itinerary                     sign-in   403       403       sign-in   403       ok        ok        404       403       403
POST  /desk/programmes/<programme>/itinerary                     sign-in   403       403       sign-in   403       ok        ok        404       403       403
GET   /desk/programmes/<programme>/documents                     sign-in   403       403       sign-in   403       ok        ok        404       403       403
POST  /desk/programmes/<programme>/documents                     sign-in   403       403       sign-in   403       ok        ok        404       403       403
GET   /desk/programmes/<programme>/questions                     sign-in   403       403       sign-in   403       ok        ok        404       403       403
GET   /desk/programmes/<programme>/questions/new                 sign-in   403       403       sign-in   403       ok        ok        404       403       403
POST  /desk/programmes/<programme>/questions/new                 sign-in   403       403       sign-in   403       ok        ok        404       403       403
GET   /desk/programmes/<programme>/questions/preview             sign-in   403       403       sign-in   403       ok        ok        404       403       403
GET   /desk/programmes/<programme>/questions/<asked>             sign-in   403       403       sign-in   403       ok        ok        404       403       403
POST  /desk/programmes/<programme>/questions/<asked>             sign-in   403       403       sign-in   403       ok        ok        404       403       403
POST  /desk/programmes/<programme>/questions/<asked>/up          sign-in   403       403       sign-in   403       ok        ok        404       403       403
POST  /desk/programmes/<programme>/questions/<asked>/down        sign-in   403       403       sign-in   403       ok        ok        404       403       403
POST  /desk/programmes/<programme>/questions/<asked>/return      sign-in   403       403       sign-in   403       ok        ok        404       403       403
POST  /desk/programmes/<programme>/questions/<asked>/removal     sign-in   403       403       sign-in   403       ok        ok        404       403       403
GET   /desk/programmes/<programme>/applications                  sign-in   403       403       sign-in   403       ok        ok        404       403       403
POST  /desk/programmes/<programme>/applications                  sign-in   403       403       sign-in   403       ok        ok        404       403       403
POST  /desk/programmes/<programme>/events                        sign-in   403       403       sign-in   403       404       404       404       403       403
POST  /desk/programmes/<draft_programme>/deletion                sign-in   403       403       sign-in   403       ok        ok        404       403       403
GET   /desk/sides/<side>/edit                                    sign-in   403       403       sign-in   403       ok        ok        404       403       403
POST  /desk/sides/<side>/edit                                    sign-in   403       403       sign-in   403       ok        ok        404       403       403
GET   /desk/sides/<side>/quotas                                  sign-in   403       403       sign-in   403       ok        ok        404       403       403
POST  /desk/sides/<side>/quotas                                  sign-in   403       403       sign-in   403       ok        ok        404       403       403
POST  /desk/sides/<spare_side>/deletion                          sign-in   403       403       sign-in   403       ok        ok        404       403       403
POST  /desk/itinerary/<item>/deletion                            sign-in   403       403       sign-in   403       ok        ok        404       403       403
GET   /desk/documents/<document>                                 sign-in   403       403       sign-in   403       ok        ok        404       403       403
POST  /desk/documents/<document>/deletion                        sign-in   403       403       sign-in   403       ok        ok        404       403       403
GET   /desk/programmes/<journey>/trip/lists                            sign-in   403       403       sign-in   403       ok        ok        404       403       403
POST  /desk/programmes/<journey>/trip/lists/<sheet>                    sign-in   403       403       sign-in   403       ok        ok        404       403       403
POST  /desk/programmes/<journey>/trip/lists/<sheet>/numbers            sign-in   403       403       sign-in   403       ok        ok        404       403       403
GET   /desk/programmes/<journey>/trip/emergency                        sign-in   403       403       sign-in   403       ok        ok        404       403       403
POST  /desk/programmes/<journey>/trip/emergency                        sign-in   403       403       sign-in   403       ok        ok        404       403       403
GET   /desk/programmes/<journey>/trip/document-readers                 sign-in   403       403       sign-in   403       403       ok        403       403       403
POST  /desk/programmes/<journey>/trip/document-readers                 sign-in   403       403       sign-in   403       403       ok        403       403       403
POST  /desk/programmes/<journey>/trip/document-reminders               sign-in   403       403       sign-in   403       ok        ok        404       403       403
GET   /applications/<travelling>/travel-document                       sign-in   ok        404       sign-in   404       404       404       404       404       404
POST  /applications/<travelling>/travel-document                       sign-in   ok        404       sign-in   404       404       404       404       404       404
POST  /applications/<travelling>/travel-document/removal               sign-in   ok        404       sign-in   404       404       404       404       404       404
GET   /trip-adults/<travelling_adult>/travel-document                  sign-in   404       404       sign-in   404       ok        404       404       404       404
POST  /trip-adults/<travelling_adult>/travel-document                  sign-in   404       404       sign-in   404       ok        404       404       404       404
POST  /trip-adults/<travelling_adult>/travel-document/removal          sign-in   404       404       sign-in   404       ok        404       404       404       404
GET   /trip-cards/<travelling_adult>                                   sign-in   404       404       sign-in   404       ok        404       404       404       404
GET   /desk/applications/<application>                           sign-in   403       403       sign-in   403       ok        ok        404       403       403
GET   /desk/agreements                                           sign-in   403       403       sign-in   403       ok        ok        ok        403       403
GET   /desk/agreements/new                                       sign-in   403       403       sign-in   403       ok        ok        ok        403       403
POST  /desk/agreements/new                                       sign-in   403       403       sign-in   403       ok        ok        ok        403       403
GET   /desk/agreements/<agreement>                               sign-in   403       403       sign-in   403       ok        ok        404       403       403
POST  /desk/agreements/<agreement>                               sign-in   403       403       sign-in   403       ok        ok        404       403       403
GET   /desk/agreements/<agreement>/edit                          sign-in   403       403       sign-in   403       ok        ok        404       403       403
POST  /desk/agreements/<agreement>/edit                          sign-in   403       403       sign-in   403       ok        ok        404       403       403
POST  /desk/agreements/<agreement>/settlement                    sign-in   403       403       sign-in   403       ok        ok        404       403       403
GET   /school/programmes                                         sign-in   403       403       sign-in   ok        403       403       403       403       403
GET   /school/quotas/<quota>                                     sign-in   403       403       sign-in   ok        403       403       403       403       403
POST  /school/quotas/<quota>                                     sign-in   403       403       sign-in   ok        403       403       403       403       403
POST  /school/applications/<application>/endorsement             sign-in   403       403       sign-in   ok        403       403       403       403       403
GET   /school/applications/<application>/withdrawal              sign-in   403       403       sign-in   ok        403       403       403       403       403
POST  /school/applications/<application>/withdrawal              sign-in   403       403       sign-in   ok        403       403       403       403       403
GET   /applications/<application>/guardian/call                  sign-in   403       403       sign-in   ok        ok        ok        404       403       403
POST  /applications/<application>/guardian/call                  sign-in   403       403       sign-in   ok        ok        ok        404       403       403
GET   /applications/<application>/guardian/record                sign-in   403       403       sign-in   ok        ok        ok        404       403       403
POST  /applications/<application>/guardian/person                sign-in   403       403       sign-in   ok        ok        ok        404       403       403
Journal, letters, ends, host families
GET   /desk/pairing/<round>/journal                              sign-in   403       403       sign-in   403       ok        ok        404       403       403
POST  /desk/pairing/<round>/journal                              sign-in   403       403       sign-in   403       ok        ok        404       403       403
POST  /desk/pairing/<round>/journal/list                         sign-in   403       403       sign-in   403       ok        ok        404       403       403
POST  /desk/pairing/journal/<entry>/undoing                      sign-in   403       403       sign-in   403       ok        ok        404       403       403
GET   /desk/pairing/<round>/silent                               sign-in   403       403       sign-in   403       ok        ok        404       403       403
GET   /desk/pairing/<round>/letters                              sign-in   403       403       sign-in   403       ok        ok        404       403       403
POST  /desk/pairing/<round>/aftercare                            sign-in   403       403       sign-in   403       ok        ok        404       403       403
POST  /desk/pairing/<round>/readers                              sign-in   403       403       sign-in   403       ok        ok        404       403       403
POST  /desk/pairing/readers/<reader>/removal                     sign-in   403       403       sign-in   403       ok        ok        404       403       403
GET   /desk/pairing/letters/<letter>/opening                     sign-in   403       403       sign-in   403       ok        ok        404       403       403
POST  /desk/pairing/letters/<letter>/opening                     sign-in   403       403       sign-in   403       ok        ok        404       403       403
GET   /desk/pairing/<round>/history                              sign-in   403       403       sign-in   403       ok        ok        404       403       403
POST  /desk/pairing/<round>/history                              sign-in   403       403       sign-in   403       ok        ok        404       403       403
GET   /desk/pairing/<round>/latecomers                           sign-in   403       403       sign-in   403       ok        ok        404       403       403
POST  /desk/pairing/<round>/latecomers                           sign-in   403       403       sign-in   403       ok        ok        404       403       403
POST  /desk/pairing/<round>/latecomers/programme                 sign-in   403       403       sign-in   403       ok        ok        404       403       403
GET   /desk/pairing/pairs/<pair>                                 sign-in   403       403       sign-in   403       ok        ok        404       403       403
POST  /desk/pairing/pairs/<pair>                                 sign-in   403       403       sign-in   403       ok        ok        404       403       403
GET   /desk/pairing/pairs/<pair>/ending                          sign-in   403       403       sign-in   403       ok        ok        404       403       403
POST  /desk/pairing/pairs/<pair>/ending                          sign-in   403       403       sign-in   403       ok        ok        404       403       403
POST  /desk/pairing/endings/<ending>/undoing                     sign-in   403       403       sign-in   403       ok        ok        404       403       403
GET   /desk/pairing/members/<member>/substitution                sign-in   403       403       sign-in   403       ok        ok        404       403       403
POST  /desk/pairing/members/<member>/substitution                sign-in   403       403       sign-in   403       ok        ok        404       403       403
GET   /school/pairing                                            sign-in   403       403       sign-in   ok        403       403       403       403       403
GET   /school/pairing/<shared_round>                             sign-in   403       403       sign-in   ok        403       403       403       403       403
POST  /school/pairing/<shared_round>                             sign-in   403       403       sign-in   ok        403       403       403       403       403
POST  /school/pairing/journal/<own_entry>/undoing                sign-in   403       403       sign-in   ok        403       403       403       403       403
GET   /school/pairing/<shared_round>/silent                      sign-in   403       403       sign-in   ok        403       403       403       403       403
GET   /school/pairing/<shared_round>/unanswered                  sign-in   403       403       sign-in   ok        403       403       403       403       403
POST  /school/pairing/<shared_round>/reminders                   sign-in   403       403       sign-in   ok        403       403       403       403       403
GET   /school/pairing/members/<own_member>/guardian              sign-in   403       403       sign-in   ok        403       403       403       403       403
POST  /school/pairing/members/<own_member>/guardian              sign-in   403       403       sign-in   ok        403       403       403       403       403
POST  /pairs/<own_pair>/meetings                                 sign-in   ok        404       sign-in   404       404       404       404       404       404
POST  /pairs/journal/<family_entry>/undoing                      sign-in   ok        404       sign-in   404       404       404       404       404       404
GET   /pairs/<own_pair>/letters                                  sign-in   ok        404       sign-in   404       404       404       404       404       404
POST  /pairs/<own_pair>/letters                                  sign-in   ok        404       sign-in   404       404       404       404       404       404
POST  /letters/<own_letter>/withdrawal                           sign-in   ok        404       sign-in   404       404       404       404       404       404
POST  /letters/<own_letter>/deletion                             sign-in   ok        404       sign-in   404       404       404       404       404       404
GET   /letters/<received>/worry                                  sign-in   ok        404       sign-in   404       404       404       404       404       404
POST  /letters/<received>/worry                                  sign-in   ok        404       sign-in   404       404       404       404       404       404
GET   /letters                                                   sign-in   403       403       sign-in   ok        ok        ok        ok        403       403
GET   /letters/<waiting_letter>                                  sign-in   403       403       sign-in   ok        404       404       404       403       403
POST  /letters/<waiting_letter>                                  sign-in   403       403       sign-in   ok        404       404       404       403       403
POST  /letters/<waiting_letter>/handing-on                       sign-in   403       403       sign-in   ok        404       404       404       403       403
GET   /letters/worries/<worry>                                   sign-in   403       403       sign-in   404       ok        404       404       403       403
POST  /letters/worries/<worry>                                   sign-in   403       403       sign-in   404       ok        404       404       403       403
GET   /desk/programmes/<programme>/families                      sign-in   403       403       sign-in   403       ok        ok        404       403       403
GET   /desk/programmes/<programme>/families/new                  sign-in   403       403       sign-in   403       ok        ok        404       403       403
POST  /desk/programmes/<programme>/families/new                  sign-in   403       403       sign-in   403       ok        ok        404       403       403
GET   /desk/families/<family>                                    sign-in   403       403       sign-in   403       ok        ok        404       403       403
POST  /desk/families/<family>                                    sign-in   403       403       sign-in   403       ok        ok        404       403       403
GET   /desk/families/<family>/edit                               sign-in   403       403       sign-in   403       ok        ok        404       403       403
POST  /desk/families/<family>/edit                               sign-in   403       403       sign-in   403       ok        ok        404       403       403
POST  /desk/families/<family>/approval                           sign-in   403       403       sign-in   403       ok        ok        404       403       403
POST  /desk/families/<family>/approval/withdrawal                sign-in   403       403       sign-in   403       ok        ok        404       403       403
POST  /desk/placements/<placement>/ending                        sign-in   403       403       sign-in   403       ok        ok        404       403       403
Partners, readers, choices
GET   /D/<partner_code>                                              ok        ok        ok        ok        ok        ok        ok        ok        ok        ok
GET   /D/<partner_code>/list                                         ok        ok        ok        ok        ok        ok        ok        ok        ok        ok
POST  /D/<partner_code>/list                                         ok        ok        ok        ok        ok        ok        ok        ok        ok        ok
POST  /D/<partner_code>/answers                                      ok        ok        ok        ok        ok        ok        ok        ok        ok        ok
GET   /D/<partner_code>/people/<sent>/withdrawal                     ok        ok        ok        ok        ok        ok        ok        ok        ok        ok
POST  /D/<partner_code>/people/<sent>/withdrawal                     ok        ok        ok        ok        ok        ok        ok        ok        ok        ok
GET   /D/<partner_code>/papers                                       ok        ok        ok        ok        ok        ok        ok        ok        ok        ok
POST  /D/<partner_code>/papers                                       ok        ok        ok        ok        ok        ok        ok        ok        ok        ok
GET   /D/<partner_code>/papers/<sent>                                ok        ok        ok        ok        ok        ok        ok        ok        ok        ok
POST  /D/<partner_code>/papers/<sent>                                ok        ok        ok        ok        ok        ok        ok        ok        ok        ok
GET   /D/<partner_code>/papers/sheet                                 ok        ok        ok        ok        ok        ok        ok        ok        ok        ok
POST  /D/<partner_code>/papers/sheet                                 ok        ok        ok        ok        ok        ok        ok        ok        ok        ok
GET   /D/<partner_code>/pairs                                        ok        ok        ok        ok        ok        ok        ok        ok        ok        ok
POST  /D/<partner_code>/pairs                                        ok        ok        ok        ok        ok        ok        ok        ok        ok        ok
GET   /desk/sides/<side>/links                                       sign-in   403       403       sign-in   403       ok        ok        404       403       403
POST  /desk/sides/<side>/links                                       sign-in   403       403       sign-in   403       ok        ok        404       403       403
GET   /desk/partner-links/<partner_link>/code.png                    sign-in   403       403       sign-in   403       ok        ok        404       403       403
GET   /desk/sides/<side>/papers                                      sign-in   403       403       sign-in   403       ok        ok        404       403       403
POST  /desk/sides/<side>/papers                                      sign-in   403       403       sign-in   403       ok        ok        404       403       403
GET   /desk/partner-papers/<vouched>/rejection                       sign-in   403       403       sign-in   403       ok        ok        404       403       403
POST  /desk/partner-papers/<vouched>/rejection                       sign-in   403       403       sign-in   403       ok        ok        404       403       403
GET   /desk/pairing/programmes/<programme>/new                       sign-in   403       403       sign-in   403       ok        ok        404       403       403
POST  /desk/pairing/programmes/<programme>/new                       sign-in   403       403       sign-in   403       ok        ok        404       403       403
GET   /desk/programmes/<programme>/readers                           sign-in   403       403       sign-in   403       ok        ok        404       403       403
POST  /desk/programmes/<programme>/readers                           sign-in   403       403       sign-in   403       ok        ok        404       403       403
POST  /desk/programmes/<programme>/readers/removal                   sign-in   403       403       sign-in   403       ok        ok        404       403       403
GET   /desk/programmes/<programme>/ranking                           sign-in   403       403       sign-in   403       ok        ok        404       403       403
GET   /desk/readings/<reading>                                       sign-in   403       403       sign-in   403       ok        ok        404       403       403
GET   /desk/readings/<reading>/applications/<read>                   sign-in   403       403       sign-in   403       ok        ok        404       403       403
POST  /desk/readings/<reading>/applications/<read>                   sign-in   403       403       sign-in   403       ok        ok        404       403       403
GET   /desk/choices                                                  sign-in   403       403       sign-in   403       ok        ok        ok        403       403
POST  /desk/choices                                                  sign-in   403       403       sign-in   403       ok        ok        ok        403       403
GET   /desk/choices/<choice_round>                                   sign-in   403       403       sign-in   403       ok        ok        404       403       403
POST  /desk/choices/<choice_round>/decision                          sign-in   403       403       sign-in   403       ok        ok        404       403       403
GET   /applications/<application>/choices                            sign-in   ok        404       sign-in   404       404       404       404       404       404
POST  /applications/<application>/choices                            sign-in   ok        404       sign-in   404       404       404       404       404       404
POST  /desk/choices/<choice_round>/removal                           sign-in   403       403       sign-in   403       ok        ok        404       403       403
POST  /desk/partner-links/<partner_link>/closing                     sign-in   403       403       sign-in   403       ok        ok        404       403       403

Trips: the host; who looks after young people on one
GET   /desk/programmes/<programme>/trip                                      sign-in   403       403       sign-in   403       ok        ok        404       403       403
POST  /desk/programmes/<programme>/trip/usual                                sign-in   403       403       sign-in   403       ok        ok        404       403       403
GET   /desk/programmes/<programme>/trip/tasks/new                            sign-in   403       403       sign-in   403       ok        ok        404       403       403
POST  /desk/programmes/<programme>/trip/tasks/new                            sign-in   403       403       sign-in   403       ok        ok        404       403       403
GET   /desk/trip-tasks/<task>/edit                                           sign-in   403       403       sign-in   403       ok        ok        404       403       403
POST  /desk/trip-tasks/<task>/edit                                           sign-in   403       403       sign-in   403       ok        ok        404       403       403
POST  /desk/trip-tasks/<task>/<step>                                         sign-in   403       403       sign-in   403       ok        ok        404       403       403
GET   /desk/programmes/<programme>/trip/adults                               sign-in   403       403       sign-in   403       ok        ok        404       403       403
POST  /desk/programmes/<programme>/trip/adults                               sign-in   403       403       sign-in   403       ok        ok        404       403       403
GET   /desk/programmes/<programme>/trip/adults/new                           sign-in   403       403       sign-in   403       ok        ok        404       403       403
POST  /desk/programmes/<programme>/trip/adults/new                           sign-in   403       403       sign-in   403       ok        ok        404       403       403
GET   /desk/trip-adults/<adult>/edit                                         sign-in   403       403       sign-in   403       ok        ok        404       403       403
POST  /desk/trip-adults/<adult>/edit                                         sign-in   403       403       sign-in   403       ok        ok        404       403       403
POST  /desk/trip-adults/<spare_adult>/deletion                               sign-in   403       403       sign-in   403       ok        ok        404       403       403
GET   /desk/programmes/<programme>/trip/<part>                               sign-in   403       403       sign-in   403       ok        ok        404       403       403
POST  /desk/programmes/<programme>/trip/<part>                               sign-in   403       403       sign-in   403       ok        ok        404       403       403
POST  /desk/programmes/<programme>/trip/<part>/new                           sign-in   403       403       sign-in   403       ok        ok        404       403       403
POST  /desk/programmes/<programme>/trip/<part>/<how>                         sign-in   403       403       sign-in   403       ok        ok        404       403       403
GET   /desk/programmes/<programme>/trip/<part>/<place>/edit                  sign-in   403       403       sign-in   403       ok        ok        404       403       403
POST  /desk/programmes/<programme>/trip/<part>/<place>/edit                  sign-in   403       403       sign-in   403       ok        ok        404       403       403
POST  /desk/programmes/<programme>/trip/<part>/<spare_place>/deletion        sign-in   403       403       sign-in   403       ok        ok        404       403       403
POST  /desk/programmes/<programme>/trip/<part>/left                          sign-in   403       403       sign-in   403       ok        ok        404       403       403
POST  /desk/programmes/<programme>/trip/rooms/genders                        sign-in   403       403       sign-in   403       ok        ok        404       403       403
GET   /trips/<programme>                                                     sign-in   404       404       sign-in   404       ok        404       404       404       404
"""  # noqa: E501 - a table is as wide as it is

STANDS_FOR = {
    "draft_programme": "programme",
    "journey": "programme",
    "travelling": "application",
    "travelling_adult": "adult",
    "public_document": "document",
    "spare_side": "side",
    "spare_adult": "adult",
    "spare_place": "place",
    "inside": "event",
    "draft": "event",
    "draft_slot": "slot",
    "spare": "slot",
    "pass_code": "code",
    "paper_code": "code",
    "picture": "digest",
} | {
    "slip_code": "code",
    "claim_code": "code",
    "class_code": "code",
    "wish": "transfer",
    "invitation_code": "code",
    "waiting": "announcement",
    "swap_code": "code",
    "shift_place": "registration",
    "series_place": "registration",
    "offered_place": "registration",
    "friend": "who",
    "waiting_place": "registration",
    "missed_place": "registration",
    "taught": "slot",
    "risky": "slot",
    "urgent": "message",
    "doubtful": "delivery",
    "lot": "slot",
    "invited_slot": "slot",
    "guest_code": "code",
    "spare_allotment": "allotment",
}
SERVED_BEFORE_FLASK = "/static/<filename>"
Request = tuple[str, str]


def rows() -> Iterator[tuple[Request, dict[str, str]]]:
    """Return the table: for each method and address what each persona gets."""
    for line in TABLE.splitlines():
        words = line.split()
        if words and words[0] in {"GET", "POST"}:
            method, address, *cells = words
            yield (method, address), dict(zip(PERSONAS, cells, strict=True))


def requests_of(app: Flask) -> set[Request]:
    """Return every method and address the application answers, as the table writes them."""
    return {
        (method, plain(rule.rule))
        for rule in app.url_map.iter_rules()
        for method in (rule.methods or set()) - {"HEAD", "OPTIONS"}
        if plain(rule.rule) != SERVED_BEFORE_FLASK
    }


def differences(answered: set[Request], listed: Iterable[Request]) -> set[Request]:
    """Return what is answered and not listed, and what is listed and not answered."""
    named = set()
    for method, address in listed:
        for word, meaning in STANDS_FOR.items():
            address = address.replace(f"<{word}>", f"<{meaning}>")  # noqa: PLW2901
        named.add((method, address))
    return answered ^ named


def given(response: TestResponse) -> str:
    """Return what somebody got, in the table's words."""
    if response.status_code in {301, 302, 303} and response.location.startswith("/sign-in"):
        return "sign-in"
    return "ok" if response.status_code in {200, 302, 303, 422} else str(response.status_code)


@pytest.fixture
def world(app: Flask, make: Factory) -> World:
    """Everybody and everything, anew for each column."""
    return build(app, make)


@pytest.mark.parametrize("persona", PERSONAS)
def test_everyone_gets_what_the_table_says(world: World, persona: str) -> None:
    expected = {" ".join(request): cells[persona] for request, cells in rows()}
    found = {" ".join(request): given(world.ask(persona, *request)) for request, _ in rows()}
    assert found == expected


@pytest.mark.parametrize("engine", ["sqlite"])
def test_the_table_names_every_address_and_no_other(app: Flask) -> None:
    assert differences(requests_of(app), [request for request, _ in rows()]) == set()


@pytest.mark.parametrize("engine", ["sqlite"])
def test_a_view_that_nobody_marked_is_closed_and_an_address_without_a_line_is_found(
    fresh_url: str, tmp_path_factory: pytest.TempPathFactory
) -> None:
    app = create_app(databases.settings_for(fresh_url, tmp_path_factory.mktemp("data")))
    app.add_url_rule("/forgotten", "forgotten", lambda: "a secret")
    app.add_url_rule("/new", "new", public(lambda: "for everyone"))
    assert app.test_client().get("/forgotten").status_code == 403
    assert app.test_client().get("/new").status_code == 200
    listed = [request for request, _ in rows()]
    assert differences(requests_of(app), listed) == {("GET", "/forgotten"), ("GET", "/new")}
    assert differences(requests_of(app), [*listed[1:], ("GET", "/forgotten"), ("GET", "/new")]) == {("GET", "/")}
