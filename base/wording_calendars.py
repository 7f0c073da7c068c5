"""Sentences about calendars, meetings, coordination and the commission, by code."""

from __future__ import annotations

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

Text = str | Promise

CALENDARS: dict[str, Text] = {
    # Conflicts (procedure, section 6); the page names the meetings beside them.
    "person_twice": _("%(who)s is planned at two meetings at one time."),
    "hall_twice": _("One hall is planned for two meetings at one time: %(who)s."),
    "outside_half_year": _("The meeting lies outside the half-year."),
    "meeting_without_ministry": _("No ministry comes to the meeting."),
    "nobody_in_office": _("Nobody holds the post on %(day_locative)s."),
    "subject_language_missing": _(
        "What is discussed must be written in both languages. Missing: %(language)s."
    ),
    "before_safe_day": _("The first day that can be approved and announced in time is %(day)s."),
    "in_working_hours": _("The meeting lies in working hours: fewer people can come."),
    "ministry_busy": _("The head of the ministry is busy at that time: %(ministry)s."),
    "busy_too_long": _("A busy period has at most %(days)s days. Please check the dates."),
    "no_busy_events": _("The file has no event that can be taken as a busy period."),
    "file_is_no_calendar": _("This is no calendar file that can be read. Export it again as .ics."),
    "too_many_events": _("The calendar has more than %(limit)s events. Export a shorter time."),
    "cell_no_moment": _(
        "this is no day with a time: “%(value)s”. Write it like 27.02.2027 11:00, or the day alone."
    ),
    "little_travel_time": _("Little time for the journey between two meetings. Needed, in hours: %(hours)s."),
    "same_place_same_day": _("Two different meetings of ministries in one place on one day."),
    "region_without_meeting": _("No meeting in this half-year: %(region)s."),
    # A planned meeting.
    "ministry_required": _("Choose at least one ministry."),
    "subject_required": _("Write what is discussed, in Kazakh or in Russian."),
    "online_has_no_hall": _("An online meeting has no hall."),
    "place_unknown": _("Choose a town or village from the list."),
    "hall_of_another_place": _("The hall is in another place. Choose a hall of this place."),
    "no_such_post": _("One of the ministries has no such post."),
    "cancel_reason_required": _("The meeting has a number, so it is cancelled and stays. Write the reason."),
    "proposal_not_in_list": _("This proposed meeting is in no accepted list."),
    "proposal_taken": _("Another planned meeting answers this proposed meeting already."),
    "proposal_without_time": _("The akimat gave no exact time. Choose a day."),
    "day_not_offered": _("The akimat does not offer this day. Choose another one."),
    "taken_up_already": _("It is in a planned meeting already."),
    "reason_words_required": _("Explain why it is left out."),
    "moved_outside_half_year": _("Meetings would leave the half-year: %(count)s. Nothing was moved."),
    "meetings_gone": _("One of the chosen meetings is not there any more. Please choose again."),
    "nothing_to_move": _("Write by how much to move the meetings, or choose a hall."),
    "hall_unknown": _("Choose a hall of the list."),
    # A set of changes.
    "variant_without_name": _("Give the variant a name by which it is found again."),
    "variant_name_taken": _("A variant of this calendar has that name already."),
    "too_many_variants": _("There are %(limit)s variants already. Take one over or drop one."),
    "after_midnight": _("A meeting would go on after midnight. Choose an earlier time."),
    "set_changes_nothing": _("Nothing would change: the calendar says what these changes say."),
    "set_collides": _(
        "Meetings that were changed in the calendar meanwhile: %(count)s. Look at them, then confirm that they are "
        "to be taken in all the same."
    ),
    "row_named_twice": _("another row has the same code. Leave the code empty in a new row."),
    "plan_key_damaged": _(
        "the code of the row is damaged. Download the table again and repeat the change there."
    ),
    "row_of_another_plan": _(
        "the row belongs to another calendar or version. Download the table of this one."
    ),
    "plan_row_emptied": _(
        "the row has a code and nothing else. To take the meeting out, write the reason; else restore the row."
    ),
    "new_row_removed": _("a row without a code is a new meeting, which cannot be taken out."),
    "cell_needed": _("the cell is empty. Please fill it in."),
    "cell_unknown": _(
        "this value is not known: “%(value)s”. Allowed values stand on the sheet of instructions."
    ),
    "cell_no_day": _("this is no day of the calendar: “%(value)s”. Write it like 27.02.2027."),
    "cell_no_clock": _("this is no time of day: “%(value)s”. Write it like 18:00."),
    "cell_no_address": _("this is no address of a page. It begins with https://."),
    "day_outside_half_year": _("the day lies outside the half-year %(half_year)s."),
    "no_such_warning": _("This warning does not stand any more. Please look at the list of conflicts."),
    "warning_reason_required": _("Write why the warning is accepted."),
    # The calendar.
    "version_in_preparation": _("Another version of this calendar is in preparation."),
    "version_frozen": _("This version was submitted and is no longer changed."),
    "certificate_without_duties": _(
        "The body owes nothing in this half-year, so there is nothing to certify."
    ),
    "calendar_empty": _("The calendar has no meeting yet."),
    "topics_not_taken": _(
        "Topics of accepted lists are neither in a meeting nor left out with a reason: %(count)s."
    ),
    "meetings_not_taken": _(
        "Proposed meetings of accepted lists are neither planned nor left out with a reason: %(count)s."
    ),
    "ministries_not_asked": _("Ministries were not asked about meetings as they are now: %(count)s."),
    "ministries_have_time": _("Ministries have not answered, and their term still runs: %(count)s."),
    "silence_unexplained": _("Ministries did not answer: %(count)s. Write what was done to hear them."),
    "refusals_stand": _(
        "Refusals stand: %(count)s. Change the meetings, or bring the disagreement to the commission."
    ),
    "binding_overlap": _("A person or a hall is planned twice at one time. Please look at the conflicts."),
    # Coordination.
    "nothing_to_ask": _("There is nothing new to ask the ministries about."),
    "coordination_closed": _("Coordination of this version is not open."),
    "refusal_reasons_required": _("Write why the ministry does not agree."),
    "question_overtaken": _("The meeting was changed meanwhile. Please open the page again."),
    "answered_already": _("The ministry has answered already."),
    "no_refusal": _("No refusal stands here."),
    "position_required": _("Write the position of the authorised body."),
    # The commission.
    "nothing_to_consider": _("This version does not lie with the commission."),
    "session_planned_already": _("A session on this version is planned already."),
    "session_in_the_past": _("Choose a time that has not passed."),
    "voting_not_open": _("Voting is not open."),
    "voted_already": _("You have voted already. A vote is not changed."),
    "no_quorum": _("There is no quorum. Present: %(present)s, members: %(members)s."),
    "return_reasons_required": _(
        "There is no majority, so the calendar is returned. Write what is to be revised."
    ),
    "protocol_number_required": _("Write the number of the protocol."),
    "protocol_in_the_future": _("The date of the protocol has not come yet."),
    "notice_too_short": _(
        "Members must have the materials %(days)s working days before. The first day in time is %(day)s. "
        "If it cannot wait, write why."
    ),
    "voting_over": _("Voting is over. A vote is not taken any more."),
    "sheets_too_late": _("The term of the written vote is over. A sheet is not taken any more."),
    "written_vote_runs": _(
        "The term of the written vote still runs, and members have not voted yet: %(count)s. "
        "Close it after the term, or when all have voted."
    ),
    "member_voted_already": _("This member has voted already. A vote is not changed."),
    "not_a_member_now": _("This person is no member of the commission today."),
    "no_materials_now": _(
        "Links are sent once the materials have gone to the members, and until the session ends."
    ),
    "cancel_session_reason_required": _("Write why the session does not take place."),
    "version_changed_meanwhile": _(
        "The calendar is not what was submitted to the commission, so it cannot be approved. "
        "Cancel the session and tell the administrator."
    ),
    "nothing_approved": _("The commission has approved nothing here."),
    "act_recorded_already": _("The act is recorded already."),
    "act_required": _("Write kind, number and date of the act."),
    # Personal links to the materials.
    "reading_link_unknown": _("There is no such link. Perhaps it was not copied as a whole."),
    "reading_link_replaced": _("A newer link was sent to you. Please open the one in the latest letter."),
    "reading_link_expired": _(
        "The link has expired. Sign in, or ask the secretary of the commission for a new one."
    ),
    "reading_link_over": _(
        "The session is over, and the link opens nothing any more. Sign in to read the decision."
    ),
    "reading_link_personal": _(
        "This link belongs to one person and does not work when it is passed on. "
        "If it was sent to you, sign in or ask the secretary of the commission for a new one."
    ),
    "reading_link_no_member": _("The link opens materials for members of the commission only."),
    "reading_link_not_opened": _("Please open the link in the letter again."),
}
