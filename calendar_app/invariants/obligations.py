"""What must hold between duties and the facts that met them."""

from __future__ import annotations

from collections.abc import Callable, Iterator

from calendar_app.labels.obligations import ObligationKind
from calendar_app.models import Obligation, Submission
from calendar_app.models.submissions import CAME

Check = Callable[[], Iterator[str]]

# Triggers of this noun: (table, trigger).
GUARDS = (
    ("calendar_app_obligation", "obligation_stays"),
    *(
        (f"calendar_app_{table}", f"{table}_{kept}")
        for table in ("termchange", "termextension")
        for kept in ("frozen", "not_emptied")
    ),
)


def duties_done_have_their_receipt() -> Iterator[str]:
    """A topic list that is noted as done was submitted at that instant under that number, in that round.

    One that was recalled in the last minute may still be noted: duties are derived each minute.
    """
    made = {
        (half_year, akimat, number, at, receipt)
        for half_year, akimat, number, at, receipt in Submission.objects.values_list(
            "topic_list__half_year", "topic_list__akimat_id", "round", CAME, "receipt_number"
        )
    }
    done = Obligation.objects.filter(kind=ObligationKind.TOPIC_LIST, done_at__isnull=False)
    for duty in done.iterator(chunk_size=500):
        if (*duty.key[1:], duty.done_at, duty.evidence) not in made:
            yield f"duty {duty}: done by {duty.evidence}, which is not there"


CHECKS: tuple[Check, ...] = (duties_done_have_their_receipt,)
