"""Tags and filters of the pages: dates in words, names in the page's language, rights, wording.

A value that is not there comes from a template as None or as an empty text: both give an empty text.
"""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date, datetime
from html import escape
from typing import Any

from django import template
from django.forms import BoundField
from django.utils.safestring import SafeString, mark_safe

from base import act_names, clock, dates, names, wording
from base.days_left import days_left as days_left_phrase
from base.days_left import working_days_left as working_days_left_phrase
from base.plain_fields import plain_field
from procedure.half_years import HalfYear, Quarter
from procedure.problems import Problem, Step

register = template.Library()


@register.filter
def long_date(day: date | None, case: str = "") -> str:
    """{{ day|long_date }} «2026 жылғы 1 желтоқсан»; {{ day|long_date:"ablative" }} «… желтоқсаннан»."""
    return "" if not day else dates.long_date(day, case)


@register.filter
def date_from(day: date | None) -> str:
    """«2026 жылғы 1 желтоқсаннан» (кешіктірілмей): from that day, not later than that day."""
    return long_date(day, "ablative")


@register.filter
def date_to(day: date | None) -> str:
    """«2026 жылғы 1 желтоқсанға» (дейін): to, until, by that day."""
    return long_date(day, "dative")


@register.filter
def date_on(day: date | None) -> str:
    """«2026 жылғы 1 желтоқсанда»: on that day."""
    return long_date(day, "locative")


@register.filter
def date_as_of(day: date | None) -> str:
    """«2026 жылғы 1 желтоқсандағы» (жағдай): as of that day."""
    return long_date(day, "adjective")


@register.filter
def day_month(day: date | None, case: str = "") -> str:
    """«1 желтоқсан», «1 декабря», “1 December”."""
    return "" if not day else dates.day_month(day, case)


@register.filter
def month_name(day: date | None) -> str:
    """«қараша», «ноября», “November”, beside the number of the day."""
    return "" if not day else dates.month_name(day)


@register.filter
def month_and_year(day: date | None) -> str:
    """«2026 жылғы қараша», «ноябрь 2026 года», “November 2026”."""
    return "" if not day else dates.month_and_year(day)


@register.filter
def short_date(day: date | None) -> str:
    """«01.12.2026», for tables."""
    return "" if not day else dates.short_date(day)


@register.filter
def weekday(day: date | None) -> str:
    """«сенбі», «суббота», “Saturday”."""
    return "" if not day else dates.weekday(day)


@register.filter
def on_weekday(day: date | None) -> str:
    """«сенбі күні», «в субботу», “on Saturday”."""
    return "" if not day else dates.on_weekday(day)


@register.filter
def at_almaty(moment: datetime | None, style: str = "") -> str:
    """{{ moment|at_almaty }}, with "seconds" for receipts, "short" for tables, "time" for the clock only."""
    return "" if not moment else dates.at_almaty(moment, style)


@register.filter
def days_left(last_day: date | None, today: date) -> str:
    """{{ term.last_day|days_left:today }}: “5 days left”, “Today is the last day”."""
    return "" if not last_day else days_left_phrase(last_day, today)


@register.filter
def working_days_left(number: int) -> str:
    """{{ number|working_days_left }}: «5 жұмыс күні қалды»."""
    return working_days_left_phrase(number)


@register.filter
def half_year_name(half_year: HalfYear | str, case: str = "") -> str:
    """«2027 жылғы бірінші жартыжылдық»; with a case: {{ period|half_year_name:"dative" }}."""
    return dates.half_year_name(half_year, case)


@register.filter
def quarter_name(quarter: Quarter | str, case: str = "") -> str:
    """«2027 жылғы бірінші тоқсан», «первый квартал 2027 года»."""
    return dates.quarter_name(quarter, case)


@register.filter
def in_language(thing: object, field: str = "name") -> str:
    """{{ body|in_language:"full_name" }}: the field in the page's language, else in Kazakh."""
    return "" if not thing else names.in_language(thing, field)


@register.filter
def spoken(thing: object, field: str = "name") -> tuple[str, str]:
    """(text, language it is in), for a `lang` attribute: {% with name=body|spoken:"name" %}."""
    return names.spoken(thing, field)


@register.filter
def in_words(thing: Problem | Step) -> str:
    """The sentence for a problem of a rule, or for a step of an explanation."""
    return wording.explanation(thing) if isinstance(thing, Step) else wording.sentence(thing)


@register.filter
def linked(problems: Iterable[tuple[str, Problem]]) -> SafeString:
    """Entries of a list: each problem in words, leading to the address beside it. A list of topics has hundreds."""
    entries = (
        f'<li><a href="{escape(address)}">{escape(wording.sentence(problem))}</a></li>'
        for address, problem in problems
    )
    return mark_safe("".join(entries))  # noqa: S308 - address and words are escaped


@register.filter
def field_id(field: str) -> str:
    """The id on the page of the field a problem names: "topics.2.title_ru" is `id_topics-2-title_ru`."""
    return f"id_{field.replace('.', '-')}"


@register.simple_tag
def field(bound: BoundField, mark: str = "") -> SafeString:
    """{% field form.title_kk %}: a plain field without a template of its own; see base.plain_fields."""
    return plain_field(bound, mark)


@register.filter
def act_name(act: str) -> str:
    """The name of a journal act such as "topic_list.submit" for people."""
    return act_names.act_name(act)


@register.simple_tag(takes_context=True)
def may(context: dict[str, Any], permission: str, body: object = None) -> bool:
    """{% may "topic_list_board" as can_see %}, {% may "topic_list_write" akimat as can_write %}."""
    user = getattr(context.get("request"), "user", None)
    if user is None or not user.is_authenticated:
        return False
    return bool(user.may(permission, body or None, on=clock.today()))
