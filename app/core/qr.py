"""QR codes as real PNG images: chat apps recognise and save only those."""

from io import BytesIO

import qrcode
from qrcode.constants import ERROR_CORRECT_M
from qrcode.image.pil import PilImage

QUIET_ZONE = 4  # modules; ISO/IEC 18004 asks for four, and scanners miss a code without them


def qr_image(text: str, module: int = 12) -> PilImage:
    """Return a black-on-white code, ``module`` pixels a module, quiet zone included."""
    code = qrcode.QRCode(error_correction=ERROR_CORRECT_M, border=QUIET_ZONE, box_size=module)
    code.add_data(text)
    return code.make_image(image_factory=PilImage)


def qr_png(text: str, module: int = 12) -> bytes:
    """Return the code as PNG bytes."""
    out = BytesIO()
    qr_image(text, module).save(out, "PNG")
    return out.getvalue()
