"""Pictures as people upload them."""

from io import BytesIO
from typing import Any

from PIL import Image

_GPS, _ORIENTATION, _MAKER = 0x8825, 0x0112, 0x010F


def photo(
    size: tuple[int, int] = (64, 48), colour: str = "#a8341f", file_format: str = "PNG", mode: str = "RGB", **saved: Any
) -> bytes:
    """Return a picture of one colour; ``saved`` is handed to Pillow."""
    out = BytesIO()
    Image.new(mode, size, colour).save(out, file_format, **saved)
    return out.getvalue()


def telling_photo(orientation: int = 1) -> bytes:
    """Return a photo as a phone takes it: it tells where it was taken and with what, and which side is up."""
    exif = Image.Exif()
    exif[_ORIENTATION], exif[_MAKER] = orientation, "TongxingPhone"
    exif.get_ifd(_GPS).update({1: "N", 2: (30.0, 44.0, 12.0), 3: "E", 4: (120.0, 29.0, 5.0)})
    return photo((64, 32), file_format="JPEG", exif=exif, comment=b"at home")
