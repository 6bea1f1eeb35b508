"""The drawn landscape of an event as a PNG: chat apps show no SVG.

It knows what our own drawings are made of (paths, circles, ellipses, groups that shift or mirror), and no more.
"""

import hashlib
import re
from io import BytesIO
from pathlib import Path
from xml.etree.ElementTree import Element, fromstring

from fontTools.misc.transform import Transform
from fontTools.pens.basePen import BasePen
from fontTools.pens.transformPen import TransformPen
from fontTools.svgLib.path import parse_path
from PIL import Image, ImageChops, ImageDraw

WIDTH, HEIGHT = 1200, 630  # pixels; what chat apps make of a link
DRAWN = "1"  # to be raised when drawing changes: browsers keep a picture for ever under its address
_FINER = 2  # drawn twice as large and reduced, so that edges are smooth
_STEPS = 16  # lines to a curve
_NUMBERS = re.compile(r"-?[\d.]+")
_CURVE = 0.5523  # how far a quarter circle's handles reach, in radii
Point = tuple[float, float]
Shape = list[list[Point]]


def picture(svg: str, folder: Path) -> bytes:
    """Return the PNG of a landscape, drawn once and kept in a folder."""
    kept = folder / f"{hashlib.sha256((DRAWN + svg).encode()).hexdigest()[:24]}.png"
    if not kept.exists():
        folder.mkdir(parents=True, exist_ok=True)
        fresh = kept.with_suffix(f".{id(kept)}")
        fresh.write_bytes(draw(svg))
        fresh.replace(kept)  # another process may be drawing the same one
    return kept.read_bytes()


def draw(svg: str) -> bytes:
    """Return an SVG landscape as PNG, the scene at the foot, the sky's colour above."""
    root = fromstring(svg)  # noqa: S314 - our own drawing
    _left, _top, width, height = _numbers(root.attrib["viewBox"])
    scale = WIDTH * _FINER / width
    onto_page = Transform(scale, 0, 0, scale, 0, HEIGHT * _FINER - height * scale)
    sky = next(one.attrib["fill"] for one in root.iter("path"))
    image = Image.new("RGB", (WIDTH * _FINER, HEIGHT * _FINER), sky)
    for child in root:
        _put(image, child, onto_page)
    out = BytesIO()
    reduced = image.resize((WIDTH, HEIGHT), Image.Resampling.LANCZOS)
    reduced.quantize(128, dither=Image.Dither.NONE).save(out, "PNG", optimize=True)
    return out.getvalue()


class _Outline(BasePen):  # type: ignore[misc]
    """Collects a path as polygons."""

    def __init__(self) -> None:
        super().__init__(None)
        self.shape: Shape = []

    def _moveTo(self, pt: Point) -> None:  # noqa: N802 - fontTools' own name
        self.shape.append([pt])

    def _lineTo(self, pt: Point) -> None:  # noqa: N802
        self.shape[-1].append(pt)

    def _curveToOne(self, pt1: Point, pt2: Point, pt3: Point) -> None:  # noqa: N802
        start = self.shape[-1][-1]
        for step in range(1, _STEPS + 1):
            self.shape[-1].append(_on_curve(step / _STEPS, start, pt1, pt2, pt3))


def _put(image: Image.Image, one: Element, place: Transform) -> None:
    if one.tag == "g":
        for child in one:
            _put(image, child, place.transform(_move(one.attrib.get("transform", ""))))
        return
    pen = _Outline()
    _trace(one, TransformPen(pen, place))
    opacity = round(255 * float(one.attrib.get("opacity", 1)))
    fill = one.attrib.get("fill", "none" if "stroke" in one.attrib else "#000000")
    if fill != "none":
        image.paste(fill, mask=_area(image.size, pen.shape, opacity))
    if "stroke" in one.attrib:
        width = max(1, round(float(one.attrib.get("stroke-width", 1)) * abs(place[3])))
        _stroke(ImageDraw.Draw(image), pen.shape, one.attrib["stroke"], width)


def _trace(one: Element, pen: TransformPen) -> None:
    if one.tag == "path":
        parse_path(one.attrib["d"], pen)
        return
    x, y = float(one.attrib["cx"]), float(one.attrib["cy"])
    wide, high = (float(one.attrib.get(name) or one.attrib["r"]) for name in ("rx", "ry"))
    a, b = wide * _CURVE, high * _CURVE
    pen.moveTo((x - wide, y))
    pen.curveTo((x - wide, y - b), (x - a, y - high), (x, y - high))
    pen.curveTo((x + a, y - high), (x + wide, y - b), (x + wide, y))
    pen.curveTo((x + wide, y + b), (x + a, y + high), (x, y + high))
    pen.curveTo((x - a, y + high), (x - wide, y + b), (x - wide, y))
    pen.closePath()


def _area(size: tuple[int, int], shape: Shape, opacity: int) -> Image.Image:
    """Return what a shape covers; where two of its parts lie over each other, there is a hole."""
    whole = Image.new("1", size)
    for part in shape:
        layer = Image.new("1", size)
        if len(part) > 1:
            ImageDraw.Draw(layer).polygon(part, fill=1)
        whole = ImageChops.logical_xor(whole, layer)
    return whole.convert("L").point(lambda value: opacity if value else 0)


def _stroke(pen: ImageDraw.ImageDraw, shape: Shape, colour: str, width: int) -> None:
    for part in shape:
        pen.line(part, fill=colour, width=width, joint="curve")


def _move(text: str) -> Transform:
    numbers = _numbers(text)
    if text.startswith("matrix"):
        return Transform(*numbers)
    return Transform(1, 0, 0, 1, *(*numbers, 0, 0)[:2])


def _on_curve(t: float, *points: Point) -> Point:
    weights = ((1 - t) ** 3, 3 * t * (1 - t) ** 2, 3 * t * t * (1 - t), t**3)
    x, y = (sum(weight * point[axis] for weight, point in zip(weights, points, strict=True)) for axis in (0, 1))
    return x, y


def _numbers(text: str) -> list[float]:
    return [float(found) for found in _NUMBERS.findall(text)]
