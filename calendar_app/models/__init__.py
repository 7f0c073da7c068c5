from calendar_app.models.demonstrations import Demonstration
from calendar_app.models.handled_forms import HandledForm
from calendar_app.models.imports import Import, ImportFile
from calendar_app.models.left_out_topics import LeftOutTopic
from calendar_app.models.obligations import Obligation, TermChange
from calendar_app.models.rule_sets import RuleSet
from calendar_app.models.signed_letters import SignedFile, SignedLetter
from calendar_app.models.submissions import Recall, Review, Submission
from calendar_app.models.topic_comments import TopicComment
from calendar_app.models.topic_lists import Topic, TopicList

__all__ = [
    "Demonstration",
    "HandledForm",
    "Import",
    "ImportFile",
    "LeftOutTopic",
    "Obligation",
    "Recall",
    "Review",
    "RuleSet",
    "SignedFile",
    "SignedLetter",
    "Submission",
    "TermChange",
    "Topic",
    "TopicComment",
    "TopicList",
]
