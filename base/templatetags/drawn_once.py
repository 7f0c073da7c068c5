"""{% drawn_once %}: a part of a page that is the same for everybody is drawn once per language and process.

A page of the staff is mostly frame and words: translating and resolving them for each request cost more
than the rows they stand around.
"""

from __future__ import annotations

from django import template
from django.template.base import FilterExpression, NodeList, Parser, Token
from django.template.context import Context
from django.utils.safestring import SafeString
from django.utils.translation import get_language

register = template.Library()

# Days pass and values change: a part that was drawn for so many values begins anew.
MOST = 256


@register.tag
def drawn_once(parser: Parser, token: Token) -> DrawnOnce:
    """{% drawn_once state row.is_late as late %}…{% enddrawn_once %}: nothing else of the page is known inside.

    What it is drawn from is named in the tag, each value by its own name or by one after `as`. It has to be
    hashable and nobody's secret: state codes, days, switches. Never a person, a token or what they typed.
    """
    names, values = _named(token.split_contents()[1:])
    inside = parser.parse(("enddrawn_once",))
    parser.delete_first_token()
    return DrawnOnce(inside, names, [parser.compile_filter(value) for value in values])


def _named(words: list[str]) -> tuple[list[str], list[str]]:
    """`a b.c as d` as (["a", "d"], ["a", "b.c"]); raises TemplateSyntaxError for a value without a name."""
    names: list[str] = []
    values: list[str] = []
    rest = iter(words)
    for word in rest:
        if word == "as" and values:
            names[-1] = next(rest, "")
        else:
            names.append(word)
            values.append(word)
    if unnamed := [name for name in names if not name.isidentifier()]:
        raise template.TemplateSyntaxError(f"drawn_once: give a name after “as” to: {', '.join(unnamed)}")
    return names, values


class DrawnOnce(template.Node):
    """Keeps what its inside gave, by language and by the values it was drawn from."""

    child_nodelists = ("inside",)

    def __init__(self, inside: NodeList, names: list[str], values: list[FilterExpression]) -> None:
        self.inside, self.names, self.values = inside, names, values
        self.drawn: dict[tuple[object, ...], SafeString] = {}

    def render(self, context: Context) -> SafeString:
        values = [value.resolve(context) for value in self.values]
        key = (get_language(), *values)
        drawn = self.drawn.get(key)
        if drawn is None:
            if len(self.drawn) >= MOST:
                self.drawn.clear()
            # A context of its own: what is not named in the tag cannot get into what is kept.
            drawn = self.drawn[key] = self.inside.render(
                context.new(dict(zip(self.names, values, strict=True)))
            )
        return drawn
