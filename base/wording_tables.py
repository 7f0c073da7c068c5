"""The sentences themselves, by code. A test holds them complete against the rules."""

from __future__ import annotations

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from base.wording_calendars import CALENDARS

Text = str | Promise

UNKNOWN: Text = _("This is not possible now (%(code)s).")

LANGUAGES: dict[str, Text] = {
    "kk": pgettext_lazy("in a sentence", "Kazakh"),
    "ru": pgettext_lazy("in a sentence", "Russian"),
    "en": pgettext_lazy("in a sentence", "English"),
}

STATES: dict[str, Text] = {
    "not_started": pgettext_lazy("topic list", "Not started"),
    "draft": pgettext_lazy("topic list", "Draft"),
    "submitted": pgettext_lazy("topic list", "Submitted"),
    "returned": pgettext_lazy("topic list", "Returned for revision"),
    "accepted": pgettext_lazy("topic list", "Accepted"),
    "working": pgettext_lazy("calendar", "Working copy"),
    "coordination": pgettext_lazy("calendar", "In coordination"),
    "approved": pgettext_lazy("calendar", "Approved"),
    "in_force": pgettext_lazy("calendar", "In force"),
    "superseded": pgettext_lazy("calendar", "Superseded"),
    "planned": pgettext_lazy("session", "Planned"),
    "materials_sent": pgettext_lazy("session", "Materials sent"),
    "open": pgettext_lazy("session", "Voting is open"),
    "closed": pgettext_lazy("session", "Closed"),
    "cancelled": pgettext_lazy("session", "Cancelled"),
}

ACTS: dict[str, Text] = {
    "submit": _("submit"),
    "recall": _("recall"),
    "return_": _("return for revision"),
    "accept": _("accept"),
    "reopen": _("reopen"),
    "publish": _("publish"),
    "send_materials": _("send the materials"),
    "open": _("open the vote"),
    "close": _("close the session"),
}

_TOPIC_LISTS: dict[str, Text] = {
    "no_topics": _("Add at least one topic, or say why there are none this time."),
    "reason_beside_topics": _(
        "The list has topics, so a reason for having none is not needed: remove one or the other."
    ),
    "too_many_topics": _("The list has too many topics: at most %(limit)s are possible."),
    "blank_topic": _("Write the topic in Kazakh or in Russian. A topic that is not needed can be removed."),
    "missing_title": _("Topic %(number)s has no title. Write it in Kazakh or in Russian."),
    "missing_title_language": _("Topic %(number)s: the title is missing in this language: %(language)s."),
    "missing_text_language": _("Topic %(number)s: the text is missing in this language: %(language)s."),
    "missing_reason_language": _(
        "The reason why there are no topics is missing in this language: %(language)s."
    ),
    "missing_analysis_language": _(
        "The analysis of the situation is missing in this language: %(language)s."
    ),
    "no_analysis": _("Add a short analysis of the situation in the region."),
    "topic_without_sector": _("Topic %(number)s: choose a sector."),
    "topic_without_ministry": _("Topic %(number)s: choose the ministry that should answer."),
    "district_of_another_region": _("A topic names a district of another region: choose one of your own."),
    "not_a_ministry": _("A topic names a body that is no ministry: choose one from the list."),
    "title_too_long": _(
        "Topic %(number)s: the title is too long (language: %(language)s). At most %(limit)s characters "
        "are possible."
    ),
    "text_too_long": _("The text is too long: at most %(limit)s characters are possible."),
    "half_year_not_open": _("A topic list for this half-year cannot be started now: %(half_year)s."),
    "topic_list_not_editable": _(
        "The list lies with the authorised body and cannot be changed now. State: %(state)s."
    ),
    "calendar_with_commission": _(
        "The calendar was submitted to the commission on %(day_locative)s: the list can no longer be reopened."
    ),
    "comment_required": _("Write a comment, so that the akimat knows what to change."),
    "topic_not_in_list": _("A topic that is not in the list was named. Please open the page again."),
    "left_out_without_reason": _("Topic %(number)s: choose why it is left out."),
    "left_out_without_words": _("Topic %(number)s: explain why it is left out."),
    "all_left_out": _("No topic would remain. Return the list instead."),
    "comment_unanswered": _("Topic %(number)s: answer the comment."),
    "comment_on_removed_unanswered": _(
        "A topic was removed after a comment: answer the comment all the same."
    ),
    "answer_required": _("Answer the comments before you submit the list again."),
    "explanation_required": _("The last day has passed. Explain why the list comes late."),
    "act_not_possible": _("This cannot be done in the present state. Act: %(act)s. State: %(state)s."),
}

