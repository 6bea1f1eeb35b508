"""The logos of the demo county's hosts, drawn with a few strokes."""

from collections.abc import Callable
from io import BytesIO

from PIL import Image, ImageDraw

from app.core.pictures import Prepared, prepare

_SIDE = 960  # pixels drawn, a multiple of those kept, so that edges become smooth
_KEPT = 320
_CINNABAR, _PINE, _GOLD, _PAPER = "#a8341f", "#1f5b4c", "#8a6116", "#fffdf9"
_BROAD = 44


def emblems() -> dict[str, Prepared]:
    """Draw all logos; slow, to be done before the transaction."""
    drawn = {"bridge": (_CINNABAR, _bridge), "sun": (_GOLD, _sun), "heart": (_PINE, _heart)}
    return {name: _draw(colour, strokes) for name, (colour, strokes) in drawn.items()}


def _draw(colour: str, strokes: Callable[[ImageDraw.ImageDraw], None]) -> Prepared:
    image = Image.new("RGB", (_SIDE, _SIDE), colour)
    strokes(ImageDraw.Draw(image))
    file = BytesIO()
    image.resize((_KEPT, _KEPT), Image.Resampling.LANCZOS).save(file, "PNG")
    return prepare(file.getvalue(), _KEPT)


def _bridge(draw: ImageDraw.ImageDraw) -> None:
    draw.arc((180, 300, 780, 900), 180, 360, _PAPER, _BROAD)
    draw.line((120, 420, 480, 250, 840, 420), _PAPER, _BROAD, joint="curve")
    for row in (680, 770):
        for left in range(130, 700, 240):
            draw.arc((left, row, left + 220, row + 90), 200, 340, _PAPER, _BROAD // 2)


def _sun(draw: ImageDraw.ImageDraw) -> None:
    draw.ellipse((330, 230, 630, 530), _PAPER)
    for place, top in enumerate((700, 640, 600, 640, 700)):
        left = 190 + place * 120
        draw.rounded_rectangle((left, top, left + 80, 800), 30, _PAPER)


def _heart(draw: ImageDraw.ImageDraw) -> None:
    draw.ellipse((190, 220, 510, 540), _PAPER)
    draw.ellipse((450, 220, 770, 540), _PAPER)
    draw.polygon(((237, 493), (723, 493), (480, 790)), _PAPER)
    draw.line((330, 440, 450, 560, 650, 350), _PINE, _BROAD, joint="curve")
