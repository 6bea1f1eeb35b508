"""The pass as an image: chat apps keep real images only, and an album works without signal."""

from io import BytesIO

from PIL import Image, ImageDraw

from app.core.codes import grouped
from app.core.filters import span
from app.core.fonts import image_font
from app.core.qr import qr_image
from app.events.models import Registration

WIDTH, HEIGHT, MARGIN = 750, 1180, 40
_PAPER, _CARD, _INK, _SECOND = "#faf6ef", "#fffdf9", "#22201d", "#5f5850"
_PINE, _LINE, _WHITE = "#1f5b4c", "#e4dccf", "#ffffff"
_HEAD, _TEAR = 230, 900


def draw(registration: Registration, address: str) -> bytes:
    """Return a PNG of the ticket; ``address`` is what the code says to a scanner."""
    slot, event = registration.slot, registration.slot.event
    image = Image.new("RGB", (WIDTH, HEIGHT), _PAPER)
    pen = ImageDraw.Draw(image)
    pen.rounded_rectangle((MARGIN, MARGIN, WIDTH - MARGIN, HEIGHT - MARGIN), 28, fill=_CARD, outline=_LINE, width=2)
    pen.rounded_rectangle((MARGIN, MARGIN, WIDTH - MARGIN, _HEAD), 28, fill=_PINE)
    pen.rectangle((MARGIN, _HEAD - 30, WIDTH - MARGIN, _HEAD), fill=_PINE)
    _centred(pen, 80, event.title, 44, _WHITE)
    _centred(pen, 142, span(slot.starts_at, slot.ends_at), 28, _WHITE)
    _centred(pen, 182, slot.place or event.place, 26, _WHITE)
    _code(image, address)
    _centred(pen, 828, grouped(registration.code), 38, _INK)
    _tear(pen)
    _centred(pen, 940, registration.person.name, 50, _INK)
    _centred(pen, 1016, slot.title, 30, _PINE)
    _centred(pen, 1070, " ".join(filter(None, [_school(registration), registration.class_name])), 26, _SECOND)
    out = BytesIO()
    image.save(out, "PNG", optimize=True)
    return out.getvalue()


def _code(image: Image.Image, address: str) -> None:
    code = qr_image(address, 14).get_image().convert("RGB")
    image.paste(code, ((WIDTH - code.width) // 2, _HEAD + (828 - _HEAD - code.height) // 2 - 8))


def _tear(pen: ImageDraw.ImageDraw) -> None:
    for left in range(MARGIN + 24, WIDTH - MARGIN - 24, 22):
        pen.line((left, _TEAR, left + 12, _TEAR), fill=_LINE, width=3)
    for middle in (MARGIN, WIDTH - MARGIN):
        pen.ellipse((middle - 16, _TEAR - 16, middle + 16, _TEAR + 16), fill=_PAPER)


def _centred(pen: ImageDraw.ImageDraw, top: int, text: str, size: int, colour: str) -> None:
    room = WIDTH - 2 * MARGIN - 48
    while size > 18 and pen.textlength(text, image_font(text, size)) > room:
        size -= 2
    font = image_font(text, size)
    while text and pen.textlength(text, font) > room:
        text = text[:-2] + "…"
    pen.text(((WIDTH - pen.textlength(text, font)) / 2, top), text, fill=colour, font=font)


def _school(registration: Registration) -> str:
    return registration.school.name if registration.school else ""
