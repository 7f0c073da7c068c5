"""The topic list of an akimat for a half-year, as it is being written."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date, datetime
from typing import TYPE_CHECKING

from django.conf import settings
from django.db import models
from django.db.models import Prefetch, Q
from django.urls import reverse
from django.utils.functional import cached_property
from django.utils.translation import gettext_lazy as _

from accounts.permissions import Permission
from calendar_app.labels.topic_lists import Sector, TopicListState, Urgency
from calendar_app.models import standings
from calendar_app.models.left_out_topics import LeftOutTopic
from calendar_app.models.rule_sets import RuleSet
from calendar_app.models.signed_letters import SignedLetter
from calendar_app.models.submissions import Review, Submission
from calendar_app.models.topic_comments import TopicComment
from procedure.half_years import HalfYear
from procedure.reviews import Remark
from procedure.topic_lists import ListDraft, TopicDraft
from regions.models import Body, Territory

if TYPE_CHECKING:
    from accounts.models import User
    from calendar_app.models.proposed_meetings import ProposedMeeting


LIST_WORDS = ("analysis_kk", "analysis_ru", "no_topics_reason_kk", "no_topics_reason_ru")
# Saved apart from those above, beside the proposed meetings.
MEETINGS_WORDS = ("no_meetings_reason_kk", "no_meetings_reason_ru")
TOPIC_WORDS = ("title_kk", "title_ru", "text_kk", "text_ru", "sector", "urgency", "evidence")


class TopicListQuerySet(models.QuerySet["TopicList"]):
    def visible_to(self, user: User, on: date) -> TopicListQuerySet:
        """Lists the person may open: their own akimat's; all of them for roles that reach everywhere."""
        return self.filter(akimat__in=user.bodies_with(Permission.TOPIC_LIST_READ, on=on))

    def of_half_year(self, half_year: HalfYear) -> TopicListQuerySet:
        return self.filter(half_year=half_year.code)

    def with_submissions(self) -> TopicListQuerySet:
        """With submissions, their recalls and reviews: four more queries for any number of lists."""
        reviews = Prefetch(
            "reviews", Review.objects.order_by("at", "pk").prefetch_related("topic_comments", "left_out")
        )
        submissions = (
            Submission.objects.select_related("recall", "letter", "objection__answer")
            .prefetch_related(reviews)
            .order_by("number")
        )
        return self.prefetch_related(Prefetch("submissions", submissions))

    def with_standing(self) -> TopicListQuerySet:
        """With what boards and acts ask about submissions, in the same query: see the annotations below."""
        return self.annotate(
            **standings.asked(
                "last_number",
                "came_late",
                "last_submitted_at",
                "round_opened_at",
                "round_last_day",
                "round_due",
                "extended_to",
            )
        )

    def with_round_comment(self) -> TopicListQuerySet:
        """With the comment on the whole list that opened the present round, in the same query."""
        return self.annotate(**standings.asked("round_comment"))