_SIGNED_LETTERS: dict[str, Text] = {
    "letter_number_missing": _("Write the number of the letter."),
    "letter_signatory_missing": _("Write who signed the letter."),
    "letter_post_missing": _("Write the post of the person who signed."),
    "letter_dated_ahead": _("The letter cannot be dated later than today."),
    "letter_dated_too_early": _("The letter cannot be older than this day: %(day)s. Please check its date."),
    "letter_received_ahead": _("The letter cannot have come later than now."),
    "letter_received_too_early": _("The letter cannot have come before this day: %(day)s."),
    "letter_received_before_its_day": _("The letter cannot have come before the day it is dated."),
    "letter_receipt_missing": _("Write the day and the time at which the letter was registered."),
    "entered_by_letter": _(
        "The authorised body is entering this list from a letter of the akimat: nobody else writes it meanwhile."
    ),
    "entry_already_begun": _("This list is being entered from another letter already."),
    "entry_not_begun": _("This list is not being entered from a letter."),
    "nothing_to_object_to": _("Nothing was entered by letter here, so there is nothing to object to."),
    "already_objected": _("An objection to this entry was made already."),
    "objection_words_missing": _("Write what is not as in the letter, or what becomes of it."),
    "no_open_objection": _("There is no objection that waits for an answer."),
    "objection_unanswered": _(
        "The akimat objects to the entry: answer the objection before you accept the list."
    ),
    "letter_file_empty": _("The file is empty. Please choose another one."),
    "letter_file_too_big": _("The file is too big: at most %(limit)s MB are possible."),
    "letter_file_kind": _(
        "The file is none of these by its content, or it is damaged: PDF, JPEG, PNG, DOCX without macros, "
        "ASiC-E, DDOC, CMS. Please choose another one."
    ),
}

