"""What must hold between lists, submissions, reviews, letters and the journal at any moment."""

from __future__ import annotations

from collections.abc import Callable, Iterator

from django.db.models import Q

from audit.models import Entry
from calendar_app import snapshots
from calendar_app.labels.topic_lists import ReviewOutcome, TopicListState
from calendar_app.models import LeftOutTopic, Review, RuleSet, Submission, TopicComment, TopicList
from notices.models import Letter

Check = Callable[[], Iterator[str]]

# Triggers of this noun: (table, trigger).
GUARDS = (
    *(
        (f"calendar_app_{table}", f"{table}_{kept}")
        for table in ("submission", "recall", "review", "topiccomment", "leftouttopic")
        for kept in ("frozen", "not_emptied")
    ),
    ("calendar_app_submission", "submission_submitted_now"),
    ("calendar_app_review", "review_has_comment"),
    ("calendar_app_topiclist", "topic_list_edges"),
    ("calendar_app_topic", "topics_locked"),
)


def state_follows_from_facts() -> Iterator[str]:
    """The state of a list is what its submissions, recalls and reviews say."""
    for topic_list in TopicList.objects.select_related("akimat").with_submissions().iterator(chunk_size=500):
        expected = _state_by_facts(topic_list)
        if topic_list.state not in expected:
            yield f"topic list {topic_list}: {topic_list.state}, the facts say {' or '.join(sorted(expected))}"


def rounds_follow_from_reviews() -> Iterator[str]:
    """A list is in the round after its last return."""
    for topic_list in TopicList.objects.select_related("akimat").with_submissions().iterator(chunk_size=500):
        returns = sum(
            review.opens_round for one in topic_list.submissions.all() for review in one.reviews.all()
        )
        if topic_list.round != returns + 1:
            yield f"topic list {topic_list}: round {topic_list.round} after {returns} returns"


def rounds_begin_with_a_comment() -> Iterator[str]:
    """A return or reopening says something, on the whole or on a topic (procedure, section 2, rounds)."""
    silent = Review.objects.exclude(outcome=ReviewOutcome.ACCEPTED).filter(comment="", topic_comments=None)
    for review in silent.select_related("submission"):
        yield f"submission {review.submission.receipt_number}: {review.outcome} without a comment"


def answers_belong_to_comments() -> Iterator[str]:
    """A list that its akimat works on has one answer, blank or not, for each comment on a topic of its round."""
    for topic_list in TopicList.objects.select_related("akimat").with_submissions().iterator(chunk_size=500):
        opened = topic_list.last_return if topic_list.is_editable else None
        asked = {str(one.pk) for one in opened.topic_comments.all()} if opened else set()
        if topic_list.answers.keys() != asked:
            yield f"topic list {topic_list}: answers to {sorted(topic_list.answers)}, asked {sorted(asked)}"


def reviews_speak_of_submitted_topics() -> Iterator[str]:
    """Comments on topics, and topics left out, are about topics of the submission that was reviewed."""
    spoken_of = Q(topic_comments__isnull=False) | Q(left_out__isnull=False)
    reviews = Review.objects.filter(spoken_of).distinct().select_related("submission")
    for review in reviews.prefetch_related("topic_comments", "left_out").iterator(chunk_size=500):
        known = snapshots.topics_of(review.submission)
        about: list[TopicComment | LeftOutTopic] = [*review.topic_comments.all(), *review.left_out.all()]
        if {one.topic_key for one in about} - known.keys():
            yield f"submission {review.submission.receipt_number}: {review.outcome} names a topic it has not"


def topics_are_left_out_at_acceptance() -> Iterator[str]:
    """Only an acceptance leaves topics out."""
    for one in LeftOutTopic.objects.exclude(review__outcome=ReviewOutcome.ACCEPTED):
        yield f"topic left out {one.pk}: its review is no acceptance"


def snapshots_match_their_hash() -> Iterator[str]:
    """The receipt's SHA-256 is the hash of the kept snapshot, and the snapshot is the receipt's own."""
    for submission in Submission.objects.iterator(chunk_size=500):
        if snapshots.sha256_of(submission.snapshot) != submission.sha256:
            yield f"submission {submission.receipt_number}: the snapshot has another hash"
        elif f'"receipt_number":"{submission.receipt_number}"' not in submission.snapshot:
            yield f"submission {submission.receipt_number}: the snapshot belongs to another receipt"


def submissions_are_in_the_journal() -> Iterator[str]:
    """Every submission has its journal entry with the same hash, and the other way round."""
    entries = Entry.objects.filter(act="topic_list.submit").values_list("changes", flat=True)
    journalled = {(c["receipt_number"][1], c["sha256"][1]) for c in entries.iterator(chunk_size=500)}
    kept = set(Submission.objects.values_list("receipt_number", "sha256"))
    for number, _ in sorted(kept - journalled):
        yield f"submission {number}: no journal entry"
    for number, _ in sorted(journalled - kept):
        yield f"submission {number}: in the journal, not in the table"


def submissions_have_their_receipt_letter() -> Iterator[str]:
    """Every submission was written about: a letter was queued in its own transaction."""
    kinds = ("topic_list_receipt", "topic_list_entered")
    keys = set(Letter.objects.filter(kind__in=kinds).values_list("key", flat=True))
    told = {key.split(":")[1] for key in keys}
    for number in Submission.objects.values_list("receipt_number", flat=True):
        if number not in told:
            yield f"submission {number}: nobody was written to"


def used_rule_sets_are_marked() -> Iterator[str]:
    """A rule set that a list or a submission refers to is frozen."""
    used = set(TopicList.objects.values_list("rule_set_id", flat=True))
    used |= set(Submission.objects.values_list("rule_set_id", flat=True))
    for rule_set in RuleSet.objects.filter(pk__in=used, used=False):
        yield f"rule set {rule_set.code}: used, but not frozen"


CHECKS: tuple[Check, ...] = (
    state_follows_from_facts,
    rounds_follow_from_reviews,
    rounds_begin_with_a_comment,
    answers_belong_to_comments,
    reviews_speak_of_submitted_topics,
    topics_are_left_out_at_acceptance,
    snapshots_match_their_hash,
    submissions_are_in_the_journal,
    submissions_have_their_receipt_letter,
    used_rule_sets_are_marked,
)


def _state_by_facts(topic_list: TopicList) -> set[str]:
    latest = topic_list.latest_submission
    if latest is None:
        return {TopicListState.DRAFT}
    outcomes = {review.outcome for review in latest.reviews.all()}
    if ReviewOutcome.RETURNED in outcomes or ReviewOutcome.REOPENED in outcomes:
        # A recalled submission of the next round leaves a draft behind it.
        recalled_since = any(
            one.is_recalled and one.number > latest.number for one in topic_list.submissions.all()
        )
        return {TopicListState.DRAFT if recalled_since else TopicListState.RETURNED}
    return {TopicListState.ACCEPTED if ReviewOutcome.ACCEPTED in outcomes else TopicListState.SUBMITTED}
