"""Where the meetings of the demonstration take place: real towns and villages, invented halls that say so."""

from __future__ import annotations

from collections import defaultdict
from datetime import date

from regions.models import Body, Hall, Territory

# Names of halls in the order in which an akimat gets them: the hall of the centre first.
NAMES = (
    ("Демо зал", "Демо-зал", "Demo hall"),
    ("Демо мәдениет үйі", "Демо-дом культуры", "Demo house of culture"),
    ("Демо мектептің мәжіліс залы", "Актовый зал демо-школы", "Assembly hall of the demo school"),
    ("Демо кітапхана", "Демо-библиотека", "Demo library"),
)
SEATS = (200, 320, 150, 80)
KINDS = ("town", "village", "urban_settlement", "city_district", "city_republican")


def load(*, since: date) -> None:
    """Four halls per akimat: one in the centre of the region, the others in as many districts."""
    places = _places()
    Hall.objects.bulk_create(
        _hall(akimat, place, number, since)
        for akimat in Body.objects.akimats().order_by("code")
        for number, place in enumerate(_chosen(places[str(akimat.region_id)]))
    )


def first_place(district: str) -> str | None:
    """The КАТО code of the first town or village of a district (its code), usually its centre."""
    found = Territory.objects.selectable().filter(pk__startswith=district[:4], kind__in=KINDS)
    return found.order_by("pk").values_list("pk", flat=True).first()


def _places() -> dict[str, list[str]]:
    """By region: its centre, then the first place of each district."""
    rows = Territory.objects.selectable().filter(kind__in=KINDS).order_by("level", "pk")
    found: dict[str, dict[str, str]] = defaultdict(dict)
    for code, region in rows.values_list("pk", "region_id"):
        found[region].setdefault(code[:4], code)
    return {region: list(places.values()) for region, places in found.items()}


def _chosen(places: list[str]) -> list[str]:
    """The first, and three more spread over the rest; cities of few districts have what they have."""
    rest = places[1:]
    step = max(1, len(rest) // (len(NAMES) - 1))
    return [places[0], *rest[::step][: len(NAMES) - 1]]


def _hall(akimat: Body, place: str, number: int, since: date) -> Hall:
    kk, ru, en = NAMES[number]
    return Hall(
        owner=akimat,
        territory_id=place,
        name_kk=kk,
        name_ru=ru,
        name_en=en,
        address_kk=f"Демо көшесі, {number + 1}",
        address_ru=f"Демо-улица, {number + 1}",
        capacity=SEATS[number],
        step_free=number != 3,
        hearing_loop=number == 1,
        valid_from=since,
    )
