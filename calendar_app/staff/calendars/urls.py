"""Addresses of calendars."""

from django.urls import path

from calendar_app.staff import converters as converters
from calendar_app.staff.calendars import screens

VERSION = "calendars/<half_year:half_year>/<int:number>/"

urlpatterns = [
    path("calendars/", screens.overview, name="calendars"),
    path("calendars/<half_year:half_year>/open/", screens.open_, name="calendar_open"),
    path(VERSION, screens.version, name="calendar_version"),
    path(f"{VERSION}meetings/add/", screens.add_meeting, name="planned_meeting_add"),
    path(f"{VERSION}meetings/<int:pk>/", screens.edit_meeting, name="planned_meeting_edit"),
    path(f"{VERSION}meetings/<int:pk>/remove/", screens.remove_meeting, name="planned_meeting_remove"),
    path(f"{VERSION}topics/<int:topic>/leave-out/", screens.leave_out, name="calendar_leave_out"),
    path(f"{VERSION}ask/", screens.ask, name="calendar_ask"),
    path(f"{VERSION}answers/<int:answer>/disagree/", screens.disagree, name="calendar_disagree"),
    path(f"{VERSION}submit/", screens.submit, name="calendar_submit"),
    path(f"{VERSION}publish/", screens.publish, name="calendar_publish"),
]
