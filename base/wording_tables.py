"""The sentences themselves, by code. A test holds them complete against the rules."""

from __future__ import annotations

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from base.wording_calendars import CALENDARS
from base.wording_deadlines import DEADLINES
from base.wording_topic_lists import TOPIC_LISTS

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
    **TOPIC_LISTS, **_ACCOUNTS, **_SUBSTITUTION,
    **_VOTING, **_TIMES, **_RULE_SETS, **CALENDARS, **DEADLINES,
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
    "extended": _("The authorised body gave more time, until %(day)s."),
    "first_term_is_later": _("The first term is not over before then, so it stands: %(day)s."),
    "last_day": _("Last day of the term: %(day)s."),
    "aim_before_day_off": _(
        "It is a day off, so aim for the last working day before it: %(to)s. Days off: %(days_off)s."
    ),
    "late_from": _("Whatever comes after the end of %(day_ablative)s, Almaty time, is late."),
}
