"""Addresses of calendars."""

from django.urls import path

from calendar_app.staff import converters as converters
from calendar_app.staff.calendars import (
    brought,
    conflicts,
    coordination,
    grids,
    meetings,
    moving,
    screens,
    submission,
    trips,
)

VERSION = "calendars/<half_year:half_year>/<int:number>/"

urlpatterns = [
    path("calendars/", screens.overview, name="calendars"),
    path(
        "topic-lists/<half_year:half_year>/<akimat:akimat>/in-calendar/",
        brought.of_akimat,
        name="topic_list_in_calendar",
    ),
    path("calendars/<half_year:half_year>/open/", screens.open_, name="calendar_open"),
    path(VERSION, screens.version, name="calendar_version"),
    path(f"{VERSION}week/", grids.week, name="calendar_week"),
    path(f"{VERSION}month/", grids.month, name="calendar_month"),
    path(f"{VERSION}trips/", trips.by_trip, name="calendar_trips"),
    path(f"{VERSION}meetings/move/", moving.move, name="planned_meetings_move"),
    path(f"{VERSION}meetings/add/", meetings.add, name="planned_meeting_add"),
    path(f"{VERSION}meetings/<int:pk>/", meetings.edit, name="planned_meeting_edit"),
    path(f"{VERSION}meetings/<int:pk>/remove/", meetings.remove, name="planned_meeting_remove"),
    path(f"{VERSION}akimats/", brought.register, name="calendar_brought"),
    path(f"{VERSION}akimats/<int:key>/plan/", brought.plan, name="calendar_plan_proposal"),
    path(f"{VERSION}akimats/<item:kind>/<int:key>/", brought.leave_out, name="calendar_leave_out"),
    path(f"{VERSION}conflicts/", conflicts.conflicts, name="calendar_conflicts"),
    path(f"{VERSION}conflicts/<warning:name>/", conflicts.accept, name="calendar_accept_warning"),
    path(f"{VERSION}coordination/<sheet:name>", coordination.sheet, name="calendar_sheet"),
    path(f"{VERSION}coordination/", coordination.overview, name="calendar_coordination"),
    path(f"{VERSION}coordination/<ministry:body>/letter/", coordination.by_letter, name="calendar_by_letter"),
    path(f"{VERSION}ask/", coordination.ask, name="calendar_ask"),
    path(f"{VERSION}answers/<int:answer>/disagree/", coordination.disagree, name="calendar_disagree"),
    path(f"{VERSION}submit/", submission.submit, name="calendar_submit"),
    path(f"{VERSION}receipt/", submission.receipt, name="calendar_receipt"),
    path(f"{VERSION}receipt/snapshot.json", submission.snapshot, name="calendar_snapshot"),
    path(f"{VERSION}publish/", screens.publish, name="calendar_publish"),
]