_IMPORTS: dict[str, Text] = {
    "no_files": _("Choose at least one file."),
    "too_many_files": _(
        "Too many files at one go: at most %(limit)s are possible. Bring the others in afterwards."
    ),
    "file_empty": _("The file is empty. Save it again in Excel and choose it once more."),
    "file_too_large": _("The file is too large: at most %(limit)s MB are possible. Remove pictures from it."),
    "file_has_macros": _("The file may hold macros. Save it as an Excel workbook (XLSX) without macros."),
    "file_encrypted": _("The file is protected by a password. Remove the password and save it again."),
    "file_of_old_excel": _("The file is in the old Excel format. Save it as an Excel workbook (XLSX)."),
    "file_is_text": _(
        "The file is text (CSV), not a workbook. Open the template and paste the rows into it."
    ),
    "file_is_no_workbook": _("The file is no Excel workbook. Use the template, and save it as XLSX."),
    "file_damaged": _(
        "The file is damaged or incomplete. Open it in Excel, save it again, and choose it once more."
    ),
    "file_too_heavy": _(
        "The file unpacks to far more than topics need. Copy the rows into a fresh template."
    ),
    "file_has_links": _(
        "The workbook has links to other files. Break them (Data, Edit links) and save it again."
    ),
    "file_declares_too_many_rows": _(
        "A sheet says that it has %(number)s rows. Delete the empty rows below the table and save it again."
    ),
    "no_table": _(
        "No table with the headings of the template was found. Copy the rows into a fresh template."
    ),
    "table_empty": _("The table has headings, but no rows. Fill it in, or remove the file."),
    "sheet_hidden": _("the sheet is hidden. Show it, or delete it."),
    "heading_twice": _("a heading stands there twice. Keep one of the two columns."),
    "heading_missing": _("a column is missing. Download the sheet again and paste the translation into it."),
    "cells_merged": _("the cells %(cells)s are merged. Unmerge them and repeat the value in each row."),
    "too_many_rows": _("there are more than %(limit)s rows. Part the table into several files."),
    "cell_formula": _("the cell holds a formula. Replace it by its value (copy, paste special, values)."),
    "cell_error": _("the cell shows an error. Write the text itself."),
    "cell_date": _(
        "Excel made a date or a time of what was typed. Format the cell as text and type it again."
    ),
    "cell_truth": _("the cell holds TRUE or FALSE. Write the text itself."),
    "cell_nul": _("the text contains a character that cannot be stored (NUL). Type the text again."),
    "cell_too_long": _("the text has %(length)s characters, at most %(limit)s are possible. Shorten it."),
    "row_without_title": _("the topic has no title. Write it in Kazakh or in Russian."),
    "unknown_sector": _("there is no such sector: “%(value)s”. Choose one from the list in the cell."),
    "unknown_district": _(
        "there is no such district in the region: “%(value)s”. Choose one from the list in the cell."
    ),
    "unknown_ministry": _("there is no such ministry: “%(value)s”. Choose one from the list in the cell."),
    "unknown_urgency": _("there is no such urgency: “%(value)s”. Choose one from the list in the cell."),
    "key_damaged": _(
        "the hidden key of the row is damaged. Download the sheet again and paste the translation."
    ),
    "text_not_in_list": _(
        "The sheet has texts of topics that are not in this list. They may have been removed: download it again."
    ),
    "text_named_twice": _("A text stands in the sheet twice: “%(text)s”. Keep one of the two rows."),
    "look_alikes_undecided": _("Choose what becomes of these topics."),
    "joined_too_long": _("Joined, the text is too long. Keep one of the topics, or keep all of them."),
    "too_many_topics_with_import": _(
        "The list would have too many topics: at most %(limit)s are possible. Untick some of them."
    ),
    "nothing_to_take": _("Nothing is chosen. Tick what is to come into the list."),
}

_PROPOSED_MEETINGS: dict[str, Text] = {
    "no_meetings": _("Propose meetings, or say why there are none this time."),
    "reason_beside_meetings": _(
        "The list proposes meetings, so a reason for proposing none is not needed: remove one or the other."
    ),
    "too_many_meetings": _("The list proposes too many meetings: at most %(limit)s are possible."),
    "meeting_without_ministry": _("Proposed meeting %(number)s: choose the ministries."),
    "meeting_without_place": _("Proposed meeting %(number)s: choose the town or village."),
    "meeting_without_window": _("Proposed meeting %(number)s: say when it could be held."),
    "meeting_without_topics": _("Proposed meeting %(number)s: say which topics it is about."),
    "meeting_without_hall": _("Proposed meeting %(number)s: name the hall."),
    "missing_venue_language": _(
        "Proposed meeting %(number)s: the venue is missing in this language: %(language)s."
    ),
    "unknown_mode": _("Choose how the meeting is held."),
    "too_many_windows": _("A meeting can have at most %(limit)s proposed times."),
    "window_outside_half_year": _("This day is outside the half-year: %(half_year)s."),
    "range_ends_before_start": _("The last day must not be before the first day."),
    "unknown_part_of_day": _("Choose the part of the day."),
    "unknown_weekday": _("Choose days of the week."),
    "too_many_excluded": _("At most %(limit)s days can be left out."),
    "excluded_outside_range": _("The day left out is not one of the proposed days: %(day)s."),
    "no_day_left": _("No day is left. Change the days of the week or the days left out."),
    "online_has_no_hall": _("An online meeting has no hall: leave it empty, or choose another form."),
    "venue_beside_hall": _("A hall is chosen already: leave the venue empty, or choose no hall."),
    "not_a_ministry_now": _("One of the bodies is not a ministry now. Please choose again."),
    "unknown_place": _("This place does not exist. Please search again."),
    "place_of_another_region": _("This place is in another region. Choose a place of your own region."),
    "nobody_lives_there": _("Meetings cannot be held there. Choose a town or a village where people live."),
    "hall_not_own": _("This hall is not one of your halls. Please choose again."),
    "hall_closed": _("This hall is closed. Its last day: %(day)s."),
    "proposed_hall_closed": _(
        "Proposed meeting %(number)s: the hall is closed. Its last day: %(day)s. Choose another one."
    ),
    "proposed_ministry_gone": _(
        "Proposed meeting %(number)s: one of the ministries does not exist any more. Choose again."
    ),
    "proposed_place_gone": _(
        "Proposed meeting %(number)s: it cannot be held in this place or hall any more. Choose another one."
    ),
    "hall_elsewhere": _("This hall is in another place. Choose a hall there, or the place of the hall."),
    "too_long": _("The text is too long: at most %(limit)s characters are possible."),
}

