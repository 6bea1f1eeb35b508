"""Invitation links of a slot: made and closed by staff, opened by whoever got one."""

from flask import Blueprint, abort, flash, redirect, render_template, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _
from sqlalchemy import Select, select

from app.core.access import Role, allow, principal, public
from app.core.clock import now
from app.core.codes import read_code
from app.core.db import db, transact
from app.core.finding import get_or_404
from app.core.links import public_url
from app.core.qr import qr_png
from app.events import queries
from app.events.models import Event, InvitationLink, Slot
from app.events.registration import reasons
from app.events.ways import invitations
from app.events.ways.place_forms import InvitationForm

bp = Blueprint("slot_invitations", __name__)


@bp.route("/desk/slots/<int:slot_id>/invitations", methods=["GET", "POST"])
@allow(Role.STAFF)
def index(slot_id: int) -> ResponseReturnValue:
    """The links of a slot and how often each was used; the form makes another."""
    slot = get_or_404(queries.slots_run_by(principal()), slot_id)
    form = InvitationForm(data={"expires_at": slot.closes_at})
    if form.validate_on_submit():
        asked = (slot_id, form.note.data, form.most_uses.data, form.expires_at.data)
        transact(invitations.invite, *asked, by=principal().actor, at=now())
        flash(_("The link is made. Copy it, or show the code."), "pine")
        return redirect(url_for(".index", slot_id=slot_id), 303)
    links = [(link, public_url(".show", code=link.code)) for link in db.session.scalars(invitations.links_of(slot_id))]
    return render_template("events/invitations.html", form=form, slot=slot, links=links, at=now()), form.status


@bp.get("/desk/invitations/<int:link_id>/code.png")
@allow(Role.STAFF)
def code_image(link_id: int) -> ResponseReturnValue:
    """A link as a code to be shown on a wall or put into a chat."""
    link = _link(link_id)
    keeping = {"Content-Type": "image/png", "Cache-Control": "private, no-cache"}
    return qr_png(public_url(".show", code=link.code)), keeping


@bp.post("/desk/invitations/<int:link_id>/closing")
@allow(Role.STAFF)
def close(link_id: int) -> ResponseReturnValue:
    """Let nobody else in by a link."""
    slot_id = _link(link_id).slot_id
    transact(invitations.close, link_id, by=principal().actor, at=now())
    flash(_("The link is closed. Whoever came by it keeps the place."), "pine")
    return redirect(url_for(".index", slot_id=slot_id), 303)


@bp.get("/i/<code>")
@public
def show(code: str) -> ResponseReturnValue:
    """You are invited: what to, and on to the sign-up; or why the link leads nowhere any more."""
    link = invitations.link_of(read_code(code) or "")
    if link is None:
        return render_template("events/invitation_unknown.html"), 404
    slot = db.session.scalar(queries.slots_visible_to(principal()).where(Slot.id == link.slot_id))
    if slot is None:
        abort(404)
    closed = reasons.why_closed(slot, slot.event, at=now(), is_invited=True) or invitations.why_not(link, at=now())
    return render_template("events/invited.html", slot=slot, code=link.code, closed=closed)


def _link(link_id: int) -> InvitationLink:
    return get_or_404(_run_by_us(), link_id)


def _run_by_us() -> Select[InvitationLink]:
    own = Event.host_id.in_(principal().units(Role.STAFF))
    return select(InvitationLink).join(Slot, Slot.id == InvitationLink.slot_id).join(Slot.event).where(own)
