"""Finding a town or village by any spelling, and choosing one in a form.

A form that asks for a place has a field with the code and one with what was typed into the search; its page
includes `regions/_place_picker.html` with a PlacePicker. Typing finds by htmx; without scripts the button
“Find” sends the whole form, and its page comes back with what was found.
"""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db.models import Case, IntegerField, Q, Value, When

from base.names import in_language
from base.search import Fold, fold, words
from regions.models import Territory

MOST = 20


@dataclass(frozen=True)
class PlaceOption:
    """A place to choose: its code and name, what it is part of, and whether the code must be shown too."""

    code: str
    name: str
    within: str
    repeats: bool = False


@dataclass(frozen=True)
class FoundPlaces:
    """At most MOST places, best first; `more` if there are others."""

    options: tuple[PlaceOption, ...] = ()
    more: bool = False


def find_places(text: str, *, region: str, on: date, language: str) -> FoundPlaces:
    """Places where meetings can be held whose name in any spelling has these words; one query, none for no word.

    region: a КАТО code, or empty for the whole country. Names that are equal to the words come first, then those
    that begin with them.
    """
    typed = " ".join(words(text))
    if not typed:
        return FoundPlaces()
    places = Territory.objects.selectable().on(on).matching(text).select_related("parent__parent", "region")
    if region:
        places = places.within(region)
    found = list(_best_first(places.in_alphabetical_order(language), typed)[: MOST + 1])
    return FoundPlaces(options(found[:MOST]), more=len(found) > MOST)


def place_option(code: str) -> PlaceOption | None:
    """The place with this code as an option; None if there is none."""
    found = Territory.objects.select_related("parent__parent", "region").filter(pk=fold(code)[:9]).first()
    return options([found])[0] if found else None


def options(places: list[Territory]) -> tuple[PlaceOption, ...]:
    """Places (read with two parents and the region) as options; those that look alike show their codes."""
    named = [(place.pk, in_language(place), within(place)) for place in places]
    counts = Counter(one[1:] for one in named)
    return tuple(PlaceOption(*one, repeats=counts[one[1:]] > 1) for one in named)


def within(place: Territory) -> str:
    """The district and, in it, the okrug that a place is part of; the region for what hangs directly on it.

    A town that is the only place of its district bears the district's name: it is not said twice.
    """
    parent = place.parent
    if parent is None:
        return ""
    above = parent.parent
    parts = [parent] if above is None or above.level == 1 else [above, parent]
    own = in_language(place)
    return ", ".join(name for name in map(in_language, parts) if name != own)


def _best_first(places: Any, typed: str) -> Any:
    equal = Q(folded_kk=typed) | Q(folded_ru=typed)
    begins = Q(folded_kk__startswith=typed) | Q(folded_ru__startswith=typed)
    rank = Case(When(equal, Value(0)), When(begins, Value(1)), default=Value(2), output_field=IntegerField())
    folded = places.alias(folded_kk=Fold("short_kk"), folded_ru=Fold("short_ru"))
    return folded.alias(rank=rank).order_by("rank", *places.query.order_by)


class PlacePicker:
    """What the page of a form needs to draw the search: the chosen place first, then what was found.

    asked     whether the page was sent to be searched: it then shows its answer, not its beginning
    searched  whether something was searched, asked for or typed and not yet chosen
    """

    def __init__(
        self,
        *,
        name: str,
        code: str,
        typed: str,
        region: str,
        on: date,
        language: str,
        searched: bool = False,
    ) -> None:
        self.name, self.code, self.typed, self.region = name, code, typed, region
        self.chosen = place_option(code) if code else None
        self.asked = searched
        self.searched = searched or bool(typed and not code)
        found = (
            find_places(typed, region=region, on=on, language=language) if self.searched else FoundPlaces()
        )
        self.found = tuple(one for one in found.options if one.code != code)
        self.more = found.more

    @property
    def is_empty(self) -> bool:
        """Whether a search found nothing."""
        return self.searched and not self.found
