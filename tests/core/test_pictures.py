"""Pictures that people upload: what is kept of them, what is refused, how they are shown."""

import struct
import zlib
from io import BytesIO

import pytest
from flask import Flask
from flask.testing import FlaskClient
from PIL import Image, ImageFile
from sqlalchemy import func, select
from werkzeug.datastructures import FileStorage

from app.core import pictures
from app.core.clock import now
from app.core.db import db
from app.core.pictures import (
    HeicPicture,
    NotAPicture,
    Picture,
    PictureChange,
    PictureTooLarge,
    changed,
    keep,
    let_go,
    prepare,
)
from tests.factories import Factory
from tests.photos import photo, telling_photo

SVG = b'<svg xmlns="http://www.w3.org/2000/svg"><script>alert(1)</script></svg>'
HEIC = b"\0\0\0\x18ftypheic\0\0\0\0mif1heic" + b"\0" * 99


def shown(content: bytes) -> Image.Image:
    """Return what a browser would show."""
    return Image.open(BytesIO(content))


def bomb(side: int) -> bytes:
    """Return a PNG of a few bytes that says to be ``side`` pixels wide and high."""
    head = b"IHDR" + struct.pack(">IIBBBBB", side, side, 8, 6, 0, 0, 0)
    parts = (head, b"IDAT" + zlib.compress(b"\0" * 99), b"IEND")
    chunks = [struct.pack(">I", len(part) - 4) + part + struct.pack(">I", zlib.crc32(part)) for part in parts]
    return b"\x89PNG\r\n\x1a\n" + b"".join(chunks)


def kept() -> int:
    """Return how many pictures there are."""
    return db.session.scalar(select(func.count()).select_from(Picture)) or 0


def test_a_photo_loses_where_it_was_taken_and_with_what() -> None:
    content = prepare(telling_photo(), 800).content
    assert b"TongxingPhone" in telling_photo()
    assert dict(shown(content).getexif()) == {}
    assert shown(content).info.keys() <= {"jfif", "jfif_version", "jfif_unit", "jfif_density"}
    assert b"TongxingPhone" not in content
    assert b"at home" not in content


def test_a_photo_taken_upright_stands_upright() -> None:
    prepared = prepare(telling_photo(orientation=6), 800)
    assert (prepared.width, prepared.height) == (32, 64)


def test_a_large_picture_is_made_small_and_keeps_its_shape() -> None:
    prepared = prepare(photo((1600, 800)), 400)
    assert (prepared.width, prepared.height) == (400, 200)
    assert shown(prepared.content).size == (400, 200)


def test_a_small_one_is_not_blown_up() -> None:
    assert prepare(photo((40, 30)), 400).width == 40


@pytest.mark.parametrize("file_format", ["JPEG", "PNG", "WEBP", "GIF"])
def test_what_people_have_can_be_read_and_becomes_what_every_browser_shows(file_format: str) -> None:
    prepared = prepare(photo(file_format=file_format), 400)
    assert prepared.media_type == "image/jpeg"
    assert shown(prepared.content).format == "JPEG"


@pytest.mark.parametrize("mode", ["L", "P", "CMYK", "1"])
def test_colours_of_any_kind_become_plain_ones(mode: str) -> None:
    file_format = "JPEG" if mode == "CMYK" else "PNG"
    assert shown(prepare(photo(mode=mode, colour="black", file_format=file_format), 400).content).mode == "RGB"


def test_what_lets_the_ground_shine_through_still_does() -> None:
    prepared = prepare(photo(mode="RGBA", colour="#a8341f80"), 400)
    assert prepared.media_type == "image/png"
    assert shown(prepared.content).getpixel((1, 1)) == (168, 52, 31, 128)


NO_PICTURES = {
    "nothing": b"",
    "words": b"just words, and called .jpg",
    "svg": SVG,
    "cut short": photo()[:60],
    "pdf": b"%PDF-1.7",
    "cut short, with a story": telling_photo()[:300],
}


@pytest.mark.parametrize("content", NO_PICTURES.values(), ids=NO_PICTURES)
def test_what_is_no_picture_is_refused(content: bytes, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(ImageFile, "LOAD_TRUNCATED_IMAGES", True)  # as it is once a certificate was drawn
    with pytest.raises(NotAPicture):
        prepare(FileStorage(BytesIO(content), "picture.jpg", content_type="image/jpeg"), 400)


def test_apples_own_form_is_refused_with_what_to_do() -> None:
    with pytest.raises(HeicPicture, match="heic_picture"):
        prepare(HEIC, 400)


@pytest.mark.parametrize("side", [7300, 9600, 60_000])
def test_a_bomb_is_not_unpacked(side: int) -> None:
    with pytest.raises(PictureTooLarge):
        prepare(bomb(side), 400)


def test_too_many_bytes_are_not_even_looked_at(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(pictures, "LARGEST_FILE", 50)
    with pytest.raises(PictureTooLarge):
        prepare(FileStorage(BytesIO(photo())), 400)


def test_the_same_picture_twice_is_the_first(inside: Flask, make: Factory) -> None:
    first, second = (make.do(keep, prepare(photo(), 400), now()) for _ in range(2))
    assert first.id == second.id
    assert kept() == 1


def test_a_change_brings_a_new_picture_or_none_or_leaves_the_one_there_is(inside: Flask, make: Factory) -> None:
    old, new = make.picture().digest, prepare(photo(colour="#1f5b4c"), 400)
    assert make.do(changed, old, PictureChange(), now()) == old
    assert make.do(changed, old, PictureChange(removes=True), now()) is None
    assert make.do(changed, old, PictureChange(new, removes=True), now()) == new.digest
    assert kept() == 2


def test_a_picture_that_nothing_points_at_is_let_go(inside: Flask, make: Factory) -> None:
    make.do(let_go, make.picture().digest)
    assert kept() == 0


def test_it_is_shown_to_everyone_and_may_be_kept_for_ever(client: FlaskClient, make: Factory) -> None:
    picture = make.picture()
    answer = client.get(f"/pictures/{picture.digest}")
    assert answer.data == picture.content
    assert answer.content_type == "image/jpeg"
    assert answer.headers["Cache-Control"] == "public, max-age=31536000, immutable"
    assert answer.headers["X-Content-Type-Options"] == "nosniff"
    assert "Set-Cookie" not in answer.headers


@pytest.mark.parametrize("digest", ["0" * 64, "x", "%00", "你好"])
def test_there_is_nothing_at_the_address_of_none(client: FlaskClient, digest: str) -> None:
    assert client.get(f"/pictures/{digest}").status_code == 404
