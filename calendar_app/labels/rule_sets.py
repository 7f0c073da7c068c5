"""Words for what rule sets contain: kinds of deadlines and terms, effects of grounds."""

from django.utils.translation import gettext_lazy as _

DEADLINES = {
    "topic_list": _("Topic lists of the akimats"),
    "calendar_submission": _("Calendar to the commission"),
    "amendment_window": _("Proposals to amend the calendar"),
}
TERMS = {
    "topic_list_review": _("Review of a topic list"),
    "topic_list_round": _("Mending of a returned topic list"),
    "coordination_answer": _("Answer of a ministry in coordination"),
    "calendar_submission_round": _("Mending of a returned calendar"),
    "publication": _("Publication after approval"),
    "announcement": _("Announcement before a meeting"),
    "report": _("Report after a meeting"),
    "answers": _("Answers after a meeting"),
    "ground_document": _("Document of a substitution, when it follows later"),
    "materials": _("Materials to the commission before its session"),
}
GROUNDS = {
    "ill_health": _("Ill health"),
    "delegation": _("Government delegation"),
    "deputy_prime_minister": _("The head is Deputy Prime Minister"),
}
EFFECTS = {"must": _("a deputy must stand in"), "may": _("a deputy may stand in")}
MARKS = {"stated": _("stated by the source"), "decided": _("decided for the portal")}
MAJORITIES = {"members": _("of all members"), "present": _("of those who take part")}
TIES = {"chair": _("the vote of the chair decides"), "rejected": _("it is not adopted")}
