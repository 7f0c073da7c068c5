"""Posts and people of the demonstration: visibly invented, so that nobody is taken for a real person."""

from __future__ import annotations

from datetime import date

from regions.models import Body, Hall, Person, Post, TermOfOffice, Territory


def load(*, since: date) -> None:
    """A head for every akimat and ministry, a deputy for every ministry, and one hall per akimat."""
    holders = [
        *Body.objects.akimats().order_by("code"),
        *Body.objects.ministries().order_by("code"),
    ]
    people, terms = [], []
    posts = {post.pk: post for post in Post.objects.filter(body__in=holders)}
    for number, body in enumerate(holders, start=1):
        for post in sorted((p for p in posts.values() if p.body_id == body.pk), key=lambda p: p.pk):
            person = _person(post, number)
            people.append(person)
            terms.append(TermOfOffice(person=person, post=post, valid_from=since, act="DEMO", acting=False))
    Person.objects.bulk_create(people)
    TermOfOffice.objects.bulk_create(terms)
    Hall.objects.bulk_create(_hall(akimat, since) for akimat in Body.objects.akimats())


def _person(post: Post, number: int) -> Person:
    word = {
        Post.Kind.HEAD: ("Демо басшы", "Демо-руководитель", "Demo head"),
        Post.Kind.DEPUTY: ("Демо орынбасар", "Демо-заместитель", "Demo deputy"),
    }.get(Post.Kind(post.kind), ("Демо тұлға", "Демо-лицо", "Demo person"))
    kk, ru, en = (f"{name} {number:02}" for name in word)
    return Person(name_kk=kk, name_ru=ru, name_en=en)


def _hall(akimat: Body, since: date) -> Hall:
    place = Territory.objects.filter(region=akimat.region, selectable=True).order_by("level", "code").first()
    assert place is not None, f"{akimat} has no place to hold a meeting"
    return Hall(
        owner=akimat,
        territory=place,
        name_kk="Демо зал",
        name_ru="Демо-зал",
        name_en="Demo hall",
        address_kk="Демо көшесі, 1",
        address_ru="Демо-улица, 1",
        capacity=200,
        step_free=True,
        valid_from=since,
    )
