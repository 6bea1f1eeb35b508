"""The lists on paper: each bus begins a page, nothing is off the paper, names of four characters stay large."""

from collections.abc import Sequence

import pypdfium2
import pytest
from flask import Flask

from app.core.db import db
from app.programmes.models import Programme
from app.trips.models import TripAdult, TripBus
from app.trips.papers.drawing import Badge, draw_table
from app.trips.papers.facts import TripFacts
from app.trips.papers.making import make_paper
from app.trips.papers.models import PaperKind
from tests.factories import Factory
from tests.travel import a_trip, an_adult

MARGIN = 34  # points: 12 mm
SEVEN, TEN = "清溪县青少年站", "清溪县青少年交流中心"
DOCUMENT = ["阿卜杜热西提·阿卜杜拉", "港澳居民来往内地通行证", "330326201207310127", "2012-07-31", "女"]


def right_edges(pdf: bytes) -> list[float]:
    """Return how far from the right edge of the paper the last character is, page by page."""
    with pypdfium2.PdfDocument(pdf) as document:
        found = []
        for page in document:
            text = page.get_textpage()
            right = max(text.get_charbox(number)[2] for number in range(text.count_chars()))
            found.append(page.get_width() - right)
        return found


@pytest.mark.parametrize("engine", ["sqlite"])
@pytest.mark.parametrize(
    ("kind", "row"),
    [
        (PaperKind.ROOMS, [SEVEN, SEVEN, "女", SEVEN, SEVEN, SEVEN]),
        (PaperKind.ROSTER, [TEN, "女", TEN, TEN, TEN * 2, TEN, "1号车", "301", TEN]),
        (PaperKind.ROOMS, [TEN, TEN, "女", TEN, TEN, TEN, *DOCUMENT]),
    ],
)
def test_nothing_is_off_the_paper(inside: Flask, make: Factory, kind: PaperKind, row: Sequence[str]) -> None:
    facts = TripFacts(a_trip(make))
    head = ["证件号码"] * len(row)
    pdf = draw_table(make_paper(kind, facts, None), facts, head, [row] * 40)
    assert all(edge > MARGIN for edge in right_edges(pdf))


@pytest.mark.parametrize("engine", ["sqlite"])
def test_each_bus_begins_a_page_with_its_name(inside: Flask, make: Factory) -> None:
    trip = a_trip(make)
    adults = [an_adult(make, trip, name=name) for name in ("赵师傅", "钱师傅", "孙师傅")]

    def ride() -> None:
        for adult, name in zip(adults, ("1号车", "2号车"), strict=False):
            bus = TripBus(programme_id=trip.id, name=name, plate="", seats=40)
            db.session.add(bus)
            db.session.flush()
            db.session.get_one(TripAdult, adult.id).bus_id = bus.id

    make.do(ride)
    db.session.expire_all()
    facts = TripFacts(db.session.get_one(Programme, trip.id))
    rides = make_paper(PaperKind.RIDES, facts, None)
    pdf = draw_table(rides, facts, rides.head, [cells for _who, cells in rides.rows])
    with pypdfium2.PdfDocument(pdf) as document:
        pages = [page.get_textpage().get_text_bounded() for page in document]
    expected = [("1号车", "赵师傅"), ("2号车", "钱师傅"), ("未安排车辆", "孙师傅")]
    assert [(bus in page, who in page) for page, (bus, who) in zip(pages, expected, strict=True)] == [(True, True)] * 3


@pytest.mark.parametrize(("name", "is_long"), [("阿依古丽", False), ("阿卜杜热西提", True), ("Zhang", False)])
def test_four_chinese_characters_are_as_large_as_two(name: str, is_long: bool) -> None:
    assert Badge(name, "", "", "").is_long is is_long
