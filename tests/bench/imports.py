"""An import of 500 rows beside openpyxl alone: not a request, so it has a measure of its own."""

from __future__ import annotations

import resource
import statistics
import time
from collections.abc import Callable
from io import BytesIO
from typing import Any

from openpyxl import Workbook, load_workbook

from accounts.models import User
from base.clock import now, today
from calendar_app.models import Import, TopicList
from calendar_app.queries import imports as queries
from calendar_app.spreadsheets import import_runs
from calendar_app.spreadsheets.layouts import TOPICS
from calendar_app.transitions import import_files
from calendar_app.transitions.import_files import Upload

ROWS = 500
TEXT = "Өңірдегі ахуалдың талдауы: не істелді, не қалды, қандай шешім күтіледі. " * 3


def measured(rounds: int) -> dict[str, Any]:
    """CPU and elapsed milliseconds of both, children included, and the medians of their ratios."""
    content = _workbook()
    pairs = [
        (_cost(lambda: _openpyxl_alone(content)), _cost(lambda: _import(content))) for _ in range(rounds + 1)
    ]
    pairs = pairs[1:]  # the first one imports modules and fills caches
    middle = statistics.median
    return {
        "rows": ROWS,
        "openpyxl_cpu_ms": round(middle(floor[0] for floor, _ in pairs), 1),
        "import_cpu_ms": round(middle(whole[0] for _, whole in pairs), 1),
        "openpyxl_ms": round(middle(floor[1] for floor, _ in pairs), 1),
        "import_ms": round(middle(whole[1] for _, whole in pairs), 1),
        "times_openpyxl_cpu": round(middle(whole[0] / floor[0] for floor, whole in pairs), 2),
        "times_openpyxl": round(middle(whole[1] / floor[1] for floor, whole in pairs), 2),
    }


def line(found: dict[str, Any]) -> str:
    """The figures as a line below the table."""
    return (
        f"import of {found['rows']} rows (upload, child process, codes, look-alikes): "
        f"{found['import_cpu_ms']:.0f} ms CPU, {found['import_ms']:.0f} ms; openpyxl alone "
        f"{found['openpyxl_cpu_ms']:.0f} ms CPU: {found['times_openpyxl_cpu']:.1f} ×"
    )


def _workbook() -> bytes:
    book = Workbook()
    sheet: Any = book.active
    sheet.append([column.heading for column in TOPICS.columns])
    for number in range(ROWS):
        title = f"Ауыл {number}: {number * 7919 % 1000} мәселе"
        sheet.append([title, f"Село {number * 104729 % 1000}: вопрос {number}", TEXT, TEXT])
    out = BytesIO()
    book.save(out)
    return out.getvalue()


def _openpyxl_alone(content: bytes) -> None:
    for _row in load_workbook(BytesIO(content), read_only=True).active.iter_rows(values_only=True):
        pass


def _import(content: bytes) -> None:
    """From the upload to what the page shows; dropped again."""
    topic_list = TopicList.objects.filter(state="draft").select_related("akimat").order_by("pk")[0]
    by = User.objects.get(username=topic_list.akimat_id)
    upload = Upload("rows.xlsx", len(content), content)
    made = import_files.upload(topic_list=topic_list, kind="topics", files=[upload], by=by, now=now())
    import_runs.read_waiting(on=today())
    one = Import.objects.get(pk=made.pk)
    topics = queries.read_topics(one.files.all())
    assert len(topics) == ROWS
    queries.alike(queries.known_topics(topic_list.topics.all()), topics)
    import_files.drop(batch=one, by=by, now=now(), version=one.version)


def _cost(act: Callable[[], None]) -> tuple[float, float]:
    """Milliseconds of CPU (this process and its children) and of time."""
    before, began = _cpu(), time.perf_counter()
    act()
    return (_cpu() - before) * 1000, (time.perf_counter() - began) * 1000


def _cpu() -> float:
    both = [resource.getrusage(who) for who in (resource.RUSAGE_SELF, resource.RUSAGE_CHILDREN)]
    return sum(one.ru_utime + one.ru_stime for one in both)
