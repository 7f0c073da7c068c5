"""Sentences about topic lists, proposed meetings, halls, signed letters and imports, by code."""

from __future__ import annotations

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

Text = str | Promise

_TOPIC_LISTS: dict[str, Text] = {
    "no_topics": _("Add at least one topic, or say why there are none this time."),
    "reason_beside_topics": _(
        "The list has topics, so a reason for having none is not needed: remove one or the other."
    ),
    "too_many_topics": _("The list has too many topics: at most %(limit)s are possible."),
    "blank_topic": _("Write the title of the topic in Kazakh or in Russian."),
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

_PROPOSED_MEETINGS: dict[str, Text] = {
    "no_meetings": _("Propose meetings, or say why there are none this time."),
    "reason_beside_meetings": _(
        "The list proposes meetings, so a reason for proposing none is not needed: remove one or the other."
    ),
    "too_many_meetings": _("The list proposes too many meetings: at most %(limit)s are possible."),
    "meeting_says_nothing": _(
        "Nothing is filled in yet. Choose at least the ministries, the place or a time; the rest can follow later."
    ),
    "proposed_without_ministry": _("Proposed meeting %(number)s: choose the ministries."),
    "meeting_without_place": _("Proposed meeting %(number)s: choose the town or village."),
    "meeting_without_window": _("Proposed meeting %(number)s: say when it could be held."),
    "meeting_without_topics": _("Proposed meeting %(number)s: say which topics it is about."),
    "meeting_without_hall": _("Proposed meeting %(number)s: name the hall."),
    "more_people_than_seats": _(
        "Proposed meeting %(number)s: people expected: %(people)s, seats in the hall: %(seats)s."
        " A larger hall may be needed."
    ),
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
    "hall_is_announced": _(
        "A submitted or published calendar names this hall, so its name and address stay. Close the hall and"
        " add a new one; planned meetings are moved there by a change of the calendar."
    ),
    "hall_closes_in_the_past": _("The last day can be today or later."),
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
        "The file unpacks to far more than such a table needs. Copy the rows into a fresh template."
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
    "heading_missing": _("a column is missing. Download the table again and copy the rows into it."),
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

TOPIC_LISTS: dict[str, Text] = {**_TOPIC_LISTS, **_PROPOSED_MEETINGS, **_HALLS, **_SIGNED_LETTERS, **_IMPORTS}