_HALLS: dict[str, Text] = {
    "hall_text_missing": _("Please fill in this field."),
    "hall_exists": _("This place already has a hall of that name."),
    "hall_closes_in_the_past": _("The last day can be today or later."),
}

_ACCOUNTS: dict[str, Text] = {
    "second_factor_is_on": _("The second factor is on already."),
    "second_factor_own": _("Your own second factor is reset by another administrator."),
}

_SUBSTITUTION: dict[str, Text] = {
    "no_ground": _(
        "This reason is not a ground for a substitution. Move the meeting, or record that it is not held."
    ),
    "not_deputy_prime_minister": _("The head is not a Deputy Prime Minister on %(day_locative)s."),
    "deputy_is_head": _("The deputy cannot be the head of the body."),
    "deputy_of_other_body": _("The deputy must belong to the same body as the head."),
    "deputy_not_in_office": _("The deputy is not in office on the day of the meeting."),
    "deputy_busy": _("The deputy is at another meeting at that time."),
    "already_substituted": _("Somebody already stands in for this head at this meeting."),
    "chain": _(
        "A deputy who stands in for somebody cannot be substituted, and nobody who is absent can stand in."
    ),
    "deputy_stands_in_already": _("This deputy already stands in for somebody at this meeting."),
    "head_not_in_office": _("The head is not in office on the day of the meeting."),
    "document_not_stored": _(
        "For reasons of health no document is asked for or kept. Leave these fields empty."
    ),
    "report_published": _(
        "The report of the meeting is published, so a substitution can no longer be registered."
    ),
}

_VOTING: dict[str, Text] = {
    "not_a_member": _("This person is not a member of the commission: %(person)s."),
    "not_present": _("A vote was entered for a member who is not on the roll: %(person)s."),
    "may_not_vote": _("Whoever compiled the calendar or answered for a ministry does not vote: %(person)s."),
    "not_a_vote": _("A vote is “for”, “against” or “abstained”. Please check: %(person)s."),
    "presiding_not_present": _("The person in the chair must be a member who is on the roll: %(person)s."),
}

_TIMES: dict[str, Text] = {
    "closes_before_opening": _("The end of working hours must be later than their beginning."),
    "half_a_break": _("Enter both the beginning and the end of the break, or neither."),
    "break_outside_hours": _("The break must lie within the working hours."),
    "ends_before_start": _("The end must be later than the beginning."),
    "meeting_too_long": _("A meeting cannot be longer than %(hours)s hours. Please check the dates."),
    "time_zone_data_outdated": _(
        "The time zone data of this machine are outdated: on %(day_locative)s Almaty is %(hours)s hours "
        "ahead of UTC."
    ),
}

