"""The line of time as SVG, drawn in Python: in a template its numbers and words took a third of the board."""

from __future__ import annotations

from html import escape

from django.utils.safestring import SafeString, mark_safe

from calendar_app.staff.compliance.timeline import Mark, Tick, Timeline

# Each state has a shape of its own; the others are a circle.
_SHAPES = {
    "met": '<circle r="7"/><path class="time-cut" d="M-3.500 0L-1 3L4-3"/>',
    "late": '<path d="M0-8L8 0L0 8L-8 0Z"/>',
    "overdue": '<path d="M0-8L8 7H-8Z"/>',
    "missed": '<path d="M-7-7L7 7M7-7L-7 7"/>',
    "due_soon": '<rect x="-6" y="-6" width="12" height="12"/>',
    "today": '<path d="M-8 0H8"/>',
}
_CIRCLE = '<circle r="6"/>'


def drawn(line: Timeline | None) -> SafeString:
    """Ticks, shapes and words of the line; "" for none."""
    if line is None:
        return mark_safe("")
    ticks = [_tick(one, line) for one in line.ticks]
    marks = [_mark(one, line) for one in line.marks]
    return mark_safe("\n".join([*ticks, *marks]))  # noqa: S308 - numbers, and words that are escaped


def _tick(tick: Tick, line: Timeline) -> str:
    return (
        f'<line class="time-tick" x1="{line.axis}" x2="50" y1="{tick.y}" y2="{tick.y}"/>'
        f'<text class="time-day" x="46" y="{tick.y}" dy="4">{escape(tick.text)}</text>'
    )


def _mark(mark: Mark, line: Timeline) -> str:
    words = "\n".join(
        f'<text class="{"time-strong" if label.strong else "time-words"}" x="{line.words_x}" '
        f'y="{label.y}">{escape(label.text)}</text>'
        for label in mark.labels
    )
    return (
        f'<path class="time-link" d="M {line.axis} {mark.y} L 70 {mark.words_y} H 76"/>\n'
        f'<svg class="time-shape time-{escape(mark.shape)}" x="{line.axis}" y="{mark.y}" overflow="visible" '
        f'aria-hidden="true">{_SHAPES.get(mark.shape, _CIRCLE)}</svg>\n{words}'
    )