class TopicList(models.Model):
    """One list per akimat and half-year (procedure, section 2, row 1)."""

    akimat = models.ForeignKey(
        Body, on_delete=models.PROTECT, related_name="topic_lists", verbose_name=_("akimat")
    )
    half_year = models.CharField(_("half-year"), max_length=7)
    rule_set = models.ForeignKey(
        RuleSet, on_delete=models.PROTECT, related_name="+", verbose_name=_("rule set")
    )
    state = models.CharField(_("state"), max_length=12, choices=TopicListState, default=TopicListState.DRAFT)
    round = models.PositiveSmallIntegerField(_("round"), default=1)
    analysis_kk = models.TextField(_("analysis of the situation in Kazakh"), blank=True)
    analysis_ru = models.TextField(_("analysis of the situation in Russian"), blank=True)
    no_topics_reason_kk = models.TextField(_("why there are no topics, in Kazakh"), blank=True)
    no_topics_reason_ru = models.TextField(_("why there are no topics, in Russian"), blank=True)
    answer = models.TextField(_("answer to the comments"), blank=True)
    no_meetings_reason_kk = models.TextField(_("why no meetings are proposed, in Kazakh"), blank=True)
    no_meetings_reason_ru = models.TextField(_("why no meetings are proposed, in Russian"), blank=True)
    # One entry per comment on a topic of the present round, its key as text; blank until it is answered.
    answers = models.JSONField(_("answers to comments on topics"), default=dict, blank=True)
    # Moves with every save, so that a submission of something else than was looked at is noticed.
    version = models.PositiveIntegerField(_("version"), default=1)
    # The letter from which the authorised body is entering the list: as long as it does, nobody else writes it.
    entry_letter = models.ForeignKey(
        SignedLetter, on_delete=models.PROTECT, null=True, related_name="+", verbose_name=_("entered from")
    )
    # Each part is written on a page of its own; two officers collide only on the same part.
    analysis_version = models.PositiveIntegerField(_("version of the analysis"), default=1)
    answer_version = models.PositiveIntegerField(_("version of the answers"), default=1)
    started_at = models.DateTimeField(_("started at"))
    changed_at = models.DateTimeField(_("changed at"))

    objects = TopicListQuerySet.as_manager()

    # Set by `with_standing()` only.
    last_number: int | None
    came_late: bool | None
    last_submitted_at: datetime | None
    round_opened_at: datetime | None
    round_last_day: date | None
    round_due: datetime | None
    extended_to: date | None
    # Set by `with_round_comment()` only.
    round_comment: str | None

    class Meta:
        verbose_name = _("topic list")
        verbose_name_plural = _("topic lists")
        ordering = ["half_year", "akimat"]
        constraints = [
            models.UniqueConstraint(fields=["akimat", "half_year"], name="topic_list_one_per_half_year"),
            models.CheckConstraint(
                condition=Q(half_year__regex=r"^\d{4}-H[12]$"), name="topic_list_half_year"
            ),
            models.CheckConstraint(
                condition=Q(state__in=TopicListState.values), name="topic_list_known_state"
            ),
            models.CheckConstraint(condition=Q(round__gte=1), name="topic_list_round_from_one"),
            models.CheckConstraint(
                condition=Q(entry_letter=None) | Q(state__in=(TopicListState.DRAFT, TopicListState.RETURNED)),
                name="topic_list_entered_while_written",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.half_year} {self.akimat_id}"

    def get_absolute_url(self) -> str:
        return reverse("staff:topic_list", args=[self.half_year, self.akimat_id])

    @property
    def period(self) -> HalfYear:
        return HalfYear.parse(self.half_year)

    @property
    def is_editable(self) -> bool:
        return self.state in (TopicListState.DRAFT, TopicListState.RETURNED)

    @property
    def is_with_authority(self) -> bool:
        """Whether it waits for the decision of the authorised body."""
        return self.state == TopicListState.SUBMITTED

    def as_draft(self, topics: Iterable[Topic] | None = None, *, with_meetings: bool = True) -> ListDraft:
        """The saved list as the rules see it; `topics` are its own, if they were read already."""
        words = {name: getattr(self, name) for name in (*LIST_WORDS, *MEETINGS_WORDS)}
        saved = self.topics.all() if topics is None else topics
        meetings = [meeting.as_draft() for meeting in self.proposed] if with_meetings else []
        return ListDraft([topic.as_draft() for topic in saved], meetings=meetings, **words)

    @cached_property
    def proposed(self) -> list[ProposedMeeting]:
        """Its proposed meetings with all they hold, in order: three queries, once."""
        from calendar_app.models.proposed_meetings import of_list

        return of_list(self.pk)

    def remarks_on(self, comments: Iterable[TopicComment]) -> list[Remark]:
        """The comments of its round as the rules see them, beside the topics as they stand now."""
        numbers = {topic.pk: number for number, topic in enumerate(self.topics.all(), start=1)}
        return [
            Remark(one.pk, numbers.get(one.topic_key), self.answers.get(str(one.pk), "")) for one in comments
        ]

    @property
    def standing_submissions(self) -> list[Submission]:
        """Submissions that were not recalled, oldest first; the first one decides in time or late."""
        return [one for one in self.submissions.all() if not one.is_recalled]

    @property
    def latest_submission(self) -> Submission | None:
        return self.standing_submissions[-1] if self.standing_submissions else None

    @property
    def has_earlier_round(self) -> bool:
        """Whether its latest submission can be compared with one before it."""
        return len(self.standing_submissions) > 1

    @property
    def is_late(self) -> bool:
        """Marked late for ever once its first standing submission came late (procedure, section 3)."""
        return bool(self.standing_submissions) and self.standing_submissions[0].late

    @property
    def last_return(self) -> Review | None:
        """The return or reopening that began the present round, if it is not the first round."""
        reviews = [
            review for one in self.submissions.all() for review in one.reviews.all() if review.opens_round
        ]
        return max(reviews, key=lambda review: (review.at, review.pk), default=None)

    @property
    def left_out(self) -> dict[int, LeftOutTopic]:
        """Of an accepted list, the topics that were left out, by key."""
        latest = self.latest_submission
        if self.state != TopicListState.ACCEPTED or latest is None:
            return {}
        return {one.topic_key: one for review in latest.reviews.all() for one in review.left_out.all()}

    @property
    def remarks(self) -> list[tuple[TopicComment, str]]:
        """Comments on topics of the present round, each with its answer: as drafted, else as submitted."""
        opened = self.last_return
        if opened is None:
            return []
        latest = self.latest_submission
        answers = self.answers if self.is_editable or latest is None else latest.answers
        return [(one, answers.get(str(one.pk), "")) for one in opened.topic_comments.all()]


class Topic(models.Model):
    """A topical question of the list, in Kazakh and Russian (procedure, sections 2 and 9)."""

    topic_list = models.ForeignKey(
        TopicList, on_delete=models.CASCADE, related_name="topics", verbose_name=_("topic list")
    )
    position = models.PositiveSmallIntegerField(_("place in the list"))
    title_kk = models.CharField(_("title in Kazakh"), max_length=300, blank=True)
    title_ru = models.CharField(_("title in Russian"), max_length=300, blank=True)
    text_kk = models.TextField(_("text in Kazakh"), blank=True)
    text_ru = models.TextField(_("text in Russian"), blank=True)
    sector = models.CharField(_("sector"), max_length=20, choices=Sector, blank=True)
    district = models.ForeignKey(
        Territory, on_delete=models.PROTECT, null=True, related_name="+", verbose_name=_("district")
    )
    ministry = models.ForeignKey(
        Body, on_delete=models.PROTECT, null=True, related_name="+", verbose_name=_("responsible ministry")
    )
    urgency = models.CharField(_("urgency"), max_length=10, choices=Urgency, default=Urgency.ORDINARY)
    evidence = models.TextField(_("evidence"), blank=True)
    version = models.PositiveIntegerField(_("version"), default=1)
    changed_at = models.DateTimeField(_("changed at"), null=True)
    changed_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        on_delete=models.PROTECT,
        null=True,
        related_name="+",
        verbose_name=_("changed by"),
    )

    # Set by pages: the comment on this topic in the present round, with its answer.
    remark: tuple[TopicComment, str] | None
    # Set by pages: why this topic of an accepted list does not go into the calendar.
    left_out: LeftOutTopic | None

    class Meta:
        verbose_name = _("topic")
        verbose_name_plural = _("topics")
        ordering = ["position", "pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["topic_list", "position"],
                name="topic_position_in_list",
                deferrable=models.Deferrable.DEFERRED,
            ),
            models.CheckConstraint(condition=Q(urgency__in=Urgency.values), name="topic_known_urgency"),
            models.CheckConstraint(
                condition=Q(sector="") | Q(sector__in=Sector.values), name="topic_known_sector"
            ),
        ]

    def __str__(self) -> str:
        return self.title_kk or self.title_ru

    def as_draft(self) -> TopicDraft:
        """The saved topic as the rules see it."""
        words = {name: getattr(self, name) for name in TOPIC_WORDS}
        return TopicDraft(
            **words, district=self.district_id or "", ministry=self.ministry_id or "", key=self.pk
        )

    def take(self, draft: TopicDraft) -> None:
        """Take over what a draft says; the caller saves."""
        for name in TOPIC_WORDS:
            setattr(self, name, getattr(draft, name))
        self.district_id = draft.district or None
        self.ministry_id = draft.ministry or None