# For administrators who write a rule set; the field names the place in the text.
_RULE_SETS: dict[str, Text] = {
    "document_too_long": _("The text is too long: at most %(limit)s characters are possible."),
    "document_not_readable": _("The text is not readable as TOML: %(detail)s"),
    "nul_character": _("The text contains a character that cannot be stored (NUL)."),
    "missing": _("A value is missing."),
    "wrong_type": _("The value is of the wrong kind. Expected: %(expected)s."),
    "control_character": _("The text contains control characters."),
    "out_of_range": _("The number must lie between %(lowest)s and %(highest)s."),
    "not_a_choice": _("“%(value)s” is not possible here. Possible: %(allowed)s."),
    "not_a_fraction": _("Write a share like 2/3, greater than 0 and at most 1."),
    "named_twice": _("A value is named twice."),
    "unknown_key": _("This name is not known. Please check its spelling."),
    "not_a_code": _("A code has small Latin letters, digits and hyphens, at most 50."),
    "not_a_body": _("“%(body)s” is not a code of a body. Example: ministry.health."),
    "rule_too_long": _("The rule is too long: at most %(limit)s characters are possible."),
    "rule_not_readable": _(
        "The rule is not readable: %(rule)s. Example: FREQ=YEARLY;BYMONTH=12;BYMONTHDAY=1"
    ),
    "rule_frequency": _("The rule must repeat yearly or monthly (FREQ)."),
    "rule_incomplete": _("The rule must name the month and the day (BYMONTH with BYMONTHDAY or BYDAY)."),
    "rule_value": _("The value %(value)s of %(part)s is not possible."),
    "impossible_date": _("Month %(month)s does not have day %(day)s every year."),
    "several_dates_in_period": _("The rule names several days in one period: %(period)s."),
    "no_date_in_period": _("The rule names no day in a period: %(period)s."),
    "unknown_state": _("The table names an unknown state: %(state)s."),
    "unreachable_state": _("No act leads to this state: %(state)s."),
    "state_named_twice": _("A state is named twice: %(name)s."),
    "act_named_twice": _("An act is named twice: %(name)s."),
}

PROBLEMS: dict[str, Text] = {
    **_TOPIC_LISTS, **_PROPOSED_MEETINGS, **_HALLS, **_SIGNED_LETTERS, **_IMPORTS, **_ACCOUNTS, **_SUBSTITUTION,
    **_VOTING, **_TIMES, **_RULE_SETS, **CALENDARS,
}  # fmt: skip

STEPS: dict[str, Text] = {
    "recurs": _("The rule set names one day between %(from_ablative)s and %(to_dative)s: %(day)s."),
    "inclusive": _("The named day itself counts: it is the last day of the term."),
    "exclusive": _(
        "The named day itself does not count: the last day of the term is the one before, %(day)s."
    ),
    "shifted_to_previous_working_day": _(
        "It falls on a day off, so the rule set moves it back from %(from_ablative)s to %(to_dative)s. "
        "Days off: %(days_off)s."
    ),
    "shifted_to_next_working_day": _(
        "It falls on a day off, so the rule set moves it on from %(from_ablative)s to %(to_dative)s. Days"
        " off: %(days_off)s."
    ),
    "counted": _("%(length)s, counted from the day after %(from_ablative)s, end on %(to_locative)s."),
    "counted_back": _(
        "%(length)s, counted back from the day before %(from_ablative)s, begin on %(to_locative)s."
    ),
    "days_off_left_out": _("Days off are not counted: %(days_off)s."),
    "no_days_off": _("There are no days off in this time."),
    "first_term_is_later": _("The first term is not over before then, so it stands: %(day)s."),
    "last_day": _("Last day of the term: %(day)s."),
    "aim_before_day_off": _(
        "It is a day off, so aim for the last working day before it: %(to)s. Days off: %(days_off)s."
    ),
    "late_from": _("Whatever comes after the end of %(day_ablative)s, Almaty time, is late."),
}
