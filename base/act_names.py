"""Names of journal acts for people, by the code that the journal keeps for ever."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

ACTS = {
    "topic_list.start": _("Started the list"),
    "topic_list.save": _("Saved the draft"),
    "topic_list.upload": _("Brought files in, to be read"),
    "topic_list.remove_file": _("Removed a file from an import"),
    "topic_list.drop_import": _("Dropped an import"),
    "topic_list.import": _("Took topics from files into the list"),
    "topic_list.translate": _("Took translations into the list"),
    "topic_list.bring_over": _("Brought topics of the last list over"),
    "topic_list.add_topic": _("Added a topic"),
    "topic_list.add_topics": _("Added topics"),
    "topic_list.save_topic": _("Saved a topic"),
    "topic_list.remove_topic": _("Removed a topic"),
    "topic_list.move_topic": _("Moved a topic"),
    "topic_list.save_analysis": _("Saved the analysis"),
    "topic_list.save_answer": _("Saved the answer to the comments"),
    "topic_list.save_meeting": _("Saved a proposed meeting"),
    "topic_list.remove_meeting": _("Removed a proposed meeting"),
    "topic_list.move_meeting": _("Moved a proposed meeting"),
    "topic_list.propose_no_meetings": _("Said why no meetings are proposed"),
    "topic_list.submit": _("Submitted the list"),
    "topic_list.begin_entry": _("Began to enter a list that came by letter"),
    "topic_list.stop_entry": _("Stopped entering the list"),
    "topic_list.object": _("Objected to the entry"),
    "topic_list.answer_objection": _("Answered the objection"),
    "topic_list.recall": _("Recalled the list"),
    "topic_list.return": _("Returned the list with a comment"),
    "topic_list.accept": _("Accepted the list"),
    "topic_list.reopen": _("Reopened the list"),
    "hall.add": _("Registered a hall"),
    "hall.change": _("Changed a hall"),
    "hall.close": _("Closed a hall"),
    "hall.open": _("Opened a hall again"),
    "calendar.open": _("Opened a working copy"),
    "calendar.plan": _("Planned meetings"),
    "calendar.change_meeting": _("Changed a meeting"),
    "calendar.move_meetings": _("Moved meetings"),
    "calendar.remove_meeting": _("Took a meeting out"),
    "calendar.leave_out": _("Left a topic or a proposed meeting out with a reason"),
    "calendar.accept_warning": _("Accepted a warning with a reason"),
    "calendar.ask": _("Asked the ministries"),
    "calendar.agree": _("Agreed to meetings"),
    "calendar.refuse": _("Refused a meeting"),
    "calendar.disagree": _("Recorded a disagreement"),
    "calendar.submit": _("Submitted the calendar"),
    "calendar.approve": _("Approved the calendar"),
    "calendar.return": _("Returned the calendar"),
    "calendar.publish": _("Published the calendar"),
    "busy_period.add": _("Entered a busy period"),
    "busy_period.take": _("Took busy periods from a file"),
    "busy_period.remove": _("Removed a busy period"),
    "session.plan": _("Planned a session"),
    "session.send_materials": _("Sent the materials"),
    "session.open": _("Opened the vote"),
    "session.vote": _("Voted"),
    "session.close": _("Closed the session"),
    "session.enter_vote": _("Entered a member’s vote"),
    "session.cancel": _("Cancelled the session"),
    "session.record_act": _("Recorded the act that puts the calendar into force"),
    "session.send_link_again": _("Sent a member a new link"),
    "session.read_materials": _("Opened the materials by a personal link"),
    "user.create_admin": _("Created an administrator"),
    "user.change_password": _("Changed the password"),
    "user.set_temporary_password": _("Set a temporary password"),
    "user.choose_language": _("Chose the language of letters"),
    "user.choose_digest": _("Chose how reminders come"),
    "user.enrol_second_factor": _("Switched the second factor on"),
    "user.use_recovery_code": _("Signed in with a recovery code"),
    "user.renew_recovery_codes": _("Made new recovery codes"),
    "user.switch_off_second_factor": _("Switched the second factor off"),
    "user.reset_second_factor": _("Reset the second factor of a colleague"),
    "reference.load": _("Loaded reference data"),
    "obligations.derive": _("Derived duties from the rules"),
    "duty.extend": _("Extended a term"),
    "reminders.queue": _("Queued reminders"),
    "letter.queue_again": _("Queued a letter again"),
    "letter.forget": _("Forgot old letters"),
    "rule_set.load": _("Loaded a rule set"),
    "demonstration.load": _("Loaded the demonstration"),
}

# What administrators do to rows in Django's admin: the code is "<kind of row>.<verb>".
ROW_ACTS = {
    "add": pgettext_lazy("a row", "Added"),
    "change": pgettext_lazy("a row", "Changed"),
    "delete": pgettext_lazy("a row", "Deleted"),
}


def act_name(act: str) -> str:
    """The name of the act in the page's language; a code without a name is shown as it is."""
    if act in ACTS:
        return str(ACTS[act])
    return str(ROW_ACTS.get(act.rpartition(".")[2], act))
