"""What tests of proposed meetings propose: times, a ministry, places and halls."""

from __future__ import annotations

from datetime import date, time

from procedure.proposed_meetings import ExactWindow, LooseWindow
from regions.models import Body, Hall, Territory

SATURDAY = ExactWindow(date(2027, 3, 6), time(11), time(13))
SATURDAYS = LooseWindow(date(2027, 3, 1), date(2027, 3, 31), (5,), (date(2027, 3, 20),), "day", 120)
WATER = "ministry.water"


def place_in(region: str) -> Territory:
    return Territory.objects.filter(region=region, kind="village", selectable=True).order_by("code")[0]


def make_hall(akimat: Body, **facts: object) -> Hall:
    place = place_in(akimat.region_id or "")
    words = {
        "name_kk": "Мәдениет үйі",
        "name_ru": "Дом культуры",
        "address_kk": "Абай, 1",
        "address_ru": "Абая, 1",
    }
    return Hall.objects.create(owner=akimat, territory=place, capacity=200, **words, **facts)
