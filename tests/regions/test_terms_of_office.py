"""Terms that end before they begin are refused beside the field, not by an error of the database."""

from __future__ import annotations

from datetime import date

import pytest
from django.core.exceptions import ValidationError

from regions.models import Person, Post, TermOfOffice

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize(("last_day", "refused"), [(date(2026, 1, 1), True), (date(2026, 3, 1), False)])
def test_a_term_does_not_end_before_it_begins(last_day: date, refused: bool) -> None:
    person = Person.objects.create(name_kk="Сынақ", name_ru="Проверка")
    post = Post.objects.get(code="ministry.health.head")
    term = TermOfOffice(person=person, post=post, valid_from=date(2026, 3, 1), valid_to=last_day)

    if not refused:
        term.full_clean()
        return
    with pytest.raises(ValidationError) as refusal:
        term.full_clean()
    assert list(refusal.value.message_dict) == ["valid_to"]
