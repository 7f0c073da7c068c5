"""What a certificate of compliance says, as canonical JSON by the recipe of `calendar_app.snapshots`.

No word in it is personal: bodies, clauses, days, instants, numbers of papers and hashes.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import datetime
from typing import Any

from audit.models import Entry
from calendar_app.labels.obligations import ObligationKind
from calendar_app.models import CoordinationAnswer
from calendar_app.models.coordination import ANSWER_CAME
from calendar_app.queries.compliance import DutyRow
from calendar_app.snapshots import canonical, instant_text, sha256_of
from procedure.rule_sets import RuleSet
from regions.models import Body

__all__ = ["canonical", "content_of", "proofs_in_journal", "sha256_of"]

FORMAT = "certificate/1"
# Evidence without a receipt is the entry of its act in the journal.
ACTS: Mapping[ObligationKind, tuple[str, ...]] = {
    ObligationKind.TOPIC_LIST_REVIEW: ("topic_list.accept", "topic_list.return"),
    ObligationKind.COORDINATION_ANSWER: ("calendar.agree", "calendar.refuse"),
    ObligationKind.DECISION: ("session.close",),
    ObligationKind.PUBLICATION: ("calendar.publish",),
}
# An entry of the journal as evidence: its act, its instant, and the body that it is about.
Place = tuple[str, datetime, str]
# Clauses of duties that no rule set gives a term.
CLAUSES = {ObligationKind.DECISION: "2.5"}


def content_of(
    rows: Iterable[DutyRow], *, number: str, body: Body, half_year: str, issued_as: str, now: datetime
) -> dict[str, Any]:
    """Everything on the certificate; the same duties at the same instant give the same content."""
    rows = list(rows)
    hashes = proofs_in_journal(rows)
    return {
        "format": FORMAT,
        "number": number,
        "half_year": half_year,
        "as_of": instant_text(now),
        "issued_as": issued_as,
        "body": {"code": body.pk, "kk": body.full_name_kk, "ru": body.full_name_ru},
        "duties": [_duty(row, hashes) for row in rows],
    }


def _duty(row: DutyRow, hashes: Mapping[Place, str]) -> dict[str, Any]:
    duty, proof = row.duty, row.proof
    return {
        "kind": duty.kind,
        "subject": duty.subject,
        "round": duty.round,
        "clause": clause_of(duty.kind, duty.round, duty.rule_set.rules),
        "rule_set": {"code": duty.rule_set.code, "sha256": duty.rule_set.sha256},
        "last_day": duty.last_day.isoformat() if duty.last_day else "",
        "due": instant_text(duty.due) if duty.due else "",
        "status": row.status,
        "days_late": row.days_late,
        "done_at": instant_text(proof.done_at) if proof else "",
        "evidence": proof.reference if proof else "",
        "evidence_sha256": (proof.sha256 or _in_journal(row, hashes)) if proof else "",
    }


def _in_journal(row: DutyRow, hashes: Mapping[Place, str]) -> str:
    duty, proof = row.duty, row.proof
    assert proof
    about = duty.body_id if duty.kind == ObligationKind.COORDINATION_ANSWER else ""
    if duty.kind == ObligationKind.TOPIC_LIST_REVIEW:
        # The receipt of a list, L-2027-H1-19-1, names its akimat.
        about = f"akimat.{duty.subject.split('-')[3]}"
    places = [(act, proof.done_at, about) for act in ACTS.get(ObligationKind(duty.kind), ())]
    return next((hashes[place] for place in places if place in hashes), "")


def proofs_in_journal(rows: Iterable[DutyRow]) -> dict[Place, str]:
    """By act, instant and body, or "" for any, the hash of the journal's entry; two queries, none without such duties.

    What came by letter is found by the instant from which it counts, though the journal has that of the typing.
    """
    wanted = [row.proof.done_at for row in rows if row.proof and row.duty.kind in ACTS]
    if not wanted:
        return {}
    by_letter = CoordinationAnswer.objects.filter(letter__received_at__in=wanted)
    came = {(at, body): count for at, body, count in by_letter.values_list("at", "body", ANSWER_CAME)}
    acts = [act for several in ACTS.values() for act in several]
    entries = Entry.objects.filter(act__in=acts, at__in=[*wanted, *(at for at, _ in came)]).order_by("number")
    found: dict[Place, str] = {}
    for act, at, body, digest in entries.values_list("act", "at", "subject_body", "hash"):
        found[act, came.get((at, body), at), body] = found[act, at, ""] = digest
    return found


def clause_of(kind: str, number: int, rules: RuleSet) -> str:
    """Where the procedure asks for it."""
    if number > 1 and (term := rules.terms.get(f"{kind}_round")):
        return term.clause
    rule = rules.deadlines.get(kind) or rules.terms.get(kind)
    return rule.clause if rule else CLAUSES.get(ObligationKind(kind), "")
