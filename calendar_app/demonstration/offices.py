"""Posts and people of the demonstration: visibly invented, so that nobody is taken for a real person."""

from __future__ import annotations

from datetime import date

from calendar_app.demonstration import halls
from regions.models import Body, Person, Post, TermOfOffice


def load(*, since: date) -> None:
    """A head for every akimat and ministry, a deputy for every ministry, and four halls per akimat."""
    holders = [
        *Body.objects.akimats().order_by("code"),
        *Body.objects.ministries().order_by("code"),
    ]
    Post.objects.bulk_create(_deputy(post) for post in Post.objects.filter(body__kind=Body.Kind.MINISTRY))
    people, terms = [], []
    posts = {post.pk: post for post in Post.objects.filter(body__in=holders)}
    for number, body in enumerate(holders, start=1):
        for post in sorted((p for p in posts.values() if p.body_id == body.pk), key=lambda p: p.pk):
            person = _person(post, number)
            people.append(person)
            terms.append(TermOfOffice(person=person, post=post, valid_from=since, act="DEMO", acting=False))
    Person.objects.bulk_create(people)
    TermOfOffice.objects.bulk_create(terms)
    halls.load(since=since)


def _person(post: Post, number: int) -> Person:
    word = {
        Post.Kind.HEAD: ("Демо басшы", "Демо-руководитель", "Demo head"),
        Post.Kind.DEPUTY: ("Демо орынбасар", "Демо-заместитель", "Demo deputy"),
    }.get(Post.Kind(post.kind), ("Демо тұлға", "Демо-лицо", "Demo person"))
    kk, ru, en = (f"{name} {number:02}" for name in word)
    return Person(name_kk=kk, name_ru=ru, name_en=en)


def _deputy(head: Post) -> Post:
    """The chair of a vice-minister beside that of the minister: «… министрі», «… вице-министрі»."""
    return Post(
        code=f"{head.body_id}.deputy",
        body_id=head.body_id,
        kind=Post.Kind.DEPUTY,
        name_kk=head.name_kk.replace("министрі", "вице-министрі"),
        name_ru=head.name_ru.replace("Министр", "Вице-министр"),
        name_en=head.name_en.replace("Minister", "Vice Minister"),
    )
