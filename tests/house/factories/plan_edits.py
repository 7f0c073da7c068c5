"""Sets of changes to a working copy, as a table that was read and as a scratch variant."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial

from base import clock
from calendar_app.transitions import import_claims, plan_edits, variants
from calendar_app.transitions.import_files import Upload
from procedure.plan_edits import mark_of
from tests.house.access.cells import Objects
from tests.house.access.people import People
from tests.house.factories.calendars import target_of, working


def plan_import(people: People) -> Objects:
    """A table of the plan that was read: it names a journey for one meeting."""
    play = working(people)
    by, now = people.makers["authority"], clock.now()
    files = [Upload("plan.xlsx", 1, b"x")]
    batch = plan_edits.upload(version=play.version, files=files, by=by, now=now)
    claimed, (file,) = import_claims.claim_next(), batch.files.all()
    assert claimed == batch
    row = {"meeting": play.planned.meeting_id, "values": {"trip": "A"}, "marks": {"trip": mark_of("")}}
    import_claims.keep_file(claimed, file, rows=[row], problems=[])
    import_claims.close(claimed)
    found = target_of(play, {})
    found.path["pk"] = batch.pk
    return Objects(found)


def variant(people: People, *, listed: bool = False) -> Objects:
    """A scratch variant in which one meeting is moved by a day; `listed`: the form that begins another one."""
    play = working(people)
    who = {"by": people.makers["authority"], "now": clock.now()}
    made = variants.open_(version=play.version, name="A", **who)
    made = variants.move(variant=made, planned=[play.planned.pk], days=1, **who)
    said = {"seen": str(made.version), "meeting": str(play.planned.meeting_id)}
    found = target_of(play, {"name": "B"} if listed else said)
    if not listed:
        found.path["pk"] = made.pk
    return Objects(found)


def variant_to_move(people: People) -> Objects:
    """A meeting of a working copy, and the form that moves it by a day in a new variant."""
    play = working(people)
    form = {"pk": str(play.planned.pk), "number": "1", "unit": "1", "name": "B"}
    return Objects(target_of(play, form))


MAKERS: dict[str, Callable[[People], Objects]] = {
    "plan_import": plan_import,
    "variant": variant,
    "new_variant": partial(variant, listed=True),
    "variant_to_move": variant_to_move,
}
