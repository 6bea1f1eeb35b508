"""消息怎么收到: the inbox always, and the channels that are switched on, each by an address of one's own."""

from flask import Blueprint, abort, flash, redirect, render_template, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from app.accounts.models import User
from app.core.access import Role, allow, principal
from app.core.clock import now
from app.core.db import db, transact
from app.core.problems import Problem
from app.messages import contacts
from app.messages.channels.switchboard import channels_on
from app.messages.contact_forms import ADDRESS_FORMS, ContactCodeForm
from app.messages.models import Channel, Contact
from app.messages.troubles import CHANNEL_WORDS, trouble_words

bp = Blueprint("contacts", __name__, url_prefix="/account/contacts")
_ONE = "/<any(email, sms):channel>"


@bp.get("")
@allow(Role.SIGNED_IN)
def index() -> ResponseReturnValue:
    """By what one gets one's messages."""
    own = contacts.contacts_of(principal().actor)
    page = {
        "channels": [(channel, own.get(channel)) for channel in channels_on()],
        "troubles": {key: trouble_words(last) for key, last in contacts.last_troubles([*own.values()]).items()},
        "words": CHANNEL_WORDS,
    }
    return render_template("messages/contacts.html", **page)


@bp.route(f"{_ONE}/address", methods=["GET", "POST"])
@allow(Role.SIGNED_IN)
def address(channel: str) -> ResponseReturnValue:
    """Type an address; a code is sent there."""
    on, user = _on(channel), db.session.get_one(User, principal().actor)
    own = contacts.contacts_of(user.id).get(on)
    known = own.address if own else (user.email if on is Channel.EMAIL else user.phone)
    form = ADDRESS_FORMS[on](data={"address": known or ""})
    if form.validate_on_submit():
        try:
            contact = transact(contacts.offer_address, user.id, on, form.address.data, at=now())
        except Problem as problem:
            form.refuse(problem)
        else:
            return redirect(url_for(".index") if contact.proven_at else url_for(".code", channel=on.value), 303)
    page = {"channel": on, "own": own, "words": CHANNEL_WORDS}
    return render_template("messages/contacts_address.html", form=form, **page), form.status


@bp.route(f"{_ONE}/code", methods=["GET", "POST"])
@allow(Role.SIGNED_IN)
def code(channel: str) -> ResponseReturnValue:
    """Type the code that came; the address counts from then on."""
    on, form = _on(channel), ContactCodeForm()
    own = _unproven(on)
    if own is None:
        return redirect(url_for(".index"), 303)
    if form.validate_on_submit():
        try:
            contacts.prove_address(principal().actor, on, form.digits, at=now())
        except Problem as problem:
            form.refuse(problem)
        else:
            flash(_("Done. Your messages come here too from now on."), "pine")
            return redirect(url_for(".index"), 303)
    return render_template("messages/contacts_code.html", form=form, channel=on, own=own), form.status


@bp.post(f"{_ONE}/code/again")
@allow(Role.SIGNED_IN)
def send_again(channel: str) -> ResponseReturnValue:
    """Send another code."""
    on = _on(channel)
    try:
        transact(contacts.send_code_again, principal().actor, on, at=now())
    except Problem as problem:
        flash(problem.message, "bad")
    else:
        flash(_("Another code is on its way. Only the last one counts."), "pine")
    return redirect(url_for(".code", channel=on.value), 303)


@bp.post(f"{_ONE}/on")
@allow(Role.SIGNED_IN)
def switch_on(channel: str) -> ResponseReturnValue:
    """Get messages there again."""
    transact(contacts.switch_on, principal().actor, _on(channel))
    flash(_("Switched on."), "pine")
    return redirect(url_for(".index"), 303)


@bp.post(f"{_ONE}/off")
@allow(Role.SIGNED_IN)
def switch_off(channel: str) -> ResponseReturnValue:
    """Get no messages there any more; the address stays."""
    transact(contacts.switch_off, principal().actor, _on(channel))
    flash(_("Switched off. The inbox has all your messages."), "pine")
    return redirect(url_for(".index"), 303)


@bp.post(f"{_ONE}/removal")
@allow(Role.SIGNED_IN)
def remove(channel: str) -> ResponseReturnValue:
    """Forget the address."""
    transact(contacts.remove_address, principal().actor, _on(channel))
    flash(_("The address is removed. The inbox has all your messages."), "pine")
    return redirect(url_for(".index"), 303)


def _on(channel: str) -> Channel:
    """Return the channel if it is switched on here."""
    wanted = Channel(channel)
    if wanted not in channels_on():
        abort(404)
    return wanted


def _unproven(channel: Channel) -> Contact | None:
    own = contacts.contacts_of(principal().actor).get(channel)
    return own if own and not own.proven_at else None
