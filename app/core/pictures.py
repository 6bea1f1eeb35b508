"""Pictures that people upload: made small and harmless, kept once each, shown to everyone."""

import re
from dataclasses import dataclass
from datetime import datetime
from hashlib import sha256
from io import BytesIO
from threading import Lock

from flask import Blueprint, Response, abort
from flask.typing import ResponseReturnValue
from flask_babel import lazy_gettext as _l
from PIL import Image, ImageFile, ImageOps
from sqlalchemy import LargeBinary, String, delete, select
from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm import Mapped, mapped_column, undefer
from werkzeug.datastructures import FileStorage

from app.core.access import public
from app.core.db import Base, db
from app.core.problems import Problem

LARGEST_FILE = 10 * 1024 * 1024  # bytes; what phones take is 3 to 8 MB
MOST_PIXELS = 52_000_000  # phones take up to 50 million; unpacked, that is 200 MB of memory
_READABLE = ("JPEG", "PNG", "WEBP", "GIF")
_HEIC_BRANDS = {b"heic", b"heix", b"heim", b"hevc", b"mif1", b"msf1"}  # ISO/IEC 23008-12
_DIGEST = re.compile("[0-9a-f]{64}")
_BOMBS = (Image.DecompressionBombError, Image.DecompressionBombWarning)
_one_at_a_time = Lock()  # so that several large pictures at once do not fill a small machine's memory

bp = Blueprint("pictures", __name__)


class NotAPicture(Problem):
    """What was sent cannot be read as one."""

    code = "not_a_picture"
    words = _l("This file is not a picture we can read. Please choose a JPEG or PNG file.")


class HeicPicture(Problem):
    """Phones of one maker keep photos in a form of their own, which browsers do not show."""

    code = "heic_picture"
    words = _l(
        "This photo is in Apple's own HEIC form. On the phone, choose Settings → Camera → Formats → Most Compatible and"
        " take it anew, or send a screenshot of it."
    )


class PictureTooLarge(Problem):
    """Too many bytes, or too many pixels to unpack."""

    code = "picture_too_large"
    words = _l("This picture is too large. Please choose one of at most 10 MB.")


class Picture(Base):
    """A picture in the form it is shown in. Others point at it by its digest, so that its address needs no look-up."""

    __tablename__ = "pictures"

    digest: Mapped[str] = mapped_column(String(64), unique=True)  # SHA-256 of the content, in hexadecimal
    content: Mapped[bytes] = mapped_column(LargeBinary, deferred=True)
    media_type: Mapped[str]
    width: Mapped[int]
    height: Mapped[int]
    added_at: Mapped[datetime]


@dataclass(frozen=True)
class Prepared:
    """A picture that may be kept: width and height in pixels."""

    content: bytes
    media_type: str
    width: int
    height: int

    @property
    def digest(self) -> str:
        """What it is known by."""
        return sha256(self.content).hexdigest()


@dataclass(frozen=True)
class PictureChange:
    """What somebody wants with a record's picture: a new one, none any more, or (neither) the one there is."""

    new: Prepared | None = None
    removes: bool = False


UNCHANGED = PictureChange()


def prepare(upload: FileStorage | bytes, longest: int) -> Prepared:
    """Return an upload as a picture whose longer side has at most ``longest`` pixels: upright, and without anything
    but the picture (a photo tells where and when it was taken, and with what).

    Slow: to be called before the transaction. Raises `NotAPicture`, `HeicPicture`, `PictureTooLarge`.
    """
    content = upload if isinstance(upload, bytes) else upload.stream.read(LARGEST_FILE + 1)
    if len(content) > LARGEST_FILE:
        raise PictureTooLarge
    if content[4:8] == b"ftyp" and content[8:12] in _HEIC_BRANDS:
        raise HeicPicture
    with _one_at_a_time:
        return _developed(content, longest)


def keep(prepared: Prepared, at: datetime) -> Picture:
    """Keep a picture, in the transaction of the record that shows it; the same one twice is the first."""
    kept = db.session.scalar(select(Picture).where(Picture.digest == prepared.digest))
    if kept:
        return kept
    kept = Picture(
        digest=prepared.digest,
        content=prepared.content,
        media_type=prepared.media_type,
        width=prepared.width,
        height=prepared.height,
        added_at=at,
    )
    db.session.add(kept)
    db.session.flush()
    return kept


def changed(digest: str | None, change: PictureChange, at: datetime) -> str | None:
    """Return the digest a record has after a change; ``digest`` is the one it has now. To be run in its transaction."""
    if change.new:
        return keep(change.new, at).digest
    return None if change.removes else digest


def let_go(digest: str | None) -> None:
    """Delete a picture if nothing points at it any more; to be run in the transaction that stopped showing it."""
    try:
        with db.session.begin_nested():
            db.session.execute(delete(Picture).where(Picture.digest == digest))
    except IntegrityError:
        return  # another record shows the same picture


@bp.get("/pictures/<digest>")
@public
def show(digest: str) -> ResponseReturnValue:
    """A picture; what a digest stands for never changes, so browsers may keep it for ever."""
    if not _DIGEST.fullmatch(digest):
        abort(404)
    found = select(Picture).where(Picture.digest == digest).options(undefer(Picture.content))
    picture = db.session.scalar(found) or abort(404)
    response = Response(picture.content, content_type=picture.media_type)
    response.headers["Cache-Control"] = "public, max-age=31536000, immutable"
    response.headers["Content-Disposition"] = "inline"
    return response


def _developed(content: bytes, longest: int) -> Prepared:
    ImageFile.LOAD_TRUNCATED_IMAGES = False  # WeasyPrint switches it on, for the whole process
    try:
        with Image.open(BytesIO(content), formats=_READABLE) as opened:
            if opened.width * opened.height > MOST_PIXELS:
                raise PictureTooLarge
            opened.draft("RGB", (longest, longest))  # a JPEG is read at an eighth of its size if that is enough
            upright = ImageOps.exif_transpose(opened)
            upright.thumbnail((longest, longest))
            return _printed(upright)
    except Problem:
        raise
    except _BOMBS as bomb:
        raise PictureTooLarge from bomb
    except Exception as broken:  # a decoder stumbles over a broken file in whatever way it likes
        raise NotAPicture from broken


def _printed(image: Image.Image) -> Prepared:
    """Return the picture alone, on a fresh sheet: PNG if something shines through, JPEG otherwise."""
    shines_through = image.has_transparency_data and image.convert("RGBA").getchannel("A").getextrema() != (255, 255)
    mode, file_format = ("RGBA", "PNG") if shines_through else ("RGB", "JPEG")
    sheet = Image.new(mode, image.size)
    sheet.paste(image.convert(mode))
    out = BytesIO()
    sheet.save(out, file_format, optimize=True, quality=86)
    return Prepared(out.getvalue(), f"image/{file_format.lower()}", sheet.width, sheet.height)
