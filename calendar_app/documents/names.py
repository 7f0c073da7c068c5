"""Names that a document bears, as they were on its day: bodies, districts, the signatory, the addressee."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from django.utils import translation

from base.dated import contains
from calendar_app.documents.sources import Source
from calendar_app.labels.proposed_meetings import Mode
from calendar_app.labels.topic_lists import Sector, Urgency
from regions.models import Body, Post, TermOfOffice, Territory

AUTHORITY = "authority"


@dataclass(frozen=True)
class Names:
    """Rows that a document names, by code. `term` is the head's, known or not; `post` the head's post."""

    day: date
    akimat: Body
    bodies: dict[str, Body]
    places: dict[str, Territory]
    term: TermOfOffice | None
    post: Post | None

    def body(self, code: str, language: str) -> str:
        """Name of a body; its code if it is not known any more, "" for no code."""
        return self.bodies[code].name_on(self.day, language) if code in self.bodies else code

    def place(self, code: str, language: str) -> str:
        """Name of a district, likewise."""
        return self.places[code].name_on(self.day, language) if code in self.places else code

    def whole_place(self, code: str, language: str) -> str:
        """Name of a town or village with the district and okrug it lies in; the code if it is unknown."""
        place = self.places.get(code)
        if place is None:
            return code
        above = [place.parent, place.parent and place.parent.parent]
        parents = [one for one in above if one and one.level > 1] or [one for one in above[:1] if one]
        names = [one.name_on(self.day, language) for one in (place, *reversed(parents))]
        return ", ".join(dict.fromkeys(names))

    def official(self, body: Body, language: str) -> str:
        """The full name, or the name the body had on the day."""
        for former in body.former_names.all():
            if contains(former.valid_from, former.valid_to, self.day):
                return former.in_language(language)
        return getattr(body, f"full_name_{language}")

    def performer(self, language: str) -> str:
        """The body that did the work of the authorised body on the day; "" if none is known."""
        authority = self.bodies.get(AUTHORITY)
        if authority is None or authority.performed_by is None:
            return ""
        since = authority.performed_since
        return "" if since and self.day < since else self.official(authority.performed_by, language)


def names_of(source: Source) -> Names:
    """All names of a document: ten queries for any number of topics and meetings."""
    topics, meetings = source.content["topics"], source.content.get("meetings", ())
    codes = {topic.get("ministry", "") for topic in topics} | {AUTHORITY, source.akimat.pk}
    codes |= {code for meeting in meetings for code in meeting["ministries"]}
    located = {topic.get("district", "") for topic in topics} | {one["place"] for one in meetings}
    bodies = Body.objects.select_related("performed_by").prefetch_related(
        "former_names", "performed_by__former_names"
    )
    places = Territory.objects.select_related("parent__parent").prefetch_related(
        "former_names", "parent__former_names", "parent__parent__former_names"
    )
    known = bodies.in_bulk(sorted(codes - {""}))
    posts = Post.objects.on(source.day).filter(body=source.akimat, kind=Post.Kind.HEAD)
    terms = TermOfOffice.objects.of_body(source.akimat).heads().on(source.day)
    return Names(
        day=source.day,
        akimat=known[source.akimat.pk],
        bodies=known,
        places=places.in_bulk(sorted(located - {""})),
        term=terms.select_related("person").first(),
        post=posts.prefetch_related("former_names").first(),
    )


def sector(code: str, language: str) -> str:
    """The field of a topic in words; "" for none, the code itself for one that is not known any more."""
    return _label(Sector, code, language)


def urgency(code: str, language: str) -> str:
    """The urgency of a topic in words, likewise."""
    return _label(Urgency, code, language)


def mode(code: str, language: str) -> str:
    """The form of a meeting in words, likewise."""
    return _label(Mode, code, language)


def _label(choices: type[Sector] | type[Urgency] | type[Mode], code: str, language: str) -> str:
    with translation.override(language):
        return str(choices(code).label) if code in choices.values else code
