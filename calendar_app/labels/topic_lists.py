"""Words for the codes of the procedure, in one place for pages, letters and the admin."""

from django.db import models
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy


class TopicListState(models.TextChoices):
    """Where a topic list stands. A list that nobody began has no row, hence no state."""

    DRAFT = "draft", pgettext_lazy("topic list", "Draft")
    SUBMITTED = "submitted", pgettext_lazy("topic list", "Submitted")
    RETURNED = "returned", pgettext_lazy("topic list", "Returned for revision")
    ACCEPTED = "accepted", pgettext_lazy("topic list", "Accepted")


NOT_STARTED = "not_started"
BOARD_STATES: list[tuple[str, object]] = [
    (NOT_STARTED, pgettext_lazy("topic list", "Not started")),
    *TopicListState.choices,
]


# Marks that a row of the board may carry beside its state.
OVERDUE, LATE, NOBODY = "overdue", "late", "nobody"


class ReviewOutcome(models.TextChoices):
    """What the authorised body decided about a submission."""

    RETURNED = "returned", _("Returned for revision")
    ACCEPTED = "accepted", _("Accepted")
    REOPENED = "reopened", _("Reopened")


class LeftOutReason(models.TextChoices):
    """Why a topic of an accepted list does not go into the calendar."""

    REPEATS = "repeats", _("It repeats another topic")
    LOCAL = "local", _("The akimat can solve it itself")
    SOLVED = "solved", _("It is being solved already")
    SINGLE_CASE = "single_case", _("It is the matter of a single person or firm, for eOtinish")
    LATER = "later", _("It is kept for a later half-year")
    OTHER = "other", _("Another reason")


class Urgency(models.TextChoices):
    """How soon a topic wants an answer."""

    ORDINARY = "ordinary", pgettext_lazy("urgency", "Ordinary")
    URGENT = "urgent", pgettext_lazy("urgency", "Urgent")
    CRITICAL = "critical", pgettext_lazy("urgency", "Critical")


class Sector(models.TextChoices):
    """What people raise at meetings, by field."""

    AGRICULTURE = "agriculture", _("Agriculture")
    BUSINESS = "business", _("Business")
    CULTURE = "culture", _("Culture")
    DIGITAL = "digital", _("Communications and digital services")
    ECOLOGY = "ecology", _("Ecology")
    ECONOMY = "economy", _("Economy")
    EDUCATION = "education", _("Education")
    EMPLOYMENT = "employment", _("Employment")
    ENERGY = "energy", _("Electricity")
    FINANCE = "finance", _("Finance and taxes")
    GAS = "gas", _("Gas supply")
    HEALTH = "health", _("Health")
    HEATING = "heating", _("Heating")
    HOUSING = "housing", _("Housing")
    JUSTICE = "justice", _("Justice")
    LAND = "land", _("Land")
    MIGRATION = "migration", _("Migration")
    PRICES = "prices", _("Prices and tariffs")
    PUBLIC_ORDER = "public_order", _("Public order")
    ROADS = "roads", _("Roads")
    SCIENCE = "science", _("Science and higher education")
    SOCIAL = "social", _("Social protection")
    SPORT = "sport", _("Sport")
    TOURISM = "tourism", _("Tourism")
    TRADE = "trade", _("Trade")
    TRANSPORT = "transport", _("Transport")
    WATER = "water", _("Water supply")
