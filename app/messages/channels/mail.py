"""A letter as an e-mail: plain text and HTML (RFC 5322, 2046), from nobody who reads answers (RFC 3834)."""

from dataclasses import dataclass
from email.headerregistry import Address
from email.message import EmailMessage
from email.policy import SMTP
from email.utils import parseaddr
from urllib.parse import urlsplit

from email_validator import EmailNotValidError, validate_email
from flask import current_app
from flask_babel import force_locale
from flask_babel import gettext as _

from app.core.clock import now
from app.core.languages import ENGLISH
from app.core.links import public_url
from app.messages.channels.carrier import Letter, Refused
from app.messages.troubles import Trouble


@dataclass(frozen=True)
class Envelope:
    """From whom to whom, and all that is inside, each line ended as SMTP wants it."""

    sender: str
    recipient: str
    text: bytes
    needs_utf8: bool  # a mailbox whose own name is not ASCII (RFC 6531)


def enveloped(letter: Letter, sender: str) -> Envelope:
    """Return a letter ready to be handed over. Raises `Refused` for an address that is none."""
    try:
        to = validate_email(letter.address, check_deliverability=False)
    except EmailNotValidError as error:
        raise Refused(Trouble.NO_SUCH_ADDRESS, type(error).__name__) from error
    us, own = parseaddr(sender)
    message = EmailMessage(policy=SMTP.clone(utf8=to.smtputf8))
    message["To"] = Address(_line(letter.name), to.local_part, to.ascii_domain)
    message["From"] = Address(us, own.rpartition("@")[0], own.rpartition("@")[2])
    contacts = public_url("contacts.index")
    message["Subject"] = _line(letter.subject)
    message["Date"] = now()
    message["Message-ID"] = f"<{letter.key}@{own.rpartition('@')[2]}>"
    message["List-Unsubscribe"] = f"<{contacts}>"
    message["Auto-Submitted"] = "auto-generated"
    with force_locale(letter.language):
        message.set_content(_text(letter, contacts))
        message.add_alternative(html_of(letter), subtype="html")
    message["Content-Language"] = "en" if letter.language == ENGLISH else "zh-CN"
    return Envelope(own, f"{to.local_part}@{to.ascii_domain}", message.as_bytes(), to.smtputf8)


def html_of(letter: Letter) -> str:
    """Return what a mail program shows, in the language that is spoken just now."""
    link = letter.link if letter.link and letter.link.startswith(str(current_app.config["PUBLIC_URL"])) else None
    paragraphs = _paragraphs(letter.body.splitlines(), link)
    return current_app.jinja_env.get_template("mail/letter.html").render(
        letter=letter,
        paragraphs=paragraphs if [] in paragraphs or not link else [*paragraphs, []],
        link=link,
        home=public_url("pages.home"),
        host=urlsplit(str(current_app.config["PUBLIC_URL"])).netloc,
        contacts=public_url("contacts.index"),
        is_english=letter.language == ENGLISH,
    )


def _text(letter: Letter, contacts: str) -> str:
    link = f"\n{letter.link}" if letter.link and letter.link not in letter.body else ""
    return f"{letter.body}{link}\n\n-- \n{_('Tongxing Youth')}\n{_foot(letter, contacts)}\n"


def _foot(letter: Letter, contacts: str) -> str:
    typed = _(
        "You get this mail because somebody typed this address at %(host)s. Nobody reads answers to it.",
        host=urlsplit(contacts).netloc,
    )
    on = _(
        "You get this mail because e-mail is switched on in your account. Switch it off here: %(link)s", link=contacts
    )
    return str(typed if letter.code else on)


def _paragraphs(lines: list[str], link: str | None) -> list[list[str]]:
    """Return the lines, those without an empty one between them together; an empty paragraph stands for the link."""
    paragraphs: list[list[str]] = []
    goes_on = False
    for line in lines:
        if link and line.strip() == link:
            paragraphs.append([])
        elif line.strip() and goes_on:
            paragraphs[-1].append(line)
        elif line.strip():
            paragraphs.append([line])
        goes_on = bool(line.strip()) and line.strip() != link
    return paragraphs


def _line(text: str) -> str:
    return " ".join(text.split())
