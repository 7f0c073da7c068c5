"""THE ACCESS MATRIX: who gets what from every address, by every method.

One row per route and method. A route without a row, a row without a route, a role that a row forgets, a
pattern without a name: each fails tests/house/test_access_matrix.py. Roles are written out here on
purpose, not taken from the table of permissions, so that the two are held against each other.
"""

from __future__ import annotations

from collections.abc import Iterable

from tests.house.access.common_rows import COMMON
from tests.house.access.groups import (
    ADMIN,
    AKIMAT,
    ASSISTANT,
    AUTHORITY,
    AUTHORITY_SIGNATORY,
    COMMISSION,
    CONSIDERS,
    EVERYBODY,
    MINISTRY,
    MINISTRY_SIGNATORY,
    OBSERVER,
    OFFICER,
    OUTSIDERS,
    OVERSEERS,
    SECRETARY,
    SIGNATORY,
)
from tests.house.access.routes import Route
from tests.house.access.rows import NOBODY, Row, public, signed_in

# Pages of acts that show the words of the list beside the question.
SHOW_THE_LIST = tuple(f"staff:topic_list_{act}" for act in ("submit", "return", "accept", "reopen"))

FIXED = [
    *COMMON,
    # Topic lists.
    *(
        Row(route, "GET", OVERSEERS, AKIMAT | OUTSIDERS)
        for route in ("staff:board", "staff:board_xlsx", "staff:board_csv")
    ),
    # More time for open duties: everybody who oversees sees it, the authorised body gives it.
    Row("staff:extensions", "GET", OVERSEERS, AKIMAT | OUTSIDERS),
    *(
        Row(
            "staff:duty_extend",
            method,
            AUTHORITY,
            EVERYBODY - AUTHORITY,
            AUTHORITY,
            code,
            objects="open_duty",
        )
        for method, code in (("GET", 200), ("POST", 302))
    ),
    Row("staff:topic_list_start", "POST", AKIMAT, OVERSEERS | OUTSIDERS, code=302, objects="not_started"),
    *(
        Row(route, "GET", AKIMAT | OVERSEERS, OUTSIDERS, OVERSEERS, objects=objects, shows=shows)
        for route, objects, shows in (
            ("staff:topic_list", "draft", True),
            ("staff:topic_list_in_calendar", "draft", False),
            ("staff:topic_list_changes", "resubmitted", True),
            ("staff:topic_list_receipt", "receipt", False),
            ("staff:topic_list_snapshot", "receipt", True),
            ("staff:topic_list_letter", "covered_receipt", False),
            # Words inside a DOCX or PDF are packed: tests/calendar_app/test_documents.py reads them.
            ("staff:topic_list_document", "draft_document", False),
            ("staff:topic_list_receipt_document", "receipt_document", False),
        )
    ),
    Row("staff:topic_list_edit", "GET", AKIMAT, OVERSEERS | OUTSIDERS, objects="draft", shows=True),
    # Bringing topics in: whoever writes the list. Forms that came empty are answered with their page.
    *(
        Row(route, method, AKIMAT, OVERSEERS | OUTSIDERS, code=code, objects=objects, shows=shows)
        for route, method, code, objects, shows in (
            ("staff:imports", "GET", 200, "draft", False),
            ("staff:imports", "POST", 422, "upload", False),
            ("staff:import_last_list", "GET", 200, "last_list", False),
            ("staff:import_last_list", "POST", 200, "last_list", False),
            ("staff:import_template", "GET", 200, "draft", False),
            ("staff:import_translation_sheet", "GET", 200, "draft", False),
            ("staff:import", "GET", 200, "import", True),
            ("staff:import", "POST", 302, "import", False),
            ("staff:import_progress", "GET", 200, "import", False),
            ("staff:import_add_files", "POST", 302, "import", False),
            ("staff:import_remove_file", "POST", 302, "import_file", False),
            ("staff:import_drop", "POST", 302, "import", False),
        )
    ),
    *(
        Row(f"staff:{route}", method, AKIMAT, OVERSEERS | OUTSIDERS, code=code, objects=objects, shows=shows)
        for route, objects, canary in (
            ("topic_new", "new_topic", False),
            ("topic_edit", "topic", True),
            ("topic_remove", "topic", True),
            ("topic_list_analysis", "analysis", False),
            ("topic_list_answer", "answer", False),
        )
        for method, code, shows in (("GET", 200, canary), ("POST", 302, False))
    ),
    Row("staff:topic_list_words", "POST", AKIMAT, OVERSEERS | OUTSIDERS, objects="typed_words"),
    Row("staff:topic_list_presence", "GET", AKIMAT, OVERSEERS | OUTSIDERS, objects="draft"),
    Row("staff:topic_move", "POST", AKIMAT, OVERSEERS | OUTSIDERS, code=302, objects="topic_to_move"),
    # Proposed meetings: only their akimat writes them, everybody who reads the list sees them there.
    *signed_in("staff:places", GET=200),
    *(
        Row(
            route,
            method,
            AKIMAT,
            OVERSEERS | OUTSIDERS,
            code=code,
            objects=objects,
            # The topics of the list are what a new meeting can be about.
            shows=(route, method) == ("staff:proposed_meeting_new", "GET"),
        )
        for route, method, code, objects in (
            ("staff:proposed_meeting_new", "GET", 200, "draft"),
            ("staff:proposed_meeting_new", "POST", 302, "new_meeting"),
            ("staff:proposed_meetings_none", "GET", 200, "draft"),
            ("staff:proposed_meetings_none", "POST", 302, "draft"),
            ("staff:proposed_meeting_fit", "POST", 404, "draft"),
            ("staff:proposed_meeting", "GET", 200, "meeting"),
            ("staff:proposed_meeting", "POST", 302, "meeting"),
            ("staff:proposed_meeting_remove", "GET", 200, "meeting"),
            ("staff:proposed_meeting_remove", "POST", 302, "meeting"),
            ("staff:proposed_meeting_move", "POST", 302, "meeting"),
        )
    ),
    *(
        Row(route, method, allow, EVERYBODY - allow, everywhere, code, objects=objects, shows=shows)
        for route, allow, everywhere, objects in (
            ("staff:topic_list_submit", SIGNATORY | OFFICER, NOBODY, "draft_with_letter"),
            ("staff:topic_list_recall", SIGNATORY, NOBODY, "submitted"),
            ("staff:topic_list_return", AUTHORITY, AUTHORITY, "submitted_and_comment"),
            ("staff:topic_list_accept", AUTHORITY, AUTHORITY, "submitted"),
            ("staff:topic_list_reopen", AUTHORITY, AUTHORITY, "accepted_and_comment"),
        )
        for method, code, shows in (("GET", 200, route in SHOW_THE_LIST), ("POST", 302, False))
    ),
    # Lists that came by letter: the authorised body enters them, the akimat may object.
    Row("staff:entry_begin", "GET", AUTHORITY, EVERYBODY - AUTHORITY),
    Row("staff:entry_begin", "POST", AUTHORITY, EVERYBODY - AUTHORITY, code=302, objects="entry_letter"),
    *(
        Row(route, method, allow, EVERYBODY - allow, everywhere, code, objects=objects, shows=shows)
        for route, allow, everywhere, objects, words in (
            ("staff:entry_stop", AUTHORITY, AUTHORITY, "entry", False),
            ("staff:entry_object", AKIMAT, NOBODY, "entered", False),
            ("staff:entry_answer", AUTHORITY, AUTHORITY, "objected_entry", True),
        )
        for method, code, shows in (("GET", 200, words), ("POST", 302, False))
    ),
    # Halls: each akimat keeps its own.
    Row("staff:halls", "GET", AKIMAT, OVERSEERS | OUTSIDERS),
    *(
        Row(route, method, AKIMAT, OVERSEERS | OUTSIDERS, code=code, objects=objects, shows=shows)
        for route, objects, words in (
            ("staff:hall_new", "new_hall", False),
            ("staff:hall", "hall", True),
            ("staff:hall_close", "hall_to_close", True),
        )
        for method, code, shows in (("GET", 200, words), ("POST", 302, False))
    ),
    # Deadlines: the board for those who watch over them, a body's own for its people.
    *(
        Row(route, "GET", OVERSEERS, AKIMAT | OUTSIDERS)
        for route in ("staff:compliance", "staff:compliance_xlsx", "staff:compliance_csv")
    ),
    *(
        Row(route, "GET", AKIMAT | OVERSEERS, OUTSIDERS, OVERSEERS, deny_code=404, objects=objects)
        for route, objects in (("staff:half_year", "half_year"), ("staff:duty", "duty"))
    ),
    Row(
        "staff:half_year",
        "POST",
        OFFICER | SIGNATORY | AUTHORITY,
        ASSISTANT | OBSERVER | OUTSIDERS,
        AUTHORITY,
        code=302,
        deny_code=404,
        objects="half_year_to_certify",
    ),
    *(
        Row(route, "GET", AKIMAT | OVERSEERS, OUTSIDERS, OVERSEERS, deny_code=404, objects=objects)
        for route, objects in (
            ("staff:certificate", "certificate"),
            ("staff:certificate_file", "certificate_file"),
        )
    ),
    *public("public:certificates", GET=200),
    # One's own address of a calendar; a form that came empty is answered with its page.
    *signed_in("staff:feed_address", GET=200, POST=422),
    *signed_in("staff:feed_revoke", POST=302),
    Row("staff:deadline_feed", "GET", EVERYBODY, code=404, public=True, objects="unknown_token"),
    # Calendars, coordination, the commission. Plans belong to one body, so there is no foreign one.
    Row("staff:calendars", "GET", OVERSEERS, EVERYBODY - OVERSEERS),
    Row("staff:calendar_open", "POST", AUTHORITY, EVERYBODY - AUTHORITY, code=302, objects="no_calendar"),
    Row("staff:calendar_version", "GET", CONSIDERS, EVERYBODY - CONSIDERS, objects="submitted_calendar"),
    # Without two versions to compare the page says so.
    *(
        Row(route, "GET", CONSIDERS, EVERYBODY - CONSIDERS, code=code, objects=objects)
        for route, code, objects in (
            ("staff:calendar", 200, "calendar"),
            ("staff:calendar_changes", 400, "calendar"),
            ("staff:calendar_one_page", 200, "submitted_calendar"),
        )
    ),
    *(
        Row(f"staff:calendar_{page}", "GET", OVERSEERS, EVERYBODY - OVERSEERS, objects="working_calendar")
        for page in ("brought", "conflicts", "coordination", "week", "month", "trips")
    ),
    *(
        Row(route, "GET", CONSIDERS, EVERYBODY - CONSIDERS, objects="submitted_calendar")
        for route in ("staff:calendar_receipt", "staff:calendar_snapshot")
    ),
    # Without a choice of meetings the page leads back to the plan.
    *(
        Row(
            "staff:planned_meetings_move",
            method,
            AUTHORITY,
            EVERYBODY - AUTHORITY,
            code=302,
            objects="meetings_to_move",
        )
        for method in ("GET", "POST")
    ),
    # The table of the plan: out, in again, its differences. A form that came without a file is told so.
    *(
        Row(f"staff:{route}", method, AUTHORITY, EVERYBODY - AUTHORITY, code=code, objects=objects)
        for route, method, code, objects in (
            ("plan_imports", "GET", 200, "working_calendar"),
            ("plan_imports", "POST", 422, "working_calendar"),
            ("plan_workbook", "GET", 200, "working_calendar"),
            ("plan_import", "GET", 200, "plan_import"),
            ("plan_import", "POST", 302, "plan_import"),
            ("plan_import_progress", "GET", 200, "plan_import"),
            ("plan_import_drop", "POST", 302, "plan_import"),
            ("plan_import_keep", "POST", 302, "plan_import"),
            ("variants", "GET", 200, "new_variant"),
            ("variants", "POST", 302, "new_variant"),
            ("variant_move", "GET", 302, "working_calendar"),
            ("variant_move", "POST", 302, "variant_to_move"),
            ("variant", "GET", 200, "variant"),
            ("variant", "POST", 302, "variant"),
            ("variant_put_back", "POST", 302, "variant"),
            ("variant_drop", "POST", 302, "variant"),
        )
    ),
    Row("staff:calendar_sheet", "GET", OVERSEERS, EVERYBODY - OVERSEERS, objects="coordination_sheet"),
    Row("staff:calendar_by_letter", "GET", AUTHORITY, EVERYBODY - AUTHORITY, objects="answer_by_letter"),
    # Without the file of the letter nothing is entered.
    Row(
        "staff:calendar_by_letter",
        "POST",
        AUTHORITY,
        EVERYBODY - AUTHORITY,
        code=422,
        objects="answer_by_letter",
    ),
    Row("staff:coordination", "GET", MINISTRY | OVERSEERS, AKIMAT | COMMISSION | ADMIN),
    Row("staff:busy_periods", "GET", MINISTRY, EVERYBODY - MINISTRY, objects="busy_periods", shows=True),
    Row("staff:busy_periods", "POST", MINISTRY, EVERYBODY - MINISTRY, code=302, objects="new_busy_period"),
    Row("staff:busy_template", "GET", MINISTRY, EVERYBODY - MINISTRY),
    *(
        Row(
            f"staff:busy_import{page}",
            method,
            MINISTRY,
            EVERYBODY - MINISTRY,
            code=code,
            objects="busy_file",
            shows=shows,
        )
        for page, method, code, shows in (
            ("", "GET", 200, True),
            ("", "POST", 302, False),
            ("_progress", "GET", 200, False),
            ("_drop", "POST", 302, False),
        )
    ),
    Row("staff:busy_period_remove", "POST", MINISTRY, EVERYBODY - MINISTRY, code=302, objects="busy_period"),
    Row("staff:commission", "GET", CONSIDERS, EVERYBODY - CONSIDERS),
    Row("staff:session", "GET", CONSIDERS, EVERYBODY - CONSIDERS, objects="planned_session"),
    Row("staff:session_document", "GET", CONSIDERS, EVERYBODY - CONSIDERS, objects="session_paper"),
    # A personal link: whoever has it gets the button; it opens for nobody else who is signed in.
    Row("staff:reading", "GET", EVERYBODY, public=True, objects="reading_link"),
    Row(
        "staff:reading", "POST", EVERYBODY, code=403, signed_out_code=302, public=True, objects="reading_link"
    ),
    Row("staff:reading_packet", "GET", EVERYBODY, public=True, objects="reading_packet"),
    *(
        Row(route, method, allow, EVERYBODY - allow, code=code, objects=objects)
        for route, allow, objects in (
            ("staff:planned_meeting_add", AUTHORITY, "new_planned_meeting"),
            ("staff:planned_meeting_edit", AUTHORITY, "planned_meeting"),
            ("staff:planned_meeting_remove", AUTHORITY, "meeting_to_remove"),
            ("staff:calendar_leave_out", AUTHORITY, "topic_not_taken"),
            ("staff:calendar_plan_proposal", AUTHORITY, "proposal"),
            ("staff:calendar_accept_warning", AUTHORITY, "warning"),
            ("staff:calendar_ask", AUTHORITY, "working_calendar"),
            ("staff:calendar_disagree", AUTHORITY, "refusal"),
            ("staff:calendar_submit", AUTHORITY_SIGNATORY, "coordinated_calendar"),
            ("staff:calendar_publish", AUTHORITY_SIGNATORY, "approved_calendar"),
            ("staff:coordination_answer", MINISTRY_SIGNATORY, "coordination_answers"),
            ("staff:coordination_agree", MINISTRY_SIGNATORY, "coordination_to_agree"),
            ("staff:session_plan", SECRETARY, "submitted_for_session"),
            ("staff:session_materials", SECRETARY, "planned_session"),
            ("staff:session_open", SECRETARY, "session_with_materials"),
            ("staff:session_vote", COMMISSION - SECRETARY, "open_session"),
            ("staff:session_close", SECRETARY, "voted_session"),
            ("staff:session_link", SECRETARY, "session_for_link"),
            ("staff:session_sheet", SECRETARY, "session_for_sheet"),
            ("staff:session_cancel", SECRETARY, "session_to_cancel"),
            ("staff:session_act", SECRETARY, "session_for_act"),
        )
        for method, code in (("GET", 200), ("POST", 302))
    ),
]


def rows(routes: Iterable[Route]) -> list[Row]:
    """All rows: those above, and for every page of Django's admin the rule that only administrators enter."""
    listed = {row.route for row in FIXED}
    admin = [route.name for route in routes if route.is_admin and route.name not in listed]
    return FIXED + [
        Row(name, method, ADMIN, EVERYBODY - ADMIN, ADMIN) for name in admin for method in ("GET", "POST")
    ]
